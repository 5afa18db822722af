//! A hub's end of its bus, without the hub: what it wants, and what it has heard.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::time::Instant;

use super::oracle::Record;
use crate::host::broker::carrier::{BusEnd, Carrier};
use crate::host::broker::line::{Line, Stage};
use crate::host::broker::nats::NatsWire;
use crate::host::broker::news::{BusNews, Outage};
use crate::host::broker::options::BrokerOptions;
use crate::host::broker::wire::Topic;
use crate::host::hub::{Bus, Kind, Outbound, To};
use crate::host::options::Target;
use crate::id::ConnId;
use crate::proto::nats::Proof;
use crate::proto::ws::MessageKind;

/// A node since it was started.
pub(super) struct Node {
    pub(super) line: Line,
    carrier: Rc<RefCell<Carrier>>,
    end: BusEnd,
    /// The connection there is.
    pub(super) link: Option<usize>,
    /// When it is looked at next without being told by the network.
    pub(super) wake_at: Option<u64>,
    /// What it wants, by name.
    pub(super) wanted: BTreeSet<(bool, String)>,
    /// What it has heard and told.
    pub(super) record: Record,
    /// Its number for the bus.
    pub(super) identity: u64,
    input: Vec<u8>,
}

impl Node {
    pub(super) fn new(identity: u64, queue_bytes: usize, now: Instant) -> Self {
        let mut options = BrokerOptions::new(Target::Tcp { host: "bus".to_owned(), port: 4222 });
        options.queue_bytes = queue_bytes;
        let wire = Box::new(NatsWire::new(&options, Proof::None));
        let carrier = Carrier::new(wire, (identity, 1), options.queue_bytes, now);
        let carrier = Rc::new(RefCell::new(carrier));
        let stirred = Rc::new(Cell::new(false));
        let line = Line::new(options, Box::new(carrier.clone()), stirred.clone(), now);
        let end = BusEnd::new(carrier.clone(), stirred);
        Self {
            line,
            carrier,
            end,
            link: None,
            wake_at: None,
            wanted: BTreeSet::new(),
            record: Record::default(),
            identity,
            input: Vec::new(),
        }
    }

    /// A connection is being made.
    pub(super) fn open(&mut self, link: usize, now: Instant) -> Vec<u8> {
        let mut out = Vec::new();
        let id = ConnId::new(u32::try_from(link).unwrap(), 1);
        self.link = Some(link);
        self.line.open(id, now, &mut out);
        out
    }

    /// Bytes of the server. An error ends the connection.
    pub(super) fn receive(&mut self, bytes: &[u8], now: Instant) -> Result<Vec<u8>, Outage> {
        let (mut out, mut position) = (Vec::new(), 0);
        self.input.extend_from_slice(bytes);
        let received = self.line.receive(&self.input, &mut position, &mut out, now);
        self.input.drain(..position);
        received?;
        out.extend(self.write(now));
        Ok(out)
    }

    /// What waits to be written.
    pub(super) fn write(&mut self, now: Instant) -> Vec<u8> {
        let mut out = Vec::new();
        if self.line.stage == Stage::Ready {
            self.line.speaker.flush(&mut out, 64 * 1024, now);
        }
        out
    }

    /// The connection is gone, or cannot be made.
    pub(super) fn lose(&mut self, why: &str, now: Instant) {
        self.link = None;
        self.input.clear();
        self.line.lose(&Outage::new("ECONNRESET", why.to_owned()), now);
    }

    /// Takes what has come.
    pub(super) fn hear(&mut self, at: u64) {
        while let Some(message) = self.end.receive() {
            self.record.hear(message.data.bytes(), at);
        }
        for news in self.carrier.borrow_mut().take_news() {
            if let BusNews::Gap(gap) = news {
                self.record.gaps.push((at, gap));
            }
        }
        let carrier = self.carrier.borrow();
        for (is_pattern, name) in &self.wanted {
            let kind = if *is_pattern { Kind::Pattern } else { Kind::Room };
            let topic = Topic::Named(kind, name.as_str().into());
            if carrier.hears(&topic) {
                self.record.confirmed.entry((*is_pattern, name.clone())).or_insert(at);
            }
        }
        if carrier.hears(&Topic::All) {
            self.record.all_confirmed.get_or_insert(at);
        }
    }

    pub(super) fn want(&mut self, is_pattern: bool, name: &str, wanted: bool) {
        let kind = if is_pattern { Kind::Pattern } else { Kind::Room };
        let key = (is_pattern, name.to_owned());
        let has_changed =
            if wanted { self.wanted.insert(key.clone()) } else { self.wanted.remove(&key) };
        if has_changed {
            // What was confirmed before says nothing of what is wanted anew.
            self.record.confirmed.remove(&key);
            self.end.set_interest(kind, name, wanted);
        }
    }

    /// Publishes, and tells as which of its messages and whether it was taken.
    pub(super) fn publish(&mut self, room: Option<&str>, data: &[u8]) -> (u64, bool) {
        let kind = MessageKind::Binary;
        let to = room.map_or(To::Everybody, To::Room);
        let (compress, key, except, shared) = (None, None, &[][..], None);
        let message = Outbound { to, kind, data, compress, key, except, shared };
        let taken = self.end.publish(&message);
        (self.carrier.borrow().last_number(), taken)
    }

    /// Whether it wants messages for a room, and since when it hears them.
    pub(super) fn hears_since(&self, room: Option<&str>) -> Option<u64> {
        let Some(room) = room else { return self.record.all_confirmed };
        let matches = |(is_pattern, name): &&(bool, String)| {
            if *is_pattern { room.starts_with(name.trim_end_matches('*')) } else { name == room }
        };
        let confirmed: &BTreeMap<(bool, String), u64> = &self.record.confirmed;
        self.wanted.iter().filter(matches).filter_map(|key| confirmed.get(key)).min().copied()
    }
}
