//! Encodes responses: status line, fields and body in one append. Decides what the framing
//! fields of a response are (RFC 9110 6.4 and 8.6, RFC 9112 6 and 9), whatever the caller says,
//! and lets nothing through that would end a line early.

use super::body::parse_length;
use super::error::{PeerError, UsageError};
use super::head::text_run;
use super::status::reason_phrase;
use super::streamed::Outflow;
use super::version::Version;
use crate::proto::token::is_token;

/// A response to send.
///
/// Four fields belong to the encoder, and those of the caller are treated so:
/// - `Content-Length` is computed from the body. The caller's is used only where no body can
///   follow it, to tell the size a body would have: in answer to HEAD with an empty `body`, and
///   with status 304.
/// - `Transfer-Encoding` and `Keep-Alive` are dropped.
/// - `Connection` is dropped, but its option `close` is obeyed.
///
/// `Date` is added unless the caller gives one. With statuses that have no content (204, 205,
/// 304) `body` is not sent.
#[derive(Debug, Clone, Copy, Default)]
pub struct Response<'a> {
    /// From 200 to 599.
    pub status: u16,
    /// The reason phrase, if not the registered one.
    pub reason: Option<&'a str>,
    /// Names and values. A name may be repeated, as `Set-Cookie` must be.
    pub headers: &'a [(&'a str, &'a [u8])],
    /// The content.
    pub body: &'a [u8],
}

/// What a response must know of the request it answers.
#[derive(Debug, Clone, Copy)]
pub struct ReplyTo {
    /// The version of the request.
    pub version: Version,
    /// The method was HEAD: the fields go without the body.
    pub head: bool,
    /// The connection ends after this response.
    pub close: bool,
}

impl ReplyTo {
    /// Of a connection that ends whatever was asked.
    pub(super) const CLOSE: Self = Self { version: Version::Http11, head: false, close: true };
}

/// Appends a response to `out`, or nothing in case of an error. `date` is an IMF-fixdate (RFC 9110
/// 5.6.7); an empty one is left out. Returns whether the connection ends after this response:
/// because `to.close` says so, or a `Connection: close` of the caller.
pub fn encode_response(
    response: &Response<'_>,
    to: ReplyTo,
    date: &str,
    out: &mut Vec<u8>,
) -> Result<bool, UsageError> {
    let head = encode_head(response, to, date, response.body.len(), out)?;
    if head.takes_body {
        out.extend_from_slice(response.body);
    }
    Ok(head.close)
}

/// What comes after the head of a response.
#[derive(Debug, Clone, Copy)]
pub(super) struct Encoded {
    /// The connection ends after this response.
    pub(super) close: bool,
    /// The body follows.
    pub(super) takes_body: bool,
}

/// Appends a response up to its body, and makes room for `room` bytes more; otherwise as
/// [`encode_response`].
pub(super) fn encode_head(
    response: &Response<'_>,
    to: ReplyTo,
    date: &str,
    room: usize,
    out: &mut Vec<u8>,
) -> Result<Encoded, UsageError> {
    let survey = Survey::of_response(response)?;
    let status = response.status;
    let close = to.close || survey.close;
    out.reserve(survey.bytes + date.len() + FIXED_BYTES + room);
    push_fields(response, date, &survey, out);
    push_connection(to.version, close, survey.upgrade, out);

    let body = if has_content(status) { response.body } else { &[] };
    // RFC 9110 8.6: no Content-Length with 204; with 304 and in answer to HEAD only the one that
    // the body of a GET would have had.
    match survey.length {
        Some(length) if status == 304 || to.head && has_content(status) && body.is_empty() => {
            push_length(length, out);
        }
        _ if matches!(status, 204 | 304) => {}
        _ => push_length(body.len() as u64, out),
    }
    out.extend_from_slice(b"\r\n");
    Ok(Encoded { close, takes_body: !to.head && !body.is_empty() })
}

/// Appends the head of a response whose body comes later, of `length` bytes where that is known: from
/// its own `Content-Length`, if nowhere else. Returns whether the connection ends after it, and how
/// the end of the body is told.
pub(super) fn encode_stream_head(
    response: &Response<'_>,
    to: ReplyTo,
    date: &str,
    length: Option<u64>,
    out: &mut Vec<u8>,
) -> Result<(bool, Outflow), UsageError> {
    let survey = Survey::of_response(response)?;
    let length = length.or(survey.length);
    let has_content = has_content(response.status);
    let flow = match length {
        _ if to.head || !has_content => Outflow::Nothing,
        Some(length) => Outflow::Length(length),
        None if to.version == Version::Http11 => Outflow::Chunked,
        None => Outflow::UntilClose,
    };
    let close = to.close || survey.close || flow == Outflow::UntilClose;
    out.reserve(survey.bytes + date.len() + FIXED_BYTES);
    push_fields(response, date, &survey, out);
    push_connection(to.version, close, survey.upgrade, out);
    match (response.status, length) {
        (204, _) | (304, None) => {}
        (205, _) => push_length(0, out),
        (_, Some(length)) => push_length(length, out),
        // RFC 9112 6.1: also in answer to HEAD.
        (_, None) if to.version == Version::Http11 => {
            push_field("Transfer-Encoding", b"chunked", out);
        }
        _ => {}
    }
    out.extend_from_slice(b"\r\n");
    Ok((close, flow))
}

