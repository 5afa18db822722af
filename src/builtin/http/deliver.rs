//! Events of servers and their connections, handed to the script: its handlers, its hooks and the
//! listeners of its `Server` objects.
//!
//! An exception in any of them is printed and ends the connection, never the server.

use boa_engine::object::builtins::JsFunction;
use boa_engine::{Context, JsError, JsObject, JsResult, JsValue, js_string};

use super::servers::{self, ServerEntry};
use super::{flow, node, params, reply, request, routed};
use crate::builtin::context_data::with_host;
use crate::builtin::outcome::{
    Asked, blames_client, call_hook, fail, promise_of, watch_message, when_settled,
};
use crate::builtin::websocket;
use crate::builtin::{events, hub};
use crate::host::{Closed, Dropped, Flushed, Input, Message};
use crate::id::{ConnId, ServerId};
use crate::js::activation;
use crate::js::convert::new_uint8_array;
use crate::js::executor::report_uncaught;
use crate::js::report::report_handler_error;
use crate::proto::http1::Request;
use crate::proto::ws::State;

const NOT_FOUND: &str = "not found";

/// Hands a request to its server's handler and answers it, at once or when a promise settles.
pub fn deliver_request(
    conn: ConnId,
    server: ServerId,
    request: Box<Request>,
    context: &mut Context,
) {
    serve((conn, server, false), request, context);
}

fn serve(
    (conn, server, streams): (ConnId, ServerId, bool),
    request: Box<Request>,
    context: &mut Context,
) {
    let Some(entry) = servers::find(server, context) else {
        return node::deliver((conn, server, streams), request, context);
    };
    if let Some(routes) = entry.routes.get() {
        let whose = (conn, server, streams);
        let (asked, result) = routed::serve(whose, request, (&entry, routes), context);
        return settle(&asked, result, context);
    }
    let Some(handler) = &entry.handler else {
        return with_host(context, |host| host.fail_request(conn, 404, NOT_FOUND));
    };
    let peer = request::peer_of(&entry.sockets.host().borrow(), conn, &request);
    let request = request::http_request(conn, request, (peer, entry.compression.clone()), context);
    let argument = [request.clone().into()];
    let asked = Asked { conn, server, request };
    if streams && let Err(error) = flow::expect_body(&asked.request, context) {
        return settle(&asked, Err(error), context);
    }
    let result = activation::call(&handler.function, &JsValue::undefined(), &argument, context);
    settle(&asked, result, context);
}

fn settle(asked: &Asked, result: JsResult<JsValue>, context: &mut Context) {
    if let Err(error) = result.and_then(|value| answer(asked, &value, context)) {
        blame(asked, &error, context);
    }
}

fn answer(asked: &Asked, value: &JsValue, context: &mut Context) -> JsResult<()> {
    if value.is_undefined() {
        return answer_nothing(asked, context);
    }
    match promise_of(value, context)? {
        None => send(asked, value, context),
        Some(promise) => when_settled(&promise, asked.clone(), answer_settled, context),
    }
}

fn answer_settled(asked: &Asked, settled: JsResult<JsValue>, context: &mut Context) {
    let answered = match settled {
        Ok(value) if value.is_undefined() => answer_nothing(asked, context),
        Ok(value) => send(asked, &value, context),
        Err(error) => Err(error),
    };
    if let Err(error) = answered {
        blame(asked, &error, context);
    }
}

fn send(asked: &Asked, value: &JsValue, context: &mut Context) -> JsResult<()> {
    match reply::send(asked, value, context)? {
        None => Ok(()),
        Some(promise) => when_settled(&promise, asked.clone(), streamed, context),
    }
}

/// There is no reply. Where no route serves the request, others may serve its path.
fn answer_nothing(asked: &Asked, context: &mut Context) -> JsResult<()> {
    let entry = servers::find(asked.server, context);
    let routes = entry.as_ref().and_then(|entry| Some((&**entry, entry.routes.get()?)));
    let routes = routes.filter(|_| request::route_of(&asked.request).is_none());
    let missing = routes.map(|routes| routed::missing(asked, routes, context));
    match missing.transpose()?.flatten() {
        Some(missing) => missing.send(asked.conn, context),
        None => with_host(context, |host| host.fail_request(asked.conn, 404, NOT_FOUND)),
    }
    flow::release(&asked.request, context);
    Ok(())
}

/// All of a reply was sent that came bit by bit, or something was wrong with it.
fn streamed(asked: &Asked, settled: JsResult<JsValue>, context: &mut Context) {
    if let Err(error) = settled {
        blame(asked, &error, context);
    }
    flow::release(&asked.request, context);
}

/// The head of a request with a body has come, of a server with handlers that want it as a stream.
pub fn deliver_head(conn: ConnId, server: ServerId, request: Box<Request>, context: &mut Context) {
    let Some(entry) = servers::find(server, context) else {
        return node::deliver((conn, server, true), request, context);
    };
    let streams = match entry.routes.get() {
        Some(routes) => routed::streams((conn, &request), (&entry, routes), context),
        None => Ok(entry.streams),
    };
    // Where the pattern of a route throws, it does so again when all has come.
    if !streams.unwrap_or(false) {
        return with_host(context, |host| host.collect_body(conn, request));
    }
    serve((conn, server, true), request, context);
}

