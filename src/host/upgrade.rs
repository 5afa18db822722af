//! Opening handshakes of accepted WebSockets: checked here, and decided here or by the script.

use std::time::{Duration, Instant};

use super::Host;
use super::conn::{Agreed, Peer, Protocol};
use super::event::Event;
use super::http::Reply;
use crate::id::{ConnId, ServerId};
use crate::limits::UPGRADE_TIMEOUT_MS;
use crate::proto::http1::{
    Request, Response, UsageError, Version, encode_switching_protocols, encode_upgrade_refusal,
};
use crate::proto::ws::extension::Extension;
use crate::proto::ws::handshake::{self, HandshakeError, RequestInfo};
use crate::proto::ws::keepalive::Keepalive;
use crate::proto::ws::{self, Role, deflate};

/// An opening handshake that a script has been asked about.
pub(super) struct Upgrading {
    request: Box<Request>,
    info: RequestInfo,
    pub(super) deadline: Instant,
}

/// What a script adds to a 101.
#[derive(Clone, Debug, Default)]
pub struct Acceptance {
    /// The subprotocol, which the client must have offered; an empty text for none; without it the
    /// server's own list decides.
    pub subprotocol: Option<String>,
    /// Further fields, such as `Set-Cookie`.
    pub headers: Vec<(String, Vec<u8>)>,
}

impl Host {
    /// Checks an opening handshake, and answers it unless the script wants to be asked.
    pub(super) fn upgrade(&mut self, id: ConnId, server: ServerId, request: Box<Request>) {
        let minor = u8::from(request.version == Version::Http11);
        let info = match handshake::check_request(&request.method, minor, &request.headers) {
            Ok(info) => info,
            Err(error) => return self.refuse_handshake(id, &error),
        };
        let Some(entry) = self.server(server) else { return };
        if entry.closing {
            return self.refuse_upgrade(id, 503, &[], "the server is closing");
        }
        if !entry.options.origins.allows(&request.headers) {
            let origin = request.headers.get_str("origin").unwrap_or("?");
            let message = format!(
                "origin {origin} may not open a WebSocket here: allow it with the server option \
                 websocket.allowedOrigins"
            );
            return self.refuse_upgrade(id, 403, &[], &message);
        }
        let asks = entry.options.asks_upgrade;
        let deadline = self.now() + Duration::from_millis(UPGRADE_TIMEOUT_MS);
        let Some(conn) = self.conn_mut(id) else { return };
        let asked = asks.then(|| request.clone());
        let offers = info.protocols.clone();
        conn.protocol = Protocol::Upgrading(Box::new(Upgrading { request, info, deadline }));
        match asked {
            Some(request) => {
                self.rearm(id);
                self.queue.push_back(Event::Upgrade { conn: id, server, request, offers });
            }
            None => {
                if let Err(error) = self.accept_upgrade(id, &Acceptance::default()) {
                    log::warn!("cannot answer an opening handshake: {error}");
                }
            }
        }
    }

