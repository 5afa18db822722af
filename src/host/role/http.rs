//! A connection that a server has accepted and that speaks HTTP: requests in, replies out.

use std::time::{Duration, Instant};

use super::context::{Flush, RoleContext, Shared};
use super::upgrading::{self, Checked};
use crate::host::effect::{Effect, Ending};
use crate::host::event::Event;
use crate::host::input::Input;
use crate::host::warnings::Kind;
use crate::limits::{REPLY_BACKLOG_BYTES, RETRY_AFTER, SHARED_BODY_BYTES_MIN};
use crate::net::tls::Fault;
use crate::proto::http1::{self, Response, ServerConfig, ServerConnection, State, UsageError};

/// The server's side of one HTTP connection.
pub(in crate::host) struct HttpServer {
    core: ServerConnection,
    /// For how long a peer may take nothing of its reply.
    patience: Duration,
    /// When to give up on a peer that takes nothing of its reply, or that has ended its side and
    /// whose reply is still to come.
    give_up_at: Option<Instant>,
    /// The server closes, and what request comes is too late.
    refuses: bool,
}

impl HttpServer {
    pub(in crate::host) fn new(config: ServerConfig, now: Instant) -> Box<Self> {
        let core = ServerConnection::new(config, now);
        Box::new(Self { core, patience: config.request_timeout, give_up_at: None, refuses: false })
    }

    pub(super) fn takes_input(&self, waiting: usize) -> bool {
        self.core.wants_input() && waiting <= REPLY_BACKLOG_BYTES
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
            None if cx.schedule.ended => self.ended(false).map(|never| match never {}),
            None => Effect::Rearm,
            Some(http1::Event::Request(_)) if self.refuses => self.refuse(cx),
            Some(http1::Event::Request(request)) => {
                let Some(server) = cx.server else { return self.linger() };
                if cx.schedule.read_closed {
                    self.give_up_at = Some(now + self.patience);
                }
                Effect::Emit(Event::Request { conn: cx.id, server, request })
            }
            Some(http1::Event::Upgrade(request)) => upgrading::begin(request, cx),
            Some(http1::Event::Failed(error)) => {
                log::debug!("{} refused: {error}", cx.id);
                if error == (http1::PeerError::StartByte { byte: TLS_HANDSHAKE }) {
                    let id = cx.id;
                    cx.shared.warnings.warn(Kind::TlsOnPlain, now, || {
                        format!("{id} speaks TLS on a port that does not: use http: or ws: there")
                    });
                }
                self.linger()
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
        let now = cx.now();
        let (out, date) = cx.out_and_date();
        self.core.fail(status, message, date, now, out);
        self.answered(cx)
    }

    fn answered(&mut self, cx: &RoleContext<'_>) -> Effect {
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
        // The next request may have waited for this, or has less time to come from now on.
        let waited = flush.done && cx.schedule.has_input() && self.core.wants_input();
        if waited || flush.drained() { Effect::Resume } else { Effect::Stay }
    }

    pub(super) fn is_owed_a_reply(&self) -> bool {
        self.core.state() == State::Responding
    }

    /// The peer has ended its side, or the connection broke, before its request is answered.
    pub(super) fn abandoned(&mut self, broke: bool, cx: &RoleContext<'_>) -> Effect {
        if broke {
            return Effect::End(Ending::Remove, None);
        }
        self.give_up_at = Some(cx.now() + self.patience);
        Effect::Rearm
    }

    pub(super) fn ended(&mut self, broke: bool) -> Effect {
        if broke {
            return Effect::End(Ending::Remove, None);
        }
        // What it reports is the same as the state it leaves.
        drop(self.core.handle_eof());
        if self.is_owed_a_reply() { Effect::Stay } else { self.linger() }
    }

    /// TLS has failed. A client that speaks plain HTTP is told so; the transport does not encrypt what
    /// is written to it.
    pub(super) fn failed(&mut self, fault: &Fault, cx: &mut RoleContext<'_>) -> Effect {
        if fault.is_truncation() {
            // The framing of HTTP tells where a request ends.
            return self.ended(false);
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
        self.linger()
    }

    pub(super) fn expired(&mut self, cx: &mut RoleContext<'_>) -> Effect {
        if self.give_up_at.is_some() {
            log::debug!("{} timed out: the peer takes no reply", cx.id);
            return Effect::End(Ending::Reset, None);
        }
        let now = cx.now();
        let (out, date) = cx.out_and_date();
        match self.core.handle_deadline(now, date, out) {
            None => Effect::Stay,
            Some(event) => {
                if let http1::Event::Failed(error) = event {
                    log::debug!("{} timed out: {error}", cx.id);
                }
                self.linger()
            }
        }
    }

    /// Serves no further request.
    pub(super) fn close(&mut self) -> Effect {
        self.core.shutdown();
        if self.core.state() == State::Closing { self.linger() } else { Effect::Stay }
    }

    /// The same, but what comes on an idle connection until `until` is refused with a reply.
    pub(super) fn drain(&mut self, until: Instant) -> Effect {
        self.refuses = self.core.drain(until);
        Effect::Rearm
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
