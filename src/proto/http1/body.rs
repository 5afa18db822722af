//! Where the body of a message ends (RFC 9112 6): the rules on `Content-Length` and
//! `Transfer-Encoding`, as strict for responses as for requests. Two parsers that differ here
//! are what request smuggling is made of. Knows no bytes of a body.

use super::error::PeerError;
use super::headers::{Headers, list};
use super::version::Version;

/// What the fields of a message say about its body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Framing {
    /// Nothing.
    Unsaid,
    /// So many bytes.
    Length(u64),
    /// Chunks.
    Chunked,
}

/// Collects the two fields while the caller walks over all fields.
#[derive(Debug, Default)]
pub(super) struct FramingFields<'a> {
    length: Option<&'a [u8]>,
    length_repeated: bool,
    coding: Option<&'a [u8]>,
    coding_repeated: bool,
}

impl<'a> FramingFields<'a> {
    /// Of a whole message.
    pub(super) fn of(headers: &'a Headers) -> Self {
        let mut fields = Self::default();
        for (name, value) in headers.fields() {
            match name {
                b"content-length" => fields.add_length(value),
                b"transfer-encoding" => fields.add_coding(value),
                _ => {}
            }
        }
        fields
    }

    /// A `Content-Length` line.
    pub(super) fn add_length(&mut self, value: &'a [u8]) {
        self.length_repeated |= self.length.replace(value).is_some();
    }

    /// A `Transfer-Encoding` line.
    pub(super) fn add_coding(&mut self, value: &'a [u8]) {
        self.coding_repeated |= self.coding.replace(value).is_some();
    }

    /// The verdict.
    pub(super) fn framing(&self, version: Version) -> Result<Framing, PeerError> {
        match (self.coding, self.length) {
            (None, None) => Ok(Framing::Unsaid),
            // RFC 9112 6.3: the coding overrides the length, and "ought to be handled as an error".
            (Some(_), Some(_)) => Err(PeerError::LengthAndCoding),
            // RFC 9112 6.1: in an HTTP/1.0 message the framing must be treated as faulty.
            (Some(_), None) if version == Version::Http10 => Err(PeerError::CodingInHttp10),
            (Some(_), None) if self.coding_repeated => Err(PeerError::CodingInvalid),
            (Some(coding), None) => check_coding(coding).map(|()| Framing::Chunked),
            // RFC 9112 6.3: a list of equal lengths may be refused, so it is.
            (None, Some(_)) if self.length_repeated => Err(PeerError::ContentLengthRepeated),
            (None, Some(length)) => parse_length(length).map(Framing::Length),
        }
    }
}

/// Only `chunked`, and only once. RFC 9112 6.1: 501 for codings that are not understood; 6.3: 400
/// if `chunked` is not the final one, for then nobody can tell where the body ends.
fn check_coding(value: &[u8]) -> Result<(), PeerError> {
    if value.eq_ignore_ascii_case(b"chunked") {
        return Ok(());
    }
    let is_chunked = |coding: &[u8]| coding.eq_ignore_ascii_case(b"chunked");
    let chunked = list(value).filter(|coding| is_chunked(coding)).count();
    let last = list(value).last().is_some_and(is_chunked);
    let empty = list(value).any(<[u8]>::is_empty);
    match (empty, chunked, last) {
        (false, 0, _) | (false, 1, true) => Err(PeerError::CodingUnsupported),
        _ => Err(PeerError::CodingInvalid),
    }
}

/// RFC 9110 8.6: `1*DIGIT`, so no sign, prefix, list or overflow.
pub(super) fn parse_length(value: &[u8]) -> Result<u64, PeerError> {
    if value.is_empty() || !value.iter().all(u8::is_ascii_digit) {
        return Err(PeerError::ContentLengthInvalid);
    }
    let digits = str::from_utf8(value).unwrap_or_default();
    digits.parse().map_err(|_| PeerError::ContentLengthInvalid)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn framing(fields: &[(&str, &str)], version: Version) -> Result<Framing, PeerError> {
        let headers = Headers::from_pairs(fields.iter().map(|&(n, v)| (n, v.as_bytes())));
        FramingFields::of(&headers).framing(version)
    }

    #[test]
    fn a_length_is_digits_and_nothing_else() {
        for (value, length) in [("0", 0), ("007", 7), ("18446744073709551615", u64::MAX)] {
            let field = [("content-length", value)];
            assert_eq!(framing(&field, Version::Http11), Ok(Framing::Length(length)));
        }
        for value in ["", "+5", "-5", "0x5", "5 5", "5,5", "5, 5", "1e3", "18446744073709551616"] {
            let field = [("content-length", value)];
            assert_eq!(framing(&field, Version::Http11), Err(PeerError::ContentLengthInvalid));
        }
    }

    #[test]
    fn the_only_coding_is_one_chunked() {
        for value in ["chunked", "Chunked", "CHUNKED"] {
            let field = [("transfer-encoding", value)];
            assert_eq!(framing(&field, Version::Http11), Ok(Framing::Chunked));
            assert_eq!(framing(&field, Version::Http10), Err(PeerError::CodingInHttp10));
        }
        for value in ["", "chunked, chunked", "chunked, gzip", "chunked,", ",chunked", "gzip,"] {
            let field = [("transfer-encoding", value)];
            assert_eq!(framing(&field, Version::Http11), Err(PeerError::CodingInvalid), "{value}");
        }
        for value in ["gzip", "identity", "xchunked", "chunkedx", "\"chunked\"", "gzip, chunked"] {
            let field = [("transfer-encoding", value)];
            assert_eq!(framing(&field, Version::Http11), Err(PeerError::CodingUnsupported));
        }
    }

    #[test]
    fn length_and_coding_together_are_refused() {
        let fields = [("content-length", "5"), ("transfer-encoding", "chunked")];
        assert_eq!(framing(&fields, Version::Http11), Err(PeerError::LengthAndCoding));
    }
}
