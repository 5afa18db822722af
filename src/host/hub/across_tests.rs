//! Rooms of hubs on four threads against one plain model: first all driven by one thread, so that a
//! failure can be repeated, then each by its own.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::Duration;

use super::Exchanges;
use super::bus::{Outbound, Recipient, To};
use super::looking::Except;
use super::options::HubOptions;
use super::pattern::Kind;
use super::rooms::Rooms;
use crate::host::place::Place;
use crate::host::process::Process;
use crate::id::{ConnId, HubId};
use crate::net::reactor::Reactor;
use crate::proto::ws::{MessageKind, SharedMessage};

const WORKERS: usize = 4;
const NAMES: [&str; 5] = ["a", "b", "game.1", "game.2", "game.1.chat"];
const PATTERNS: [&str; 3] = ["game.*", "game.**", "*"];

/// A small deterministic stream of numbers (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }
}

/// One worker: its rooms, and its hub in them.
struct Worker {
    rooms: Rooms,
    hub: HubId,
}

impl Worker {
    fn new(exchanges: &Exchanges, place: &Place) -> Self {
        let mut rooms = Rooms::default();
        let hub = rooms.add_hub(HubOptions::default());
        rooms.set_bus(hub, exchanges.connect("test", place.clone()));
        Self { rooms, hub }
    }

    fn publish(&mut self, to: To<'_>, text: &str, except: &[String]) -> bool {
        let message = SharedMessage::new(MessageKind::Text, text.as_bytes(), None);
        self.rooms.forward(self.hub, &Outbound::new(to, &message, except))
    }

    fn size(&self, room: &str) -> usize {
        let bus = self.rooms.bus(self.hub).unwrap();
        self.rooms.members(self.hub, room).len() + bus.members_elsewhere(room)
    }

    /// Who gets what is for a room.
    fn receivers(&self, room: &str, except: &[String]) -> BTreeSet<ConnId> {
        let mut receivers = Vec::new();
        self.rooms.receivers(self.hub, room, &mut receivers);
        let except = Except { conns: Vec::new(), rooms: except.to_vec() };
        self.rooms.without(self.hub, &except, &mut receivers);
        receivers.into_iter().collect()
    }
}

/// What ought to be: members by worker, room and pattern; and what each worker is still to receive.
#[derive(Default)]
struct Model {
    members: BTreeMap<(usize, bool, &'static str), BTreeSet<ConnId>>,
    waiting: [VecDeque<(String, String, Vec<String>)>; WORKERS],
}

impl Model {
    fn of(&mut self, worker: usize, kind: Kind, name: &'static str) -> &mut BTreeSet<ConnId> {
        self.members.entry((worker, kind == Kind::Pattern, name)).or_default()
    }

    fn size(&self, room: &str) -> usize {
        let rooms = self.members.iter().filter(|((_, pattern, name), _)| !pattern && *name == room);
        rooms.map(|(_, members)| members.len()).sum()
    }

    fn receivers(&self, worker: usize, room: &str, except: &[String]) -> BTreeSet<ConnId> {
        let hears = |pattern: bool, name: &str| {
            if pattern { matches(name, room) } else { name == room }
        };
        let own = self
            .members
            .iter()
            .filter(|((at, pattern, name), _)| *at == worker && hears(*pattern, name));
        let mut receivers: BTreeSet<ConnId> =
            own.flat_map(|(_, members)| members).copied().collect();
        for name in except {
            let muted = self
                .members
                .iter()
                .filter(|((at, pattern, known), _)| *at == worker && !pattern && known == name);
            for conn in muted.flat_map(|(_, members)| members) {
                receivers.remove(conn);
            }
        }
        receivers
    }
}

/// As far as the names of this test go.
fn matches(pattern: &str, room: &str) -> bool {
    match pattern {
        "game.*" => matches!(room, "game.1" | "game.2"),
        "game.**" => room.starts_with("game."),
        _ => !room.contains('.'),
    }
}

struct World {
    exchanges: Exchanges,
    places: Vec<Place>,
    workers: Vec<Worker>,
    model: Model,
    numbers: Numbers,
    published: usize,
}

impl World {
    fn new(seed: u64) -> Self {
        let (exchanges, process) = (Exchanges::default(), Process::default());
        let waker = Reactor::new().unwrap().waker();
        let places: Vec<_> =
            (0..WORKERS).map(|index| process.place(index, waker.clone())).collect();
        let workers = places.iter().map(|place| Worker::new(&exchanges, place)).collect();
        let (model, numbers) = (Model::default(), Numbers(seed));
        Self { exchanges, places, workers, model, numbers, published: 0 }
    }

