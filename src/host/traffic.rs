//! Every connection alike, whatever it speaks: one read a turn, one write a turn.

use std::io;
use std::net::SocketAddr;

use super::conn::{Conn, Link};
use super::dial::{Dial, Dialed};
use super::effect::Effect;
use super::event::Event;
use super::input::Input;
use super::role::{Flush, Role};
use super::turn::{Host, conn_token};
use crate::id::ConnId;
use crate::net::listener::Address;
use crate::net::tls::Fault;
use crate::net::transport::Transport;

/// Starts to connect to an address, from one of this machine where that is wanted.
type Begin<'a> = &'a mut dyn FnMut(&Address, Option<SocketAddr>) -> io::Result<Transport>;

impl Host {
    /// Reads once from a connection whose turn it is.
    pub(super) fn fill(&mut self, id: ConnId, input: &mut Input) {
        let Some(conn) = self.conns.get_mut(id) else { return };
        conn.schedule.scheduled = false;
        let takes_input = conn.takes_input();
        let Link::Up(transport) = &mut conn.link else { return self.advance_dial(id) };
        if !takes_input {
            return;
        }
        if let Some(held) = conn.schedule.take_held_input() {
            input.load(id, &held);
            if conn.schedule.readable {
                self.agenda.read_again(conn);
            }
            return;
        }
        if !conn.schedule.readable {
            return;
        }
        let read = input.read(id, transport);
        match read {
            Ok(progress) if progress.ended => self.end_conn(id, false),
            Ok(progress) => {
                conn.schedule.readable =
                    !progress.drained || (progress.heard && conn.schedule.read_closed);
                if progress.heard {
                    conn.role.heard(self.shared.now);
                }
                if conn.schedule.readable {
                    self.agenda.read_again(conn);
                }
                // An answer of TLS, or what has waited for its handshake.
                if progress.wants_write {
                    self.agenda.mark_dirty(conn);
                    self.tell_secured(id);
                }
            }
            Err(error) => self.break_conn(id, &error, "read"),
        }
    }

    /// Decodes on, up to the next event of the connection that `input` belongs to.
    #[inline]
    pub(super) fn advance(&mut self, id: ConnId, input: &mut Input) -> Option<Event> {
        loop {
            let conn = self.conns.get_mut(id)?;
            if !conn.takes_input() {
                conn.schedule.hold_input(input.rest());
                return None;
            }
            let before = conn.out.len();
            let has_rules = conn.schedule.has_rules;
            let is_counted = has_rules && conn.schedule.restraint.is_some();
            let effect = conn.act(&mut self.shared, |role, cx| role.receive(input, cx));
            if conn.out.len() > before {
                self.agenda.mark_dirty(conn);
            }
            match effect {
                Effect::Stay => return None,
                Effect::Emit(event) => {
                    // Whoever has ended its side may be waited for less long than armed for.
                    if conn.schedule.read_closed {
                        self.rearm(id);
                    }
                    if is_counted && !self.is_within_rate(id, &event) {
                        return None;
                    }
                    match event {
                        Event::Message(message) if has_rules => {
                            let told = self.follow_rules(message, input);
                            if told.is_some() {
                                return told;
                            }
                            if input.is_exhausting() {
                                self.put_aside(id, input);
                                return None;
                            }
                        }
                        event @ Event::Pong { .. } => {
                            // The next ping may be due before the pong would have been late.
                            self.rearm(id);
                            return Some(event);
                        }
                        event => return Some(event),
                    }
                }
                effect => {
                    let goes_on = matches!(effect, Effect::Become(..));
                    let event = self.apply(id, effect);
                    if event.is_some() || !goes_on || self.begin_tls_behind(id, input) {
                        return event;
                    }
                }
            }
        }
    }

    /// Keeps what is still to be decoded for the connection's next turn.
    pub(super) fn put_aside(&mut self, id: ConnId, input: &mut Input) {
        if let Some(conn) = self.conns.get_mut(id)
            && !input.rest().is_empty()
        {
            conn.schedule.hold_input(input.rest());
            self.agenda.read_again(conn);
        }
        self.finish_input(id, input);
    }

    /// What was read from a connection has been decoded.
    pub(super) fn finish_input(&mut self, id: ConnId, input: &mut Input) {
        input.finish();
        // The decoder was lent a buffer for answers to ping and Close.
        if let Some(conn) = self.conns.get_mut(id) {
            conn.out.settle(&mut self.shared.buffers);
        }
    }

