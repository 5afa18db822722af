//! The host: every connection and server, driven by readiness and deadlines, seen as events.
//!
//! It owns sockets and protocol state in a slab; everything above holds identifiers only, and a
//! stale one finds nothing. It knows no JavaScript: a turn is `poll`, then `next_event` until
//! there is none, then `flush`. Bytes read stay in the caller's [`Input`] while their events are
//! handled, so that a message can go from the socket into a string without a copy in between.

mod client;
mod conn;
mod event;
mod http;
mod input;
mod server;
mod traffic;
mod upgrade;
mod websocket;

use std::collections::VecDeque;
use std::io;
use std::time::{Duration, Instant};

use slab::Slab;

pub use client::ClientOptions;
pub use conn::Agreed;
pub use event::{Cause, Closed, ConnError, Event, Message};
pub use http::Reply;
pub use input::Input;
pub use server::{ListenAddress, OriginPolicy, ServerOptions};
pub use upgrade::Acceptance;
pub use websocket::{OpeningFacts, SendError, SendOutcome, WebSocketOptions};

use crate::id::{ConnId, ServerId};
use crate::net::connect::resolve;
use crate::net::out_buffer::BufferPool;
use crate::net::pool::Pool;
use crate::net::reactor::{Reactor, Ready};
use crate::net::signals::Signals;
use crate::net::stdin::{Stdin, StdinChunk};
use crate::net::timers::Timers;
use conn::Conn;
use http::DateText;
use server::Server;

/// Tokens with this bit are servers, the others connections.
const SERVER_TOKEN: u64 = 1 << 63;
/// Readiness of signal pipes: far above any server's index.
const SIGNAL_TOKEN: u64 = SERVER_TOKEN | (1 << 62);
/// Generations leave the token's two top bits alone.
const GENERATION_MASK: u32 = 0x3FFF_FFFF;

/// All sockets of the process and what is known about them.
pub struct Host {
    reactor: Reactor,
    conns: Slab<Box<Conn>>,
    servers: Slab<Server>,
    /// The generation of the next slot used, in either slab.
    generation: u32,
    buffers: BufferPool,
    timers: Timers<ConnId>,
    /// What the last poll brought; empty between polls, kept for its memory.
    readiness: Vec<Ready>,
    /// Connections to read from in this turn.
    ready: VecDeque<ConnId>,
    /// Connections to read from again in the next turn: they had more than one read's worth.
    again: Vec<ConnId>,
    /// Servers with connections to accept, now or after the retry time.
    accepting: Vec<ServerId>,
    accept_retry: Option<Instant>,
    /// When it was last said that no connection can be accepted.
    accept_warned: Option<Instant>,
    /// Connections with bytes to write at the end of this turn.
    dirty: Vec<ConnId>,
    queue: VecDeque<Event>,
    pool: Pool,
    signals: Signals,
    stdin: Option<Stdin>,
    date: DateText,
}

impl Host {
    /// Opens the reactor. Nothing else is started before it is needed.
    pub fn new() -> io::Result<Self> {
        let reactor = Reactor::new()?;
        let pool = Pool::new(reactor.waker());
        Ok(Self {
            reactor,
            conns: Slab::new(),
            servers: Slab::new(),
            generation: 0,
            buffers: BufferPool::default(),
            timers: Timers::default(),
            readiness: Vec::new(),
            ready: VecDeque::new(),
            again: Vec::new(),
            accepting: Vec::new(),
            accept_retry: None,
            accept_warned: None,
            dirty: Vec::new(),
            queue: VecDeque::new(),
            pool,
            signals: Signals::default(),
            stdin: None,
            date: DateText::default(),
        })
    }

    /// The instant of this turn.
    pub fn now(&self) -> Instant {
        self.reactor.now()
    }

    /// Reads the clock again, within a turn.
    pub fn refresh_now(&mut self) -> Instant {
        self.reactor.refresh_now()
    }

    /// Whether anything here keeps the process alive: a referenced server, a connection, a name
    /// look-up, news that the script has not heard yet.
    pub fn is_alive(&self) -> bool {
        !self.conns.is_empty()
            || !self.queue.is_empty()
            || self.pool.pending() > 0
            || self.servers.iter().any(|(_, server)| server.keeps_alive())
    }

