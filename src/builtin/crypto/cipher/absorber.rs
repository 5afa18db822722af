//! Bytes as they come, for the hashes that authenticate what is encrypted: these take blocks of 16
//! bytes, and the last of each part is filled up with zeros.

use cipher::Array;
use cipher::consts::U16;
use ghash::universal_hash::UniversalHash;

const BLOCK: usize = 16;

/// A hash, and what does not fill a block yet.
pub(super) struct Absorber<H> {
    hash: H,
    held: [u8; BLOCK],
    held_bytes: usize,
    total: u64,
}

impl<H: UniversalHash<BlockSize = U16>> Absorber<H> {
    pub(super) fn new(hash: H) -> Self {
        Self { hash, held: [0; BLOCK], held_bytes: 0, total: 0 }
    }

    pub(super) fn update(&mut self, mut bytes: &[u8]) {
        self.total += bytes.len() as u64;
        if self.held_bytes > 0 {
            let taken = bytes.len().min(BLOCK - self.held_bytes);
            let (head, rest) = bytes.split_at(taken);
            self.held[self.held_bytes..self.held_bytes + taken].copy_from_slice(head);
            self.held_bytes += taken;
            bytes = rest;
            if self.held_bytes < BLOCK {
                return;
            }
            self.hash.update(&[Array::from(self.held)]);
        }
        let (blocks, rest) = Array::slice_as_chunks(bytes);
        self.hash.update(blocks);
        self.held[..rest.len()].copy_from_slice(rest);
        self.held_bytes = rest.len();
    }

    /// Ends a part of the data, and returns how many bytes it had.
    pub(super) fn end_part(&mut self) -> u64 {
        if self.held_bytes > 0 {
            self.held[self.held_bytes..].fill(0);
            self.hash.update(&[Array::from(self.held)]);
            self.held_bytes = 0;
        }
        std::mem::take(&mut self.total)
    }

    /// The hash of it all and of a last block.
    pub(super) fn finish(mut self, last: [u8; BLOCK]) -> [u8; BLOCK] {
        self.hash.update(&[Array::from(last)]);
        self.hash.finalize().into()
    }
}
