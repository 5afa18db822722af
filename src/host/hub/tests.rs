//! Rooms against a plain model, in which a room is a set of numbers.

use std::collections::{BTreeMap, BTreeSet};

use super::looking::Except;
use super::options::{HubOptions, JoinError};
use super::pattern::{Kind, Pattern};
use super::rooms::{RoomNews, Rooms};
use super::state::Hubs;
use crate::id::{ConnId, HubId};

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

const NAMES: [&str; 12] =
    ["a", "b", "c", "game.1", "game.2", "game.1.chat", "user:1", "user:2", "x/y", "x/z", "d", "e"];
const PATTERNS: [&str; 6] = ["game.*", "game.**", "user:*", "*", "x/*", "**"];

/// What is so in one hub.
#[derive(Default)]
struct Model {
    rooms: BTreeMap<&'static str, BTreeSet<ConnId>>,
    patterns: BTreeMap<&'static str, BTreeSet<ConnId>>,
}

impl Model {
    fn of(&mut self, kind: Kind) -> &mut BTreeMap<&'static str, BTreeSet<ConnId>> {
        if kind == Kind::Room { &mut self.rooms } else { &mut self.patterns }
    }

    fn seats(&self, conn: ConnId) -> usize {
        let sets = self.rooms.values().chain(self.patterns.values());
        sets.filter(|members| members.contains(&conn)).count()
    }

    fn members(&self, room: &str) -> BTreeSet<ConnId> {
        self.rooms.get(room).cloned().unwrap_or_default()
    }

    fn receivers(&self, room: &str, except: &Except) -> BTreeSet<ConnId> {
        let matching =
            self.patterns.iter().filter(|(pattern, _)| Pattern::new(pattern).matches(room));
        let all = matching.flat_map(|(_, members)| members).copied().chain(self.members(room));
        let is_left_out = |conn: &ConnId| {
            except.conns.contains(conn)
                || except.rooms.iter().any(|room| self.members(room).contains(conn))
        };
        all.filter(|conn| !is_left_out(conn)).collect()
    }

    fn leave(&mut self, conn: ConnId) -> Vec<&'static str> {
        let mut vacated = Vec::new();
        for (room, members) in &mut self.rooms {
            if members.remove(&conn) && members.is_empty() {
                vacated.push(*room);
            }
        }
        for members in self.patterns.values_mut() {
            members.remove(&conn);
        }
        vacated
    }
}

/// Two hubs, and the connections that live.
struct World {
    rooms: Rooms,
    hubs: [HubId; 2],
    models: [Model; 2],
    conns: Vec<ConnId>,
    generation: u32,
    numbers: Numbers,
}

const SEATS_MAX: usize = 6;
const MEMBERS_MAX: usize = 20;

impl World {
    fn new(seed: u64) -> Self {
        let mut rooms = Rooms::default();
        let options = HubOptions {
            max_rooms_per_socket: SEATS_MAX,
            max_members: MEMBERS_MAX,
            ..HubOptions::default()
        };
        let hubs = [rooms.add_hub(options), rooms.add_hub(options)];
        for hub in hubs {
            rooms.set_tells(hub, true);
        }
        let conns = (0..30).map(|slot| ConnId::new(slot, 0)).collect();
        let models = [Model::default(), Model::default()];
        Self { rooms, hubs, models, conns, generation: 0, numbers: Numbers(seed) }
    }

