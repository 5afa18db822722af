//! One server: what it listens on, what it allows, and who is connected.

use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Instant;

use super::gate::{AddressKey, Denial, Gate, Refused};
use super::options::ServerOptions;
use super::table::Entry;
use crate::id::ServerId;
use crate::net::listener::Listener;
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
    fn silent(id: ServerId, options: ServerOptions) -> Self {
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
            None => self.count(peer, now),
        };
        admitted.inspect_err(|denial| self.refused.note(*denial))
    }

    /// Counts a connection of an address, if that matters.
    fn count(
        &mut self,
        peer: Option<SocketAddr>,
        now: Instant,
    ) -> Result<Option<AddressKey>, Denial> {
        let Some((gate, peer)) = self.gate.as_mut().zip(peer) else { return Ok(None) };
        let key = peer.into();
        gate.enter(key, &self.options.gate, now).map(|()| Some(key))
    }

    /// What an opening handshake has agreed on, shared with the one before if that is the same.
    pub(super) fn share(&mut self, agreed: Agreed) -> Rc<Agreed> {
        if *self.agreed != agreed {
            self.agreed = Rc::new(agreed);
        }
        self.agreed.clone()
    }
}
