//! Deadlines: a heap that yields what is due, in order of time, then of arming.
//!
//! Nothing is ever removed from the middle. The owner of a key knows whether an entry still
//! counts; `compact` drops those that do not once they outnumber the rest.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::time::Instant;

use crate::limits::STALE_DEADLINES_MIN;

/// A heap of deadlines, each with the key of its owner.
pub struct Timers<K> {
    heap: BinaryHeap<Reverse<Entry<K>>>,
    sequence: u64,
}

struct Entry<K> {
    deadline: Instant,
    sequence: u64,
    key: K,
}

impl<K> Default for Timers<K> {
    fn default() -> Self {
        Self { heap: BinaryHeap::new(), sequence: 0 }
    }
}

impl<K> Timers<K> {
    /// Adds a deadline.
    pub fn arm(&mut self, deadline: Instant, key: K) {
        self.sequence += 1;
        self.heap.push(Reverse(Entry { deadline, sequence: self.sequence, key }));
    }

    /// The next deadline, stale or not.
    pub fn next_deadline(&self) -> Option<Instant> {
        self.heap.peek().map(|entry| entry.0.deadline)
    }

    /// Takes the next entry whose time has come.
    pub fn pop_due(&mut self, now: Instant) -> Option<(Instant, K)> {
        if self.next_deadline()? > now {
            return None;
        }
        self.heap.pop().map(|Reverse(entry)| (entry.deadline, entry.key))
    }

    /// Drops stale entries when they outnumber the `live` ones, so that a script that arms and
    /// clears in a loop does not grow the heap.
    pub fn compact(&mut self, live: usize, mut counts: impl FnMut(Instant, &K) -> bool) {
        if self.heap.len() > STALE_DEADLINES_MIN && self.heap.len() > live * 2 {
            self.heap.retain(|Reverse(entry)| counts(entry.deadline, &entry.key));
        }
    }

    /// How many entries there are, stale ones included.
    pub fn len(&self) -> usize {
        self.heap.len()
    }

    /// Whether there is no entry at all.
    pub fn is_empty(&self) -> bool {
        self.heap.is_empty()
    }
}

impl<K> PartialEq for Entry<K> {
    fn eq(&self, other: &Self) -> bool {
        (self.deadline, self.sequence) == (other.deadline, other.sequence)
    }
}

impl<K> Eq for Entry<K> {}

impl<K> PartialOrd for Entry<K> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<K> Ord for Entry<K> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.deadline, self.sequence).cmp(&(other.deadline, other.sequence))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn start() -> Instant {
        crate::net::reactor::monotonic_clock()
    }

    #[test]
    fn due_entries_come_in_order_of_time_then_of_arming() {
        let t0 = start();
        let mut timers = Timers::default();
        timers.arm(t0 + Duration::from_millis(2), "late");
        timers.arm(t0 + Duration::from_millis(1), "first");
        timers.arm(t0 + Duration::from_millis(1), "second");
        assert!(timers.pop_due(t0).is_none());
        let now = t0 + Duration::from_millis(1);
        assert_eq!(timers.pop_due(now).map(|due| due.1), Some("first"));
        assert_eq!(timers.pop_due(now).map(|due| due.1), Some("second"));
        assert!(timers.pop_due(now).is_none());
        assert_eq!(timers.next_deadline(), Some(t0 + Duration::from_millis(2)));
    }

    #[test]
    fn stale_entries_are_dropped_once_they_outnumber_the_live() {
        let t0 = start();
        let mut timers = Timers::default();
        for key in 0..1000 {
            timers.arm(t0, key);
        }
        timers.compact(10, |_, key| *key < 10);
        assert_eq!(timers.len(), 10);
    }
}
