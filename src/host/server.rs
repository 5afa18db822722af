//! Servers: listening, accepting, and deciding who may open a WebSocket.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::rc::Rc;
use std::time::Duration;

use super::conn::{Agreed, Conn, Protocol};
use super::event::Event;
use super::websocket::WebSocketOptions;
use super::{Host, SERVER_TOKEN};
use crate::id::{ConnId, ServerId};
use crate::limits::{ACCEPT_RETRY_MS, ACCEPT_WARNING_INTERVAL_MS, ACCEPTS_PER_TURN};
use crate::net::listener::{Address, Listener};
use crate::net::stream::Stream;
use crate::proto::http1::{Headers, ServerConfig, ServerConnection};
use crate::proto::ws::keepalive::KeepaliveConfig;

/// Where a server is to listen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListenAddress {
    /// A port of every address of the machine.
    AnyAddress(u16),
    /// One TCP address.
    Tcp(SocketAddr),
    /// A path in the file system.
    Unix(PathBuf),
}

/// Which pages may open a WebSocket: a browser sends `Origin`, and cookies with it, whatever page
/// asked for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum OriginPolicy {
    /// Pages of this server only. Requests without `Origin` do not come from pages.
    #[default]
    SameOrigin,
    /// Every page.
    Any,
    /// Pages of these origins, as `https://example.com`.
    List(Vec<String>),
}

/// What a server is allowed and asked for.
#[derive(Clone, Debug, Default)]
pub struct ServerOptions {
    /// Limits of HTTP.
    pub http: ServerConfig,
    /// Limits of its WebSockets.
    pub websocket: WebSocketOptions,
    /// Pages that may open one.
    pub origins: OriginPolicy,
    /// Subprotocols it speaks, the preferred ones first.
    pub subprotocols: Vec<String>,
    /// Open connections at one time.
    pub max_connections: Option<usize>,
    /// Whether the script wants to be told of each WebSocket as it opens.
    pub tells_open: bool,
    /// Whether the script decides on each opening handshake.
    pub asks_upgrade: bool,
}

pub(super) struct Server {
    pub(super) id: ServerId,
    listener: Option<Listener>,
    pub(super) options: ServerOptions,
    /// `options.websocket.keepalive`, for all connections to share.
    pub(super) keepalive: Rc<KeepaliveConfig>,
    /// What the latest opening handshake agreed on.
    agreed: Rc<Agreed>,
    /// Connections accepted here and not yet gone.
    pub(super) conns: usize,
    referenced: bool,
    pub(super) closing: bool,
}

impl Server {
    pub(super) fn keeps_alive(&self) -> bool {
        self.referenced && self.listener.is_some()
    }

    /// What an opening handshake has agreed on, shared with the one before if that is the same.
    pub(super) fn share(&mut self, agreed: Agreed) -> Rc<Agreed> {
        if *self.agreed != agreed {
            self.agreed = Rc::new(agreed);
        }
        self.agreed.clone()
    }
}

impl Host {
    /// Starts to listen. The address comes back with the port that was really bound.
    pub fn listen(
        &mut self,
        address: &ListenAddress,
        backlog: i32,
        options: ServerOptions,
    ) -> io::Result<(ServerId, Address)> {
        let mut listener = match address {
            ListenAddress::AnyAddress(port) => Listener::bind_any(*port, backlog)?,
            ListenAddress::Tcp(address) => Listener::bind_tcp(*address, backlog)?,
            ListenAddress::Unix(path) => Listener::bind_unix(path)?,
        };
        let generation = self.next_generation();
        let entry = self.servers.vacant_entry();
        let id = ServerId::new(u32::try_from(entry.key()).unwrap_or(u32::MAX), generation);
        self.reactor.register_readable(&mut listener, token(id))?;
        let address = listener.address().clone();
        entry.insert(Server {
            id,
            listener: Some(listener),
            keepalive: Rc::new(options.websocket.keepalive),
            agreed: Rc::default(),
            options,
            conns: 0,
            referenced: true,
            closing: false,
        });
        Ok((id, address))
    }

    /// The last thing that a process does: it writes what was sent, and removes the files of its
    /// Unix sockets.
    pub fn end(&mut self) {
        self.flush();
        for (_, server) in &mut self.servers {
            drop(server.listener.take());
        }
    }

    /// Stops listening and ends every connection: idle HTTP ones at once, busy ones after their
    /// reply, WebSockets with a closing handshake. `Event::ServerClosed` follows the last one.
    pub fn close_server(&mut self, id: ServerId, code: u16, reason: &str) {
        let Some(server) = self.server_mut(id) else { return };
        if std::mem::replace(&mut server.closing, true) {
            return;
        }
        if let Some(mut listener) = server.listener.take() {
            self.reactor.deregister(&mut listener);
        }
        let conns: Vec<ConnId> = self
            .conns
            .iter()
            .filter(|(_, conn)| conn.server == Some(id))
            .map(|(_, conn)| conn.id)
            .collect();
        for conn in conns {
            self.close_gracefully(conn, code, reason);
        }
        self.note_server_closed(id);
    }

    /// Whether the server keeps the process alive.
    pub fn set_server_referenced(&mut self, id: ServerId, referenced: bool) {
        if let Some(server) = self.server_mut(id) {
            server.referenced = referenced;
        }
    }

