//! The head of a message: the start line and the field lines (RFC 9112 2.1). [`Scanner`] finds
//! where it ends, byte range by byte range, looking at no byte twice and refusing what would let
//! two parsers disagree; `httparse` then splits a head that is known to be whole. Knows no
//! framing and no buffer.

use std::borrow::Cow;
use std::mem::MaybeUninit;

use super::error::PeerError;
use super::headers::Headers;
use super::request::Request;
use super::status::is_redirect;
use super::version::Version;
use crate::limits::{BLANK_LINES_MAX, HEAD_FIELDS_CEILING};
use crate::proto::token::is_tchar;

/// How large a head may be.
#[derive(Debug, Clone, Copy)]
pub(super) struct HeadLimits {
    /// Bytes of the whole head, leading empty lines and final CRLF included.
    pub(super) bytes: usize,
    /// Bytes of the start line without its CRLF.
    pub(super) start_line_bytes: usize,
    /// Field lines.
    pub(super) fields: usize,
}

/// Where in the head the next byte belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    /// Before the start line.
    Start,
    /// After the CR of an empty line before the start line.
    BlankLf,
    StartLine,
    StartLineLf,
    /// At the first byte of a field line, or of the empty line that ends the head.
    LineStart,
    Name,
    Value,
    ValueLf,
    /// After the CR of the empty line.
    EndLf,
}

/// Finds the end of a head. Feed it each byte once.
#[derive(Debug)]
pub(super) struct Scanner {
    at: At,
    /// Bytes seen.
    seen: usize,
    /// Bytes of empty lines before the start line.
    skipped: usize,
    /// Bytes of the start line seen.
    start_line: usize,
    /// Field lines begun.
    fields: usize,
}

impl Scanner {
    /// For a head.
    pub(super) fn new() -> Self {
        Self { at: At::Start, seen: 0, skipped: 0, start_line: 0, fields: 0 }
    }

    /// For field lines alone: the trailer section of a chunked body.
    pub(super) fn trailers() -> Self {
        Self { at: At::LineStart, ..Self::new() }
    }

    /// Whether a byte of the start line was seen.
    pub(super) fn started(&self) -> bool {
        !matches!(self.at, At::Start | At::BlankLf)
    }

    /// Bytes before the start line.
    pub(super) fn skipped(&self) -> usize {
        self.skipped
    }

    /// Looks at the bytes that follow those of the call before. `Some(n)`: the head ends after
    /// `n` of these. `None`: all were looked at, and the head goes on.
    pub(super) fn scan(
        &mut self,
        input: &[u8],
        limits: &HeadLimits,
    ) -> Result<Option<usize>, PeerError> {
        let window = &input[..input.len().min(limits.bytes.saturating_sub(self.seen))];
        let mut next = 0;
        while next < window.len() {
            let rest = &window[next..];
            next += match self.at {
                At::Start => self.start(rest[0])?,
                At::StartLine => self.start_line(rest, limits)?,
                At::LineStart => self.line_start(rest[0], limits)?,
                At::Name => self.name(rest)?,
                At::Value => self.text(rest, At::ValueLf)?,
                At::BlankLf => self.line_feed(rest[0], At::Start)?,
                At::StartLineLf | At::ValueLf => self.line_feed(rest[0], At::LineStart)?,
                At::EndLf => {
                    let last = self.line_feed(rest[0], At::Start)?;
                    return Ok(Some(next + last));
                }
            };
        }
        self.seen += next;
        if self.seen < limits.bytes {
            Ok(None)
        } else if self.at == At::StartLine {
            Err(PeerError::StartLineTooLong { limit: limits.bytes })
        } else {
            Err(PeerError::HeadTooLarge { limit: limits.bytes })
        }
    }

    fn start(&mut self, byte: u8) -> Result<usize, PeerError> {
        match byte {
            b'\r' if self.skipped == 2 * BLANK_LINES_MAX => {
                return Err(PeerError::BlankLines { limit: BLANK_LINES_MAX });
            }
            b'\r' => {
                self.skipped += 2;
                self.at = At::BlankLf;
            }
            b'\n' => return Err(PeerError::BareLineFeed),
            _ if is_tchar(byte) => {
                self.start_line = 1;
                self.at = At::StartLine;
            }
            _ => return Err(PeerError::StartByte { byte }),
        }
        Ok(1)
    }

