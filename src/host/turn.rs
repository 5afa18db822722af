//! One turn: sleep, take note of what is ready and what is due, hand out events, write.

use std::collections::VecDeque;
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::client::Clients;
use super::conn::{Conn, Link};
use super::datagram::Datagrams;
use super::drains::Drains;
use super::event::Event;
use super::hub::Hubs;
use super::input::Input;
use super::lines::Lines;
use super::listening::Counts;
use super::place::Place;
use super::process::Process;
use super::role::{Role, Shared};
use super::server::Server;
use super::sources::{SOURCE_TOKEN, Sources};
use super::table::Table;
use crate::id::{ConnId, DatagramId, ServerId};
use crate::limits::{FLUSH_MS_MAX, LATE_TURN_MS, UNSENT_BYTES_MAX, WRITES_PER_LOOK};
use crate::net::pool::{Done, Pool, Task};
use crate::net::reactor::{Reactor, Ready, Watcher, monotonic_clock};
use crate::net::timers::Timers;

/// Tokens with this bit are servers, the others connections.
const SERVER_TOKEN: u64 = 1 << 63;

/// Those with this one are sockets of datagrams.
const DATAGRAM_TOKEN: u64 = 1 << 62;

/// All sockets of the process and what is known about them.
pub struct Host {
    pub(super) watcher: Watcher,
    pub(super) conns: Table<Box<Conn>>,
    /// What connections share.
    pub(super) shared: Shared,
    pub(super) agenda: Agenda,
    /// What has happened and the script has not been told.
    pub(super) queue: VecDeque<Event>,
    /// Names to be looked up.
    pub(super) lookups: Vec<Task>,
    pub(super) accepts: Accepts,
    pub(super) overfull: Overfull,
    /// WebSockets whose state may have changed since [`Host::take_changed`].
    pub(super) changed: Vec<ConnId>,
    pub(super) hubs: Hubs,
    pub(super) drains: Drains,
    pub(super) lines: Lines,
    /// What it shares with hosts on other threads.
    pub(super) process: Arc<Process>,
    pub(super) place: Place,
    /// What this one has asked to listen on.
    pub(super) asked: Counts,
    pub(super) clients: Clients,
    pub(super) sources: Sources,
    pub(super) datagrams: Datagrams,
}

/// Who is to be looked at, and when.
#[derive(Default)]
pub(super) struct Agenda {
    /// Connections to read from in this turn.
    ready: VecDeque<ConnId>,
    /// Connections to read from again in the next turn: they had more than one read's worth.
    again: Vec<ConnId>,
    /// Connections with bytes to write at the end of this turn.
    dirty: Vec<ConnId>,
    timers: Timers<ConnId>,
    /// Connections whose deadline has passed, and when that was found: what their peers have sent
    /// before is read first.
    overdue: Vec<(ConnId, Instant)>,
}

/// Servers with connections to accept.
#[derive(Default)]
pub(super) struct Accepts {
    servers: Vec<ServerId>,
    /// When to try again after the process ran out of file descriptors.
    pub(super) retry_at: Option<Instant>,
}

/// What waits for all peers together: when to count it, and how much may.
pub(super) struct Overfull {
    pub(super) max: usize,
    /// What the kernel has refused since it was counted last, some of it more than once, and what
    /// waits by itself since then.
    pub(super) refused: usize,
    /// When it was last said that connections were ended.
    pub(super) said_at: Option<Instant>,
}

impl Agenda {
    /// Gives a connection a write at the end of the turn.
    #[inline]
    pub(super) fn mark_dirty(&mut self, conn: &mut Conn) {
        if !std::mem::replace(&mut conn.schedule.dirty, true) {
            self.dirty.push(conn.id);
        }
    }

    /// Gives a connection its one read of this turn, if it is still to have it.
    pub(super) fn read_soon(&mut self, conn: &mut Conn) {
        if !std::mem::replace(&mut conn.schedule.scheduled, true) {
            self.ready.push_back(conn.id);
        }
    }

    /// Gives a connection another read, when all others have had theirs.
    pub(super) fn read_again(&mut self, conn: &mut Conn) {
        if !std::mem::replace(&mut conn.schedule.scheduled, true) {
            self.again.push(conn.id);
        }
    }
}

