//! An outgoing WebSocket up to the 101: its request waits for the connection, or for the tunnel of a
//! proxy, and its answer is checked.
//!
//! Spec: RFC 6455, section 4.1.

use std::rc::Rc;
use std::time::Instant;

use super::answer::{Answer, Answered, excerpt, refused};
use super::context::RoleContext;
use super::upgrading::shown_extensions;
use super::websocket::{Opened, WebSocket};
use crate::host::effect::{Effect, Ending};
use crate::host::event::{ABORTED, Cause, Closed, ConnError, Event, Refusal};
use crate::host::hub::Left;
use crate::host::input::Input;
use crate::host::options::{ClientOptions, WebSocketOptions};
use crate::host::server::Agreed;
use crate::net::tls::Connector;
use crate::proto::http1::{ResponseHead, Version, encode_request};
use crate::proto::ws::close::code;
use crate::proto::ws::extension::Extension;
use crate::proto::ws::keepalive::Keepalive;
use crate::proto::ws::{Role, deflate, handshake};

/// An outgoing WebSocket that is not open yet.
pub(in crate::host) struct Opening {
    answer: Answer,
    /// The WebSocket's, when it opens.
    number: u64,
    key: String,
    subprotocols: Vec<String>,
    /// The extensions offered.
    offers: Vec<Extension>,
    websocket: WebSocketOptions,
    /// What is to speak TLS with the server, until it does.
    tls: Option<Connector>,
    pub(super) deadline: Instant,
}

impl Opening {
    /// Writes the request, which leaves once there is a connection.
    pub(in crate::host) fn new(
        options: ClientOptions,
        number: u64,
        deadline: Instant,
        out: &mut Vec<u8>,
    ) -> Result<Box<Self>, ConnError> {
        let ClientOptions {
            host,
            path,
            subprotocols,
            headers,
            websocket,
            tls,
            follows_redirects,
            ..
        } = options;
        let key = handshake::generate_key();
        let offers: Vec<Extension> =
            websocket.deflate.as_ref().map(deflate::offer).into_iter().collect();
        let fields = handshake::request_headers(&key, &subprotocols, &offers);
        let mut all: Vec<(&str, &[u8])> = vec![("Host", host.as_bytes())];
        all.extend(fields.iter().map(|(name, value)| (*name, value.as_bytes())));
        all.extend(headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())));
        encode_request("GET", &path, &all, &[], out)
            .map_err(|error| ConnError::new("ERR_INVALID_ARG_VALUE", error.to_string()))?;
        Ok(Box::new(Self {
            answer: Answer::to_upgrade(follows_redirects),
            number,
            key,
            subprotocols,
            offers,
            websocket,
            tls,
            deadline,
        }))
    }

    /// What is to speak TLS with the server.
    pub(super) fn take_tls(&mut self) -> Option<Connector> {
        self.tls.take()
    }

    /// Reads the answer, as far as it has come.
    pub(super) fn receive(
        &mut self,
        input: &mut Input,
        cx: &RoleContext<'_>,
    ) -> Effect<Box<WebSocket>> {
        let (bytes, position) = input.parts();
        match self.answer.receive(bytes, position) {
            Ok(Answered::Pending) => Effect::Stay,
            Ok(Answered::Accepted(head)) => self.finish(head, cx),
            Ok(Answered::Refused(head, body)) => refuse(head, body, cx),
            Err(error) => {
                let message = format!("the server's answer is not HTTP: {error}");
                fail(ConnError::new("WS_HANDSHAKE", message), Cause::Protocol, cx)
            }
        }
    }

    fn finish(&self, head: ResponseHead, cx: &RoleContext<'_>) -> Effect<Box<WebSocket>> {
        let ours = self.websocket.deflate.as_ref();
        let minor = u8::from(head.version != Version::Http10);
        let checked = handshake::check_response(
            (head.status, minor),
            &head.headers,
            &self.key,
            &self.subprotocols,
            &self.offers,
        )
        .and_then(|accepted| {
            let params =
                ours.map(|ours| deflate::accept(ours, &accepted.extensions)).transpose()?;
            Ok((accepted, params.flatten()))
        });
        match checked {
            Ok((accepted, deflate)) => {
                let websocket = WebSocket::new(Opened {
                    role: Role::Client,
                    options: &self.websocket,
                    keepalive: Keepalive::new(self.websocket.keepalive, cx.now()),
                    deflate,
                    agreed: Rc::new(Agreed {
                        subprotocol: accepted.protocol.unwrap_or_default().into(),
                        extensions: shown_extensions(&accepted.extensions),
                    }),
                    request: None,
                    number: self.number,
                });
                log::debug!("{} = OPEN", cx.id);
                Effect::Become(websocket, Some(Event::Open { conn: cx.id, server: None }))
            }
            Err(error) => {
                let message = excerpt(&error.to_string());
                let error = ConnError {
                    status: Some(head.status),
                    refusal: Some(Box::new(Refusal { headers: head.headers, body: Vec::new() })),
                    ..ConnError::new("WS_HANDSHAKE", message)
                };
                fail(error, Cause::Protocol, cx)
            }
        }
    }

    /// The server ended the connection before the WebSocket was open.
    pub(super) fn ended(&mut self, cx: &RoleContext<'_>) -> Effect {
        if let Answered::Refused(head, body) = self.answer.so_far() {
            return refuse(head, body, cx);
        }
        let message = "the server ended the connection during the opening handshake";
        fail(ConnError::new("ECONNRESET", message), Cause::Reset, cx)
    }

    pub(super) fn expired(&mut self, cx: &RoleContext<'_>) -> Effect {
        if let Answered::Refused(head, body) = self.answer.so_far() {
            return refuse(head, body, cx);
        }
        let message = "the opening handshake took too long (option handshakeTimeout)";
        fail(ConnError::new("ETIMEDOUT", message), Cause::Timeout, cx)
    }
}

fn refuse<R>(head: ResponseHead, body: Vec<u8>, cx: &RoleContext<'_>) -> Effect<R> {
    fail(refused(("the server", "101"), "HTTP", head, body), Cause::Protocol, cx)
}

pub(super) fn abort(cx: &RoleContext<'_>) -> Effect {
    let message = "WebSocket was closed before it was open";
    fail(ConnError::new(ABORTED, message), Cause::Local, cx)
}

/// It will not open.
pub(in crate::host) fn fail<R>(error: ConnError, cause: Cause, cx: &RoleContext<'_>) -> Effect<R> {
    log::debug!("{} failed to open: {}", cx.id, error.message);
    let closed = Closed {
        conn: cx.id,
        server: None,
        code: code::ABNORMAL,
        reason: String::new(),
        was_clean: false,
        cause,
        error: Some(error),
        unsent: 0,
        left: Left::default(),
        unsent_messages: 0,
        facts: None,
        dropped_messages: 0,
        flushed: Vec::new(),
    };
    Effect::End(Ending::Remove, Some(Event::Closed(Box::new(closed))))
}