    /// Opens the WebSocket that `Event::Upgrade` asked about. An error names what is wrong, and the
    /// handshake is still to be answered.
    pub fn accept_upgrade(&mut self, id: ConnId, wish: &Acceptance) -> Result<(), UsageError> {
        let now = self.now();
        let Some(conn) = self.conns.get_mut(id.index()).filter(|conn| conn.id == id) else {
            return Ok(());
        };
        let Protocol::Upgrading(upgrading) = &mut conn.protocol else { return Ok(()) };
        let Some(server_id) = conn.server else { return Ok(()) };
        let server = self.servers.get_mut(server_id.index());
        let Some(server) = server.filter(|server| server.id == server_id) else { return Ok(()) };
        let options = &server.options;
        let offered = &upgrading.info.protocols;
        let ours = || options.subprotocols.iter().find(|ours| offered.contains(ours)).cloned();
        let subprotocol = wish.subprotocol.clone().map_or_else(ours, Some);
        let subprotocol = subprotocol.filter(|name| offered.contains(name));
        let websocket = &options.websocket;
        let agreed = websocket
            .deflate
            .as_ref()
            .and_then(|ours| deflate::negotiate(ours, &upgrading.info.extensions));
        let (params, extension) = agreed.unzip();
        let extensions: Vec<_> = extension.into_iter().collect();
        let fields =
            handshake::response_headers(&upgrading.info.key, subprotocol.as_deref(), &extensions);
        let mut headers: Vec<(&str, &[u8])> =
            fields.iter().map(|(name, value)| (*name, value.as_bytes())).collect();
        headers.extend(wish.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice())));
        encode_switching_protocols(&headers, conn.out.tail(&mut self.buffers))?;
        let peer = Peer {
            core: ws::Connection::new(websocket.config(Role::Server, params)),
            keepalive: Keepalive::new(server.keepalive.clone(), now),
            request: None,
            max_backpressure: websocket.max_backpressure,
            cause: None,
            error: None,
            agreed: server.share(Agreed {
                subprotocol: subprotocol.unwrap_or_default().into(),
                extensions: shown_extensions(&extensions),
            }),
        };
        let tells_open = server.options.tells_open;
        let before = std::mem::replace(&mut conn.protocol, Protocol::WebSocket(Box::new(peer)));
        if let (Protocol::Upgrading(upgrading), Some(peer)) = (before, conn.peer_mut()) {
            peer.request = Some(upgrading.request);
        }
        let more = !conn.held_input.is_empty() || conn.readable;
        if more {
            self.read_soon(id);
        }
        log::debug!("{id} = OPEN");
        self.mark_dirty(id);
        self.rearm(id);
        if tells_open {
            self.queue.push_back(Event::Open { conn: id, server: Some(server_id) });
        }
        Ok(())
    }

    /// Refuses the WebSocket that `Event::Upgrade` asked about. An error names what is wrong with
    /// the reply, and the handshake is still to be answered.
    pub fn refuse_upgrade_with(&mut self, id: ConnId, reply: &Reply<'_>) -> Result<(), UsageError> {
        let Some(conn) = self.conns.get_mut(id.index()).filter(|conn| conn.id == id) else {
            return Ok(());
        };
        if !matches!(conn.protocol, Protocol::Upgrading(_)) {
            return Ok(());
        }
        let Reply { status, headers, body } = *reply;
        let response = Response { status, reason: None, headers, body };
        let date = self.date.at_wall_clock();
        encode_upgrade_refusal(&response, date, conn.out.tail(&mut self.buffers))?;
        log::debug!("{id} upgrade refused by the script: {status}");
        self.linger(id);
        Ok(())
    }

    /// Refuses the WebSocket that `Event::Upgrade` asked about, because the script failed.
    pub fn fail_upgrade(&mut self, id: ConnId) {
        let upgrading =
            matches!(self.conn(id).map(|conn| &conn.protocol), Some(Protocol::Upgrading(_)));
        if upgrading {
            self.refuse_upgrade(id, 500, &[], "internal server error");
        }
    }

    /// The script has not answered an opening handshake in time.
    pub(super) fn expire_upgrade(&mut self, id: ConnId) {
        let message = "the server did not decide in time";
        self.refuse_upgrade(id, 503, &[("Retry-After", b"5")], message);
    }

    fn refuse_handshake(&mut self, id: ConnId, error: &HandshakeError) {
        let headers: Vec<(&str, &[u8])> =
            error.header().into_iter().map(|(name, value)| (name, value.as_bytes())).collect();
        self.refuse_upgrade(id, error.status(), &headers, &error.to_string());
    }

    /// Ends an HTTP connection with a status and a line that says why.
    pub(super) fn refuse_upgrade(
        &mut self,
        id: ConnId,
        status: u16,
        headers: &[(&str, &[u8])],
        message: &str,
    ) {
        log::debug!("{id} upgrade refused: {status} {message}");
        let mut all: Vec<(&str, &[u8])> =
            vec![("Content-Type", b"text/plain; charset=utf-8".as_slice())];
        all.extend_from_slice(headers);
        let body = format!("{message}\n");
        let response = Response { status, reason: None, headers: &all, body: body.as_bytes() };
        let Some(conn) = self.conns.get_mut(id.index()).filter(|conn| conn.id == id) else {
            return;
        };
        let date = self.date.at_wall_clock();
        let out = conn.out.tail(&mut self.buffers);
        if let Err(error) = encode_upgrade_refusal(&response, date, out) {
            log::warn!("cannot refuse an opening handshake: {error}");
        }
        self.linger(id);
    }
}

/// Extensions as a field value has them.
pub(super) fn shown_extensions(extensions: &[Extension]) -> Box<str> {
    let shown: Vec<String> = extensions.iter().map(ToString::to_string).collect();
    shown.join(", ").into()
}