impl Accepts {
    pub(super) fn push(&mut self, server: ServerId) {
        if !self.servers.contains(&server) {
            self.servers.push(server);
        }
    }

    /// Takes a server off the list; true if it was there.
    pub(super) fn take(&mut self, server: ServerId) -> bool {
        let listed = self.servers.len();
        self.servers.retain(|known| *known != server);
        self.servers.len() < listed
    }
}

impl Host {
    /// A host whose sockets `reactor` watches, the only one of its process.
    pub fn new(reactor: &Reactor) -> io::Result<Self> {
        let process = Arc::new(Process::default());
        let place = process.place(0, reactor.waker());
        Self::at(reactor, process, place)
    }

    /// The same beside others, at a place of its own. The place's waker is the reactor's.
    pub fn at(reactor: &Reactor, process: Arc<Process>, place: Place) -> io::Result<Self> {
        Ok(Self {
            watcher: reactor.watcher()?,
            conns: Table::default(),
            shared: Shared::new(monotonic_clock(), place.clone()),
            process,
            place,
            asked: Counts::default(),
            agenda: Agenda::default(),
            queue: VecDeque::new(),
            lookups: Vec::new(),
            accepts: Accepts::default(),
            overfull: Overfull { max: UNSENT_BYTES_MAX, refused: 0, said_at: None },
            changed: Vec::new(),
            hubs: Hubs::default(),
            drains: Drains::default(),
            lines: Lines::default(),
            clients: Clients::default(),
            sources: Sources::default(),
            datagrams: Datagrams::default(),
        })
    }

    /// What it shares with hosts on other threads.
    pub fn process(&self) -> &Arc<Process> {
        &self.process
    }

    /// The instant of this turn.
    pub fn now(&self) -> Instant {
        self.shared.now
    }

    /// Reads the clock again, within a turn: after long-running script code, before timers are
    /// armed.
    pub fn refresh_now(&mut self) -> Instant {
        self.shared.now = monotonic_clock();
        self.shared.now
    }

    /// Whether anything here keeps the process alive: a referenced server, a connection, news that
    /// the script has not heard yet.
    pub fn is_alive(&self) -> bool {
        // Nobody is told of a connection without a request, or of what nobody takes.
        let quiet = self.lines.quiet() + self.clients.idle() + self.clients.dormant;
        let quiet = quiet + self.shared.unreferenced.get();
        self.conns.len() > quiet
            || !self.queue.is_empty()
            || self.hubs.has_put_off()
            || self.shared.servers.iter().any(Server::keeps_alive)
            || self.datagrams.keep_alive()
    }

    /// A signal has come.
    pub fn note_signal(&mut self) {
        self.queue.push_back(Event::Signal);
    }

    /// Sleeps until a socket is ready, a deadline of a connection passes, a worker thread has a
    /// result, or `deadline` (a script's timer) comes, then takes note of what there is to do.
    pub fn poll(
        &mut self,
        reactor: &mut Reactor,
        pool: &mut Pool,
        deadline: Option<Instant>,
        busy: bool,
    ) -> io::Result<()> {
        for lookup in self.lookups.drain(..) {
            pool.spawn(lookup);
        }
        let sleeps = self.may_sleep();
        for news in self.hubs.take_put_off().into_iter().rev() {
            self.queue.push_front(Event::Room(news));
        }
        let timeout = if busy || !sleeps || self.has_work() {
            Some(Duration::ZERO)
        } else {
            self.wait(deadline)
        };
        self.agenda.ready.extend(self.agenda.again.drain(..));
        self.look_at_sources_again();
        self.datagrams.begin_turn();
        let now = reactor.wait(timeout)?;
        self.shared.begin_turn(now);
        self.hear_buses();
        let gone = self.hubs.forget_unused();
        if !gone.is_empty() {
            self.queue.push_back(Event::TapsGone(gone));
        }
        let mut signalled = false;
        let mut changed = false;
        for ready in reactor.ready() {
            if ready.is_signal() {
                signalled = true;
            } else if ready.is_files() {
                changed = true;
            } else {
                self.note(ready);
            }
        }
        if signalled {
            self.note_signal();
        }
        if changed {
            self.queue.push_back(Event::FilesChanged);
        }
        while let Some(done) = pool.poll_done() {
            match done {
                Done::Resolved { conn, addresses } => self.resolved(conn, addresses),
                Done::Op { id, outcome } => self.queue.push_back(Event::Done { id, outcome }),
            }
        }
        self.expire(now);
        self.accepts.retry_at.take_if(|at| *at <= now);
        if self.accepts.retry_at.is_none() {
            for id in std::mem::take(&mut self.accepts.servers) {
                self.accept(id);
            }
        }
        Ok(())
    }

