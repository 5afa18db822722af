//! What the protocol of a broker has to be able to do for a bus. One for each connection after the
//! other: it keeps nothing that the next one needs.

use std::borrow::Cow;

use super::news::Outage;
use crate::host::hub::Kind;
use crate::proto::redis::SlotRange;

/// What a broker is to send: a room, all rooms of a pattern, or what is for everybody.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::host) enum Topic {
    /// What is published to everybody, and what nodes tell each other.
    All,
    /// A room, or a pattern.
    Named(Kind, Box<str>),
}

/// What was heard.
#[derive(Debug)]
pub(in crate::host) enum Heard<'a> {
    /// TLS begins here, before anything that was answered is sent.
    Secure,
    /// The broker has let us in: it takes subscriptions and messages.
    Ready,
    /// Something that was published.
    Message(Cow<'a, [u8]>),
    /// A subscription is in place: all that is published from here on comes.
    Subscribed(Topic),
    /// So many messages, of those that wait for that the oldest, have reached the broker.
    Confirmed(usize),
    /// The oldest that waits for a word was refused, and is not to be sent again.
    Refused(Outage),
    /// Some of what was subscribed to was refused.
    NotSubscribed(Outage),
    /// A topic is another server's from now on: it has to be subscribed to there.
    Moved(Topic),
    /// Which servers have which part of the rooms.
    Slots(Vec<SlotRange>),
    /// Something of no interest.
    Other,
}

/// A protocol.
pub(in crate::host) trait Wire {
    /// A connection is new: writes the greeting, and forgets the one before.
    fn begin(&mut self, out: &mut Vec<u8>);

    /// Decodes the next thing that has come, if all of it is there. An error ends the connection.
    fn next<'a>(
        &'a mut self,
        bytes: &'a [u8],
        position: &mut usize,
        out: &mut Vec<u8>,
    ) -> Result<Option<Heard<'a>>, Outage>;

    /// Writes what subscribes to all of these.
    fn subscribe(&mut self, topics: &[Topic], out: &mut Vec<u8>);

    /// Writes what ends these subscriptions.
    fn unsubscribe(&mut self, topics: &[Topic], out: &mut Vec<u8>);

    /// Encodes a message to a room, or to everybody. It is written later, maybe more than once.
    fn encode(&self, room: Option<&str>, envelope: &[&[u8]], out: &mut Vec<u8>);

    /// Whether the broker takes such a message at all. It is asked for those that wait as soon as it
    /// has let us in, and for each new one.
    fn takes(&self, _encoded: &[u8]) -> Result<(), Outage> {
        Ok(())
    }

    /// Where else it can be reached, as `host:port`.
    fn servers(&self) -> &[String] {
        &[]
    }

    /// So many encoded messages have been written.
    fn note_written(&mut self, messages: usize, out: &mut Vec<u8>);

    /// Asks which servers have which part of the rooms.
    fn ask_slots(&mut self, _out: &mut Vec<u8>) {}

    /// Asks for a sign of life.
    fn ping(&mut self, out: &mut Vec<u8>);
}
