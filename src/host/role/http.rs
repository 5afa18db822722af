//! A connection that a server has accepted and that speaks HTTP: requests in, replies out.

use std::time::{Duration, Instant};

use super::context::{Flush, RoleContext, Shared};
use super::upgrading::{self, Checked};
use crate::host::body_part::BodyPart;
use crate::host::effect::{Effect, Ending};
use crate::host::event::Event;
use crate::host::input::Input;
use crate::host::warnings::Kind;
use crate::limits::{REPLY_BACKLOG_BYTES, RETRY_AFTER, SHARED_BODY_BYTES_MIN};
use crate::net::tls::Fault;
use crate::proto::http1::{
    self, Request, Response, ServerConfig, ServerConnection, State, UsageError,
};

/// The server's side of one HTTP connection.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(in crate::host) struct HttpServer {
    core: ServerConnection,
    /// For how long a peer may take nothing of its reply.
    patience: Duration,
    /// When to give up on a peer that takes nothing of its reply, or that has ended its side and
    /// whose reply is still to come.
    give_up_at: Option<Instant>,
    /// The server closes, and what request comes is too late.
    refuses: bool,
    /// The script is to be told when the peer goes before its request is answered.
    watched: bool,
    /// The script waits until what it has sent of a reply has been written.
    wants_room: bool,
    /// The reply has no end but that of its server.
    endless: bool,
}

impl HttpServer {
    pub(in crate::host) fn new(config: ServerConfig, now: Instant) -> Box<Self> {
        let core = ServerConnection::new(config, now);
        Box::new(Self {
            core,
            patience: config.request_timeout,
            give_up_at: None,
            refuses: false,
            watched: false,
            wants_room: false,
            endless: false,
        })
    }

    pub(super) fn takes_input(&self, waiting: usize) -> bool {
        self.core.owes_body_end() || self.core.wants_input() && waiting <= REPLY_BACKLOG_BYTES
    }

    pub(super) fn next_deadline(&self) -> Option<Instant> {
        self.give_up_at.or_else(|| self.core.next_deadline())
    }

    pub(super) fn receive(
        &mut self,
        input: &mut Input,
        cx: &mut RoleContext<'_>,
    ) -> Effect<Checked> {
        let (now, (bytes, position)) = (cx.now(), input.parts());
        let Shared { buffers, date, .. } = &mut *cx.shared;
        let out = cx.out.tail(buffers);
        match self.core.receive(bytes, position, now, || date.at_wall_clock(), out) {
            // What was read before the peer ended its side is not a whole request.
            None if cx.schedule.ended => self.ended(false, cx).map(|never| match never {}),
            None => Effect::Rearm,
            Some(http1::Event::Request(_) | http1::Event::Head(_)) if self.refuses => {
                self.refuse(cx)
            }
            Some(http1::Event::Request(request)) => {
                let Some(server) = cx.server else { return self.linger() };
                if cx.schedule.read_closed {
                    self.give_up_at = Some(now + self.patience);
                }
                Effect::Emit(Event::Request { conn: cx.id, server, request })
            }
            Some(http1::Event::Head(request)) => match cx.server {
                Some(server) => Effect::Emit(Event::Head { conn: cx.id, server, request }),
                None => self.linger(),
            },
            Some(http1::Event::Body(range)) => Effect::Emit(Event::Body { conn: cx.id, range }),
            Some(http1::Event::BodyEnd) => Effect::Emit(Event::BodyEnd { conn: cx.id }),
            Some(http1::Event::Upgrade(request)) => match cx.server_mut() {
                Some(server) if server.options.hands_over => {
                    let server = server.id;
                    Effect::Emit(Event::Request { conn: cx.id, server, request })
                }
                _ => upgrading::begin(request, cx),
            },
            Some(http1::Event::Failed(error)) => {
                log::debug!("{} refused: {error}", cx.id);
                if error == (http1::PeerError::StartByte { byte: TLS_HANDSHAKE }) {
                    let id = cx.id;
                    cx.shared.warnings.warn(Kind::TlsOnPlain, now, || {
                        format!("{id} speaks TLS on a port that does not: use http: or ws: there")
                    });
                }
                self.give_up(cx)
            }
            Some(http1::Event::Close) => self.linger(),
        }
    }

    /// Answers the request in hand. An error names what is wrong with the reply, and the request is
    /// still to be answered.
    pub(in crate::host) fn respond(
        &mut self,
        response: &Response<'_>,
        cx: &mut RoleContext<'_>,
    ) -> Result<Effect, UsageError> {
        let now = cx.now();
        let (out, date) = cx.out_and_date();
        if response.body.len() < SHARED_BODY_BYTES_MIN {
            self.core.respond(response, date, now, out)?;
        } else if self.core.respond_head(response, date, now, out)? {
            let buffers = &mut cx.shared.buffers;
            let body = buffers.share(response.body);
            cx.out.push_shared(&body, buffers);
        }
        Ok(self.answered(cx))
    }

