//! Buses without a network: what a carrier writes, and what it makes of what it hears.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::{Duration, Instant};

use super::envelope::{self, Head, Origin, Purpose};
use super::interest::Interest;
use super::news::{BusNews, Gap, Outage};
use super::numbers::{Sender, Tracker, Verdict};
use super::outbox::Outbox;
use super::speaker::Speaker;
use super::wire::{Heard, Topic, Wire};
use super::{BusEnd, Carrier};
use crate::host::hub::{Bus, Kind, Outbound, Recipient, To};
use crate::limits::BROKER_LEAVE_DELAY_MS;
use crate::net::reactor::monotonic_clock;
use crate::proto::ws::MessageKind;

const ORIGIN: Origin = Origin { node: 7, epoch: 3 };

fn head(room: Option<&str>, number: u64, previous: Option<u64>) -> Head<'_> {
    Head {
        origin: ORIGIN,
        purpose: Purpose::Message,
        number,
        previous,
        room,
        kind: MessageKind::Text,
        compress: None,
        key: None,
        except: Vec::new(),
    }
}

fn sealed(head: &Head<'_>, data: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    head.encode(&mut bytes);
    bytes.extend_from_slice(data);
    bytes
}

#[test]
fn an_envelope_holds_all_of_a_message() {
    let plain = head(None, 1, None);
    let full = Head {
        purpose: Purpose::Signal,
        kind: MessageKind::Binary,
        compress: Some(false),
        key: Some("k"),
        except: vec!["a", "é"],
        ..head(Some("room"), u64::MAX, Some(1))
    };
    for head in [plain, full.clone(), Head { compress: Some(true), purpose: Purpose::Lost, ..full }]
    {
        let bytes = sealed(&head, b"data");
        assert_eq!(envelope::decode(&bytes), Some((head.clone(), &b"data"[..])));
        assert_eq!(envelope::origin(&bytes), Some(ORIGIN));
        // No part of the head is one.
        let end = bytes.len() - 4;
        for at in 0..end {
            assert_eq!(envelope::decode(&bytes[..at]), None, "{at}");
        }
        let other = [&[2], &bytes[1..]].concat();
        assert_eq!(envelope::decode(&other), None, "another version");
    }
    assert_eq!(envelope::decode(&sealed(&head(None, 1, None), b"\xff")), None, "no text");
    assert_eq!(sealed(&head(Some("chat"), 9, Some(8)), b"hi").len(), 14 + 2 + 5 + 2);
}

#[test]
fn numbers_tell_what_is_missing_in_a_room() {
    let (mut sender, mut tracker) = (Sender::new(ORIGIN), Tracker::new());
    let mut next = |room| {
        let (number, previous) = sender.next(Some(room));
        head(Some(room), number, previous)
    };
    let all = [next("a"), next("b"), next("a"), next("a"), next("b"), next("a")];
    assert_eq!(tracker.note(&all[0]), Verdict::Next);
    assert_eq!(tracker.note(&all[2]), Verdict::Next, "what is of other rooms is not missed");
    assert_eq!(tracker.note(&all[0]), Verdict::Duplicate);
    assert_eq!(tracker.note(&all[5]), Verdict::Gap(4, 4));
    assert_eq!(tracker.note(&all[3]), Verdict::Duplicate, "what comes late is not in order");
    // The first that is heard of a room tells nothing of those before.
    assert_eq!(tracker.note(&all[4]), Verdict::Next);
    tracker.note_left("b");
    assert_eq!(tracker.note(&all[1]), Verdict::Duplicate, "it may be sent again much later");
    assert_eq!(tracker.note(&head(Some("b"), 9, Some(8))), Verdict::Next, "missed by nobody");
    // A node that has started again begins to count.
    let again = Head { origin: Origin { epoch: 4, ..ORIGIN }, ..head(Some("a"), 1, None) };
    assert_eq!(tracker.note(&again), Verdict::Next);
}

