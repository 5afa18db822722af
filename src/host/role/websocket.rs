//! A WebSocket in its open and closing states, whichever side it is.

use std::num::NonZeroU32;
use std::rc::Rc;
use std::time::{Duration, Instant};

use super::backlog::Backlog;
use super::context::{Flush, RoleContext};
use super::flags::Flags;
use super::unsent::Unsent;
use crate::host::effect::{Effect, Ending};
use crate::host::event::{Cause, Closed, ConnError, Event, Message};
use crate::host::facts::{Facts, Traffic};
use crate::host::hub::Left;
use crate::host::input::Input;
use crate::host::options::{Backpressure, WebSocketOptions};
use crate::host::server::Agreed;
use crate::host::warnings::Kind;
use crate::limits::FLUSH_EARLY_BYTES;
use crate::net::tls::Fault;
use crate::proto::http1::Request;
use crate::proto::ws::close::{self, code};
use crate::proto::ws::deflate::Params;
use crate::proto::ws::keepalive::{Action, Keepalive};
use crate::proto::ws::{
    self, Encoding, Outgoing, PeerError, Role, SharedMessage, State, UsageError,
};

/// One WebSocket.
pub(in crate::host) struct WebSocket {
    pub(super) core: ws::Connection,
    keepalive: Keepalive,
    /// The request that opened it, kept for `req.headers` and `req.pathname`.
    request: Option<Box<Request>>,
    pub(in crate::host) agreed: Rc<Agreed>,
    /// Bytes that may wait for the kernel.
    pub(in crate::host) max_backpressure: usize,
    /// What becomes of messages beyond that.
    pub(in crate::host) backpressure: Backpressure,
    /// What no other WebSocket of this process is called.
    pub(in crate::host) number: u64,
    /// What waits for the kernel; none while nothing does.
    pub(super) unsent: Option<Box<Unsent>>,
    /// What waits to be handed to the output, and what else few need.
    pub(super) backlog: Option<Box<Backlog>>,
    pub(in crate::host) flags: Flags,
    /// What the latest ping took, in microseconds.
    round_trip_us: Option<NonZeroU32>,
    pub(super) traffic: Traffic,
    /// Who ended it, once somebody has.
    cause: Option<Cause>,
}

/// What a WebSocket begins with.
pub(super) struct Opened<'a> {
    pub(super) role: Role,
    pub(super) options: &'a WebSocketOptions,
    pub(super) keepalive: Keepalive,
    pub(super) deflate: Option<Params>,
    pub(super) agreed: Rc<Agreed>,
    /// Of an accepted one.
    pub(super) request: Option<Box<Request>>,
    pub(super) number: u64,
}

impl WebSocket {
    pub(super) fn new(opened: Opened<'_>) -> Box<Self> {
        let Opened { role, options, keepalive, deflate, agreed, request, number } = opened;
        Box::new(Self {
            core: ws::Connection::new(options.config(role, deflate)),
            keepalive,
            request,
            agreed,
            max_backpressure: options.max_backpressure,
            backpressure: options.backpressure,
            number,
            unsent: None,
            backlog: None,
            flags: Flags::of(options.backpressure.keeps_messages()),
            round_trip_us: None,
            traffic: Traffic::default(),
            cause: None,
        })
    }

    pub(in crate::host) fn state(&self) -> State {
        self.core.state()
    }

    pub(super) fn next_deadline(&self) -> Option<Instant> {
        self.keepalive.next_deadline()
    }

    /// It is open from here on, as its server counts.
    pub(in crate::host) fn begin_counting(&mut self) {
        self.flags.set(Flags::COUNTED, true);
    }

    /// Whether it has been open, as its server counts, and is not any more. It is said once.
    pub(in crate::host) fn stops_counting(&mut self) -> bool {
        self.flags.has(Flags::COUNTED)
            && self.core.state() != State::Open
            && self.flags.take(Flags::COUNTED)
    }

    /// A ping has been answered after so long.
    pub(in crate::host) fn note_round_trip(&mut self, round_trip: Duration) {
        let micros = u32::try_from(round_trip.as_micros()).unwrap_or(u32::MAX);
        self.round_trip_us = Some(NonZeroU32::new(micros).unwrap_or(NonZeroU32::MIN));
    }

    /// What is known of it.
    pub(in crate::host) fn facts(&self) -> Facts {
        let round_trip = self.round_trip_us.map(|micros| u64::from(micros.get()));
        Facts {
            opened_at: self.keepalive.opened_at(),
            heard_at: self.keepalive.received_at(),
            round_trip: round_trip.map(Duration::from_micros),
            traffic: self.traffic,
        }
    }