    /// Answers a request that its handler failed.
    pub(in crate::host) fn fail(
        &mut self,
        status: u16,
        message: &str,
        cx: &mut RoleContext<'_>,
    ) -> Effect {
        if self.is_streaming() {
            return self.cut_off(cx);
        }
        let now = cx.now();
        let (out, date) = cx.out_and_date();
        self.core.fail(status, message, date, now, out);
        self.answered(cx)
    }

    /// Answers the request in hand with a body in several places.
    pub(in crate::host) fn respond_parts(
        &mut self,
        response: &Response<'_>,
        parts: Vec<BodyPart>,
        cx: &mut RoleContext<'_>,
    ) -> Result<Effect, UsageError> {
        let now = cx.now();
        let (out, date) = cx.out_and_date();
        let length = parts.iter().map(BodyPart::len).sum();
        if self.core.respond_sized(response, length, date, now, out)? {
            for part in parts {
                match part {
                    BodyPart::Bytes(bytes) => cx.out().extend_from_slice(&bytes),
                    BodyPart::Shared(chunk) => {
                        cx.out.push_shared(&chunk, &mut cx.shared.buffers);
                    }
                    BodyPart::File(range) => cx.out.push_file(range),
                }
            }
        }
        Ok(self.answered(cx))
    }

    /// Begins to answer the request in hand. The second is whether a body is to follow.
    pub(in crate::host) fn begin(
        &mut self,
        response: &Response<'_>,
        (length, endless): (Option<u64>, bool),
        cx: &mut RoleContext<'_>,
    ) -> Result<(Effect, bool), UsageError> {
        let now = cx.now();
        let (out, date) = cx.out_and_date();
        let follows = self.core.begin_response(response, length, date, now, out)?;
        self.endless = endless && follows;
        if !follows {
            return Ok((self.answered(cx), false));
        }
        self.watched = true;
        // What was to give up on the reply has seen it begin.
        if !cx.schedule.behind && !cx.schedule.read_closed {
            self.give_up_at = None;
        }
        Ok((Effect::Stay, true))
    }

    /// Answers the request in hand, with the server's `Date` or without.
    pub(in crate::host) fn respond_as(
        &mut self,
        response: &Response<'_>,
        dated: bool,
        cx: &mut RoleContext<'_>,
    ) -> Result<Effect, UsageError> {
        let now = cx.now();
        let (out, date) = cx.out_and_date();
        self.core.respond(response, if dated { date } else { "" }, now, out)?;
        Ok(self.answered(cx))
    }

    /// The same up to the body, as [`begin`](Self::begin).
    pub(in crate::host) fn begin_as(
        &mut self,
        response: &Response<'_>,
        (length, endless): (Option<u64>, bool),
        dated: bool,
        cx: &mut RoleContext<'_>,
    ) -> Result<(Effect, bool), UsageError> {
        if dated {
            return self.begin(response, (length, endless), cx);
        }
        let now = cx.now();
        let follows = self.core.begin_response(response, length, "", now, cx.out())?;
        if !follows {
            return Ok((self.answered(cx), false));
        }
        self.watched = true;
        Ok((Effect::Stay, true))
    }

    /// Ends the reply that has begun, with these fields behind it where it has chunks.
    pub(in crate::host) fn finish_with(
        &mut self,
        trailers: &[(&str, &[u8])],
        cx: &mut RoleContext<'_>,
    ) -> (Effect, Result<(), UsageError>) {
        let now = cx.now();
        match self.core.finish_with(trailers, now, cx.out()) {
            Ok(()) => (self.answered(cx), Ok(())),
            Err(error) => (self.cut_off(cx), Err(error)),
        }
    }

    /// Whether no request is under way.
    pub(in crate::host) fn is_idle(&self) -> bool {
        self.core.state() == State::Idle
    }

    /// Sends more of the reply that has begun. An error names what is wrong, and the connection ends.
    pub(in crate::host) fn push(
        &mut self,
        bytes: &[u8],
        cx: &mut RoleContext<'_>,
    ) -> (Effect, Result<(), UsageError>) {
        match self.core.push(bytes, cx.out()) {
            Ok(()) => (Effect::Stay, Ok(())),
            Err(error) => (self.cut_off(cx), Err(error)),
        }
    }

    /// Has `Event::Writable` tell when all that was sent has been written.
    pub(in crate::host) fn want_room(&mut self) {
        self.wants_room = true;
    }

