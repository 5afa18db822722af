//! Messages that do not enter the script: a rule sends them to a room, or a canned reply back.
//!
//! The script decides, once; from then on each message costs what it costs to decode and encode it.
//! Whoever wants to see some of them taps the room.

use std::rc::Rc;
use std::time::{Duration, Instant};

use super::handle::HubHandle;
use super::options::JoinError;
use crate::host::event::{Event, Message};
use crate::host::input::Input;
use crate::host::role::Role;
use crate::host::turn::Host;
use crate::id::{ConnId, HubId};
use crate::proto::ws::{MessageKind, Outgoing, SharedMessage, State};

/// What is to be done with all messages of a connection.
#[derive(Clone, Debug)]
pub struct RelayRule {
    /// The hub of the room.
    pub hub: HubHandle,
    /// The room they go to.
    pub room: String,
    /// Whether the connection itself gets them too, if it is there.
    pub to_self: bool,
    /// Larger ones are dropped.
    pub max_payload: usize,
    /// Beyond so many a second they are dropped. A second's worth may come at once.
    pub rate: Option<u32>,
}

/// What a rule has done so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RelayCounts {
    /// Messages that went to the room.
    pub messages: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Connections that were sent one, for all messages together.
    pub sent: u64,
    /// Connections that should have been.
    pub dropped: u64,
    /// Messages that were too large, or too many.
    pub refused: u64,
}

/// A message that is answered without the script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AutoReply {
    /// What comes: its kind and all of its bytes.
    pub on: (MessageKind, Vec<u8>),
    /// What goes back.
    pub reply: (MessageKind, Vec<u8>),
}

/// A message of a room that somebody looks at.
#[derive(Debug)]
pub struct Tapped {
    /// Those who look.
    pub taps: Vec<u64>,
    /// The room.
    pub room: Rc<str>,
    /// The message, and who sent it.
    pub message: Message,
}

/// A rule in force.
pub(super) struct Relay {
    pub(super) conn: ConnId,
    /// The room, which stays as long as the rule.
    pub(super) room: u32,
    rule: RelayRule,
    counts: RelayCounts,
    bucket: Bucket,
}

/// Tokens for messages: one a message, and so many a second.
#[derive(Default)]
struct Bucket {
    tokens: f64,
    filled_at: Option<Instant>,
}

impl Bucket {
    fn take(&mut self, rate: u32, now: Instant) -> bool {
        let most = f64::from(rate);
        let since = self.filled_at.replace(now).map(|at| now.saturating_duration_since(at));
        let since = since.unwrap_or(Duration::from_secs(1));
        self.tokens = most.min(self.tokens + most * since.as_secs_f64());
        let has = self.tokens >= 1.0;
        self.tokens -= if has { 1.0 } else { 0.0 };
        has
    }
}

/// Rules.
impl Host {
    /// Sends all further messages of an open WebSocket to a room instead of to the script. False if
    /// it is not open.
    pub fn set_relay(&mut self, conn: ConnId, rule: RelayRule) -> Result<bool, JoinError> {
        if self.websocket_state(conn) != Some(State::Open) {
            return Ok(false);
        }
        let room = self.hubs.rooms.pin(rule.hub.id(), &rule.room)?;
        self.hubs.remove_relay(conn);
        let slot = conn.index();
        if self.hubs.relays.len() <= slot {
            self.hubs.relays.resize_with(slot + 1, || None);
        }
        let (counts, bucket) = (RelayCounts::default(), Bucket::default());
        self.hubs.relays[slot] = Some(Box::new(Relay { conn, room, rule, counts, bucket }));
        self.note_rules(conn);
        Ok(true)
    }

    /// Gives the messages of a connection to the script again. False if it was given them.
    pub fn end_relay(&mut self, conn: ConnId) -> bool {
        let was = self.hubs.relay(conn).is_some();
        self.hubs.remove_relay(conn);
        self.note_rules(conn);
        was
    }

