//! Frames out of what comes, however it is cut.

use super::error::PeerError;
use super::scan::Scan;
use super::value::Value;

/// Cuts what a connection brings into values. A frame that comes in one piece is not copied.
#[derive(Debug, Default)]
pub struct Decoder {
    scan: Scan,
    /// What has come of a frame that was not whole, and what came behind it.
    held: Vec<u8>,
    /// How much of that has been taken.
    taken: usize,
}

impl Decoder {
    /// The next value, if all of it is there; moves `position` behind what has been taken. After an
    /// error nothing more can be read.
    pub fn next<'a>(
        &'a mut self,
        bytes: &'a [u8],
        position: &mut usize,
    ) -> Result<Option<Value<'a>>, PeerError> {
        if self.taken == self.held.len() {
            self.held.clear();
            self.taken = 0;
            let rest = &bytes[*position..];
            let Some(whole) = self.scan.advance(rest)? else {
                self.held.extend_from_slice(rest);
                *position = bytes.len();
                return Ok(None);
            };
            *position += whole;
            return Value::of_frame(&rest[..whole]).map(Some);
        }
        if *position < bytes.len() {
            self.held.drain(..self.taken);
            self.taken = 0;
            self.held.extend_from_slice(&bytes[*position..]);
            *position = bytes.len();
        }
        let frame = &self.held[self.taken..];
        let Some(whole) = self.scan.advance(frame)? else { return Ok(None) };
        self.taken += whole;
        Value::of_frame(&frame[..whole]).map(Some)
    }

    /// Whether it keeps bytes of a frame that is not whole.
    pub fn is_amid_a_frame(&self) -> bool {
        self.taken < self.held.len()
    }
}