    /// Ends the reply that has begun.
    pub(in crate::host) fn finish(
        &mut self,
        cx: &mut RoleContext<'_>,
    ) -> (Effect, Result<(), UsageError>) {
        let now = cx.now();
        match self.core.finish_response(now, cx.out()) {
            Ok(()) => (self.answered(cx), Ok(())),
            Err(error) => (self.cut_off(cx), Err(error)),
        }
    }

    /// Ends it such that the peer sees that it is not whole. What is queued still leaves, if it can.
    pub(in crate::host) fn cut_off(&mut self, cx: &RoleContext<'_>) -> Effect {
        self.watched = false;
        if cx.out.is_empty() || self.core.ends_with_connection() {
            return Effect::End(Ending::Reset, None);
        }
        self.linger()
    }

    /// Whether more of a body is wanted that is handed on as it comes.
    pub(in crate::host) fn want_body(&mut self, wanted: bool, cx: &mut RoleContext<'_>) -> Effect {
        let now = cx.now();
        self.core.want_body(wanted, now, cx.out());
        if wanted { Effect::Resume } else { Effect::Stay }
    }

    /// Collects the body of a request whose head was told of.
    pub(in crate::host) fn collect(
        &mut self,
        request: Box<Request>,
        cx: &mut RoleContext<'_>,
    ) -> Effect {
        let now = cx.now();
        if let Err(error) = self.core.collect_body(request, now, cx.out()) {
            log::debug!("{} refused: {error}", cx.id);
            self.core.shutdown();
            let (out, date) = cx.out_and_date();
            self.core.fail(error.status(), &error.to_string(), date, now, out);
            return self.linger();
        }
        Effect::Resume
    }

    /// Has `Event::PeerGone` tell if the peer goes before its request is answered.
    pub(in crate::host) fn watch(&mut self) -> bool {
        self.watched |= self.is_owed_a_reply();
        self.watched
    }

    pub(in crate::host) fn is_watched(&self) -> bool {
        self.watched
    }

    /// Whether more of a body is to come that is handed on.
    pub(in crate::host) fn awaits_body(&self) -> bool {
        self.core.awaits_body()
    }

    fn answered(&mut self, cx: &RoleContext<'_>) -> Effect {
        (self.watched, self.wants_room) = (false, false);
        if !cx.schedule.behind {
            self.give_up_at = None;
        }
        let last = cx.schedule.ended && !cx.schedule.holds_input();
        if last || self.core.state() == State::Closing {
            return self.linger();
        }
        // The next request may have come already.
        Effect::Resume
    }

    pub(super) fn flushed(&mut self, flush: Flush, cx: &RoleContext<'_>) -> Effect {
        if flush.stalls() {
            self.give_up_at = Some(cx.now() + self.patience);
            return Effect::Rearm;
        }
        if flush.drained() {
            self.core.handle_drained(cx.now());
            let gone = cx.schedule.read_closed && self.is_owed_a_reply();
            self.give_up_at = gone.then(|| cx.now() + self.patience);
        }
        if flush.done && std::mem::take(&mut self.wants_room) {
            return Effect::Emit(Event::Writable { conn: cx.id });
        }
        // The next request may have waited for this, or has less time to come from now on.
        let waited = flush.done && cx.schedule.has_input() && self.core.wants_input();
        if waited || flush.drained() { Effect::Resume } else { Effect::Stay }
    }

    /// Whether a reply has begun, and not ended.
    pub(in crate::host) fn is_streaming(&self) -> bool {
        self.core.state() == State::Streaming
    }

    pub(in crate::host) fn is_owed_a_reply(&self) -> bool {
        matches!(self.core.state(), State::Responding | State::Streaming)
    }

    /// What the script is told of a peer that has gone, if it wants to hear of it.
    fn gone(&mut self, cx: &RoleContext<'_>) -> Option<Event> {
        std::mem::take(&mut self.watched).then(|| Event::PeerGone { conn: cx.id })
    }

    /// The peer has ended its side, or the connection broke, before its request is answered.
    pub(super) fn abandoned(&mut self, broke: bool, cx: &RoleContext<'_>) -> Effect {
        if broke {
            return Effect::End(Ending::Remove, self.gone(cx));
        }
        self.give_up_at = Some(cx.now() + self.patience);
        if self.core.awaits_body() {
            // The rest of it may have come before the end.
            return Effect::Rearm;
        }
        match self.gone(cx) {
            // There is nothing to be said to whoever waits for the end of what has none.
            Some(gone) if self.core.state() == State::Streaming && self.endless => {
                Effect::End(Ending::Linger(Some(self.patience)), Some(gone))
            }
            Some(gone) => Effect::Emit(gone),
            None => Effect::Rearm,
        }
    }