#[test]
fn what_is_missing_is_told_by_its_numbers_also_after_a_connection_was_away() {
    let mut tracker = Tracker::new();
    assert_eq!(tracker.note(&head(Some("a"), 1, None)), Verdict::Next);
    assert_eq!(tracker.note(&head(Some("a"), 9, Some(8))), Verdict::Gap(2, 8));
    assert_eq!(tracker.note(&head(Some("a"), 12, Some(11))), Verdict::Gap(10, 11));
    assert_eq!(tracker.note(&head(Some("a"), 20, None)), Verdict::Gap(13, 19), "forgotten there");
}

#[test]
fn an_outbox_keeps_what_is_not_confirmed() {
    let mut outbox = Outbox::default();
    let push = |outbox: &mut Outbox, number: u64, text: &[u8]| {
        let encode = |out: &mut Vec<u8>| {
            out.extend_from_slice(text);
            Ok::<(), std::convert::Infallible>(())
        };
        outbox.push((number, text.len(), 8), encode).unwrap()
    };
    assert!(push(&mut outbox, 1, b"larger than all that may wait"));
    assert!(!push(&mut outbox, 2, b"a") && !push(&mut outbox, 3, b"b"));
    assert_eq!(outbox.dropped, Some((2, 3)));
    let mut out = Vec::new();
    assert_eq!(outbox.write(&mut out, 100), 1);
    assert_eq!(outbox.confirm(5), Some(1));
    assert!(outbox.is_empty());
    for number in 4..8 {
        assert!(push(&mut outbox, number, &[b'0' + u8::try_from(number).unwrap(); 2]));
    }
    out.clear();
    assert_eq!(outbox.write(&mut out, 3), 2, "not more than there is room for, or one");
    assert_eq!((&*out, outbox.confirm(1)), (&b"4455"[..], Some(4)));
    // Another connection.
    outbox.begin_again();
    out.clear();
    assert_eq!(outbox.write(&mut out, 100), 3);
    assert_eq!((&*out, outbox.confirm(9)), (&b"556677"[..], Some(7)));
    assert!(!outbox.has_unwritten() && outbox.waiting() == 0);
}

fn room(name: &str) -> Topic {
    Topic::Named(Kind::Room, name.into())
}

#[test]
fn interest_is_asked_for_once_and_kept_for_a_moment() {
    let (mut interest, now) = (Interest::new(), monotonic_clock());
    assert_eq!(interest.take_new(), [Topic::All]);
    interest.confirm(&Topic::All);
    interest.want(room("a"));
    interest.want(room("b"));
    assert!(!interest.is_settled());
    // One that nobody wants any more before it was asked for is not asked for.
    interest.unwant(room("b"), now);
    let later = now + Duration::from_millis(BROKER_LEAVE_DELAY_MS);
    assert_eq!(interest.next_deadline(), Some(later));
    assert!(interest.take_left(now).is_empty());
    assert!(interest.take_left(later).is_empty());
    assert_eq!(interest.take_new(), [room("a")]);
    interest.confirm(&room("a"));
    assert!(interest.is_settled());
    // Who comes back in time has never been away.
    interest.unwant(room("a"), now);
    interest.want(room("a"));
    assert!(interest.take_left(later).is_empty() && interest.take_new().is_empty());
    interest.unwant(room("a"), now);
    assert_eq!(interest.take_left(later), [room("a")]);
    interest.want(room("c"));
    interest.begin_again();
    let mut all = interest.take_new();
    all.sort_by_key(|topic| format!("{topic:?}"));
    assert_eq!(all, [Topic::All, room("c")]);
}

/// A broker's end of what is written, and what it says.
#[derive(Default)]
struct Script {
    told: Vec<String>,
    says: VecDeque<Heard<'static>>,
}

#[derive(Clone, Default)]
struct FakeWire(Rc<RefCell<Script>>);

impl FakeWire {
    fn told(&self) -> Vec<String> {
        std::mem::take(&mut self.0.borrow_mut().told)
    }
}

impl Wire for FakeWire {
    fn begin(&mut self, _: &mut Vec<u8>) {
        self.0.borrow_mut().told.push("begin".to_owned());
    }