    /// Sleeps until a socket is ready, a deadline of a connection passes, or `deadline` (a
    /// script's timer) comes, then notes what there is to do.
    pub fn poll(&mut self, deadline: Option<Instant>, busy: bool) -> io::Result<()> {
        let timeout =
            if busy || self.has_work() { Some(Duration::ZERO) } else { self.wait(deadline) };
        self.ready.extend(self.again.drain(..));
        let mut readiness = std::mem::take(&mut self.readiness);
        self.reactor.poll(timeout, |ready| readiness.push(ready))?;
        self.date.begin_turn();
        let mut signalled = false;
        for ready in readiness.drain(..) {
            signalled |= self.note(ready);
        }
        self.readiness = readiness;
        if signalled {
            self.queue.push_back(Event::Signal);
        }
        let now = self.now();
        if self.accept_retry.is_some_and(|at| at <= now) {
            self.accept_retry = None;
        }
        while let Some((key, outcome)) = self.pool.poll_result() {
            self.handle_resolved(ConnId::from(key), outcome);
        }
        while let Some((deadline, id)) = self.timers.pop_due(now) {
            self.handle_deadline(id, deadline, now);
        }
        if self.accept_retry.is_none() {
            for id in std::mem::take(&mut self.accepting) {
                self.accept(id);
            }
        }
        Ok(())
    }

    /// The next thing that happened. Payloads of messages lie in `input` until the next call.
    pub fn next_event(&mut self, input: &mut Input) -> Option<Event> {
        loop {
            if let Some(event) = self.queue.pop_front() {
                return Some(event);
            }
            if let Some(id) = input.conn() {
                if input.is_exhausting() {
                    self.put_aside(id, input);
                    continue;
                }
                match self.advance(id, input) {
                    Some(event) => {
                        input.count_event();
                        return Some(event);
                    }
                    None => self.finish_input(id, input),
                }
                continue;
            }
            let id = self.ready.pop_front()?;
            self.fill(id, input);
        }
    }

    /// Gives each connection that has something to say its one write.
    pub fn flush(&mut self) {
        let mut next = 0;
        // A pong that waited for its turn may put its connection on the list again.
        while let Some(id) = self.dirty.get(next).copied() {
            self.flush_conn(id);
            next += 1;
        }
        self.dirty.clear();
    }

    fn has_work(&self) -> bool {
        !self.queue.is_empty()
            || !self.again.is_empty()
            || !self.ready.is_empty()
            || (!self.accepting.is_empty() && self.accept_retry.is_none())
    }

    fn wait(&self, deadline: Option<Instant>) -> Option<Duration> {
        [deadline, self.timers.next_deadline(), self.accept_retry]
            .into_iter()
            .flatten()
            .min()
            .map(|at| at.saturating_duration_since(crate::net::reactor::monotonic_clock()))
    }

    /// Notes a source's readiness; true for a signal.
    fn note(&mut self, ready: Ready) -> bool {
        let token = ready.token as u64;
        if token & SIGNAL_TOKEN == SIGNAL_TOKEN {
            return true;
        }
        if token & SERVER_TOKEN != 0 {
            self.queue_accept(ServerId::from(token & !SERVER_TOKEN));
            return false;
        }
        let id = ConnId::from(token);
        let Some(conn) = self.conn_mut(id) else { return false };
        conn.read_closed |= ready.read_closed;
        if conn.is_connecting() {
            if ready.writable || ready.read_closed {
                self.handle_connected(id);
            }
            return false;
        }
        if ready.readable || ready.read_closed {
            conn.readable = true;
        }
        if conn.is_abandoned() {
            if ready.broken {
                self.remove(id);
            } else {
                self.limit_wait(id);
            }
            return false;
        }
        if ready.writable && !conn.out.is_empty() {
            self.mark_dirty(id);
        }
        if ready.readable || ready.read_closed {
            self.read_soon(id);
        }
        false
    }

