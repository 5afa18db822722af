//! HTTP connections: decoding requests, answering them, and upgrading to WebSocket.

use std::time::{Duration, Instant, UNIX_EPOCH};

use super::conn::{Linger, Peer, Protocol};
use super::event::Event;
use super::input::Input;
use super::{Cause, Host};
use crate::id::{ConnId, ServerId};
use crate::limits::LINGER_TIMEOUT_MS;
use crate::net::reactor::wall_clock;
use crate::net::stream::ReadOutcome;
use crate::proto::http1::{
    self, Request, Response, State, UsageError, Version, encode_switching_protocols,
    encode_upgrade_refusal,
};
use crate::proto::ws::deflate;
use crate::proto::ws::extension::Extension;
use crate::proto::ws::handshake::{self, HandshakeError};
use crate::proto::ws::keepalive::Keepalive;
use crate::proto::ws::{self, Role};

/// A reply of a script.
#[derive(Debug, Default)]
pub struct Reply<'a> {
    /// The status code.
    pub status: u16,
    /// Fields, in order.
    pub headers: &'a [(&'a str, &'a [u8])],
    /// The content.
    pub body: &'a [u8],
}

/// The `Date` field's text, made once a second.
#[derive(Default)]
pub(super) struct DateText {
    second: u64,
    text: String,
}

impl DateText {
    pub(super) fn at_wall_clock(&mut self) -> &str {
        let now = wall_clock();
        let second = now.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        if second != self.second || self.text.is_empty() {
            self.second = second;
            self.text = httpdate::fmt_http_date(now);
        }
        &self.text
    }
}

impl Host {
    /// Reads once from a connection whose turn it is.
    pub(super) fn fill(&mut self, id: ConnId, input: &mut Input) {
        let now = self.now();
        let Some(conn) = self.conns.get_mut(id.index()).filter(|conn| conn.id == id) else {
            return;
        };
        if !conn.takes_input() {
            return;
        }
        if !conn.held_input.is_empty() {
            let held = std::mem::take(&mut conn.held_input);
            input.load(id, &held);
            if conn.readable {
                self.again.push(id);
            }
            return;
        }
        let Some(stream) = conn.stream.as_mut().filter(|_| conn.readable) else { return };
        let (outcome, full) = match input.read(id, stream) {
            Ok(read) => read,
            Err(error) => {
                log::debug!("#{} broke: {error}", id.as_u64());
                return self.handle_end(id, true);
            }
        };
        match outcome {
            ReadOutcome::Bytes(_) => {
                conn.readable = full || conn.read_closed;
                if let Protocol::WebSocket(peer) = &mut conn.protocol {
                    peer.keepalive.handle_received(now);
                }
                if conn.readable {
                    self.again.push(id);
                }
            }
            ReadOutcome::WouldBlock => conn.readable = false,
            ReadOutcome::End => self.handle_end(id, false),
        }
    }

    /// Decodes on, up to the next event of the connection that `input` belongs to.
    pub(super) fn advance(&mut self, id: ConnId, input: &mut Input) -> Option<Event> {
        loop {
            let conn = self.conns.get_mut(id.index()).filter(|conn| conn.id == id)?;
            if !conn.takes_input() {
                conn.held_input.extend_from_slice(input.rest());
                return None;
            }
            match &mut conn.protocol {
                Protocol::Http(_) => {
                    if let Step::Done(event) = self.advance_http(id, input) {
                        return event;
                    }
                }
                Protocol::WebSocket(_) => return self.advance_websocket(id, input),
                Protocol::Handshake(_) => {
                    if !self.advance_handshake(id, input) {
                        return None;
                    }
                    if let Some(event) = self.queue.pop_front() {
                        return Some(event);
                    }
                }
                Protocol::Lingering(_) | Protocol::Connecting(_) => return None,
            }
        }
    }