    fn step(&mut self) {
        let at = self.numbers.below(WORKERS);
        let conn = ConnId::new(u32::try_from(self.numbers.below(8)).unwrap(), 1);
        let (kind, name) = match self.numbers.below(4) {
            0 => (Kind::Pattern, PATTERNS[self.numbers.below(PATTERNS.len())]),
            _ => (Kind::Room, NAMES[self.numbers.below(NAMES.len())]),
        };
        let worker = &mut self.workers[at];
        match self.numbers.below(100) {
            0..40 => {
                let joined = worker.rooms.join(worker.hub, conn, name, kind).unwrap();
                assert_eq!(joined, self.model.of(at, kind, name).insert(conn));
            }
            40..60 => {
                let left = worker.rooms.leave(worker.hub, conn, name, kind);
                assert_eq!(left, self.model.of(at, kind, name).remove(&conn));
            }
            60..65 => {
                worker.rooms.leave_all(conn);
                for ((_, _, _), members) in
                    self.model.members.iter_mut().filter(|((of, _, _), _)| *of == at)
                {
                    members.remove(&conn);
                }
            }
            // It fails, and starts anew.
            65 => {
                *worker = Worker::new(&self.exchanges, &self.places[at]);
                self.model.members.retain(|(of, _, _), _| *of != at);
                self.model.waiting[at].clear();
            }
            66..90 => self.publish(at),
            _ => self.receive(at),
        }
        let room = NAMES[self.numbers.below(NAMES.len())];
        let asked = self.numbers.below(WORKERS);
        assert_eq!(self.workers[asked].size(room), self.model.size(room), "{room}");
    }

    fn publish(&mut self, from: usize) {
        self.published += 1;
        let text = self.published.to_string();
        let room = NAMES[self.numbers.below(NAMES.len())];
        let except = match self.numbers.below(4) {
            0 => vec![NAMES[self.numbers.below(NAMES.len())].to_owned()],
            _ => Vec::new(),
        };
        let everybody = self.numbers.below(10) == 0;
        let mut taken = false;
        for to in (0..WORKERS).filter(|to| *to != from) {
            // Whoever is left out does not matter for whether a worker hears of it.
            if everybody || !self.model.receivers(to, room, &[]).is_empty() {
                taken = true;
                let room = if everybody { "" } else { room };
                let message = (room.to_owned(), text.clone(), except.clone());
                self.model.waiting[to].push_back(message);
            }
        }
        let to = if everybody { To::Everybody } else { To::Room(room) };
        assert_eq!(self.workers[from].publish(to, &text, &except), taken, "{room}");
    }

