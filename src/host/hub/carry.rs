//! Messages between a hub and its bus.

use std::rc::Rc;

use super::bus::{Bus, Inbound, Outbound};
use super::looking::Except;
use super::pattern::Kind;
use super::publish::Publish;
use super::rooms::Rooms;
use crate::host::turn::Host;
use crate::id::HubId;
use crate::limits::BUS_MESSAGES_PER_TURN;
use crate::proto::ws::SharedMessage;

impl Rooms {
    /// Gives a hub a bus, which hears at once what is wanted.
    fn set_bus(&mut self, id: HubId, mut bus: Box<dyn Bus>) {
        let Some(hub) = self.hubs.get_mut(id) else { return };
        for (kind, names) in [(Kind::Room, &hub.rooms), (Kind::Pattern, &hub.patterns)] {
            for (name, index) in names {
                let room = self.by_index.get(*index as usize);
                if room.is_some_and(|room| !room.members.is_empty()) {
                    bus.set_interest(kind, name, true);
                }
            }
        }
        hub.bus = Some(bus);
        self.buses.push(id);
    }

    /// Hands a message on to the bus of a hub, if it has one that takes it.
    pub(super) fn forward(&mut self, hub: HubId, message: &Outbound<'_>) -> bool {
        let bus = self.hubs.get_mut(hub).and_then(|hub| hub.bus.as_mut());
        bus.is_some_and(|bus| bus.publish(message))
    }

    /// The same for a message that a rule has sent to a room.
    pub(super) fn forward_from(&mut self, room: u32, message: &SharedMessage<'_>) {
        let Some(room) = self.room_at(room) else { return };
        let (hub, name) = (room.hub, room.name.clone());
        self.forward(hub, &Outbound::new(Some(&name), message, &[]));
    }

    fn receive(&mut self, hub: HubId) -> Option<Inbound> {
        self.hubs.get_mut(hub)?.bus.as_mut()?.receive()
    }
}

impl Host {
    /// Gives a hub a bus, over which it hears others and is heard.
    pub fn set_bus(&mut self, hub: HubId, bus: Box<dyn Bus>) {
        self.hubs.rooms.set_bus(hub, bus);
    }

    /// Connects a hub to those of this process that name the same bus.
    pub fn join_bus(&mut self, hub: HubId, name: &str) {
        let bus = self.hubs.exchanges.connect(name);
        self.set_bus(hub, bus);
    }

    /// Sends on what has come from other hubs, so many messages of each at a time.
    pub(in crate::host) fn hear_buses(&mut self) {
        self.hubs.hears_more = false;
        for index in 0..self.hubs.rooms.buses.len() {
            let Some(hub) = self.hubs.rooms.buses.get(index).copied() else { return };
            let mut heard = 0;
            while heard < BUS_MESSAGES_PER_TURN
                && let Some(message) = self.hubs.rooms.receive(hub)
            {
                heard += 1;
                let to = message.room.as_deref().map_or(Publish::Everybody, Publish::Room);
                let except = Except { conns: Vec::new(), rooms: message.except.to_vec() };
                let shared = SharedMessage::new(message.kind, &message.data, message.compress);
                let mut shared = shared.with_key(message.key.as_deref().map(Rc::from));
                self.publish_here(hub, to, &except, &mut shared);
            }
            self.hubs.hears_more |= heard == BUS_MESSAGES_PER_TURN;
        }
    }
}
