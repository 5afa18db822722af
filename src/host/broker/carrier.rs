//! The bus of a hub over a broker: what has to outlive a connection. Rooms are delivered to without
//! it; what it cannot promise, it tells.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::envelope::{self, Head, Origin, Purpose};
use super::interest::Interest;
use super::news::{BusNews, Gap, Outage};
use super::numbers::{Sender, Tracker, Verdict};
use super::outbox::Outbox;
use super::own_place::{Letter, OwnPlace};
use super::speaker::Speaker;
use super::wire::{Heard, Topic, Wire};
use crate::host::hub::{Bus, BusCounters, Inbound, Kind, Outbound, Payload, To, is_line};
use crate::limits::{BROKER_NEWS_MAX, BROKER_SLOTS_PAUSE_MS, BUS_BYTES_MAX, BUS_MESSAGE_BYTES};
use crate::proto::redis::SlotRange;
use crate::proto::ws::MessageKind;

/// What a hub and the connection of its bus have in common.
pub(in crate::host) struct Carrier {
    wire: Box<dyn Wire>,
    mail: Mail,
}

/// What is on its way, and what is known of it.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about the broker")]
struct Mail {
    interest: Interest,
    sender: Sender,
    tracker: Tracker,
    outbox: Outbox,
    queue_bytes: usize,
    inbox: VecDeque<Inbound>,
    /// Bytes of what is in it.
    inbox_bytes: usize,
    news: VecDeque<BusNews>,
    now: Instant,
    /// The connection is to go on in TLS.
    begins_tls: bool,
    /// The broker has let us in.
    ready: bool,
    /// Everything that is wanted was confirmed since.
    settled: bool,
    /// Something has come of the first try: a program that waits for that does not end before.
    tried: bool,
    /// Since when nothing has been heard, after something was.
    lost_at: Option<Instant>,
    /// The hub is gone.
    over: bool,
    /// Where a head is encoded.
    scratch: Vec<u8>,
    counters: BusCounters,
    /// Where it hears what is for one of its sockets, if the processes have numbers.
    place: Option<OwnPlace>,
    /// Which servers have which slots, if that has come and was not taken.
    slots: Option<Vec<SlotRange>>,
    /// When it is to be asked for, if it is, and when it was.
    asks_at: Option<Instant>,
    asked_at: Option<Instant>,
    /// A server has something no more that was sought there.
    was_moved: bool,
    /// The others are to be told that the place is taken.
    claims: bool,
}

impl Carrier {
    pub(in crate::host) fn new(
        wire: Box<dyn Wire>,
        (node, epoch): (u64, u32),
        queue_bytes: usize,
        now: Instant,
    ) -> Self {
        let mail = Mail {
            interest: Interest::new(),
            sender: Sender::new(Origin { node, epoch }),
            tracker: Tracker::new(),
            outbox: Outbox::default(),
            queue_bytes,
            inbox: VecDeque::new(),
            inbox_bytes: 0,
            news: VecDeque::new(),
            now,
            begins_tls: false,
            ready: false,
            settled: false,
            tried: false,
            lost_at: None,
            over: false,
            scratch: Vec::new(),
            counters: BusCounters::default(),
            place: None,
            slots: None,
            asks_at: None,
            asked_at: None,
            was_moved: false,
            claims: false,
        };
        Self { wire, mail }
    }

    /// One for nothing but the rooms of some slots.
    pub(in crate::host) fn of_shard(
        wire: Box<dyn Wire>,
        identity: (u64, u32),
        queue_bytes: usize,
        now: Instant,
    ) -> Self {
        let mut carrier = Self::new(wire, identity, queue_bytes, now);
        carrier.mail.interest = Interest::none();
        carrier
    }

    /// Which servers have which slots, if there is news of that.
    pub(in crate::host) fn take_slots(&mut self) -> Option<Vec<SlotRange>> {
        self.mail.slots.take()
    }

