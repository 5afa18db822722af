//! Records on their way out, and how much plaintext is in them.

use std::collections::VecDeque;
use std::io;

/// Sealed records that wait for the kernel.
#[derive(Debug, Default)]
pub struct Records {
    /// Kept as long as it has been, so that room is zeroed once.
    bytes: Vec<u8>,
    filled: usize,
    sent: usize,
    /// Where each record with plaintext ends, and how much it has.
    ends: VecDeque<(usize, usize)>,
}

impl Records {
    /// Whether nothing waits.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.sent == self.filled
    }

    /// Whether plaintext is in what waits.
    pub(super) fn has_plaintext(&self) -> bool {
        !self.ends.is_empty()
    }

    /// How much room was made so far.
    pub(super) fn capacity(&self) -> usize {
        self.bytes.len()
    }

    /// Lets go of how much plaintext is in what waits, and tells it.
    pub(super) fn forget_plaintext(&mut self) -> usize {
        self.ends.drain(..).map(|(_, plain)| plain).sum()
    }

    /// What waits.
    pub fn waiting(&self) -> &[u8] {
        &self.bytes[self.sent..self.filled]
    }

    /// Room behind what waits, for [`note`](Self::note) to say how much of it was used.
    pub(super) fn room(&mut self, bytes: usize) -> &mut [u8] {
        let end = self.filled + bytes;
        if self.bytes.len() < end {
            self.bytes.resize(end, 0);
        }
        &mut self.bytes[self.filled..end]
    }

    /// So many bytes of the room are in use now, and have so much plaintext.
    pub(super) fn note(&mut self, bytes: usize, plain: usize) {
        self.filled += bytes;
        if plain > 0 {
            self.ends.push_back((self.filled, plain));
        }
    }

    /// Has `write` take what it takes. Tells how much plaintext was in the records that have gone
    /// whole.
    pub(super) fn write_with(
        &mut self,
        write: impl FnOnce(&[u8]) -> io::Result<usize>,
    ) -> io::Result<usize> {
        if self.is_empty() {
            return Ok(0);
        }
        Ok(self.take(write(self.waiting())?))
    }

    /// So many bytes have gone.
    pub fn take(&mut self, bytes: usize) -> usize {
        self.sent += bytes;
        let mut plain = 0;
        while let Some((end, count)) = self.ends.front()
            && *end <= self.sent
        {
            plain += count;
            self.ends.pop_front();
        }
        if self.is_empty() {
            (self.sent, self.filled) = (0, 0);
        }
        plain
    }
}
