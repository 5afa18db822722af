//! Redis as a bus: channels, over one connection that subscribes and publishes (RESP3).
//!
//! A room is the channel `prefix:room:name`, what is for everybody is `prefix:all`. A pattern of
//! rooms is a pattern of channels that matches at least as much; the hub itself looks again.
//!
//! In a cluster, rooms may be sharded channels: each is one of the servers that have its slot, and is
//! subscribed to by a command of its own, since a command has one slot.

use std::collections::VecDeque;

use super::news::Outage;
use super::options::BrokerOptions;
use super::wire::{Heard, Topic, Wire};
use crate::host::hub::Kind;
use crate::proto::redis::{Command, Decoder, PeerError, Refusal, Value, read_slots};

/// One connection after the other to one server.
pub(in crate::host) struct RedisWire {
    user: Option<String>,
    password: Option<String>,
    name: String,
    names: Names,
    part: Part,
    decoder: Decoder,
    /// What was asked and not answered.
    due: VecDeque<Due>,
}

/// Which part of a bus a connection carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::host) enum Part {
    /// All of it.
    Whole,
    /// What is for everybody, where rooms go over other connections. It knows which ones.
    Main,
    /// The rooms of one server's slots.
    Shard,
}

/// What channels are called, and the server itself.
struct Names {
    shown: String,
    /// The server, as `host:port`.
    at: String,
    /// What the channels of rooms begin with.
    rooms: String,
    all: String,
}

/// What the next replies are to.
#[derive(Debug)]
enum Due {
    Hello,
    /// So many messages.
    Publish(usize),
    /// So many topics are to be confirmed, by what is no reply. Only a refusal is one.
    Subscribe(usize),
    /// The same for a sharded channel.
    Shard(Topic),
    Slots,
    Ping,
}

impl RedisWire {
    pub(in crate::host) fn new(options: &BrokerOptions, part: Part) -> Self {
        let BrokerOptions { user, password, name, shown, prefix, .. } = options.clone();
        let at = options.target.to_string();
        let rooms = room_prefix(&prefix);
        let names = Names { shown, at, rooms, all: format!("{prefix}:all") };
        let (decoder, due) = (Decoder::default(), VecDeque::new());
        Self { user, password, name, names, part, decoder, due }
    }
}

impl Names {
    fn channel(&self, topic: &Topic) -> Vec<u8> {
        match topic {
            Topic::All => self.all.clone().into_bytes(),
            Topic::Named(Kind::Room, name) => [&*self.rooms, name].concat().into_bytes(),
            Topic::Named(Kind::Pattern, name) => glob(&self.rooms, name),
        }
    }

    fn topic(&self, channel: &[u8], is_pattern: bool) -> Topic {
        let text = String::from_utf8_lossy(channel);
        if is_pattern {
            let name = unglob(&text);
            let name = name.strip_prefix(&*self.rooms).unwrap_or_default();
            return Topic::Named(Kind::Pattern, name.into());
        }
        match text.strip_prefix(&*self.rooms) {
            Some(name) => Topic::Named(Kind::Room, name.into()),
            None => Topic::All,
        }
    }

    /// Writes up to two commands, for rooms and for patterns. Returns how many topics each has.
    fn command(&self, names: (&str, &str), topics: &[Topic], out: &mut Vec<u8>) -> [usize; 2] {
        [(names.0, false), (names.1, true)].map(|(name, patterns)| {
            let is_due =
                |topic: &&Topic| matches!(topic, Topic::Named(Kind::Pattern, _)) == patterns;
            let due: Vec<&Topic> = topics.iter().filter(is_due).collect();
            if !due.is_empty() {
                let command = Command::new(out, due.len() + 1).arg(name.as_bytes());
                due.iter().fold(command, |command, topic| command.arg(&self.channel(topic))).end();
            }
            due.len()
        })
    }

