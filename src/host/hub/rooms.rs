//! Who is in which room: sets of connections, found from both sides. Nothing is sent here, and
//! whether a connection lives is for others to know.
//!
//! A room keeps its members as a plain list, so that a publish walks memory in order. A socket
//! keeps its seats: the rooms it is in, and where in their lists it stands. So joining and leaving
//! take a look at the seats of one or two sockets, and never at all members of a room.

use std::collections::HashMap;
use std::rc::Rc;

use slab::Slab;

use super::bus::Bus;
use super::cast::{Channel, PREFIX};
use super::options::{HubOptions, JoinError};
use super::pattern::{Kind, Pattern};
use super::rule::Part;
use crate::host::table::{Entry, Table};
use crate::id::{ConnId, HubId};

/// A room has got its first member, or has lost its last one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomNews {
    /// The hub.
    pub hub: HubId,
    /// The name of the room.
    pub room: Rc<str>,
    /// Whether it has members now.
    pub occupied: bool,
}

/// All hubs of the process, and who is in their rooms.
#[derive(Default)]
pub(super) struct Rooms {
    pub(super) hubs: Table<Hub>,
    /// Boxed, since a table of many grows by being copied, and keeps room for twice as many.
    pub(super) by_index: Slab<Box<Room>>,
    /// By the slots of the host's table of connections. One that is in no room has none here.
    pub(super) sockets: Vec<Option<Box<Socket>>>,
    /// What hubs whose script listens have not been told yet.
    pub(super) news: Vec<RoomNews>,
    /// The rooms that are tapped, by tap.
    pub(super) tapped: HashMap<u64, u32>,
    pub(super) taps: u64,
    /// Those of hubs that are gone, of which nobody has been told yet.
    pub(super) gone_taps: Vec<u64>,
    /// The hubs that have a bus.
    pub(super) buses: Vec<HubId>,
    /// Rooms without sockets: few.
    pub(super) channels: Vec<Channel>,
}

pub(super) struct Hub {
    id: HubId,
    options: HubOptions,
    pub(super) rooms: HashMap<Rc<str>, u32>,
    pub(super) patterns: HashMap<Rc<str>, u32>,
    /// The script wants to hear which rooms are occupied.
    tells: bool,
    /// What takes its messages to other hubs.
    pub(super) bus: Option<Box<dyn Bus>>,
}

pub(super) struct Room {
    pub(super) hub: HubId,
    pub(super) name: Rc<str>,
    /// Of a subscription to many rooms.
    pub(super) pattern: Option<Box<Pattern>>,
    pub(super) members: Vec<ConnId>,
    /// Rules and taps that refer to it: it stays while there are any.
    pub(super) pins: u32,
    pub(super) taps: Vec<Tap>,
}

/// Somebody who looks at a part of the messages that rules send to a room.
pub(super) struct Tap {
    pub(super) id: u64,
    /// How much of a message each one is.
    pub(super) part: Part,
    /// What has come together since the last message that was looked at.
    pub(super) sum: u64,
}

pub(super) struct Socket {
    pub(super) id: ConnId,
    pub(super) seats: Vec<Seat>,
}

/// One room of a socket.
#[derive(Clone, Copy)]
pub(super) struct Seat {
    pub(super) room: u32,
    /// Where in the room's list the socket stands.
    position: u32,
}

impl Entry for Hub {
    type Id = HubId;

    fn id(&self) -> HubId {
        self.id
    }
}

impl Hub {
    fn names(&mut self, kind: Kind) -> &mut HashMap<Rc<str>, u32> {
        match kind {
            Kind::Room => &mut self.rooms,
            Kind::Pattern => &mut self.patterns,
        }
    }

    pub(super) fn named(&self, kind: Kind, name: &str) -> Option<u32> {
        let names = if kind == Kind::Room { &self.rooms } else { &self.patterns };
        names.get(name).copied()
    }
}

impl Room {
    fn kind(&self) -> Kind {
        if self.pattern.is_some() { Kind::Pattern } else { Kind::Room }
    }
}

impl Socket {
    #[inline]
    fn seat(&mut self, room: u32) -> Option<&mut Seat> {
        self.seats.iter_mut().find(|seat| seat.room == room)
    }

    #[inline]
    pub(super) fn is_in(&self, room: u32) -> bool {
        self.seats.iter().any(|seat| seat.room == room)
    }
}

/// Hubs.
impl Rooms {
    pub(super) fn add_hub(&mut self, options: HubOptions) -> HubId {
        let (rooms, patterns) = (HashMap::new(), HashMap::new());
        self.hubs.add(|id| Hub { id, options, rooms, patterns, tells: false, bus: None })
    }

