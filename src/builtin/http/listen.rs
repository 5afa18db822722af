//! `listen` and `close`: the natives under the `Server` class.

use std::cell::{Cell, OnceCell, RefCell};
use std::mem::take;
use std::net::SocketAddr;
use std::time::Duration;

use boa_engine::{Context, JsArgs, JsObject, JsResult, JsString, JsValue, js_string};

use super::closing::read_closing;
use super::message::Handler;
use super::servers::{self, ServerEntry, handle_of, server_of};
use super::settings::{MaxPending, settings_of};
use super::socket_routes;
use super::target::{address_of, listen_error, target_of};
use crate::builtin::context_data::with_host;
use crate::builtin::opened::{Opened, note};
use crate::builtin::signals::signals;
use crate::builtin::tls;
use crate::builtin::websocket;
use crate::host::Closing;
use crate::id::ServerId;
use crate::js::argument::illegal_invocation;
use crate::js::error::type_error;
use crate::net::listener::Address;

/// `listen({server, settings, target, tellsOpen, closed})`: `{handle, address, port, family}` or
/// `{handle, path}`. `closed` is called once the last connection is gone.
pub(super) fn listen(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let given = arguments.get_or_undefined(0).as_object();
    let given = given.ok_or_else(|| illegal_invocation("Server"))?;
    let mut field = |name: &str| given.get(js_string!(name), context);
    let object = field("server")?.as_object().ok_or_else(|| illegal_invocation("Server"))?;
    let mut settings = settings_of(&field("settings")?)?;
    let target = target_of(&field("target")?)?;
    let tells_open = field("tellsOpen")?.to_boolean();
    let closed = field("closed")?.as_function().ok_or_else(|| type_error("not a function"))?;

    let made_at = settings.made_at.take();
    let mut hooks = take(&mut settings.hooks);
    hooks.compose(context)?;
    let MaxPending(max_pending) = settings.max_pending;
    let mut options = take(&mut settings.options);
    options.asks_upgrade = hooks.upgrade.is_some();
    options.tells_open = tells_open || hooks.need_objects();
    let routes = settings.routes.take();
    let streams = settings.streams;
    options.http.asks_at_head =
        streams || routes.as_ref().is_some_and(|routes| routes.any_streams());
    let handler =
        settings.handler.take().map(|handler| Handler::new(handler, context)).transpose()?;
    if options.tls.is_none() {
        options.tls = tls::development(context)?;
    }
    options.reuse_port = target.reuse_port;
    let listening = if target.memory {
        Ok((with_host(context, |host| host.listen_in_memory(options)), None))
    } else {
        let address = address_of(&target, context)?;
        let listening = with_host(context, |host| host.listen(&address, target.backlog, options));
        let listening = listening.map(|(id, address)| (id, Some(address)));
        listening.map_err(|error| listen_error(&error, &address, context))
    };
    match listening {
        Ok((id, address)) => {
            note(Opened::Server(id), context);
            if let Some(signals) = signals(context) {
                signals.watch_ends();
            }
            let (sockets, warned) = (websocket::sockets(context).clone(), Cell::new(false));
            let entry = ServerEntry {
                object,
                sockets,
                handler,
                hooks,
                max_pending,
                streams,
                compression: settings.compression.take(),
                closed,
                made_at,
                warned,
                tells_open: Cell::new(tells_open),
                pattern: None,
                routes: OnceCell::new(),
                opened: RefCell::default(),
            };
            let entry = servers::keep(id, entry, context);
            if let Some(routes) = routes {
                socket_routes::open(id, &entry, &routes, context)?;
            }
            described(id, address.as_ref(), context)
        }
        Err(error) => Err(error),
    }
}

pub(super) fn described(
    id: ServerId,
    address: Option<&Address>,
    context: &mut Context,
) -> JsResult<JsValue> {
    let object = JsObject::with_object_proto(context.intrinsics());
    let mut set = |name: &str, value: JsValue| {
        object.create_data_property_or_throw(js_string!(name), value, context)
    };
    set("handle", handle_of(id).into())?;
    match address {
        None => {}
        Some(Address::Tcp(address)) => {
            set("address", string(&address.ip().to_string()))?;
            set("port", JsValue::from(address.port()))?;
            set("family", string(family(*address)))?;
        }
        Some(Address::Unix(path)) => {
            set("path", string(&path.to_string_lossy()))?;
        }
    }
    Ok(object.into())
}

fn family(address: SocketAddr) -> &'static str {
    if address.is_ipv6() { "IPv6" } else { "IPv4" }
}

fn string(text: &str) -> JsValue {
    JsString::from(text).into()
}

/// `close(handle, options)`. Without a handle it only checks the options.
pub(super) fn close(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let closing = read_closing(arguments.get_or_undefined(1), context)?;
    let handle = arguments.get_or_undefined(0);
    if handle.is_undefined() {
        return Ok(JsValue::undefined());
    }
    let id = server_of(handle)?;
    with_host(context, |host| match closing {
        Closing { code, reason, spread: Duration::ZERO, drain: None } => {
            host.close_server(id, code, &reason);
        }
        closing => host.drain_server(id, &closing),
    });
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
    if let Some(entry) = servers::find(id, context) {
        entry.tells_open.set(true);
    }
    Ok(JsValue::undefined())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_server_that_a_script_was_given_comes_back() {
        let mut context = Context::default();
        let address = Address::Unix("/tmp/x".into());
        for id in [ServerId::new(0, 1), ServerId::new(7, 1 << 21), ServerId::new(1, 0x3FFF_FFFF)] {
            let given = described(id, Some(&address), &mut context).unwrap();
            let given = given.as_object().unwrap().get(js_string!("handle"), &mut context).unwrap();
            assert_eq!(server_of(&given).unwrap(), id);
        }
    }
}
