//! How much has gone over an outgoing socket: messages, and bytes of their payloads. Accepted ones
//! have none, since every byte of them is there as often as there are idle connections.

use std::cell::Cell;

/// One direction.
#[derive(Debug, Default)]
pub(super) struct Count {
    messages: Cell<u64>,
    bytes: Cell<u64>,
}

/// Over all connections of one socket.
#[derive(Debug, Default)]
pub(super) struct Traffic {
    pub(super) sent: Count,
    pub(super) received: Count,
}

impl Count {
    /// One more message.
    #[inline]
    pub(super) fn note(&self, bytes: usize) {
        self.messages.set(self.messages.get() + 1);
        self.bytes.set(self.bytes.get() + bytes as u64);
    }

    /// Messages and bytes.
    pub(super) fn get(&self) -> (u64, u64) {
        (self.messages.get(), self.bytes.get())
    }
}