    fn start_line(&mut self, rest: &[u8], limits: &HeadLimits) -> Result<usize, PeerError> {
        let limit = limits.start_line_bytes;
        self.start_line += text_run(rest);
        if self.start_line > limit {
            return Err(PeerError::StartLineTooLong { limit });
        }
        self.text(rest, At::StartLineLf)
    }

    fn line_start(&mut self, byte: u8, limits: &HeadLimits) -> Result<usize, PeerError> {
        match byte {
            b'\r' => self.at = At::EndLf,
            b'\n' => return Err(PeerError::BareLineFeed),
            // RFC 9112 5.2: a server must reject line folding or unfold it. Also 2.2: whitespace
            // between the start line and the first field line.
            b' ' | b'\t' => return Err(PeerError::ObsFold),
            _ if !is_tchar(byte) => return Err(PeerError::FieldName { byte }),
            _ if self.fields == limits.fields => {
                return Err(PeerError::TooManyFields { limit: limits.fields });
            }
            _ => {
                self.fields += 1;
                self.at = At::Name;
            }
        }
        Ok(1)
    }

    fn name(&mut self, rest: &[u8]) -> Result<usize, PeerError> {
        let run = rest.iter().take_while(|&&byte| is_tchar(byte)).count();
        match rest.get(run) {
            None => return Ok(run),
            Some(b':') => self.at = At::Value,
            // RFC 9112 5.1: a server must reject whitespace between field name and colon.
            Some(b' ' | b'\t') => return Err(PeerError::SpaceBeforeColon),
            Some(b'\n') => return Err(PeerError::BareLineFeed),
            Some(&byte) => return Err(PeerError::FieldName { byte }),
        }
        Ok(run + 1)
    }

    /// Text up to the CR that ends its line.
    fn text(&mut self, rest: &[u8], then: At) -> Result<usize, PeerError> {
        let run = text_run(rest);
        match rest.get(run) {
            None => return Ok(run),
            Some(b'\r') => self.at = then,
            // RFC 9112 2.2: a recipient MAY take a lone LF for the end of a line. Those that do and
            // those that do not see different messages, so: no.
            Some(b'\n') => return Err(PeerError::BareLineFeed),
            Some(&byte) => return Err(PeerError::ControlByte { byte }),
        }
        Ok(run + 1)
    }

    fn line_feed(&mut self, byte: u8, then: At) -> Result<usize, PeerError> {
        if byte != b'\n' {
            // RFC 9112 2.2: a bare CR makes the element invalid.
            return Err(PeerError::BareCarriageReturn);
        }
        self.at = then;
        Ok(1)
    }
}

/// RFC 9110 5.5: bytes that neither a field value nor any other text of a head may hold.
fn is_control(byte: u8) -> bool {
    byte < b' ' && byte != b'\t' || byte == 0x7f
}

/// The number of bytes before the first control byte. Blocks are tested without a branch, which
/// the compiler turns into vector instructions.
pub(super) fn text_run(bytes: &[u8]) -> usize {
    const BLOCK: usize = 16;
    let (blocks, _) = bytes.as_chunks::<BLOCK>();
    let clean = blocks
        .iter()
        .take_while(|block| !block.iter().fold(false, |any, &byte| any | is_control(byte)))
        .count()
        * BLOCK;
    clean + bytes[clean..].iter().take_while(|&&byte| !is_control(byte)).count()
}

type FieldSlots<'a> = [MaybeUninit<httparse::Header<'a>>; HEAD_FIELDS_CEILING];

