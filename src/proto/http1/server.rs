//! The server's side of one connection: requests in, responses out, strictly in turn. Bytes come
//! from the caller and go to the caller's buffer; time is an argument. Knows no socket, no clock
//! and nothing of what a request means.

use std::ops::Range;
use std::time::{Duration, Instant};

use super::body::Framing;
use super::chunk::ChunkDecoder;
use super::config::{ServerConfig, milliseconds};
use super::error::{PeerError, UsageError};
use super::head::{HeadLimits, Scanner, parse_request};
use super::incoming::Incoming;
use super::request::{Facts, Request};
use super::response::{
    ReplyTo, Response, encode_error, encode_head, encode_message, encode_response,
    encode_stream_head, push_end,
};
use super::streamed::{Flowed, Inflow, Outflow, Remaining};
use crate::limits::HEAD_FIELDS_CEILING;

/// RFC 9110 15.2.1.
const CONTINUE: &[u8] = b"HTTP/1.1 100 Continue\r\n\r\n";

/// What a [`ServerConnection`] reports.
#[derive(Debug)]
pub enum Event {
    /// A complete request. Nothing more is parsed until it is answered.
    Request(Box<Request>),
    /// The head of a request with a body, of which nothing is taken until the caller has called
    /// [`want_body`](ServerConnection::want_body), to be given it as it comes, or
    /// [`collect_body`](ServerConnection::collect_body). It may be answered before.
    Head(Box<Request>),
    /// These bytes of the input belong to the body that is handed on.
    Body(Range<usize>),
    /// That body is complete.
    BodyEnd,
    /// A request that asks for a WebSocket. The bytes after it are the first frames. Drop the
    /// connection for a WebSocket one, or refuse with [`respond`](ServerConnection::respond); the
    /// refusal ends the connection.
    Upgrade(Box<Request>),
    /// The peer broke the protocol or a limit. The answer is in `out`, except after
    /// [`handle_eof`](ServerConnection::handle_eof): flush it, and close without a reset.
    Failed(PeerError),
    /// Nothing is owed: close.
    Close,
}

/// Where a connection is. See the drawing in the [module](super).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Between requests.
    Idle,
    /// A head has begun.
    Head,
    /// A body is awaited.
    Body,
    /// A request awaits its response.
    Responding,
    /// Its response has begun, and more of the body is to come.
    Streaming,
    /// Flush what is owed and close. What else comes is not looked at.
    Closing,
}

#[derive(Debug)]
enum Phase {
    /// No byte of a request yet.
    Idle {
        deadline: Instant,
    },
    Head {
        started: Instant,
    },
    Body {
        incoming: Box<Incoming>,
    },
    Responding,
    /// The response has begun; whether the connection ends after it.
    Streaming {
        flow: Outflow,
        close: bool,
    },
    Closing,
}

/// One connection. Four kinds of methods:
/// - what it is: [`state`](Self::state), [`wants_input`](Self::wants_input),
///   [`next_deadline`](Self::next_deadline);
/// - what happened: [`receive`](Self::receive), [`handle_deadline`](Self::handle_deadline),
///   [`handle_eof`](Self::handle_eof), [`handle_drained`](Self::handle_drained);
/// - what the program does: [`respond`](Self::respond), [`fail`](Self::fail),
///   [`shutdown`](Self::shutdown), [`drain`](Self::drain);
/// - what goes out is appended to the `out` of each.
///
/// After `respond` and `fail`, call `receive` with the input that is still unread: a pipelined
/// request in it is parsed then. After each of them look at `state`: `Closing` means flush and
/// close.
#[derive(Debug)]
pub struct ServerConnection {
    config: ServerConfig,
    phase: Phase,
    scanner: Scanner,
    /// A head of which the end is still to come.
    partial: Vec<u8>,
    /// Of the request in hand.
    reply: ReplyTo,
    /// Nothing more is served after the request in hand.
    draining: bool,
    /// The body of the request in hand, where it is handed on as it comes.
    inflow: Option<Box<Inflow>>,
}

impl ServerConnection {
    /// A connection accepted now.
    pub fn new(config: ServerConfig, now: Instant) -> Self {
        Self {
            config,
            phase: Phase::Idle { deadline: now + config.head_timeout },
            scanner: Scanner::new(),
            partial: Vec::new(),
            reply: ReplyTo::CLOSE,
            draining: false,
            inflow: None,
        }
    }

