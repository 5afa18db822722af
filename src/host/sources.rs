//! The numbers of sources that the host only watches, and which are to be looked at again.

use crate::id::SourceId;

/// Tokens with both of these bits are sources. Those of servers and of sockets of datagrams have one of
/// them.
pub(super) const SOURCE_TOKEN: u64 = 0b11 << 62;

#[derive(Default)]
pub(super) struct Sources {
    /// How many there have been: no number comes again.
    count: u64,
    again: Vec<SourceId>,
}

impl Sources {
    pub(super) fn next(&mut self) -> SourceId {
        self.count += 1;
        SourceId::from(self.count)
    }

    /// Has one looked at in the next turn.
    pub(super) fn again(&mut self, id: SourceId) {
        if !self.again.contains(&id) {
            self.again.push(id);
        }
    }

    pub(super) fn take_again(&mut self) -> Vec<SourceId> {
        std::mem::take(&mut self.again)
    }

    pub(super) fn forget(&mut self, id: SourceId) {
        self.again.retain(|other| *other != id);
    }

    pub(super) fn has_work(&self) -> bool {
        !self.again.is_empty()
    }
}
