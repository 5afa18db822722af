//! From host events to JavaScript: the only way by which the network calls into a script.
//!
//! An exception in a handler of an accepted connection is printed and ends that connection, never
//! the server; one in a listener of an outgoing WebSocket is the script's own, and uncaught.

use std::rc::Rc;

use boa_engine::object::builtins::JsFunction;
use boa_engine::{Context, JsArgs, JsError, JsObject, JsResult, JsValue, NativeFunction};

use super::state::EventLoop;
use crate::builtin::http::{self, ServerEntry, Servers};
use crate::builtin::{report_handler_error, stdin, websocket};
use crate::host::{Closed, Event, Message};
use crate::id::{ConnId, ServerId};
use crate::js::memory::collect_if_due;
use crate::net::reactor::monotonic_clock;

impl EventLoop {
    /// Hands the next of what this turn's poll brought to the script; false if that was all.
    pub(super) fn dispatch_event(&mut self, context: &mut Context) -> bool {
        let event = self.host.borrow_mut().next_event(&mut self.input);
        let Some(event) = event else { return false };
        self.dispatch(event, context);
        self.checkpoint(context);
        collect_if_due(monotonic_clock);
        true
    }

    /// Hands what came in on standard input to the script, while it wants it. What is read
    /// meanwhile wakes the next poll: input without end must not keep timers waiting.
    pub(super) fn dispatch_stdin(&mut self, context: &mut Context) -> bool {
        if self.stdin_chunks == 0 {
            return false;
        }
        self.stdin_chunks -= 1;
        match stdin::next_call(context) {
            Ok(Some((callback, chunk))) => {
                self.call(&callback, &[chunk], context);
                return true;
            }
            Ok(None) => {}
            Err(error) => self.report_uncaught(&error, context),
        }
        false
    }

    fn dispatch(&mut self, event: Event, context: &mut Context) {
        match event {
            Event::Message(message) => self.dispatch_message(&message, context),
            Event::Request { conn, server, request } => {
                let Some(entry) = find_server(server, context) else { return };
                if let Err(error) = http::deliver_request(conn, &entry, request, context) {
                    report_handler_error(&error, "an HTTP request", context);
                }
            }
            Event::Upgrade { conn, server, request, offers } => {
                if let Some(entry) = find_server(server, context) {
                    let asked = (request, offers);
                    http::deliver_upgrade(conn, &entry, asked, context);
                }
            }
            Event::Open { conn, server: Some(server) } => {
                self.dispatch_accepted(conn, server, context);
            }
            Event::Open { conn, server: None } => {
                let errors = websocket::deliver_open(conn, context);
                self.report_listeners(conn, None, errors, context);
            }
            Event::Closed(closed) => self.dispatch_closed(&closed, context),
            Event::Drain { conn, server } => self.dispatch_drain(conn, server, context),
            Event::Ping { conn, payload } => {
                let bytes = payload.bytes(self.input.bytes());
                let errors = websocket::deliver_ping(conn, bytes, context);
                self.report_listeners(conn, None, errors, context);
            }
            Event::Pong { conn, payload } => {
                let bytes = payload.bytes(self.input.bytes());
                let errors = websocket::deliver_pong(conn, bytes, context);
                self.report_listeners(conn, None, errors, context);
            }
            Event::ServerClosed { server } => self.dispatch_server_closed(server, context),
            Event::Signal => self.handle_signals(context),
        }
    }

    fn dispatch_message(&mut self, message: &Message, context: &mut Context) {
        let Message { conn, server, .. } = *message;
        let socket = match server {
            Some(_) => Some(websocket::accepted(conn, context)),
            None => websocket::find(conn, context),
        };
        // WHATWG: what comes after close() was called is not delivered.
        let Some(socket) = socket.filter(websocket::is_open) else { return };
        let data = match websocket::message_value(&socket, message, &self.input, context) {
            Ok(data) => data,
            Err(error) => return self.report_listeners(conn, server, vec![error], context),
        };
        if let Some(entry) = server.and_then(|server| find_server(server, context)) {
            match call_message_handler(&entry, &socket, data.clone(), context) {
                Ok(value) if value.is_undefined() => {}
                Ok(value) => settle_message(conn, &entry, &value, context),
                Err(error) => websocket::fail(conn, &error, context),
            }
        }
        let errors = websocket::deliver_message(&socket, data, context);
        if !errors.is_empty() {
            self.report_listeners(conn, server, errors, context);
        }
    }

