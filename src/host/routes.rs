//! Routes of servers: what a server does otherwise for the WebSockets of some paths.
//!
//! A route is an entry of the table of servers, with options of its own and no listener. The script
//! says which one an opening handshake belongs to, and from then on the connection is one of the
//! route's: whoever asks for its server finds the route, so that a message pays nothing for it.

use super::conn::Conn;
use super::gate::Denial;
use super::options::ServerOptions;
use super::role::{Role, refuse_upgrade};
use super::server::Server;
use super::turn::Host;
use crate::id::{ConnId, ServerId};
use crate::limits::RETRY_AFTER;

impl Host {
    /// Adds a route to a server, unless that is over.
    pub fn add_route(&mut self, server: ServerId, options: ServerOptions) -> Option<ServerId> {
        let whole = self.shared.servers.get(server)?;
        let closing = whole.closing;
        let route = self.shared.servers.add(|id| Server::route(id, server, closing, options));
        self.shared.servers.get_mut(server)?.routes.push(route);
        Some(route)
    }

    /// Has the script choose a route for each opening handshake of a server, from now on.
    pub fn ask_route(&mut self, server: ServerId) {
        if let Some(server) = self.shared.servers.get_mut(server) {
            server.options.asks_route = true;
        }
    }

    /// Says whose the opening handshake is that `Event::Upgrade` asked about: that of a route, or of
    /// the server itself. False if that refuses it, or if it is over.
    pub fn choose_route(&mut self, conn: ConnId, chosen: ServerId) -> bool {
        let Some(entry) = self.conns.get_mut(conn) else { return false };
        let (Role::Upgrading(upgrading), Some(before)) = (&entry.role, entry.server) else {
            return false;
        };
        let Some(place) = self.shared.servers.get(chosen) else { return false };
        let is_other = before != chosen;
        let max = place.options.max_connections.filter(|max| is_other && place.conns >= *max);
        let refusal = if max.is_some() {
            let message = "too many connections (option maxConnections of the route)";
            Some((503, Some(("Retry-After", RETRY_AFTER.as_bytes())), message.to_owned()))
        } else {
            let origins = &place.options.origins;
            let refused = upgrading.headers().and_then(|headers| {
                let client = place.client(entry.peer, false, headers);
                origins.refusal(headers, client.host.as_deref())
            });
            refused.map(|message| (403, None, message))
        };
        if let Some(max) = max
            && let Some(server) = self.shared.servers.get_mut(before)
        {
            server.refused.note(Denial::Full(max));
        }
        if let Some((status, field, message)) = refusal {
            self.act(conn, |_, cx| refuse_upgrade(status, field.as_slice(), &message, cx));
            return false;
        }
        if is_other && let Some(place) = self.shared.servers.get_mut(chosen) {
            place.conns += 1;
            entry.server = Some(chosen);
        }
        true
    }

    /// The server of which this is one, or a route.
    pub(super) fn whole_server(&self, id: ServerId) -> ServerId {
        self.shared.servers.get(id).and_then(|server| server.parent).unwrap_or(id)
    }

    /// Whether a connection is one of a server, or of a route of it.
    pub(super) fn is_of(&self, conn: &Conn, server: ServerId) -> bool {
        conn.server.is_some_and(|id| id == server || self.whole_server(id) == server)
    }

    /// The connections of a server, and of its routes.
    pub(super) fn conns_of(&self, server: ServerId) -> Vec<ConnId> {
        let conns = self.conns.iter().filter(|conn| self.is_of(conn, server));
        conns.map(|conn| conn.id).collect()
    }

    /// A connection of a server, or of a route of it, is gone.
    pub(super) fn leave_server(&mut self, id: ServerId) {
        let whole = self.whole_server(id);
        for id in [Some(id), Some(whole).filter(|whole| *whole != id)].into_iter().flatten() {
            if let Some(server) = self.shared.servers.get_mut(id) {
                server.conns -= 1;
            }
        }
        self.note_server_closed(whole);
    }

    /// Forgets a server, and its routes with it.
    pub(super) fn forget_server(&mut self, id: ServerId) {
        let routes = self.shared.servers.remove(id).map(|server| server.routes);
        for route in routes.into_iter().flatten() {
            self.shared.servers.remove(route);
        }
    }
}
