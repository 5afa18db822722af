//! WebSockets in their open and closing states, whichever side they are.

use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};

use super::Host;
use super::conn::{Agreed, Conn, Peer, Protocol};
use super::event::{Cause, Closed, ConnError, Event, Message};
use super::input::Input;
use crate::id::{ConnId, ServerId};
use crate::limits::{
    CLIENT_MAX_BACKPRESSURE, CLIENT_MAX_PAYLOAD, CLIENT_PING_INTERVAL_MS, MAX_FRAGMENTS,
    PING_INTERVAL_MS, PONG_TIMEOUT_MS, SERVER_MAX_BACKPRESSURE, SERVER_MAX_PAYLOAD,
};
use crate::proto::http1::Request;
use crate::proto::ws::close::code;
use crate::proto::ws::deflate::{DeflateConfig, Params};
use crate::proto::ws::keepalive::{Action, KeepaliveConfig};
use crate::proto::ws::{self, Config, Outgoing, PeerError, Role, State, UsageError};

/// Limits and timers of a WebSocket.
#[derive(Clone, Debug)]
pub struct WebSocketOptions {
    /// Largest message taken, in bytes.
    pub max_payload: usize,
    /// Most fragments of one message.
    pub max_fragments: usize,
    /// Bytes that may wait for a peer that does not read.
    pub max_backpressure: usize,
    /// When to ping and when to give up.
    pub keepalive: KeepaliveConfig,
    /// Compression, where the peer agrees.
    pub deflate: Option<DeflateConfig>,
}

impl WebSocketOptions {
    /// The defaults of an outgoing WebSocket: generous, since the script chose its server.
    pub fn client() -> Self {
        Self {
            max_payload: CLIENT_MAX_PAYLOAD,
            max_backpressure: CLIENT_MAX_BACKPRESSURE,
            keepalive: keepalive(CLIENT_PING_INTERVAL_MS),
            // Offered, as browsers do; the server decides.
            deflate: Some(DeflateConfig::default()),
            ..Self::default()
        }
    }

    pub(super) fn config(&self, role: Role, deflate: Option<Params>) -> Config {
        Config {
            deflate,
            max_payload: self.max_payload,
            max_fragments: self.max_fragments,
            ..Config::new(role)
        }
    }
}

impl Default for WebSocketOptions {
    /// The defaults of an accepted WebSocket: safe against any peer.
    fn default() -> Self {
        Self {
            max_payload: SERVER_MAX_PAYLOAD,
            max_fragments: MAX_FRAGMENTS,
            max_backpressure: SERVER_MAX_BACKPRESSURE,
            keepalive: keepalive(PING_INTERVAL_MS),
            // It costs more than it saves on short messages and fast links.
            deflate: None,
        }
    }
}

fn keepalive(ping_interval_ms: u64) -> KeepaliveConfig {
    KeepaliveConfig {
        ping_interval: Some(Duration::from_millis(ping_interval_ms)),
        pong_timeout: Some(Duration::from_millis(PONG_TIMEOUT_MS)),
        ..KeepaliveConfig::default()
    }
}

/// Why a message was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendError {
    /// The connection is closing or gone.
    NotOpen,
    /// Too much waits for the peer already; the connection has been closed with 1013.
    Backpressure,
}

/// What became of an accepted message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SendOutcome {
    /// Bytes that wait for the kernel, this message included.
    pub buffered: usize,
}

/// What is known of an accepted WebSocket from its opening handshake.
#[derive(Debug)]
pub struct OpeningFacts {
    /// The server that accepted it.
    pub server: ServerId,
    /// The request.
    pub request: Box<Request>,
    /// What it agreed on.
    pub agreed: Rc<Agreed>,
    /// The peer's address, where it has one.
    pub peer: Option<SocketAddr>,
}

