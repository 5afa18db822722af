//! Opening handshakes of accepted WebSockets: checked here, and decided here or by the script.
//!
//! Spec: RFC 6455, section 4.2.

use std::time::{Duration, Instant};

use super::context::RoleContext;
use super::websocket::{Opened, WebSocket};
use crate::host::effect::{Effect, Ending};
use crate::host::event::Event;
use crate::host::server::Agreed;
use crate::limits::{RETRY_AFTER, UPGRADE_TIMEOUT_MS};
use crate::proto::http1::{
    Headers, Request, Response, UsageError, Version, encode_switching_protocols,
    encode_upgrade_refusal,
};
use crate::proto::ws::extension::Extension;
use crate::proto::ws::handshake::{self, HandshakeError, RequestInfo};
use crate::proto::ws::keepalive::Keepalive;
use crate::proto::ws::{Role, deflate};

/// An opening handshake that is still to be answered.
pub(in crate::host) struct Upgrading {
    /// None once it has been accepted.
    request: Option<Box<Request>>,
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

/// What a checked request comes to.
pub(super) enum Checked {
    /// The script is to be asked.
    Asked(Box<Upgrading>),
    /// It is a WebSocket already.
    Opened(Box<WebSocket>),
}

/// Checks an opening handshake, and answers it unless the script wants to be asked.
pub(super) fn begin(request: Box<Request>, cx: &mut RoleContext<'_>) -> Effect<Checked> {
    let minor = u8::from(request.version == Version::Http11);
    let info = match handshake::check_request(&request.method, minor, &request.headers) {
        Ok(info) => info,
        Err(error) => return refuse_handshake(&error, cx),
    };
    let Some(server) = cx.server_mut() else { return Effect::End(Ending::Reset, None) };
    if server.closing {
        return refuse_closing(cx);
    }
    let client = cx.client(&request.headers);
    if let Err(denial) = cx.admit_client(&client) {
        let wait = denial.retry_after();
        return refuse(
            denial.status().0,
            &[("Retry-After", wait.as_bytes())],
            denial.message(),
            cx,
        );
    }
    let Some(server) = cx.server_mut() else { return Effect::End(Ending::Reset, None) };
    let options = &server.options;
    let (server, asks) = (server.id, options.asks_upgrade || options.asks_route);
    // A route may allow others.
    let host = client.host.as_deref();
    let refusal = (!options.asks_route).then(|| options.origins.refusal(&request.headers, host));
    if let Some(message) = refusal.flatten() {
        return refuse(403, &[], &message, cx);
    }
    let deadline = cx.now() + Duration::from_millis(UPGRADE_TIMEOUT_MS);
    if asks {
        let (asked, offers) = (request.clone(), info.protocols.clone());
        let event = Event::Upgrade { conn: cx.id, server, request: asked, offers };
        let upgrading = Box::new(Upgrading { request: Some(request), info, deadline });
        return Effect::Become(Checked::Asked(upgrading), Some(event));
    }
    let mut upgrading = Upgrading { request: Some(request), info, deadline };
    match upgrading.accept(&Acceptance::default(), cx) {
        Ok(effect) => effect.map(Checked::Opened),
        Err(error) => {
            log::warn!("cannot answer an opening handshake: {error}");
            Effect::End(Ending::Reset, None)
        }
    }
}

impl Upgrading {
    /// The fields of the request, until it has been accepted.
    pub(in crate::host) fn headers(&self) -> Option<&Headers> {
        self.request.as_ref().map(|request| &request.headers)
    }