    /// Something that comes without being asked for.
    fn pushed<'a>(&self, mut values: Vec<Value<'a>>, due: &mut VecDeque<Due>) -> Heard<'a> {
        let kind = values.first().and_then(Value::as_bytes).unwrap_or_default();
        match kind {
            b"message" | b"pmessage" | b"smessage" => match values.pop() {
                Some(Value::Bytes(bytes)) => Heard::Message(bytes),
                _ => Heard::Other,
            },
            b"subscribe" | b"psubscribe" => {
                let channel = values.get(1).and_then(Value::as_bytes).unwrap_or_default();
                if let Some(Due::Subscribe(left)) = due.front_mut() {
                    *left = left.saturating_sub(1);
                    if *left == 0 {
                        due.pop_front();
                    }
                }
                Heard::Subscribed(self.topic(channel, kind == b"psubscribe"))
            }
            b"ssubscribe" => {
                let channel = values.get(1).and_then(Value::as_bytes).unwrap_or_default();
                if matches!(due.front(), Some(Due::Shard(_))) {
                    due.pop_front();
                }
                Heard::Subscribed(self.topic(channel, false))
            }
            // Asked for, or because the slot has gone to another server.
            b"sunsubscribe" => {
                let channel = values.get(1).and_then(Value::as_bytes).unwrap_or_default();
                Heard::Moved(self.topic(channel, false))
            }
            _ => Heard::Other,
        }
    }

    /// A reply.
    fn replied(
        &self,
        value: &Value<'_>,
        due: &mut VecDeque<Due>,
    ) -> Result<Heard<'static>, Outage> {
        let refusal = if let Value::Error(refusal) = value { Some(refusal) } else { None };
        // What is no refusal is not of a subscription.
        while refusal.is_none() && matches!(due.front(), Some(Due::Subscribe(_) | Due::Shard(_))) {
            due.pop_front();
        }
        let first = due.front_mut();
        if let Some(Due::Publish(left)) = first {
            *left -= 1;
            if *left == 0 {
                due.pop_front();
            }
            return match refusal {
                // It is taken in a moment, over another connection.
                Some(refusal) if refusal.is_passing() => Err(self.error(refusal)),
                Some(refusal) => Ok(Heard::Refused(self.error(refusal))),
                None => Ok(Heard::Confirmed(1)),
            };
        }
        match (due.pop_front(), refusal) {
            (None, None) => Err(self.fault(&PeerError::Unasked)),
            (Some(Due::Hello), None) => Ok(Heard::Ready),
            (Some(Due::Shard(topic)), Some(refusal)) if refusal.code == "MOVED" => {
                Ok(Heard::Moved(topic))
            }
            (Some(Due::Subscribe(_) | Due::Shard(_)), Some(refusal)) => {
                Ok(Heard::NotSubscribed(self.error(refusal)))
            }
            (Some(Due::Slots), None) => match read_slots(value, &self.at) {
                Some(slots) => Ok(Heard::Slots(slots)),
                None => Err(self.fault(&PeerError::Slots)),
            },
            (_, Some(refusal)) => Err(self.error(refusal)),
            (Some(_), None) => Ok(Heard::Other),
        }
    }

    fn error(&self, refusal: &Refusal) -> Outage {
        explained(refusal, &self.shown)
    }

    fn fault(&self, error: &PeerError) -> Outage {
        broken(error, &self.shown)
    }
}

impl Wire for RedisWire {
    fn begin(&mut self, out: &mut Vec<u8>) {
        self.decoder = Decoder::default();
        self.due = VecDeque::from([Due::Hello]);
        greet(self.user.as_deref(), self.password.as_deref(), &self.name, out);
        if self.part == Part::Main {
            self.ask_slots(out);
        }
    }