    /// What was to happen by `now` does.
    pub(super) fn expire(&mut self, now: Instant) {
        self.shared.now = now;
        while let Some((deadline, id)) = self.agenda.timers.pop_due(now) {
            self.handle_deadline(id, deadline, now);
        }
        self.go_on_draining(now);
    }

    /// The next thing that happened. Payloads of messages lie in `input` until the next call.
    pub fn next_event(&mut self, input: &mut Input) -> Option<Event> {
        loop {
            if let Some(event) = self.queue.pop_front() {
                if let Event::Room(news) = &event
                    && !self.hubs.is_in_time(news)
                {
                    continue;
                }
                return Some(event);
            }
            if let Some(id) = input.conn() {
                if input.is_exhausting() {
                    self.put_aside(id, input);
                    continue;
                }
                match self.advance(id, input) {
                    Some(event) => {
                        input.count_events(1);
                        return Some(event);
                    }
                    None => self.finish_input(id, input),
                }
                continue;
            }
            if let Some(id) = self.agenda.ready.pop_front() {
                self.fill(id, input);
            } else if let Some((id, found_at)) = self.agenda.overdue.pop() {
                self.expire_if_due(id, found_at);
            } else {
                return self.next_datagram(input);
            }
        }
    }

    /// Gives each connection that has something to say its one write. Where there are so many that
    /// others would wait for long, the rest have theirs in the next turn, before all others.
    pub fn flush(&mut self) {
        let mut until = None;
        self.flush_while(|written| {
            if !written.is_multiple_of(WRITES_PER_LOOK) {
                return true;
            }
            let now = monotonic_clock();
            now < *until.get_or_insert(now + Duration::from_millis(FLUSH_MS_MAX))
        });
    }

    /// The same, for as long as it takes.
    pub fn flush_all(&mut self) {
        self.flush_while(|_| true);
    }

    fn flush_while(&mut self, mut goes_on: impl FnMut(usize) -> bool) {
        self.tend_lines();
        let mut next = 0;
        // A pong that waited for its turn may put its connection on the list again.
        while let Some(id) = self.agenda.dirty.get(next).copied() {
            self.flush_conn(id);
            next += 1;
            if !goes_on(next) {
                break;
            }
        }
        self.agenda.dirty.drain(..next);
    }

    /// Whether anything is left to do or to say before the next sleep.
    pub fn has_work(&self) -> bool {
        !self.queue.is_empty()
            || !self.agenda.dirty.is_empty()
            || !self.agenda.again.is_empty()
            || !self.agenda.ready.is_empty()
            || self.sources.has_work()
            || self.hubs.hears_more
            || self.hubs.has_put_off()
            || self.lines.is_stirred()
            || self.datagrams.have_work()
            || (!self.accepts.servers.is_empty() && self.accepts.retry_at.is_none())
    }

    fn wait(&self, deadline: Option<Instant>) -> Option<Duration> {
        [deadline, self.next_deadline()]
            .into_iter()
            .flatten()
            .min()
            .map(|at| at.saturating_duration_since(monotonic_clock()))
    }

    /// When something is to happen here by itself, at the earliest.
    pub fn next_deadline(&self) -> Option<Instant> {
        let drains = self.drains.next_deadline();
        let all = [self.agenda.timers.next_deadline(), self.accepts.retry_at, drains];
        all.into_iter().flatten().min()
    }

