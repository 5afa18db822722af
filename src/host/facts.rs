//! What is known of a WebSocket besides its messages: since when it is open, when its peer was last
//! heard of, and how much has gone over it.

use std::time::{Duration, Instant};

/// How much has gone over a WebSocket: messages, and bytes of their payloads. Neither framing nor
/// pings count, and compressed messages count as what they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traffic {
    /// Messages of the peer.
    pub messages_in: u64,
    /// Their bytes.
    pub bytes_in: u64,
    /// Messages to the peer that have been queued.
    pub messages_out: u64,
    /// Their bytes.
    pub bytes_out: u64,
}

/// What is known of one that is open, or was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The end of its opening handshake.
    pub opened_at: Instant,
    /// When the latest bytes of its peer were read.
    pub heard_at: Instant,
    /// What the latest ping has taken to its pong.
    pub round_trip: Option<Duration>,
    /// What has gone over it.
    pub traffic: Traffic,
}

impl Traffic {
    /// One more message of the peer.
    #[inline]
    pub(super) fn note_in(&mut self, bytes: usize) {
        self.messages_in += 1;
        self.bytes_in += bytes as u64;
    }

    /// One more message to the peer.
    #[inline]
    pub(super) fn note_out(&mut self, bytes: usize) {
        self.messages_out += 1;
        self.bytes_out += bytes as u64;
    }

    /// That of both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            messages_in: self.messages_in + other.messages_in,
            bytes_in: self.bytes_in + other.bytes_in,
            messages_out: self.messages_out + other.messages_out,
            bytes_out: self.bytes_out + other.bytes_out,
        }
    }
}
