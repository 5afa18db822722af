//! The place of a host among those of its process: each is on a thread of its own.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::net::bell::Bell;
use crate::net::reactor::Waker;

/// How many bits of a number count the WebSockets of one place: a thousand a second for 8 years.
const SERIAL_BITS: u32 = 38;

/// How many bits of a number are the place. The eight above are the node's: numbers of scripts have
/// 53 bits.
const PLACE_BITS: u32 = 7;

/// The place that the number of a WebSocket names, as [`Place::among_nodes`] says it.
pub(super) fn place_of(number: u64) -> u64 {
    number >> SERIAL_BITS
}

/// The process that has such a place; 0 if it was not numbered.
pub(super) fn node_of(place: u64) -> u64 {
    place >> PLACE_BITS
}

/// The place of one host.
#[derive(Clone)]
pub struct Place {
    /// From 0. With the node it is no other's at the same time.
    index: u64,
    /// The number of the process among those that know each other's WebSockets.
    node: u64,
    /// How many WebSockets there have been here. Whoever has the place next counts on.
    serial: Arc<AtomicU64>,
    /// Rings when there is something on a bus.
    bell: Arc<Bell<Arc<Waker>>>,
}

impl Place {
    /// The place with this index, from 0 to 127, of a node from 0 to 255.
    pub(super) fn new(node: u8, index: usize, serial: Arc<AtomicU64>, waker: Arc<Waker>) -> Self {
        let index = index as u64 & ((1 << PLACE_BITS) - 1);
        Self { index, node: node.into(), serial, bell: Arc::new(Bell::new(waker)) }
    }

    /// A number that no other WebSocket has: of this process, and of all whose nodes differ. Those of
    /// place 0 of node 0 are 1, 2, 3 and so on.
    pub(super) fn next_number(&self) -> u64 {
        let serial = self.serial.fetch_add(1, Ordering::Relaxed) + 1;
        (self.packed() << SERIAL_BITS) | (serial & ((1 << SERIAL_BITS) - 1))
    }

    /// Whether a number is that of a WebSocket of this place.
    pub(super) fn has_number(&self, number: u64) -> bool {
        place_of(number) == self.packed()
    }

    /// What tells the numbers of this place from all others, those of other processes too; `None`
    /// while nobody has numbered the processes.
    pub(super) fn among_nodes(&self) -> Option<u64> {
        (self.node != 0).then(|| self.packed())
    }

    pub(super) fn bell(&self) -> &Bell<Arc<Waker>> {
        &self.bell
    }

    fn packed(&self) -> u64 {
        (self.node << PLACE_BITS) | self.index
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::reactor::Reactor;

    #[test]
    fn numbers_are_those_of_one_place() {
        let waker = Reactor::new().unwrap().waker();
        let place = |node, index, serial| Place::new(node, index, serial, waker.clone());
        let first = place(0, 0, Arc::default());
        assert_eq!([first.next_number(), first.next_number()], [1, 2]);
        let serial = Arc::<AtomicU64>::default();
        let last = place(0, 127, serial.clone());
        assert_eq!(last.next_number(), (127 << 38) + 1);
        // Whoever has the place next goes on.
        assert_eq!(place(0, 127, serial).next_number(), (127 << 38) + 2);
        let other = place(255, 127, Arc::default());
        let number = other.next_number();
        assert!(number < 1 << 53);
        let places = [&first, &last, &other].map(|place| place.has_number(number));
        assert_eq!(places, [false, false, true]);
    }
}
