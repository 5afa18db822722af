//! What a role can reach while it works: its own connection, and what all connections share.

use std::cell::Cell;
use std::hash::{BuildHasher, RandomState};
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Instant;

use super::unsent::SpareUnsent;
use crate::host::date::DateText;
use crate::host::gate::Denial;
use crate::host::options::WebSocketOptions;
use crate::host::place::Place;
use crate::host::proxies::Client;
use crate::host::restraint::lifetime;
use crate::host::schedule::Schedule;
use crate::host::server::Server;
use crate::host::table::Table;
use crate::host::warnings::Warnings;
use crate::id::{ConnId, ServerId};
use crate::net::buffer_pool::BufferPool;
use crate::net::out_buffer::OutBuffer;
use crate::proto::http1::Headers;

/// The host but for its connections.
pub(in crate::host) struct Shared {
    /// The instant of this turn.
    pub(in crate::host) now: Instant,
    pub(in crate::host) servers: Table<Server>,
    pub(in crate::host) buffers: BufferPool,
    pub(in crate::host) spare_unsent: SpareUnsent,
    pub(in crate::host) date: DateText,
    pub(in crate::host) warnings: Warnings,
    /// How many connections of scripts keep no process alive.
    pub(in crate::host) unreferenced: Rc<Cell<usize>>,
    /// What numbers WebSockets.
    place: Place,
    /// How many messages the script has wanted to hear of.
    marks: u64,
}

impl Shared {
    pub(in crate::host) fn new(now: Instant, place: Place) -> Self {
        Self {
            now,
            servers: Table::default(),
            buffers: BufferPool::default(),
            spare_unsent: SpareUnsent::default(),
            date: DateText::default(),
            warnings: Warnings::default(),
            unreferenced: Rc::default(),
            place,
            marks: 0,
        }
    }

    /// What no other message is known by.
    pub(super) fn next_mark(&mut self) -> u64 {
        self.marks += 1;
        self.marks
    }

    /// A number that no other WebSocket of this process has.
    pub(in crate::host) fn next_number(&self) -> u64 {
        self.place.next_number()
    }

    pub(in crate::host) fn begin_turn(&mut self, now: Instant) {
        self.now = now;
        self.date.begin_turn();
    }
}

/// A connection but for its role, and what all connections share.
pub(in crate::host) struct RoleContext<'a> {
    pub(in crate::host) id: ConnId,
    /// The server that accepted it, unless it goes out.
    pub(in crate::host) server: Option<ServerId>,
    /// The address of the peer, where it has one.
    pub(in crate::host) peer: &'a mut Option<SocketAddr>,
    pub(in crate::host) out: &'a mut OutBuffer,
    pub(in crate::host) schedule: &'a mut Schedule,
    pub(in crate::host) shared: &'a mut Shared,
}

impl RoleContext<'_> {
    pub(in crate::host) fn now(&self) -> Instant {
        self.shared.now
    }

    /// Where to append what the peer is to be sent.
    #[inline]
    pub(in crate::host) fn out(&mut self) -> &mut Vec<u8> {
        self.out.tail(&mut self.shared.buffers)
    }

    /// The same, with the text of the `Date` field.
    #[inline]
    pub(in crate::host) fn out_and_date(&mut self) -> (&mut Vec<u8>, &str) {
        let Shared { buffers, date, .. } = &mut *self.shared;
        (self.out.tail(buffers), date.at_wall_clock())
    }

    /// Holds a WebSocket that opens to what its server asks for.
    pub(in crate::host) fn restrain(&mut self, options: &WebSocketOptions) {
        let now = self.now();
        if let Some(limit) = &options.rate_limit {
            self.schedule.restraint.get_or_insert_default().limit_rate(limit.clone(), now);
        }
        if let Some(most) = options.max_lifetime {
            let lasts = lifetime(most, chance(self.id));
            self.schedule.restraint.get_or_insert_default().ends_at = now.checked_add(lasts);
        }
    }

    /// Whether its server closes within a time that is set.
    pub(in crate::host) fn is_draining(&self) -> bool {
        let server = self.server.and_then(|server| self.shared.servers.get(server));
        server.is_some_and(|server| server.drains)
    }

    /// Whom a request on this connection comes from. Only its link knows whether it speaks TLS.
    pub(in crate::host) fn client(&self, headers: &Headers) -> Client {
        let server = self.server.and_then(|id| self.shared.servers.get(id));
        let client = server.map(|server| server.client(*self.peer, false, headers));
        client.unwrap_or_default()
    }

    /// Counts the client for whom a balancer speaks.
    pub(in crate::host) fn admit_announced(&mut self) -> Result<(), Denial> {
        let (now, peer) = (self.now(), *self.peer);
        let server = self.server.and_then(|id| self.shared.servers.get_mut(id));
        let Some(server) = server.filter(|server| !server.counts_clients_of(peer)) else {
            return Ok(());
        };
        if let Some(key) = server.admit_one(peer, now)? {
            let held = self.schedule.restraint.get_or_insert_default();
            held.counted_as = Some((server.id, key));
        }
        Ok(())
    }

    /// Counts the client for whom a proxy has passed an opening handshake on, which could not be done
    /// before.
    pub(in crate::host) fn admit_client(&mut self, client: &Client) -> Result<(), Denial> {
        let counted = self.schedule.restraint.as_ref().and_then(|held| held.counted_as);
        let (now, peer) = (self.now(), *self.peer);
        let server = self.server.and_then(|id| self.shared.servers.get_mut(id));
        let Some(server) = server else { return Ok(()) };
        if counted.is_some() || !server.counts_clients_of(peer) {
            return Ok(());
        }
        if let Some(key) = server.admit_one(client.address, now)? {
            let held = self.schedule.restraint.get_or_insert_default();
            held.counted_as = Some((server.id, key));
        }
        Ok(())
    }

    /// The server that accepted the connection.
    pub(in crate::host) fn server_mut(&mut self) -> Option<&mut Server> {
        self.shared.servers.get_mut(self.server?)
    }
}

/// What one write did.
#[derive(Clone, Copy, Debug)]
pub(in crate::host) struct Flush {
    /// Bytes that the kernel took.
    pub(in crate::host) written: usize,
    /// Nothing is left.
    pub(in crate::host) done: bool,
    /// Something was left of the write before.
    pub(in crate::host) was_behind: bool,
}

impl Flush {
    /// The peer has caught up.
    pub(in crate::host) fn drained(self) -> bool {
        self.done && self.was_behind
    }

    /// Bytes wait, and the time that the peer gets to take the next ones begins now: it took some,
    /// or has just stopped.
    pub(in crate::host) fn stalls(self) -> bool {
        !self.done && (self.written > 0 || !self.was_behind)
    }
}

/// A number from 0 to 1 that differs between connections and between processes, which is all that it
/// is for.
fn chance(id: ConnId) -> f64 {
    let bits = u32::try_from(RandomState::new().hash_one(id) >> 32).unwrap_or_default();
    f64::from(bits) / f64::from(u32::MAX)
}
