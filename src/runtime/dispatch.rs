//! From host events to JavaScript: the only way by which the network calls into a script.
//!
//! An exception in a handler of an accepted connection is printed and ends that connection, never
//! the server; one in a listener of an outgoing WebSocket is the script's own, and uncaught.

use boa_engine::object::builtins::JsFunction;
use boa_engine::{JsArgs, JsError, JsObject, JsResult, JsValue, NativeFunction};

use super::Runtime;
use crate::builtin::http::{self, ServerEntry, Servers};
use crate::builtin::{report_handler_error, stdin, websocket};
use crate::host::{Closed, Event};
use crate::id::{ConnId, ServerId};
use crate::js::memory::collect_if_due;
use crate::proto::ws::{MessageKind, Payload};

impl Runtime {
    /// Hands everything that this turn's poll brought to the script.
    pub(super) fn dispatch_events(&mut self) {
        while self.exit.is_none() {
            let event = self.host.borrow_mut().next_event(&mut self.input);
            let Some(event) = event else { return };
            self.dispatch(event);
            self.checkpoint();
            collect_if_due();
        }
    }

    /// Hands what came in on standard input to the script, while it wants it.
    pub(super) fn dispatch_stdin(&mut self) {
        while self.exit.is_none() {
            match stdin::next_call(&mut self.context) {
                Ok(Some((callback, chunk))) => self.call(&callback, &[chunk]),
                Ok(None) => return,
                Err(error) => return self.report_uncaught(&error),
            }
        }
    }

    fn dispatch(&mut self, event: Event) {
        let context = &mut self.context;
        match event {
            Event::Message { conn, server, kind, payload } => {
                self.dispatch_message(conn, server, kind, &payload);
            }
            Event::Request { conn, server, request } => {
                let Some(entry) = self.server(server) else { return };
                let context = &mut self.context;
                if let Err(error) = http::deliver_request(conn, &entry, request, context) {
                    report_handler_error(&error, "an HTTP request", context);
                }
            }
            Event::Upgrade { conn, server, request, offers } => {
                if let Some(entry) = self.server(server) {
                    let asked = (request, offers);
                    http::deliver_upgrade(conn, &entry, asked, &mut self.context);
                }
            }
            Event::Open { conn, server: Some(server) } => self.dispatch_accepted(conn, server),
            Event::Open { conn, server: None } => {
                let errors = websocket::deliver_open(conn, context);
                self.report_listeners(conn, None, errors);
            }
            Event::Closed(closed) => self.dispatch_closed(&closed),
            Event::Drain { conn, server } => self.dispatch_drain(conn, server),
            Event::Ping { conn, payload } => {
                let bytes = payload.bytes(self.input.bytes());
                let errors = websocket::deliver_ping(conn, bytes, context);
                self.report_listeners(conn, None, errors);
            }
            Event::Pong { conn, payload } => {
                let bytes = payload.bytes(self.input.bytes());
                let errors = websocket::deliver_pong(conn, bytes, context);
                self.report_listeners(conn, None, errors);
            }
            Event::ServerClosed { server } => self.dispatch_server_closed(server),
            Event::Signal => self.handle_signals(),
        }
    }

    fn server(&self, id: ServerId) -> Option<std::rc::Rc<ServerEntry>> {
        self.context.get_data::<Servers>()?.find(id)
    }

    fn dispatch_message(
        &mut self,
        conn: ConnId,
        server: Option<ServerId>,
        kind: MessageKind,
        payload: &Payload,
    ) {
        let context = &mut self.context;
        let socket = match server {
            Some(_) => Some(websocket::accepted(conn, context)),
            None => websocket::find(conn, context),
        };
        // WHATWG: what comes after close() was called is not delivered.
        let Some(socket) = socket.filter(websocket::is_open) else { return };
        let data = websocket::message_value(&socket, kind, payload, &self.input, context);
        let data = match data {
            Ok(data) => data,
            Err(error) => return self.report_listeners(conn, server, vec![error]),
        };
        if let Some(entry) = server.and_then(|server| self.server(server)) {
            self.call_message_handler(conn, &entry, &socket, data.clone());
        }
        let errors = websocket::deliver_message(&socket, data, &mut self.context);
        if !errors.is_empty() {
            self.report_listeners(conn, server, errors);
        }
    }

