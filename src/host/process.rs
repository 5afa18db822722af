//! What the hosts of one process share, each of which is on a thread of its own: buses, numbers of
//! WebSockets, and what they listen on.

use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, PoisonError};

use super::hub::Exchanges;
use super::listening::Listening;
use super::place::Place;
use crate::limits::PLACES_MAX;
use crate::net::reactor::Waker;

/// What they share.
#[derive(Default)]
pub struct Process {
    /// The number of the machine, or whatever else the process is one of.
    node: u8,
    pub(super) exchanges: Exchanges,
    pub(super) listening: Listening,
    /// How many WebSockets there have been, by place.
    serials: Mutex<Vec<Arc<AtomicU64>>>,
    /// Several threads run the same program: what listens is shared.
    is_shared: bool,
}

impl Process {
    /// A process whose threads, if there are several, run programs of their own. `node` tells it apart
    /// from others that know its WebSockets.
    pub fn new(node: u8) -> Self {
        Self { node, ..Self::default() }
    }

    /// One whose threads run the same program: what one of them listens on, all do.
    pub fn of_workers(node: u8) -> Self {
        Self { node, is_shared: true, ..Self::default() }
    }

    /// A place, from 0, for the host whose loop `waker` wakes. Nobody else may have it at the same
    /// time.
    pub fn place(&self, index: usize, waker: Arc<Waker>) -> Place {
        let index = index.min(PLACES_MAX - 1);
        let mut serials = self.serials.lock().unwrap_or_else(PoisonError::into_inner);
        while serials.len() <= index {
            serials.push(Arc::default());
        }
        Place::new(self.node, index, serials[index].clone(), waker)
    }

    /// A place that nobody has; `None` if there is none.
    pub fn free_place(&self, waker: Arc<Waker>) -> Option<Place> {
        let mut serials = self.serials.lock().unwrap_or_else(PoisonError::into_inner);
        let free = serials.iter().position(|serial| Arc::strong_count(serial) == 1);
        let index = free.unwrap_or(serials.len());
        if index >= PLACES_MAX {
            return None;
        }
        if index == serials.len() {
            serials.push(Arc::default());
        }
        Some(Place::new(self.node, index, serials[index].clone(), waker))
    }

    /// Whether what one host listens on is for all.
    pub(super) fn is_shared(&self) -> bool {
        self.is_shared
    }
}
