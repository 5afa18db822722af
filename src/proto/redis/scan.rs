//! Where a frame ends. Goes on where it stopped, so that a long one that comes in pieces is looked at
//! once, and stops at the limits before anything is made of it.

use super::error::PeerError;
use crate::limits::{
    REDIS_DEPTH_MAX, REDIS_ELEMENTS_MAX, REDIS_FRAME_BYTES_MAX, REDIS_LINE_BYTES_MAX,
};

/// How far a frame has been looked at.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// Everything before is whole.
    offset: usize,
    /// Bytes behind it in which there is no end of a line.
    searched: usize,
    /// How many elements each of the aggregates that are open still lacks.
    open: Vec<usize>,
    elements: usize,
}

impl Scan {
    /// Looks on at the bytes of a frame, from its first on. Returns its length once all are there.
    pub(super) fn advance(&mut self, frame: &[u8]) -> Result<Option<usize>, PeerError> {
        loop {
            let rest = frame.get(self.offset..).unwrap_or_default();
            let Some(kind) = rest.first().copied() else { return Ok(None) };
            if self.offset == 0 {
                check_first(rest)?;
            }
            let Some(line) = self.line(rest)? else { return Ok(None) };
            let head = line.len() + 2;
            match kind {
                b'+' | b'-' | b':' | b',' | b'#' | b'_' | b'(' => self.take(head),
                b'$' | b'!' | b'=' => {
                    let whole = head + length(&line[1..])? + 2;
                    if self.offset + whole > REDIS_FRAME_BYTES_MAX {
                        return Err(PeerError::Bytes);
                    }
                    if rest.len() < whole {
                        return Ok(None);
                    }
                    if &rest[whole - 2..whole] != b"\r\n" {
                        return Err(PeerError::End);
                    }
                    self.take(whole);
                }
                b'*' | b'~' | b'>' => self.enter(head, length(&line[1..])?)?,
                b'%' => self.enter(head, length(&line[1..])?.saturating_mul(2))?,
                // They come before what they belong to, and are one element more.
                b'|' => {
                    let pairs = length(&line[1..])?;
                    if let Some(lacks) = self.open.last_mut() {
                        *lacks += 1;
                    } else {
                        self.open.push(2);
                    }
                    self.enter(head, pairs.saturating_mul(2))?;
                }
                other => return Err(PeerError::Type(other)),
            }
            if self.offset > REDIS_FRAME_BYTES_MAX {
                return Err(PeerError::Bytes);
            }
            if self.open.is_empty() {
                let whole = std::mem::take(self).offset;
                return Ok(Some(whole));
            }
        }
    }

    /// The line that begins here, without its end.
    fn line<'a>(&mut self, rest: &'a [u8]) -> Result<Option<&'a [u8]>, PeerError> {
        let from = self.searched.min(rest.len());
        let end = rest[from..].windows(2).position(|two| two == b"\r\n").map(|at| at + from);
        if end.unwrap_or(rest.len()) > REDIS_LINE_BYTES_MAX {
            return Err(PeerError::LongLine);
        }
        // A CR may be the last byte that has come.
        self.searched = if end.is_some() { 0 } else { rest.len().saturating_sub(1) };
        Ok(end.map(|end| &rest[..end]))
    }

    /// An element is whole, and maybe the aggregates that it is the last one of.
    fn take(&mut self, bytes: usize) {
        self.offset += bytes;
        while let Some(lacks) = self.open.last_mut() {
            *lacks -= 1;
            if *lacks > 0 {
                return;
            }
            self.open.pop();
        }
    }

    fn enter(&mut self, head: usize, elements: usize) -> Result<(), PeerError> {
        self.elements = self.elements.saturating_add(elements);
        if self.elements > REDIS_ELEMENTS_MAX {
            return Err(PeerError::Elements);
        }
        if elements == 0 {
            self.take(head);
            return Ok(());
        }
        if self.open.len() >= REDIS_DEPTH_MAX {
            return Err(PeerError::Depth);
        }
        self.offset += head;
        self.open.push(elements);
        Ok(())
    }
}

/// Servers of other kinds, which are named rather than a byte of what they say.
fn check_first(rest: &[u8]) -> Result<(), PeerError> {
    let begins = |with: &[u8]| rest.starts_with(with) || with.starts_with(rest);
    match rest[0] {
        b'H' if begins(b"HTTP/") => Err(PeerError::Http),
        // A record of TLS: an alert or a handshake.
        0x15 | 0x16 => Err(PeerError::Tls),
        _ => Ok(()),
    }
}

fn length(digits: &[u8]) -> Result<usize, PeerError> {
    let text = std::str::from_utf8(digits).ok().filter(|text| text.len() < 16);
    // What Rust reads may begin with a plus.
    let text = text.filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    text.and_then(|text| text.parse().ok()).ok_or_else(|| {
        PeerError::Number(String::from_utf8_lossy(digits).chars().take(32).collect())
    })
}