    /// Takes what the opening handshake said; once.
    pub(in crate::host) fn take_request(&mut self) -> Option<Box<Request>> {
        self.request.take()
    }

    /// Bytes have come from the peer.
    #[inline]
    pub(super) fn heard(&mut self, now: Instant) {
        self.keepalive.handle_received(now);
    }

    /// Decodes frames up to the next event that concerns a script.
    #[inline]
    pub(super) fn receive(&mut self, input: &mut Input, cx: &mut RoleContext<'_>) -> Effect {
        let (bytes, position) = input.parts();
        let out = cx.out();
        let event = loop {
            let Some(event) = self.core.receive(bytes, position, out) else { return Effect::Stay };
            // WHATWG: what comes once the closing handshake has begun is not delivered.
            if !(matches!(event, ws::Event::Message { .. }) && self.core.close_sent()) {
                break event;
            }
        };
        match event {
            ws::Event::Message { kind, payload } => {
                self.keepalive.handle_message(cx.now());
                self.traffic.note_in(payload.len());
                let message = Message { conn: cx.id, server: cx.server, kind, payload };
                Effect::Emit(Event::Message(message))
            }
            ws::Event::Ping(payload) => {
                Effect::Emit(Event::Ping { conn: cx.id, server: cx.server, payload })
            }
            ws::Event::Pong(payload) => {
                let answered = (payload.len() == 0).then(|| self.keepalive.handle_pong(cx.now()));
                if let Some(round_trip) = answered.flatten() {
                    self.note_round_trip(round_trip);
                }
                Effect::Emit(Event::Pong { conn: cx.id, server: cx.server, payload })
            }
            ws::Event::Close { code, .. } => self.receive_close(code, cx),
            ws::Event::Failed(error) => self.fail(&error, cx),
        }
    }

    fn receive_close(&mut self, code: Option<u16>, cx: &RoleContext<'_>) -> Effect {
        log::debug!("{} < CLOSE {}", cx.id, code.unwrap_or(code::NO_STATUS));
        self.cause.get_or_insert(Cause::Peer);
        if cx.server.is_some() {
            // RFC 6455 7.1.1: the server closes TCP first.
            return self.finish(cx);
        }
        self.keepalive.close_started(cx.now());
        Effect::Rearm
    }

    fn fail(&mut self, error: &PeerError, cx: &mut RoleContext<'_>) -> Effect {
        let close_code = error.close_code();
        let limit = matches!(close_code, code::MESSAGE_TOO_BIG | code::POLICY_VIOLATION);
        self.cause = Some(if limit { Cause::Limit } else { Cause::Protocol });
        let code = if limit { "WS_LIMIT" } else { "WS_PROTOCOL" };
        warn_of_fault(close_code, &format!("{error}{}", remedy(error)), cx);
        self.note_error(code, format!("{error} (close code {close_code})"));
        self.finish(cx)
    }

    pub(super) fn flushed(&mut self, flush: Flush, cx: &mut RoleContext<'_>) -> Effect {
        self.note_written(flush.written, flush.done);
        if self.backlog.is_some() || self.backpressure.keeps_messages() {
            return self.flushed_with_care(flush, cx);
        }
        if !flush.done {
            return Effect::Stay;
        }
        if let Some(unsent) = self.unsent.take() {
            cx.shared.spare_unsent.put(unsent);
        }
        self.core.flush_pong(cx.out());
        let watched = self.flags.take(Flags::WATCHED);
        if flush.was_behind || watched {
            return Effect::Emit(Event::Drain { conn: cx.id, server: cx.server });
        }
        Effect::Stay
    }

    #[inline]
    pub(super) fn note_written(&mut self, bytes: usize, done: bool) {
        if let Some(unsent) = &mut self.unsent {
            unsent.written(bytes, done);
        }
        if let Some(backlog) = &mut self.backlog {
            backlog.marks.written(bytes, done);
        }
    }

    /// Queues a message whose payload of `message.len` bytes `fill` writes.
    #[inline]
    pub(in crate::host) fn send(
        &mut self,
        message: Outgoing,
        cx: &mut RoleContext<'_>,
        fill: impl FnOnce(&mut Vec<u8>),
    ) -> Result<(), UsageError> {
        let compressed = self.core.send(message, cx.out(), fill)?;
        self.note_queued(message.len, !compressed, cx);
        Ok(())
    }