    fn next<'a>(
        &'a mut self,
        bytes: &'a [u8],
        position: &mut usize,
        _: &mut Vec<u8>,
    ) -> Result<Option<Heard<'a>>, Outage> {
        let Self { names, decoder, due, .. } = self;
        let value = decoder.next(bytes, position).map_err(|error| names.fault(&error))?;
        value.map_or(Ok(None), |value| match value {
            Value::Push(values) => Ok(Some(names.pushed(values, due))),
            value => names.replied(&value, due).map(Some),
        })
    }

    fn subscribe(&mut self, topics: &[Topic], out: &mut Vec<u8>) {
        if self.part == Part::Shard {
            for topic in topics {
                Command::new(out, 2).arg(b"SSUBSCRIBE").arg(&self.names.channel(topic)).end();
                self.due.push_back(Due::Shard(topic.clone()));
            }
            return;
        }
        let counts = self.names.command(("SUBSCRIBE", "PSUBSCRIBE"), topics, out);
        let counts = counts.into_iter().filter(|count| *count > 0);
        self.due.extend(counts.map(Due::Subscribe));
    }

    fn unsubscribe(&mut self, topics: &[Topic], out: &mut Vec<u8>) {
        if self.part == Part::Shard {
            for topic in topics {
                Command::new(out, 2).arg(b"SUNSUBSCRIBE").arg(&self.names.channel(topic)).end();
            }
            return;
        }
        self.names.command(("UNSUBSCRIBE", "PUNSUBSCRIBE"), topics, out);
    }

    fn encode(&self, room: Option<&str>, envelope: &[&[u8]], out: &mut Vec<u8>) {
        let is_sharded = self.part == Part::Shard && room.is_some();
        let command = Command::new(out, 3).arg(if is_sharded { b"SPUBLISH" } else { b"PUBLISH" });
        let command = match room {
            Some(room) => command.args(&[self.names.rooms.as_bytes(), room.as_bytes()]),
            None => command.arg(self.names.all.as_bytes()),
        };
        command.args(envelope).end();
    }

    fn note_written(&mut self, messages: usize, _: &mut Vec<u8>) {
        match self.due.back_mut() {
            _ if messages == 0 => {}
            Some(Due::Publish(count)) => *count += messages,
            _ => self.due.push_back(Due::Publish(messages)),
        }
    }

    fn ask_slots(&mut self, out: &mut Vec<u8>) {
        self.due.push_back(Due::Slots);
        Command::new(out, 2).arg(b"CLUSTER").arg(b"SLOTS").end();
    }

    fn ping(&mut self, out: &mut Vec<u8>) {
        self.due.push_back(Due::Ping);
        Command::new(out, 1).arg(b"PING").end();
    }
}

/// What the channels of rooms begin with.
pub(super) fn room_prefix(prefix: &str) -> String {
    format!("{prefix}:room:")
}

/// The first command: who is there.
pub(super) fn greet(user: Option<&str>, password: Option<&str>, name: &str, out: &mut Vec<u8>) {
    let arguments = 4 + if password.is_some() { 3 } else { 0 };
    let mut hello = Command::new(out, arguments).arg(b"HELLO").arg(b"3");
    if let Some(password) = password {
        let user = user.unwrap_or("default");
        hello = hello.arg(b"AUTH").arg(user.as_bytes()).arg(password.as_bytes());
    }
    hello.arg(b"SETNAME").arg(name.as_bytes()).end();
}

/// What a server refuses, with the remedy.
pub(super) fn explained(refusal: &Refusal, shown: &str) -> Outage {
    let remedy = refusal.remedy().map(|remedy| format!(": {remedy}")).unwrap_or_default();
    Outage::new(&refusal.code, format!("{shown} says '{}'{remedy}", refusal.text))
}

/// What a server says that is no RESP3.
pub(super) fn broken(error: &PeerError, shown: &str) -> Outage {
    Outage::new("REDIS_PROTOCOL", format!("{shown}: {error}"))
}

/// A pattern of rooms as one of channels. `*` of Redis stands for anything, also for nothing.
fn glob(prefix: &str, pattern: &str) -> Vec<u8> {
    let mut glob = String::with_capacity(prefix.len() + pattern.len());
    for (literal, text) in [(true, prefix), (false, pattern)] {
        for letter in text.chars() {
            if matches!(letter, '?' | '[' | ']' | '\\' | '^') || (literal && letter == '*') {
                glob.push('\\');
            }
            glob.push(letter);
        }
    }
    glob.into_bytes()
}

/// The pattern of rooms that this was.
fn unglob(glob: &str) -> String {
    let mut pattern = String::with_capacity(glob.len());
    let mut letters = glob.chars();
    while let Some(letter) = letters.next() {
        pattern.extend(if letter == '\\' { letters.next() } else { Some(letter) });
    }
    pattern
}