/// Appends the status line, and the fields of the caller.
fn push_fields(response: &Response<'_>, date: &str, survey: &Survey, out: &mut Vec<u8>) {
    // RFC 9110 6.2: the version is that of the server, also in answer to HTTP/1.0.
    out.extend_from_slice(b"HTTP/1.1 ");
    push_decimal(u64::from(response.status), out);
    out.push(b' ');
    out.extend_from_slice(reason(response).as_bytes());
    out.extend_from_slice(b"\r\n");
    if !survey.date && !date.is_empty() {
        push_field("Date", date.as_bytes(), out);
    }
    for &(name, value) in response.headers {
        if Owned::of(name).is_none() {
            push_field(name, value, out);
        }
    }
}

fn reason<'a>(response: &Response<'a>) -> &'a str {
    response.reason.unwrap_or_else(|| reason_phrase(response.status))
}

/// Appends the response that refuses a WebSocket opening handshake. The connection ends after it:
/// the client may have sent frames already, and these must not be read as requests.
pub fn encode_upgrade_refusal(
    response: &Response<'_>,
    date: &str,
    out: &mut Vec<u8>,
) -> Result<(), UsageError> {
    encode_response(response, ReplyTo::CLOSE, date, out).map(|_| ())
}

/// Appends the 101 that opens a WebSocket, with `Upgrade: websocket` and `Connection: Upgrade`, and
/// the headers given: `Sec-WebSocket-Accept` and what the script adds. Nothing in case of an error.
pub fn encode_switching_protocols(
    headers: &[(&str, &[u8])],
    out: &mut Vec<u8>,
) -> Result<(), UsageError> {
    let survey = Survey::of(headers)?;
    out.reserve(survey.bytes + FIXED_BYTES);
    out.extend_from_slice(b"HTTP/1.1 101 Switching Protocols\r\n");
    out.extend_from_slice(b"Upgrade: websocket\r\nConnection: Upgrade\r\n");
    for &(name, value) in headers {
        // RFC 9110 8.6: no Content-Length with a 1xx.
        if Owned::of(name).is_none() && !name.eq_ignore_ascii_case("upgrade") {
            push_field(name, value, out);
        }
    }
    out.extend_from_slice(b"\r\n");
    Ok(())
}

/// Ends a body, with these fields behind it where it goes in chunks (RFC 9112 7.1.2). After an error
/// nothing was written.
pub(super) fn push_end(
    flow: Outflow,
    trailers: &[(&str, &[u8])],
    out: &mut Vec<u8>,
) -> Result<(), UsageError> {
    if flow != Outflow::Chunked || trailers.is_empty() {
        return flow.push_end(out);
    }
    for (name, value) in trailers {
        check_field(name, value)?;
    }
    out.extend_from_slice(b"0\r\n");
    for (name, value) in trailers {
        push_field(name, value, out);
    }
    out.extend_from_slice(b"\r\n");
    Ok(())
}

/// Appends an interim response (RFC 9110 15.2): one of 100 to 199, but not 101.
pub fn encode_interim(
    status: u16,
    headers: &[(&str, &[u8])],
    out: &mut Vec<u8>,
) -> Result<(), UsageError> {
    if !(100..=199).contains(&status) || status == 101 {
        return Err(UsageError::Status(status));
    }
    for &(name, value) in headers {
        check_field(name, value)?;
    }
    out.extend_from_slice(b"HTTP/1.1 ");
    push_decimal(u64::from(status), out);
    out.push(b' ');
    out.extend_from_slice(reason_phrase(status).as_bytes());
    out.extend_from_slice(b"\r\n");
    for &(name, value) in headers {
        push_field(name, value, out);
    }
    out.extend_from_slice(b"\r\n");
    Ok(())
}

/// Appends the answer to a peer's error. Infallible, as all its parts are known.
pub(super) fn encode_error(error: &PeerError, head: bool, date: &str, out: &mut Vec<u8>) {
    let to = ReplyTo { head, ..ReplyTo::CLOSE };
    encode_message(error.status(), &error.to_string(), to, date, out);
}

