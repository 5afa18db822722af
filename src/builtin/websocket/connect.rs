//! `new WebSocket(url, protocols | options)`.

use std::time::Duration;

use boa_engine::object::builtins::JsArray;
use boa_engine::property::PropertyKey;
use boa_engine::{Context, JsArgs, JsObject, JsResult, JsSymbol, JsValue, js_string};
use url::Url;

use super::data::{self, WebSocketData};
use super::deflate::read_deflate;
use super::sockets::keep;
use crate::builtin::context_data::with_host;
use crate::builtin::dom::event_target::EventTarget;
use crate::builtin::dom::exception::dom_exception;
use crate::host::{ClientOptions, ConnError, Target, WebSocketOptions};
use crate::js::convert::{js_string_from_utf8, to_utf8};
use crate::js::error::{range_error, type_error};
use crate::js::interface::{prototype_for, require_arguments};
use crate::limits::{CLIENT_HANDSHAKE_TIMEOUT_MS, REQUEST_FIELDS_MAX};

/// What the second argument said.
struct Wishes {
    protocols: Vec<String>,
    headers: Vec<(String, String)>,
    handshake_timeout: Duration,
    websocket: WebSocketOptions,
}

impl Default for Wishes {
    fn default() -> Self {
        Self {
            protocols: Vec::new(),
            headers: Vec::new(),
            handshake_timeout: Duration::from_millis(CLIENT_HANDSHAKE_TIMEOUT_MS),
            websocket: WebSocketOptions::client(),
        }
    }
}

pub(super) fn construct(
    new_target: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let default = |context: &mut Context| data::prototype(context);
    let prototype = prototype_for(new_target, "WebSocket", default, context)?;
    require_arguments(arguments, 1, "WebSocket")?;
    let url = parse_url(&to_utf8(&arguments[0].to_string(context)?), context)?;
    let wishes = wishes(arguments.get_or_undefined(1), context)?;
    let secure = url.scheme() == "wss";
    let options = client_options(&url, wishes);
    let (conn, number) = with_host(context, |host| {
        if secure {
            host.refuse_to_connect(options, not_supported())
        } else {
            host.connect(options)
        }
    });
    let pathname = js_string_from_utf8(url.path());
    let mut data = WebSocketData::new(Some(conn), None, pathname);
    data.number = number;
    data.url = js_string_from_utf8(url.as_str()).into();
    let object =
        JsObject::new(context.root_shape(), prototype, EventTarget::with_inner(data)).upcast();
    keep(conn, object.clone(), context);
    Ok(object.into())
}

fn not_supported() -> ConnError {
    ConnError {
        code: "ERR_TLS_UNSUPPORTED".to_owned(),
        message: "wss: is not supported yet: this version of krandog has no TLS; use ws:, or put \
                  a TLS proxy in front"
            .to_owned(),
        status: None,
    }
}

/// WHATWG, "WebSocket constructor", steps 1 to 8.
fn parse_url(text: &str, context: &mut Context) -> JsResult<Url> {
    let mut fail = |why: &str| {
        let message = format!("cannot open a WebSocket to '{text}': {why}");
        Err(dom_exception("SyntaxError", &message, context))
    };
    let mut url = match Url::parse(text) {
        Ok(url) => url,
        Err(error) => return fail(&format!("{error}; a URL looks like ws://localhost:3000/")),
    };
    let scheme = match url.scheme() {
        "http" => "ws",
        "https" => "wss",
        "ws" | "wss" => "",
        other => return fail(&format!("the scheme must be ws or wss, not {other}")),
    };
    if !scheme.is_empty() && url.set_scheme(scheme).is_err() {
        return fail("the scheme cannot be changed to ws");
    }
    if url.fragment().is_some() {
        url.set_fragment(None);
    }
    if url.host_str().is_none_or(str::is_empty) {
        return fail("it names no host");
    }
    Ok(url)
}

