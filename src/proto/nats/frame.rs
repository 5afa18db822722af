//! One thing that a server says, out of bytes that begin with it. Nothing is copied.

use super::error::PeerError;
use crate::limits::{NATS_INFO_BYTES_MAX, NATS_LINE_BYTES_MAX};
use crate::proto::visible::visible;

/// What a server says.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Frame<'a> {
    Info(&'a [u8]),
    Message(Message<'a>),
    Ping,
    Pong,
    Ok,
    Error(String),
}

/// A message for a subscription.
#[derive(Debug, PartialEq, Eq)]
pub struct Message<'a> {
    /// What it was published to.
    pub subject: &'a str,
    /// The subscription, as it was numbered by whoever subscribed.
    pub sid: u64,
    /// Where an answer is to go.
    pub reply: Option<&'a str>,
    /// Its fields as they are, with their empty line; empty if there are none.
    pub headers: &'a [u8],
    /// What it is.
    pub payload: &'a [u8],
}

/// The words that a line can begin with; two of them need no more.
const WORDS: [&[u8]; 7] = [b"INFO ", b"MSG ", b"HMSG ", b"PING", b"PONG", b"+OK", b"-ERR"];

/// The first frame in `bytes`, and how many of them it is. `None` if it has not come as a whole.
pub(super) fn parse(
    bytes: &[u8],
    payload_max: usize,
) -> Result<Option<(Frame<'_>, usize)>, PeerError> {
    if bytes.is_empty() {
        return Ok(None);
    }
    let begins = |word: &&[u8]| {
        let length = word.len().min(bytes.len());
        word[..length].eq_ignore_ascii_case(&bytes[..length])
    };
    let Some(word) = WORDS.into_iter().find(begins) else {
        return Err(PeerError::Unknown(excerpt(bytes)));
    };
    let limit = if word == b"INFO " { NATS_INFO_BYTES_MAX } else { NATS_LINE_BYTES_MAX };
    let looked_at = &bytes[..bytes.len().min(limit)];
    let Some(end) = looked_at.iter().position(|byte| *byte == b'\n') else {
        if bytes.len() >= limit {
            return Err(PeerError::LineTooLong { limit });
        }
        return Ok(None);
    };
    let line = bytes[..end].strip_suffix(b"\r").ok_or(PeerError::BareLineFeed)?;
    let arguments = line.get(word.len()..).unwrap_or_default();
    let frame = match word {
        b"INFO " => Frame::Info(arguments.trim_ascii()),
        b"PING" => Frame::Ping,
        b"PONG" => Frame::Pong,
        b"+OK" => Frame::Ok,
        b"-ERR" => Frame::Error(String::from_utf8_lossy(arguments).chars().map(visible).collect()),
        _ => {
            return message(line, &bytes[end + 1..], word == b"HMSG ", payload_max).map(|found| {
                found.map(|(message, length)| (Frame::Message(message), end + 1 + length))
            });
        }
    };
    Ok(Some((frame, end + 1)))
}

/// `MSG subject sid [reply] bytes`, or `HMSG subject sid [reply] header-bytes bytes`.
fn message<'a>(
    line: &'a [u8],
    behind: &'a [u8],
    has_headers: bool,
    payload_max: usize,
) -> Result<Option<(Message<'a>, usize)>, PeerError> {
    let wrong = || PeerError::Arguments(excerpt(line));
    let text = simdutf8::basic::from_utf8(line).map_err(|_| wrong())?;
    let mut words = text.split_ascii_whitespace().skip(1);
    let (subject, sid) = words.next().zip(words.next()).ok_or_else(wrong)?;
    let mut rest = [""; 3];
    let mut count = 0;
    for word in words {
        *rest.get_mut(count).ok_or_else(wrong)? = word;
        count += 1;
    }
    let sizes = 1 + usize::from(has_headers);
    let reply = match count.checked_sub(sizes) {
        Some(0) => None,
        Some(1) => Some(rest[0]),
        _ => return Err(wrong()),
    };
    let number = |word: &str| {
        let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
        word.parse::<usize>().ok().filter(|_| is_number).ok_or_else(wrong)
    };
    let sid = sid.parse().map_err(|_| wrong())?;
    let total = number(rest[count - 1])?;
    let headers = if has_headers { number(rest[count - 2])? } else { 0 };
    if headers > total {
        return Err(wrong());
    }
    if total > payload_max {
        return Err(PeerError::PayloadTooLarge { bytes: total, limit: payload_max });
    }
    let Some(body) = behind.get(..total + 2) else { return Ok(None) };
    let (content, end) = body.split_at(total);
    if end != b"\r\n" {
        return Err(PeerError::PayloadEnd);
    }
    let (headers, payload) = content.split_at(headers);
    Ok(Some((Message { subject, sid, reply, headers, payload }, total + 2)))
}

/// The beginning of what came, for people.
pub(super) fn excerpt(bytes: &[u8]) -> String {
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let line = &line[..line.len().min(60)];
    String::from_utf8_lossy(line).trim_end().chars().map(visible).collect()
}
