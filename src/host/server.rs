//! One server: what it listens on, what it allows, and who is connected.

use std::rc::Rc;

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
    pub(super) referenced: bool,
    pub(super) closing: bool,
    /// The server whose route this is.
    pub(super) parent: Option<ServerId>,
    /// Its own routes.
    pub(super) routes: Vec<ServerId>,
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
            options,
            conns: 0,
            referenced: true,
            closing: false,
            parent: None,
            routes: Vec::new(),
        }
    }

    pub(super) fn keeps_alive(&self) -> bool {
        self.referenced && self.listener.is_some()
    }

    /// Whether it has as many connections as it may have.
    pub(super) fn is_full(&self) -> bool {
        self.options.max_connections.is_some_and(|max| self.conns >= max)
    }

    /// What an opening handshake has agreed on, shared with the one before if that is the same.
    pub(super) fn share(&mut self, agreed: Agreed) -> Rc<Agreed> {
        if *self.agreed != agreed {
            self.agreed = Rc::new(agreed);
        }
        self.agreed.clone()
    }
}
