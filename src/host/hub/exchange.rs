//! The bus of this process: hubs that name the same one hear each other, whichever thread they are on.
//!
//! A message is encoded once, and its frames are handed on by reference. What each hub is to receive
//! waits in a queue of its own, which is bounded, and its loop is woken if it sleeps. Who has members
//! in a room is one table that all read, so that whoever does not is not troubled, and that a join is
//! known everywhere when it returns.
//!
//! Locks are held for as long as it takes to look something up or to move a pointer, and for nothing
//! that can wait. They are the standard library's: a ring without locks would save some 20 ns a
//! message and hub, and be bounded by messages and not by bytes.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard, Weak,
};

use slab::Slab;

use super::bus::{Bus, BusCounters, Inbound, Outbound, To};
use super::pattern::{Kind, Pattern};
use crate::host::place::Place;
use crate::limits::{BUS_BYTES_MAX, BUS_MESSAGE_BYTES};

/// All of them, by name. One is gone with the last hub that has named it.
#[derive(Default)]
pub(in crate::host) struct Exchanges(Mutex<HashMap<String, Weak<Exchange>>>);

/// The hubs that hear each other.
#[derive(Default)]
struct Exchange(RwLock<Table>);

#[derive(Default)]
struct Table {
    lines: Slab<Arc<Line>>,
    /// Who has members in a room.
    rooms: HashMap<Box<str>, Vec<Seats>>,
    /// Who has subscribed to a pattern, by line and name.
    patterns: Vec<(usize, Box<str>, Pattern)>,
}

/// The members that one line has in a room. Only its own thread counts them.
struct Seats {
    line: usize,
    count: AtomicUsize,
}

/// One hub, and what it has not taken yet.
struct Line {
    place: Place,
    waiting: Mutex<Waiting>,
}

#[derive(Default)]
struct Waiting {
    messages: VecDeque<Inbound>,
    bytes: usize,
}

/// The end of a hub.
struct Extension {
    exchange: Arc<Exchange>,
    index: usize,
    line: Arc<Line>,
    /// What has been taken off the line, and is handed out one by one.
    taken: VecDeque<Inbound>,
    counters: BusCounters,
}

impl Exchanges {
    /// One more end of the bus with this name, for a hub of the host that has this place.
    pub(super) fn connect(&self, name: &str, place: Place) -> Box<dyn Bus> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let exchange = known.get(name).and_then(Weak::upgrade).unwrap_or_else(|| {
            known.retain(|_, exchange| exchange.strong_count() > 0);
            let new = Arc::default();
            known.insert(name.to_owned(), Arc::downgrade(&new));
            new
        });
        let line = Arc::new(Line { place, waiting: Mutex::default() });
        let index = exchange.write().lines.insert(line.clone());
        let (taken, counters) = (VecDeque::new(), BusCounters::default());
        Box::new(Extension { exchange, index, line, taken, counters })
    }
}

impl Exchange {
    fn read(&self) -> RwLockReadGuard<'_, Table> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Table> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Table {
    /// Calls `each` with every other line that a message is for, once.
    fn for_each(&self, to: To<'_>, own: usize, mut each: impl FnMut(&Line)) {
        match to {
            To::Room(room) => {
                let seats = self.rooms.get(room).map(|seats| &**seats).unwrap_or_default();
                let sits = |line: usize| seats.iter().any(|seats| seats.line == line);
                for seats in seats.iter().filter(|seats| seats.line != own) {
                    if let Some(line) = self.lines.get(seats.line) {
                        each(line);
                    }
                }
                // Those of one line follow each other.
                let mut last = None;
                for (line, _, pattern) in &self.patterns {
                    if *line != own && last != Some(*line) && !sits(*line) && pattern.matches(room)
                    {
                        last = Some(*line);
                        if let Some(line) = self.lines.get(*line) {
                            each(line);
                        }
                    }
                }
            }
            To::Everybody => {
                for (index, line) in &self.lines {
                    if index != own {
                        each(line);
                    }
                }
            }
            To::Socket(number) => {
                for (index, line) in &self.lines {
                    if index != own && line.place.has_number(number) {
                        each(line);
                    }
                }
            }
        }
    }
}

