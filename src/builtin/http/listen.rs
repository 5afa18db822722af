//! `listen` and `close`: the natives under the `Server` class.

use std::cell::Cell;
use std::net::SocketAddr;
use std::time::Duration;

use boa_engine::object::builtins::{JsArray, JsFunction};
use boa_engine::{
    Context, JsArgs, JsError, JsNativeError, JsObject, JsResult, JsString, JsValue, js_string,
};

use super::message::Handler;
use super::servers::{self, Hooks, ServerEntry, handle_of, server_of};
use crate::builtin::context_data::with_host;
use crate::builtin::websocket;
use crate::host::{ListenAddress, OriginPolicy, ServerOptions};
use crate::id::ServerId;
use crate::js::error::{Target, range_error, system_error, type_error};
use crate::limits::LISTEN_BACKLOG;
use crate::net::listener::Address;
use crate::proto::ws::close::{REASON_MAX, may_be_sent};

/// `listen({server, handler, hooks, closed, port, host, path, backlog, limits, origins, protocols,
/// perMessageDeflate})`: `{handle, address, port, family}` or `{handle, path}`. The values have been
/// checked by `http.js`; `closed` is called once the last connection is gone.
pub(super) fn listen(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let given = object(arguments.get_or_undefined(0))?;
    let server = object(&given.get(js_string!("server"), context)?)?;
    let handler = given.get(js_string!("handler"), context)?.as_function();
    let handler = handler.map(|handler| Handler::new(handler, context)).transpose()?;
    let closed = given.get(js_string!("closed"), context)?.as_function();
    let closed = closed.ok_or_else(|| type_error("not a function"))?;
    let hooks = hooks(&given.get(js_string!("hooks"), context)?, context)?;
    let mut options = limits(&given.get(js_string!("limits"), context)?, context)?;
    options.origins = origins(&given.get(js_string!("origins"), context)?, context)?;
    options.subprotocols = strings(&given.get(js_string!("protocols"), context)?, context)?;
    let deflate = given.get(js_string!("perMessageDeflate"), context)?;
    options.websocket.deflate = websocket::read_deflate(&deflate, None, context)?;
    options.asks_upgrade = hooks.upgrade.is_some();
    // The close hook is handed the object of a socket that may never have said anything.
    options.tells_open = hooks.open.is_some()
        || hooks.close.is_some()
        || given.get(js_string!("tellsOpen"), context)?.to_boolean();
    let address = address(&given, context)?;
    let backlog = number(&given, "backlog", context)?.map_or(LISTEN_BACKLOG, i32::from);
    let listening = with_host(context, |host| host.listen(&address, backlog, options));
    match listening {
        Ok((id, address)) => {
            let warned = Cell::new(false);
            let entry = ServerEntry { object: server, handler, hooks, closed, warned };
            servers::keep(id, entry, context);
            describe(id, &address, context)
        }
        Err(error) => Err(listen_error(&error, &address, context)),
    }
}

/// `close(handle, code, reason)`.
pub(super) fn close(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let id = server_of(arguments.get_or_undefined(0))?;
    let code = arguments.get_or_undefined(1).to_u32(context)?;
    let reason = arguments.get_or_undefined(2).to_string(context)?.to_std_string_lossy();
    // The connections could not be told anything else, and would stay.
    let code = u16::try_from(code).ok().filter(|code| may_be_sent(*code)).ok_or_else(|| {
        range_error("close: the code must be 1000 to 1003, 1007 to 1014 or 3000 to 4999")
    })?;
    if reason.len() > REASON_MAX {
        return Err(range_error(format!(
            "close: the reason has {} bytes of UTF-8, more than the {REASON_MAX} that fit",
            reason.len()
        )));
    }
    with_host(context, |host| host.close_server(id, code, &reason));
    Ok(JsValue::undefined())
}

