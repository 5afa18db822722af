//! The second argument of `new WebSocket`: subprotocols, or options.

use std::net::IpAddr;
use std::time::Duration;

use boa_engine::{Context, Finalize, JsObject, JsResult, JsSymbol, JsValue, Trace};

use super::options::{HasWebSocketOptions, websocket_options};
use super::queue::QueueLimits;
use super::request_fields::request_fields;
use super::retry::Policy;
use crate::builtin::dom::abort;
use crate::builtin::dom::exception::dom_exception;
use crate::builtin::options::{Opt, duration, millis, names_in, nested, other, read, whole};
use crate::builtin::proxy::{ProxyWish, proxy_wish};
use crate::builtin::tls::{client_tls, client_tls_names};
use crate::host::WebSocketOptions;
use crate::js::convert::{map_sequence, to_utf8};
use crate::js::error::{node_error, type_error};
use crate::limits::{
    CLIENT_HANDSHAKE_TIMEOUT_MS, QUEUE_BYTES_MAX, QUEUE_MESSAGES_MAX, REDIRECTS_FOLLOWED,
    REDIRECTS_FOLLOWED_MAX,
};
use crate::net::tls::ClientTls;
use crate::proto::token::is_token;

/// What it said.
#[derive(Clone, Trace, Finalize)]
pub(super) struct Wishes {
    pub(super) protocols: Vec<String>,
    pub(super) headers: Vec<(String, String)>,
    #[unsafe_ignore_trace]
    pub(super) handshake_timeout: Duration,
    #[unsafe_ignore_trace]
    pub(super) proxy: ProxyWish,
    #[unsafe_ignore_trace]
    pub(super) local_address: Option<IpAddr>,
    /// Redirects that are followed.
    pub(super) redirects: usize,
    /// How it connects again, if it is to.
    #[unsafe_ignore_trace]
    pub(super) reconnect: Option<Policy>,
    /// What may wait for it to open.
    #[unsafe_ignore_trace]
    pub(super) queue: QueueWish,
    /// What ends the socket when it is aborted.
    pub(super) signal: Option<JsObject>,
    #[unsafe_ignore_trace]
    pub(super) websocket: WebSocketOptions,
    /// For `wss:`.
    #[unsafe_ignore_trace]
    pub(super) tls: ClientTls,
}

/// What may wait for a socket to open.
#[derive(Clone, Copy)]
pub(super) enum QueueWish {
    /// As much as by default, if it connects again by itself.
    AsReconnecting,
    Without,
    Within(QueueLimits),
}

impl Default for Wishes {
    fn default() -> Self {
        Self {
            protocols: Vec::new(),
            headers: Vec::new(),
            handshake_timeout: Duration::from_millis(CLIENT_HANDSHAKE_TIMEOUT_MS),
            proxy: ProxyWish::default(),
            local_address: None,
            redirects: 0,
            reconnect: None,
            queue: QueueWish::AsReconnecting,
            signal: None,
            websocket: WebSocketOptions::client(),
            tls: ClientTls::default(),
        }
    }
}

impl Wishes {
    /// What may wait for it to open: nothing, as in browsers, unless it connects again by itself.
    pub(super) fn queue(&self) -> Option<QueueLimits> {
        match self.queue {
            QueueWish::AsReconnecting => self.reconnect.as_ref().map(|_| {
                let limits = QueueLimits::default();
                let max_bytes = limits.max_bytes.min(self.websocket.max_backpressure / 2);
                QueueLimits { max_bytes, ..limits }
            }),
            QueueWish::Without => None,
            QueueWish::Within(limits) => Some(limits),
        }
    }
}

impl HasWebSocketOptions for Wishes {
    fn websocket(&mut self) -> &mut WebSocketOptions {
        &mut self.websocket
    }
}

