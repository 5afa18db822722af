//! A connection that requests go out on, one after the other, and responses come back. Between two
//! of them it is idle, and others may have it.
//!
//! Spec: RFC 9112, section 9.

use std::rc::Rc;
use std::time::{Duration, Instant};

use super::context::{Flush, RoleContext};
use super::raw::Raw;
use crate::host::client::{HttpRequest, RequestBody, RequestTimeouts, Route};
use crate::host::effect::{Effect, Ending};
use crate::host::event::{ConnError, Event, News, Received};
use crate::host::input::Input;
use crate::id::ExchangeId;
use crate::limits::{
    IDLE_CONNECTION_HINT_MS_MAX, IDLE_CONNECTION_MARGIN_MS, IDLE_CONNECTION_MS,
    SHARED_BODY_BYTES_MIN,
};
use crate::net::tls::{Connector, Fault};
use crate::proto::http1::{
    ClientConfig, ClientEvent, LAST_CHUNK, PeerError, ResponseHead, ResponseParser, push_chunk,
};

/// The client's side of one HTTP connection.
pub(in crate::host) struct HttpClient {
    pub(in crate::host) route: Rc<Route>,
    /// What is to speak TLS with the server, until it does.
    tls: Option<Connector>,
    exchange: Option<Serving>,
    deadline: Option<Instant>,
    /// It has carried an exchange, so its server may be about to close it.
    has_served: bool,
    /// It is there: something was written.
    is_connected: bool,
    idle_for: Duration,
    /// The response by which the server has agreed to another protocol.
    upgraded: Option<Box<ResponseHead>>,
}

/// The exchange that is on it.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about the exchange")]
struct Serving {
    id: ExchangeId,
    parser: ResponseParser,
    upload: Upload,
    /// Something of the response has come.
    heard: bool,
    /// Its head has come.
    has_head: bool,
    paused: bool,
    is_last: bool,
    tells_interim: bool,
    /// The script goes on by itself where the server agrees to another protocol.
    upgrades: bool,
    timeouts: RequestTimeouts,
    /// Bytes of the body that have come.
    received: u64,
}

/// The body of the request, as far as it is to come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Upload {
    Done,
    /// More is to come; whether the script is to be told when there is room.
    Open {
        chunked: bool,
        asks: bool,
    },
}

impl Serving {
    fn new(id: ExchangeId, request: &HttpRequest) -> Self {
        let upload = match request.body {
            RequestBody::Without | RequestBody::Whole(_) => Upload::Done,
            RequestBody::Stream { chunked } => Upload::Open { chunked, asks: true },
        };
        Self {
            id,
            parser: ResponseParser::new(ClientConfig::default(), request.method),
            upload,
            heard: false,
            has_head: false,
            paused: false,
            is_last: request.is_last,
            tells_interim: request.tells_interim,
            upgrades: request.upgrades,
            timeouts: request.timeouts,
            received: 0,
        }
    }
}

impl HttpClient {
    /// For a connection to be, with its first request.
    pub(in crate::host) fn new(
        route: Rc<Route>,
        id: ExchangeId,
        request: &HttpRequest,
        now: Instant,
    ) -> Box<Self> {
        Box::new(Self {
            tls: route.tls.clone(),
            route,
            exchange: Some(Serving::new(id, request)),
            deadline: Some(now + request.timeouts.connect),
            has_served: false,
            is_connected: false,
            idle_for: Duration::from_millis(IDLE_CONNECTION_MS),
            upgraded: None,
        })
    }

    /// The same over a connection of which somebody else has said whether it speaks TLS.
    pub(in crate::host) fn with_tls(self: Box<Self>, tls: Option<Connector>) -> Box<Self> {
        Box::new(Self { tls, ..*self })
    }

    /// Appends a request, but for what comes of its body later.
    pub(in crate::host) fn write_request(request: &HttpRequest, out: &mut Vec<u8>) {
        out.extend_from_slice(&request.head);
        if let RequestBody::Whole(body) = &request.body {
            out.extend_from_slice(body);
        }
    }