    fn receive(&mut self, at: usize) {
        for _ in 0..self.numbers.below(6) {
            let worker = &mut self.workers[at];
            let Some(message) = worker.rooms.receive(worker.hub) else {
                assert!(self.model.waiting[at].is_empty());
                return;
            };
            let (room, text, except) = self.model.waiting[at].pop_front().unwrap();
            assert_eq!(message.data.bytes(), text.as_bytes());
            assert_eq!(*message.except, *except);
            let to = if room.is_empty() {
                Recipient::Everybody
            } else {
                Recipient::Room((*room).into())
            };
            assert_eq!(message.to, to);
            if room.is_empty() {
                continue;
            }
            let receivers = self.model.receivers(at, &room, &except);
            assert_eq!(worker.receivers(&room, &except), receivers, "{room}");
        }
    }
}

#[test]
fn four_workers_are_what_one_plain_model_says() {
    let steps = if cfg!(debug_assertions) { 20_000 } else { 1_000_000 };
    for seed in [1, 2, 3] {
        let mut world = World::new(seed);
        for _ in 0..steps {
            world.step();
        }
        for at in 0..WORKERS {
            while !world.model.waiting[at].is_empty() {
                world.receive(at);
            }
            let worker = &mut world.workers[at];
            assert!(worker.rooms.receive(worker.hub).is_none());
        }
    }
}

/// One thread: joins, leaves and publishes at random, until it has heard of all that goes to the room
/// that all are in.
fn work(exchanges: &Exchanges, process: &Process, index: usize, barrier: &Barrier) {
    let messages = if cfg!(debug_assertions) { 5_000 } else { 100_000 };
    let mut reactor = Reactor::new().unwrap();
    let place = process.place(index, reactor.waker());
    let mut worker = Worker::new(exchanges, &place);
    let mut numbers = Numbers(index as u64 + 1);
    let conn = ConnId::new(0, 1);
    worker.rooms.join(worker.hub, conn, "always", Kind::Room).unwrap();
    barrier.wait();
    assert_eq!(worker.size("always"), WORKERS);
    let (mut sent, mut heard, mut latest) = (0, [0; WORKERS], [0; WORKERS]);
    let is_done = |heard: &[usize]| heard.iter().sum::<usize>() == messages * (WORKERS - 1);
    while sent < messages || !is_done(&heard) {
        for _ in 0..numbers.below(20) {
            let other = NAMES[numbers.below(NAMES.len())];
            match numbers.below(4) {
                0 => drop(worker.rooms.join(worker.hub, conn, other, Kind::Room)),
                1 => drop(worker.rooms.leave(worker.hub, conn, other, Kind::Room)),
                _ if sent < messages => {
                    sent += 1;
                    assert!(worker.publish(To::Room("always"), &format!("{index} {sent}"), &[]));
                    worker.publish(To::Room(other), &format!("{index} other {sent}"), &[]);
                }
                _ => {}
            }
        }
        if sent == messages && !is_done(&heard) && place.bell().rest() {
            reactor.wait(Some(Duration::from_secs(30))).unwrap();
            let rung = place.bell().take();
            let counters = worker.rooms.bus(worker.hub).unwrap().counters();
            assert!(rung, "nobody has rung: {index} {heard:?} {counters:?}");
        } else {
            place.bell().take();
        }
        while let Some(message) = worker.rooms.receive(worker.hub) {
            let text = String::from_utf8(message.data.bytes().to_vec()).unwrap();
            let mut words = text.split(' ');
            let from: usize = words.next().unwrap().parse().unwrap();
            match words.next().unwrap() {
                // Those of one sender in its order, and none twice.
                "other" => {
                    let number: usize = words.next().unwrap().parse().unwrap();
                    assert!(number >= latest[from]);
                }
                number => {
                    heard[from] += 1;
                    latest[from] = heard[from];
                    assert_eq!(number, heard[from].to_string());
                }
            }
        }
    }
    assert_eq!(heard[index], 0);
    barrier.wait();
    for name in NAMES {
        worker.rooms.leave(worker.hub, conn, name, Kind::Room);
    }
    barrier.wait();
    assert_eq!(NAMES.map(|name| worker.size(name)), [0; NAMES.len()]);
    assert_eq!(worker.size("always"), WORKERS);
    // The last one sees all others go.
    barrier.wait();
}

#[test]
fn four_threads_lose_nothing_and_keep_the_order_of_each_sender() {
    let exchanges = Arc::new(Exchanges::default());
    let (process, barrier) = (Arc::new(Process::default()), Arc::new(Barrier::new(WORKERS)));
    let threads: Vec<_> = (0..WORKERS)
        .map(|index| {
            let (exchanges, process) = (exchanges.clone(), process.clone());
            let barrier = barrier.clone();
            thread::spawn(move || work(&exchanges, &process, index, &barrier))
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
}
