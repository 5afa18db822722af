//! The client's side of one exchange: encodes a request, parses its response (RFC 9112 6.3).
//! Enough for a WebSocket opening handshake and for one fetch. Body bytes are handed out as
//! ranges of the input. Knows no redirects, no connection pool and no time.

use std::ops::Range;

use super::body::{Framing, FramingFields};
use super::chunk::{ChunkDecoder, Piece};
use super::error::{PeerError, UsageError};
use super::head::{HeadLimits, ResponseHead, Scanner, parse_response};
use super::response::{check_field, push_field, push_length};
use super::version::Version;
use crate::limits::{HEAD_FIELDS_CEILING, INTERIM_RESPONSES_MAX, RESPONSE_HEAD_BYTES_MAX};
use crate::proto::token::is_token;

/// How much of a response is suffered.
#[derive(Debug, Clone, Copy)]
pub struct ClientConfig {
    /// Bytes of one head: status line and fields.
    pub head_bytes_max: usize,
    /// Field lines of one head, at most 256.
    pub fields_max: usize,
}

impl Default for ClientConfig {
    fn default() -> Self {
        Self { head_bytes_max: RESPONSE_HEAD_BYTES_MAX, fields_max: HEAD_FIELDS_CEILING }
    }
}

/// Where the body of a request ends, as its head says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestFraming {
    /// There is no body.
    Without,
    /// So many bytes.
    Length(u64),
    /// Chunks, each framed by [`push_chunk`].
    Chunked,
}

/// Appends a request to `out`, or nothing in case of an error. `target` is what goes on the request
/// line, a path in most cases; `headers` has one `Host`. `Content-Length` is computed, and the
/// caller's is dropped, as is `Transfer-Encoding`.
pub fn encode_request(
    method: &str,
    target: &str,
    headers: &[(&str, &[u8])],
    body: &[u8],
    out: &mut Vec<u8>,
) -> Result<(), UsageError> {
    let framing = match body.len() {
        0 => RequestFraming::Without,
        length => RequestFraming::Length(length as u64),
    };
    encode_request_head((method, target), headers, framing, out)?;
    out.extend_from_slice(body);
    Ok(())
}

/// Appends a request up to its body, otherwise as [`encode_request`].
pub fn encode_request_head(
    (method, target): (&str, &str),
    headers: &[(&str, &[u8])],
    framing: RequestFraming,
    out: &mut Vec<u8>,
) -> Result<(), UsageError> {
    if !is_token(method.as_bytes()) {
        return Err(UsageError::Method(method.into()));
    }
    if target.is_empty() || !target.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#') {
        return Err(UsageError::Target(target.into()));
    }
    let mut hosts = 0;
    for &(name, value) in headers {
        check_field(name, value)?;
        hosts += usize::from(name.eq_ignore_ascii_case("host"));
    }
    if hosts != 1 {
        return Err(UsageError::Host(hosts));
    }
    for part in [method, " ", target, " HTTP/1.1\r\n"] {
        out.extend_from_slice(part.as_bytes());
    }
    for &(name, value) in headers {
        if !["content-length", "transfer-encoding"].iter().any(|own| name.eq_ignore_ascii_case(own))
        {
            push_field(name, value, out);
        }
    }
    match framing {
        // RFC 9110 8.6: a method that anticipates content says that there is none.
        RequestFraming::Without if matches!(method, "POST" | "PUT" | "PATCH") => {
            push_length(0, out);
        }
        RequestFraming::Without => {}
        RequestFraming::Length(length) => push_length(length, out),
        RequestFraming::Chunked => push_field("Transfer-Encoding", b"chunked", out),
    }
    out.extend_from_slice(b"\r\n");
    Ok(())
}

/// Appends bytes as one chunk of a body. None are no chunk: that would end the body.
pub fn push_chunk(bytes: &[u8], out: &mut Vec<u8>) {
    if !bytes.is_empty() {
        out.extend_from_slice(format!("{:x}\r\n", bytes.len()).as_bytes());
        out.extend_from_slice(bytes);
        out.extend_from_slice(b"\r\n");
    }
}

/// What ends a body of chunks.
pub const LAST_CHUNK: &[u8] = b"0\r\n\r\n";

/// What a [`ResponseParser`] found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClientEvent {
    /// An interim response (1xx but not 101); the final one is still to come.
    Informational(ResponseHead),
    /// The head of the final response. After a 101 the exchange is over, there is no
    /// [`End`](Self::End), and the bytes from `*pos` on belong to the new protocol; so it is after
    /// a 2xx to a CONNECT.
    Head(ResponseHead),
    /// Bytes of the body: a range of the input given in this call.
    Body(Range<usize>),
    /// The response is complete.
    End,
}

/// What was asked, as far as the framing of the response depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestMethod {
    /// HEAD: the response has no body, whatever its fields say.
    Head,
    /// CONNECT: what follows the head of a successful response is the tunnel.
    Connect,
    /// Any other.
    Other,
}

#[derive(Debug)]
enum Phase {
    Head,
    Length(u64),
    Chunked(ChunkDecoder),
    UntilClose,
    Done,
}

/// Parses the response to one request. Call [`receive`](Self::receive) until it gives `None`, with
/// the same input and position; then with more input. [`handle_eof`](Self::handle_eof) ends it.
#[derive(Debug)]
pub struct ResponseParser {
    limits: HeadLimits,
    request: RequestMethod,
    phase: Phase,
    scanner: Scanner,
    /// A head of which the end is still to come.
    partial: Vec<u8>,
    interim: usize,
    reusable: bool,
}