    /// Sends the next request on a connection that is idle.
    pub(in crate::host) fn begin(
        &mut self,
        id: ExchangeId,
        request: &HttpRequest,
        cx: &mut RoleContext<'_>,
    ) {
        self.exchange = Some(Serving::new(id, request));
        self.deadline = Some(cx.now() + request.timeouts.head);
        match &request.body {
            RequestBody::Whole(body) if body.len() >= SHARED_BODY_BYTES_MIN => {
                cx.out().extend_from_slice(&request.head);
                cx.out.push_shared(body, &mut cx.shared.buffers);
            }
            _ => Self::write_request(request, cx.out()),
        }
    }

    /// What is to speak TLS with the server.
    pub(super) fn take_tls(&mut self) -> Option<Connector> {
        self.tls.take()
    }

    pub(in crate::host) fn is_idle(&self) -> bool {
        self.exchange.is_none()
    }

    pub(in crate::host) fn exchange(&self) -> Option<ExchangeId> {
        self.exchange.as_ref().map(|exchange| exchange.id)
    }

    pub(super) fn connect_deadline(&self) -> Option<Instant> {
        self.deadline
    }

    pub(super) fn connect_timeout(&self) -> Duration {
        self.exchange.as_ref().map_or(Duration::ZERO, |exchange| exchange.timeouts.connect)
    }

    pub(super) fn takes_input(&self) -> bool {
        self.exchange.as_ref().is_none_or(|exchange| !exchange.paused)
    }

    pub(super) fn next_deadline(&self) -> Option<Instant> {
        // The script is the one who is waited for.
        self.deadline.filter(|_| self.takes_input())
    }

    /// Stops reading the response, or goes on.
    pub(in crate::host) fn pause(&mut self, paused: bool, now: Instant) {
        let Some(exchange) = &mut self.exchange else { return };
        exchange.paused = paused;
        if !paused && self.is_connected {
            let wait =
                if exchange.has_head { exchange.timeouts.body } else { exchange.timeouts.head };
            self.deadline = Some(now + wait);
        }
    }

    /// Appends bytes of the request's body.
    pub(in crate::host) fn write(&self, bytes: &[u8], out: &mut Vec<u8>) {
        let Some(Serving { upload: Upload::Open { chunked, .. }, .. }) = &self.exchange else {
            return;
        };
        if *chunked {
            push_chunk(bytes, out);
        } else {
            out.extend_from_slice(bytes);
        }
    }

    /// The script wants to hear when there is room for more of the body.
    pub(in crate::host) fn asks_again(&mut self) {
        if let Some(Serving { upload: Upload::Open { asks, .. }, .. }) = &mut self.exchange {
            *asks = true;
        }
    }

    /// That was all of the body.
    pub(in crate::host) fn end_writing(&mut self, out: &mut Vec<u8>) {
        let Some(exchange) = &mut self.exchange else { return };
        if let Upload::Open { chunked: true, .. } = exchange.upload {
            out.extend_from_slice(LAST_CHUNK);
        }
        exchange.upload = Upload::Done;
    }

    pub(super) fn flushed(&mut self, flush: Flush, cx: &RoleContext<'_>) -> Effect {
        let Some(exchange) = &mut self.exchange else { return Effect::Stay };
        if flush.written > 0 {
            self.is_connected = true;
            if !exchange.heard {
                self.deadline = Some(cx.now() + exchange.timeouts.head);
            }
        }
        match &mut exchange.upload {
            Upload::Open { asks, .. } if flush.done && *asks && self.is_connected => {
                *asks = false;
                Effect::Emit(Event::Exchange { id: exchange.id, news: News::Wanted })
            }
            _ => Effect::Stay,
        }
    }