    /// The rule of a connection, and what it has done.
    pub fn relay_of(&mut self, conn: ConnId) -> Option<(&str, RelayCounts)> {
        self.hubs.relay(conn).map(|relay| (&*relay.rule.room, relay.counts))
    }

    /// Tells of a part of what rules send to a room: one in `every` messages.
    pub fn tap_room(&mut self, hub: HubId, room: &str, every: u32) -> Result<u64, JoinError> {
        let index = self.hubs.rooms.pin(hub, room)?;
        Ok(self.hubs.rooms.add_tap(index, every))
    }

    /// Ends that. False if it has ended.
    pub fn untap_room(&mut self, tap: u64) -> bool {
        self.hubs.rooms.remove_tap(tap)
    }

    /// Notes whether a connection has rules at all: all others are to pay nothing.
    pub(in crate::host) fn note_rules(&mut self, id: ConnId) {
        let relays = self.hubs.relay(id).is_some();
        let Some(conn) = self.conns.get_mut(id) else { return };
        let server = conn.server.and_then(|server| self.shared.servers.get(server));
        let replies = server.is_some_and(|server| !server.options.auto_replies.is_empty());
        conn.schedule.has_rules = relays || replies;
    }

    /// Does with a message of a connection what its rules say, and returns what the script is told.
    pub(in crate::host) fn follow_rules(
        &mut self,
        message: Message,
        input: &mut Input,
    ) -> Option<Event> {
        if self.reply_by_itself(&message, input) {
            input.count_events(1);
            return None;
        }
        let conn = message.conn;
        let now = self.shared.now;
        let Some(relay) = self.hubs.relay(conn) else { return Some(Event::Message(message)) };
        let Relay { room, ref rule, ref mut counts, ref mut bucket, .. } = *relay;
        let len = message.payload.bytes(input.bytes()).len();
        input.count_events(1);
        if len > rule.max_payload || rule.rate.is_some_and(|rate| !bucket.take(rate, now)) {
            counts.refused += 1;
            return None;
        }
        let besides = (!rule.to_self).then_some(conn);
        counts.messages += 1;
        counts.bytes += len as u64;
        let mut receivers = std::mem::take(&mut self.hubs.receivers);
        self.hubs.rooms.receivers_at(room, besides, &mut receivers);
        let data = message.payload.bytes(input.bytes());
        let delivered = self.deliver(&receivers, &mut SharedMessage::new(message.kind, data, None));
        input.count_events(receivers.len());
        receivers.clear();
        self.hubs.receivers = receivers;
        if let Some(relay) = self.hubs.relay(conn) {
            relay.counts.sent += delivered.sent as u64;
            relay.counts.dropped += delivered.dropped as u64;
        }
        let (taps, room) = self.hubs.rooms.taps_due(room)?;
        Some(Event::Tapped(Tapped { taps, room, message }))
    }

    fn reply_by_itself(&mut self, message: &Message, input: &Input) -> bool {
        let server = message.server.and_then(|server| self.shared.servers.get(server));
        let Some(server) = server.filter(|server| !server.options.auto_replies.is_empty()) else {
            return false;
        };
        let replies = server.options.auto_replies.clone();
        let data = message.payload.bytes(input.bytes());
        let is_it = |reply: &&AutoReply| reply.on.0 == message.kind && reply.on.1 == data;
        let Some(AutoReply { reply: (kind, reply), .. }) = replies.iter().find(is_it) else {
            return false;
        };
        let outgoing = Outgoing { kind: *kind, len: reply.len(), compress: None };
        // One that is closing is sent nothing, and nobody has to know.
        let _: Result<_, _> =
            self.send_websocket(message.conn, outgoing, |out| out.extend_from_slice(reply));
        true
    }

    /// A WebSocket has opened.
    pub(in crate::host) fn note_websocket(&mut self, id: ConnId) {
        let Some(Role::WebSocket(websocket)) = self.conns.get(id).map(|conn| &conn.role) else {
            return;
        };
        self.hubs.note_open(id, websocket.number);
        self.note_rules(id);
    }
}