    pub(super) fn ended(&mut self, broke: bool, cx: &RoleContext<'_>) -> Effect {
        if broke {
            return Effect::End(Ending::Remove, self.gone(cx));
        }
        let failed = self.core.handle_eof();
        if self.is_owed_a_reply() {
            return Effect::Stay;
        }
        // The rest of a body will not come.
        match failed {
            Some(http1::Event::Failed(_)) => self.give_up(cx),
            _ => self.linger(),
        }
    }

    /// Writes what is left, and tells the script that its request is over.
    fn give_up<R>(&mut self, cx: &RoleContext<'_>) -> Effect<R> {
        Effect::End(Ending::Linger(Some(self.patience)), self.gone(cx))
    }

    /// The script is told if it wants to hear of it; the peer sees a reset.
    pub(in crate::host) fn abort(&mut self, cx: &RoleContext<'_>) -> Effect {
        Effect::End(Ending::Reset, self.gone(cx))
    }

    /// TLS has failed. A client that speaks plain HTTP is told so; the transport does not encrypt what
    /// is written to it.
    pub(super) fn failed(&mut self, fault: &Fault, cx: &mut RoleContext<'_>) -> Effect {
        if fault.is_truncation() {
            // The framing of HTTP tells where a request ends.
            return self.ended(false, cx);
        }
        let now = cx.now();
        if let Some(beginning) = fault.plain_beginning() {
            let id = cx.id;
            cx.shared.warnings.warn(Kind::PlainOnTls, now, || {
                format!("{id} does not speak TLS on a port that does: use https: or wss: there")
            });
            if looks_like_http(beginning) {
                let message = "this port speaks TLS: use https: or wss:";
                let (out, date) = cx.out_and_date();
                self.core.fail(400, message, date, now, out);
            }
        }
        self.give_up(cx)
    }

    pub(super) fn expired(&mut self, cx: &mut RoleContext<'_>) -> Effect {
        if self.give_up_at.is_some() {
            log::debug!("{} timed out: the peer takes no reply", cx.id);
            return self.abort(cx);
        }
        let now = cx.now();
        let (out, date) = cx.out_and_date();
        match self.core.handle_deadline(now, date, out) {
            None => Effect::Stay,
            Some(event) => {
                if let http1::Event::Failed(error) = event {
                    log::debug!("{} timed out: {error}", cx.id);
                }
                self.give_up(cx)
            }
        }
    }

    /// Serves no further request.
    pub(in crate::host) fn close(&mut self, cx: &RoleContext<'_>) -> Effect {
        self.core.shutdown();
        match self.core.state() {
            State::Closing => self.linger(),
            // The script ends it, now that it knows.
            State::Streaming if self.endless => self.gone(cx).map_or(Effect::Stay, Effect::Emit),
            _ => Effect::Stay,
        }
    }

    /// The same, but what comes on an idle connection until `until` is refused with a reply.
    pub(super) fn drain(&mut self, until: Instant, cx: &RoleContext<'_>) -> Effect {
        self.refuses = self.core.drain(until);
        match self.gone(cx) {
            Some(gone) if self.endless && self.core.state() == State::Streaming => {
                Effect::Emit(gone)
            }
            gone => {
                self.watched = gone.is_some();
                Effect::Rearm
            }
        }
    }

    fn refuse<R>(&mut self, cx: &mut RoleContext<'_>) -> Effect<R> {
        let headers: [(&str, &[u8]); 2] = [
            ("Content-Type", b"text/plain; charset=utf-8"),
            ("Retry-After", RETRY_AFTER.as_bytes()),
        ];
        let response =
            Response { status: 503, reason: None, headers: &headers, body: CLOSING_TEXT };
        log::debug!("{} refused: the server is closing", cx.id);
        let now = cx.now();
        let (out, date) = cx.out_and_date();
        if let Err(error) = self.core.respond(&response, date, now, out) {
            log::warn!("cannot refuse a request: {error}");
        }
        self.linger()
    }

    /// What is left to write is a reply, for which a slow peer gets the time it needs.
    fn linger<R>(&self) -> Effect<R> {
        Effect::End(Ending::Linger(Some(self.patience)), None)
    }
}

/// What a client is told that comes too late.
const CLOSING_TEXT: &[u8] = b"the server is closing\n";

/// What a TLS connection begins with.
const TLS_HANDSHAKE: u8 = 22;

/// Whether bytes may be the beginning of a request: a method and a space, or as much of one.
fn looks_like_http(beginning: &[u8]) -> bool {
    let method = beginning.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    method >= 3 && beginning.get(method).is_none_or(|byte| *byte == b' ')
}