/// `setReferenced(handle, whether)`.
pub(super) fn set_referenced(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let id = server_of(arguments.get_or_undefined(0))?;
    let referenced = arguments.get_or_undefined(1).to_boolean();
    with_host(context, |host| host.set_server_referenced(id, referenced));
    Ok(JsValue::undefined())
}

/// `tellOpen(handle)`: somebody listens for connections from now on.
pub(super) fn tell_open(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let id = server_of(arguments.get_or_undefined(0))?;
    with_host(context, |host| host.tell_open(id));
    Ok(JsValue::undefined())
}

/// `clients(handle)`: the open WebSockets as an array.
pub(super) fn clients(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let id = server_of(arguments.get_or_undefined(0))?;
    let conns = with_host(context, |host| host.websockets_of(id));
    let mut sockets = Vec::with_capacity(conns.len());
    for conn in conns {
        sockets.push(websocket::accepted(conn, context).into());
    }
    Ok(JsArray::from_iter(sockets, context).into())
}

fn object(value: &JsValue) -> JsResult<JsObject> {
    value.as_object().ok_or_else(|| JsNativeError::typ().with_message("expected an object").into())
}

fn hooks(value: &JsValue, context: &mut Context) -> JsResult<Hooks> {
    let Some(given) = value.as_object() else { return Ok(Hooks::default()) };
    let mut hook = |name: &str| -> JsResult<Option<JsFunction>> {
        Ok(given.get(js_string!(name), context)?.as_function())
    };
    Ok(Hooks {
        upgrade: hook("upgrade")?,
        open: hook("open")?,
        message: hook("message")?,
        close: hook("close")?,
        drain: hook("drain")?,
    })
}

fn number(object: &JsObject, name: &str, context: &mut Context) -> JsResult<Option<u16>> {
    let value = object.get(js_string!(name), context)?;
    if value.is_undefined() {
        return Ok(None);
    }
    Ok(u16::try_from(value.to_u32(context)?).ok())
}

/// Limits as whole numbers; milliseconds where time is meant, 0 for never.
fn limits(value: &JsValue, context: &mut Context) -> JsResult<ServerOptions> {
    let mut options = ServerOptions::default();
    let Some(given) = value.as_object() else { return Ok(options) };
    let mut limit = |name: &str| -> JsResult<Option<usize>> {
        let value = given.get(js_string!(name), context)?;
        if value.is_undefined() {
            return Ok(None);
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked by http.js to be a whole number in range"
        )]
        Ok(Some(value.to_number(context)? as usize))
    };
    let time = |milliseconds: Option<usize>, before: Option<Duration>| match milliseconds {
        None => before,
        Some(0) => None,
        Some(milliseconds) => Some(Duration::from_millis(milliseconds as u64)),
    };
    let websocket = &mut options.websocket;
    websocket.max_payload = limit("maxPayload")?.unwrap_or(websocket.max_payload);
    websocket.max_fragments = limit("maxFragments")?.unwrap_or(websocket.max_fragments);
    websocket.max_backpressure = limit("maxBackpressure")?.unwrap_or(websocket.max_backpressure);
    let keepalive = &mut websocket.keepalive;
    keepalive.ping_interval = time(limit("pingInterval")?, keepalive.ping_interval);
    keepalive.pong_timeout = time(limit("pongTimeout")?, keepalive.pong_timeout);
    keepalive.idle_timeout = time(limit("idleTimeout")?, keepalive.idle_timeout);
    keepalive.close_timeout = time(limit("closeTimeout")?, keepalive.close_timeout);
    options.max_connections = limit("maxConnections")?;
    let http = &mut options.http;
    http.body_bytes_max = limit("maxBody")?.map_or(http.body_bytes_max, |bytes| bytes as u64);
    if let Some(timeout) = time(limit("handshakeTimeout")?, None) {
        http.head_timeout = timeout;
    }
    if let Some(timeout) = time(limit("requestTimeout")?, None) {
        http.request_timeout = timeout;
    }
    if let Some(timeout) = time(limit("keepAliveTimeout")?, None) {
        http.keep_alive_timeout = timeout;
    }
    Ok(options)
}

