//! The chunked transfer coding (RFC 9112 7.1), decoded as bytes come. Chunk data is handed out
//! as ranges of the input, never copied. Extensions and trailers are checked, limited and
//! dropped. Knows no message around it.

use std::ops::Range;

use super::chunk_extension::ExtensionAt;
use super::error::PeerError;
use super::head::{HeadLimits, Scanner};
use crate::limits::{CHUNK_EXTENSION_BYTES_MAX, TRAILER_BYTES_MAX, TRAILER_FIELDS_MAX};

/// Digits of one chunk size: what a `u64` holds.
const SIZE_DIGITS_MAX: u8 = 16;
/// Of the trailer section, which has no start line.
const TRAILER_LIMITS: HeadLimits =
    HeadLimits { bytes: TRAILER_BYTES_MAX, start_line_bytes: 0, fields: TRAILER_FIELDS_MAX };

/// A step of decoding.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Body bytes: a range of the input.
    Data(Range<usize>),
    /// The body and its trailers are complete.
    End,
}

#[derive(Debug, Clone, Copy)]
enum At {
    Size,
    Extension(ExtensionAt),
    SizeLf,
    Data,
    DataCr,
    DataLf,
    Trailers,
    End,
}

/// Decodes one chunked body.
#[derive(Debug)]
pub(super) struct ChunkDecoder {
    at: At,
    /// The size read so far; then the bytes of data to come.
    remaining: u64,
    digits: u8,
    extension_bytes: usize,
    /// The sum of all chunk sizes, and its limit.
    total: u64,
    limit: u64,
    trailers: Scanner,
}

impl ChunkDecoder {
    /// For a body of at most `limit` bytes.
    pub(super) fn new(limit: u64) -> Self {
        Self {
            at: At::Size,
            remaining: 0,
            digits: 0,
            extension_bytes: 0,
            total: 0,
            limit,
            trailers: Scanner::trailers(),
        }
    }

    /// Takes bytes from `input[*pos..]`. `None`: all are taken, and the body goes on.
    pub(super) fn next(
        &mut self,
        input: &[u8],
        pos: &mut usize,
    ) -> Result<Option<Piece>, PeerError> {
        while let Some(&byte) = input.get(*pos) {
            match self.at {
                At::Data => return Ok(Some(self.data(input.len(), pos))),
                At::Trailers => {
                    let Some(length) = self.trailers.scan(&input[*pos..], &TRAILER_LIMITS)? else {
                        *pos = input.len();
                        return Ok(None);
                    };
                    *pos += length;
                    self.at = At::End;
                    return Ok(Some(Piece::End));
                }
                At::End => return Ok(Some(Piece::End)),
                At::Size => self.size(byte)?,
                At::Extension(at) => self.extension(at, byte)?,
                At::SizeLf => self.size_line_feed(byte)?,
                At::DataCr if byte == b'\r' => self.at = At::DataLf,
                At::DataLf if byte == b'\n' => self.at = At::Size,
                At::DataCr | At::DataLf => return Err(PeerError::ChunkTerminator),
            }
            *pos += 1;
        }
        Ok(None)
    }

    fn data(&mut self, end: usize, pos: &mut usize) -> Piece {
        let here = usize::try_from(self.remaining).unwrap_or(usize::MAX).min(end - *pos);
        let range = *pos..*pos + here;
        self.remaining -= here as u64;
        if self.remaining == 0 {
            self.at = At::DataCr;
        }
        *pos = range.end;
        Piece::Data(range)
    }

