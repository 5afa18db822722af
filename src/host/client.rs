//! Outgoing WebSockets up to the 101: looking the name up, connecting, the opening handshake.

use std::io;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};

use super::Host;
use super::conn::{Agreed, Conn, Peer, Protocol};
use super::event::{Cause, Closed, ConnError, Event};
use super::input::Input;
use super::server::{conn_token, shown};
use super::upgrade::shown_extensions;
use super::websocket::WebSocketOptions;
use crate::errno;
use crate::id::ConnId;
use crate::limits::REFUSAL_BODY_BYTES_MAX;
use crate::net::connect::{Attempts, Target, connect_unix, literal_address};
use crate::net::pool::Outcome;
use crate::net::stream::Stream;
use crate::proto::http1::{
    ClientConfig, ClientEvent, ResponseHead, ResponseParser, encode_request,
};
use crate::proto::ws::close::code;
use crate::proto::ws::extension::Extension;
use crate::proto::ws::keepalive::Keepalive;
use crate::proto::ws::{self, Role, deflate, handshake};

/// An outgoing WebSocket to be.
#[derive(Clone, Debug)]
pub struct ClientOptions {
    /// Where to connect.
    pub target: Target,
    /// The `Host` field: host and port as the URL has them.
    pub host: String,
    /// Path and query.
    pub path: String,
    /// Subprotocols offered.
    pub subprotocols: Vec<String>,
    /// Further fields of the request.
    pub headers: Vec<(String, String)>,
    /// Time for everything up to the 101.
    pub handshake_timeout: Duration,
    /// Limits and timers once it is open.
    pub websocket: WebSocketOptions,
}

/// Before there is a TCP connection.
pub(super) struct Opening {
    pub(super) options: ClientOptions,
    pub(super) attempts: Attempts,
    pub(super) deadline: Instant,
}

/// Between the request and its answer.
pub(super) struct Handshake {
    options: ClientOptions,
    parser: ResponseParser,
    key: String,
    /// The extensions offered.
    offers: Vec<Extension>,
    pub(super) deadline: Instant,
    /// The head and body of an answer other than 101, as far as they have come.
    refusal: Option<(ResponseHead, Vec<u8>)>,
}

impl Host {
    /// Starts to connect. `Event::Open` or `Event::Closed` tells what came of it.
    pub fn connect(&mut self, options: ClientOptions) -> ConnId {
        let target = options.target.clone();
        let id = self.add_opening(options);
        match target {
            Target::Unix(path) => {
                let stream = connect_unix(&path);
                self.attempt(id, stream);
            }
            Target::Tcp { host, port } => match literal_address(&host, port) {
                Some(address) => self.try_addresses(id, vec![address]),
                None => self.resolve_later(id, host, port),
            },
        }
        id
    }

    /// An outgoing WebSocket that fails with `error` before anything is tried.
    pub fn refuse_to_connect(&mut self, options: ClientOptions, error: ConnError) -> ConnId {
        let id = self.add_opening(options);
        self.fail_opening(id, error, Cause::Local);
        id
    }

    fn add_opening(&mut self, options: ClientOptions) -> ConnId {
        let deadline = self.now() + options.handshake_timeout;
        let opening = Opening { options, attempts: Attempts::new(Vec::new()), deadline };
        let generation = self.next_generation();
        let entry = self.conns.vacant_entry();
        let id = ConnId::new(u32::try_from(entry.key()).unwrap_or(u32::MAX), generation);
        entry.insert(Box::new(Conn::new(id, None, Protocol::Connecting(Box::new(opening)))));
        self.rearm(id);
        id
    }

    /// A name look-up has come back.
    pub(super) fn handle_resolved(&mut self, id: ConnId, outcome: Outcome) {
        let Ok(outcome) = outcome.downcast::<io::Result<Vec<SocketAddr>>>() else { return };
        let Some(Protocol::Connecting(opening)) = self.conn(id).map(|conn| &conn.protocol) else {
            return;
        };
        match *outcome {
            Ok(addresses) => self.try_addresses(id, addresses),
            Err(error) => {
                let host = opening.options.host.clone();
                let error = ConnError {
                    code: "ENOTFOUND".to_owned(),
                    message: format!("cannot find the address of {host}: {error}"),
                    status: None,
                };
                self.fail_opening(id, error, Cause::Reset);
            }
        }
    }

    fn try_addresses(&mut self, id: ConnId, addresses: Vec<SocketAddr>) {
        if let Some(Protocol::Connecting(opening)) =
            self.conn_mut(id).map(|conn| &mut conn.protocol)
        {
            opening.attempts = Attempts::new(addresses);
            self.try_next_address(id);
        }
    }