/// Appends a response of one line of text. An invalid status becomes 500. Returns as
/// [`encode_response`].
pub(super) fn encode_message(
    status: u16,
    message: &str,
    to: ReplyTo,
    date: &str,
    out: &mut Vec<u8>,
) -> bool {
    let body = [message, "\n"].concat();
    let headers = [("Content-Type", b"text/plain; charset=utf-8".as_slice())];
    let response = Response { status, reason: None, headers: &headers, body: body.as_bytes() };
    encode_response(&response, to, date, out).unwrap_or_else(|_| {
        let response = Response { status: 500, ..response };
        encode_response(&response, to, date, out).unwrap_or(true)
    })
}

/// Room for the status line and the fields that the encoder adds, without their variable parts.
const FIXED_BYTES: usize = 128;

/// Fields whose value the encoder decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owned {
    Length,
    Coding,
    Connection,
    KeepAlive,
}

impl Owned {
    fn of(name: &str) -> Option<Self> {
        match name.len() {
            14 if name.eq_ignore_ascii_case("content-length") => Some(Self::Length),
            17 if name.eq_ignore_ascii_case("transfer-encoding") => Some(Self::Coding),
            10 if name.eq_ignore_ascii_case("connection") => Some(Self::Connection),
            10 if name.eq_ignore_ascii_case("keep-alive") => Some(Self::KeepAlive),
            _ => None,
        }
    }
}

/// What the caller's headers hold. Making one checks them.
#[derive(Debug, Default)]
struct Survey {
    /// Bytes of all field lines.
    bytes: usize,
    date: bool,
    upgrade: bool,
    close: bool,
    length: Option<u64>,
}

impl Survey {
    /// The same for a response: its status and its reason are checked too.
    fn of_response(response: &Response<'_>) -> Result<Self, UsageError> {
        if !(200..=599).contains(&response.status) {
            return Err(UsageError::Status(response.status));
        }
        let reason = reason(response);
        if !is_text(reason.as_bytes()) {
            return Err(UsageError::Reason(reason.into()));
        }
        let mut survey = Self::of(response.headers)?;
        survey.bytes += reason.len();
        Ok(survey)
    }

    fn of(headers: &[(&str, &[u8])]) -> Result<Self, UsageError> {
        let mut survey = Self::default();
        for &(name, value) in headers {
            check_field(name, value)?;
            survey.bytes += name.len() + value.len() + 4;
            match Owned::of(name) {
                Some(Owned::Length) => {
                    let length = parse_length(value.trim_ascii());
                    let refused = |_| UsageError::HeaderValue(name.into());
                    survey.length = Some(length.map_err(refused)?);
                }
                Some(Owned::Connection) => {
                    survey.close |= super::headers::list_has(value, b"close");
                }
                Some(_) => {}
                None => {
                    survey.date |= name.eq_ignore_ascii_case("date");
                    survey.upgrade |= name.eq_ignore_ascii_case("upgrade");
                }
            }
        }
        Ok(survey)
    }
}

/// Refuses a header that would end its line early or is not a header at all.
pub(super) fn check_field(name: &str, value: &[u8]) -> Result<(), UsageError> {
    if !is_token(name.as_bytes()) {
        return Err(UsageError::HeaderName(name.into()));
    }
    if !is_text(value) {
        return Err(UsageError::HeaderValue(name.into()));
    }
    Ok(())
}

fn is_text(bytes: &[u8]) -> bool {
    text_run(bytes) == bytes.len()
}

/// RFC 9110 15.3.5, 15.3.6, 15.4.5: these never have content.
fn has_content(status: u16) -> bool {
    !matches!(status, 204 | 205 | 304)
}

/// RFC 9112 9.3 and 9.6: what is not the default of the request's version is said. RFC 9110 7.8:
/// `Upgrade` (in a 426) needs its connection option.
fn push_connection(version: Version, close: bool, upgrade: bool, out: &mut Vec<u8>) {
    let value = match (version, close, upgrade) {
        (Version::Http11, false, false) => return,
        (Version::Http10, false, false) => "keep-alive",
        (Version::Http10, false, true) => "keep-alive, upgrade",
        (Version::Http11, false, true) => "upgrade",
        (_, true, false) => "close",
        (_, true, true) => "close, upgrade",
    };
    push_field("Connection", value.as_bytes(), out);
}

/// Appends a field line.
pub(super) fn push_field(name: &str, value: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b": ");
    out.extend_from_slice(value);
    out.extend_from_slice(b"\r\n");
}

/// Appends a `Content-Length` line.
pub(super) fn push_length(length: u64, out: &mut Vec<u8>) {
    out.extend_from_slice(b"Content-Length: ");
    push_decimal(length, out);
    out.extend_from_slice(b"\r\n");
}

fn push_decimal(mut number: u64, out: &mut Vec<u8>) {
    let mut digits = [b'0'; 20];
    let mut start = digits.len();
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (number % 10).to_le_bytes()[0];
        number /= 10;
        start -= 1;
        if number == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[start..]);
}

#[cfg(test)]
#[path = "tests/response.rs"]
mod tests;