    /// Whether a server has something no more that was sought there.
    pub(in crate::host) fn take_moved(&mut self) -> bool {
        std::mem::take(&mut self.mail.was_moved)
    }

    /// Has the server asked for the slots, unless it was asked a moment ago: then in another.
    pub(super) fn ask_slots(&mut self) {
        let mail = &mut self.mail;
        let pause = Duration::from_millis(BROKER_SLOTS_PAUSE_MS);
        let at = mail.asked_at.map_or(mail.now, |at| (at + pause).max(mail.now));
        mail.asks_at.get_or_insert(at);
    }

    /// What a server had no more is sought there again.
    pub(super) fn ask_again(&mut self) {
        self.mail.interest.ask_again();
    }

    /// Has something be told.
    pub(super) fn tell(&mut self, news: BusNews) {
        self.mail.tell(news);
    }

    /// The sockets of this process have numbers that no other process gives.
    pub(in crate::host) fn take_place(&mut self, place: u64) {
        let place = OwnPlace::new(place);
        self.mail.interest.want(Topic::Named(Kind::Room, place.room().into()));
        self.mail.place = Some(place);
    }

    /// Whether messages of other hubs wait for this one.
    pub(in crate::host) fn has_mail(&self) -> bool {
        !self.mail.inbox.is_empty()
    }

    /// What has not been told.
    pub(in crate::host) fn take_news(&mut self) -> VecDeque<BusNews> {
        std::mem::take(&mut self.mail.news)
    }
}

impl Mail {
    fn tell(&mut self, news: BusNews) {
        if self.news.len() < BROKER_NEWS_MAX {
            self.news.push_back(news);
        } else if let (Some(BusNews::Gap(last)), BusNews::Gap(_)) = (self.news.back_mut(), news) {
            *last =
                Gap { room: None, node: None, from: None, to: None, reason: "many", away: None };
        }
    }

    fn set_interest(&mut self, kind: Kind, name: &str, wanted: bool) {
        let topic = Topic::Named(kind, name.into());
        if wanted {
            if !self.interest.has(&topic) {
                // Some may have come behind the end of the last subscription.
                self.break_off(&topic);
            }
            self.interest.want(topic);
        } else {
            self.interest.unwant(topic, self.now);
        }
    }

    /// A room begins or ends to be heard: what is missing in between is missed by nobody. Where a
    /// pattern may have the room, it goes on being heard.
    fn break_off(&mut self, topic: &Topic) {
        match topic {
            _ if self.interest.has_patterns() => {}
            Topic::Named(Kind::Room, name) => self.tracker.note_left(name),
            _ => {
                let interest = &self.interest;
                let heard = |room: &str| interest.has(&Topic::Named(Kind::Room, room.into()));
                self.tracker.note_left_all_but(heard);
            }
        }
    }

    fn send(&mut self, wire: &dyn Wire, purpose: Purpose, message: &Outbound<'_>) -> bool {
        let place;
        let (room, number_of_socket) = match message.to {
            To::Room(room) => (Some(room), ""),
            To::Everybody => (None, ""),
            To::Socket(number) => {
                // Two processes may have given the same number.
                let Some(address) = self.place.as_ref().and_then(|own| own.address(number)) else {
                    return false;
                };
                place = address;
                (Some(&*place.0), &*place.1)
            }
        };
        let (number, previous) = self.sender.next(room);
        let head = Head {
            origin: self.sender.origin,
            purpose,
            number,
            previous,
            room,
            kind: message.kind,
            compress: message.compress,
            key: message.key,
            except: message.except.iter().map(String::as_str).collect(),
        };
        self.scratch.clear();
        head.encode(&mut self.scratch);
        let scratch = &self.scratch;
        let estimate = scratch.len() + message.data.len() + BUS_MESSAGE_BYTES;
        let taken = self.outbox.push((number, estimate, self.queue_bytes), |out| {
            let start = out.len();
            wire.encode(room, &[scratch, number_of_socket.as_bytes(), message.data], out);
            wire.takes(&out[start..])
        });
        let taken = taken.unwrap_or_else(|error| {
            self.tell(BusNews::Down(error, None));
            false
        });
        if taken {
            self.counters.sent += 1;
            self.counters.sent_bytes += message.data.len() as u64;
        } else {
            self.counters.dropped += 1;
        }
        taken
    }