    fn size(&mut self, byte: u8) -> Result<(), PeerError> {
        let digit = match byte {
            b'0'..=b'9' => byte - b'0',
            b'a'..=b'f' => byte - b'a' + 10,
            b'A'..=b'F' => byte - b'A' + 10,
            b'\r' if self.digits > 0 => {
                self.at = At::SizeLf;
                return Ok(());
            }
            b';' if self.digits > 0 => {
                self.at = At::Extension(ExtensionAt::NameStart);
                return Ok(());
            }
            // The grammar allows whitespace before `;`. Parsers disagree about whitespace after a
            // size, and nobody sends it, so it is refused.
            _ => return Err(PeerError::ChunkSize { byte }),
        };
        if self.digits == SIZE_DIGITS_MAX {
            return Err(PeerError::ChunkSizeTooLong { limit: SIZE_DIGITS_MAX });
        }
        self.digits += 1;
        self.remaining = self.remaining << 4 | u64::from(digit);
        Ok(())
    }

    fn extension(&mut self, at: ExtensionAt, byte: u8) -> Result<(), PeerError> {
        let Some(next) = at.next(byte)? else {
            self.at = At::SizeLf;
            return Ok(());
        };
        self.at = At::Extension(next);
        self.extension_bytes += 1;
        if self.extension_bytes > CHUNK_EXTENSION_BYTES_MAX {
            return Err(PeerError::ChunkExtensions { limit: CHUNK_EXTENSION_BYTES_MAX });
        }
        Ok(())
    }

