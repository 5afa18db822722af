//! Messages between a hub and its bus.

use std::rc::Rc;

use super::bus::{Bus, BusCounters, Inbound, Outbound, Recipient, To};
use super::cast::{Cast, PREFIX};
use super::looking::Except;
use super::pattern::Kind;
use super::publish::Publish;
use super::rooms::Rooms;
use crate::host::event::Event;
use crate::host::turn::Host;
use crate::id::HubId;
use crate::limits::BUS_MESSAGES_PER_TURN;
use crate::proto::ws::SharedMessage;

impl Rooms {
    /// Gives a hub a bus, which hears at once what is wanted.
    pub(super) fn set_bus(&mut self, id: HubId, mut bus: Box<dyn Bus>) {
        let Some(hub) = self.hubs.get_mut(id) else { return };
        for (kind, names) in [(Kind::Room, &hub.rooms), (Kind::Pattern, &hub.patterns)] {
            for (name, index) in names {
                let room = self.by_index.get(*index as usize);
                let members = room.map_or(0, |room| room.members.len());
                if members > 0 {
                    bus.set_interest(kind, name, true);
                    if kind == Kind::Room {
                        bus.set_members(name, members);
                    }
                }
            }
        }
        for channel in self.channels.iter().filter(|channel| channel.hub == id) {
            bus.set_interest(Kind::Room, &channel.room, true);
        }
        hub.bus = Some(bus);
        self.buses.push(id);
    }

    /// Tells the bus of a hub, if it has one, what is wanted beside what its sockets are in.
    pub(super) fn want(&mut self, hub: HubId, kind: Kind, name: &str, wanted: bool) {
        if let Some(bus) = self.hubs.get_mut(hub).and_then(|hub| hub.bus.as_mut()) {
            bus.set_interest(kind, name, wanted);
        }
    }

    /// Hands a message on to the bus of a hub, if it has one that takes it. A room that is called as
    /// a channel is has nobody.
    pub(super) fn forward(&mut self, hub: HubId, message: &Outbound<'_>) -> bool {
        let is_channel = matches!(message.to, To::Room(name) if name.starts_with(PREFIX));
        !is_channel && self.hand_on(hub, message)
    }

    pub(super) fn hand_on(&mut self, hub: HubId, message: &Outbound<'_>) -> bool {
        let bus = self.hubs.get_mut(hub).and_then(|hub| hub.bus.as_mut());
        bus.is_some_and(|bus| bus.publish(message))
    }

    /// The same for a message that a rule has sent to a room.
    pub(super) fn forward_from(&mut self, room: u32, message: &SharedMessage<'_>) {
        let Some(room) = self.room_at(room) else { return };
        let (hub, name) = (room.hub, room.name.clone());
        self.forward(hub, &Outbound::new(To::Room(&name), message, &[]));
    }

    pub(super) fn bus(&self, hub: HubId) -> Option<&dyn Bus> {
        self.hubs.get(hub)?.bus.as_deref()
    }

    pub(super) fn receive(&mut self, hub: HubId) -> Option<Inbound> {
        self.hubs.get_mut(hub)?.bus.as_mut()?.receive()
    }
}

impl Host {
    /// Gives a hub a bus, over which it hears others and is heard.
    pub fn set_bus(&mut self, hub: HubId, bus: Box<dyn Bus>) {
        self.hubs.rooms.set_bus(hub, bus);
        let channels = self.hubs.rooms.channels.iter().filter(|channel| channel.hub == hub);
        let casts = channels.map(|channel| Cast::of_bus(hub, &channel.room));
        self.queue.extend(casts.map(Event::Cast));
    }

    /// Connects a hub to those of this process that name the same bus.
    pub fn join_bus(&mut self, hub: HubId, name: &str) {
        let bus = self.process.exchanges.connect(name, self.place.clone());
        self.set_bus(hub, bus);
    }

    /// The same with those of the servers that listen in the same place on other threads, unless it
    /// has a bus already.
    pub(in crate::host) fn join_bus_of_server(&mut self, hub: HubId, name: &str) {
        if self.hubs.rooms.bus(hub).is_none() {
            self.join_bus(hub, name);
        }
    }

    /// Whether nothing has come on a bus since it was looked for: whatever comes from here on wakes
    /// the reactor.
    pub(in crate::host) fn may_sleep(&self) -> bool {
        self.hubs.rooms.buses.is_empty() || self.place.bell().rest()
    }

    /// Sends on what has come from other hubs, so many messages of each at a time.
    pub(in crate::host) fn hear_buses(&mut self) {
        if self.hubs.rooms.buses.is_empty() {
            return;
        }
        self.place.bell().take();
        self.hubs.hears_more = false;
        for index in 0..self.hubs.rooms.buses.len() {
            let Some(hub) = self.hubs.rooms.buses.get(index).copied() else { return };
            let mut heard = 0;
            while heard < BUS_MESSAGES_PER_TURN
                && let Some(message) = self.hubs.rooms.receive(hub)
            {
                heard += 1;
                self.deliver_inbound(hub, &message);
            }
            self.hubs.hears_more |= heard == BUS_MESSAGES_PER_TURN;
        }
    }

    fn deliver_inbound(&mut self, hub: HubId, message: &Inbound) {
        if self.take_cast(hub, message) {
            return;
        }
        let conn;
        let to = match &message.to {
            Recipient::Room(name) => Publish::Room(name),
            Recipient::Everybody => Publish::Everybody,
            Recipient::Socket(number) => {
                let Some(found) = self.find_in_hub(hub, *number) else { return };
                conn = [found];
                Publish::Conns(&conn)
            }
        };
        let except = Except { conns: Vec::new(), rooms: message.except.to_vec() };
        let mut shared = message.message().with_key(message.key.as_deref().map(Rc::from));
        self.publish_here(hub, to, &except, &mut shared);
    }

    /// How many sockets are in a room: of this hub, and of others that its bus knows of.
    pub fn room_size(&self, hub: HubId, room: &str) -> usize {
        let elsewhere = self.hubs.rooms.bus(hub).map_or(0, |bus| bus.members_elsewhere(room));
        self.room_members(hub, room).len() + elsewhere
    }

    /// What has passed over the bus of a hub, if it has one.
    pub fn bus_counters(&self, hub: HubId) -> Option<BusCounters> {
        self.hubs.rooms.bus(hub).map(Bus::counters)
    }
}