    /// Queues a message that others are sent too.
    #[inline]
    pub(in crate::host) fn send_shared(
        &mut self,
        message: &mut SharedMessage<'_>,
        cx: &mut RoleContext<'_>,
    ) -> Result<(), UsageError> {
        let outgoing = message.outgoing();
        let data = message.data();
        let compressed = match self.core.encoding_of(message)? {
            Encoding::Frame(frame, compressed) => {
                cx.out.push_shared(frame, &mut cx.shared.buffers);
                compressed
            }
            Encoding::Own => {
                self.core.send(outgoing, cx.out(), |out| out.extend_from_slice(data))?
            }
        };
        self.note_queued(outgoing.len, !compressed, cx);
        Ok(())
    }

    #[inline]
    pub(super) fn note_queued(&mut self, payload: usize, plain: bool, cx: &mut RoleContext<'_>) {
        self.traffic.note_out(payload);
        self.note_waiting(payload, plain, cx);
    }

    /// A part of a message has been queued; the first, if it `begins` one.
    pub(super) fn note_part(&mut self, payload: usize, begins: bool, cx: &mut RoleContext<'_>) {
        self.traffic.messages_out += u64::from(begins);
        self.traffic.bytes_out += payload as u64;
        self.note_waiting(payload, true, cx);
    }

    #[inline]
    fn note_waiting(&mut self, payload: usize, plain: bool, cx: &mut RoleContext<'_>) {
        let waiting = cx.out.len();
        let spare = &mut cx.shared.spare_unsent;
        self.unsent.get_or_insert_with(|| spare.take()).queued(payload, plain, waiting);
    }

    /// Whether so much waits to be written that it should not wait for the end of the turn.
    #[inline]
    pub(in crate::host) fn writes_early(&self, waiting: usize) -> bool {
        waiting > self.max_backpressure.min(FLUSH_EARLY_BYTES)
    }

    /// Whether so much waits to be written that it should not wait for the end of the turn, or a
    /// message cannot simply be appended to it.
    #[inline]
    pub(in crate::host) fn is_filling(&self, waiting: usize) -> bool {
        self.writes_early(waiting) | self.flags.has(Flags::CAREFUL)
    }

    /// Ends the WebSocket of a peer that does not read, if more than it may waits for it.
    pub(in crate::host) fn check_backpressure(&mut self, cx: &mut RoleContext<'_>) -> Effect {
        self.check_waiting(cx.out.len() + self.held().0, cx)
    }

    /// The same where what waits by itself waits for something else than the peer.
    pub(in crate::host) fn check_output(&mut self, cx: &mut RoleContext<'_>) -> Effect {
        self.check_waiting(cx.out.len(), cx)
    }

    fn check_waiting(&mut self, waiting: usize, cx: &mut RoleContext<'_>) -> Effect {
        let limit = self.max_backpressure;
        if waiting <= limit || self.core.state() != State::Open {
            return Effect::Stay;
        }
        let message = format!(
            "{waiting} bytes wait for a peer that does not read, more than the {limit} that \
             maxBackpressure allows"
        );
        self.fail_slow(message, cx)
    }

    /// Ends the WebSocket of a peer that does not read, because too much waits for all peers.
    pub(super) fn shed(&mut self, cx: &mut RoleContext<'_>) -> Effect {
        if self.core.state() != State::Open {
            return self.abort(cx);
        }
        let waiting = cx.out.len();
        let message = format!(
            "{waiting} bytes wait for a peer that does not read, and too many for all peers \
             together"
        );
        self.fail_slow(message, cx)
    }

    fn fail_slow(&mut self, message: String, cx: &mut RoleContext<'_>) -> Effect {
        warn_of_fault(code::TRY_AGAIN_LATER, &message, cx);
        self.core.fail(code::TRY_AGAIN_LATER, "the peer reads too slowly", cx.out());
        self.cause = Some(Cause::Limit);
        self.note_error("WS_BACKPRESSURE", message);
        self.finish(cx)
    }

    /// Ends the WebSocket of a peer whose messages come too fast.
    pub(in crate::host) fn fail_fast(&mut self, what: &str, cx: &mut RoleContext<'_>) -> Effect {
        if self.core.state() != State::Open {
            return Effect::Stay;
        }
        let message = format!("{what} in too short a time (option rateLimit)");
        warn_of_fault(code::POLICY_VIOLATION, &message, cx);
        self.core.fail(code::POLICY_VIOLATION, what, cx.out());
        self.cause = Some(Cause::Limit);
        self.note_error("WS_LIMIT", message);
        self.finish(cx)
    }

