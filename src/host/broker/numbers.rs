//! Numbers of messages: each node counts its own. In a room, a message says which one came before
//! it, so whoever hears only some rooms knows all the same when one is missing.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;

use super::envelope::{Head, Origin};
use crate::limits::{BROKER_NODES_PER_ROOM_MAX, BROKER_STREAMS_MAX};

/// What is known of names, up to a number of them; those that were used long ago are forgotten.
#[derive(Debug)]
struct Recent<K, V> {
    now: HashMap<K, V>,
    before: HashMap<K, V>,
}

impl<K: Eq + Hash, V> Recent<K, V> {
    fn new() -> Self {
        Self { now: HashMap::new(), before: HashMap::new() }
    }

    #[expect(clippy::expect_used, reason = "a look-up that returns early cannot be borrowed")]
    fn entry<Q>(&mut self, key: &Q, new: impl FnOnce() -> V) -> &mut V
    where
        K: Borrow<Q> + for<'a> From<&'a Q>,
        Q: Eq + Hash + ?Sized,
    {
        if !self.now.contains_key(key) {
            let value = self.before.remove(key).unwrap_or_else(new);
            if self.now.len() >= BROKER_STREAMS_MAX {
                self.before = std::mem::take(&mut self.now);
            }
            self.now.insert(K::from(key), value);
        }
        self.now.get_mut(key).expect("it is there, or was just put there")
    }

    fn get_mut<Q: Eq + Hash + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        self.now.get_mut(key).or_else(|| self.before.get_mut(key))
    }

    fn iter_mut(&mut self) -> impl Iterator<Item = (&K, &mut V)> {
        self.now.iter_mut().chain(&mut self.before)
    }
}

/// The numbers that a node gives.
#[derive(Debug)]
pub(super) struct Sender {
    pub(super) origin: Origin,
    number: u64,
    /// The latest of each room; what is for everybody is in one of its own.
    rooms: Recent<Box<str>, u64>,
    everybody: u64,
}

impl Sender {
    pub(super) fn new(origin: Origin) -> Self {
        Self { origin, number: 0, rooms: Recent::new(), everybody: 0 }
    }

    #[cfg(test)]
    pub(super) fn last_number(&self) -> u64 {
        self.number
    }

    /// The number of the next message, and that of the one before in the same room.
    pub(super) fn next(&mut self, room: Option<&str>) -> (u64, Option<u64>) {
        self.number += 1;
        let last = match room {
            Some(room) => self.rooms.entry(room, || 0),
            None => &mut self.everybody,
        };
        let previous = std::mem::replace(last, self.number);
        (self.number, (previous > 0).then_some(previous))
    }
}

/// What has come from others.
#[derive(Debug)]
pub(super) struct Tracker {
    rooms: Recent<Box<str>, Vec<Seen>>,
    everybody: Vec<Seen>,
}

/// The latest message of one node in one room.
#[derive(Clone, Copy, Debug)]
struct Seen {
    origin: Origin,
    number: u64,
    /// The room was left since: what is missing up to the next one is missed by nobody.
    was_left: bool,
}

impl Seen {
    /// The next message of each node follows upon nothing.
    fn break_off(all: &mut [Self]) {
        for seen in all {
            seen.was_left = true;
        }
    }
}

/// What is to be done with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is the next one, or the first.
    Next,
    /// It has been here, or a later one has.
    Duplicate,
    /// Between these numbers, some may be missing.
    Gap(u64, u64),
}

impl Tracker {
    pub(super) fn new() -> Self {
        Self { rooms: Recent::new(), everybody: Vec::new() }
    }

    /// Takes note of a message.
    pub(super) fn note(&mut self, head: &Head<'_>) -> Verdict {
        let seen = match head.room {
            Some(room) => self.rooms.entry(room, Vec::new),
            None => &mut self.everybody,
        };
        let new = Seen { origin: head.origin, number: head.number, was_left: false };
        let Some(known) = seen.iter_mut().find(|known| known.origin.node == head.origin.node)
        else {
            if seen.len() >= BROKER_NODES_PER_ROOM_MAX {
                seen.remove(0);
            }
            seen.push(new);
            return Verdict::Next;
        };
        // It was started anew.
        if known.origin.epoch != head.origin.epoch {
            *known = new;
            return Verdict::Next;
        }
        if head.number <= known.number {
            return Verdict::Duplicate;
        }
        let before = std::mem::replace(known, new);
        let is_next = head.previous.is_some_and(|previous| previous <= before.number);
        if is_next || before.was_left {
            return Verdict::Next;
        }
        // Without the number before, the node has forgotten it.
        Verdict::Gap(before.number + 1, head.previous.unwrap_or(head.number - 1))
    }

    /// A room is not heard any more: what is missing from now on is missed by nobody. What comes
    /// twice is still known, since it may be sent again long after the room is heard anew.
    pub(super) fn note_left(&mut self, room: &str) {
        if let Some(seen) = self.rooms.get_mut(room) {
            Seen::break_off(seen);
        }
    }

    /// The same for all but some.
    pub(super) fn note_left_all_but(&mut self, keeps: impl Fn(&str) -> bool) {
        for (_, seen) in self.rooms.iter_mut().filter(|(room, _)| !keeps(room)) {
            Seen::break_off(seen);
        }
    }
}
