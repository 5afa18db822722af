//! The server's side of one connection: requests in, responses out, strictly in turn. Bytes come
//! from the caller and go to the caller's buffer; time is an argument. Knows no socket, no clock
//! and nothing of what a request means.

use std::time::{Duration, Instant};

use super::body::Framing;
use super::chunk::{ChunkDecoder, Piece};
use super::error::{PeerError, UsageError};
use super::head::{HeadLimits, Scanner, parse_request};
use super::request::{Facts, Request};
use super::response::{
    ReplyTo, Response, encode_error, encode_head, encode_message, encode_response,
};
use crate::limits::{
    BODY_BYTES_MAX, BODY_BYTES_PER_SECOND_MIN, HEAD_BYTES_MAX, HEAD_FIELDS_CEILING,
    HEAD_FIELDS_MAX, HEAD_TIMEOUT_MS, KEEP_ALIVE_TIMEOUT_MS, REQUEST_LINE_BYTES_MAX,
    REQUEST_TIMEOUT_MS,
};

/// RFC 9110 15.2.1.
const CONTINUE: &[u8] = b"HTTP/1.1 100 Continue\r\n\r\n";

/// What a server suffers from one connection.
#[derive(Debug, Clone, Copy)]
pub struct ServerConfig {
    /// Bytes of a request's head, else 431.
    pub head_bytes_max: usize,
    /// Bytes of its request line, else 414.
    pub request_line_bytes_max: usize,
    /// Field lines, else 431. At most 256.
    pub fields_max: usize,
    /// Bytes of its body without transfer coding, else 413.
    pub body_bytes_max: u64,
    /// For a head from its first byte to its last, else 408. Also for the first byte of a
    /// connection, else it is closed.
    pub head_timeout: Duration,
    /// For a request from its first byte to its last, else 408.
    pub request_timeout: Duration,
    /// Each so many bytes of body add a second to `request_timeout`. 0: none does.
    pub body_bytes_per_second_min: u64,
    /// Between a response and the next request, else the connection is closed.
    pub keep_alive_timeout: Duration,
}

impl Default for ServerConfig {
    fn default() -> Self {
        Self {
            head_bytes_max: HEAD_BYTES_MAX,
            request_line_bytes_max: REQUEST_LINE_BYTES_MAX,
            fields_max: HEAD_FIELDS_MAX,
            body_bytes_max: BODY_BYTES_MAX,
            head_timeout: Duration::from_millis(HEAD_TIMEOUT_MS),
            request_timeout: Duration::from_millis(REQUEST_TIMEOUT_MS),
            body_bytes_per_second_min: BODY_BYTES_PER_SECOND_MIN,
            keep_alive_timeout: Duration::from_millis(KEEP_ALIVE_TIMEOUT_MS),
        }
    }
}

/// What a [`ServerConnection`] reports.
#[derive(Debug)]
pub enum Event {
    /// A complete request. Nothing more is parsed until it is answered.
    Request(Box<Request>),
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
    Closing,
}

/// A request of which the body is to come.
#[derive(Debug)]
struct Incoming {
    request: Box<Request>,
    body: Remaining,
    started: Instant,
}