    /// An envelope of whomever.
    fn hear(&mut self, bytes: &[u8]) {
        if envelope::origin(bytes).is_none_or(|origin| origin.node == self.sender.origin.node) {
            return;
        }
        let Some((head, data)) = envelope::decode(bytes) else { return };
        let node = Some(head.origin.node);
        match self.tracker.note(&head) {
            Verdict::Duplicate => return,
            Verdict::Next => {}
            // Those who speak on a line count themselves.
            Verdict::Gap(..) if head.room.is_some_and(is_line) => {}
            Verdict::Gap(from, to) => {
                let (room, reason) = (head.room.map(str::to_owned), "sequence");
                let (from, to) = (Some(from), Some(to));
                self.tell(BusNews::Gap(Gap { room, node, from, to, reason, away: None }));
            }
        }
        match head.purpose {
            Purpose::Lost => {
                let mut numbers = data.chunks_exact(8);
                let mut number = || Some(u64::from_be_bytes(numbers.next()?.try_into().ok()?));
                let (from, to) = (number(), number());
                let gap = Gap { room: None, node, from, to, reason: "dropped", away: None };
                self.tell(BusNews::Gap(gap));
            }
            Purpose::Message | Purpose::Signal => {
                let (to, data) = match (head.room, &self.place) {
                    (Some(room), Some(place)) if room == place.room() => {
                        match OwnPlace::open(data) {
                            Some(Letter::To(number, data)) => (To::Socket(number), data),
                            Some(Letter::Claim) => return self.dispute(),
                            None => return,
                        }
                    }
                    (room, _) => (room.map_or(To::Everybody, To::Room), data),
                };
                self.counters.received += 1;
                self.counters.received_bytes += data.len() as u64;
                self.inbox_bytes += data.len() + BUS_MESSAGE_BYTES;
                self.inbox.push_back(Inbound {
                    to: to.into(),
                    kind: head.kind,
                    data: Payload::Bytes(data.into()),
                    compress: head.compress,
                    key: head.key.map(Arc::from),
                    except: head.except.iter().map(|room| (*room).to_owned()).collect(),
                });
            }
        }
    }

    /// The broker sends everything again that is wanted.
    fn settle(&mut self) {
        if self.settled || !self.ready || !self.interest.is_settled() {
            return;
        }
        (self.settled, self.tried) = (true, true);
        log::debug!("{} subscriptions are in place", self.interest.len());
        if let Some(at) = self.lost_at.take() {
            let away = Some(self.now.saturating_duration_since(at));
            let (room, node, from, to) = (None, None, None, None);
            self.tell(BusNews::Gap(Gap { room, node, from, to, reason: "reconnect", away }));
        }
        self.claims = self.place.is_some();
        self.tell(BusNews::Up);
    }

    /// Somebody else has the place of this process. They are to know that too.
    fn dispute(&mut self) {
        if let Some(outage) = self.place.as_mut().and_then(OwnPlace::dispute) {
            self.claims = true;
            self.tell(BusNews::Down(outage, None));
        }
    }

    /// Tells whoever has the same place that it is taken.
    fn claim(&mut self, wire: &dyn Wire) {
        if !std::mem::take(&mut self.claims) {
            return;
        }
        let Some(room) = self.place.as_ref().map(|place| place.room().to_owned()) else { return };
        let (data, kind) = (OwnPlace::claim(), MessageKind::Text);
        let (compress, key, except, shared) = (None, None, &[][..], None);
        let (to, data) = (To::Room(&room), data.as_bytes());
        let message = Outbound { to, kind, data, compress, key, except, shared };
        self.send(wire, Purpose::Signal, &message);
    }