    /// Tells of each WebSocket as it opens, from now on.
    pub fn tell_open(&mut self, id: ServerId) {
        if let Some(server) = self.server_mut(id) {
            server.options.tells_open = true;
        }
    }

    /// Every server that listens.
    pub fn server_ids(&self) -> Vec<ServerId> {
        self.servers.iter().map(|(_, server)| server.id).collect()
    }

    pub(super) fn server(&self, id: ServerId) -> Option<&Server> {
        self.servers.get(id.index()).filter(|server| server.id == id)
    }

    pub(super) fn server_mut(&mut self, id: ServerId) -> Option<&mut Server> {
        self.servers.get_mut(id.index()).filter(|server| server.id == id)
    }

    /// Takes the connections that wait at a server, up to the budget of a turn.
    pub(super) fn accept(&mut self, id: ServerId) {
        for _ in 0..ACCEPTS_PER_TURN {
            let Some(server) = self.server_mut(id) else { return };
            let Some(listener) = &mut server.listener else { return };
            match listener.accept() {
                Ok(Some((stream, peer))) => self.adopt(id, stream, peer),
                Ok(None) => return,
                Err(error) if is_transient(&error) => {}
                Err(error) => {
                    // Out of file descriptors, most likely. The readiness is spent, so somebody
                    // has to come back; at once would be a busy loop.
                    self.warn_of_accept(&error);
                    self.accept_retry = Some(self.now() + Duration::from_millis(ACCEPT_RETRY_MS));
                    break;
                }
            }
        }
        self.queue_accept(id);
    }

    fn warn_of_accept(&mut self, error: &io::Error) {
        let now = self.now();
        let quiet = Duration::from_millis(ACCEPT_WARNING_INTERVAL_MS);
        if self.accept_warned.is_none_or(|at| now.duration_since(at) >= quiet) {
            self.accept_warned = Some(now);
            log::warn!(
                "cannot accept a connection: {error}; trying again every {ACCEPT_RETRY_MS} ms"
            );
        }
    }

    fn adopt(&mut self, server_id: ServerId, mut stream: Stream, peer: Option<SocketAddr>) {
        let now = self.now();
        let Some(server) = self.server(server_id) else { return };
        let full = server.options.max_connections.is_some_and(|max| server.conns >= max);
        let http = ServerConnection::new(server.options.http, now);
        let generation = self.next_generation();
        let entry = self.conns.vacant_entry();
        let id = ConnId::new(u32::try_from(entry.key()).unwrap_or(u32::MAX), generation);
        stream.set_nodelay();
        if let Err(error) = self.reactor.register(&mut stream, conn_token(id)) {
            log::warn!("cannot watch an accepted connection: {error}");
            return;
        }
        let mut conn = Conn::new(id, Some(stream), Protocol::Http(Box::new(http)));
        conn.server = Some(server_id);
        conn.peer = peer;
        entry.insert(Box::new(conn));
        log::debug!("{id} accepted from {}", shown(peer));
        if let Some(server) = self.server_mut(server_id) {
            server.conns += 1;
        }
        if full {
            let message = "too many connections (server option websocket.maxConnections)";
            self.refuse_upgrade(id, 503, &[("Retry-After", b"5")], message);
        }
        self.rearm(id);
    }

    /// Tells that a server has no connection left, once it is closing.
    pub(super) fn note_server_closed(&mut self, id: ServerId) {
        let over = self.server(id).is_some_and(|server| server.closing && server.conns == 0);
        if over {
            self.servers.remove(id.index());
            self.queue.push_back(Event::ServerClosed { server: id });
        }
    }
}

impl OriginPolicy {
    /// Whether a request with these headers may open a WebSocket.
    pub(super) fn allows(&self, headers: &Headers) -> bool {
        let Some(origin) = headers.get_str("origin") else {
            // Unreadable is not absent.
            return headers.get("origin").is_none() || *self == Self::Any;
        };
        match self {
            Self::Any => true,
            Self::List(origins) => {
                origins.iter().any(|allowed| allowed.eq_ignore_ascii_case(origin))
            }
            Self::SameOrigin => {
                let host = origin.split_once("://").map(|(_, host)| host);
                host.zip(headers.get_str("host"))
                    .is_some_and(|(origin, host)| origin.eq_ignore_ascii_case(host))
            }
        }
    }
}

/// A peer that gave up while it waited is no fault of the listener.
fn is_transient(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::Interrupted
    )
}

fn token(id: ServerId) -> usize {
    usize::try_from(id.as_u64() | SERVER_TOKEN).unwrap_or(usize::MAX - 1)
}

pub(super) fn conn_token(id: ConnId) -> usize {
    usize::try_from(id.as_u64()).unwrap_or(usize::MAX - 1)
}

/// An address for the log.
pub(super) fn shown(peer: Option<SocketAddr>) -> String {
    peer.map_or_else(|| "a Unix socket".to_owned(), |peer| peer.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::reactor::wall_clock;

    #[test]
    fn the_end_removes_the_files_of_unix_sockets() {
        let now = wall_clock().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos();
        let path = std::env::temp_dir().join(format!("krandog-test-end-{now}.sock"));
        let mut host = Host::new().unwrap();
        host.listen(&ListenAddress::Unix(path.clone()), 1, ServerOptions::default()).unwrap();
        assert!(path.exists());
        host.end();
        assert!(!path.exists());
    }
}
