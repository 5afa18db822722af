//! What is known of a channel, and what comes on one.

use std::sync::Arc;

use super::bus::Payload;
use crate::id::HubId;

/// What the rooms of channels begin with: no room of a script is called so by chance.
pub(super) const PREFIX: &str = "\u{1}channel/";

/// A channel that is open.
pub(super) struct Channel {
    pub(super) hub: HubId,
    /// The name of its room.
    pub(super) room: Box<str>,
    /// How often it is open.
    pub(super) count: usize,
}

/// A message of a channel that has come from elsewhere.
#[derive(Debug)]
pub struct Cast {
    /// Whose bus it has come on.
    pub hub: HubId,
    /// The room of the channel.
    pub(super) room: Arc<str>,
    pub(super) data: Payload,
}

impl Cast {
    /// The name of the channel.
    pub fn name(&self) -> &str {
        self.room.strip_prefix(PREFIX).unwrap_or(&self.room)
    }

    /// What was sent.
    pub fn data(&self) -> &[u8] {
        self.data.bytes()
    }
}