impl Line {
    fn take(&self, message: Inbound) -> bool {
        let bytes = cost(&message);
        {
            let mut waiting = self.waiting();
            // One message may be larger than all that may wait.
            if waiting.bytes > 0 && waiting.bytes + bytes > BUS_BYTES_MAX {
                return false;
            }
            waiting.bytes += bytes;
            waiting.messages.push_back(message);
        }
        self.place.bell().ring();
        true
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn cost(message: &Inbound) -> usize {
    message.data.bytes().len() + BUS_MESSAGE_BYTES
}

impl Bus for Extension {
    fn set_interest(&mut self, kind: Kind, name: &str, wanted: bool) {
        let (own, mut table) = (self.index, self.exchange.write());
        match (kind, wanted) {
            (Kind::Room, true) => {
                let seats = Seats { line: own, count: AtomicUsize::new(1) };
                table.rooms.entry(name.into()).or_default().push(seats);
            }
            (Kind::Room, false) => table.leave(own, name),
            (Kind::Pattern, true) => {
                // Beside the others of the line.
                let at = table.patterns.partition_point(|(line, ..)| *line < own);
                table.patterns.insert(at, (own, name.into(), Pattern::new(name)));
            }
            (Kind::Pattern, false) => {
                table.patterns.retain(|(line, known, _)| *line != own || &**known != name);
            }
        }
    }

    fn set_members(&mut self, room: &str, count: usize) {
        let table = self.exchange.read();
        let seats = table.rooms.get(room).into_iter().flatten();
        for seats in seats.filter(|seats| seats.line == self.index) {
            // Nothing else is told by it.
            seats.count.store(count, Ordering::Relaxed);
        }
    }

    fn publish(&mut self, message: &Outbound<'_>) -> bool {
        let mut inbound = None;
        let (mut taken, mut dropped) = (0, 0);
        self.exchange.read().for_each(message.to, self.index, |line| {
            let inbound = inbound.get_or_insert_with(|| Inbound::from(message));
            if line.take(inbound.clone()) { taken += 1 } else { dropped += 1 }
        });
        self.counters.sent += taken;
        self.counters.sent_bytes += taken * message.data.len() as u64;
        self.counters.dropped += dropped;
        taken > 0
    }

    fn receive(&mut self) -> Option<Inbound> {
        if self.taken.is_empty() {
            let mut waiting = self.line.waiting();
            waiting.bytes = 0;
            std::mem::swap(&mut waiting.messages, &mut self.taken);
        }
        let message = self.taken.pop_front()?;
        self.counters.received += 1;
        self.counters.received_bytes += message.data.bytes().len() as u64;
        Some(message)
    }

    fn members_elsewhere(&self, room: &str) -> usize {
        let table = self.exchange.read();
        let seats = table.rooms.get(room).into_iter().flatten();
        let others = seats.filter(|seats| seats.line != self.index);
        others.map(|seats| seats.count.load(Ordering::Relaxed)).sum()
    }

    fn counters(&self) -> BusCounters {
        let peers = self.exchange.read().lines.len() - 1;
        let waiting = self.line.waiting();
        BusCounters {
            waiting: waiting.messages.len() + self.taken.len(),
            waiting_bytes: waiting.bytes + self.taken.iter().map(cost).sum::<usize>(),
            peers,
            connected: true,
            ..self.counters
        }
    }
}

impl Table {
    fn leave(&mut self, line: usize, room: &str) {
        if let Some(seats) = self.rooms.get_mut(room) {
            seats.retain(|seats| seats.line != line);
            if seats.is_empty() {
                self.rooms.remove(room);
            }
        }
    }
}

impl Drop for Extension {
    fn drop(&mut self) {
        let (own, mut table) = (self.index, self.exchange.write());
        table.lines.try_remove(own);
        table.patterns.retain(|(line, ..)| *line != own);
        table.rooms.retain(|_, seats| {
            seats.retain(|seats| seats.line != own);
            !seats.is_empty()
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::hub::bus::Recipient;
    use crate::host::process::Process;
    use crate::net::reactor::Reactor;
    use crate::proto::ws::MessageKind;

    fn message(to: To<'static>, data: &'static [u8]) -> Outbound<'static> {
        let (kind, compress, key, except) = (MessageKind::Text, None, None, &[]);
        Outbound { to, kind, data, compress, key, except, shared: None }
    }

    /// Ends of these buses, each at a place of its own.
    fn ends<const N: usize>(exchanges: &Exchanges, names: [&str; N]) -> [Box<dyn Bus>; N] {
        let (process, waker) = (Process::default(), Reactor::new().unwrap().waker());
        let mut index = 0..;
        names.map(|name| {
            let place = process.place(index.next().unwrap(), waker.clone());
            exchanges.connect(name, place)
        })
    }

    #[test]
    fn a_message_goes_to_whoever_wants_it_and_not_back() {
        let exchanges = Exchanges::default();
        let [mut one, mut two, mut other] = ends(&exchanges, ["a", "a", "b"]);
        assert!(!one.publish(&message(To::Room("x"), b"nobody")));
        for bus in [&mut one, &mut two, &mut other] {
            bus.set_interest(Kind::Room, "x", true);
        }
        two.set_interest(Kind::Pattern, "game.*", true);
        assert!(one.publish(&message(To::Room("x"), b"1")));
        assert!(one.publish(&message(To::Room("game.5"), b"2")));
        assert!(one.publish(&message(To::Everybody, b"3")));
        assert!(!one.publish(&message(To::Room("game.5.chat"), b"4")));
        let mut came = Vec::new();
        while let Some(inbound) = two.receive() {
            came.push(inbound.data.bytes().to_vec());
        }
        assert_eq!(came, [b"1", b"2", b"3"]);
        assert!(one.receive().is_none() && other.receive().is_none());
        two.set_interest(Kind::Room, "x", false);
        two.set_interest(Kind::Pattern, "game.*", false);
        assert!(!one.publish(&message(To::Room("x"), b"5")));
        drop(two);
        assert!(!one.publish(&message(To::Everybody, b"6")));
        drop((one, other));
        let [_last] = ends(&exchanges, ["c"]);
        assert_eq!(exchanges.0.lock().unwrap().len(), 1);
    }

    #[test]
    fn what_waits_is_bounded() {
        let exchanges = Exchanges::default();
        let [mut one, mut two] = ends(&exchanges, ["a", "a"]);
        let data = vec![0; BUS_BYTES_MAX];
        let large = Outbound { data: &data, ..message(To::Everybody, b"") };
        assert!(one.publish(&large));
        assert!(!one.publish(&message(To::Everybody, b"small")));
        assert_eq!(two.receive().unwrap().data.bytes().len(), BUS_BYTES_MAX);
        assert!(one.publish(&message(To::Everybody, b"small")));
        let mut waiting = 1;
        while one.publish(&message(To::Everybody, b"small")) {
            waiting += 1;
        }
        assert_eq!(waiting, BUS_BYTES_MAX / (BUS_MESSAGE_BYTES + 5));
    }

    #[test]
    fn members_elsewhere_are_counted_and_sockets_found_by_their_place() {
        let exchanges = Exchanges::default();
        let [mut one, mut two, three] = ends(&exchanges, ["a", "a", "a"]);
        for (bus, count) in [(&mut one, 3), (&mut two, 4)] {
            bus.set_interest(Kind::Room, "x", true);
            bus.set_members("x", count);
        }
        let counts = |room| [&one, &two, &three].map(|bus| bus.members_elsewhere(room));
        assert_eq!(counts("x"), [4, 3, 7]);
        assert_eq!(counts("y"), [0, 0, 0]);
        one.set_members("x", 0);
        one.set_interest(Kind::Room, "x", false);
        assert_eq!(two.members_elsewhere("x"), 0);
        assert_eq!(three.members_elsewhere("x"), 4);

        let second_of_two = (1 << 38) + 2;
        assert!(one.publish(&message(To::Socket(second_of_two), b"to two")));
        assert_eq!(two.receive().unwrap().to, Recipient::Socket(second_of_two));
        // Its own, and those of nobody.
        assert!(!one.publish(&message(To::Socket(1), b"own")));
        assert!(!one.publish(&message(To::Socket(9 << 38), b"nobody's")));
        let counters = one.counters();
        assert_eq!((counters.sent, counters.sent_bytes, counters.peers), (1, 6, 2));
        assert_eq!((two.counters().received, two.counters().waiting), (1, 0));
    }
}