    fn next<'a>(
        &'a mut self,
        _: &'a [u8],
        _: &mut usize,
        _: &mut Vec<u8>,
    ) -> Result<Option<Heard<'a>>, Outage> {
        Ok(self.0.borrow_mut().says.pop_front())
    }

    fn subscribe(&mut self, topics: &[Topic], _: &mut Vec<u8>) {
        self.0.borrow_mut().told.push(format!("subscribe {}", topics.len()));
    }

    fn unsubscribe(&mut self, topics: &[Topic], _: &mut Vec<u8>) {
        self.0.borrow_mut().told.push(format!("unsubscribe {}", topics.len()));
    }

    fn encode(&self, _: Option<&str>, envelope: &[&[u8]], out: &mut Vec<u8>) {
        out.extend_from_slice(&envelope.concat());
    }

    fn note_written(&mut self, messages: usize, _: &mut Vec<u8>) {
        self.0.borrow_mut().told.push(format!("wrote {messages}"));
    }

    fn ping(&mut self, _: &mut Vec<u8>) {}
}

/// A hub's end, a line's end and a broker's.
struct World {
    wire: FakeWire,
    carrier: Rc<RefCell<Carrier>>,
    end: BusEnd,
    now: Instant,
}

impl World {
    fn new() -> Self {
        let (wire, now) = (FakeWire::default(), monotonic_clock());
        let carrier = Carrier::new(Box::new(wire.clone()), (1, 1), 1000, now);
        let carrier = Rc::new(RefCell::new(carrier));
        let end = BusEnd::new(carrier.clone(), Rc::new(Cell::new(false)));
        Self { wire, carrier, end, now }
    }

    fn hear(&mut self, said: impl IntoIterator<Item = Heard<'static>>) -> Vec<BusNews> {
        self.wire.0.borrow_mut().says.extend(said);
        self.carrier.receive(&[], &mut 0, &mut Vec::new(), self.now).unwrap();
        self.carrier.borrow_mut().take_news().into()
    }

    fn flush(&mut self) -> Vec<u8> {
        let mut out = Vec::new();
        self.carrier.flush(&mut out, 1000, self.now);
        out
    }

    fn lose(&mut self) -> Vec<BusNews> {
        let outage = Outage::new("ECONNRESET", "it is gone".to_owned());
        self.carrier.lost(&outage, Duration::ZERO, self.now);
        self.carrier.borrow_mut().take_news().into()
    }

    fn publish(&mut self, room: &str, text: &str) -> bool {
        let (data, kind, to) = (text.as_bytes(), MessageKind::Text, To::Room(room));
        let (compress, key, except, shared) = (None, None, &[][..], None);
        self.end.publish(&Outbound { to, kind, data, compress, key, except, shared })
    }
}

fn subscribed(topics: &[Topic]) -> Vec<Heard<'static>> {
    topics.iter().cloned().map(Heard::Subscribed).collect()
}

fn message(room: &str, number: u64, previous: Option<u64>, text: &str) -> Heard<'static> {
    Heard::Message(sealed(&head(Some(room), number, previous), text.as_bytes()).into())
}

fn gaps(news: &[BusNews]) -> Vec<&Gap> {
    news.iter()
        .filter_map(|news| if let BusNews::Gap(gap) = news { Some(gap) } else { None })
        .collect()
}

#[test]
fn a_carrier_subscribes_publishes_and_hears() {
    let mut world = World::new();
    world.carrier.begin(&mut Vec::new());
    world.end.set_interest(Kind::Room, "a", true);
    assert!(world.publish("a", "before"), "it waits for the broker");
    assert!(world.flush().is_empty() && world.carrier.keeps_alive());
    assert!(world.hear([Heard::Ready]).is_empty(), "it is not up before it hears everything");
    assert_eq!(envelope::decode(&world.flush()).unwrap().1, b"before");
    assert_eq!(world.wire.told(), ["begin", "subscribe 2", "wrote 1"]);
    assert!(world.carrier.keeps_alive());
    let news = world.hear(subscribed(&[Topic::All, room("a")]));
    assert!(matches!(&*news, [BusNews::Up]));
    world.hear([Heard::Confirmed(1)]);
    assert!(!world.carrier.keeps_alive());
    // Its own, somebody's, the same again, nonsense.
    let own =
        sealed(&Head { origin: Origin { node: 1, epoch: 9 }, ..head(Some("a"), 1, None) }, b"");
    let nonsense = Heard::Message(b"nonsense".as_slice().into());
    let said = [Heard::Message(own.into()), message("a", 5, None, "x"), message("a", 5, None, "x")];
    assert!(world.hear(said.into_iter().chain([nonsense])).is_empty());
    let inbound = world.end.receive().unwrap();
    assert_eq!((inbound.to, inbound.data.bytes()), (Recipient::Room("a".into()), &b"x"[..]));
    assert!(world.end.receive().is_none());
    let news = world.hear([message("a", 9, Some(8), "y")]);
    let [gap] = gaps(&news)[..] else { panic!("{news:?}") };
    assert_eq!(
        (gap.room.as_deref(), gap.node, gap.from, gap.to),
        (Some("a"), Some(7), Some(6), Some(8))
    );
}

