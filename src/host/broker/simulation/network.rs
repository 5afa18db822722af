//! Connections that delay, break, stall and go silent. Bytes of one direction stay in their order, as
//! TCP has it.

use super::numbers::Numbers;

/// A connection between a node and a server. None is used twice.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) node: usize,
    pub(super) server: usize,
    /// Both ends can still be reached. Otherwise what is on its way is lost.
    pub(super) is_up: bool,
    /// Everything is lost and nobody is told.
    pub(super) is_silent: bool,
    /// Nothing arrives before that.
    stalled_until: u64,
    /// When the last bytes of each direction arrive.
    last: [u64; 2],
}

/// Where bytes go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum To {
    Server,
    Node,
}

impl Link {
    pub(super) fn new(node: usize, server: usize) -> Self {
        Self { node, server, is_up: true, is_silent: false, stalled_until: 0, last: [0; 2] }
    }

    /// Holds everything up.
    pub(super) fn stall(&mut self, until: u64) {
        self.stalled_until = self.stalled_until.max(until);
    }

    /// The pieces in which bytes arrive, and when.
    pub(super) fn send(
        &mut self,
        to: To,
        bytes: &[u8],
        now: u64,
        numbers: &Numbers,
    ) -> Vec<(u64, Vec<u8>)> {
        if !self.is_up || self.is_silent || bytes.is_empty() {
            return Vec::new();
        }
        let cut = if numbers.once_in(3) { numbers.below(bytes.len()) } else { 0 };
        let (first, second) = bytes.split_at(cut);
        let mut arrivals = Vec::new();
        for piece in [first, second] {
            if !piece.is_empty() {
                let delay = if numbers.once_in(50) { 500 } else { 20 };
                let at = (now + numbers.between(1, delay)).max(self.stalled_until);
                let last = &mut self.last[to as usize];
                *last = at.max(*last);
                arrivals.push((*last, piece.to_vec()));
            }
        }
        arrivals
    }
}
