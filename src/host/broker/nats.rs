//! NATS as a bus: subjects, over one connection that subscribes and publishes.
//!
//! A room is the subject `prefix.room.…`, what is for everybody is `prefix.all`. A pattern of rooms is
//! a subject with stars that matches at least as much; the hub itself looks again. A server confirms
//! nothing but PINGs, each after all that was sent before it: so one goes behind whatever is to be
//! confirmed.

use std::borrow::Cow;
use std::collections::{HashMap, VecDeque};

use super::news::Outage;
use super::options::BrokerOptions;
use super::wire::{Heard, Topic, Wire};
use crate::host::hub::Kind;
use crate::proto::nats::{Client, Event, Login, PeerError, Proof, ServerError, subject};

/// One connection after the other to one cluster.
pub(in crate::host) struct NatsWire {
    login: Login,
    shown: String,
    /// What the subjects of rooms begin with.
    rooms: String,
    all: String,
    client: Client,
    /// Those of the cluster, as the last one has named them.
    servers: Vec<String>,
    /// What was subscribed to, by numbers of this connection.
    sids: HashMap<Topic, u64>,
    last_sid: u64,
    /// What each PING that was not answered confirms.
    due: VecDeque<Due>,
    /// Subscriptions that are confirmed and were not told yet.
    subscribed: Vec<Topic>,
}

/// What stands before a PING.
#[derive(Debug)]
enum Due {
    Messages(usize),
    Topics(Vec<Topic>),
    Nothing,
}

impl NatsWire {
    pub(in crate::host) fn new(options: &BrokerOptions, proof: Proof) -> Self {
        let BrokerOptions { name, shown, prefix, tls, .. } = options;
        let needs_tls = tls.is_some();
        let login = Login { name: name.clone(), echo: false, needs_tls, proof };
        let mut root = String::new();
        subject::push_room(prefix, &mut root);
        Self {
            client: Client::new(login.clone()),
            login,
            shown: shown.clone(),
            rooms: format!("{root}.room."),
            all: format!("{root}.all"),
            servers: Vec::new(),
            sids: HashMap::new(),
            last_sid: 0,
            due: VecDeque::new(),
            subscribed: Vec::new(),
        }
    }

    fn subject(&self, topic: &Topic) -> String {
        let mut subject = self.rooms.clone();
        match topic {
            Topic::All => return self.all.clone(),
            Topic::Named(Kind::Room, name) => subject::push_room(name, &mut subject),
            Topic::Named(Kind::Pattern, name) => subject::push_pattern(name, &mut subject),
        }
        subject
    }

    /// Has the server answer once it has dealt with all that is written.
    fn fence(&mut self, due: Due, out: &mut Vec<u8>) {
        self.due.push_back(due);
        self.client.ping(out);
    }
}

/// An error of the protocol.
pub(super) fn fault(shown: &str, error: &PeerError) -> Outage {
    Outage::new("NATS_PROTOCOL", format!("{shown}: {error}"))
}

/// The server ends, and others of its cluster go on.
pub(super) fn leaving(shown: &str) -> Outage {
    Outage::new("NATS_LAME_DUCK", format!("{shown} is about to end (lame duck mode)"))
}

/// A complaint of the server.
pub(super) fn complaint(shown: &str, error: &ServerError) -> Outage {
    let code = match error {
        ServerError::Authorization
        | ServerError::AuthenticationTimeout
        | ServerError::Expired(_) => "NATS_AUTHORIZATION",
        ServerError::TlsRequired => "NATS_TLS_REQUIRED",
        ServerError::Payload => "NATS_MAX_PAYLOAD",
        ServerError::Connections | ServerError::Subscriptions => "NATS_LIMIT",
        ServerError::SlowConsumer => "NATS_SLOW_CONSUMER",
        ServerError::Stale => "NATS_STALE",
        ServerError::Permissions(_) => "NATS_PERMISSIONS",
        _ => "NATS_ERROR",
    };
    Outage::new(code, format!("{shown} says: {error}"))
}

impl Wire for NatsWire {
    fn begin(&mut self, _: &mut Vec<u8>) {
        if let Some(info) = self.client.info() {
            self.servers.clone_from(&info.connect_urls);
        }
        self.client = Client::new(self.login.clone());
        self.sids.clear();
        self.due.clear();
        self.subscribed.clear();
    }

    fn next<'a>(
        &'a mut self,
        bytes: &'a [u8],
        position: &mut usize,
        out: &mut Vec<u8>,
    ) -> Result<Option<Heard<'a>>, Outage> {
        if let Some(topic) = self.subscribed.pop() {
            return Ok(Some(Heard::Subscribed(topic)));
        }
        let Self { client, shown, due, subscribed, .. } = self;
        let event = client.next(bytes, position, out).map_err(|error| fault(shown, &error))?;
        let Some(event) = event else { return Ok(None) };
        Ok(Some(match event {
            Event::Secure => Heard::Secure,
            Event::Ready => Heard::Ready,
            Event::Message(message) => Heard::Message(Cow::Borrowed(message.payload)),
            Event::Pong => match due.pop_front() {
                Some(Due::Messages(count)) => Heard::Confirmed(count),
                Some(Due::Topics(topics)) => {
                    *subscribed = topics;
                    Heard::Other
                }
                Some(Due::Nothing) | None => Heard::Other,
            },
            Event::Leaving => return Err(leaving(shown)),
            Event::Info => Heard::Other,
            Event::Error(error) if error.is_survived() => {
                Heard::NotSubscribed(complaint(shown, &error))
            }
            Event::Error(error) => return Err(complaint(shown, &error)),
        }))
    }

    fn subscribe(&mut self, topics: &[Topic], out: &mut Vec<u8>) {
        for topic in topics {
            self.last_sid += 1;
            // A name that is too long for a subject is one that nobody publishes to.
            if self.client.subscribe((&self.subject(topic), None), self.last_sid, out).is_ok() {
                self.sids.insert(topic.clone(), self.last_sid);
            }
        }
        self.fence(Due::Topics(topics.to_vec()), out);
    }

    fn unsubscribe(&mut self, topics: &[Topic], out: &mut Vec<u8>) {
        for topic in topics {
            if let Some(sid) = self.sids.remove(topic) {
                self.client.unsubscribe(sid, out);
            }
        }
    }

    fn encode(&self, room: Option<&str>, envelope: &[&[u8]], out: &mut Vec<u8>) {
        let mut subject = Cow::Borrowed(&self.all);
        if let Some(room) = room {
            let subject = subject.to_mut();
            subject.clone_from(&self.rooms);
            subject::push_room(room, subject);
        }
        // One that is refused leaves nothing, and is missing where it was to go.
        drop(self.client.publish((&subject, None), &[], envelope, out));
    }

    fn takes(&self, encoded: &[u8]) -> Result<(), Outage> {
        match self.client.check_published(encoded) {
            Ok(()) => Ok(()),
            Err(error) => {
                let message = format!("{}: {error}", self.shown);
                Err(Outage::new("NATS_MAX_PAYLOAD", message))
            }
        }
    }

    fn servers(&self) -> &[String] {
        &self.servers
    }

    fn note_written(&mut self, messages: usize, out: &mut Vec<u8>) {
        if messages > 0 {
            self.fence(Due::Messages(messages), out);
        }
    }

    fn ping(&mut self, out: &mut Vec<u8>) {
        self.fence(Due::Nothing, out);
    }
}