/// Splits a whole request head, from the first byte of the request line to the final CRLF.
pub(super) fn parse_request(head: &[u8]) -> Result<Request, PeerError> {
    let mut slots: FieldSlots<'_> = [const { MaybeUninit::uninit() }; HEAD_FIELDS_CEILING];
    let mut parsed = httparse::Request::new(&mut []);
    match httparse::ParserConfig::default().parse_request_with_uninit_headers(
        &mut parsed,
        head,
        &mut slots,
    ) {
        Ok(httparse::Status::Complete(length)) if length == head.len() => {}
        Ok(_) => return Err(PeerError::RequestLine),
        Err(error) => return Err(refused(error, head)),
    }
    let (Some(method), Some(target), Some(version)) = (parsed.method, parsed.path, parsed.version)
    else {
        return Err(PeerError::RequestLine);
    };
    Ok(Request {
        method: method_name(method),
        target: target.to_owned(),
        version: if version == 0 { Version::Http10 } else { Version::Http11 },
        headers: pack(parsed.headers),
        body: Vec::new(),
    })
}

/// The head of a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseHead {
    /// The status code, 100 to 999.
    pub status: u16,
    /// The reason phrase; often empty, and empty if it is not ASCII.
    pub reason: String,
    /// The version of the status line.
    pub version: Version,
    /// The header fields.
    pub headers: Headers,
}

impl ResponseHead {
    /// Whether it sends whoever has asked to another place (RFC 9110 15.4).
    pub fn is_redirect(&self) -> bool {
        is_redirect(self.status) && self.headers.get("location").is_some()
    }
}

/// Splits a whole response head.
pub(super) fn parse_response(head: &[u8]) -> Result<ResponseHead, PeerError> {
    let mut slots: FieldSlots<'_> = [const { MaybeUninit::uninit() }; HEAD_FIELDS_CEILING];
    let mut parsed = httparse::Response::new(&mut []);
    match httparse::ParserConfig::default().parse_response_with_uninit_headers(
        &mut parsed,
        head,
        &mut slots,
    ) {
        Ok(httparse::Status::Complete(length)) if length == head.len() => {}
        Ok(_) | Err(httparse::Error::Status) => return Err(PeerError::StatusLine),
        Err(error) => return Err(refused(error, head)),
    }
    let (Some(status @ 100..), Some(version)) = (parsed.code, parsed.version) else {
        return Err(PeerError::StatusLine);
    };
    Ok(ResponseHead {
        status,
        reason: parsed.reason.unwrap_or_default().to_owned(),
        version: if version == 0 { Version::Http10 } else { Version::Http11 },
        headers: pack(parsed.headers),
    })
}

fn pack(fields: &[httparse::Header<'_>]) -> Headers {
    Headers::from_pairs(fields.iter().map(|field| (field.name, field.value)))
}

fn method_name(method: &str) -> Cow<'static, str> {
    const KNOWN: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"];
    match KNOWN.iter().find(|&&known| known == method) {
        Some(&known) => Cow::Borrowed(known),
        None => Cow::Owned(method.to_owned()),
    }
}

/// Why `httparse` refused a head that the scanner let pass.
fn refused(error: httparse::Error, head: &[u8]) -> PeerError {
    match error {
        httparse::Error::Version => unsupported_version(head),
        httparse::Error::HeaderName | httparse::Error::HeaderValue => PeerError::FieldValue,
        httparse::Error::TooManyHeaders => PeerError::TooManyFields { limit: HEAD_FIELDS_CEILING },
        httparse::Error::Status => PeerError::StatusLine,
        httparse::Error::Token | httparse::Error::NewLine => PeerError::RequestLine,
    }
}

/// RFC 9110 15.6.6: 505 is for a version that is well-formed and not supported; `http/1.1` and
/// `HTTP/1.10` are not versions at all.
fn unsupported_version(head: &[u8]) -> PeerError {
    let line = head.split(|&byte| byte == b'\r').next().unwrap_or_default();
    let request = line.splitn(3, |&byte| byte == b' ').nth(2).unwrap_or_default();
    let response = line.split(|&byte| byte == b' ').next().unwrap_or_default();
    for version in [request, response] {
        if let [b'H', b'T', b'T', b'P', b'/', major @ b'0'..=b'9', b'.', minor @ b'0'..=b'9'] =
            version
            && !matches!((major, minor), (b'1', b'0' | b'1'))
        {
            return PeerError::VersionUnsupported { major: major - b'0', minor: minor - b'0' };
        }
    }
    if line.starts_with(b"HTTP/") { PeerError::StatusLine } else { PeerError::RequestLine }
}
