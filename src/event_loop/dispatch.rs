//! From host events to JavaScript: the only way by which the network calls into a script.
//!
//! It knows which built-in an event belongs to. What handlers, hooks and listeners are given, and
//! what their exceptions and promises mean, the built-ins know.

use boa_engine::{Context, JsValue};

use super::state::EventLoop;
use crate::builtin::timers::Due;
use crate::builtin::{
    child_process, dgram, fetch, fs, http, hub, messaging, nats, net, redis, stdin, websocket,
};
use crate::host::{BusNews, Event, Message};
use crate::id::{HubId, OpId};
use crate::js::memory::collect_if_due;
use crate::js::{ops, report};
use crate::net::reactor::monotonic_clock;

impl EventLoop {
    /// Hands the next of what this turn's poll brought to the script; false if that was all.
    pub(super) fn dispatch_event(&mut self, context: &mut Context) -> bool {
        let (event, has_changed) = {
            let mut host = self.host.borrow_mut();
            (host.next_event(&mut self.input), host.has_changed())
        };
        // Also before whatever else of this turn calls the script.
        if has_changed {
            websocket::show_changes(context);
        }
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
        let chunk = stdin::is_flowing(context).then(|| self.system.poll_stdin()).flatten();
        let Some(chunk) = chunk else { return false };
        match stdin::call_for(chunk, context) {
            Ok(Some((callback, chunk))) => {
                let this = JsValue::undefined();
                self.call(&Due { callback, this, arguments: vec![chunk] }, context);
                return true;
            }
            Ok(None) => {}
            Err(error) => self.report_uncaught(&error, context),
        }
        false
    }

    fn dispatch(&mut self, event: Event, context: &mut Context) {
        match event {
            Event::Message(message @ Message { server: Some(_), .. }) => {
                http::deliver_message(&message, &self.input, context);
            }
            Event::Message(message) => {
                websocket::deliver_message(&message, &self.input, context);
            }
            Event::Request { conn, server, request } => {
                http::deliver_request(conn, server, request, context);
            }
            Event::Head { conn, server, request } => {
                http::deliver_head(conn, server, request, context);
            }
            Event::Body { conn, range } => http::deliver_body(conn, range, &self.input, context),
            Event::BodyEnd { conn } => http::deliver_body_end(conn, context),
            Event::Writable { conn } => http::deliver_writable(conn, context),
            Event::PeerGone { conn } => http::deliver_peer_gone(conn, context),
            Event::Upgrade { conn, server, request, offers } => {
                http::deliver_upgrade(conn, server, (request, offers), context);
            }
            Event::Open { conn, server: Some(server) } => http::deliver_open(conn, server, context),
            Event::Open { conn, server: None } => websocket::deliver_open(conn, context),
            Event::Closed(mut closed) => http::deliver_closed(&mut closed, context),
            Event::Drain { conn, server } => http::deliver_drain(conn, server, context),
            Event::Flushed(flushed) => http::deliver_flushed(&flushed, context),
            Event::Dropped(dropped) => http::deliver_dropped(&dropped, context),
            Event::Ping { conn, server, payload } => {
                http::deliver_ping(conn, server, payload.bytes(self.input.bytes()), context);
            }
            Event::Pong { conn, server, payload } => {
                http::deliver_pong(conn, server, payload.bytes(self.input.bytes()), context);
            }
            Event::ServerClosed { server } => {
                if !net::deliver_server_closed(server, context) {
                    http::deliver_server_closed(server, context);
                }
            }
            Event::Raw { conn, news } => net::deliver(conn, news, &self.input, context),
            Event::Datagram { socket, news } => {
                dgram::deliver(socket, news, &self.input, context);
            }
            Event::Done { id, outcome } => self.settle(id, outcome, context),
            Event::Exchange { id, news } => {
                fetch::deliver_exchange(id, news, &self.input, context);
            }
            Event::Cast(cast) if hub::is_line(&cast) => hub::deliver_line(&cast, context),
            Event::Cast(cast) => messaging::deliver_cast(&cast),
            Event::Room(news) => hub::deliver_room(&news, context),
            Event::Redis(client, news) => redis::deliver(client, news, context),
            Event::Nats(client, news) => nats::deliver(client, news, context),
            Event::Bus(hub, news) => self.tell_bus(hub, &news, context),
            Event::TapsGone(taps) => hub::forget_taps(&taps, context),
            Event::Tapped(tapped) => hub::deliver_tapped(&tapped, &self.input, context),
            Event::Source { source, readable, writable } => {
                child_process::deliver_source(source, (readable, writable), context);
            }
            Event::Signal => self.handle_signals(context),
            Event::FilesChanged => {
                for due in fs::take_changes(context) {
                    self.call(&due, context);
                }
            }
        }
    }

    /// What a worker thread has done for a script.
    fn settle(&mut self, id: OpId, outcome: ops::Outcome, context: &mut Context) {
        if let Err(error) = ops::settle(id, outcome, context) {
            self.report_uncaught(&error, context);
        }
    }

    /// A program that needs a bus ends where there is none.
    fn tell_bus(&mut self, hub: HubId, news: &BusNews, context: &mut Context) {
        if let Err(fault) = hub::deliver_bus(hub, news, context) {
            report::print(&format!("krandog: {fault}"));
            self.exit = Some(1);
        }
    }
}