    /// Reads what has come of the response, after which the bytes may be the script's own.
    pub(super) fn receive(&mut self, input: &mut Input, cx: &RoleContext<'_>) -> Effect<Box<Raw>> {
        let effect = self.read(input, cx);
        let Some(head) = self.upgraded.take() else { return effect.map(|never| match never {}) };
        let event = self.exchange.take().map(|exchange| Event::Exchange {
            id: exchange.id,
            news: News::Upgraded { head, conn: cx.id },
        });
        Effect::Become(Raw::open(), event)
    }

    /// All of one read is told at once.
    fn read(&mut self, input: &mut Input, cx: &RoleContext<'_>) -> Effect {
        let (bytes, position) = input.parts();
        if *position == bytes.len() {
            return Effect::Stay;
        }
        let Some(exchange) = &mut self.exchange else {
            log::debug!("{} sent what nobody asked for", cx.id);
            return Effect::End(Ending::Reset, None);
        };
        exchange.heard = true;
        let mut received = Received::default();
        loop {
            match exchange.parser.receive(bytes, position) {
                Ok(None) => break,
                Ok(Some(ClientEvent::Informational(head))) => {
                    if exchange.tells_interim {
                        let news = News::Interim(Box::new(head));
                        return Effect::Emit(Event::Exchange { id: exchange.id, news });
                    }
                }
                Ok(Some(ClientEvent::Head(head)))
                    if exchange.upgrades && exchange.parser.ends_http(&head) =>
                {
                    self.upgraded = Some(Box::new(head));
                    return Effect::Stay;
                }
                Ok(Some(ClientEvent::Head(head))) if head.status == 101 => {
                    let message = "the server switches to a protocol that was not asked for";
                    return self.fail(ConnError::new("ERR_HTTP_PARSE", message), cx);
                }
                Ok(Some(ClientEvent::Head(head))) => {
                    exchange.has_head = true;
                    self.idle_for = idle_for(&head);
                    received.head = Some(Box::new(head));
                }
                Ok(Some(ClientEvent::Body(range))) => {
                    exchange.received += range.len() as u64;
                    if received.body.is_empty() {
                        received.body = range;
                    } else {
                        // What is between two chunks has been read.
                        let end = received.body.end;
                        received.body.end += range.len();
                        bytes.copy_within(range, end);
                    }
                }
                Ok(Some(ClientEvent::End)) => {
                    received.ended = true;
                    break;
                }
                Err(error) => return self.refuse(&error, cx),
            }
        }
        let has_more = *position < bytes.len();
        if received.ended {
            return self.finish(received, has_more, cx);
        }
        if exchange.has_head {
            self.deadline = Some(cx.now() + exchange.timeouts.body);
        }
        if received.is_empty() {
            return Effect::Stay;
        }
        Effect::Emit(Event::Exchange { id: exchange.id, news: News::Received(received) })
    }

    /// The response is complete.
    fn finish(&mut self, received: Received, has_more: bool, cx: &RoleContext<'_>) -> Effect {
        let Some(exchange) = self.exchange.take() else { return Effect::Stay };
        self.deadline = Some(cx.now() + self.idle_for);
        self.has_served = true;
        let event = Event::Exchange { id: exchange.id, news: News::Received(received) };
        // What came behind a response would be taken for the next one.
        let reusable = exchange.parser.keep_alive()
            && exchange.upload == Upload::Done
            && !exchange.is_last
            && !has_more
            && !cx.schedule.read_closed;
        if reusable { Effect::Rest(event) } else { Effect::End(Ending::Remove, Some(event)) }
    }

    /// The server does not speak HTTP, or more of it than it may.
    fn refuse(&mut self, error: &PeerError, cx: &RoleContext<'_>) -> Effect {
        let message = format!("the server's response is not HTTP: {error}");
        self.fail(ConnError::new("ERR_HTTP_PARSE", message), cx)
    }

    /// The exchange fails, and the connection with it.
    pub(super) fn fail(&mut self, error: ConnError, cx: &RoleContext<'_>) -> Effect {
        let Some(exchange) = self.exchange.take() else {
            return Effect::End(Ending::Remove, None);
        };
        log::debug!("{} failed: {}", cx.id, error.message);
        let was_stale = self.has_served && !exchange.heard;
        let news = News::Failed { error: Box::new(error), was_stale };
        Effect::End(Ending::Remove, Some(Event::Exchange { id: exchange.id, news }))
    }