    fn queue_accept(&mut self, id: ServerId) {
        if !self.accepting.contains(&id) {
            self.accepting.push(id);
        }
    }

    fn conn(&self, id: ConnId) -> Option<&Conn> {
        self.conns.get(id.index()).map(AsRef::as_ref).filter(|conn| conn.id == id)
    }

    fn conn_mut(&mut self, id: ConnId) -> Option<&mut Conn> {
        self.conns.get_mut(id.index()).map(AsMut::as_mut).filter(|conn| conn.id == id)
    }

    fn next_generation(&mut self) -> u32 {
        self.generation = (self.generation + 1) & GENERATION_MASK;
        self.generation
    }

    /// Puts a connection on the list of those that get a write at the end of the turn.
    fn mark_dirty(&mut self, id: ConnId) {
        if let Some(conn) = self.conn_mut(id)
            && !conn.dirty
        {
            conn.dirty = true;
            self.dirty.push(id);
        }
    }

    /// Gives a connection its one read of this turn, if it is still to have it.
    fn read_soon(&mut self, id: ConnId) {
        if let Some(conn) = self.conn_mut(id)
            && !std::mem::replace(&mut conn.scheduled, true)
        {
            self.ready.push_back(id);
        }
    }

    /// Gives a connection another read, when all others have had theirs.
    fn read_again(&mut self, id: ConnId) {
        if let Some(conn) = self.conn_mut(id)
            && !std::mem::replace(&mut conn.scheduled, true)
        {
            self.again.push(id);
        }
    }

    /// Arms the connection's timer when its next deadline is earlier than the armed one. A later
    /// deadline costs nothing: the timer finds out when it fires.
    fn rearm(&mut self, id: ConnId) {
        let Some(conn) = self.conns.get_mut(id.index()).filter(|conn| conn.id == id) else {
            return;
        };
        let Some(deadline) = conn.next_deadline() else { return };
        if conn.timer_at.is_none_or(|armed| deadline < armed) {
            conn.timer_at = Some(deadline);
            self.timers.arm(deadline, id);
            // Connections that have gone left theirs behind.
            let conns = &self.conns;
            self.timers.compact(conns.len(), |deadline, id| {
                conns
                    .get(id.index())
                    .is_some_and(|conn| conn.id == *id && conn.timer_at == Some(deadline))
            });
        }
    }

    fn handle_deadline(&mut self, id: ConnId, armed: Instant, now: Instant) {
        let Some(conn) = self.conn_mut(id) else { return };
        if conn.timer_at != Some(armed) {
            return;
        }
        conn.timer_at = None;
        if conn.next_deadline().is_some_and(|deadline| deadline <= now) {
            self.expire(id, now);
        }
        self.rearm(id);
    }

    /// Looks a name up on a worker thread; the result comes back to the connection `id`.
    fn resolve_later(&mut self, id: ConnId, host: String, port: u16) {
        self.pool.spawn(id.as_u64(), move || Box::new(resolve(&host, port)));
    }

    /// Begins to watch a signal; `Event::Signal` tells that one came.
    pub fn watch_signal(&mut self, signal: i32) -> io::Result<()> {
        let token = usize::try_from(SIGNAL_TOKEN).unwrap_or(usize::MAX - 1);
        self.signals.watch(signal, token, &self.reactor)
    }

    /// Stops watching a signal.
    pub fn unwatch_signal(&mut self, signal: i32) {
        self.signals.unwatch(signal, &self.reactor);
    }

    /// Whether `signal` has come since the last call.
    pub fn take_signal(&mut self, signal: i32) -> bool {
        self.signals.take(signal)
    }

    /// Starts to read standard input, once, or goes on with it.
    pub fn start_stdin(&mut self) -> io::Result<()> {
        if let Some(stdin) = &self.stdin {
            return stdin.resume();
        }
        self.stdin = Some(Stdin::start(self.reactor.waker())?);
        Ok(())
    }

    /// Takes what has come in on standard input.
    pub fn poll_stdin(&self) -> Option<StdinChunk> {
        self.stdin.as_ref().and_then(Stdin::poll)
    }
}
