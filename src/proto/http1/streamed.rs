//! Bodies that come and go bit by bit: how the end of one is told, and how much of one is still to
//! come. Knows no head.

use std::ops::Range;
use std::time::{Duration, Instant};

use super::chunk::{ChunkDecoder, Piece};
use super::error::{PeerError, UsageError};

/// How the end of a response's body is told, of which the bytes are still to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outflow {
    /// There is no body, or it is not to be sent.
    Nothing,
    /// So many bytes are still to come.
    Length(u64),
    /// In chunks.
    Chunked,
    /// With the connection, for a client that knows no chunks.
    UntilClose,
}

impl Outflow {
    /// Appends bytes of the body. None are no chunk: that would be the last one.
    pub(super) fn push(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> Result<(), UsageError> {
        if bytes.is_empty() {
            return Ok(());
        }
        match self {
            Self::Nothing => return Ok(()),
            Self::Length(left) => match left.checked_sub(bytes.len() as u64) {
                Some(rest) => *left = rest,
                None => return Err(UsageError::BodyTooLong),
            },
            Self::Chunked => {
                out.reserve(bytes.len() + 20);
                push_hexadecimal(bytes.len(), out);
                out.extend_from_slice(b"\r\n");
                out.extend_from_slice(bytes);
                out.extend_from_slice(b"\r\n");
                return Ok(());
            }
            Self::UntilClose => {}
        }
        out.extend_from_slice(bytes);
        Ok(())
    }

    /// Appends what tells that this was all.
    pub(super) fn push_end(self, out: &mut Vec<u8>) -> Result<(), UsageError> {
        match self {
            Self::Length(left @ 1..) => return Err(UsageError::BodyTooShort(left)),
            Self::Chunked => out.extend_from_slice(b"0\r\n\r\n"),
            Self::Nothing | Self::Length(0) | Self::UntilClose => {}
        }
        Ok(())
    }
}

fn push_hexadecimal(number: usize, out: &mut Vec<u8>) {
    let digits = (usize::BITS - number.leading_zeros()).div_ceil(4).max(1);
    for digit in (0..digits).rev() {
        out.push(b"0123456789abcdef"[number >> (digit * 4) & 15]);
    }
}

/// What is still to come of a request's body that is handed on as it comes.
#[derive(Debug)]
pub(super) struct Inflow {
    body: Remaining,
    received: u64,
    /// Since when the peer has had time to send, without the time in which nobody wanted any of it.
    started: Instant,
    /// Since when nobody wants any of it.
    paused: Option<Instant>,
    /// The peer waits to be told that the body is wanted.
    waits: bool,
}

#[derive(Debug)]
pub(super) enum Remaining {
    Length(u64),
    Chunked(ChunkDecoder),
}

/// What has come of it.
#[derive(Debug)]
pub(super) enum Flowed {
    /// These bytes of the input.
    Bytes(Range<usize>),
    /// The last of it has come.
    End,
    /// Nothing.
    Nothing,
}

impl Inflow {
    /// Nobody wants any of it yet.
    pub(super) fn new(body: Remaining, started: Instant, now: Instant, waits: bool) -> Self {
        Self { body, received: 0, started, paused: Some(now), waits }
    }

    pub(super) fn is_wanted(&self) -> bool {
        self.paused.is_none()
    }

    /// All of it has come, which its end is still to tell.
    pub(super) fn is_complete(&self) -> bool {
        matches!(self.body, Remaining::Length(0))
    }

    /// Says whether more of it is wanted. True if the peer has to be told, once.
    pub(super) fn set_wanted(&mut self, wanted: bool, now: Instant) -> bool {
        match self.paused {
            Some(since) if wanted => {
                self.started += now.saturating_duration_since(since);
                self.paused = None;
            }
            None if !wanted => self.paused = Some(now),
            _ => {}
        }
        wanted && std::mem::take(&mut self.waits)
    }

    /// When too little of it has come, if `time` is what so many bytes may take.
    pub(super) fn deadline(&self, time: impl FnOnce(u64) -> Duration) -> Option<Instant> {
        self.is_wanted().then(|| self.started + time(self.received))
    }

    /// The same, to be collected up to `limit`: what is to come, since when, and whether the peer has
    /// to be told. For one of which nothing was taken.
    pub(super) fn collected(
        mut self,
        limit: u64,
        now: Instant,
    ) -> Result<(Remaining, Instant, bool), PeerError> {
        let waits = self.set_wanted(true, now);
        let body = match self.body {
            Remaining::Length(length) if length > limit => {
                return Err(PeerError::BodyTooLarge { limit });
            }
            Remaining::Length(length) => Remaining::Length(length),
            Remaining::Chunked(_) => Remaining::Chunked(ChunkDecoder::new(limit)),
        };
        Ok((body, self.started, waits))
    }

    pub(super) fn received(&self) -> u64 {
        self.received
    }

    /// The next bytes.
    pub(super) fn receive(&mut self, input: &[u8], pos: &mut usize) -> Result<Flowed, PeerError> {
        let range = match &mut self.body {
            Remaining::Length(0) => return Ok(Flowed::End),
            Remaining::Length(left) => {
                let unread = input.len().saturating_sub(*pos);
                let here = usize::try_from(*left).map_or(unread, |left| unread.min(left));
                *left -= here as u64;
                *pos += here;
                *pos - here..*pos
            }
            Remaining::Chunked(decoder) => match decoder.next(input, pos)? {
                Some(Piece::Data(range)) => range,
                Some(Piece::End) => return Ok(Flowed::End),
                None => return Ok(Flowed::Nothing),
            },
        };
        self.received += range.len() as u64;
        Ok(if range.is_empty() { Flowed::Nothing } else { Flowed::Bytes(range) })
    }
}
