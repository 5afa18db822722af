//! An outgoing WebSocket up to the 101: its request waits for the connection, and its answer is
//! checked.
//!
//! Spec: RFC 6455, section 4.1.

use std::rc::Rc;
use std::time::Instant;

use super::context::RoleContext;
use super::upgrading::shown_extensions;
use super::websocket::{Opened, WebSocket};
use crate::host::effect::{Effect, Ending};
use crate::host::event::{ABORTED, Cause, Closed, ConnError, Event};
use crate::host::input::Input;
use crate::host::options::{ClientOptions, WebSocketOptions};
use crate::host::server::Agreed;
use crate::limits::{REFUSAL_BODY_BYTES_MAX, REFUSAL_CHARACTERS_SHOWN};
use crate::net::tls::Fault;
use crate::proto::http1::{
    ClientConfig, ClientEvent, ResponseHead, ResponseParser, UsageError, Version, encode_request,
};
use crate::proto::ws::close::code;
use crate::proto::ws::extension::Extension;
use crate::proto::ws::keepalive::Keepalive;
use crate::proto::ws::{Role, deflate, handshake};

/// An outgoing WebSocket that is not open yet.
pub(in crate::host) struct Opening {
    parser: ResponseParser,
    /// The WebSocket's, when it opens.
    number: u64,
    key: String,
    subprotocols: Vec<String>,
    /// The extensions offered.
    offers: Vec<Extension>,
    websocket: WebSocketOptions,
    pub(super) deadline: Instant,
    /// The head and body of an answer other than 101, as far as they have come.
    refusal: Option<(ResponseHead, Vec<u8>)>,
}

impl Opening {
    /// Writes the request, which leaves once there is a connection.
    pub(in crate::host) fn new(
        options: ClientOptions,
        number: u64,
        now: Instant,
        out: &mut Vec<u8>,
    ) -> Result<Box<Self>, UsageError> {
        let ClientOptions { host, path, subprotocols, headers, websocket, .. } = options;
        let key = handshake::generate_key();
        let offers: Vec<Extension> =
            websocket.deflate.as_ref().map(deflate::offer).into_iter().collect();
        let fields = handshake::request_headers(&key, &subprotocols, &offers);
        let mut all: Vec<(&str, &[u8])> = vec![("Host", host.as_bytes())];
        all.extend(fields.iter().map(|(name, value)| (*name, value.as_bytes())));
        all.extend(headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())));
        encode_request("GET", &path, &all, &[], out)?;
        Ok(Box::new(Self {
            parser: ResponseParser::new(ClientConfig::default(), false),
            number,
            key,
            subprotocols,
            offers,
            websocket,
            deadline: now + options.handshake_timeout,
            refusal: None,
        }))
    }

    /// Reads the answer, as far as it has come.
    pub(super) fn receive(
        &mut self,
        input: &mut Input,
        cx: &RoleContext<'_>,
    ) -> Effect<Box<WebSocket>> {
        let (bytes, position) = input.parts();
        loop {
            match self.parser.receive(bytes, position) {
                Ok(None) => return Effect::Stay,
                Ok(Some(ClientEvent::Informational(_))) => {}
                Ok(Some(ClientEvent::Head(head))) if head.status == 101 => {
                    return self.finish(&head, cx);
                }
                Ok(Some(ClientEvent::Head(head))) => self.refusal = Some((head, Vec::new())),
                Ok(Some(ClientEvent::Body(range))) => {
                    let Some((_, body)) = &mut self.refusal else { continue };
                    let room = REFUSAL_BODY_BYTES_MAX - body.len();
                    let piece = &bytes[range];
                    body.extend_from_slice(&piece[..piece.len().min(room)]);
                    if body.len() == REFUSAL_BODY_BYTES_MAX {
                        return self.refused(cx);
                    }
                }
                Ok(Some(ClientEvent::End)) => return self.refused(cx),
                Err(error) => {
                    let message = format!("the server's answer is not HTTP: {error}");
                    return fail(ConnError::new("WS_HANDSHAKE", message), Cause::Protocol, cx);
                }
            }
        }
    }

    fn finish(&self, head: &ResponseHead, cx: &RoleContext<'_>) -> Effect<Box<WebSocket>> {
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
                let status = Some(head.status);
                let message = excerpt(&error.to_string());
                let error = ConnError { status, ..ConnError::new("WS_HANDSHAKE", message) };
                fail(error, Cause::Protocol, cx)
            }
        }
    }

    fn refused<R>(&mut self, cx: &RoleContext<'_>) -> Effect<R> {
        let Some((head, body)) = self.refusal.take() else { return Effect::Stay };
        let body = String::from_utf8_lossy(&body);
        let said = body.lines().next().map(excerpt).filter(|line| !line.is_empty());
        let error = ConnError {
            code: format!("HTTP_{}", head.status),
            message: format!(
                "the server answered {} {} instead of 101{}",
                head.status,
                excerpt(&head.reason),
                said.map(|line| format!(": {line}")).unwrap_or_default()
            ),
            status: Some(head.status),
        };
        fail(error, Cause::Protocol, cx)
    }

    /// The server ended the connection before the WebSocket was open.
    pub(super) fn ended(&mut self, cx: &RoleContext<'_>) -> Effect {
        if self.refusal.is_some() {
            return self.refused(cx);
        }
        let message = "the server ended the connection during the opening handshake";
        fail(ConnError::new("ECONNRESET", message), Cause::Reset, cx)
    }
}

/// What a server says, fit for a terminal and a log: its beginning, without characters that are
/// not seen but do something.
fn excerpt(text: &str) -> String {
    let text = text.trim();
    let mut shown: String = text
        .chars()
        .take(REFUSAL_CHARACTERS_SHOWN)
        .map(|character| match character {
            '\t' => ' ',
            // Directions, joiners and separators: what follows would be read as something else.
            '\u{200B}'..='\u{200F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{61C}'
            | '\u{FEFF}' => char::REPLACEMENT_CHARACTER,
            character if character.is_control() => char::REPLACEMENT_CHARACTER,
            character => character,
        })
        .collect();
    if text.chars().count() > REFUSAL_CHARACTERS_SHOWN {
        shown.push('…');
    }
    shown
}

/// TLS has failed before the WebSocket was open.
pub(super) fn failed(fault: &Fault, cx: &RoleContext<'_>) -> Effect {
    fail(ConnError::new(fault.code, &*fault.message), Cause::Tls, cx)
}

pub(super) fn expired(cx: &RoleContext<'_>) -> Effect {
    let message = "the opening handshake took too long (option handshakeTimeout)";
    fail(ConnError::new("ETIMEDOUT", message), Cause::Timeout, cx)
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
    };
    Effect::End(Ending::Remove, Some(Event::Closed(Box::new(closed))))
}
