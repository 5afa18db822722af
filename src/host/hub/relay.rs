//! Messages that do not enter the script: a rule sends them to a room, or a canned reply back.
//!
//! The script decides, once; from then on each message costs what it costs to decode and encode it.
//! Whoever wants to see some of them taps the room.

use super::options::JoinError;
use super::rule::{AutoReply, Part, Relay, RelayCounts, RelayRule};
use crate::host::event::{Event, Message, Tapped};
use crate::host::input::Input;
use crate::host::role::Role;
use crate::host::turn::Host;
use crate::id::{ConnId, HubId};
use crate::proto::ws::{Outgoing, SharedMessage, State};

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
        self.hubs.relays[slot] = Some(Box::new(Relay::new(conn, room, rule, self.shared.now)));
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

    /// Tells of a part of what rules send to a room.
    pub fn tap_room(&mut self, hub: HubId, room: &str, part: Part) -> Result<u64, JoinError> {
        self.hubs.rooms.add_tap(hub, room, part)
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
        conn.schedule.has_rules = relays || replies || conn.schedule.limits_rate();
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
        if len > rule.max_payload
            || bucket.as_mut().is_some_and(|(rate, bucket)| !bucket.take(rate, now))
        {
            counts.refused += 1;
            return None;
        }
        let besides = (!rule.to_self).then_some(conn);
        counts.messages += 1;
        counts.bytes += len as u64;
        let mut receivers = std::mem::take(&mut self.hubs.receivers);
        self.hubs.rooms.receivers_at(room, besides, &mut receivers);
        let data = message.payload.bytes(input.bytes());
        let mut shared = SharedMessage::new(message.kind, data, None);
        let delivered = self.deliver(&receivers, &mut shared);
        if !self.hubs.rooms.buses.is_empty() {
            self.hubs.rooms.forward_from(room, &shared);
        }
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
        let Some(conn) = self.conns.get_mut(id) else { return };
        let Role::WebSocket(websocket) = &mut conn.role else { return };
        if let Some(server) = conn.server.and_then(|id| self.shared.servers.get_mut(id)) {
            server.open += 1;
            websocket.begin_counting();
        }
        self.hubs.note_open(id, websocket.number);
        self.note_rules(id);
    }
}
