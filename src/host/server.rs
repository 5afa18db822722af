//! One server: what it listens on, what it allows, and who is connected.

use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Instant;

use super::gate::{AddressKey, Denial, Gate, Refused};
use super::options::ServerOptions;
use super::proxies::Client;
use super::table::Entry;
use crate::id::ServerId;
use crate::net::listener::Listener;
use crate::proto::http1::Headers;
use crate::proto::ws::keepalive::KeepaliveConfig;

/// An entry of the host's table of servers.
pub(super) struct Server {
    pub(super) id: ServerId,
    /// None once it is closing, and of a route.
    pub(super) listener: Option<Listener>,
    pub(super) options: ServerOptions,
    /// `options.websocket.keepalive`, for all connections to share.
    pub(super) keepalive: Rc<KeepaliveConfig>,
    /// What the latest opening handshake agreed on.
    agreed: Rc<Agreed>,
    /// Connections accepted here and not yet gone.
    pub(super) conns: usize,
    /// WebSockets of these that are open.
    pub(super) open: usize,
    /// Who is connected from where, if that matters.
    pub(super) gate: Option<Box<Gate>>,
    pub(super) refused: Refused,
    pub(super) referenced: bool,
    pub(super) closing: bool,
    /// The server whose route this is.
    pub(super) parent: Option<ServerId>,
    /// Its own routes.
    pub(super) routes: Vec<ServerId>,
    /// It closes, and there is an instant at which those who are left are cut off.
    pub(super) drains: bool,
}

/// What an opening handshake agreed on: mostly the same for all WebSockets of a server, which then
/// share it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Agreed {
    /// The subprotocol in use, or an empty text.
    pub subprotocol: Box<str>,
    /// The extensions in use, as the response named them, or an empty text.
    pub extensions: Box<str>,
}

impl Entry for Server {
    type Id = ServerId;

    #[inline]
    fn id(&self) -> ServerId {
        self.id
    }
}

impl Server {
    pub(super) fn new(id: ServerId, listener: Listener, options: ServerOptions) -> Self {
        Self { listener: Some(listener), ..Self::silent(id, options) }
    }

    /// A route of `parent`.
    pub(super) fn route(
        id: ServerId,
        parent: ServerId,
        closing: bool,
        options: ServerOptions,
    ) -> Self {
        Self { parent: Some(parent), closing, ..Self::silent(id, options) }
    }

    /// One that listens to nothing.
    pub(super) fn silent(id: ServerId, options: ServerOptions) -> Self {
        Self {
            id,
            listener: None,
            keepalive: Rc::new(options.websocket.keepalive),
            agreed: Rc::default(),
            gate: options.gate.gate(),
            refused: Refused::default(),
            options,
            conns: 0,
            open: 0,
            referenced: true,
            closing: false,
            parent: None,
            routes: Vec::new(),
            drains: false,
        }
    }

    pub(super) fn keeps_alive(&self) -> bool {
        self.referenced && self.listener.is_some()
    }

    /// Lets one more connection in, unless there are enough. Tells what it counts as, if it does.
    pub(super) fn admit(
        &mut self,
        peer: Option<SocketAddr>,
        now: Instant,
    ) -> Result<Option<AddressKey>, Denial> {
        let full = self.options.max_connections.filter(|max| self.conns >= *max);
        let admitted = match full {
            Some(max) => Err(Denial::Full(max)),
            // Whom it speaks for it has not said yet.
            None if self.options.proxy_protocol || self.counts_clients_of(peer) => return Ok(None),
            None => return self.admit_one(peer, now),
        };
        admitted.inspect_err(|denial| self.refused.note(*denial))
    }

    /// Whether the peer of a connection speaks for others, and they are what is counted.
    pub(super) fn counts_clients_of(&self, peer: Option<SocketAddr>) -> bool {
        self.options.proxies.as_ref().is_some_and(|proxies| proxies.trusts(peer))
    }

    /// Counts a connection of an address, if that matters.
    pub(super) fn admit_one(
        &mut self,
        address: Option<SocketAddr>,
        now: Instant,
    ) -> Result<Option<AddressKey>, Denial> {
        let Some((gate, address)) = self.gate.as_mut().zip(address) else { return Ok(None) };
        let key = address.into();
        let entered = gate.enter(key, &self.options.gate, now).map(|()| Some(key));
        entered.inspect_err(|denial| self.refused.note(*denial))
    }

    /// Whom a request comes from that has come over a socket with this peer.
    pub(super) fn client(
        &self,
        peer: Option<SocketAddr>,
        over_tls: bool,
        headers: &Headers,
    ) -> Client {
        match &self.options.proxies {
            Some(proxies) => proxies.client(peer, over_tls, headers),
            None => Client { address: peer, secure: over_tls, host: None },
        }
    }

    /// A connection is over that counted as this.
    pub(super) fn uncount(&mut self, key: Option<AddressKey>, now: Instant) {
        if let Some((gate, key)) = self.gate.as_mut().zip(key) {
            gate.leave(key, &self.options.gate, now);
        }
    }

    /// What an opening handshake has agreed on, shared with the one before if that is the same.
    pub(super) fn share(&mut self, agreed: Agreed) -> Rc<Agreed> {
        if *self.agreed != agreed {
            self.agreed = Rc::new(agreed);
        }
        self.agreed.clone()
    }
}
