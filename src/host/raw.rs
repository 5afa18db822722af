//! What a script asks of the connections that are its own. One that is gone takes anything.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use super::conn::{Conn, Link};
use super::dial::Dial;
use super::effect::{Effect, Ending};
use super::event::Event;
use super::options::Target;
use super::raw_news::RawNews;
use super::role::{Raw, Role, Unreferenced};
use super::turn::Host;
use crate::id::{ConnId, ServerId};
use crate::limits::{RAW_AHEAD_BYTES, RAW_SHARED_BYTES_MIN, TLS_HANDSHAKE_TIMEOUT_MS};
use crate::net::listener::Address;
use crate::net::tls::{Acceptor, Connector, Fault, SessionFacts};
use crate::net::transport::Transport;

/// An outgoing connection, as a script wants it.
#[derive(Debug)]
pub struct RawWish {
    /// The addresses to try, one after the other. One at least.
    pub addresses: Vec<Address>,
    /// The address of this machine to connect from.
    pub local: Option<SocketAddr>,
    /// What speaks TLS with the peer.
    pub tls: Option<Connector>,
}

/// Both ends of a connection, where they have addresses.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ends {
    /// This one.
    pub local: Option<SocketAddr>,
    /// The peer's.
    pub peer: Option<SocketAddr>,
}

/// What speaks TLS from here on.
pub enum Securing {
    /// This side has connected.
    Client(Connector),
    /// It was connected to.
    Server(Acceptor),
}

impl Host {
    /// Starts to connect; `RawNews::Connected` or `RawNews::Closed` tells what came of it.
    pub fn connect_raw(&mut self, wish: RawWish) -> ConnId {
        let now = self.refresh_now();
        let target = match wish.addresses.first() {
            Some(Address::Unix(path)) => Target::Unix(path.clone()),
            Some(Address::Tcp(address)) => {
                Target::Tcp { host: address.ip().to_string(), port: address.port() }
            }
            None => Target::Tcp { host: String::new(), port: 0 },
        };
        let mut dial = Dial::new(target, None, now).from(wish.local);
        // There is nothing to look up.
        drop(dial.begin(now));
        let role = Role::Raw(Raw::outgoing(wish.tls));
        let id = self.conns.add(|id| Conn::new(id, Link::Dialing(Box::new(dial)), role));
        self.found(id, Ok(wish.addresses));
        self.rearm(id);
        id
    }

    /// Appends bytes for the peer. Returns whether so many wait that more should not be written until
    /// `RawNews::Room` comes; `None` if the connection is over.
    pub fn write_raw(&mut self, id: ConnId, bytes: &[u8]) -> Option<bool> {
        let conn = self.conns.get_mut(id)?;
        let Role::Raw(_) = conn.role else { return None };
        if bytes.len() >= RAW_SHARED_BYTES_MIN {
            conn.out.push_shared(&Arc::from(bytes), &mut self.shared.buffers);
        } else {
            conn.out.tail(&mut self.shared.buffers).extend_from_slice(bytes);
        }
        self.agenda.mark_dirty(conn);
        if conn.out.len() >= RAW_AHEAD_BYTES {
            self.flush_conn(id);
        }
        let Some(conn) = self.conns.get_mut(id) else { return Some(false) };
        let is_full = conn.out.len() >= RAW_AHEAD_BYTES;
        if is_full && let Role::Raw(raw) = &mut conn.role {
            raw.want_room();
        }
        Some(is_full)
    }

    /// Nothing more will be written: `RawNews::Finished` follows.
    pub fn end_raw(&mut self, id: ConnId) {
        let Some(conn) = self.conns.get_mut(id) else { return };
        if let Role::Raw(raw) = &mut conn.role {
            raw.end();
            self.agenda.mark_dirty(conn);
        }
    }

    /// Whether the script takes what comes. What it does not take stays in the kernel.
    pub fn read_raw(&mut self, id: ConnId, reading: bool) {
        let Some(conn) = self.conns.get_mut(id) else { return };
        let Role::Raw(raw) = &mut conn.role else { return };
        raw.set_reading(reading);
        if reading && conn.schedule.has_input() {
            self.agenda.read_soon(conn);
        }
    }