    fn advance_http(&mut self, id: ConnId, input: &mut Input) -> Step {
        let now = self.now();
        let Some(conn) = self.conns.get_mut(id.index()).filter(|conn| conn.id == id) else {
            return Step::Done(None);
        };
        let Protocol::Http(http) = &mut conn.protocol else { return Step::Done(None) };
        let Some(server) = conn.server else { return Step::Done(None) };
        let out = conn.out.tail(&mut self.buffers);
        let (bytes, position) = input.parts();
        let event = http.receive(bytes, position, now, out);
        let written = !out.is_empty();
        if written {
            self.mark_dirty(id);
        }
        self.rearm(id);
        match event {
            None => Step::Done(None),
            Some(http1::Event::Request(request)) => {
                Step::Done(Some(Event::Request { conn: id, server, request }))
            }
            Some(http1::Event::Upgrade(request)) => {
                self.upgrade(id, server, request);
                Step::Again
            }
            Some(http1::Event::Failed(error)) => {
                log::debug!("#{} refused: {error}", id.as_u64());
                self.linger(id);
                Step::Done(None)
            }
            Some(http1::Event::Close) => {
                self.linger(id);
                Step::Done(None)
            }
        }
    }

    /// Answers an opening handshake: with 101, or with the status it earned.
    fn upgrade(&mut self, id: ConnId, server: ServerId, request: Box<Request>) {
        let minor = u8::from(request.version == Version::Http11);
        let checked = handshake::check_request(&request.method, minor, &request.headers);
        let info = match checked {
            Ok(info) => info,
            Err(error) => return self.refuse_handshake(id, &error),
        };
        let Some(entry) = self.server(server) else { return };
        let options = &entry.options;
        if !options.origins.allows(&request.headers) {
            let origin = request.headers.get_str("origin").unwrap_or("?");
            let message = format!(
                "origin {origin} may not open a WebSocket here: allow it with the server option \
                 websocket.allowedOrigins"
            );
            return self.refuse_upgrade(id, 403, &[], &message);
        }
        let subprotocol = options
            .subprotocols
            .iter()
            .find(|ours| info.protocols.iter().any(|offered| offered == *ours))
            .cloned();
        let websocket = options.websocket.clone();
        let tells_open = options.tells_open;
        let now = self.now();
        let Some(conn) = self.conns.get_mut(id.index()).filter(|conn| conn.id == id) else {
            return;
        };
        let agreed =
            websocket.deflate.as_ref().and_then(|ours| deflate::negotiate(ours, &info.extensions));
        let (params, extension) = agreed.unzip();
        let extensions: Vec<_> = extension.into_iter().collect();
        let headers = handshake::response_headers(&info.key, subprotocol.as_deref(), &extensions);
        let borrowed: Vec<(&str, &[u8])> =
            headers.iter().map(|(name, value)| (*name, value.as_bytes())).collect();
        let encoded = encode_switching_protocols(&borrowed, conn.out.tail(&mut self.buffers));
        if let Err(error) = encoded {
            log::warn!("cannot answer an opening handshake: {error}");
        }
        conn.protocol = Protocol::WebSocket(Box::new(Peer {
            core: ws::Connection::new(websocket.config(Role::Server, params)),
            keepalive: Keepalive::new(websocket.keepalive, now),
            request: Some(request),
            subprotocol: subprotocol.unwrap_or_default().into(),
            extensions: shown_extensions(&extensions),
            max_backpressure: websocket.max_backpressure,
            cause: None,
            error: None,
            tells_control_frames: false,
        }));
        log::debug!("#{} = OPEN", id.as_u64());
        self.mark_dirty(id);
        self.rearm(id);
        if tells_open {
            self.queue.push_back(Event::Open { conn: id, server: Some(server) });
        }
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
        log::debug!("#{} upgrade refused: {status} {message}", id.as_u64());
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

    /// Answers the request that `Event::Request` brought. An error names what is wrong with the
    /// reply, and the request is still to be answered. A connection that is gone takes anything.
    pub fn respond(&mut self, id: ConnId, reply: &Reply<'_>) -> Result<(), UsageError> {
        let now = self.now();
        let Some(conn) = self.conns.get_mut(id.index()).filter(|conn| conn.id == id) else {
            return Ok(());
        };
        let Protocol::Http(http) = &mut conn.protocol else { return Ok(()) };
        let response = Response {
            status: reply.status,
            reason: None,
            headers: reply.headers,
            body: reply.body,
        };
        let date = self.date.at_wall_clock();
        http.respond(&response, date, now, conn.out.tail(&mut self.buffers))?;
        self.after_reply(id);
        Ok(())
    }

    /// Answers a request that its handler failed.
    pub fn fail_request(&mut self, id: ConnId, status: u16, message: &str) {
        let now = self.now();
        let Some(conn) = self.conns.get_mut(id.index()).filter(|conn| conn.id == id) else {
            return;
        };
        let Protocol::Http(http) = &mut conn.protocol else { return };
        let date = self.date.at_wall_clock();
        http.fail(status, message, date, now, conn.out.tail(&mut self.buffers));
        self.after_reply(id);
    }

    fn after_reply(&mut self, id: ConnId) {
        self.mark_dirty(id);
        let Some(conn) = self.conn_mut(id) else { return };
        let Protocol::Http(http) = &conn.protocol else { return };
        if http.state() == State::Closing {
            return self.linger(id);
        }
        if conn.ended && conn.held_input.is_empty() {
            return self.linger(id);
        }
        // The next request may have come already.
        let more = !conn.held_input.is_empty() || conn.readable;
        if more {
            self.ready.push_back(id);
        }
        self.rearm(id);
    }

    /// A peer's address.
    pub fn peer_address(&self, id: ConnId) -> Option<std::net::SocketAddr> {
        self.conn(id).and_then(|conn| conn.peer)
    }

    /// The peer has ended its side, or the connection broke.
    pub(super) fn handle_end(&mut self, id: ConnId, broke: bool) {
        let Some(conn) = self.conn_mut(id) else { return };
        conn.readable = false;
        conn.ended = true;
        match &mut conn.protocol {
            Protocol::WebSocket(_) => self.handle_websocket_end(id, broke),
            Protocol::Handshake(_) | Protocol::Connecting(_) => self.handle_opening_end(id),
            Protocol::Lingering(linger) => {
                let over = broke || linger.shut;
                if over {
                    self.remove(id);
                }
            }
            Protocol::Http(http) => {
                http.handle_eof();
                let answers = !broke && http.state() == State::Responding;
                if !answers {
                    self.remove(id);
                }
            }
        }
    }

    /// Closes every server and every connection politely.
    pub fn close_all(&mut self, code: u16, reason: &str) {
        for id in self.server_ids() {
            self.close_server(id, code, reason);
        }
        let rest: Vec<ConnId> = self.conns.iter().map(|(_, conn)| conn.id).collect();
        for id in rest {
            self.close_gracefully(id, code, reason);
        }
    }

    /// Whether any connection is left.
    pub fn has_connections(&self) -> bool {
        !self.conns.is_empty()
    }

    /// Asks a connection to end: politely, and after the reply that is under way.
    pub(super) fn close_gracefully(&mut self, id: ConnId, code: u16, reason: &str) {
        let Some(conn) = self.conn_mut(id) else { return };
        match &mut conn.protocol {
            Protocol::Http(http) => {
                http.shutdown();
                if http.state() == State::Closing {
                    self.linger(id);
                }
            }
            Protocol::WebSocket(peer) => {
                peer.cause.get_or_insert(Cause::Shutdown);
                // A code that may not be sent was refused when the script gave it.
                let _ = self.close_websocket(id, Some(code), reason);
            }
            Protocol::Connecting(_) | Protocol::Handshake(_) => self.terminate(id),
            Protocol::Lingering(_) => {}
        }
    }

    /// Writes what is left, shuts our side down and waits a moment for the peer's.
    pub(super) fn linger(&mut self, id: ConnId) {
        let deadline = self.now() + Duration::from_millis(LINGER_TIMEOUT_MS);
        let Some(conn) = self.conn_mut(id) else { return };
        conn.protocol = Protocol::Lingering(Linger { deadline, shut: false });
        conn.held_input = Vec::new();
        conn.paused = false;
        let again = !conn.ended && (conn.readable || conn.read_closed);
        if again {
            self.ready.push_back(id);
        }
        self.mark_dirty(id);
        self.rearm(id);
    }

    /// A deadline of the connection has passed.
    pub(super) fn expire(&mut self, id: ConnId, now: Instant) {
        let Some(conn) = self.conns.get_mut(id.index()).filter(|conn| conn.id == id) else {
            return;
        };
        match &mut conn.protocol {
            Protocol::Http(http) => {
                let date = self.date.at_wall_clock();
                let out = conn.out.tail(&mut self.buffers);
                match http.handle_deadline(now, date, out) {
                    None => {}
                    Some(http1::Event::Failed(error)) => {
                        log::debug!("#{} timed out: {error}", id.as_u64());
                        self.linger(id);
                    }
                    Some(_) => self.linger(id),
                }
            }
            Protocol::WebSocket(_) => self.expire_websocket(id, now),
            Protocol::Connecting(_) | Protocol::Handshake(_) => self.expire_opening(id),
            Protocol::Lingering(_) => self.reset(id),
        }
    }

    /// The one write of a turn.
    pub(super) fn flush_conn(&mut self, id: ConnId) {
        let Some(conn) = self.conns.get_mut(id.index()).filter(|conn| conn.id == id) else {
            return;
        };
        conn.dirty = false;
        let Some(stream) = &mut conn.stream else { return };
        match conn.out.write_to(stream, &mut self.buffers) {
            Ok(true) => self.handle_flushed(id),
            Ok(false) => conn.behind = true,
            Err(error) => {
                log::debug!("#{} broke: {error}", id.as_u64());
                conn.out.clear(&mut self.buffers);
                self.handle_end(id, true);
            }
        }
    }

    fn handle_flushed(&mut self, id: ConnId) {
        let Some(conn) = self.conns.get_mut(id.index()).filter(|conn| conn.id == id) else {
            return;
        };
        let drained = std::mem::take(&mut conn.behind);
        conn.pending_payload = 0;
        match &mut conn.protocol {
            Protocol::Lingering(linger) if !linger.shut => {
                linger.shut = true;
                if let Some(stream) = &mut conn.stream {
                    stream.shutdown_write();
                }
                if conn.ended {
                    self.remove(id);
                }
            }
            Protocol::WebSocket(peer) => {
                peer.core.flush_pong(conn.out.tail(&mut self.buffers));
                if !conn.out.is_empty() {
                    self.mark_dirty(id);
                }
                if drained {
                    self.queue.push_back(Event::Drain { conn: id });
                }
            }
            _ => {}
        }
    }

    /// Forgets a connection with a reset: the peer is not worth waiting for.
    pub(super) fn reset(&mut self, id: ConnId) {
        if let Some(stream) = self.conn(id).and_then(|conn| conn.stream.as_ref()) {
            stream.reset_on_close();
        }
        self.remove(id);
    }

    /// Forgets a connection and closes its socket.
    pub(super) fn remove(&mut self, id: ConnId) {
        if self.conn(id).is_none() {
            return;
        }
        let mut conn = self.conns.remove(id.index());
        conn.out.clear(&mut self.buffers);
        // Closing the socket takes it out of the poll.
        drop(conn.stream.take());
        if let Some(server_id) = conn.server {
            if let Some(server) = self.server_mut(server_id) {
                server.conns -= 1;
            }
            self.note_server_closed(server_id);
            if self.accept_retry.is_some() {
                self.accept_retry = Some(self.now());
            }
        }
    }
}

/// Extensions as a field value has them.
pub(super) fn shown_extensions(extensions: &[Extension]) -> Box<str> {
    let shown: Vec<String> = extensions.iter().map(ToString::to_string).collect();
    shown.join(", ").into()
}

enum Step {
    /// The input has been used up, or an event came.
    Done(Option<Event>),
    /// The connection speaks another protocol now: decode on.
    Again,
}
