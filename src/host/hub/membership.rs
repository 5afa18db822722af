//! What a script asks about rooms: who is in them, who is to be.

use std::rc::Rc;

use super::handle::HubHandle;
use super::options::{HubOptions, JoinError};
use super::pattern::Kind;
use super::rule::Left;
use crate::host::event::Event;
use crate::host::role::Role;
use crate::host::turn::Host;
use crate::id::{ConnId, HubId};
use crate::proto::ws::State;

impl Host {
    /// A new hub, with no room.
    pub fn add_hub(&mut self, options: HubOptions) -> HubHandle {
        self.hubs.add(options)
    }

    /// Whether `Event::Room` tells which rooms of a hub are occupied.
    pub fn set_hub_tells(&mut self, hub: HubId, tells: bool) {
        self.hubs.rooms.set_tells(hub, tells);
    }

    /// The hub of the server that accepted a connection.
    pub fn hub_of(&self, conn: ConnId) -> Option<HubId> {
        let server = self.conns.get(conn)?.server?;
        self.shared.servers.get(server)?.options.hub.as_ref().map(HubHandle::id)
    }

    /// The same, to keep.
    pub fn hub_handle_of(&self, conn: ConnId) -> Option<HubHandle> {
        let server = self.conns.get(conn)?.server?;
        self.shared.servers.get(server)?.options.hub.clone()
    }

    /// Whether a room of a hub may have this name: for those who keep it.
    pub fn check_room_name(&self, hub: HubId, name: &str) -> Result<(), JoinError> {
        self.hubs.rooms.check_name(hub, name)
    }

    /// Puts an open WebSocket into a room, or subscribes it to a pattern. False if it is there
    /// already, or not open.
    pub fn join_room(
        &mut self,
        hub: HubId,
        conn: ConnId,
        name: &str,
        kind: Kind,
    ) -> Result<bool, JoinError> {
        if self.websocket_state(conn) != Some(State::Open) {
            return Ok(false);
        }
        let joined = self.hubs.rooms.join(hub, conn, name, kind);
        self.tell_rooms();
        joined
    }

    /// Takes a connection out of a room. False if it is not there.
    pub fn leave_room(&mut self, hub: HubId, conn: ConnId, name: &str, kind: Kind) -> bool {
        let left = self.hubs.rooms.leave(hub, conn, name, kind);
        self.tell_rooms();
        left
    }

    /// Takes a connection out of all rooms of a hub. False if it is in none.
    pub fn leave_rooms(&mut self, hub: HubId, conn: ConnId) -> bool {
        let left = self.hubs.rooms.leave_hub(hub, conn);
        self.tell_rooms();
        left
    }

    /// The names of a connection's rooms, or patterns, in a hub.
    pub fn rooms_of(&self, hub: HubId, conn: ConnId, kind: Kind) -> Vec<Rc<str>> {
        self.hubs.rooms.names_of(hub, conn, kind)
    }

    /// Whether a connection is in a room.
    pub fn is_in_room(&self, hub: HubId, conn: ConnId, name: &str) -> bool {
        self.hubs.rooms.contains(hub, conn, name)
    }

    /// The names of all rooms of a hub that have members.
    pub fn room_names(&self, hub: HubId) -> Vec<Rc<str>> {
        self.hubs.rooms.names(hub)
    }

    /// The members of a room.
    pub fn room_members(&self, hub: HubId, name: &str) -> &[ConnId] {
        self.hubs.rooms.members(hub, name)
    }

    /// The same as [`find_in_hub`](Self::find_in_hub), where it is open.
    pub fn find_open_in_hub(&mut self, hub: HubId, number: u64) -> Option<ConnId> {
        let conn = self.find_in_hub(hub, number)?;
        (self.websocket_state(conn) == Some(State::Open)).then_some(conn)
    }

    /// The WebSocket with this number that is not over, if it belongs to a hub: its server is one of
    /// the hub's, or it is in one of its rooms.
    pub fn find_in_hub(&mut self, hub: HubId, number: u64) -> Option<ConnId> {
        let conn = self.find_numbered(number)?;
        (self.hub_of(conn) == Some(hub) || self.hubs.rooms.knows(hub, conn)).then_some(conn)
    }

    /// The WebSocket with this number that is not over.
    pub(in crate::host) fn find_numbered(&mut self, number: u64) -> Option<ConnId> {
        let conns = &self.conns;
        let numbered = self.hubs.numbered.get_or_insert_with(|| {
            let open = conns.iter().filter_map(|conn| match &conn.role {
                Role::WebSocket(websocket) => Some((websocket.number, conn.id)),
                _ => None,
            });
            open.collect()
        });
        numbered.get(&number).copied()
    }

    /// A WebSocket is over, and in no room any more; `tell_rooms` is due. Says where it was.
    pub(in crate::host) fn leave_hubs(&mut self, conn: ConnId) -> Left {
        let hub = self.hub_handle_of(conn);
        let rooms = hub.as_ref().map(|hub| self.hubs.rooms.names_of(hub.id(), conn, Kind::Room));
        let relay = self.relay_of(conn).map(|(room, counts)| (room.into(), counts));
        let number = match self.conns.get(conn).map(|conn| &conn.role) {
            Some(Role::WebSocket(websocket)) => websocket.number,
            _ => 0,
        };
        self.hubs.note_closed(conn, number);
        Left { hub, rooms: rooms.unwrap_or_default(), relay }
    }

    /// The script hears of rooms in due course, never while it asks for something else.
    pub(in crate::host) fn tell_rooms(&mut self) {
        if !self.hubs.rooms.news.is_empty() {
            self.queue.extend(self.hubs.rooms.news.drain(..).map(Event::Room));
        }
    }
}