    /// Ends a connection at once, after what the kernel takes of what was written. Nothing more is
    /// told of it.
    pub fn destroy_raw(&mut self, id: ConnId, resets: bool) {
        let is_up = matches!(self.conns.get(id).map(|conn| &conn.link), Some(Link::Up(_)));
        if is_up && !resets {
            self.flush_conn(id);
        }
        self.act(id, |_, _| Effect::End(if resets { Ending::Reset } else { Ending::Remove }, None));
    }

    /// Whether it keeps the process alive.
    pub fn set_raw_referenced(&mut self, id: ConnId, referenced: bool) {
        let count = &self.shared.unreferenced;
        if let Some(Role::Raw(raw)) = self.conns.get_mut(id).map(|conn| &mut conn.role) {
            // The one before is let go of first: it counts by itself.
            raw.set_unreferenced(None);
            raw.set_unreferenced((!referenced).then(|| Unreferenced::new(count)));
        }
    }

    /// Where a connection begins and ends.
    pub fn ends_of(&self, id: ConnId) -> Ends {
        let Some(conn) = self.conns.get(id) else { return Ends::default() };
        match &conn.link {
            Link::Up(transport) => {
                let peer = conn.peer.or_else(|| transport.peer_addr());
                Ends { local: transport.local_addr(), peer }
            }
            Link::Dialing(_) | Link::Changing => Ends::default(),
        }
    }

    /// Whether small writes leave at once.
    pub fn set_nodelay(&self, id: ConnId, wanted: bool) {
        if let Some(Link::Up(transport)) = self.conns.get(id).map(|conn| &conn.link) {
            transport.set_nodelay(wanted);
        }
    }

    /// Whether the system looks after a peer that says nothing, and after how long.
    pub fn set_keepalive(&self, id: ConnId, after: Option<Duration>) {
        if let Some(Link::Up(transport)) = self.conns.get(id).map(|conn| &conn.link) {
            transport.set_keepalive(after);
        }
    }

    /// Begins TLS on a connection that is there, with what has come before. `RawNews::Secured`
    /// follows.
    pub fn secure_raw(&mut self, id: ConnId, with: &Securing, unread: &[u8]) -> Result<(), Fault> {
        let session = match with {
            Securing::Client(connector) => connector.session()?,
            Securing::Server(acceptor) => acceptor.session()?,
        };
        let deadline = self.refresh_now() + Duration::from_millis(TLS_HANDSHAKE_TIMEOUT_MS);
        // What was written before goes as it is.
        self.flush_conn(id);
        if self.conns.get(id).is_some_and(|conn| !conn.out.is_empty()) {
            return Err(Fault::unwritten());
        }
        let Some(conn) = self.conns.get_mut(id) else { return Ok(()) };
        let (Role::Raw(raw), Link::Up(Transport::Plain(_))) = (&mut conn.role, &conn.link) else {
            return Ok(());
        };
        raw.begin_tls(Some(deadline));
        let held = conn.schedule.take_held_input().unwrap_or_default();
        let unread = [unread, &held].concat();
        conn.link.secure(session.after(&unread));
        // Perhaps all of it is there.
        conn.schedule.readable = true;
        self.agenda.read_soon(conn);
        self.agenda.mark_dirty(conn);
        self.rearm(id);
        Ok(())
    }

    /// What TLS has agreed on, once it has.
    pub fn tls_facts(&self, id: ConnId) -> Option<SessionFacts> {
        match &self.conns.get(id)?.link {
            Link::Up(transport) => transport.tls_facts(),
            Link::Dialing(_) | Link::Changing => None,
        }
    }

    /// Stops listening. Connections go on; `Event::ServerClosed` follows the last one.
    pub fn close_listener(&mut self, id: ServerId) {
        if self.stop_listening(id) {
            self.note_server_closed(id);
        }
    }

    /// A dial has come to a connection that may be a script's own.
    pub(super) fn tell_connected(&mut self, id: ConnId) {
        if let Some(Role::Raw(raw)) = self.conns.get_mut(id).map(|conn| &mut conn.role) {
            let news = raw.connected();
            self.queue.push_back(Event::Raw { conn: id, news });
        }
    }

    /// A read has brought TLS further on such a connection.
    pub(super) fn tell_secured(&mut self, id: ConnId) {
        let Some(conn) = self.conns.get_mut(id) else { return };
        let (Role::Raw(raw), Link::Up(transport)) = (&mut conn.role, &conn.link) else { return };
        if raw.is_securing() && transport.is_open() {
            raw.secured();
            self.queue.push_back(Event::Raw { conn: id, news: RawNews::Secured });
        }
    }
}