    /// Where the connection is.
    pub fn state(&self) -> State {
        match self.phase {
            Phase::Idle { .. } => State::Idle,
            Phase::Head { .. } => State::Head,
            Phase::Body { .. } => State::Body,
            Phase::Responding => State::Responding,
            Phase::Streaming { .. } => State::Streaming,
            Phase::Closing => State::Closing,
        }
    }

    /// Whether bytes are of use now. While they are not, leave them in the kernel: that is how a
    /// client that pipelines without end is slowed down.
    pub fn wants_input(&self) -> bool {
        matches!(self.state(), State::Idle | State::Head | State::Body)
            || self.inflow.as_ref().is_some_and(|inflow| inflow.is_wanted())
            || self.owes_body_end()
    }

    /// Whether all of a body has been handed on, and nobody was told yet. No input will bring it up:
    /// call [`receive`](Self::receive).
    pub fn owes_body_end(&self) -> bool {
        self.inflow.as_ref().is_some_and(|inflow| inflow.is_complete())
    }

    /// When to call [`handle_deadline`](Self::handle_deadline).
    pub fn next_deadline(&self) -> Option<Instant> {
        match &self.phase {
            Phase::Idle { deadline } => Some(*deadline),
            Phase::Head { started } => Some(*started + self.config.head_timeout),
            Phase::Body { incoming } => {
                Some(incoming.started + self.request_time(incoming.received() as u64))
            }
            Phase::Responding | Phase::Streaming { .. } => {
                self.inflow.as_ref()?.deadline(|received| self.request_time(received))
            }
            Phase::Closing => None,
        }
    }

    /// The time a request may take that has so many bytes of body so far.
    fn request_time(&self, received: u64) -> Duration {
        let rate = self.config.body_bytes_per_second_min;
        let earned_ms = received.saturating_mul(1000).checked_div(rate).unwrap_or(0);
        self.config.request_timeout.saturating_add(Duration::from_millis(earned_ms))
    }