    /// The one write of a turn.
    pub(super) fn flush_conn(&mut self, id: ConnId) {
        let Some(conn) = self.conns.get_mut(id) else { return };
        conn.schedule.dirty = false;
        let Link::Up(transport) = &mut conn.link else { return };
        if conn.role.is_lingering() && conn.out.is_one_piece() {
            transport.announce_end();
        }
        match conn.out.write_to(transport, &mut self.shared.buffers) {
            Ok(written) => {
                let done = conn.out.is_empty();
                let was_behind = std::mem::replace(&mut conn.schedule.behind, !done);
                let flush = Flush { written, done, was_behind };
                let effect = conn.act(&mut self.shared, |role, cx| role.flushed(flush, cx));
                let is_paused = conn.out.is_paused();
                if (done || is_paused) && !conn.out.is_empty() {
                    self.agenda.mark_dirty(conn);
                } else {
                    conn.out.settle(&mut self.shared.buffers);
                }
                let tells = matches!(effect, Effect::Emit(_));
                self.apply_later(id, effect);
                if tells {
                    // Input has waited for the same room as the script.
                    self.apply_later::<Role>(id, Effect::Resume);
                }
                if let Some(conn) = self.conns.get(id).filter(|_| !done) {
                    let waiting = conn.out.memory_len();
                    self.limit_unsent(waiting);
                }
            }
            Err(error) => {
                conn.out.clear(&mut self.shared.buffers);
                self.break_conn(id, &error, "write");
            }
        }
    }

    /// The connection broke, or its TLS did.
    fn break_conn(&mut self, id: ConnId, error: &io::Error, syscall: &'static str) {
        log::debug!("{id} broke: {error}");
        let Some(fault) = Fault::of(error) else {
            if let Some(Role::Raw(raw)) = self.conns.get_mut(id).map(|conn| &mut conn.role) {
                raw.note_fault(error, syscall);
            }
            return self.end_conn(id, true);
        };
        let Some(conn) = self.conns.get_mut(id) else { return };
        conn.schedule.ended |= fault.is_truncation();
        conn.schedule.readable = false;
        // What TLS has to say of it.
        self.agenda.mark_dirty(conn);
        self.act(id, |role, cx| role.failed(fault, cx));
    }

    /// The peer has ended its side, or the connection broke.
    pub(super) fn end_conn(&mut self, id: ConnId, broke: bool) {
        let Some(conn) = self.conns.get_mut(id) else { return };
        conn.schedule.readable = false;
        conn.schedule.ended = true;
        self.act(id, |role, cx| role.ended(broke, cx));
    }

    /// A socket of a dial may have connected, or the next address is due, or the time to begin.
    pub(super) fn advance_dial(&mut self, id: ConnId) {
        self.begin_dial(id);
        let now = self.shared.now;
        self.dial(id, |dial, begin| dial.advance(now, begin));
    }

    /// Begins TLS with a client for whom a balancer has said that it speaks, with what has come
    /// behind that. False if there is no such connection, or no TLS.
    fn begin_tls_behind(&mut self, id: ConnId, input: &Input) -> bool {
        let Some(conn) = self.conns.get_mut(id) else { return false };
        let (Role::Http(_), Link::Up(Transport::Plain(_))) = (&conn.role, &conn.link) else {
            return false;
        };
        let server = conn.server.and_then(|id| self.shared.servers.get(id));
        let Some(tls) = server.and_then(|server| server.options.tls.as_ref()) else { return false };
        match tls.session() {
            Ok(session) => {
                conn.link.secure(session.after(input.rest()));
                conn.schedule.readable = true;
                self.agenda.read_again(conn);
            }
            Err(fault) => self.act(id, |role, cx| role.failed(&fault, cx)),
        }
        true
    }

    /// Begins TLS on a connection, if its role is to speak it.
    pub(super) fn begin_tls(&mut self, id: ConnId) {
        let Some(conn) = self.conns.get_mut(id) else { return };
        let Some(tls) = conn.role.take_tls() else { return };
        match tls.session() {
            Ok(session) => conn.link.secure(session),
            Err(fault) => self.act(id, |role, cx| role.failed(&fault, cx)),
        }
    }

    pub(super) fn dial(&mut self, id: ConnId, step: impl FnOnce(&mut Dial, Begin<'_>) -> Dialed) {
        let Some(conn) = self.conns.get_mut(id) else { return };
        let Link::Dialing(dial) = &mut conn.link else { return };
        let watcher = &self.watcher;
        let mut begin = |address: &Address, local| {
            let mut transport = Dial::connect(address, local)?;
            watcher.watch(transport.socket_mut(), conn_token(id))?;
            Ok(transport)
        };
        match step(dial, &mut begin) {
            Dialed::Pending => self.rearm(id),
            Dialed::Connected(transport) => {
                conn.connected(transport);
                self.agenda.mark_dirty(conn);
                if conn.schedule.readable {
                    self.agenda.read_soon(conn);
                }
                self.tell_connected(id);
                self.begin_tls(id);
            }
            Dialed::Failed(error) => {
                self.act(id, |role, cx| role.unreachable(error, cx));
            }
        }
    }
}

impl Conn {
    fn connected(&mut self, transport: Transport) {
        transport.set_nodelay(true);
        self.peer = transport.peer_addr();
        // Closes the sockets of other attempts, which leave the poll with it.
        self.link = Link::Up(transport);
    }
}