    /// Everybody leaves the rooms of a hub that nobody can reach any more. No rule refers to them,
    /// since a rule keeps its hub.
    pub(super) fn remove_hub(&mut self, hub: HubId) {
        let Some(gone) = self.hubs.remove(hub) else { return };
        self.buses.retain(|known| *known != hub);
        self.channels.retain(|channel| channel.hub != hub);
        for room in gone.rooms.into_values().chain(gone.patterns.into_values()) {
            let Some(room) = self.by_index.try_remove(room as usize).map(|gone| (room, gone))
            else {
                continue;
            };
            for member in room.1.members {
                self.drop_seat(member, room.0);
            }
            for tap in room.1.taps {
                self.tapped.remove(&tap.id);
                self.gone_taps.push(tap.id);
            }
        }
    }

    /// Whether the script hears which rooms of a hub are occupied.
    pub(super) fn set_tells(&mut self, hub: HubId, tells: bool) {
        if let Some(hub) = self.hubs.get_mut(hub) {
            hub.tells = tells;
        }
    }
}

/// Joining and leaving.
impl Rooms {
    /// Puts a connection into a room. False if it is there already.
    pub(super) fn join(
        &mut self,
        hub: HubId,
        conn: ConnId,
        name: &str,
        kind: Kind,
    ) -> Result<bool, JoinError> {
        let Some(entry) = self.hubs.get(hub) else { return Ok(false) };
        let options = entry.options;
        let known = entry.named(kind, name);
        let socket = self.sockets.get(conn.index()).and_then(Option::as_ref);
        let socket = socket.filter(|socket| socket.id == conn);
        if let Some((socket, room)) = socket.zip(known)
            && socket.is_in(room)
        {
            return Ok(false);
        }
        // Almost nobody is in rooms of more than one hub, and then its limit is for all of them.
        if socket.map_or(0, |socket| socket.seats.len()) >= options.max_rooms_per_socket {
            return Err(JoinError::TooManyRoomsOfSocket(options.max_rooms_per_socket));
        }
        if kind == Kind::Pattern {
            let max = options.max_patterns_per_socket;
            let patterns = self.rooms_in(hub, conn).filter(|(_, room)| room.pattern.is_some());
            if patterns.count() >= max {
                return Err(JoinError::TooManyPatternsOfSocket(max));
            }
        }
        let room = match known {
            Some(room) => room,
            None => self.open_room(hub, name, kind)?,
        };
        let position = self.sit(room, conn, options.max_members)?;
        self.seats_of(conn).push(Seat { room, position });
        Ok(true)
    }

    /// Whether a room may have this name.
    pub(super) fn check_name(&self, hub: HubId, name: &str) -> Result<(), JoinError> {
        match self.hubs.get(hub).map(|entry| entry.options.max_name_length) {
            Some(max) if name.len() > max => Err(JoinError::NameTooLong { bytes: name.len(), max }),
            _ if name.starts_with(PREFIX) => Err(JoinError::Reserved),
            _ => Ok(()),
        }
    }

    /// The room with this name, made now if there is none. It stays while somebody refers to it.
    pub(super) fn open_room(
        &mut self,
        hub: HubId,
        name: &str,
        kind: Kind,
    ) -> Result<u32, JoinError> {
        self.check_name(hub, name)?;
        let Some(entry) = self.hubs.get_mut(hub) else { return Err(JoinError::TooManyRooms(0)) };
        let options = entry.options;
        let names = entry.names(kind);
        match kind {
            Kind::Room if names.len() >= options.max_rooms => {
                return Err(JoinError::TooManyRooms(options.max_rooms));
            }
            Kind::Pattern if names.len() >= options.max_patterns => {
                return Err(JoinError::TooManyPatterns(options.max_patterns));
            }
            _ => {}
        }
        let name = Rc::<str>::from(name);
        let pattern = (kind == Kind::Pattern).then(|| Box::new(Pattern::new(&name)));
        let room = Room {
            hub,
            name: name.clone(),
            pattern,
            members: Vec::new(),
            pins: 0,
            taps: Vec::new(),
        };
        let index = u32::try_from(self.by_index.insert(Box::new(room))).unwrap_or(u32::MAX);
        names.insert(name, index);
        Ok(index)
    }

    pub(super) fn room_at(&self, index: u32) -> Option<&Room> {
        self.by_index.get(index as usize).map(|room| &**room)
    }

    pub(super) fn room_at_mut(&mut self, index: u32) -> Option<&mut Room> {
        self.by_index.get_mut(index as usize).map(|room| &mut **room)
    }

    /// Adds a member to a room's list, and tells where it stands there.
    fn sit(&mut self, index: u32, conn: ConnId, max_members: usize) -> Result<u32, JoinError> {
        let Some(room) = self.room_at_mut(index) else {
            return Err(JoinError::TooManyMembers(max_members));
        };
        if room.members.len() >= max_members {
            return Err(JoinError::TooManyMembers(max_members));
        }
        let position = u32::try_from(room.members.len()).unwrap_or(u32::MAX);
        room.members.push(conn);
        if position == 0 {
            self.tell(index, true);
        }
        self.tell_members(index);
        Ok(position)
    }

