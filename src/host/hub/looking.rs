//! What can be asked of rooms: who is there, and who is to be sent what is published.

use std::rc::Rc;

use super::pattern::Kind;
use super::rooms::{Hub, Room, Rooms, Socket};
use crate::id::{ConnId, HubId};

/// Who is not sent a message that the others are.
#[derive(Clone, Debug, Default)]
pub struct Except {
    /// These.
    pub conns: Vec<ConnId>,
    /// Whoever is in one of these rooms.
    pub rooms: Vec<String>,
}

impl Rooms {
    fn room(&self, hub: HubId, name: &str) -> Option<&Room> {
        let index = self.hubs.get(hub)?.named(Kind::Room, name)?;
        self.room_at(index)
    }

    /// The names of a connection's rooms in a hub, in no particular order.
    pub(super) fn names_of(&self, hub: HubId, conn: ConnId, kind: Kind) -> Vec<Rc<str>> {
        self.rooms_in(hub, conn)
            .filter(|(_, room)| room.pattern.is_some() == (kind == Kind::Pattern))
            .map(|(_, room)| room.name.clone())
            .collect()
    }

    /// The names of all rooms of a hub that have members.
    pub(super) fn names(&self, hub: HubId) -> Vec<Rc<str>> {
        let rooms = self.hubs.get(hub).into_iter().flat_map(|hub| hub.rooms.values());
        rooms
            .filter_map(|index| self.room_at(*index))
            .filter(|room| !room.members.is_empty())
            .map(|room| room.name.clone())
            .collect()
    }

    /// The members of a room.
    pub(super) fn members(&self, hub: HubId, name: &str) -> &[ConnId] {
        self.room(hub, name).map(|room| &*room.members).unwrap_or_default()
    }

    /// Whether a connection is in a room.
    pub(super) fn contains(&self, hub: HubId, conn: ConnId, name: &str) -> bool {
        let room = self.hubs.get(hub).and_then(|hub| hub.named(Kind::Room, name));
        room.zip(self.socket(conn)).is_some_and(|(room, socket)| socket.is_in(room))
    }

    /// Whether a connection is in any room of a hub, or has a pattern there.
    pub(super) fn knows(&self, hub: HubId, conn: ConnId) -> bool {
        self.rooms_in(hub, conn).next().is_some()
    }

    #[cfg(test)]
    pub(super) fn is_empty(&self) -> bool {
        self.by_index.is_empty() && self.sockets.iter().all(Option::is_none)
    }

    /// Every connection that is in a room of a hub or has a pattern there.
    pub(super) fn known_to(&self, hub: HubId) -> impl Iterator<Item = ConnId> {
        let sockets = self.sockets.iter().flatten().map(|socket| socket.id);
        sockets.filter(move |conn| self.knows(hub, *conn))
    }

    /// Adds whoever is to be sent what is published to a room: its members, and whoever has a
    /// pattern that the name matches; each once.
    pub(super) fn receivers(&self, hub: HubId, name: &str, out: &mut Vec<ConnId>) {
        let Some(entry) = self.hubs.get(hub) else { return };
        let index = entry.named(Kind::Room, name);
        if let Some(room) = index.and_then(|index| self.room_at(index)) {
            out.extend_from_slice(&room.members);
        }
        if !entry.patterns.is_empty() {
            self.subscribers(entry, index, name, out);
        }
    }

    /// The same for a room that is pinned, without one of them.
    #[inline]
    pub(super) fn receivers_at(&self, index: u32, besides: Option<ConnId>, out: &mut Vec<ConnId>) {
        let Some(room) = self.room_at(index) else { return };
        out.extend_from_slice(&room.members);
        let hub = self.hubs.get(room.hub).filter(|hub| !hub.patterns.is_empty());
        if let Some(hub) = hub {
            self.subscribers(hub, Some(index), &room.name, out);
        }
        if let Some(besides) = besides {
            out.retain(|member| *member != besides);
        }
    }

    /// Adds whoever has a pattern that a name matches and is no member of the room itself.
    fn subscribers(&self, hub: &Hub, index: Option<u32>, name: &str, out: &mut Vec<ConnId>) {
        let mut sent: Vec<u32> = index.into_iter().collect();
        for index in hub.patterns.values().copied() {
            let room = self.room_at(index);
            let matches = |room: &&Room| room.pattern.as_ref().is_some_and(|p| p.matches(name));
            let Some(room) = room.filter(matches) else { continue };
            let is_new = |conn: &ConnId| {
                !self
                    .socket(*conn)
                    .is_some_and(|socket| sent.iter().any(|room| socket.is_in(*room)))
            };
            out.extend(room.members.iter().copied().filter(is_new));
            sent.push(index);
        }
    }

    /// Takes out of a list whoever is not to be sent a message.
    pub(super) fn without(&self, hub: HubId, except: &Except, out: &mut Vec<ConnId>) {
        let named = |name: &String| self.hubs.get(hub)?.named(Kind::Room, name);
        let rooms: Vec<u32> = except.rooms.iter().filter_map(named).collect();
        let mut conns = except.conns.clone();
        conns.sort_unstable();
        match (&*conns, rooms.is_empty()) {
            ([], true) => {}
            ([conn], true) => out.retain(|member| member != conn),
            _ => out.retain(|member| {
                let is_in = |socket: &Socket| rooms.iter().any(|room| socket.is_in(*room));
                conns.binary_search(member).is_err() && !self.socket(*member).is_some_and(is_in)
            }),
        }
    }
}