impl Host {
    /// Decodes frames up to the next event that concerns a script.
    pub(super) fn advance_websocket(&mut self, id: ConnId, input: &mut Input) -> Option<Event> {
        let now = self.now();
        let conn = self.conns.get_mut(id.index()).filter(|conn| conn.id == id)?;
        let server = conn.server;
        let Protocol::WebSocket(peer) = &mut conn.protocol else { return None };
        let out = conn.out.tail(&mut self.buffers);
        let before = out.len();
        let (bytes, position) = input.parts();
        let event = peer.core.receive(bytes, position, out);
        let answered = out.len() != before;
        if matches!(event, Some(ws::Event::Message { .. })) {
            peer.keepalive.handle_message(now);
        }
        if answered {
            self.mark_dirty(id);
        }
        match event? {
            ws::Event::Message { kind, payload } => {
                Some(Event::Message(Message { conn: id, server, kind, payload }))
            }
            ws::Event::Ping(payload) => Some(Event::Ping { conn: id, payload }),
            ws::Event::Pong(payload) => Some(Event::Pong { conn: id, payload }),
            ws::Event::Close { code, .. } => {
                log::debug!("{id} < CLOSE {}", code.unwrap_or(code::NO_STATUS));
                self.handle_close_frame(id, now);
                self.queue.pop_front()
            }
            ws::Event::Failed(error) => {
                self.handle_peer_error(id, &error);
                self.queue.pop_front()
            }
        }
    }

    /// Queues a message whose payload of `message.len` bytes `fill` writes.
    pub fn send_websocket(
        &mut self,
        id: ConnId,
        message: Outgoing,
        fill: impl FnOnce(&mut Vec<u8>),
    ) -> Result<SendOutcome, SendError> {
        if self.conn(id).is_some_and(Conn::is_filling) {
            self.relieve(id)?;
        }
        let conn = self
            .conns
            .get_mut(id.index())
            .filter(|conn| conn.id == id)
            .ok_or(SendError::NotOpen)?;
        let Protocol::WebSocket(peer) = &mut conn.protocol else {
            return Err(SendError::NotOpen);
        };
        let out = conn.out.tail(&mut self.buffers);
        peer.core.send_as(message, out, fill).map_err(|_| SendError::NotOpen)?;
        conn.pending_payload += message.len;
        let buffered = conn.out.len();
        self.mark_dirty(id);
        Ok(SendOutcome { buffered })
    }

    /// A long run of sends need not wait for the end of the turn; a peer that does not read even
    /// so is cut off before it fills the memory.
    fn relieve(&mut self, id: ConnId) -> Result<(), SendError> {
        self.flush_conn(id);
        let conn = self.conn_mut(id).ok_or(SendError::NotOpen)?;
        let waiting = conn.out.len();
        let Some(peer) = conn.peer_mut() else { return Err(SendError::NotOpen) };
        if waiting <= peer.max_backpressure {
            return Ok(());
        }
        if peer.core.state() != State::Open {
            return Err(SendError::NotOpen);
        }
        let limit = peer.max_backpressure;
        let message = format!(
            "{waiting} bytes wait for a peer that does not read, more than the {limit} that \
             maxBackpressure allows"
        );
        self.fail_slow(id, message);
        Err(SendError::Backpressure)
    }

    /// Sends a ping; `Event::Pong` brings the answer.
    pub fn ping_websocket(&mut self, id: ConnId, data: &[u8]) -> Result<(), UsageError> {
        self.send_control(id, |peer, out| peer.core.ping(data, out))
    }

    /// Sends a pong that nobody asked for.
    pub fn pong_websocket(&mut self, id: ConnId, data: &[u8]) -> Result<(), UsageError> {
        // A script may answer every ping itself, and its peer read none of the answers.
        if self.conn(id).is_some_and(Conn::is_filling) && self.relieve(id).is_err() {
            return Err(UsageError::NotOpen { state: State::Closing });
        }
        self.send_control(id, |peer, out| peer.core.pong(data, out))
    }

    fn send_control(
        &mut self,
        id: ConnId,
        write: impl FnOnce(&mut Peer, &mut Vec<u8>) -> Result<(), UsageError>,
    ) -> Result<(), UsageError> {
        let closed = UsageError::NotOpen { state: State::Closed };
        let conn = self.conns.get_mut(id.index()).filter(|conn| conn.id == id).ok_or(closed)?;
        let Protocol::WebSocket(peer) = &mut conn.protocol else { return Err(closed) };
        write(peer, conn.out.tail(&mut self.buffers))?;
        self.mark_dirty(id);
        Ok(())
    }

    /// Begins the closing handshake. Without a code the Close frame has none.
    pub fn close_websocket(
        &mut self,
        id: ConnId,
        code: Option<u16>,
        reason: &str,
    ) -> Result<(), UsageError> {
        let now = self.now();
        self.send_control(id, |peer, out| {
            peer.core.close(code, reason, out)?;
            peer.cause.get_or_insert(Cause::Local);
            peer.keepalive.close_started(now);
            Ok(())
        })?;
        // The script is given no more messages; the peer's answer is to be heard.
        self.set_paused(id, false);
        self.rearm(id);
        Ok(())
    }

