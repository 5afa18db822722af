//! A request whose body is collected until it is whole.

use std::time::Instant;

use super::chunk::Piece;
use super::error::PeerError;
use super::request::Request;
use super::streamed::Remaining;

/// A request of which the body is to come.
#[derive(Debug)]
pub(super) struct Incoming {
    pub(super) request: Box<Request>,
    pub(super) body: Remaining,
    pub(super) started: Instant,
}

impl Incoming {
    /// Bytes of body so far.
    pub(super) fn received(&self) -> usize {
        self.request.body.len()
    }

    /// Takes bytes; whether the body is complete.
    pub(super) fn receive(&mut self, input: &[u8], pos: &mut usize) -> Result<bool, PeerError> {
        let body = &mut self.request.body;
        match &mut self.body {
            Remaining::Length(remaining) => {
                let unread = input.get(*pos..).unwrap_or_default();
                let most = usize::try_from(*remaining).unwrap_or(usize::MAX);
                let here = unread.len().min(most);
                reserve(body, here, most);
                body.extend_from_slice(&unread[..here]);
                *pos += here;
                *remaining -= here as u64;
                Ok(*remaining == 0)
            }
            Remaining::Chunked(decoder) => {
                while let Some(piece) = decoder.next(input, pos)? {
                    match piece {
                        Piece::Data(range) => body.extend_from_slice(&input[range]),
                        Piece::End => return Ok(true),
                    }
                }
                Ok(false)
            }
        }
    }
}

/// Makes room for the bytes that are here: doubling, as `Vec` does, but never past the end of the
/// body, and never in advance for bytes that are only announced.
fn reserve(body: &mut Vec<u8>, here: usize, remaining: usize) {
    if body.capacity() - body.len() < here {
        body.reserve_exact(here.max(body.capacity()).min(remaining));
    }
}