#[test]
fn a_lost_connection_is_a_gap_and_what_was_not_confirmed_is_sent_again() {
    let mut world = World::new();
    world.carrier.begin(&mut Vec::new());
    world.hear([Heard::Ready]);
    world.flush();
    world.hear(subscribed(&[Topic::All]));
    assert!(world.publish("a", "one") && world.publish("a", "two"));
    world.flush();
    world.hear([Heard::Confirmed(1)]);
    assert!(matches!(&*world.lose(), [BusNews::Down(..)]));
    assert!(!world.carrier.keeps_alive());
    world.now += Duration::from_secs(5);
    // It comes back for a moment that is too short.
    world.carrier.begin(&mut Vec::new());
    world.hear([Heard::Ready]);
    world.lose();
    world.now += Duration::from_secs(2);
    world.carrier.begin(&mut Vec::new());
    world.hear([Heard::Ready]);
    let written = world.flush();
    let (head, data) = envelope::decode(&written).unwrap();
    assert_eq!((head.number, data), (2, &b"two"[..]));
    let news = world.hear(subscribed(&[Topic::All]));
    let [gap] = gaps(&news)[..] else { panic!("{news:?}") };
    assert_eq!((gap.reason, gap.away), ("reconnect", Some(Duration::from_secs(7))));
    assert!(matches!(news.last(), Some(BusNews::Up)));
}

#[test]
fn what_has_no_room_is_owned_up_to() {
    let mut world = World::new();
    world.carrier.begin(&mut Vec::new());
    let text = "x".repeat(400);
    let taken = [0; 4].map(|_| world.publish("a", &text));
    assert_eq!(taken, [true, true, false, false]);
    world.hear([Heard::Ready]);
    world.flush();
    world.hear([Heard::Confirmed(2)]);
    let written = world.flush();
    let (head, data) = envelope::decode(&written).unwrap();
    assert_eq!((head.purpose, head.room), (Purpose::Lost, None));
    assert_eq!(data, [3_u64.to_be_bytes(), 4_u64.to_be_bytes()].concat());
    // The other side.
    let mut other = World::new();
    other.carrier.begin(&mut Vec::new());
    let lost = sealed(&Head { kind: MessageKind::Binary, origin: ORIGIN, ..head }, data);
    let news = other.hear([Heard::Ready, Heard::Message(lost.into())]);
    let [gap] = gaps(&news)[..] else { panic!("{news:?}") };
    assert_eq!((gap.reason, gap.node, gap.from, gap.to), ("dropped", Some(7), Some(3), Some(4)));
}

#[test]
fn a_room_that_is_left_is_heard_no_more() {
    let mut world = World::new();
    world.carrier.begin(&mut Vec::new());
    world.end.set_interest(Kind::Room, "a", true);
    world.hear([Heard::Ready]);
    world.flush();
    world.hear(subscribed(&[Topic::All, room("a")]).into_iter().chain([message("a", 1, None, "")]));
    world.wire.told();
    world.end.set_interest(Kind::Room, "a", false);
    world.flush();
    assert!(world.wire.told().is_empty());
    world.now = world.carrier.next_deadline().unwrap();
    world.flush();
    assert_eq!(world.wire.told(), ["unsubscribe 1"]);
    world.end.set_interest(Kind::Room, "a", true);
    world.flush();
    // What came meanwhile was for nobody.
    let news = world.hear([message("a", 9, Some(8), "")]);
    assert!(gaps(&news).is_empty());
}
