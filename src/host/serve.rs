//! Servers as a script asks for them: listening, accepting, closing.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use super::conn::{Conn, Link};
use super::event::Event;
use super::hub::Hubs;
use super::options::{ListenAddress, ServerOptions};
use super::raw_news::RawNews;
use super::role::{Announcing, HttpServer, Raw, Role};
use super::server::Server;
use super::table::Table;
use super::turn::{Host, conn_token, server_token};
use super::warnings::Kind;
use crate::id::{ConnId, ServerId};
use crate::limits::{ACCEPT_RETRY_MS, ACCEPTS_PER_TURN, TLS_HANDSHAKE_TIMEOUT_MS};
use crate::net::inherited;
use crate::net::listener::{Address, Listener};
use crate::net::tls::Acceptor;
use crate::net::transport::Transport;

impl Host {
    /// Starts to listen. The address comes back with the port that was really bound.
    pub fn listen(
        &mut self,
        address: &ListenAddress,
        backlog: i32,
        options: ServerOptions,
    ) -> io::Result<(ServerId, Address)> {
        let mut listener = self.bind(address, backlog, &options)?;
        let address = listener.address().clone();
        let watcher = &self.watcher;
        let id = self.shared.servers.insert(|id| {
            watcher.watch_readable(&mut listener, server_token(id))?;
            Ok::<_, io::Error>(Server::new(id, listener, options))
        })?;
        Ok((id, address))
    }

    fn bind(
        &mut self,
        address: &ListenAddress,
        backlog: i32,
        options: &ServerOptions,
    ) -> io::Result<Listener> {
        let shared = options.reuse_port;
        if self.process.is_shared() {
            let process = self.process.clone();
            let wish = (backlog, shared);
            let (listener, asked) = process.listening.listen(address, wish, &mut self.asked)?;
            let twice = |server: &Server| {
                let known = server.listener.as_ref().map(Listener::address);
                known == Some(listener.address())
            };
            if !shared && self.shared.servers.iter().any(twice) {
                return Err(io::ErrorKind::AddrInUse.into());
            }
            if let Some(hub) = &options.hub {
                self.join_bus_of_server(hub.id(), &asked.bus());
            }
            return Ok(listener);
        }
        match address {
            ListenAddress::AnyAddress(port) => Listener::bind_any(*port, backlog, shared),
            ListenAddress::Tcp(address) => Listener::bind_tcp(*address, backlog, shared),
            ListenAddress::Unix(path) if options.raw => Listener::bind_new_unix(path, backlog),
            ListenAddress::Unix(path) => Listener::bind_unix(path, backlog),
            ListenAddress::Inherited(fd) => Listener::inherit(*fd),
        }
    }

    /// The socket that systemd has passed on and that nobody has taken: the one with this name, or the
    /// first one.
    pub fn passed_socket(&mut self, name: Option<&str>) -> Option<i32> {
        if self.process.is_shared() {
            return self.process.listening.passed(name, &mut self.asked);
        }
        inherited::passed(name)
    }

    /// The last thing that a process does: it writes what was sent, and removes the files of its
    /// Unix sockets.
    pub fn end(&mut self) {
        self.flush_all();
        for server in self.shared.servers.iter_mut() {
            drop(server.listener.take());
        }
    }

    /// Lets go of every socket, as the end of a process would.
    pub fn abandon(&mut self) {
        self.shared.servers = Table::default();
        self.conns = Table::default();
        self.queue.clear();
        self.hubs = Hubs::default();
    }

    /// Stops listening and ends every connection: idle HTTP ones at once, busy ones after their
    /// reply, WebSockets with a closing handshake. `Event::ServerClosed` follows the last one.
    pub fn close_server(&mut self, id: ServerId, code: u16, reason: &str) {
        if self.stop_listening(id) {
            let of = self.conns_of(id);
            self.close_each(of, code, reason);
            self.note_server_closed(id);
        }
    }

    /// A server is closing from here on; false if it was.
    pub(super) fn stop_listening(&mut self, id: ServerId) -> bool {
        let Some(server) = self.shared.servers.get_mut(id) else { return false };
        if std::mem::replace(&mut server.closing, true) {
            return false;
        }
        if let Some(mut listener) = server.listener.take() {
            self.watcher.unwatch(&mut listener);
        }
        let routes = server.routes.clone();
        for route in routes {
            if let Some(route) = self.shared.servers.get_mut(route) {
                route.closing = true;
            }
        }
        true
    }

    /// Closes every server and every connection politely.
    pub fn close_all(&mut self, code: u16, reason: &str) {
        self.end_lines();
        self.close_servers(code, reason);
        self.close_where(|_| true, code, reason);
    }

    /// Closes every server that is not closing yet, and its connections.
    pub fn close_servers(&mut self, code: u16, reason: &str) {
        for id in self.server_ids() {
            self.close_server(id, code, reason);
        }
    }

    fn close_where(&mut self, which: impl Fn(&Conn) -> bool, code: u16, reason: &str) {
        let conns = self.conns.iter().filter(|conn| which(conn)).map(|conn| conn.id);
        self.close_each(conns.collect(), code, reason);
    }

    fn close_each(&mut self, conns: Vec<ConnId>, code: u16, reason: &str) {
        for id in conns {
            self.act(id, |role, cx| role.close(code, reason, cx));
        }
    }

    /// Whether any connection is left.
    pub fn has_connections(&self) -> bool {
        !self.conns.is_empty()
    }