fn client_options(url: &Url, wishes: Wishes) -> ClientOptions {
    let name = url.host_str().unwrap_or_default();
    let host = match url.port() {
        Some(port) => format!("{name}:{port}"),
        None => name.to_owned(),
    };
    let path = match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    };
    let mut headers = wishes.headers;
    if !(url.username().is_empty() && url.password().is_none()) {
        headers.push(("Authorization".to_owned(), basic_credentials(url)));
    }
    ClientOptions {
        target: Target {
            host: name.trim_start_matches('[').trim_end_matches(']').to_owned(),
            port: url.port_or_known_default().unwrap_or(80),
        },
        host,
        path,
        subprotocols: wishes.protocols,
        headers,
        handshake_timeout: wishes.handshake_timeout,
        websocket: wishes.websocket,
    }
}

fn basic_credentials(url: &Url) -> String {
    use base64::Engine;
    let decode = |text: &str| percent_decode(text.as_bytes());
    let mut credentials = decode(url.username());
    credentials.push(b':');
    credentials.extend(decode(url.password().unwrap_or_default()));
    format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(credentials))
}

/// The bytes behind `%41` and the like.
fn percent_decode(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&first, after)) = rest.split_first() {
        let code = after
            .get(..2)
            .filter(|_| first == b'%')
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(code.unwrap_or(first));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    bytes
}

/// The options of an outgoing socket.
const KNOWN: [&str; 11] = [
    "protocols",
    "headers",
    "perMessageDeflate",
    "handshakeTimeout",
    "maxPayload",
    "maxFragments",
    "maxBackpressure",
    "pingInterval",
    "pongTimeout",
    "idleTimeout",
    "closeTimeout",
];

fn wishes(value: &JsValue, context: &mut Context) -> JsResult<Wishes> {
    let mut wishes = Wishes::default();
    if value.is_undefined() {
        return Ok(wishes);
    }
    let list_or_options = value.as_object();
    let Some(object) = list_or_options else {
        wishes.protocols = protocols(value, context)?;
        return Ok(wishes);
    };
    if object.get(JsSymbol::iterator(), context)?.is_callable() {
        wishes.protocols = protocols(value, context)?;
        return Ok(wishes);
    }
    for key in object.own_property_keys(context)? {
        let name = match &key {
            PropertyKey::String(name) => name.to_std_string_lossy(),
            _ => continue,
        };
        if !KNOWN.contains(&name.as_str()) {
            return Err(type_error(format!(
                "unknown WebSocket option {name} (known: {})",
                KNOWN.join(", ")
            )));
        }
    }
    let given = object.get(js_string!("protocols"), context)?;
    if !given.is_undefined() {
        wishes.protocols = protocols(&given, context)?;
    }
    wishes.headers = headers(&object.get(js_string!("headers"), context)?, context)?;
    let deflate = object.get(js_string!("perMessageDeflate"), context)?;
    wishes.websocket.deflate = read_deflate(&deflate, wishes.websocket.deflate, context)?;
    read_limits(&object, &mut wishes, context)?;
    Ok(wishes)
}

fn read_limits(object: &JsObject, wishes: &mut Wishes, context: &mut Context) -> JsResult<()> {
    let mut limit = |name: &str, least: f64| -> JsResult<Option<usize>> {
        let value = object.get(js_string!(name), context)?;
        if value.is_undefined() {
            return Ok(None);
        }
        let number = value.as_number().unwrap_or(f64::NAN);
        if number.fract() != 0.0 || !(least..=4_294_967_296.0).contains(&number) {
            return Err(range_error(format!(
                "WebSocket option {name} must be a whole number from {least} to 2^32, not {}",
                value.display()
            )));
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked to be a whole number up to 2^32"
        )]
        Ok(Some(number as usize))
    };
    let time = |milliseconds: usize| {
        (milliseconds > 0).then(|| Duration::from_millis(milliseconds as u64))
    };
    if let Some(timeout) = limit("handshakeTimeout", 1.0)? {
        wishes.handshake_timeout = Duration::from_millis(timeout as u64);
    }
    let websocket = &mut wishes.websocket;
    websocket.max_payload = limit("maxPayload", 1.0)?.unwrap_or(websocket.max_payload);
    websocket.max_fragments = limit("maxFragments", 1.0)?.unwrap_or(websocket.max_fragments);
    websocket.max_backpressure =
        limit("maxBackpressure", 1.0)?.unwrap_or(websocket.max_backpressure);
    let keepalive = &mut websocket.keepalive;
    keepalive.ping_interval = limit("pingInterval", 0.0)?.map_or(keepalive.ping_interval, time);
    keepalive.pong_timeout = limit("pongTimeout", 0.0)?.map_or(keepalive.pong_timeout, time);
    keepalive.idle_timeout = limit("idleTimeout", 0.0)?.map_or(keepalive.idle_timeout, time);
    keepalive.close_timeout = limit("closeTimeout", 0.0)?.map_or(keepalive.close_timeout, time);
    Ok(())
}