    fn call_message_handler(
        &mut self,
        conn: ConnId,
        entry: &ServerEntry,
        socket: &JsObject,
        data: JsValue,
    ) {
        let context = &mut self.context;
        let result = if let Some(hook) = &entry.hooks.message {
            hook.call(&JsValue::undefined(), &[socket.clone().into(), data], context)
        } else if let Some(handler) = &entry.handler {
            http::deliver_message(handler, socket, data, context)
        } else {
            return;
        };
        match result {
            Ok(value) if value.is_undefined() => {}
            Ok(value) => self.settle_message(conn, entry, &value),
            Err(error) => self.fail_message(conn, &error),
        }
    }

    /// A message handler returned something: a promise to watch, or a mistake to warn of.
    fn settle_message(&mut self, conn: ConnId, entry: &ServerEntry, value: &JsValue) {
        match self.watch_promise(conn, value) {
            Ok(true) => {}
            Ok(false) => entry.warn_of_returned_value(),
            Err(error) => self.fail_message(conn, &error),
        }
    }

    /// If a handler returned a promise, its rejection will end the connection; true then.
    fn watch_promise(&mut self, conn: ConnId, value: &JsValue) -> JsResult<bool> {
        let Some(promise) = http::promise_of(value, &mut self.context)? else { return Ok(false) };
        let id = conn.as_u64();
        let rejected = NativeFunction::from_copy_closure(move |_, arguments, context| {
            let error = JsError::from_opaque(arguments.get_or_undefined(0).clone());
            websocket::fail(ConnId::from(id), &error, context);
            Ok(JsValue::undefined())
        });
        let rejected = rejected.to_js_function(self.context.realm());
        promise.catch(rejected, &mut self.context)?;
        Ok(true)
    }

    fn fail_message(&mut self, conn: ConnId, error: &JsError) {
        websocket::fail(conn, error, &mut self.context);
    }

    /// Calls a hook of `options.websocket`. What it throws, now or later, ends its connection.
    fn call_hook(&mut self, conn: ConnId, hook: Option<&JsFunction>, arguments: &[JsValue]) {
        let Some(hook) = hook else { return };
        let called = hook.call(&JsValue::undefined(), arguments, &mut self.context);
        if let Err(error) = called.and_then(|value| self.watch_promise(conn, &value)) {
            self.fail_message(conn, &error);
        }
    }

    fn dispatch_accepted(&mut self, conn: ConnId, server: ServerId) {
        let Some(entry) = self.server(server) else { return };
        let socket = websocket::accepted(conn, &self.context);
        let emitted = http::emit(&entry.object, "connection", &socket, &mut self.context);
        self.report_listeners(conn, Some(server), emitted.err().into_iter().collect());
        self.call_hook(conn, entry.hooks.open.as_ref(), &[socket.into()]);
    }

    fn dispatch_closed(&mut self, closed: &Closed) {
        let (socket, errors) = websocket::deliver_closed(closed, &mut self.context);
        self.report_listeners(closed.conn, closed.server, errors);
        let entry = closed.server.and_then(|server| self.server(server));
        if let Some((socket, entry)) = socket.zip(entry) {
            let reason = boa_engine::js_string!(closed.reason.as_str());
            let arguments = [socket.into(), closed.code.into(), reason.into()];
            self.call_hook(closed.conn, entry.hooks.close.as_ref(), &arguments);
        }
    }

    fn dispatch_drain(&mut self, conn: ConnId, server: Option<ServerId>) {
        let errors = websocket::deliver_drain(conn, &mut self.context);
        self.report_listeners(conn, server, errors);
        let entry = server.and_then(|server| self.server(server));
        if let Some((socket, entry)) = websocket::find(conn, &self.context).zip(entry) {
            self.call_hook(conn, entry.hooks.drain.as_ref(), &[socket.into()]);
        }
    }

    fn dispatch_server_closed(&mut self, server: ServerId) {
        let entry = self.context.get_data::<Servers>().and_then(|servers| servers.remove(server));
        let Some(entry) = entry else { return };
        if let Err(error) = http::tell_closed(&entry.object, &mut self.context) {
            self.report_uncaught(&error);
        }
    }

    /// What listeners threw: an accepted connection's fault ends it with 1011, an outgoing one's
    /// is the script's.
    fn report_listeners(&mut self, conn: ConnId, server: Option<ServerId>, errors: Vec<JsError>) {
        for error in errors {
            if server.is_some() || websocket::is_accepted(conn, &self.context) {
                websocket::fail(conn, &error, &mut self.context);
            } else {
                self.report_uncaught(&error);
            }
        }
    }
}