    fn step(&mut self) {
        let hub = self.numbers.below(2);
        let slot = self.numbers.below(self.conns.len());
        let (id, conn) = (self.hubs[hub], self.conns[slot]);
        let (kind, name) = if self.numbers.below(4) == 0 {
            (Kind::Pattern, PATTERNS[self.numbers.below(PATTERNS.len())])
        } else {
            (Kind::Room, NAMES[self.numbers.below(NAMES.len())])
        };
        let mut told: Vec<(HubId, &str, bool)> = Vec::new();
        match self.numbers.below(10) {
            0..5 => {
                let seats: usize = self.models.iter().map(|model| model.seats(conn)).sum();
                let members = self.models[hub].of(kind).entry(name).or_default();
                let expected = if members.contains(&conn) {
                    Ok(false)
                } else if seats == SEATS_MAX {
                    Err(JoinError::TooManyRoomsOfSocket(SEATS_MAX))
                } else if members.len() == MEMBERS_MAX {
                    Err(JoinError::TooManyMembers(MEMBERS_MAX))
                } else {
                    Ok(members.insert(conn))
                };
                if expected == Ok(true) && members.len() == 1 && kind == Kind::Room {
                    told.push((id, name, true));
                }
                assert_eq!(self.rooms.join(id, conn, name, kind), expected);
            }
            5..8 => {
                let members = self.models[hub].of(kind).entry(name).or_default();
                let expected = members.remove(&conn);
                if expected && members.is_empty() && kind == Kind::Room {
                    told.push((id, name, false));
                }
                assert_eq!(self.rooms.leave(id, conn, name, kind), expected);
            }
            8 => {
                let left = self.models[hub].seats(conn) > 0;
                told.extend(self.models[hub].leave(conn).iter().map(|room| (id, *room, false)));
                assert_eq!(self.rooms.leave_hub(id, conn), left);
            }
            _ => {
                // The connection ends, and another one has its slot.
                for (model, id) in self.models.iter_mut().zip(self.hubs) {
                    told.extend(model.leave(conn).iter().map(|room| (id, *room, false)));
                }
                self.rooms.leave_all(conn);
                self.generation += 1;
                self.conns[slot] = ConnId::new(u32::try_from(slot).unwrap(), self.generation);
            }
        }
        self.check_told(told);
        self.check_publish(hub);
    }

    fn check_told(&mut self, told: Vec<(HubId, &str, bool)>) {
        let told: BTreeSet<_> = told
            .into_iter()
            .map(|(hub, room, occupied)| (hub, room.to_owned(), occupied))
            .collect();
        let news = self.rooms.news.drain(..);
        let heard: BTreeSet<_> = news
            .map(|RoomNews { hub, room, occupied }| (hub, room.to_string(), occupied))
            .collect();
        assert_eq!(heard, told);
    }

    fn check_publish(&mut self, hub: usize) {
        let room = NAMES[self.numbers.below(NAMES.len())];
        let mut except = Except::default();
        for _ in 0..self.numbers.below(3) {
            except.conns.push(self.conns[self.numbers.below(self.conns.len())]);
        }
        if self.numbers.below(3) == 0 {
            except.rooms.push(NAMES[self.numbers.below(NAMES.len())].to_owned());
        }
        let (id, mut receivers) = (self.hubs[hub], Vec::new());
        self.rooms.receivers(id, room, &mut receivers);
        self.rooms.without(id, &except, &mut receivers);
        let once: BTreeSet<ConnId> = receivers.iter().copied().collect();
        assert_eq!(once.len(), receivers.len(), "each once");
        assert_eq!(once, self.models[hub].receivers(room, &except));
    }

    /// Everything that can be asked.
    fn check_all(&self) {
        for (id, model) in self.hubs.into_iter().zip(&self.models) {
            let occupied = |rooms: &BTreeMap<&'static str, BTreeSet<ConnId>>| -> BTreeSet<String> {
                let rooms = rooms.iter().filter(|(_, members)| !members.is_empty());
                rooms.map(|(name, _)| (*name).to_owned()).collect()
            };
            let names = self.rooms.names(id);
            assert_eq!(names.len(), occupied(&model.rooms).len());
            assert_eq!(
                names.iter().map(ToString::to_string).collect::<BTreeSet<_>>(),
                occupied(&model.rooms)
            );
            for name in NAMES {
                let members: BTreeSet<ConnId> =
                    self.rooms.members(id, name).iter().copied().collect();
                assert_eq!(members, model.members(name));
            }
            for conn in self.conns.iter().copied() {
                let names: BTreeSet<String> = self
                    .rooms
                    .names_of(id, conn, Kind::Room)
                    .iter()
                    .map(ToString::to_string)
                    .collect();
                let expected = model.rooms.iter().filter(|(_, members)| members.contains(&conn));
                assert_eq!(names, expected.map(|(name, _)| (*name).to_owned()).collect());
                assert_eq!(self.rooms.knows(id, conn), model.seats(conn) > 0);
                for name in NAMES {
                    let is_in = model.members(name).contains(&conn);
                    assert_eq!(self.rooms.contains(id, conn, name), is_in);
                }
            }
            let known: BTreeSet<ConnId> = self.rooms.known_to(id).collect();
            let expected = self.conns.iter().copied().filter(|conn| model.seats(*conn) > 0);
            assert_eq!(known, expected.collect());
        }
    }
}