    fn try_next_address(&mut self, id: ConnId) {
        let Some(Protocol::Connecting(opening)) = self.conn_mut(id).map(|conn| &mut conn.protocol)
        else {
            return;
        };
        let stream = opening.attempts.next_stream();
        self.attempt(id, stream);
    }

    fn attempt(&mut self, id: ConnId, stream: io::Result<Stream>) {
        let registered = stream.and_then(|mut stream| {
            self.reactor.register(&mut stream, conn_token(id))?;
            Ok(stream)
        });
        match registered {
            Ok(stream) => {
                if let Some(conn) = self.conn_mut(id) {
                    conn.stream = Some(stream);
                }
            }
            Err(error) => self.fail_connect(id, &error),
        }
    }

    fn fail_connect(&mut self, id: ConnId, error: &io::Error) {
        let Some(Protocol::Connecting(opening)) = self.conn(id).map(|conn| &conn.protocol) else {
            return;
        };
        let where_to = match &opening.options.target {
            Target::Unix(path) => path.display().to_string(),
            Target::Tcp { .. } => shown(opening.attempts.current),
        };
        let code = errno::code(error);
        let error = ConnError {
            code: code.to_owned(),
            message: format!("connect {code} {where_to}: {}", errno::describe(error)),
            status: None,
        };
        self.fail_opening(id, error, Cause::Reset);
    }

    /// The kernel says that a connecting socket is connected, or has failed.
    pub(super) fn handle_connected(&mut self, id: ConnId) {
        let Some(conn) = self.conn_mut(id) else { return };
        let Some(stream) = &conn.stream else { return };
        match stream.take_error() {
            Ok(None) => {}
            Ok(Some(error)) | Err(error) => {
                conn.stream = None;
                conn.read_closed = false;
                if let Protocol::Connecting(opening) = &mut conn.protocol {
                    opening.attempts.note(error);
                }
                return self.try_next_address(id);
            }
        }
        if matches!(stream, Stream::Tcp(_)) && stream.peer_addr().is_none() {
            return;
        }
        stream.set_nodelay();
        conn.peer = stream.peer_addr();
        self.send_opening_request(id);
    }