    fn dispatch_accepted(&mut self, conn: ConnId, server: ServerId, context: &mut Context) {
        let Some(entry) = find_server(server, context) else { return };
        let socket = websocket::accepted(conn, context);
        let emitted = http::emit(&entry.object, "connection", &socket, context);
        self.report_listeners(conn, Some(server), emitted.err().into_iter().collect(), context);
        call_hook(conn, entry.hooks.open.as_ref(), &[socket.into()], context);
    }

    fn dispatch_closed(&mut self, closed: &Closed, context: &mut Context) {
        let (socket, errors) = websocket::deliver_closed(closed, context);
        self.report_listeners(closed.conn, closed.server, errors, context);
        let entry = closed.server.and_then(|server| find_server(server, context));
        if let Some((socket, entry)) = socket.zip(entry) {
            let reason = boa_engine::js_string!(closed.reason.as_str());
            let arguments = [socket.into(), closed.code.into(), reason.into()];
            call_hook(closed.conn, entry.hooks.close.as_ref(), &arguments, context);
        }
    }

    fn dispatch_drain(&mut self, conn: ConnId, server: Option<ServerId>, context: &mut Context) {
        let errors = websocket::deliver_drain(conn, context);
        self.report_listeners(conn, server, errors, context);
        let entry = server.and_then(|server| find_server(server, context));
        if let Some((socket, entry)) = websocket::find(conn, context).zip(entry) {
            call_hook(conn, entry.hooks.drain.as_ref(), &[socket.into()], context);
        }
    }

    fn dispatch_server_closed(&mut self, server: ServerId, context: &mut Context) {
        let entry = context.get_data::<Servers>().and_then(|servers| servers.remove(server));
        let Some(entry) = entry else { return };
        if let Err(error) = http::tell_closed(&entry.object, context) {
            self.report_uncaught(&error, context);
        }
    }

    /// What listeners threw: an accepted connection's fault ends it with 1011, an outgoing one's
    /// is the script's.
    fn report_listeners(
        &mut self,
        conn: ConnId,
        server: Option<ServerId>,
        errors: Vec<JsError>,
        context: &mut Context,
    ) {
        for error in errors {
            if server.is_some() || websocket::is_accepted(conn, context) {
                websocket::fail(conn, &error, context);
            } else {
                self.report_uncaught(&error, context);
            }
        }
    }
}

fn find_server(id: ServerId, context: &Context) -> Option<Rc<ServerEntry>> {
    context.get_data::<Servers>()?.find(id)
}

/// The `message` hook, or the plain handler.
fn call_message_handler(
    entry: &ServerEntry,
    socket: &JsObject,
    data: JsValue,
    context: &mut Context,
) -> JsResult<JsValue> {
    if let Some(hook) = &entry.hooks.message {
        hook.call(&JsValue::undefined(), &[socket.clone().into(), data], context)
    } else if let Some(handler) = &entry.handler {
        handler.call(socket, data, context)
    } else {
        Ok(JsValue::undefined())
    }
}

/// A message handler returned something: a promise to watch, or a mistake to warn of.
fn settle_message(conn: ConnId, entry: &ServerEntry, value: &JsValue, context: &mut Context) {
    match watch_promise(conn, value, context) {
        Ok(true) => {}
        Ok(false) => entry.warn_of_returned_value(),
        Err(error) => websocket::fail(conn, &error, context),
    }
}

/// If a handler returned a promise, its rejection will end the connection; true then.
fn watch_promise(conn: ConnId, value: &JsValue, context: &mut Context) -> JsResult<bool> {
    let Some(promise) = http::promise_of(value, context)? else { return Ok(false) };
    let id = conn.as_u64();
    let rejected = NativeFunction::from_copy_closure(move |_, arguments, context| {
        let error = JsError::from_opaque(arguments.get_or_undefined(0).clone());
        websocket::fail(ConnId::from(id), &error, context);
        Ok(JsValue::undefined())
    });
    let rejected = rejected.to_js_function(context.realm());
    promise.catch(rejected, context)?;
    Ok(true)
}

/// Calls a hook of `options.websocket`. What it throws, now or later, ends its connection.
fn call_hook(
    conn: ConnId,
    hook: Option<&JsFunction>,
    arguments: &[JsValue],
    context: &mut Context,
) {
    let Some(hook) = hook else { return };
    let called = hook.call(&JsValue::undefined(), arguments, context);
    if let Err(error) = called.and_then(|value| watch_promise(conn, &value, context)) {
        websocket::fail(conn, &error, context);
    }
}