    /// Takes bytes from `input[*pos..]`, up to the end of one request. `None`: all were taken and
    /// more are wanted, or none was taken because a response is owed or the connection is
    /// closing; [`wants_input`](Self::wants_input) tells. `date` makes an IMF-fixdate, which only a
    /// refusal needs.
    #[expect(clippy::too_many_arguments, reason = "the usual four, and the date of a refusal")]
    pub fn receive<'a>(
        &mut self,
        input: &[u8],
        pos: &mut usize,
        now: Instant,
        date: impl FnOnce() -> &'a str,
        out: &mut Vec<u8>,
    ) -> Option<Event> {
        match self.advance(input, pos, now, out) {
            Ok(event) => event,
            Err(error) => Some(self.refuse(error, date(), out)),
        }
    }

    fn advance(
        &mut self,
        input: &[u8],
        pos: &mut usize,
        now: Instant,
        out: &mut Vec<u8>,
    ) -> Result<Option<Event>, PeerError> {
        if matches!(self.phase, Phase::Idle { .. } | Phase::Head { .. }) {
            let Some(request) = self.receive_head(input, pos, now)? else { return Ok(None) };
            let more = *pos < input.len();
            if let Some(event) = self.accept(request, more, now, out)? {
                return Ok(Some(event));
            }
        }
        if self.inflow.is_some() {
            return self.receive_inflow(input, pos);
        }
        self.receive_body(input, pos)
    }

    /// Takes bytes of a body that is handed on.
    fn receive_inflow(
        &mut self,
        input: &[u8],
        pos: &mut usize,
    ) -> Result<Option<Event>, PeerError> {
        let Some(inflow) = &mut self.inflow else { return Ok(None) };
        if !inflow.is_wanted() && !inflow.is_complete() {
            return Ok(None);
        }
        Ok(match inflow.receive(input, pos)? {
            Flowed::Bytes(range) => Some(Event::Body(range)),
            Flowed::Nothing => None,
            Flowed::End => {
                self.inflow = None;
                Some(Event::BodyEnd)
            }
        })
    }

    /// Takes bytes of a head, up to its end.
    fn receive_head(
        &mut self,
        input: &[u8],
        pos: &mut usize,
        now: Instant,
    ) -> Result<Option<Box<Request>>, PeerError> {
        self.reply = ReplyTo::CLOSE;
        let limits = HeadLimits {
            bytes: self.config.head_bytes_max,
            start_line_bytes: self.config.request_line_bytes_max,
            fields: self.config.fields_max.min(HEAD_FIELDS_CEILING),
        };
        let unread = input.get(*pos..).unwrap_or_default();
        let end = self.scanner.scan(unread, &limits)?;
        if let Phase::Idle { .. } = self.phase
            && self.scanner.started()
        {
            self.phase = Phase::Head { started: now };
        }
        let Some(end) = end else {
            self.partial.extend_from_slice(unread);
            *pos = input.len();
            return Ok(None);
        };
        *pos += end;
        let skipped = std::mem::replace(&mut self.scanner, Scanner::new()).skipped();
        let request = if self.partial.is_empty() {
            parse_request(&unread[skipped..end])?
        } else {
            let mut whole = std::mem::take(&mut self.partial);
            whole.extend_from_slice(&unread[..end]);
            parse_request(&whole[skipped..])?
        };
        Ok(Some(Box::new(request)))
    }

    /// Judges a head. The event, if the request has no body; else the body is awaited.
    fn accept(
        &mut self,
        mut request: Box<Request>,
        more: bool,
        now: Instant,
        out: &mut Vec<u8>,
    ) -> Result<Option<Event>, PeerError> {
        self.reply.version = request.version;
        self.reply.head = request.method == "HEAD";
        let facts = Facts::of(&request)?;
        request.resolve_target();
        // After a refused handshake the peer's next bytes may be frames; they are not a request.
        self.reply.close = !facts.keep_alive || facts.upgrade;
        let limit = self.config.body_bytes_max;
        let body = match facts.framing {
            _ if facts.upgrade => {
                self.phase = Phase::Responding;
                return Ok(Some(Event::Upgrade(request)));
            }
            Framing::Unsaid | Framing::Length(0) => {
                self.phase = Phase::Responding;
                return Ok(Some(Event::Request(request)));
            }
            Framing::Chunked if self.config.asks_at_head => {
                Remaining::Chunked(ChunkDecoder::new(u64::MAX))
            }
            Framing::Chunked => Remaining::Chunked(ChunkDecoder::new(limit)),
            Framing::Length(length) if length <= limit || self.config.asks_at_head => {
                Remaining::Length(length)
            }
            Framing::Length(_) => return Err(PeerError::BodyTooLarge { limit }),
        };
        let started = if let Phase::Head { started } = self.phase { started } else { now };
        // RFC 9110 10.1.1: 100 may be left out once the body has begun to arrive.
        let waits = facts.expects_continue && !more;
        if self.config.asks_at_head {
            self.inflow = Some(Box::new(Inflow::new(body, started, now, waits)));
            self.phase = Phase::Responding;
            return Ok(Some(Event::Head(request)));
        }
        if waits {
            out.extend_from_slice(CONTINUE);
        }
        self.phase = Phase::Body { incoming: Box::new(Incoming { request, body, started }) };
        Ok(None)
    }

    /// Takes bytes of a body, up to its end.
    fn receive_body(&mut self, input: &[u8], pos: &mut usize) -> Result<Option<Event>, PeerError> {
        let Phase::Body { incoming } = &mut self.phase else { return Ok(None) };
        if !incoming.receive(input, pos)? {
            return Ok(None);
        }
        match std::mem::replace(&mut self.phase, Phase::Responding) {
            Phase::Body { incoming } => Ok(Some(Event::Request(incoming.request))),
            _ => Ok(None),
        }
    }

    /// Whether more of the body in hand is wanted now, which is handed on as it comes. What is not
    /// wanted stays in the kernel. Does nothing once all of it has come.
    pub fn want_body(&mut self, wanted: bool, now: Instant, out: &mut Vec<u8>) {
        let Some(inflow) = &mut self.inflow else { return };
        if inflow.set_wanted(wanted, now) && matches!(self.phase, Phase::Responding) {
            out.extend_from_slice(CONTINUE);
        }
    }

    /// Collects the body of a request whose head was reported, and reports it again when that is
    /// whole. False if it is larger than allowed: the connection is to be failed.
    pub fn collect_body(
        &mut self,
        request: Box<Request>,
        now: Instant,
        out: &mut Vec<u8>,
    ) -> Result<(), PeerError> {
        let Some(inflow) = self.inflow.take() else { return Ok(()) };
        let (body, started, waits) = inflow.collected(self.config.body_bytes_max, now)?;
        if waits {
            out.extend_from_slice(CONTINUE);
        }
        self.phase = Phase::Body { incoming: Box::new(Incoming { request, body, started }) };
        Ok(())
    }

    /// Answers the request in hand, and turns to the next one or to closing. `date` is an
    /// IMF-fixdate. After an error nothing was written and the request still awaits its answer.
    pub fn respond(
        &mut self,
        response: &Response<'_>,
        date: &str,
        now: Instant,
        out: &mut Vec<u8>,
    ) -> Result<(), UsageError> {
        let close = encode_response(response, self.awaited()?, date, out)?;
        self.finish(close, now);
        Ok(())
    }

    /// The same up to the body. True when the caller has to send it after this.
    pub fn respond_head(
        &mut self,
        response: &Response<'_>,
        date: &str,
        now: Instant,
        out: &mut Vec<u8>,
    ) -> Result<bool, UsageError> {
        let head = encode_head(response, self.awaited()?, date, 0, out)?;
        self.finish(head.close, now);
        Ok(head.takes_body)
    }

    /// The same for a body of `length` bytes, which the caller has.
    #[expect(clippy::too_many_arguments, reason = "the usual four, and a length")]
    pub fn respond_sized(
        &mut self,
        response: &Response<'_>,
        length: u64,
        date: &str,
        now: Instant,
        out: &mut Vec<u8>,
    ) -> Result<bool, UsageError> {
        let (close, flow) = encode_stream_head(response, self.awaited()?, date, Some(length), out)?;
        self.finish(close, now);
        Ok(flow != Outflow::Nothing)
    }

    /// Begins to answer the request in hand; [`push`](Self::push) and
    /// [`finish_response`](Self::finish_response) follow, if it returns true. It is false where no
    /// body can follow: that was the response. `length` is that of the body, where it is known.
    #[expect(clippy::too_many_arguments, reason = "the usual four, and a length")]
    pub fn begin_response(
        &mut self,
        response: &Response<'_>,
        length: Option<u64>,
        date: &str,
        now: Instant,
        out: &mut Vec<u8>,
    ) -> Result<bool, UsageError> {
        let (close, flow) = encode_stream_head(response, self.awaited()?, date, length, out)?;
        if flow == Outflow::Nothing {
            self.finish(close, now);
            return Ok(false);
        }
        self.phase = Phase::Streaming { flow, close };
        Ok(true)
    }

    /// Appends bytes of the response that has begun.
    pub fn push(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> Result<(), UsageError> {
        match &mut self.phase {
            Phase::Streaming { flow, .. } => flow.push(bytes, out),
            _ => Err(UsageError::NotResponding),
        }
    }

    /// Ends the response that has begun. After an error the peer is to see that it is cut off: the
    /// connection cannot go on.
    pub fn finish_response(&mut self, now: Instant, out: &mut Vec<u8>) -> Result<(), UsageError> {
        self.finish_with(&[], now, out)
    }

    /// The same, with these fields behind the body where it goes in chunks. Otherwise they are dropped.
    pub fn finish_with(
        &mut self,
        trailers: &[(&str, &[u8])],
        now: Instant,
        out: &mut Vec<u8>,
    ) -> Result<(), UsageError> {
        let Phase::Streaming { flow, close } = self.phase else {
            return Err(UsageError::NotResponding);
        };
        push_end(flow, trailers, out)?;
        self.finish(close || self.draining || self.inflow.is_some(), now);
        Ok(())
    }

    /// Whether more of a body is to come that is handed on.
    pub fn awaits_body(&self) -> bool {
        self.inflow.is_some()
    }

    /// Whether the response that has begun ends with the connection: a peer cannot tell whether it
    /// has all of it, unless that is reset.
    pub fn ends_with_connection(&self) -> bool {
        matches!(self.phase, Phase::Streaming { flow: Outflow::UntilClose, .. })
    }

    /// What a response to the request in hand must know of it.
    fn awaited(&self) -> Result<ReplyTo, UsageError> {
        match self.phase {
            Phase::Responding => {
                // What is still to come of the body would be taken for the next request.
                let close = self.reply.close || self.draining || self.inflow.is_some();
                Ok(ReplyTo { close, ..self.reply })
            }
            _ => Err(UsageError::NotResponding),
        }
    }

    /// Answers with a status and one line of text: the request in hand, after which the connection
    /// goes on if it would have; or else whatever the peer is sending, after which it closes. Does
    /// nothing when already closing. An invalid status becomes 500.
    #[expect(clippy::too_many_arguments, reason = "a status, its text, and the usual three")]
    pub fn fail(
        &mut self,
        status: u16,
        message: &str,
        date: &str,
        now: Instant,
        out: &mut Vec<u8>,
    ) {
        let awaited = match self.phase {
            Phase::Responding => true,
            Phase::Idle { .. } | Phase::Head { .. } | Phase::Body { .. } => false,
            Phase::Streaming { .. } | Phase::Closing => return,
        };
        let close = self.reply.close || self.draining || !awaited || self.inflow.is_some();
        let to = ReplyTo { close, ..self.reply };
        let close = encode_message(status, message, to, date, out);
        self.finish(close, now);
    }

    fn finish(&mut self, close: bool, now: Instant) {
        self.reply = ReplyTo::CLOSE;
        self.inflow = None;
        self.phase = if close {
            Phase::Closing
        } else {
            Phase::Idle { deadline: now + self.config.keep_alive_timeout }
        };
    }

    /// Acts on a deadline that has passed: 408 in the middle of a request, else a quiet close.
    pub fn handle_deadline(
        &mut self,
        now: Instant,
        date: &str,
        out: &mut Vec<u8>,
    ) -> Option<Event> {
        if self.next_deadline().is_none_or(|deadline| now < deadline) {
            return None;
        }
        let error = match &self.phase {
            Phase::Head { .. } => {
                PeerError::HeadTimeout { after_ms: milliseconds(self.config.head_timeout) }
            }
            Phase::Body { incoming } => PeerError::BodyTimeout {
                received: incoming.received() as u64,
                after_ms: milliseconds(self.request_time(incoming.received() as u64)),
            },
            Phase::Responding if self.inflow.is_some() => {
                let received = self.inflow.as_ref().map_or(0, |inflow| inflow.received());
                let after_ms = milliseconds(self.request_time(received));
                PeerError::BodyTimeout { received, after_ms }
            }
            Phase::Idle { .. } | Phase::Responding | Phase::Streaming { .. } | Phase::Closing => {
                self.phase = Phase::Closing;
                return Some(Event::Close);
            }
        };
        Some(self.refuse(error, date, out))
    }

    /// The peer has closed its sending side, and all it sent was given to
    /// [`receive`](Self::receive). `None` while a response is owed: call again when it is written
    /// and `receive` wants more input than there is.
    pub fn handle_eof(&mut self) -> Option<Event> {
        let event = match self.phase {
            Phase::Responding | Phase::Streaming { .. } if self.inflow.is_none() => return None,
            Phase::Idle { .. } | Phase::Closing => Event::Close,
            Phase::Responding
            | Phase::Streaming { .. }
            | Phase::Head { .. }
            | Phase::Body { .. } => Event::Failed(PeerError::UnexpectedEnd),
        };
        self.phase = Phase::Closing;
        Some(event)
    }

    /// Serves no further request: one in hand or on its way is still answered, with `Connection:
    /// close`. An idle connection is `Closing` at once.
    pub fn shutdown(&mut self) {
        self.draining = true;
        if let Phase::Idle { .. } = self.phase {
            self.phase = Phase::Closing;
        }
    }

    /// Serves no further request, as [`shutdown`](Self::shutdown) does, but leaves an idle
    /// connection open until `until`, so that a request that is on its way can be refused. True if
    /// it is idle: whatever request comes then is one to refuse.
    pub fn drain(&mut self, until: Instant) -> bool {
        self.draining = true;
        let Phase::Idle { deadline } = &mut self.phase else { return false };
        *deadline = until.min(*deadline);
        true
    }

    /// A peer that was slow to take its replies has them all: its time to send the next request
    /// begins.
    pub fn handle_drained(&mut self, now: Instant) {
        if let Phase::Idle { deadline } = &mut self.phase
            && !self.draining
        {
            *deadline = now + self.config.keep_alive_timeout;
        }
    }

    fn refuse(&mut self, error: PeerError, date: &str, out: &mut Vec<u8>) -> Event {
        // In the middle of a response there is no room for another.
        if !matches!(self.phase, Phase::Streaming { .. }) {
            encode_error(&error, self.reply.head, date, out);
        }
        self.inflow = None;
        self.phase = Phase::Closing;
        self.partial = Vec::new();
        Event::Failed(error)
    }
}

#[cfg(test)]
#[path = "tests/smuggling.rs"]
mod smuggling_tests;
#[cfg(test)]
#[path = "tests/server.rs"]
mod tests;
