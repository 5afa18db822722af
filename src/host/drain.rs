//! Servers that close bit by bit: nothing new is taken, what is under way comes to its end, and
//! WebSockets are told one after the other, so that their peers do not all come back at once.

use std::time::{Duration, Instant};

use super::drains::Drain;
use super::options::Closing;
use super::role::Role;
use super::turn::Host;
use crate::id::{ConnId, ServerId};
use crate::limits::{ACCEPTS_AT_CLOSE, ACCEPTS_PER_TURN, DRAIN_IDLE_MS};
use crate::net::listener::Listener;

impl Host {
    /// Closes a server bit by bit. `Event::ServerClosed` follows the end of its last connection.
    pub fn drain_server(&mut self, id: ServerId, closing: &Closing) {
        self.accept_rest(id);
        if !self.stop_listening(id) {
            return;
        }
        let routes = self.shared.servers.get(id).map(|server| server.routes.clone());
        for id in routes.into_iter().flatten().chain([id]) {
            if let Some(server) = self.shared.servers.get_mut(id) {
                server.drains = closing.drain.is_some();
            }
        }
        let now = self.refresh_now();
        let until = now + Duration::from_millis(DRAIN_IDLE_MS);
        let (websockets, others): (Vec<_>, Vec<_>) = self
            .conns
            .iter()
            .filter(|conn| self.is_of(conn, id))
            .partition(|conn| matches!(conn.role, Role::WebSocket(_)));
        let mut waiting: Vec<ConnId> = websockets.into_iter().map(|conn| conn.id).collect();
        let others: Vec<ConnId> = others.into_iter().map(|conn| conn.id).collect();
        // They are taken from the end.
        waiting.reverse();
        for conn in others {
            self.act(conn, |role, cx| role.drain(until, cx));
        }
        self.drains.add(Drain::new(id, closing.clone(), waiting, now));
        self.go_on_draining(now);
        self.note_server_closed(id);
    }

    /// Closes the servers that have said how they want to when the process ends. Returns when the
    /// last of them will have closed; `None` if there are none.
    pub fn drain_for_the_end(&mut self) -> Option<Instant> {
        let willing: Vec<(ServerId, Closing)> = self
            .shared
            .servers
            .iter()
            .filter_map(|server| Some((server.id, server.options.shutdown.clone()?)))
            .collect();
        let mut last = None;
        for (id, closing) in willing {
            self.drain_server(id, &closing);
            last = last.max(closing.drain.map(|time| self.now() + time));
        }
        last
    }

    /// Whether a server has any connection.
    pub fn has_accepted(&self) -> bool {
        self.shared.servers.iter().any(|server| server.conns > 0)
    }

    /// Takes the connections that the kernel holds for a server: they are told, and not reset. Those
    /// of a listener that others have too, they take.
    fn accept_rest(&mut self, id: ServerId) {
        let server = self.shared.servers.get(id);
        let listener = server.and_then(|server| server.listener.as_ref());
        if listener.is_none_or(Listener::is_inherited) {
            return;
        }
        for _ in 0..ACCEPTS_AT_CLOSE / ACCEPTS_PER_TURN {
            self.accept(id);
            if !self.accepts.take(id) || self.accepts.retry_at.is_some() {
                break;
            }
        }
    }

    /// Tells the WebSockets whose turn it is, and cuts off whoever had time enough.
    pub(super) fn go_on_draining(&mut self, now: Instant) {
        let mut next = 0;
        // What is told may be the end of a server, which takes it off the list.
        while let Some(drain) = self.drains.get(next) {
            next += 1;
            if drain.next_at.is_none_or(|at| at > now) {
                continue;
            }
            if drain.ends_at().is_some_and(|at| at <= now) {
                drain.next_at = None;
                let (server, time) = (drain.server, drain.closing.drain.unwrap_or_default());
                self.cut_off(server, time);
                // The list is another one now; what else is due is so in the next turn, at once.
                return;
            }
            let left = drain.waiting.len() - drain.due(now).min(drain.waiting.len());
            let told = drain.waiting.split_off(left);
            drain.plan(now);
            let Closing { code, reason, .. } = drain.closing.clone();
            for conn in told.into_iter().rev() {
                self.act(conn, |role, cx| role.close(code, &reason, cx));
            }
        }
    }

    fn cut_off(&mut self, id: ServerId, time: Duration) {
        let conns = self.conns_of(id);
        if !conns.is_empty() {
            log::warn!(
                "{} of the connections of a server that closes had not ended after {} ms (option \
                 drain), and were cut off",
                conns.len(),
                time.as_millis()
            );
        }
        for conn in conns {
            self.act(conn, |role, cx| role.abort(cx));
        }
    }
}