    fn seats_of(&mut self, conn: ConnId) -> &mut Vec<Seat> {
        let slot = conn.index();
        if self.sockets.len() <= slot {
            self.sockets.resize_with(slot + 1, || None);
        }
        let socket = self.sockets[slot]
            .get_or_insert_with(|| Box::new(Socket { id: conn, seats: Vec::new() }));
        if socket.id != conn {
            // Whoever had the slot before has been told to leave; nothing is left of it.
            **socket = Socket { id: conn, seats: Vec::new() };
        }
        &mut socket.seats
    }

    /// Takes a connection out of a room. False if it is not there.
    pub(super) fn leave(&mut self, hub: HubId, conn: ConnId, name: &str, kind: Kind) -> bool {
        let room = self.hubs.get(hub).and_then(|hub| hub.named(kind, name));
        let Some(seat) = room.and_then(|room| self.take_seat(conn, room)) else { return false };
        self.stand_up(seat);
        true
    }

    /// Takes a connection out of all rooms of a hub.
    pub(super) fn leave_hub(&mut self, hub: HubId, conn: ConnId) -> bool {
        let rooms: Vec<u32> = self.rooms_in(hub, conn).map(|(index, _)| index).collect();
        for room in &rooms {
            if let Some(seat) = self.take_seat(conn, *room) {
                self.stand_up(seat);
            }
        }
        !rooms.is_empty()
    }

    /// Takes a connection out of all rooms of all hubs.
    pub(super) fn leave_all(&mut self, conn: ConnId) {
        let Some(slot) = self.sockets.get_mut(conn.index()) else { return };
        let Some(socket) = slot.take_if(|socket| socket.id == conn) else { return };
        for seat in socket.seats {
            self.stand_up(seat);
        }
    }

    fn take_seat(&mut self, conn: ConnId, room: u32) -> Option<Seat> {
        let slot = self.sockets.get_mut(conn.index())?;
        let socket = slot.as_mut().filter(|socket| socket.id == conn)?;
        let at = socket.seats.iter().position(|seat| seat.room == room)?;
        let seat = socket.seats.swap_remove(at);
        if socket.seats.is_empty() {
            *slot = None;
        }
        Some(seat)
    }

    fn drop_seat(&mut self, conn: ConnId, room: u32) {
        let _gone: Option<Seat> = self.take_seat(conn, room);
    }

    /// Takes whoever had this seat off the room's list; the last one there takes its place.
    fn stand_up(&mut self, seat: Seat) {
        let Some(room) = self.room_at_mut(seat.room) else { return };
        let position = seat.position as usize;
        if position >= room.members.len() {
            return;
        }
        room.members.swap_remove(position);
        let moved = room.members.get(position).copied();
        let is_empty = room.members.is_empty();
        self.tell_members(seat.room);
        if let Some(moved) = moved {
            let socket = self.sockets.get_mut(moved.index()).and_then(Option::as_mut);
            if let Some(moved) = socket.and_then(|socket| socket.seat(seat.room)) {
                moved.position = seat.position;
            }
        } else if is_empty {
            self.tell(seat.room, false);
            self.close_if_unused(seat.room);
        }
    }

    pub(super) fn close_if_unused(&mut self, index: u32) {
        let Some(room) = self.room_at(index) else { return };
        if !room.members.is_empty() || room.pins > 0 {
            return;
        }
        let room = self.by_index.remove(index as usize);
        if let Some(hub) = self.hubs.get_mut(room.hub) {
            hub.names(room.kind()).remove(&room.name);
        }
    }

    /// The bus of a hub hears how many members a room has.
    #[inline]
    fn tell_members(&mut self, index: u32) {
        if self.buses.is_empty() {
            return;
        }
        let Some(room) = self.by_index.get(index as usize) else { return };
        let bus = self.hubs.get_mut(room.hub).and_then(|hub| hub.bus.as_mut());
        if let Some(bus) = bus.filter(|_| room.pattern.is_none()) {
            bus.set_members(&room.name, room.members.len());
        }
    }

    fn tell(&mut self, index: u32, occupied: bool) {
        let Some(room) = self.by_index.get(index as usize) else { return };
        let Some(hub) = self.hubs.get_mut(room.hub) else { return };
        if let Some(bus) = &mut hub.bus {
            bus.set_interest(room.kind(), &room.name, occupied);
        }
        if hub.tells && room.pattern.is_none() {
            self.news.push(RoomNews { hub: room.hub, room: room.name.clone(), occupied });
        }
    }

    pub(super) fn socket(&self, conn: ConnId) -> Option<&Socket> {
        let socket = self.sockets.get(conn.index())?.as_ref();
        socket.map(AsRef::as_ref).filter(|socket: &&Socket| socket.id == conn)
    }

    pub(super) fn rooms_in(&self, hub: HubId, conn: ConnId) -> impl Iterator<Item = (u32, &Room)> {
        let seats = self.socket(conn).map(|socket| &*socket.seats).unwrap_or_default();
        seats
            .iter()
            .filter_map(|seat| Some((seat.room, self.room_at(seat.room)?)))
            .filter(move |(_, room)| room.hub == hub)
    }
}