    fn size_line_feed(&mut self, byte: u8) -> Result<(), PeerError> {
        if byte != b'\n' {
            return Err(PeerError::BareCarriageReturn);
        }
        self.digits = 0;
        self.total = self.total.saturating_add(self.remaining);
        if self.total > self.limit {
            return Err(PeerError::BodyTooLarge { limit: self.limit });
        }
        self.at = if self.remaining == 0 { At::Trailers } else { At::Data };
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Decodes the bytes in pieces cut at the positions given.
    fn decode(bytes: &[u8], cuts: &[usize]) -> Result<Option<(Vec<u8>, usize)>, PeerError> {
        let mut decoder = ChunkDecoder::new(1000);
        let (mut body, mut start) = (Vec::new(), 0);
        for &end in cuts.iter().chain([&bytes.len()]) {
            let (input, mut pos) = (&bytes[start..end], 0);
            while let Some(piece) = decoder.next(input, &mut pos)? {
                match piece {
                    Piece::Data(range) => body.extend_from_slice(&input[range]),
                    Piece::End => return Ok(Some((body, start + pos))),
                }
            }
            start = end;
        }
        Ok(None)
    }

    fn at_every_split(bytes: &[u8]) -> Result<Option<(Vec<u8>, usize)>, PeerError> {
        let whole = decode(bytes, &[]);
        let bytewise: Vec<usize> = (1..bytes.len()).collect();
        assert_eq!(decode(bytes, &bytewise), whole);
        for cut in 0..bytes.len() {
            assert_eq!(decode(bytes, &[cut]), whole, "cut at {cut}");
        }
        whole
    }

    #[test]
    fn chunks_are_joined_and_what_follows_is_left() {
        let bytes = b"4\r\nWiki\r\n06;a=\"b\"\r\npedia \r\n0\r\nX-Sum: 1\r\n\r\nGET";
        let decoded = at_every_split(bytes);
        assert_eq!(decoded, Ok(Some((b"Wikipedia ".to_vec(), bytes.len() - 3))));
    }

    #[test]
    fn extensions_are_names_with_or_without_a_value() {
        for extensions in [
            ";a",
            ";a=b",
            ";a;b=c;d",
            ";a=\"\"",
            ";a=\"b; c\\\"\\\\\td\"",
            ";a=\"caf\u{e9}\\\u{e9}\"",
            "; \ta \t=\t b ; c",
            ";a=\"b\" ;c",
            ";!#$%&'*+-.^_`|~09=~",
        ] {
            let bytes = format!("2{extensions}\r\nhi\r\n0{extensions}\r\n\r\n");
            let decoded = at_every_split(bytes.as_bytes());
            assert_eq!(decoded, Ok(Some((b"hi".to_vec(), bytes.len()))), "{extensions:?}");
        }
    }

    #[test]
    fn an_unfinished_body_waits() {
        assert_eq!(at_every_split(b"4\r\nWiki\r\n0\r\n"), Ok(None));
    }

    #[test]
    fn malformed_chunks_are_refused() {
        for bytes in [
            "0x5\r\nhello\r\n0\r\n\r\n",
            "+5\r\nhello\r\n0\r\n\r\n",
            "-1\r\n",
            "\r\n\r\n",
            ";a\r\n",
            " 5\r\nhello\r\n",
            "5 \r\nhello\r\n",
            "5 ;a\r\nhello\r\n",
            "5\nhello\r\n",
            "5\rhello\r\n",
            "5;a\nhello\r\n",
            "5;a\0\r\nhello\r\n",
            "5;\r\nhello\r\n",
            "5; \r\nhello\r\n",
            "5;a;\r\nhello\r\n",
            "5;;a\r\nhello\r\n",
            "5;=b\r\nhello\r\n",
            "5;\"a\"\r\nhello\r\n",
            "5;a=\r\nhello\r\n",
            "5;a= \r\nhello\r\n",
            "5;a=;b\r\nhello\r\n",
            "5;a==b\r\nhello\r\n",
            "5;a=b=c\r\nhello\r\n",
            "5;a \r\nhello\r\n",
            "5;a=b \r\nhello\r\n",
            "5;a=\"b\" \r\nhello\r\n",
            "5;a b\r\nhello\r\n",
            "5;a=b c\r\nhello\r\n",
            "5;a=\"b\"c\r\nhello\r\n",
            "5;a=b\"c\"\r\nhello\r\n",
            "5;a=\"b\r\nhello\r\n",
            "5;a=\"b\\\"\r\nhello\r\n",
            "5;a=\"b\n\"\r\nhello\r\n",
            "5;a=\"b\x7f\"\r\nhello\r\n",
            "5;a=\"\\\0\"\r\nhello\r\n",
            "5;caf\u{e9}\r\nhello\r\n",
            "5;a=caf\u{e9}\r\nhello\r\n",
            "5;a,b\r\nhello\r\n",
            "0;\r\n\r\n",
            "5\r\nhello\n0\r\n\r\n",
            "5\r\nhello0\r\n\r\n",
            "5\r\nhello!\r\n0\r\n\r\n",
            "5\r\nhello\r0\r\n\r\n",
            "5\r\nhello\r\n\r\n",
            "10000000000000005\r\nhello",
            "00000000000000005\r\nhello",
            "0\r\nX-A : 1\r\n\r\n",
            "0\r\n folded\r\n\r\n",
            "0\r\n\n",
            "g\r\n",
        ] {
            let error = at_every_split(bytes.as_bytes()).expect_err(bytes);
            assert_eq!(error.status(), 400, "{bytes:?}");
        }
    }

    #[test]
    fn sizes_are_limited_before_the_data_comes() {
        for bytes in ["3e9\r\n", "3e8\r\n", "ffffffffffffffff\r\n"] {
            let limited = at_every_split(bytes.as_bytes());
            assert_eq!(limited.is_err(), bytes != "3e8\r\n", "{bytes:?}");
        }
        let sum = [b"3e8\r\n".as_slice(), &[b'x'; 1000], b"\r\n1\r\n"].concat();
        assert_eq!(at_every_split(&sum), Err(PeerError::BodyTooLarge { limit: 1000 }));
    }

    #[test]
    fn extensions_and_trailers_are_limited() {
        let flood = [b"1;".as_slice(), &[b'x'; 2000]].concat();
        assert_eq!(at_every_split(&flood), Err(PeerError::ChunkExtensions { limit: 1024 }));
        let drip = b"1;ext=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\nx\r\n".repeat(40);
        assert_eq!(at_every_split(&drip), Err(PeerError::ChunkExtensions { limit: 1024 }));
        let trailers = [b"0\r\n".as_slice(), &b"a: b\r\n".repeat(33)].concat();
        assert_eq!(at_every_split(&trailers), Err(PeerError::TooManyFields { limit: 32 }));
    }
}