/// A request failed: by its client's fault, or by the handler's, which is for the log.
fn blame(asked: &Asked, error: &JsError, context: &mut Context) {
    if blames_client(asked.conn, error, context) {
        return flow::release(&asked.request, context);
    }
    fail(asked.conn, context);
    flow::release(&asked.request, context);
    let entry = servers::find(asked.server, context);
    let place = entry.map(|entry| routed::place_of_handler(asked, &entry, context));
    let during = format!(
        "{} in the handler{}",
        request::described(&asked.request),
        place.unwrap_or_default()
    );
    report_handler_error(error, &during, context);
}

/// Hands a message of an accepted WebSocket to the `message` hook or the plain handler of its
/// server, then to the listeners of its object.
pub fn deliver_message(message: &Message, input: &Input, context: &mut Context) {
    let conn = message.conn;
    let entry = message.server.and_then(|server| servers::find(server, context));
    let Some(entry) = entry else { return };
    let socket = entry.sockets.accepted(conn, context);
    let data = match websocket::message_value(&socket, message, input, context) {
        Ok(data) => data,
        Err(error) => return websocket::fail(conn, &error, context),
    };
    let handled = entry.takes_messages();
    if handled {
        match call_message_handler(&entry, &socket, data.clone(), context) {
            Ok(value) if value.is_undefined() => {}
            Ok(value) => settle_message(conn, &entry, &value, context),
            Err(error) => websocket::fail(conn, &error, context),
        }
    }
    websocket::fire_message(&socket, data, message, handled, context);
}

/// The `message` hook, or the plain handler.
fn call_message_handler(
    entry: &ServerEntry,
    socket: &JsObject,
    data: JsValue,
    context: &mut Context,
) -> JsResult<JsValue> {
    if let Some(hook) = &entry.hooks.message {
        activation::call(hook, &JsValue::undefined(), &[socket.clone().into(), data], context)
    } else if let Some(handler) = &entry.handler {
        handler.call(socket, data, context)
    } else {
        Ok(JsValue::undefined())
    }
}

/// A message handler returned something: a promise to watch, or a mistake to warn of.
fn settle_message(conn: ConnId, entry: &ServerEntry, value: &JsValue, context: &mut Context) {
    match watch_message(conn, value, entry.max_pending, context) {
        Ok(true) => {}
        Ok(false) => entry.warn_of_returned_value(context),
        Err(error) => websocket::fail(conn, &error, context),
    }
}

/// An accepted WebSocket is open: the server's `connection` event, then the `open` hook.
pub fn deliver_open(conn: ConnId, server: ServerId, context: &mut Context) {
    let Some(entry) = servers::find(server, context) else { return };
    let socket = websocket::accepted(conn, context);
    if let Some(relay) = &entry.hooks.relay
        && let Err(error) = set_relay(conn, relay, &socket, context)
    {
        websocket::fail(conn, &error, context);
    }
    let arguments = [js_string!("connection").into(), socket.clone().into()];
    if let Err(error) = events::emit(&entry.object, &arguments, context) {
        websocket::fail(conn, &error, context);
    }
    if let Some(hook) = &entry.hooks.open {
        call_hook(conn, hook, &[socket.into()], context);
    }
}

/// A ping has come and been answered: the `ping` event, then the `ping` hook.
pub fn deliver_ping(conn: ConnId, server: Option<ServerId>, payload: &[u8], context: &mut Context) {
    websocket::deliver_ping(conn, payload, context);
    let entry = server.and_then(|server| servers::find(server, context));
    if let Some(hook) = entry.as_ref().and_then(|entry| entry.hooks.ping.as_ref()) {
        call_control_hook(conn, hook, payload, context);
    }
}

/// A pong has come: the pings that it answers, the `pong` event, then the `pong` hook.
pub fn deliver_pong(conn: ConnId, server: Option<ServerId>, payload: &[u8], context: &mut Context) {
    websocket::deliver_pong(conn, payload, context);
    let entry = server.and_then(|server| servers::find(server, context));
    if let Some(hook) = entry.as_ref().and_then(|entry| entry.hooks.pong.as_ref()) {
        call_control_hook(conn, hook, payload, context);
    }
}

fn call_control_hook(conn: ConnId, hook: &JsFunction, payload: &[u8], context: &mut Context) {
    let socket = websocket::accepted(conn, context);
    match new_uint8_array(payload, context) {
        Ok(data) => call_hook(conn, hook, &[socket.into(), data.into()], context),
        Err(error) => websocket::fail(conn, &error, context),
    }
}