#[derive(Debug)]
enum Remaining {
    Length(usize),
    Chunked(ChunkDecoder),
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
        }
    }

    /// Where the connection is.
    pub fn state(&self) -> State {
        match self.phase {
            Phase::Idle { .. } => State::Idle,
            Phase::Head { .. } => State::Head,
            Phase::Body { .. } => State::Body,
            Phase::Responding => State::Responding,
            Phase::Closing => State::Closing,
        }
    }

    /// Whether bytes are of use now. While they are not, leave them in the kernel: that is how a
    /// client that pipelines without end is slowed down.
    pub fn wants_input(&self) -> bool {
        matches!(self.state(), State::Idle | State::Head | State::Body)
    }

    /// When to call [`handle_deadline`](Self::handle_deadline).
    pub fn next_deadline(&self) -> Option<Instant> {
        match &self.phase {
            Phase::Idle { deadline } => Some(*deadline),
            Phase::Head { started } => Some(*started + self.config.head_timeout),
            Phase::Body { incoming } => {
                Some(incoming.started + self.request_time(incoming.received()))
            }
            Phase::Responding | Phase::Closing => None,
        }
    }

    /// The time a request may take that has so many bytes of body so far.
    fn request_time(&self, received: usize) -> Duration {
        let rate = self.config.body_bytes_per_second_min;
        let earned_ms = (received as u64).saturating_mul(1000).checked_div(rate).unwrap_or(0);
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
        self.receive_body(input, pos)
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
            Framing::Chunked => Remaining::Chunked(ChunkDecoder::new(limit)),
            Framing::Length(length) => match usize::try_from(length) {
                Ok(bytes) if length <= limit => Remaining::Length(bytes),
                _ => return Err(PeerError::BodyTooLarge { limit }),
            },
        };
        // RFC 9110 10.1.1: 100 may be left out once the body has begun to arrive.
        if facts.expects_continue && !more {
            out.extend_from_slice(CONTINUE);
        }
        let started = if let Phase::Head { started } = self.phase { started } else { now };
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

    /// What a response to the request in hand must know of it.
    fn awaited(&self) -> Result<ReplyTo, UsageError> {
        match self.phase {
            Phase::Responding => {
                Ok(ReplyTo { close: self.reply.close || self.draining, ..self.reply })
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
            Phase::Closing => return,
        };
        let to = ReplyTo { close: self.reply.close || self.draining || !awaited, ..self.reply };
        let close = encode_message(status, message, to, date, out);
        self.finish(close, now);
    }

    fn finish(&mut self, close: bool, now: Instant) {
        self.reply = ReplyTo::CLOSE;
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
                after_ms: milliseconds(self.request_time(incoming.received())),
            },
            Phase::Idle { .. } | Phase::Responding | Phase::Closing => {
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
            Phase::Responding => return None,
            Phase::Idle { .. } | Phase::Closing => Event::Close,
            Phase::Head { .. } | Phase::Body { .. } => Event::Failed(PeerError::UnexpectedEnd),
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
        encode_error(&error, self.reply.head, date, out);
        self.phase = Phase::Closing;
        self.partial = Vec::new();
        Event::Failed(error)
    }
}

impl Incoming {
    /// Bytes of body so far.
    fn received(&self) -> usize {
        self.request.body.len()
    }

    /// Takes bytes; whether the body is complete.
    fn receive(&mut self, input: &[u8], pos: &mut usize) -> Result<bool, PeerError> {
        let body = &mut self.request.body;
        match &mut self.body {
            Remaining::Length(remaining) => {
                let unread = input.get(*pos..).unwrap_or_default();
                let here = unread.len().min(*remaining);
                reserve(body, here, *remaining);
                body.extend_from_slice(&unread[..here]);
                *pos += here;
                *remaining -= here;
                Ok(*remaining == 0)
            }
            Remaining::Chunked(decoder) => {
                while let Some(piece) = decoder.next(input, pos)? {
                    match piece {
                        Piece::Data(range) => body.extend_from_slice(&input[range]),
                        Piece::End => return Ok(true),
                    }
                }
                Ok(false)
            }
        }
    }
}

/// Makes room for the bytes that are here: doubling, as `Vec` does, but never past the end of the
/// body, and never in advance for bytes that are only announced.
fn reserve(body: &mut Vec<u8>, here: usize, remaining: usize) {
    if body.capacity() - body.len() < here {
        body.reserve_exact(here.max(body.capacity()).min(remaining));
    }
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
#[path = "tests/smuggling.rs"]
mod smuggling_tests;
#[cfg(test)]
#[path = "tests/server.rs"]
mod tests;