    /// The server has ended the connection, or it broke.
    pub(super) fn ended(&mut self, broke: bool, cx: &RoleContext<'_>) -> Effect {
        let Some(exchange) = &mut self.exchange else {
            return Effect::End(Ending::Remove, None);
        };
        if !broke && let Ok(Some(ClientEvent::End)) = exchange.parser.handle_eof() {
            let received = Received { ended: true, ..Received::default() };
            return self.finish(received, true, cx);
        }
        let what = if broke { "broke" } else { "was ended by the server" };
        let message = match (exchange.has_head, exchange.parser.remaining()) {
            (false, _) if exchange.heard => {
                format!("the connection {what} in the middle of the head of the response")
            }
            (false, _) => format!("the connection {what} before a response came"),
            (true, Some(left)) => format!(
                "the connection {what} in the middle of the body: {} of {} bytes had come",
                exchange.received,
                exchange.received + left
            ),
            (true, None) => format!(
                "the connection {what} in the middle of the body, after {} bytes",
                exchange.received
            ),
        };
        self.fail(ConnError::new("ECONNRESET", message), cx)
    }

    /// The TLS under it has failed.
    pub(super) fn failed(&mut self, fault: &Fault, cx: &RoleContext<'_>) -> Effect {
        let is_complete = |exchange: &Serving| exchange.parser.is_done();
        if fault.is_truncation() && self.exchange.as_ref().is_none_or(is_complete) {
            return Effect::End(Ending::Remove, None);
        }
        if fault.is_truncation() && self.has_served {
            // A server that closes an idle connection rarely says so in TLS.
            return self.ended(true, cx);
        }
        self.fail(ConnError::new(fault.code, &*fault.message), cx)
    }

    pub(super) fn expired(&mut self, cx: &RoleContext<'_>) -> Effect {
        let Some(exchange) = &mut self.exchange else {
            return Effect::End(Ending::Remove, None);
        };
        let ms = |time: Duration| time.as_millis();
        let timeouts = exchange.timeouts;
        // What is late is not sent again.
        let was_connected = self.is_connected;
        let (code, message) = if !was_connected {
            ("ETIMEDOUT", not_connected(timeouts.connect))
        } else if exchange.has_head {
            let within = ms(timeouts.body);
            let message =
                format!("nothing more of the body came within {within} ms (option timeouts.body)");
            ("ERR_BODY_TIMEOUT", message)
        } else {
            let within = ms(timeouts.head);
            let message = format!("no response came within {within} ms (option timeouts.headers)");
            ("ERR_HEADERS_TIMEOUT", message)
        };
        exchange.heard = true;
        self.fail(ConnError::new(code, message), cx)
    }
}

/// What is said when a connection takes too long.
pub(super) fn not_connected(within: Duration) -> String {
    let within = within.as_millis();
    format!("could not connect within {within} ms (option timeouts.connect)")
}

/// How long a server keeps an idle connection, less a margin.
fn idle_for(head: &ResponseHead) -> Duration {
    let hint = head.headers.get_str("keep-alive").and_then(|value| {
        let parameters = value.split(',').map(str::trim);
        let timeout = parameters.filter_map(|parameter| parameter.split_once('='));
        timeout
            .filter(|(name, _)| name.trim().eq_ignore_ascii_case("timeout"))
            .find_map(|(_, seconds)| seconds.trim().parse::<u64>().ok())
    });
    let ms = match hint {
        Some(seconds) => seconds
            .saturating_mul(1000)
            .min(IDLE_CONNECTION_HINT_MS_MAX)
            .saturating_sub(IDLE_CONNECTION_MARGIN_MS),
        None => IDLE_CONNECTION_MS,
    };
    Duration::from_millis(ms)
}