const OWN: [Opt<Wishes>; 10] = [
    other("protocols", |to, given, context| {
        to.protocols = protocols(&given.value, context)?;
        Ok(())
    }),
    other("headers", |to, given, context| {
        to.headers = request_fields(given, context)?;
        Ok(())
    }),
    nested("tls", client_tls_names, |to, given, context| {
        to.tls = client_tls(given, context)?;
        Ok(())
    }),
    millis("handshakeTimeout", 1, |to, time| to.handshake_timeout = duration(time)),
    other("proxy", |to, given, context| {
        to.proxy = proxy_wish(given, context)?;
        Ok(())
    }),
    other("localAddress", |to, given, context| {
        let address = given.value.as_string().and_then(|text| to_utf8(&text).parse().ok());
        let wrong =
            |context: &mut Context| given.wrong_type("an IP address of this machine", context);
        to.local_address = Some(address.ok_or_else(|| wrong(context))?);
        Ok(())
    }),
    other("followRedirects", |to, given, context| {
        to.redirects = match given.value.as_boolean() {
            Some(true) => REDIRECTS_FOLLOWED,
            Some(false) => 0,
            None => given.whole(0, REDIRECTS_FOLLOWED_MAX, context)?,
        };
        Ok(())
    }),
    nested(
        "reconnect",
        || names_in(&[&RECONNECT]),
        |to, given, context| {
            to.reconnect = given.on_or_off(&[&RECONNECT], context)?;
            Ok(())
        },
    ),
    other("queue", |to, given, context| {
        let limits = given.on_or_off(&[&QUEUE], context)?;
        to.queue = limits.map_or(QueueWish::Without, QueueWish::Within);
        Ok(())
    }),
    other("signal", |to, given, context| {
        let signal = given.value.as_object().filter(abort::is_signal);
        to.signal = Some(signal.ok_or_else(|| given.wrong_type("an AbortSignal", context))?);
        Ok(())
    }),
];

const RECONNECT: [Opt<Policy>; 5] = [
    millis("minDelay", 1, |to, time| to.min_delay = duration(time)),
    millis("maxDelay", 1, |to, time| to.max_delay = duration(time)),
    other("factor", |to, given, context| {
        to.factor = given.number(1.0, 100.0, context)?;
        Ok(())
    }),
    other("jitter", |to, given, context| {
        to.jitter = match given.value.as_boolean() {
            Some(wanted) => f64::from(u8::from(wanted)),
            None => given.number(0.0, 1.0, context)?,
        };
        Ok(())
    }),
    other("retries", |to, given, context| {
        let is_endless = given.value.as_number() == Some(f64::INFINITY);
        to.retries = if is_endless { None } else { Some(given.whole(0, 1 << 31, context)?) };
        Ok(())
    }),
];

const QUEUE: [Opt<QueueLimits>; 2] = [
    whole("maxMessages", (1, QUEUE_MESSAGES_MAX), |to, count| to.max_messages = count),
    whole("maxBytes", (1, QUEUE_BYTES_MAX), |to, bytes| to.max_bytes = bytes),
];

const LIMITS: [Opt<Wishes>; 9] = websocket_options();

/// Reads the argument.
pub(super) fn wishes(value: &JsValue, context: &mut Context) -> JsResult<Wishes> {
    let mut wishes = Wishes::default();
    if value.is_undefined() {
        return Ok(wishes);
    }
    match value.as_object() {
        Some(object) if object.get(JsSymbol::iterator(), context)?.is_null_or_undefined() => {
            read(&object, "", &[&OWN, &LIMITS], &mut wishes, context)?;
            check_queue(&wishes, context)?;
        }
        _ => wishes.protocols = protocols(value, context)?,
    }
    Ok(wishes)
}

/// What has waited is sent at once when the socket opens, and must not end it.
fn check_queue(wishes: &Wishes, context: &mut Context) -> JsResult<()> {
    let most = wishes.websocket.max_backpressure;
    match wishes.queue {
        QueueWish::Within(limits) if limits.max_bytes > most => {
            let message = format!(
                "queue.maxBytes is {}, more than the {most} of maxBackpressure: lower the one or \
                 raise the other",
                limits.max_bytes
            );
            Err(node_error("ERR_OUT_OF_RANGE", message, context))
        }
        _ => Ok(()),
    }
}

/// Web IDL: a sequence of strings, or one string.
fn protocols(value: &JsValue, context: &mut Context) -> JsResult<Vec<String>> {
    let text =
        |value: JsValue, context: &mut Context| value.to_string(context).map(|text| to_utf8(&text));
    if !value.is_object() {
        return Ok(vec![text(value.clone(), context)?]);
    }
    let wrong =
        |_: &mut Context| type_error("protocols must be a string or an iterable of strings");
    map_sequence(value, wrong, context, text)
}

/// WHATWG: each a token, none twice. As in browsers, the case makes no difference.
pub(super) fn check_protocols(protocols: &[String], context: &mut Context) -> JsResult<()> {
    for (index, name) in protocols.iter().enumerate() {
        let problem = if !is_token(name.as_bytes()) {
            "is not a token (letters, digits and !#$%&'*+-.^_`|~)"
        } else if protocols[..index].iter().any(|known| known.eq_ignore_ascii_case(name)) {
            "is given twice"
        } else {
            continue;
        };
        let message = format!("subprotocol '{name}' {problem}");
        return Err(dom_exception("SyntaxError", &message, context));
    }
    Ok(())
}