    /// Ends a WebSocket that has lasted for as long as it may. Its peer may come back.
    pub(in crate::host) fn retire(&mut self, cx: &mut RoleContext<'_>) -> Effect {
        let code = Some(code::SERVICE_RESTART);
        let closed = self.close(code, "open for as long as it may be", Cause::Limit, cx);
        // One that is closing ends by itself.
        closed.unwrap_or(Effect::Stay)
    }

    pub(in crate::host) fn ping(
        &mut self,
        data: &[u8],
        cx: &mut RoleContext<'_>,
    ) -> Result<(), UsageError> {
        self.core.ping(data, cx.out())
    }

    pub(in crate::host) fn pong(
        &mut self,
        data: &[u8],
        cx: &mut RoleContext<'_>,
    ) -> Result<(), UsageError> {
        self.core.pong(data, cx.out())
    }

    /// Begins the closing handshake. Without a code the Close frame has none.
    pub(in crate::host) fn close(
        &mut self,
        code: Option<u16>,
        reason: &str,
        cause: Cause,
        cx: &mut RoleContext<'_>,
    ) -> Result<Effect, UsageError> {
        self.release_backlog(cx);
        self.core.close(code, reason, cx.out())?;
        Ok(self.began_closing(cause, cx))
    }

    /// The same because the script failed: that is what it ended with, whatever the peer answers.
    pub(in crate::host) fn close_for_fault(
        &mut self,
        code: u16,
        reason: &str,
        cx: &mut RoleContext<'_>,
    ) -> Result<Effect, UsageError> {
        self.release_backlog(cx);
        self.core.close_for_fault(code, reason, cx.out())?;
        Ok(self.began_closing(Cause::Local, cx))
    }

    fn began_closing(&mut self, cause: Cause, cx: &mut RoleContext<'_>) -> Effect {
        self.cause.get_or_insert(cause);
        self.keepalive.close_started(cx.now());
        // The script is given no more messages; the peer's answer is to be heard.
        cx.schedule.release();
        Effect::Resume
    }

    /// Ends it at once.
    pub(super) fn abort(&mut self, cx: &RoleContext<'_>) -> Effect {
        self.core.handle_eof();
        self.cause.get_or_insert(Cause::Local);
        Effect::End(Ending::Reset, Some(self.closed(cx)))
    }

    /// The same with an error, for the `error` event.
    pub(in crate::host) fn abort_with(&mut self, error: ConnError, cx: &RoleContext<'_>) -> Effect {
        self.backlog.get_or_insert_default().error = Some(error);
        self.abort(cx)
    }

    /// Bytes of messages that wait for the kernel. Whoever asks is told when they are gone.
    pub(in crate::host) fn buffered_amount(&mut self) -> usize {
        let amount = self.unsent();
        if amount > 0 {
            self.flags.set(Flags::WATCHED, true);
        }
        amount
    }

    pub(in crate::host) fn unsent(&self) -> usize {
        let held = self.backlog.as_ref().map_or(0, |backlog| backlog.payload());
        self.unsent.as_ref().map_or(0, |unsent| unsent.payload()) + held
    }

    pub(super) fn unsent_messages(&self) -> usize {
        let held = self.backlog.as_ref().map_or(0, |backlog| backlog.messages());
        self.unsent.as_ref().map_or(0, |unsent| unsent.messages()) + held
    }

    /// The socket has ended under it.
    pub(super) fn ended(&mut self, broke: bool, cx: &RoleContext<'_>) -> Effect {
        self.core.handle_eof();
        if self.core.close_info().code == code::ABNORMAL {
            if self.cause != Some(Cause::Shutdown) {
                self.cause = Some(Cause::Reset);
            }
            if self.backlog.as_ref().is_none_or(|backlog| backlog.error.is_none()) {
                self.note_error("ECONNRESET", "the connection ended without a Close frame".into());
            }
        }
        let ending = if broke { Ending::Remove } else { Ending::Linger(None) };
        Effect::End(ending, Some(self.closed(cx)))
    }

    /// The TLS under it has failed.
    pub(super) fn failed(&mut self, fault: &Fault, cx: &RoleContext<'_>) -> Effect {
        self.core.handle_eof();
        // RFC 6455 has a goodbye of its own, so that of TLS may be missing after it.
        if self.core.close_info().code == code::ABNORMAL && self.cause != Some(Cause::Shutdown) {
            self.cause = Some(Cause::Tls);
            self.note_error(fault.code, fault.message.clone());
        }
        Effect::End(Ending::Linger(None), Some(self.closed(cx)))
    }

