//! What carries the messages of a hub to other hubs, of this process or of others. The host knows no
//! more of them than this: a hub without a bus is all that there is.

use std::sync::Arc;

use super::pattern::Kind;
use crate::proto::ws::{MessageKind, SharedMessage};

/// The end of a bus that a hub has. Whatever it does, it does not wait: what takes time is done
/// elsewhere, by a thread or a connection of its own. Whoever has something for it to receive wakes
/// the reactor, unless that is in this thread.
pub trait Bus {
    /// The first socket of this hub has come into a room or subscribed to a pattern, or the last one
    /// has left. Others need not send what nobody wants.
    fn set_interest(&mut self, kind: Kind, name: &str, wanted: bool);

    /// Takes a message for the sockets of other hubs. False if nobody takes it: no other hub wants
    /// it, or so much waits for them that it is dropped.
    fn publish(&mut self, message: &Outbound<'_>) -> bool;

    /// The next message of another hub. Those of one hub come in their order.
    fn receive(&mut self) -> Option<Inbound>;
}

/// A message that a hub hands on.
#[derive(Clone, Copy, Debug)]
pub struct Outbound<'a> {
    /// The room; without one, it is for everybody.
    pub room: Option<&'a str>,
    /// What the bytes are.
    pub kind: MessageKind,
    /// The payload.
    pub data: &'a [u8],
    /// Whether it is to be compressed, if that is not left to its size.
    pub compress: Option<bool>,
    /// Where it waits for a slow peer, the next message with that key takes its place.
    pub key: Option<&'a str>,
    /// Whoever is in one of these rooms is left out. Single sockets are never those of another hub.
    pub except: &'a [String],
}

impl<'a> Outbound<'a> {
    pub(super) fn new(
        room: Option<&'a str>,
        message: &'a SharedMessage<'_>,
        except: &'a [String],
    ) -> Self {
        let outgoing = message.outgoing();
        let (kind, compress) = (outgoing.kind, outgoing.compress);
        let key = message.key().map(|key| &**key);
        Self { room, kind, data: message.data(), compress, key, except }
    }
}

/// A message that has come from another hub.
#[derive(Clone, Debug)]
pub struct Inbound {
    /// The room; without one, it is for everybody.
    pub room: Option<Arc<str>>,
    /// What the bytes are.
    pub kind: MessageKind,
    /// The payload.
    pub data: Arc<[u8]>,
    /// Whether it is to be compressed, if that is not left to its size.
    pub compress: Option<bool>,
    /// Where it waits for a slow peer, the next message with that key takes its place.
    pub key: Option<Arc<str>>,
    /// Whoever is in one of these rooms is left out.
    pub except: Arc<[String]>,
}

impl From<&Outbound<'_>> for Inbound {
    fn from(message: &Outbound<'_>) -> Self {
        Self {
            room: message.room.map(Arc::from),
            kind: message.kind,
            data: message.data.into(),
            compress: message.compress,
            key: message.key.map(Arc::from),
            except: message.except.into(),
        }
    }
}
