//! What carries the messages of a hub to other hubs, of this process or of others. The host knows no
//! more of them than this: a hub without a bus is all that there is.

use std::sync::Arc;

use super::pattern::Kind;
use crate::proto::ws::{Frames, MessageKind, SharedMessage};

/// The end of a bus that a hub has. Whatever it does, it does not wait: what takes time is done
/// elsewhere, by a thread or a connection of its own. Whoever has something for it to receive wakes
/// the reactor, unless that is in this thread.
pub trait Bus {
    /// The first socket of this hub has come into a room or subscribed to a pattern, or the last one
    /// has left. Others need not send what nobody wants.
    fn set_interest(&mut self, kind: Kind, name: &str, wanted: bool);

    /// So many sockets of this hub are in a room from now on. Zero comes before
    /// [`set_interest`](Self::set_interest), and any other number after it.
    fn set_members(&mut self, _room: &str, _count: usize) {}

    /// Takes a message for the sockets of other hubs. False if nobody takes it: no other hub wants
    /// it, or so much waits for them that it is dropped.
    fn publish(&mut self, message: &Outbound<'_>) -> bool;

    /// The next message of another hub. Those of one hub come in their order.
    fn receive(&mut self) -> Option<Inbound>;

    /// How many sockets of other hubs are in a room, as far as this end knows at this moment.
    fn members_elsewhere(&self, _room: &str) -> usize {
        0
    }

    /// What has passed.
    fn counters(&self) -> BusCounters {
        BusCounters::default()
    }
}

/// What has passed at one end of a bus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BusCounters {
    /// Messages that others have taken, each counted once for every hub or broker.
    pub sent: u64,
    /// The bytes of their payloads.
    pub sent_bytes: u64,
    /// Messages that have come.
    pub received: u64,
    /// The bytes of their payloads.
    pub received_bytes: u64,
    /// Messages for which there was no room: neither sent nor kept.
    pub dropped: u64,
    /// Messages that wait to be received.
    pub waiting: usize,
    /// The bytes of their payloads, and what each counts beside them.
    pub waiting_bytes: usize,
    /// Other ends that are known of, and reached.
    pub peers: usize,
    /// Others can be reached: the broker is there, and sends what is wanted.
    pub connected: bool,
}

/// Whom a message is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To<'a> {
    /// The sockets of a room.
    Room(&'a str),
    /// All of them.
    Everybody,
    /// The one with this number, if it is a hub's own.
    Socket(u64),
}

/// A message that a hub hands on.
#[derive(Clone, Copy, Debug)]
pub struct Outbound<'a> {
    /// Whom it is for.
    pub to: To<'a>,
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
    /// What it is for those who can share its frames.
    pub shared: Option<&'a SharedMessage<'a>>,
}

impl<'a> Outbound<'a> {
    pub(super) fn new(to: To<'a>, message: &'a SharedMessage<'a>, except: &'a [String]) -> Self {
        let outgoing = message.outgoing();
        let (kind, compress) = (outgoing.kind, outgoing.compress);
        let key = message.key().map(|key| &**key);
        Self { to, kind, data: message.data(), compress, key, except, shared: Some(message) }
    }

    /// The payload for another thread: with the frames that there are, which all share.
    pub fn payload(&self) -> Payload {
        match self.shared {
            Some(shared) => Payload::Frames(Arc::new(shared.to_frames())),
            None => Payload::Bytes(self.data.into()),
        }
    }
}

/// A message that has come from another hub.
#[derive(Clone, Debug)]
pub struct Inbound {
    /// Whom it is for.
    pub to: Recipient,
    /// What the bytes are.
    pub kind: MessageKind,
    /// The payload.
    pub data: Payload,
    /// Whether it is to be compressed, if that is not left to its size.
    pub compress: Option<bool>,
    /// Where it waits for a slow peer, the next message with that key takes its place.
    pub key: Option<Arc<str>>,
    /// Whoever is in one of these rooms is left out.
    pub except: Arc<[String]>,
}

/// Whom a message is for that has come: [`To`], kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recipient {
    /// The sockets of a room.
    Room(Arc<str>),
    /// All of them.
    Everybody,
    /// The one with this number.
    Socket(u64),
}

/// The payload of a message that has come.
#[derive(Clone, Debug)]
pub enum Payload {
    /// Nothing but that.
    Bytes(Arc<[u8]>),
    /// Encoded already.
    Frames(Arc<Frames>),
}

impl Payload {
    /// Its bytes.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Bytes(bytes) => bytes,
            Self::Frames(frames) => frames.data(),
        }
    }
}

impl Inbound {
    /// The message for sockets of this host.
    pub(super) fn message(&self) -> SharedMessage<'_> {
        match &self.data {
            Payload::Bytes(bytes) => SharedMessage::new(self.kind, bytes, self.compress),
            Payload::Frames(frames) => SharedMessage::of_frames(self.kind, frames, self.compress),
        }
    }
}

impl From<To<'_>> for Recipient {
    fn from(to: To<'_>) -> Self {
        match to {
            To::Room(name) => Self::Room(name.into()),
            To::Everybody => Self::Everybody,
            To::Socket(number) => Self::Socket(number),
        }
    }
}

impl From<&Outbound<'_>> for Inbound {
    fn from(message: &Outbound<'_>) -> Self {
        Self {
            to: message.to.into(),
            kind: message.kind,
            data: message.payload(),
            compress: message.compress,
            key: message.key.map(Arc::from),
            except: message.except.into(),
        }
    }
}
