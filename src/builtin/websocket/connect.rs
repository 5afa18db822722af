//! `new WebSocket(url, protocols | options)`.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use boa_engine::object::builtins::JsArray;
use boa_engine::property::PropertyKey;
use boa_engine::{Context, JsArgs, JsObject, JsResult, JsSymbol, JsValue, js_string};

use super::data::{self, WebSocketData};
use super::options::{HasWebSocketOptions, websocket_options};
use super::sockets::keep;
use crate::builtin::context_data::host_of;
use crate::builtin::dom::event_target::EventTarget;
use crate::builtin::dom::exception::dom_exception;
use crate::builtin::options::{Opt, duration, millis, other, read};
use crate::builtin::tls::client_tls;
use crate::host::{ClientOptions, ConnError, Target, WebSocketOptions};
use crate::js::argument::{prototype_for, require_arguments};
use crate::js::convert::{js_string_from_utf8, to_utf8};
use crate::js::error::{range_error, type_error};

use crate::limits::{CLIENT_HANDSHAKE_TIMEOUT_MS, REQUEST_FIELDS_MAX};
use crate::net::tls::{ClientTls, Connector};
use crate::proto::token::is_token;
use crate::url::{Url, percent_decode};

/// What the second argument said.
struct Wishes {
    protocols: Vec<String>,
    headers: Vec<(String, String)>,
    handshake_timeout: Duration,
    websocket: WebSocketOptions,
    tls: ClientTls,
}

impl Default for Wishes {
    fn default() -> Self {
        Self {
            protocols: Vec::new(),
            headers: Vec::new(),
            handshake_timeout: Duration::from_millis(CLIENT_HANDSHAKE_TIMEOUT_MS),
            websocket: WebSocketOptions::client(),
            tls: ClientTls::default(),
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
    require_arguments(arguments, &["url"], context)?;
    let url = parse_url(&to_utf8(&arguments[0].to_string(context)?), context)?;
    let wishes = wishes(arguments.get_or_undefined(1), context)?;
    let tls = wishes.tls.clone();
    let mut options = client_options(&url, wishes);
    let secured = match url.scheme() {
        "wss" => Connector::new(&tls, &options.target.host).map(Some),
        _ => Ok(None),
    };
    let host = host_of(context);
    let (conn, number) = match secured {
        Ok(connector) => {
            options.tls = connector;
            host.borrow_mut().connect(options)
        }
        Err(fault) => {
            let error =
                ConnError { code: fault.code.to_owned(), message: fault.message, status: None };
            host.borrow_mut().refuse_to_connect(options, error)
        }
    };
    let pathname = js_string_from_utf8(&url.path());
    let mut data = WebSocketData::new(host, Some(conn), false, pathname);
    data.number = number;
    data.url = js_string_from_utf8(&url.href()).into();
    let object =
        JsObject::new(context.root_shape(), prototype, EventTarget::with_inner(data)).upcast();
    keep(conn, object.clone(), context);
    Ok(object.into())
}

/// WHATWG, "WebSocket constructor", steps 1 to 8.
fn parse_url(text: &str, context: &mut Context) -> JsResult<Url> {
    let mut fail = |why: &str| {
        let message = format!("cannot open a WebSocket to '{text}': {why}");
        Err(dom_exception("SyntaxError", &message, context))
    };
    let Some(mut url) = Url::parse(text, None) else {
        return fail("it is not a URL; one looks like ws://localhost:3000/");
    };
    let scheme = match url.scheme() {
        "http" => "ws",
        "https" => "wss",
        "ws" | "wss" => "",
        other => return fail(&format!("the scheme must be ws or wss, not {other}")),
    };
    if !scheme.is_empty() {
        url.set_protocol(scheme);
    }
    url.set_hash("");
    Ok(url)
}

fn client_options(url: &Url, wishes: Wishes) -> ClientOptions {
    let name = url.hostname().unwrap_or_default();
    let path = match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path(),
    };
    let mut headers = wishes.headers;
    if !(url.username().is_empty() && url.password().is_empty()) {
        headers.push(("Authorization".to_owned(), basic_credentials(url)));
    }
    ClientOptions {
        target: Target {
            host: name.trim_start_matches('[').trim_end_matches(']').to_owned(),
            port: url.port_or_default().unwrap_or(80),
        },
        host: url.host(),
        path,
        subprotocols: wishes.protocols,
        headers,
        handshake_timeout: wishes.handshake_timeout,
        websocket: wishes.websocket,
        tls: None,
    }
}

fn basic_credentials(url: &Url) -> String {
    let mut credentials = percent_decode(url.username());
    credentials.push(b':');
    credentials.extend(percent_decode(url.password()));
    format!("Basic {}", BASE64.encode(credentials))
}

impl HasWebSocketOptions for Wishes {
    fn websocket(&mut self) -> &mut WebSocketOptions {
        &mut self.websocket
    }
}

const OWN: [Opt<Wishes>; 4] = [
    other("tls", |to, given, context| {
        to.tls = client_tls(given, context)?;
        Ok(())
    }),
    other("protocols", |to, given, context| {
        to.protocols = protocols(&given.value, context)?;
        Ok(())
    }),
    other("headers", |to, given, context| {
        to.headers = headers(&given.object(context)?, context)?;
        Ok(())
    }),
    millis("handshakeTimeout", 1, |to, time| to.handshake_timeout = duration(time)),
];

const LIMITS: [Opt<Wishes>; 8] = websocket_options();

fn wishes(value: &JsValue, context: &mut Context) -> JsResult<Wishes> {
    let mut wishes = Wishes::default();
    if value.is_undefined() {
        return Ok(wishes);
    }
    match value.as_object() {
        Some(object) if !object.get(JsSymbol::iterator(), context)?.is_callable() => {
            read(&object, "", &[&OWN, &LIMITS], &mut wishes, context)?;
        }
        _ => wishes.protocols = protocols(value, context)?,
    }
    Ok(wishes)
}

/// WHATWG: each a token, none twice.
fn protocols(value: &JsValue, context: &mut Context) -> JsResult<Vec<String>> {
    let mut protocols: Vec<String> = Vec::new();
    for name in sequence(value, context)? {
        let problem = if !is_token(name.as_bytes()) {
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

fn headers(object: &JsObject, context: &mut Context) -> JsResult<Vec<(String, String)>> {
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
        if !is_token(name.as_bytes()) {
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