    /// Ends a WebSocket at once, in any state: the peer sees a reset.
    pub fn terminate(&mut self, id: ConnId) {
        let Some(conn) = self.conn_mut(id) else { return };
        match &mut conn.protocol {
            Protocol::WebSocket(peer) => {
                peer.core.handle_eof();
                peer.cause.get_or_insert(Cause::Local);
                self.tell_closed(id);
                self.reset(id);
            }
            Protocol::Connecting(_) | Protocol::Handshake(_) => {
                self.fail_opening(
                    id,
                    ConnError {
                        code: "ECONNABORTED".to_owned(),
                        message: "WebSocket was closed before it was open".to_owned(),
                        status: None,
                    },
                    Cause::Local,
                );
            }
            Protocol::Http(_) | Protocol::Upgrading(_) | Protocol::Lingering(_) => self.reset(id),
        }
    }

    /// Stops giving the script what the peer sends; the peer feels it as backpressure.
    pub fn set_paused(&mut self, id: ConnId, paused: bool) {
        let Some(conn) = self.conn_mut(id) else { return };
        conn.paused = paused;
        let more = !paused && (conn.readable || !conn.held_input.is_empty());
        if more {
            self.read_soon(id);
        }
    }

    /// Bytes of messages that wait for the kernel.
    pub fn buffered_amount(&self, id: ConnId) -> usize {
        self.conn(id).map_or(0, |conn| conn.pending_payload.min(conn.out.len()))
    }

    /// The state of a connection; one that is gone is closed. `None` while it is not open yet.
    pub fn websocket_state(&self, id: ConnId) -> Option<State> {
        match self.conn(id).map(|conn| &conn.protocol) {
            Some(Protocol::WebSocket(peer)) => Some(peer.core.state()),
            Some(Protocol::Connecting(_) | Protocol::Handshake(_)) => None,
            _ => Some(State::Closed),
        }
    }

    /// Takes what the opening handshake of an accepted WebSocket said; once.
    pub fn take_opening_facts(&mut self, id: ConnId) -> Option<OpeningFacts> {
        let conn = self.conn_mut(id)?;
        let (server, peer) = (conn.server?, conn.peer);
        let websocket = conn.peer_mut()?;
        let request = websocket.request.take()?;
        Some(OpeningFacts { server, request, agreed: websocket.agreed.clone(), peer })
    }

    /// The subprotocol that was agreed on, or an empty text.
    pub fn subprotocol(&self, id: ConnId) -> &str {
        match self.conn(id).map(|conn| &conn.protocol) {
            Some(Protocol::WebSocket(peer)) => &peer.agreed.subprotocol,
            _ => "",
        }
    }

    /// The extensions that were agreed on, or an empty text.
    pub fn extensions(&self, id: ConnId) -> &str {
        match self.conn(id).map(|conn| &conn.protocol) {
            Some(Protocol::WebSocket(peer)) => &peer.agreed.extensions,
            _ => "",
        }
    }

    /// The open WebSockets of a server.
    pub fn websockets_of(&self, server: ServerId) -> Vec<ConnId> {
        self.conns
            .iter()
            .filter(|(_, conn)| conn.server == Some(server))
            .filter(|(_, conn)| matches!(conn.protocol, Protocol::WebSocket(_)))
            .map(|(_, conn)| conn.id)
            .collect()
    }

    fn handle_close_frame(&mut self, id: ConnId, now: Instant) {
        let Some(conn) = self.conn_mut(id) else { return };
        let accepted = conn.server.is_some();
        let Some(peer) = conn.peer_mut() else { return };
        peer.cause.get_or_insert(Cause::Peer);
        if accepted {
            // RFC 6455 7.1.1: the server closes TCP first.
            self.finish(id);
        } else {
            peer.keepalive.close_started(now);
            self.rearm(id);
        }
    }