#[test]
fn rooms_are_what_a_plain_model_says() {
    // A debug build takes a hundred times as long for each.
    let steps = if cfg!(debug_assertions) { 20_000 } else { 1_000_000 };
    for seed in [1, 2] {
        let mut world = World::new(seed);
        for step in 0..steps / 2 {
            world.step();
            if step % 500 == 0 {
                world.check_all();
            }
        }
        for conn in world.conns.clone() {
            world.rooms.leave_all(conn);
        }
        assert!(world.rooms.is_empty(), "nothing is left");
    }
}

#[test]
fn a_hub_that_nobody_can_reach_takes_its_rooms_along() {
    let mut rooms = Rooms::default();
    let hubs = [(); 2].map(|()| rooms.add_hub(HubOptions::default()));
    let conn = ConnId::new(0, 1);
    for hub in hubs {
        rooms.join(hub, conn, "room", Kind::Room).unwrap();
        rooms.join(hub, conn, "*", Kind::Pattern).unwrap();
    }
    rooms.remove_hub(hubs[0]);
    assert!(!rooms.knows(hubs[0], conn) && rooms.contains(hubs[1], conn, "room"));
    assert_eq!(rooms.join(hubs[0], conn, "room", Kind::Room), Ok(false));
    rooms.remove_hub(hubs[1]);
    assert!(rooms.is_empty());
}

#[test]
fn a_hub_is_forgotten_with_the_last_of_its_handles() {
    let mut hubs = Hubs::default();
    let first = hubs.add(HubOptions::default());
    let (id, second) = (first.id(), first.clone());
    hubs.rooms.join(id, ConnId::new(0, 1), "room", Kind::Room).unwrap();
    drop(first);
    hubs.forget_unused();
    assert!(!hubs.rooms.is_empty());
    drop(second);
    assert!(!hubs.rooms.is_empty(), "nothing happens where garbage is collected");
    hubs.forget_unused();
    assert!(hubs.rooms.is_empty());
}

#[test]
fn each_limit_is_one() {
    let mut rooms = Rooms::default();
    let options = HubOptions {
        max_rooms: 2,
        max_rooms_per_socket: 4,
        max_members: 2,
        max_patterns: 1,
        max_patterns_per_socket: 4,
        max_name_length: 5,
    };
    let hub = rooms.add_hub(options);
    let conns: Vec<ConnId> = (0..5).map(|slot| ConnId::new(slot, 1)).collect();
    let mut join = |conn: usize, name, kind| rooms.join(hub, conns[conn], name, kind);
    assert_eq!(join(0, "wasser", Kind::Room), Err(JoinError::NameTooLong { bytes: 6, max: 5 }));
    assert_eq!(join(0, "a", Kind::Room), Ok(true));
    assert_eq!(join(0, "b", Kind::Room), Ok(true));
    assert_eq!(join(0, "c", Kind::Room), Err(JoinError::TooManyRooms(2)));
    assert_eq!(join(0, "a*", Kind::Pattern), Ok(true));
    assert_eq!(join(0, "b*", Kind::Pattern), Err(JoinError::TooManyPatterns(1)));
    assert_eq!(join(1, "a", Kind::Room), Ok(true));
    assert_eq!(join(2, "a", Kind::Room), Err(JoinError::TooManyMembers(2)));
    // Room for another one, once one is gone.
    assert!(rooms.leave(hub, conns[0], "b", Kind::Room));
    assert_eq!(rooms.join(hub, conns[0], "c", Kind::Room), Ok(true));
}