    /// The others are told what was dropped here, once there is room for that.
    fn own_up(&mut self, wire: &dyn Wire) {
        if self.outbox.waiting() > self.queue_bytes / 2 {
            return;
        }
        let Some((from, to)) = self.outbox.dropped.take() else { return };
        let data = [from.to_be_bytes(), to.to_be_bytes()].concat();
        let kind = MessageKind::Binary;
        let (to, compress, key, except, shared) = (To::Everybody, None, None, &[][..], None);
        let message = Outbound { to, kind, data: &data, compress, key, except, shared };
        self.send(wire, Purpose::Lost, &message);
    }
}

impl Speaker for Rc<RefCell<Carrier>> {
    fn begin(&mut self, out: &mut Vec<u8>) {
        let mut carrier = self.borrow_mut();
        carrier.wire.begin(out);
        carrier.mail.interest.begin_again();
        carrier.mail.outbox.begin_again();
    }

    fn receive(
        &mut self,
        bytes: &[u8],
        position: &mut usize,
        out: &mut Vec<u8>,
        now: Instant,
    ) -> Result<bool, Outage> {
        let Carrier { wire, mail } = &mut *self.borrow_mut();
        mail.now = now;
        mail.hear_all(&mut **wire, bytes, position, out)?;
        mail.settle();
        Ok(mail.ready)
    }

    fn begins_tls(&mut self) -> bool {
        std::mem::take(&mut self.borrow_mut().mail.begins_tls)
    }

    fn servers(&self) -> Vec<String> {
        self.borrow().wire.servers().to_vec()
    }

    fn flush(&mut self, out: &mut Vec<u8>, room: usize, now: Instant) {
        let Carrier { wire, mail } = &mut *self.borrow_mut();
        mail.now = now;
        if !mail.ready {
            return;
        }
        if mail.asks_at.is_some_and(|at| at <= now) {
            (mail.asks_at, mail.asked_at) = (None, Some(now));
            wire.ask_slots(out);
        }
        mail.subscribe(&mut **wire, out);
        mail.own_up(&**wire);
        mail.claim(&**wire);
        if mail.outbox.has_unwritten() {
            let written = mail.outbox.write(out, room);
            wire.note_written(written, out);
        }
    }

    fn ping(&mut self, out: &mut Vec<u8>) {
        self.borrow_mut().wire.ping(out);
    }

    fn next_deadline(&self) -> Option<Instant> {
        let mail = &self.borrow().mail;
        mail.interest.next_deadline().into_iter().chain(mail.asks_at).min()
    }

    fn lost(&mut self, error: &Outage, retry: Duration, now: Instant) {
        let mail = &mut self.borrow_mut().mail;
        mail.now = now;
        // Some of what was wanted may have been heard already, and have been missed since.
        if mail.ready {
            mail.lost_at.get_or_insert(now);
        }
        (mail.ready, mail.settled, mail.tried) = (false, false, true);
        mail.tell(BusNews::Down(error.clone(), Some(retry)));
    }

    fn takes_input(&self) -> bool {
        self.borrow().mail.inbox_bytes < BUS_BYTES_MAX
    }

    fn keeps_alive(&self) -> bool {
        let mail = &self.borrow().mail;
        !mail.tried || mail.ready && !mail.outbox.is_empty()
    }

    fn is_over(&self) -> bool {
        self.borrow().mail.over
    }
}

impl Mail {
    /// Asks for what is wanted now, and takes back what is not any more.
    fn subscribe(&mut self, wire: &mut dyn Wire, out: &mut Vec<u8>) {
        loop {
            let left = self.interest.take_left(self.now);
            if left.is_empty() {
                break;
            }
            wire.unsubscribe(&left, out);
            for topic in left {
                self.break_off(&topic);
            }
        }
        loop {
            let new = self.interest.take_new();
            if new.is_empty() {
                break;
            }
            wire.subscribe(&new, out);
        }
    }