/// WHATWG: each a token, none twice.
fn protocols(value: &JsValue, context: &mut Context) -> JsResult<Vec<String>> {
    let mut protocols: Vec<String> = Vec::new();
    for name in sequence(value, context)? {
        let problem = if name.is_empty() || !name.bytes().all(is_token) {
            "is not a token (letters, digits and !#$%&'*+-.^_`|~)"
        } else if protocols.contains(&name) {
            "stands there twice"
        } else {
            protocols.push(name);
            continue;
        };
        let message = format!("subprotocol '{name}' {problem}");
        return Err(dom_exception("SyntaxError", &message, context));
    }
    Ok(protocols)
}

fn sequence(value: &JsValue, context: &mut Context) -> JsResult<Vec<String>> {
    let list = value.as_object();
    let Some(list) = list else {
        return Ok(vec![to_utf8(&value.to_string(context)?)]);
    };
    let list = if list.is_array() {
        JsArray::from_object(list)?
    } else {
        let from = context.intrinsics().constructors().array().constructor();
        let from = from.get(js_string!("from"), context)?;
        let Some(from) = from.as_callable() else { return Ok(Vec::new()) };
        let array = from.call(&JsValue::undefined(), std::slice::from_ref(value), context)?;
        match array.as_object() {
            Some(array) => JsArray::from_object(array)?,
            None => return Ok(Vec::new()),
        }
    };
    (0..list.length(context)?)
        .map(|index| {
            let item = list.get(index, context)?;
            item.to_string(context).map(|text| to_utf8(&text))
        })
        .collect()
}

/// RFC 9110 5.6.2.
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// Fields that belong to the handshake itself.
const OWN_FIELDS: [&str; 8] = [
    "host",
    "upgrade",
    "connection",
    "sec-websocket-key",
    "sec-websocket-version",
    "sec-websocket-protocol",
    "sec-websocket-extensions",
    "sec-websocket-accept",
];

fn headers(value: &JsValue, context: &mut Context) -> JsResult<Vec<(String, String)>> {
    if value.is_undefined() {
        return Ok(Vec::new());
    }
    let object = value
        .as_object()
        .ok_or_else(|| type_error("WebSocket option headers must be an object"))?;
    let mut headers = Vec::new();
    for key in object.own_property_keys(context)? {
        let PropertyKey::String(name) = &key else { continue };
        let name = name.to_std_string_lossy();
        let value = to_utf8(&object.get(key, context)?.to_string(context)?);
        if OWN_FIELDS.iter().any(|own| own.eq_ignore_ascii_case(&name)) {
            return Err(type_error(format!(
                "header {name} belongs to the opening handshake and cannot be set"
            )));
        }
        if name.is_empty() || !name.bytes().all(is_token) {
            return Err(type_error(format!("'{name}' is not a header name")));
        }
        if value.bytes().any(|byte| byte < b' ' && byte != b'\t' || byte == 0x7F) {
            return Err(type_error(format!("the value of header {name} has control characters")));
        }
        headers.push((name, value));
        if headers.len() > REQUEST_FIELDS_MAX {
            return Err(range_error(format!("more than {REQUEST_FIELDS_MAX} headers")));
        }
    }
    Ok(headers)
}
