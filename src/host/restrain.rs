//! Connections are held to what their server asks for, and refused where there are enough.

use std::time::Instant;

use super::event::Event;
use super::gate::{Denial, Refused};
use super::restraint::{Restraint, TooFast};
use super::role::Role;
use super::schedule::Pauses;
use super::turn::Host;
use super::warnings::Kind;
use crate::id::{ConnId, ServerId};
use crate::net::transport::Transport;

impl Host {
    /// Sends away whoever is not let in. Nothing was allocated for it; a client of TLS would not
    /// understand a word before its handshake.
    pub(super) fn dismiss(&mut self, server: ServerId, transport: Transport, denial: Denial) {
        let now = self.shared.now;
        let message = denial.message();
        self.shared
            .warnings
            .warn(Kind::Refused(message), now, || format!("a connection is refused: {message}"));
        let speaks_tls =
            self.shared.servers.get(server).is_some_and(|server| server.options.tls.is_some());
        let words = if speaks_tls { String::new() } else { denial.reply() };
        transport.dismiss(words.as_bytes());
    }

    /// Counts a message, a ping or a pong of a peer whose rate is limited. False if it has to go.
    pub(super) fn is_within_rate(&mut self, id: ConnId, event: &Event) -> bool {
        let now = self.shared.now;
        let len = match event {
            Event::Message(message) => message.payload.len(),
            Event::Ping { payload, .. } | Event::Pong { payload, .. } => payload.len(),
            _ => return true,
        };
        let Some(conn) = self.conns.get_mut(id) else { return false };
        let Some(restraint) = &mut conn.schedule.restraint else { return true };
        match restraint.note_message(len, now) {
            None => true,
            Some(TooFast::Wait) => {
                conn.schedule.pauses.set(Pauses::RATE, true);
                self.rearm(id);
                true
            }
            Some(TooFast::Close(what)) => {
                self.act(id, |role, cx| role.fail_fast(what, cx));
                false
            }
        }
    }

    /// Reads a connection again whose peer has paid what it owed, and ends one whose time is over.
    pub(super) fn relax(&mut self, id: ConnId, now: Instant) {
        let Some(conn) = self.conns.get_mut(id) else { return };
        let Some(restraint) = &mut conn.schedule.restraint else { return };
        let ends = restraint.ends(now);
        if restraint.resumes(now) {
            conn.schedule.pauses.set(Pauses::RATE, false);
            if conn.schedule.has_input() && conn.takes_input() {
                self.agenda.read_soon(conn);
            }
        }
        if ends {
            self.act(id, Role::retire);
        }
    }

    /// A connection is gone, which had been counted.
    pub(super) fn uncount(&mut self, restraint: Option<&Restraint>) {
        let Some((server, key)) = restraint.and_then(|restraint| restraint.counted_as) else {
            return;
        };
        let now = self.shared.now;
        if let Some(server) = self.shared.servers.get_mut(server) {
            server.uncount(Some(key), now);
        }
    }

    /// The connections that a server has refused.
    pub fn refused(&self, server: ServerId) -> Refused {
        self.shared.servers.get(server).map(|server| server.refused).unwrap_or_default()
    }
}