impl ResponseParser {
    /// For the response to a request of this method.
    pub fn new(config: ClientConfig, request: RequestMethod) -> Self {
        let bytes = config.head_bytes_max;
        let fields = config.fields_max.min(HEAD_FIELDS_CEILING);
        Self {
            limits: HeadLimits { bytes, start_line_bytes: bytes, fields },
            request,
            phase: Phase::Head,
            scanner: Scanner::new(),
            partial: Vec::new(),
            interim: 0,
            reusable: false,
        }
    }

    /// Takes bytes from `input[*pos..]` up to the next event. `None`: all are taken, or the response
    /// is complete. After an error the connection is of no further use.
    pub fn receive(
        &mut self,
        input: &[u8],
        pos: &mut usize,
    ) -> Result<Option<ClientEvent>, PeerError> {
        match &mut self.phase {
            Phase::Head => self.receive_head(input, pos),
            Phase::Length(0) => {
                self.phase = Phase::Done;
                Ok(Some(ClientEvent::End))
            }
            Phase::Length(remaining) => {
                let here = usize::try_from(*remaining).unwrap_or(usize::MAX);
                let range = take(input, pos, here);
                *remaining -= range.len() as u64;
                Ok((!range.is_empty()).then_some(ClientEvent::Body(range)))
            }
            Phase::Chunked(decoder) => Ok(match decoder.next(input, pos)? {
                Some(Piece::Data(range)) => Some(ClientEvent::Body(range)),
                Some(Piece::End) => {
                    self.phase = Phase::Done;
                    Some(ClientEvent::End)
                }
                None => None,
            }),
            Phase::UntilClose => {
                let range = take(input, pos, usize::MAX);
                Ok((!range.is_empty()).then_some(ClientEvent::Body(range)))
            }
            Phase::Done => Ok(None),
        }
    }

    /// The server has closed its side. `End` if that completes the response.
    pub fn handle_eof(&mut self) -> Result<Option<ClientEvent>, PeerError> {
        match self.phase {
            Phase::Done => Ok(None),
            Phase::UntilClose | Phase::Length(0) => {
                self.phase = Phase::Done;
                Ok(Some(ClientEvent::End))
            }
            Phase::Head | Phase::Length(_) | Phase::Chunked(_) => Err(PeerError::UnexpectedEnd),
        }
    }

    /// Whether what follows this head is another protocol: after a 101, and after a 2xx to CONNECT.
    pub fn ends_http(&self, head: &ResponseHead) -> bool {
        head.status == 101
            || (self.request == RequestMethod::Connect && (200..=299).contains(&head.status))
    }

    /// Whether the response is complete.
    pub fn is_done(&self) -> bool {
        matches!(self.phase, Phase::Done)
    }

    /// Whether the connection can carry another exchange, once this one is complete and as far as
    /// the server is concerned.
    pub fn keep_alive(&self) -> bool {
        self.is_done() && self.reusable
    }

    /// How many bytes of the body are still to come, where that is known.
    pub fn remaining(&self) -> Option<u64> {
        match self.phase {
            Phase::Length(remaining) => Some(remaining),
            _ => None,
        }
    }

    fn receive_head(
        &mut self,
        input: &[u8],
        pos: &mut usize,
    ) -> Result<Option<ClientEvent>, PeerError> {
        let unread = input.get(*pos..).unwrap_or_default();
        let Some(length) = self.scanner.scan(unread, &self.limits)? else {
            self.partial.extend_from_slice(unread);
            *pos = input.len();
            return Ok(None);
        };
        *pos += length;
        let skipped = std::mem::replace(&mut self.scanner, Scanner::new()).skipped();
        let head = if self.partial.is_empty() {
            parse_response(&unread[skipped..length])?
        } else {
            let mut whole = std::mem::take(&mut self.partial);
            whole.extend_from_slice(&unread[..length]);
            parse_response(&whole[skipped..])?
        };
        if (100..=199).contains(&head.status) && head.status != 101 {
            self.interim += 1;
            if self.interim > INTERIM_RESPONSES_MAX {
                return Err(PeerError::TooManyInterim { limit: INTERIM_RESPONSES_MAX });
            }
            return Ok(Some(ClientEvent::Informational(head)));
        }
        self.begin_body(&head)?;
        Ok(Some(ClientEvent::Head(head)))
    }

    /// RFC 9112 6.3: the rules in their order.
    fn begin_body(&mut self, head: &ResponseHead) -> Result<(), PeerError> {
        let stay = match head.version {
            Version::Http10 => head.headers.has_token("connection", "keep-alive"),
            Version::Http11 => true,
        };
        self.reusable = stay && !head.headers.has_token("connection", "close");
        // RFC 9110 9.3.6: fields that would frame a body are ignored.
        let is_tunnel =
            self.request == RequestMethod::Connect && (200..=299).contains(&head.status);
        if head.status == 101 || is_tunnel {
            self.phase = Phase::Done;
            self.reusable = false;
            return Ok(());
        }
        let framing = FramingFields::of(&head.headers).framing(head.version)?;
        self.phase = match framing {
            _ if self.request == RequestMethod::Head || matches!(head.status, 204 | 304) => {
                Phase::Length(0)
            }
            Framing::Length(length) => Phase::Length(length),
            Framing::Chunked => Phase::Chunked(ChunkDecoder::new(u64::MAX)),
            Framing::Unsaid => {
                self.reusable = false;
                Phase::UntilClose
            }
        };
        Ok(())
    }
}

/// Takes up to `length` bytes of what is unread.
fn take(input: &[u8], pos: &mut usize, length: usize) -> Range<usize> {
    let start = (*pos).min(input.len());
    let range = start..start + length.min(input.len() - start);
    *pos = range.end;
    range
}

#[cfg(test)]
#[path = "tests/client.rs"]
mod tests;
