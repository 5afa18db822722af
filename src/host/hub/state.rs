//! What the host keeps of hubs.

use std::collections::HashMap;

use super::handle::{HubHandle, Unused};
use super::options::HubOptions;
use super::rooms::{RoomNews, Rooms};
use super::rule::Relay;
use crate::id::ConnId;
use crate::limits::ROOM_EVENTS_PER_TURN;

/// Everything about hubs.
#[derive(Default)]
pub(in crate::host) struct Hubs {
    pub(super) rooms: Rooms,
    /// Rules, by the slots of the host's table of connections.
    pub(super) relays: Vec<Option<Box<Relay>>>,
    /// Open WebSockets by number, once somebody has looked for one.
    pub(super) numbered: Option<HashMap<u64, ConnId>>,
    /// Those that a publish is for. Kept, since the next one needs as much room.
    pub(super) receivers: Vec<ConnId>,
    /// A bus has more than its hub has taken in this turn.
    pub(in crate::host) hears_more: bool,
    /// How many events of rooms the script has been told in this turn.
    told: usize,
    /// Those that it is told in the next one.
    put_off: Vec<RoomNews>,
    unused: Unused,
}

impl Hubs {
    pub(super) fn add(&mut self, options: HubOptions) -> HubHandle {
        HubHandle::new(self.rooms.add_hub(options), &self.unused)
    }

    /// Forgets the hubs that nobody can reach any more. Returns the taps that have gone with them.
    pub(in crate::host) fn forget_unused(&mut self) -> Vec<u64> {
        for hub in self.unused.take() {
            self.rooms.remove_hub(hub);
        }
        std::mem::take(&mut self.rooms.gone_taps)
    }

    /// Whether the script can be told more of rooms in this turn; if not, this is put off.
    pub(in crate::host) fn is_in_time(&mut self, news: &RoomNews) -> bool {
        let in_time = self.told < ROOM_EVENTS_PER_TURN;
        if in_time {
            self.told += 1;
        } else {
            self.put_off.push(news.clone());
        }
        in_time
    }

    /// A turn begins: what was put off comes before all that is new.
    pub(in crate::host) fn take_put_off(&mut self) -> Vec<RoomNews> {
        self.told = 0;
        std::mem::take(&mut self.put_off)
    }

    /// Whether the script has not been told everything of rooms.
    pub(in crate::host) fn has_put_off(&self) -> bool {
        !self.put_off.is_empty()
    }

    /// A WebSocket has opened.
    pub(in crate::host) fn note_open(&mut self, conn: ConnId, number: u64) {
        if let Some(numbered) = &mut self.numbered {
            numbered.insert(number, conn);
        }
    }

    /// A WebSocket is over.
    pub(in crate::host) fn note_closed(&mut self, conn: ConnId, number: u64) {
        self.remove_relay(conn);
        self.rooms.leave_all(conn);
        if let Some(numbered) = &mut self.numbered {
            numbered.remove(&number);
        }
    }

    /// The rule of a connection.
    pub(super) fn relay(&mut self, conn: ConnId) -> Option<&mut Relay> {
        let relay = self.relays.get_mut(conn.index())?.as_deref_mut();
        relay.filter(|relay| relay.conn == conn)
    }

    /// Ends the rule of a connection.
    pub(super) fn remove_relay(&mut self, conn: ConnId) {
        if self.relay(conn).is_some()
            && let Some(relay) = self.relays[conn.index()].take()
        {
            self.rooms.unpin(relay.room);
        }
    }
}