    fn handle_peer_error(&mut self, id: ConnId, error: &PeerError) {
        log::debug!("{id} failed: {error}");
        let Some(peer) = self.conn_mut(id).and_then(Conn::peer_mut) else { return };
        let close_code = error.close_code();
        let limit = matches!(close_code, code::MESSAGE_TOO_BIG | code::POLICY_VIOLATION);
        peer.cause = Some(if limit { Cause::Limit } else { Cause::Protocol });
        let code = if limit { "WS_LIMIT" } else { "WS_PROTOCOL" };
        peer.note_error(code, format!("{error} (close code {close_code})"));
        self.finish(id);
    }

    /// Fails a WebSocket whose peer does not read.
    fn fail_slow(&mut self, id: ConnId, message: String) {
        log::debug!("{id} failed: {message}");
        let Some(conn) = self.conns.get_mut(id.index()).filter(|conn| conn.id == id) else {
            return;
        };
        let Protocol::WebSocket(peer) = &mut conn.protocol else { return };
        let out = conn.out.tail(&mut self.buffers);
        peer.core.fail(code::TRY_AGAIN_LATER, "the peer reads too slowly", out);
        peer.cause = Some(Cause::Limit);
        peer.note_error("WS_BACKPRESSURE", message);
        self.finish(id);
    }

    /// The socket has ended under a WebSocket.
    pub(super) fn handle_websocket_end(&mut self, id: ConnId, broke: bool) {
        let Some(peer) = self.conn_mut(id).and_then(Conn::peer_mut) else { return };
        peer.core.handle_eof();
        if !peer.core.close_info().was_clean {
            if peer.cause != Some(Cause::Shutdown) {
                peer.cause = Some(Cause::Reset);
            }
            if peer.error.is_none() {
                peer.note_error("ECONNRESET", "the connection ended without a Close frame".into());
            }
        }
        self.tell_closed(id);
        if broke { self.remove(id) } else { self.linger(id) }
    }

    pub(super) fn expire_websocket(&mut self, id: ConnId, now: Instant) {
        let Some(conn) = self.conns.get_mut(id.index()).filter(|conn| conn.id == id) else {
            return;
        };
        let Protocol::WebSocket(peer) = &mut conn.protocol else { return };
        if conn.paused && (conn.readable || !conn.held_input.is_empty()) {
            // The peer is not silent: nobody listens.
            peer.keepalive.handle_received(now);
            peer.keepalive.handle_message(now);
        }
        match peer.keepalive.handle_deadline(now) {
            Action::None => {}
            Action::SendPing => {
                // Only a connection that is closing refuses, and that one has another deadline.
                let _ = peer.core.ping(&[], conn.out.tail(&mut self.buffers));
                self.mark_dirty(id);
            }
            Action::PongTimedOut => self.give_up(id, "the peer has not been heard of in time"),
            Action::IdleTimedOut => {
                let _ = self.close_websocket(id, Some(code::GOING_AWAY), "idle for too long");
                if let Some(peer) = self.conn_mut(id).and_then(Conn::peer_mut) {
                    peer.cause = Some(Cause::Timeout);
                }
            }
            Action::CloseTimedOut => {
                let complete = peer.core.close_received();
                if complete { self.finish(id) } else { self.give_up(id, "no answer to Close") }
            }
        }
    }

    /// The peer is not there any more: nothing is worth sending.
    fn give_up(&mut self, id: ConnId, message: &str) {
        let Some(peer) = self.conn_mut(id).and_then(Conn::peer_mut) else { return };
        log::debug!("{id} timed out: {message}");
        peer.core.handle_eof();
        peer.cause = Some(Cause::Timeout);
        peer.note_error("ETIMEDOUT", message.to_owned());
        self.tell_closed(id);
        self.reset(id);
    }

    /// The WebSocket is over; its last bytes are still on their way.
    fn finish(&mut self, id: ConnId) {
        self.tell_closed(id);
        self.linger(id);
    }

    fn tell_closed(&mut self, id: ConnId) {
        let Some(conn) = self.conn_mut(id) else { return };
        let server = conn.server;
        let Some(peer) = conn.peer_mut() else { return };
        let info = peer.core.close_info();
        let closed = Closed {
            conn: id,
            server,
            code: info.code,
            reason: info.reason,
            was_clean: info.was_clean,
            cause: peer.cause.unwrap_or(Cause::Reset),
            error: peer.error.take().map(|error| *error),
        };
        log::debug!("{id} = CLOSED {} {}", closed.code, closed.cause.as_str());
        self.queue.push_back(Event::Closed(Box::new(closed)));
    }
}