    pub(super) fn expired(&mut self, cx: &mut RoleContext<'_>) -> Effect {
        let now = cx.now();
        if cx.schedule.keeps_waiting() {
            // The peer is not silent: nobody listens.
            self.keepalive.handle_received(now);
            self.keepalive.handle_message(now);
        }
        match self.keepalive.handle_deadline(now) {
            Action::None => Effect::Stay,
            Action::SendPing => {
                // Only a connection that is closing refuses, and that one has another deadline.
                let _ = self.core.ping(&[], cx.out());
                Effect::Stay
            }
            Action::PongTimedOut => self.give_up(
                "the peer has sent nothing for too long (options pingInterval and pongTimeout)",
                cx,
            ),
            Action::IdleTimedOut => {
                let code = Some(code::GOING_AWAY);
                let closed = self.close(code, "idle for too long", Cause::Timeout, cx);
                // The code is one that may be sent, and the reason is short.
                closed.unwrap_or(Effect::Stay)
            }
            Action::CloseTimedOut if self.core.close_received() => self.finish(cx),
            Action::CloseTimedOut if cx.is_draining() && !cx.out.is_empty() => {
                // It still reads what was sent before the Close frame. The drain has an end.
                self.keepalive.close_again(now);
                Effect::Stay
            }
            Action::CloseTimedOut => self.give_up(
                "the peer did not answer the Close frame in time (option closeTimeout)",
                cx,
            ),
        }
    }

    /// The peer is not there any more: nothing is worth sending.
    fn give_up(&mut self, message: &str, cx: &RoleContext<'_>) -> Effect {
        log::debug!("{} timed out: {message}", cx.id);
        self.core.handle_eof();
        self.cause = Some(Cause::Timeout);
        self.note_error("ETIMEDOUT", message.to_owned());
        Effect::End(Ending::Reset, Some(self.closed(cx)))
    }

    /// It is over; its last bytes are still on their way.
    fn finish(&mut self, cx: &RoleContext<'_>) -> Effect {
        Effect::End(Ending::Linger(None), Some(self.closed(cx)))
    }

    fn closed(&mut self, cx: &RoleContext<'_>) -> Event {
        let info = self.core.close_info();
        let closed = Closed {
            conn: cx.id,
            server: cx.server,
            code: info.code,
            reason: info.reason,
            was_clean: info.was_clean,
            cause: self.cause.unwrap_or(Cause::Reset),
            error: self.backlog.as_mut().and_then(|backlog| backlog.error.take()),
            unsent: self.unsent(),
            // Known to those who have rooms.
            facts: Some(self.facts()),
            left: Left::default(),
            unsent_messages: self.unsent_messages(),
            dropped_messages: self.dropped_messages(),
            flushed: Vec::new(),
        };
        log::debug!("{} = CLOSED {} {}", cx.id, closed.code, closed.cause.as_str());
        Event::Closed(Box::new(closed))
    }

    /// Notes why it failed, for the `error` event.
    fn note_error(&mut self, code: &str, message: String) {
        self.backlog.get_or_insert_default().error = Some(ConnError::new(code, message));
    }
}

/// A peer has earned a close code. Whoever runs a server is told, since its script may not look; the
/// script of an outgoing WebSocket has an `error` event.
fn warn_of_fault(close_code: u16, message: &str, cx: &mut RoleContext<'_>) {
    let (id, now) = (cx.id, cx.now());
    log::debug!("{id} failed: {message}");
    if cx.server.is_some() {
        cx.shared.warnings.warn(Kind::Closed(close_code), now, || {
            let name = close::name(close_code);
            format!("WebSocket {id} was closed with {close_code} ({name}): {message}")
        });
    }
}

/// The option that would have let the peer go on, where there is one.
fn remedy(error: &PeerError) -> &'static str {
    match error {
        PeerError::MessageTooLarge { .. } | PeerError::InflatedTooLarge { .. } => {
            " (option maxPayload)"
        }
        PeerError::TooManyFragments { .. } => " (option maxFragments)",
        PeerError::InflateRatio { .. } => " (option perMessageDeflate.maxRatio)",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::WebSocket;

    /// What the allocator hands out. One byte more, and every idle WebSocket takes the next of its
    /// sizes: 320.
    #[test]
    fn an_idle_websocket_is_small() {
        assert!(size_of::<WebSocket>() <= 256, "{}", size_of::<WebSocket>());
    }
}