    /// Opens the WebSocket. An error names what is wrong, and the handshake is still to be
    /// answered.
    pub(in crate::host) fn accept(
        &mut self,
        wish: &Acceptance,
        cx: &mut RoleContext<'_>,
    ) -> Result<Effect<Box<WebSocket>>, UsageError> {
        let Some(server) = cx.server_mut() else { return Ok(Effect::End(Ending::Reset, None)) };
        let (server_id, tells_open) = (server.id, server.options.tells_open);
        let (keepalive, options) = (server.keepalive.clone(), server.options.websocket.clone());
        let offered = &self.info.protocols;
        let ours =
            || server.options.subprotocols.iter().find(|ours| offered.contains(ours)).cloned();
        let subprotocol = wish.subprotocol.clone().map_or_else(ours, Some);
        let subprotocol = subprotocol.filter(|name| offered.contains(name));
        let (params, extension) = options
            .deflate
            .as_ref()
            .and_then(|ours| deflate::negotiate(ours, &self.info.extensions))
            .unzip();
        let extensions: Vec<_> = extension.into_iter().collect();
        let fields =
            handshake::response_headers(&self.info.key, subprotocol.as_deref(), &extensions);
        let mut headers: Vec<(&str, &[u8])> =
            fields.iter().map(|(name, value)| (*name, value.as_bytes())).collect();
        headers.extend(wish.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice())));
        let agreed = server.share(Agreed {
            subprotocol: subprotocol.unwrap_or_default().into(),
            extensions: shown_extensions(&extensions),
        });
        encode_switching_protocols(&headers, cx.out())?;
        log::debug!("{} = OPEN", cx.id);
        cx.restrain(&options);
        let websocket = WebSocket::new(Opened {
            role: Role::Server,
            options: &options,
            keepalive: Keepalive::new(keepalive, cx.now()),
            deflate: params,
            agreed,
            request: self.request.take(),
            number: cx.shared.next_number(),
        });
        let event = tells_open.then_some(Event::Open { conn: cx.id, server: Some(server_id) });
        Ok(Effect::Become(websocket, event))
    }

    /// The script has not answered in time.
    pub(super) fn expired(cx: &mut RoleContext<'_>) -> Effect {
        let message = "the server did not decide in time";
        refuse(503, &[("Retry-After", RETRY_AFTER.as_bytes())], message, cx)
    }
}

/// It comes too late.
pub(super) fn refuse_closing<R>(cx: &mut RoleContext<'_>) -> Effect<R> {
    refuse(503, &[("Retry-After", RETRY_AFTER.as_bytes())], "the server is closing", cx)
}

fn refuse_handshake<R>(error: &HandshakeError, cx: &mut RoleContext<'_>) -> Effect<R> {
    let headers: Vec<(&str, &[u8])> =
        error.header().into_iter().map(|(name, value)| (name, value.as_bytes())).collect();
    refuse(error.status(), &headers, &error.to_string(), cx)
}

/// Ends an HTTP connection with a status and a line that says why.
pub(in crate::host) fn refuse<R>(
    status: u16,
    headers: &[(&str, &[u8])],
    message: &str,
    cx: &mut RoleContext<'_>,
) -> Effect<R> {
    let mut all: Vec<(&str, &[u8])> =
        vec![("Content-Type", b"text/plain; charset=utf-8".as_slice())];
    all.extend_from_slice(headers);
    let body = format!("{message}\n");
    let response = Response { status, reason: None, headers: &all, body: body.as_bytes() };
    log::debug!("{} upgrade refused: {status} {message}", cx.id);
    refuse_with(&response, cx).unwrap_or_else(|error| {
        log::warn!("cannot refuse an opening handshake: {error}");
        Effect::End(Ending::Linger(None), None)
    })
}

/// The same with a whole response. An error names what is wrong with it, and nothing was written.
pub(in crate::host) fn refuse_with<R>(
    response: &Response<'_>,
    cx: &mut RoleContext<'_>,
) -> Result<Effect<R>, UsageError> {
    let (out, date) = cx.out_and_date();
    encode_upgrade_refusal(response, date, out)?;
    Ok(Effect::End(Ending::Linger(None), None))
}

/// Extensions as a field value has them.
pub(super) fn shown_extensions(extensions: &[Extension]) -> Box<str> {
    let shown: Vec<String> = extensions.iter().map(ToString::to_string).collect();
    shown.join(", ").into()
}
