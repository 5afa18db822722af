//! The connections to brokers of the process, and who is told of them.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use super::broker::{Carrier, Line, NatsClient, RedisClient, Sharded};
use crate::id::HubId;

/// The lines of the process.
#[derive(Default)]
pub(super) struct Lines {
    pub(super) all: Vec<Entry>,
    /// One of them may have something to do.
    pub(super) stirred: Rc<Cell<bool>>,
    /// The process is ending: no connection is made again.
    pub(super) ending: bool,
    /// How many clients there have been.
    pub(super) clients: u64,
}

pub(super) struct Entry {
    pub(super) line: Rc<RefCell<Line>>,
    pub(super) owner: Owner,
}

/// Who is told of a line.
pub(super) enum Owner {
    Bus(HubId, Rc<RefCell<Carrier>>),
    /// One of the connections of a bus that is sharded.
    Shard(HubId, Rc<RefCell<Carrier>>, Weak<RefCell<Sharded>>),
    /// A client of a script, by its number.
    Redis(u64, Rc<RefCell<RedisClient>>),
    Nats(u64, Rc<RefCell<NatsClient>>),
}

impl Lines {
    /// Whether a line is to be looked at before the next sleep.
    pub(super) fn is_stirred(&self) -> bool {
        self.stirred.get()
    }

    /// A number for a new client.
    pub(super) fn next_client(&mut self) -> u64 {
        self.clients += 1;
        self.clients
    }

    /// The client of Redis with this number.
    pub(super) fn redis(&self, number: u64) -> Option<&Rc<RefCell<RedisClient>>> {
        self.all.iter().find_map(|entry| match &entry.owner {
            Owner::Redis(known, client) if *known == number => Some(client),
            _ => None,
        })
    }

    /// The client of NATS with this number.
    pub(super) fn nats(&self, number: u64) -> Option<&Rc<RefCell<NatsClient>>> {
        self.all.iter().find_map(|entry| match &entry.owner {
            Owner::Nats(known, client) if *known == number => Some(client),
            _ => None,
        })
    }

    /// Connections that do not keep the process alive.
    pub(super) fn quiet(&self) -> usize {
        let quiet = |entry: &&Entry| {
            let line = entry.line.borrow();
            line.conn.is_some() && !line.speaker.keeps_alive()
        };
        self.all.iter().filter(quiet).count()
    }
}
