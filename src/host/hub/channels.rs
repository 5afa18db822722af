//! Channels: rooms without sockets, in which the scripts of other threads and processes hear each
//! other over the bus of a hub.

use super::bus::{Inbound, Outbound, Recipient, To};
use super::cast::{Cast, Channel, PREFIX};
use super::pattern::Kind;
use crate::host::event::Event;
use crate::host::turn::Host;
use crate::id::HubId;
use crate::proto::ws::MessageKind;

impl Host {
    /// From now on what others send on a channel is an event.
    pub fn open_channel(&mut self, hub: HubId, name: &str) {
        let room = format!("{PREFIX}{name}");
        let rooms = &mut self.hubs.rooms;
        if let Some(known) = rooms.channels.iter_mut().find(|it| it.hub == hub && *it.room == *room)
        {
            known.count += 1;
            return;
        }
        rooms.want(hub, Kind::Room, &room, true);
        rooms.channels.push(Channel { hub, room: room.into(), count: 1 });
    }

    /// It is open once less.
    pub fn close_channel(&mut self, hub: HubId, name: &str) {
        let room = format!("{PREFIX}{name}");
        let rooms = &mut self.hubs.rooms;
        let place = rooms.channels.iter().position(|it| it.hub == hub && *it.room == *room);
        let Some(place) = place else { return };
        rooms.channels[place].count -= 1;
        if rooms.channels[place].count == 0 {
            rooms.channels.swap_remove(place);
            rooms.want(hub, Kind::Room, &room, false);
        }
    }

    /// Sends a message to a channel of other threads and processes. False if the bus of the hub does
    /// not take it, or there is none.
    pub fn cast(&mut self, hub: HubId, name: &str, data: &[u8]) -> bool {
        let room = format!("{PREFIX}{name}");
        let message = Outbound {
            to: To::Room(&room),
            kind: MessageKind::Binary,
            data,
            compress: Some(false),
            key: None,
            except: &[],
            shared: None,
        };
        self.hubs.rooms.hand_on(hub, &message)
    }

    /// Takes what has come for a channel; false if it is for sockets.
    pub(super) fn take_cast(&mut self, hub: HubId, message: &Inbound) -> bool {
        let Recipient::Room(room) = &message.to else { return false };
        if !room.starts_with(PREFIX) {
            return false;
        }
        if self.hubs.rooms.channels.iter().any(|it| it.hub == hub && *it.room == **room) {
            let (room, data) = (room.clone(), message.data.clone());
            self.queue.push_back(Event::Cast(Cast { hub, room, data }));
        }
        true
    }
}
