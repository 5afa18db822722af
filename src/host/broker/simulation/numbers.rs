//! Chance that can be repeated.

use std::cell::Cell;

/// A stream of numbers (splitmix64).
#[derive(Debug)]
pub(super) struct Numbers(Cell<u64>);

impl Numbers {
    pub(super) fn new(seed: u64) -> Self {
        Self(Cell::new(seed))
    }

    pub(super) fn next(&self) -> u64 {
        let state = self.0.get().wrapping_add(0x9E37_79B9_7F4A_7C15);
        self.0.set(state);
        let mixed = (state ^ state >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    pub(super) fn below(&self, limit: usize) -> usize {
        usize::try_from(self.next() % limit as u64).unwrap()
    }

    pub(super) fn between(&self, from: u64, to: u64) -> u64 {
        from + self.next() % (to - from)
    }

    /// Once in so many times.
    pub(super) fn once_in(&self, times: usize) -> bool {
        self.below(times) == 0
    }
}