    /// Takes note of a source's readiness.
    fn note(&mut self, ready: Ready) {
        let token = ready.token as u64;
        if token & SOURCE_TOKEN == SOURCE_TOKEN {
            return self.note_source(ready);
        }
        if token & DATAGRAM_TOKEN != 0 {
            return self.note_datagram(DatagramId::from(token & !DATAGRAM_TOKEN), ready);
        }
        if token & SERVER_TOKEN != 0 {
            return self.accepts.push(ServerId::from(token & !SERVER_TOKEN));
        }
        let id = ConnId::from(token);
        let Some(conn) = self.conns.get_mut(id) else { return };
        if let Link::Dialing(_) = conn.link {
            // Whichever of its sockets it is. The end of one that has lost is no end of the others.
            conn.schedule.readable |= ready.readable || ready.read_closed;
            return self.agenda.read_soon(conn);
        }
        conn.schedule.read_closed |= ready.read_closed;
        conn.schedule.readable |= ready.readable || ready.read_closed;
        if conn.schedule.read_closed && conn.role.is_owed_a_reply() {
            let effect = conn.act(&mut self.shared, |role, cx| role.abandoned(ready.broken, cx));
            return self.apply_later(id, effect);
        }
        if ready.writable && (!conn.out.is_empty() || conn.wants_write()) {
            self.agenda.mark_dirty(conn);
        }
        if ready.readable || ready.read_closed {
            self.agenda.read_soon(conn);
        }
    }

    /// Arms the connection's timer when its next deadline is earlier than the armed one. A later
    /// deadline costs nothing: the timer finds out when it fires.
    pub(super) fn rearm(&mut self, id: ConnId) {
        let Some(conn) = self.conns.get_mut(id) else { return };
        let Some(deadline) = conn.next_deadline() else { return };
        if conn.schedule.timer_at.is_none_or(|armed| deadline < armed) {
            conn.schedule.timer_at = Some(deadline);
            self.agenda.timers.arm(deadline, id);
            // Connections that have gone left theirs behind.
            let conns = &self.conns;
            self.agenda.timers.compact(conns.len(), |deadline, id| {
                conns.get(*id).is_some_and(|conn| conn.schedule.timer_at == Some(deadline))
            });
        }
    }

    fn handle_deadline(&mut self, id: ConnId, armed: Instant, now: Instant) {
        let Some(conn) = self.conns.get_mut(id) else { return };
        if conn.schedule.timer_at != Some(armed) {
            return;
        }
        conn.schedule.timer_at = None;
        if let Link::Dialing(dial) = &conn.link
            && dial.next_deadline().is_some_and(|deadline| deadline <= now)
        {
            self.advance_dial(id);
        }
        self.relax(id, now);
        let Some(conn) = self.conns.get_mut(id) else { return };
        if conn.is_read_before_it_expires(now) {
            // What has come may not be known to be there yet.
            conn.schedule.readable = true;
            self.agenda.overdue.push((id, now));
            return self.agenda.read_soon(conn);
        }
        self.expire_if_due(id, now);
    }

    fn expire_if_due(&mut self, id: ConnId, now: Instant) {
        let Some(conn) = self.conns.get_mut(id) else { return };
        if conn.role.next_deadline().is_some_and(|deadline| deadline <= now) {
            self.act(id, Role::expired);
        }
        self.rearm(id);
    }
}

impl Conn {
    /// Whether its peer may have been in time for a deadline that has passed: bytes wait to be read,
    /// or the script has computed for so long that nobody has looked.
    fn is_read_before_it_expires(&self, now: Instant) -> bool {
        let Some(deadline) = self.role.next_deadline() else { return false };
        let late = now.saturating_duration_since(deadline) > Duration::from_millis(LATE_TURN_MS);
        let Link::Up(_) = &self.link else { return false };
        deadline <= now && self.takes_input() && (late || self.schedule.scheduled)
    }
}

/// The token of a server's listener.
pub(super) fn server_token(id: ServerId) -> usize {
    token(id.as_u64() | SERVER_TOKEN)
}

/// The token of a socket of datagrams.
pub(super) fn datagram_token(id: DatagramId) -> usize {
    token(id.as_u64() | DATAGRAM_TOKEN)
}

/// The token of all sockets of a connection.
pub(super) fn conn_token(id: ConnId) -> usize {
    token(id.as_u64())
}

fn token(packed: u64) -> usize {
    const { assert!(size_of::<usize>() == 8, "identifiers are the reactor's tokens") };
    usize::try_from(packed).unwrap_or_default()
}
