//! Effects of roles: this is the one place where they are applied.

use std::time::Duration;

use super::conn::{Conn, Link};
use super::effect::{Effect, Ending};
use super::event::Event;
use super::role::{Flags, Role, RoleContext};
use super::turn::Host;
use crate::id::{ConnId, ServerId};

impl Host {
    /// Lets a role work, and does what it asks for. The script is told in due course.
    pub(super) fn act(
        &mut self,
        id: ConnId,
        work: impl FnOnce(&mut Role, &mut RoleContext<'_>) -> Effect,
    ) {
        self.command(id, |role, cx| (work(role, cx), ()));
    }

    /// The same for what a script asks of a connection. `None` when it is gone.
    #[inline]
    pub(super) fn command<R, N: Into<Role>>(
        &mut self,
        id: ConnId,
        work: impl FnOnce(&mut Role, &mut RoleContext<'_>) -> (Effect<N>, R),
    ) -> Option<R> {
        let conn = self.conns.get_mut(id)?;
        let before = conn.out.len();
        let (effect, result) = conn.act(&mut self.shared, work);
        if conn.out.len() > before {
            self.agenda.mark_dirty(conn);
        } else {
            conn.out.settle(&mut self.shared.buffers);
        }
        self.apply_later(id, effect);
        Some(result)
    }

    /// Does what a role asks for. The script is told in due course.
    #[inline]
    pub(super) fn apply_later<N: Into<Role>>(&mut self, id: ConnId, effect: Effect<N>) {
        if !matches!(effect, Effect::Stay)
            && let Some(event) = self.apply(id, effect)
        {
            self.queue.push_back(event);
        }
    }

    /// Does what a role asks for, and returns what the script is to be told.
    pub(super) fn apply<N: Into<Role>>(&mut self, id: ConnId, effect: Effect<N>) -> Option<Event> {
        let conn = self.conns.get_mut(id)?;
        if let Effect::Rearm | Effect::Resume | Effect::End(..) = &effect
            && let Role::WebSocket(websocket) = &mut conn.role
        {
            if websocket.flags.has(Flags::SHOWN) {
                self.changed.push(id);
            }
            if websocket.stops_counting()
                && let Some(server) = conn.server.and_then(|id| self.shared.servers.get_mut(id))
            {
                server.open -= 1;
            }
        }
        match effect {
            Effect::Stay => {}
            Effect::Rearm => self.rearm(id),
            Effect::Emit(event) => return Some(event),
            Effect::Rest(event) => {
                let event = self.settle_exchange(Some(event));
                self.rest(id);
                return event;
            }
            Effect::Resume => {
                if conn.schedule.has_input() && conn.takes_input() {
                    self.agenda.read_again(conn);
                }
                self.rearm(id);
            }
            Effect::Become(role, event) => return self.become_role(id, role.into(), event),
            Effect::Shutdown(event) => {
                if let Link::Up(transport) = &mut conn.link {
                    transport.shutdown_write();
                }
                self.rearm(id);
                return event;
            }
            Effect::End(ending, mut event) => {
                if let Some(Event::Closed(closed)) = &mut event
                    && closed.unsent_messages > 0
                    && matches!(ending, Ending::Linger(_))
                {
                    (closed.unsent, closed.unsent_messages) = self.send_last(id);
                }
                if let Some(Event::Closed(closed)) = &mut event {
                    closed.left = self.leave_hubs(id);
                    closed.flushed = self.take_flushed(id);
                }
                let event = self.settle_exchange(event);
                // Before what the end of a server's last connection brings.
                self.queue.extend(event);
                self.tell_rooms();
                match ending {
                    Ending::Linger(patience) => self.linger(id, patience),
                    Ending::Reset => self.reset(id),
                    Ending::Remove => self.remove(id),
                }
            }
        }
        None
    }

    /// A connection speaks another protocol from here on.
    fn become_role(&mut self, id: ConnId, role: Role, event: Option<Event>) -> Option<Event> {
        let conn = self.conns.get_mut(id)?;
        let before = std::mem::replace(&mut conn.role, role);
        if conn.schedule.has_input() {
            self.agenda.read_soon(conn);
        }
        self.note_websocket(id);
        self.rearm(id);
        if let Role::HttpClient(_) = &before {
            // It is no more among those for requests.
            self.note_client_gone(id, &before);
            return self.settle_exchange(event);
        }
        // The tunnel of a proxy is there.
        self.begin_request(id);
        self.begin_tls(id);
        event
    }

    /// Writes what a WebSocket that is over still has to say, and tells how much of it the kernel
    /// has not taken: bytes of payload, and messages.
    fn send_last(&mut self, id: ConnId) -> (usize, usize) {
        let Some(conn) = self.conns.get_mut(id) else { return (0, 0) };
        let Link::Up(transport) = &mut conn.link else { return (0, 0) };
        match conn.out.write_to(transport, &mut self.shared.buffers) {
            Ok(written) => {
                let done = conn.out.is_empty();
                conn.schedule.behind |= !done;
                conn.role.note_written(written, done);
            }
            // The next write finds out as well, and has somebody to tell.
            Err(error) => log::debug!("{id} broke: {error}"),
        }
        conn.role.unsent()
    }

    fn take_flushed(&mut self, id: ConnId) -> Vec<u64> {
        self.conns.get_mut(id).map_or_else(Vec::new, |conn| conn.role.take_flushed())
    }

    fn linger(&mut self, id: ConnId, patience: Option<Duration>) {
        let Some(conn) = self.conns.get_mut(id) else { return };
        conn.role = conn.act(&mut self.shared, |_, cx| Role::lingering(patience, cx));
        drop(conn.schedule.take_held_input());
        conn.schedule.release();
        if !conn.schedule.ended && (conn.schedule.readable || conn.schedule.read_closed) {
            self.agenda.read_soon(conn);
        }
        self.agenda.mark_dirty(conn);
        self.rearm(id);
    }

    /// Forgets a connection with a reset: the peer is not worth waiting for.
    fn reset(&mut self, id: ConnId) {
        if let Some(Link::Up(transport)) = self.conns.get(id).map(|conn| &conn.link) {
            transport.reset_on_close();
        }
        self.forget(id, true);
    }

    /// Forgets a connection and closes its socket.
    fn remove(&mut self, id: ConnId) {
        self.forget(id, false);
    }

    fn forget(&mut self, id: ConnId, resets: bool) {
        let Some(conn) = self.conns.remove(id) else { return };
        let Conn { mut out, server, mut link, schedule, role, .. } = *conn;
        out.clear(&mut self.shared.buffers);
        if let Link::Up(transport) = &mut link
            && !resets
        {
            transport.farewell();
        }
        self.uncount(schedule.restraint.as_deref());
        self.note_client_gone(id, &role);
        let Some(server_id) = server else { return };
        self.leave_server(server_id);
        if self.accepts.retry_at.is_some() {
            self.accepts.retry_at = Some(self.shared.now);
        }
    }

    /// Tells that a server has no connection left, once it is closing.
    pub(super) fn note_server_closed(&mut self, id: ServerId) {
        let server = self.shared.servers.get(id);
        if server.is_some_and(|server| server.closing && server.conns == 0) {
            self.forget_server(id);
            self.drains.forget(id);
            self.queue.push_back(Event::ServerClosed { server: id });
        }
    }
}
