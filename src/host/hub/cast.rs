//! What is known of a channel, and what comes on one.

use std::sync::Arc;

use super::bus::Payload;
use crate::id::HubId;

/// What the rooms of channels begin with. No room of a script does.
pub(super) const PREFIX: char = '\u{1}';

/// What the names of those channels begin with that built-ins have among themselves.
pub const LINE: &str = "line/";

/// What the names of those rooms begin with in which a process hears what is for one of its sockets.
const PLACE: &str = "place/";

/// Whether a room is that of such a channel, or of a place: who speaks there counts for themselves.
pub(in crate::host) fn is_line(room: &str) -> bool {
    let name = room.strip_prefix(PREFIX).unwrap_or_default();
    name.starts_with(LINE) || name.starts_with(PLACE)
}

/// Whether a room is one of krandog's own, which no script can name.
pub(in crate::host) fn is_own(room: &str) -> bool {
    room.starts_with(PREFIX)
}

/// The room in which a place hears what is for one of its sockets.
pub(in crate::host) fn room_of_place(place: u64) -> String {
    format!("{PREFIX}{PLACE}{place}")
}

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
    /// The bus of a hub that had none: whoever has a channel there may be heard from now on.
    pub(super) fn of_bus(hub: HubId, room: &str) -> Self {
        Self { hub, room: room.into(), data: Payload::Bytes(Arc::default()) }
    }

    /// The name of the channel.
    pub fn name(&self) -> &str {
        self.room.strip_prefix(PREFIX).unwrap_or(&self.room)
    }

    /// What was sent; nothing, if a hub has been given its bus.
    pub fn data(&self) -> &[u8] {
        self.data.bytes()
    }
}