    fn send_opening_request(&mut self, id: ConnId) {
        let Some(conn) = self.conns.get_mut(id.index()).filter(|conn| conn.id == id) else {
            return;
        };
        let Protocol::Connecting(opening) = &conn.protocol else { return };
        let options = opening.options.clone();
        let deadline = opening.deadline;
        let key = handshake::generate_key();
        let offers: Vec<Extension> =
            options.websocket.deflate.as_ref().map(deflate::offer).into_iter().collect();
        let fields = handshake::request_headers(&key, &options.subprotocols, &offers);
        let mut headers: Vec<(&str, &[u8])> = vec![("Host", options.host.as_bytes())];
        headers.extend(fields.iter().map(|(name, value)| (*name, value.as_bytes())));
        headers
            .extend(options.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())));
        let out = conn.out.tail(&mut self.buffers);
        if let Err(error) = encode_request("GET", &options.path, &headers, &[], out) {
            let error = ConnError {
                code: "ERR_INVALID_ARG_VALUE".to_owned(),
                message: error.to_string(),
                status: None,
            };
            return self.fail_opening(id, error, Cause::Local);
        }
        let parser = ResponseParser::new(ClientConfig::default(), false);
        conn.protocol = Protocol::Handshake(Box::new(Handshake {
            options,
            parser,
            key,
            offers,
            deadline,
            refusal: None,
        }));
        conn.readable = true;
        self.mark_dirty(id);
        self.read_soon(id);
    }

    /// Decodes the answer to the opening handshake. True: go on with what follows it.
    pub(super) fn advance_handshake(&mut self, id: ConnId, input: &mut Input) -> bool {
        let Some(conn) = self.conn_mut(id) else { return false };
        let Protocol::Handshake(handshake) = &mut conn.protocol else { return false };
        let (bytes, position) = input.parts();
        match handshake.parser.receive(bytes, position) {
            Ok(None) => false,
            Ok(Some(ClientEvent::Informational(_))) => true,
            Ok(Some(ClientEvent::Head(head))) if head.status == 101 => {
                self.finish_handshake(id, &head);
                true
            }
            Ok(Some(ClientEvent::Head(head))) => {
                handshake.refusal = Some((head, Vec::new()));
                true
            }
            Ok(Some(ClientEvent::Body(range))) => {
                if let Some((_, body)) = &mut handshake.refusal {
                    let room = REFUSAL_BODY_BYTES_MAX - body.len();
                    let piece = &bytes[range];
                    body.extend_from_slice(&piece[..piece.len().min(room)]);
                    if body.len() == REFUSAL_BODY_BYTES_MAX {
                        self.fail_refused(id);
                    }
                }
                true
            }
            Ok(Some(ClientEvent::End)) => {
                self.fail_refused(id);
                false
            }
            Err(error) => {
                let error = ConnError {
                    code: "WS_HANDSHAKE".to_owned(),
                    message: format!("the server's answer is no HTTP: {error}"),
                    status: None,
                };
                self.fail_opening(id, error, Cause::Protocol);
                false
            }
        }
    }

    fn finish_handshake(&mut self, id: ConnId, head: &ResponseHead) {
        let now = self.now();
        let Some(conn) = self.conn_mut(id) else { return };
        let Protocol::Handshake(handshake) = &mut conn.protocol else { return };
        let options = &handshake.options;
        let checked = handshake::check_response(
            head.status,
            &head.headers,
            &handshake.key,
            &options.subprotocols,
            &handshake.offers,
        )
        .and_then(|accepted| {
            let ours = options.websocket.deflate.as_ref();
            let params =
                ours.map(|ours| deflate::accept(ours, &accepted.extensions)).transpose()?;
            Ok((accepted, params.flatten()))
        });
        match checked {
            Ok((accepted, params)) => {
                let websocket = &options.websocket;
                let peer = Peer {
                    core: ws::Connection::new(websocket.config(Role::Client, params)),
                    keepalive: Keepalive::new(websocket.keepalive, now),
                    request: None,
                    agreed: Rc::new(Agreed {
                        subprotocol: accepted.protocol.unwrap_or_default().into(),
                        extensions: shown_extensions(&accepted.extensions),
                    }),
                    max_backpressure: websocket.max_backpressure,
                    cause: None,
                    error: None,
                };
                conn.protocol = Protocol::WebSocket(Box::new(peer));
                log::debug!("{id} = OPEN");
                self.queue.push_back(Event::Open { conn: id, server: None });
                self.rearm(id);
            }
            Err(error) => {
                let error = ConnError {
                    code: "WS_HANDSHAKE".to_owned(),
                    message: error.to_string(),
                    status: Some(head.status),
                };
                self.fail_opening(id, error, Cause::Protocol);
            }
        }
    }

    fn fail_refused(&mut self, id: ConnId) {
        let Some(Protocol::Handshake(handshake)) = self.conn_mut(id).map(|conn| &mut conn.protocol)
        else {
            return;
        };
        let Some((head, body)) = handshake.refusal.take() else { return };
        let body = String::from_utf8_lossy(&body);
        let said = body.lines().next().map(str::trim).filter(|line| !line.is_empty());
        let error = ConnError {
            code: format!("HTTP_{}", head.status),
            message: format!(
                "the server answered {} {} instead of 101{}",
                head.status,
                head.reason,
                said.map(|line| format!(": {line}")).unwrap_or_default()
            ),
            status: Some(head.status),
        };
        self.fail_opening(id, error, Cause::Protocol);
    }

    /// The server ended the connection before the WebSocket was open.
    pub(super) fn handle_opening_end(&mut self, id: ConnId) {
        if let Some(Protocol::Handshake(handshake)) =
            self.conn_mut(id).map(|conn| &mut conn.protocol)
        {
            if handshake.refusal.is_some() {
                return self.fail_refused(id);
            }
            let error = ConnError {
                code: "ECONNRESET".to_owned(),
                message: "the server ended the connection during the opening handshake".to_owned(),
                status: None,
            };
            self.fail_opening(id, error, Cause::Reset);
        }
    }

    pub(super) fn expire_opening(&mut self, id: ConnId) {
        let error = ConnError {
            code: "ETIMEDOUT".to_owned(),
            message: "the opening handshake took too long (option handshakeTimeout)".to_owned(),
            status: None,
        };
        self.fail_opening(id, error, Cause::Timeout);
    }

    /// An outgoing WebSocket will not open.
    pub(super) fn fail_opening(&mut self, id: ConnId, error: ConnError, cause: Cause) {
        log::debug!("{id} failed to open: {}", error.message);
        self.queue.push_back(Event::Closed(Box::new(Closed {
            conn: id,
            server: None,
            code: code::ABNORMAL,
            reason: String::new(),
            was_clean: false,
            cause,
            error: Some(error),
        })));
        self.remove(id);
    }
}