/// Sends the messages of a WebSocket where its route says.
fn set_relay(
    conn: ConnId,
    relay: &JsValue,
    socket: &JsObject,
    context: &mut Context,
) -> JsResult<()> {
    let Some(function) = relay.as_function() else { return hub::relay_to(conn, relay, context) };
    let argument = [socket.clone().into()];
    let to = activation::call(&function, &JsValue::undefined(), &argument, context)?;
    hub::relay_to(conn, &to, context)
}

/// A WebSocket is over: its own events, then the `error` and `close` hooks of the server that
/// accepted it.
pub fn deliver_closed(closed: &mut Closed, context: &mut Context) {
    let entry = closed.server.and_then(|server| servers::find(server, context));
    if let Some(entry) = &entry
        && let Err(error) = params::keep(closed.conn, entry, context)
    {
        websocket::fail(closed.conn, &error, context);
    }
    let socket = websocket::deliver_closed(closed, context);
    let Some((socket, entry)) = socket.zip(entry) else { return };
    if let Some((hook, error)) = entry.hooks.error.as_ref().zip(closed.error.as_ref()) {
        let error = websocket::error_value(error, context);
        call_hook(closed.conn, hook, &[socket.clone().into(), error.into()], context);
    }
    if let Some(hook) = &entry.hooks.close {
        let reason = js_string!(closed.reason.as_str());
        let arguments = [socket.into(), closed.code.into(), reason.into()];
        call_hook(closed.conn, hook, &arguments, context);
    }
}

/// All that waited for a slow peer has been written: the `drain` event, then the `drain` hook.
pub fn deliver_drain(conn: ConnId, server: Option<ServerId>, context: &mut Context) {
    let socket = websocket::deliver_drain(conn, context);
    let entry = server.and_then(|server| servers::find(server, context));
    if let Some((socket, entry)) = socket.zip(entry)
        && let Some(hook) = &entry.hooks.drain
    {
        call_hook(conn, hook, &[socket.into()], context);
    }
}

/// Messages have been handed to the kernel, and perhaps all.
pub fn deliver_flushed(flushed: &Flushed, context: &mut Context) {
    websocket::deliver_flushed(flushed, context);
    if flushed.drained {
        deliver_drain(flushed.conn, flushed.server, context);
    }
}

/// Messages were dropped for a peer that reads too slowly: the `dropped` event, then the `dropped`
/// hook, at the first of several.
pub fn deliver_dropped(dropped: &Dropped, context: &mut Context) {
    let conn = dropped.conn;
    let entry = dropped.server.and_then(|server| servers::find(server, context));
    let hook = entry.as_ref().and_then(|entry| entry.hooks.dropped.as_ref());
    let is_there = with_host(context, |host| host.websocket_state(conn)) != Some(State::Closed);
    let is_told = dropped.begins && is_there;
    let socket = hook.filter(|_| is_told).map(|_| websocket::accepted(conn, context));
    websocket::deliver_dropped(dropped, context);
    if let Some((hook, socket)) = hook.zip(socket) {
        call_hook(conn, hook, &[socket.into()], context);
    }
}

/// The last connection of a closed server is gone.
pub fn deliver_server_closed(server: ServerId, context: &mut Context) {
    let Some(entry) = servers::release(server, context) else {
        return node::deliver_closed(server, context);
    };
    if let Err(error) = entry.closed.call(&JsValue::undefined(), &[], context) {
        report_uncaught(error, context);
    }
}

#[cfg(test)]
mod tests {
    use std::cell::{Cell, OnceCell, RefCell};
    use std::rc::Rc;

    use boa_engine::Source;

    use super::*;
    use crate::builtin;
    use crate::builtin::http::settings::Hooks;
    use crate::host::Host;
    use crate::net::reactor::Reactor;

    #[test]
    fn a_server_with_an_identifier_beyond_2_to_the_53_is_told_that_it_is_closed() {
        let mut context = Context::default();
        let host = Host::new(&Reactor::new().unwrap()).unwrap();
        builtin::install(Rc::new(RefCell::new(host)), &mut context).unwrap();
        let closed = "globalThis.times = 0; () => { times += 1 }";
        let closed = context.eval(Source::from_bytes(closed)).unwrap().as_function().unwrap();
        let id = ServerId::new(3, 1 << 29);
        assert!(id.as_u64() > 1 << 53);
        let entry = ServerEntry {
            sockets: websocket::sockets(&context).clone(),
            object: JsObject::with_null_proto(),
            handler: None,
            hooks: Hooks::default(),
            max_pending: 1,
            streams: false,
            compression: None,
            closed,
            made_at: None,
            warned: Cell::new(false),
            tells_open: Cell::new(false),
            pattern: None,
            routes: OnceCell::new(),
            opened: RefCell::default(),
        };
        servers::keep(id, entry, &context);
        let handle = servers::handle_of(id).into();
        for _ in 0..2 {
            deliver_server_closed(servers::server_of(&handle).unwrap(), &mut context);
        }
        let times = context.global_object().get(js_string!("times"), &mut context).unwrap();
        assert_eq!(times.as_number(), Some(1.0));
    }
}