fn origins(value: &JsValue, context: &mut Context) -> JsResult<OriginPolicy> {
    if value.is_undefined() {
        return Ok(OriginPolicy::SameOrigin);
    }
    if let Some(word) = value.as_string() {
        return Ok(match word.to_std_string_lossy().as_str() {
            "*" => OriginPolicy::Any,
            _ => OriginPolicy::SameOrigin,
        });
    }
    strings(value, context).map(OriginPolicy::List)
}

fn strings(value: &JsValue, context: &mut Context) -> JsResult<Vec<String>> {
    let Some(list) = value.as_object().filter(JsObject::is_array) else { return Ok(Vec::new()) };
    let list = JsArray::from_object(list)?;
    (0..list.length(context)?)
        .map(|index| {
            let item = list.get(index, context)?;
            item.to_string(context).map(|text| text.to_std_string_lossy())
        })
        .collect()
}

fn address(given: &JsObject, context: &mut Context) -> JsResult<ListenAddress> {
    let path = given.get(js_string!("path"), context)?;
    if let Some(path) = path.as_string() {
        return Ok(ListenAddress::Unix(path.to_std_string_lossy().into()));
    }
    let port = number(given, "port", context)?.unwrap_or_default();
    let host = given.get(js_string!("host"), context)?;
    let Some(host) = host.as_string() else { return Ok(ListenAddress::AnyAddress(port)) };
    let host = host.to_std_string_lossy();
    // A server is bound once, before there is anything to serve: this look-up may block.
    let addresses = crate::net::resolve::resolve(&host, port).map_err(|error| {
        let target = Target { address: Some(&host), port: Some(port), path: None };
        system_error(&error, "listen", target, context)
    })?;
    Ok(addresses.into_iter().next().map_or(ListenAddress::AnyAddress(port), ListenAddress::Tcp))
}

fn listen_error(error: &std::io::Error, address: &ListenAddress, context: &mut Context) -> JsError {
    let (ip, port, path) = match address {
        ListenAddress::AnyAddress(port) => (Some("::".to_owned()), Some(*port), None),
        ListenAddress::Tcp(address) => (Some(address.ip().to_string()), Some(address.port()), None),
        ListenAddress::Unix(path) => (None, None, Some(path.to_string_lossy().into_owned())),
    };
    let target = Target { address: ip.as_deref(), port, path: path.as_deref() };
    system_error(error, "listen", target, context)
}

fn describe(id: ServerId, address: &Address, context: &mut Context) -> JsResult<JsValue> {
    let object = JsObject::with_object_proto(context.intrinsics());
    let mut set = |name: &str, value: JsValue| {
        object.create_data_property_or_throw(js_string!(name), value, context)
    };
    set("handle", handle_of(id).into())?;
    match address {
        Address::Tcp(address) => {
            set("address", text(&address.ip().to_string()))?;
            set("port", JsValue::from(address.port()))?;
            set("family", text(family(*address)))?;
        }
        Address::Unix(path) => {
            set("path", text(&path.to_string_lossy()))?;
        }
    }
    Ok(object.into())
}

fn family(address: SocketAddr) -> &'static str {
    if address.is_ipv6() { "IPv6" } else { "IPv4" }
}

fn text(text: &str) -> JsValue {
    JsString::from(text).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_server_that_a_script_was_given_comes_back() {
        let mut context = Context::default();
        let address = Address::Unix("/tmp/x".into());
        for id in [ServerId::new(0, 1), ServerId::new(7, 1 << 21), ServerId::new(1, 0x3FFF_FFFF)] {
            let given = describe(id, &address, &mut context).unwrap();
            let given = given.as_object().unwrap().get(js_string!("handle"), &mut context).unwrap();
            assert_eq!(server_of(&given).unwrap(), id);
        }
    }
}
