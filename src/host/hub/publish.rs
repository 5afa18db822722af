//! One message for many: encoded once, queued for each in the order in which the script sends.
//!
//! All receivers have it in their output when a publish returns, so it keeps its place among the
//! other messages of each socket. It is written at the end of the turn, like anything else; what
//! does not fit in that turn's time is written in the next.

use super::bus::{Outbound, To};
use super::looking::Except;
use crate::host::role::{Role, SendError, Way};
use crate::host::turn::Host;
use crate::id::{ConnId, HubId};
use crate::proto::ws::SharedMessage;

/// Whom a message is for.
#[derive(Clone, Copy, Debug)]
pub enum Publish<'a> {
    /// The members of a room, and whoever has a pattern that its name matches.
    Room(&'a str),
    /// Every WebSocket of the hub's servers, and of its rooms.
    Everybody,
    /// These connections.
    Conns(&'a [ConnId]),
    /// The WebSocket with this number, here or elsewhere.
    Number(u64),
}

/// What became of a message for many, in this process.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    /// Connections that have it in their output.
    pub sent: usize,
    /// Connections that do not get it: they are closing, or their peers read too slowly.
    pub dropped: usize,
    /// Whether other hubs were handed it.
    pub forwarded: bool,
}

impl Host {
    /// Sends a message to many, and hands it on to other hubs if there is a bus.
    pub fn publish(
        &mut self,
        hub: HubId,
        to: Publish<'_>,
        except: &Except,
        message: &mut SharedMessage<'_>,
    ) -> Delivered {
        let mut delivered = self.publish_here(hub, to, except, message);
        if !self.hubs.rooms.buses.is_empty() {
            let to = match to {
                Publish::Room(name) => To::Room(name),
                Publish::Everybody => To::Everybody,
                Publish::Number(number) if delivered == Delivered::default() => To::Socket(number),
                Publish::Number(_) | Publish::Conns(_) => return delivered,
            };
            let message = Outbound::new(to, message, &except.rooms);
            delivered.forwarded = self.hubs.rooms.forward(hub, &message);
        }
        delivered
    }

    /// The same to the sockets of this hub alone.
    pub fn publish_here(
        &mut self,
        hub: HubId,
        to: Publish<'_>,
        except: &Except,
        message: &mut SharedMessage<'_>,
    ) -> Delivered {
        // Taken out, since a peer that reads too slowly leaves its rooms meanwhile.
        let mut receivers = std::mem::take(&mut self.hubs.receivers);
        match to {
            Publish::Room(name) => self.hubs.rooms.receivers(hub, name, &mut receivers),
            Publish::Everybody => self.everybody(hub, &mut receivers),
            Publish::Conns(conns) => receivers.extend_from_slice(conns),
            Publish::Number(number) => receivers.extend(self.find_in_hub(hub, number)),
        }
        self.hubs.rooms.without(hub, except, &mut receivers);
        let delivered = self.deliver(&receivers, message);
        receivers.clear();
        self.hubs.receivers = receivers;
        delivered
    }

    pub(super) fn deliver(
        &mut self,
        receivers: &[ConnId],
        message: &mut SharedMessage<'_>,
    ) -> Delivered {
        let mut delivered = Delivered::default();
        for conn in receivers {
            match self.send_shared(*conn, message) {
                Ok(()) => delivered.sent += 1,
                Err(_) => delivered.dropped += 1,
            }
        }
        // Those that are too large to copy are counted while they wait.
        for frame in message.frames() {
            self.shared.buffers.note_shared(frame);
        }
        delivered
    }

    /// Queues a message that others are sent too.
    fn send_shared(
        &mut self,
        id: ConnId,
        message: &mut SharedMessage<'_>,
    ) -> Result<(), SendError> {
        let conn = self.conns.get_mut(id).ok_or(SendError::NotOpen)?;
        let Role::WebSocket(websocket) = &conn.role else { return Err(SendError::NotOpen) };
        if websocket.is_filling(conn.out.len()) && self.relieve(id)? == Way::Wait {
            return self.hold_shared(id, message);
        }
        let conn = self.conns.get_mut(id).ok_or(SendError::NotOpen)?;
        conn.act(&mut self.shared, |role, cx| match role {
            Role::WebSocket(websocket) => {
                websocket.send_shared(message, cx).map_err(|_| SendError::NotOpen)
            }
            _ => Err(SendError::NotOpen),
        })?;
        self.agenda.mark_dirty(conn);
        Ok(())
    }

    fn everybody(&self, hub: HubId, out: &mut Vec<ConnId>) {
        let is_own = |conn: ConnId| self.hub_of(conn) == Some(hub);
        let accepted = self.conns.iter().filter(|conn| match &conn.role {
            // One that is closing is told apart when it is not sent the message, as in a room.
            Role::WebSocket(_) => is_own(conn.id),
            _ => false,
        });
        out.extend(accepted.map(|conn| conn.id));
        out.extend(self.hubs.rooms.known_to(hub).filter(|conn| !is_own(*conn)));
    }
}