    fn hear_all(
        &mut self,
        wire: &mut dyn Wire,
        bytes: &[u8],
        position: &mut usize,
        out: &mut Vec<u8>,
    ) -> Result<(), Outage> {
        while let Some(heard) = wire.next(bytes, position, out)? {
            match heard {
                Heard::Secure => self.begins_tls = true,
                Heard::Ready => {
                    self.ready = true;
                    if let Some(error) = self.outbox.keep(|encoded| wire.takes(encoded)) {
                        self.tell(BusNews::Down(error, None));
                    }
                }
                Heard::Message(envelope) => self.hear(&envelope),
                Heard::Subscribed(topic) => self.interest.confirm(&topic),
                Heard::Confirmed(messages) => drop(self.outbox.confirm(messages)),
                Heard::Moved(topic) => {
                    if self.interest.lose(&topic) {
                        (self.was_moved, self.settled) = (true, false);
                    }
                }
                Heard::Slots(slots) => self.slots = Some(slots),
                Heard::Refused(error) => {
                    self.was_moved |= error.code == "MOVED";
                    // The others see from the next one that this one is missing.
                    if let Some(number) = self.outbox.confirm(1) {
                        self.outbox.note_dropped(number);
                    }
                    self.tell(BusNews::Down(error, None));
                }
                Heard::NotSubscribed(error) => {
                    self.interest.give_up();
                    self.tell(BusNews::Down(error, None));
                }
                Heard::Other => {}
            }
        }
        Ok(())
    }
}

#[cfg(test)]
impl Carrier {
    /// Whether the broker is known to send what is published there.
    pub(super) fn hears(&self, topic: &Topic) -> bool {
        self.mail.interest.is_confirmed(topic)
    }

    /// The number of the latest message.
    pub(super) fn last_number(&self) -> u64 {
        self.mail.sender.last_number()
    }
}

/// The end that the hub has.
pub(in crate::host) struct BusEnd {
    carrier: Rc<RefCell<Carrier>>,
    /// Set when a line has something to do.
    stirred: Rc<Cell<bool>>,
}

impl BusEnd {
    pub(in crate::host) fn new(carrier: Rc<RefCell<Carrier>>, stirred: Rc<Cell<bool>>) -> Self {
        Self { carrier, stirred }
    }

    /// Has its connection looked at, and what it has to tell.
    pub(super) fn stir(&self) {
        self.stirred.set(true);
    }
}

impl Bus for BusEnd {
    fn set_interest(&mut self, kind: Kind, name: &str, wanted: bool) {
        self.stirred.set(true);
        self.carrier.borrow_mut().mail.set_interest(kind, name, wanted);
    }

    fn publish(&mut self, message: &Outbound<'_>) -> bool {
        self.stirred.set(true);
        let Carrier { wire, mail } = &mut *self.carrier.borrow_mut();
        mail.send(&**wire, Purpose::Message, message)
    }

    fn receive(&mut self) -> Option<Inbound> {
        let mail = &mut self.carrier.borrow_mut().mail;
        let message = mail.inbox.pop_front()?;
        let was_full = mail.inbox_bytes >= BUS_BYTES_MAX;
        mail.inbox_bytes -= message.data.bytes().len() + BUS_MESSAGE_BYTES;
        if was_full {
            self.stirred.set(true);
        }
        Some(message)
    }

    fn counters(&self) -> BusCounters {
        let mail = &self.carrier.borrow().mail;
        BusCounters {
            waiting: mail.inbox.len(),
            waiting_bytes: mail.inbox_bytes,
            peers: usize::from(mail.ready),
            connected: mail.settled,
            ..mail.counters
        }
    }
}

impl Drop for BusEnd {
    fn drop(&mut self) {
        self.stirred.set(true);
        self.carrier.borrow_mut().mail.over = true;
    }
}