    /// Whether something has happened that the script has not been told.
    pub fn has_news(&self) -> bool {
        !self.queue.is_empty() || self.hubs.has_put_off()
    }

    /// Whether the server keeps the process alive.
    pub fn set_server_referenced(&mut self, id: ServerId, referenced: bool) {
        if let Some(server) = self.shared.servers.get_mut(id) {
            server.referenced = referenced;
        }
    }

    /// Gives a server another certificate. Connections that are there keep theirs.
    pub fn set_tls(&mut self, id: ServerId, tls: Acceptor) {
        if let Some(server) = self.shared.servers.get_mut(id) {
            server.options.tls = Some(tls);
        }
    }

    /// Tells of each WebSocket as it opens, from now on.
    pub fn tell_open(&mut self, id: ServerId) {
        let routes = self.shared.servers.get(id).map(|server| server.routes.clone());
        for id in routes.into_iter().flatten().chain([id]) {
            if let Some(server) = self.shared.servers.get_mut(id) {
                server.options.tells_open = true;
            }
        }
    }

    /// Every server, but no routes.
    fn server_ids(&self) -> Vec<ServerId> {
        let whole = self.shared.servers.iter().filter(|server| server.parent.is_none());
        whole.map(|server| server.id).collect()
    }

    /// Takes the connections that wait at a server, up to the budget of a turn.
    pub(super) fn accept(&mut self, id: ServerId) {
        for _ in 0..ACCEPTS_PER_TURN {
            let Some(server) = self.shared.servers.get_mut(id) else { return };
            let Some(listener) = &mut server.listener else { return };
            match listener.accept() {
                Ok(Some((transport, peer))) => self.adopt(id, transport, peer, false),
                Ok(None) => return,
                Err(error) if is_transient(&error) => {}
                Err(error) => {
                    // Out of file descriptors, most likely. The readiness is spent, so somebody
                    // has to come back; at once would be a busy loop.
                    let now = self.now();
                    self.shared.warnings.warn(Kind::Accept, now, || {
                        format!(
                            "cannot accept a connection: {error}; trying again every \
                             {ACCEPT_RETRY_MS} ms"
                        )
                    });
                    self.accepts.retry_at = Some(now + Duration::from_millis(ACCEPT_RETRY_MS));
                    break;
                }
            }
        }
        self.accepts.push(id);
    }

    /// Takes a connection. One of this program's own needs neither TLS nor a header that says whom it
    /// speaks for.
    pub(super) fn adopt(
        &mut self,
        server_id: ServerId,
        mut transport: Transport,
        peer: Option<SocketAddr>,
        is_own: bool,
    ) {
        let now = self.now();
        let Some(server) = self.shared.servers.get_mut(server_id) else { return };
        let counted_as = match server.admit(peer, now) {
            Ok(counted_as) => counted_as,
            Err(denial) => return self.dismiss(server_id, transport, denial),
        };
        let announces = server.options.proxy_protocol && !is_own;
        if let Some(tls) = server.options.tls.as_ref().filter(|_| !announces && !is_own) {
            match tls.session() {
                Ok(session) => transport = transport.secured(session),
                Err(fault) => {
                    server.uncount(counted_as, now);
                    return log::warn!("cannot begin TLS: {fault}");
                }
            }
        }
        let config = server.options.http;
        let is_raw = server.options.raw;
        let role = if is_raw && transport.is_tls() {
            let patience = Duration::from_millis(TLS_HANDSHAKE_TIMEOUT_MS);
            Role::Raw(Raw::securing(Some(now + patience)))
        } else if is_raw {
            Role::Raw(Raw::open())
        } else if announces {
            Role::Announcing(Announcing::new(config, now))
        } else {
            Role::Http(HttpServer::new(config, now))
        };
        transport.set_nodelay(true);
        let watcher = &self.watcher;
        let added = self.conns.insert(|id| {
            watcher.watch(transport.socket_mut(), conn_token(id))?;
            let mut conn = Conn::new(id, Link::Up(transport), role);
            (conn.server, conn.peer) = (Some(server_id), peer);
            if counted_as.is_some() {
                conn.schedule.restraint.get_or_insert_default().counted_as =
                    counted_as.map(|key| (server_id, key));
            }
            Ok::<_, io::Error>(conn)
        });
        let id = match added {
            Ok(id) => id,
            Err(error) => {
                server.uncount(counted_as, now);
                return log::warn!("cannot watch an accepted connection: {error}");
            }
        };
        server.conns += 1;
        log::debug!("{id} accepted from {}", shown(peer));
        if is_raw {
            self.queue.push_back(Event::Raw { conn: id, news: RawNews::Accepted(server_id) });
        }
        self.rearm(id);
    }
}

/// A peer that gave up while it waited is not a fault of the listener.
fn is_transient(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::Interrupted
    )
}

/// An address for the log.
fn shown(peer: Option<SocketAddr>) -> String {
    peer.map_or_else(|| "a Unix socket".to_owned(), |peer| peer.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::reactor::{Reactor, wall_clock};

    #[test]
    fn the_end_removes_the_files_of_unix_sockets() {
        let now = wall_clock().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos();
        let path = std::env::temp_dir().join(format!("krandog-test-end-{now}.sock"));
        let mut host = Host::new(&Reactor::new().unwrap()).unwrap();
        host.listen(&ListenAddress::Unix(path.clone()), 1, ServerOptions::default()).unwrap();
        assert!(path.exists());
        host.end();
        assert!(!path.exists());
    }
}
