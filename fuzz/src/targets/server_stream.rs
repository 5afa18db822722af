//! Whole byte streams through one accepted connection, from its first request to the end of a
//! WebSocket, with a simulated clock: a host in small that does what the real one does. What comes
//! out is read by parsers of another make, and silence always ends a connection.

use std::time::{Duration, Instant};

use super::frames;
use super::http::read_reply;
use super::http_request::start;
use super::plan::Plan;
use super::proto::http1::{
    Event as HttpEvent, Request, Response, ServerConfig, ServerConnection, State as HttpState,
    Version, encode_switching_protocols,
};
use super::proto::ws::deflate::{self, DeflateConfig};
use super::proto::ws::handshake::{check_request, response_headers};
use super::proto::ws::testing::send;
use super::proto::ws::{
    Action, Config, Connection, Event, Keepalive, KeepaliveConfig, Role, State,
};

/// Silence after which any connection is over, and then some.
const END: Duration = Duration::from_secs(600);

/// The target.
pub fn run(input: &[u8]) {
    let Some((mut plan, stream)) = Plan::of(input) else { return };
    let mut host = Host::new(&plan);
    for piece in plan.pieces(stream) {
        if host.over() {
            break;
        }
        host.receive(piece);
        if plan.below(3) == 0 {
            host.drain();
        }
        let pause = [0, 1, 40, 3000, 20_000][plan.below(if host.slow { 5 } else { 3 })];
        host.wait(Duration::from_millis(pause));
    }
    if host.eof {
        host.end();
    }
    host.drain();
    host.wait(END);
    assert!(host.over(), "silence ends a connection");
    host.check();
}

enum Protocol {
    Http(Box<ServerConnection>),
    WebSocket(Box<Socket>),
    Over,
}

struct Socket {
    core: Connection,
    keepalive: Keepalive,
}

struct Host {
    now: Instant,
    protocol: Protocol,
    unread: Vec<u8>,
    /// Waits for the peer to read; and what it has read.
    out: Vec<u8>,
    drained: Vec<u8>,
    /// What the answers are to: whether a HEAD request; of a fault that is not known here.
    answers: Vec<Option<bool>>,
    upgraded: bool,
    /// Messages and pings received while a WebSocket was open, and pings sent.
    echoes: usize,
    pings: usize,
    closes_itself: bool,
    slow: bool,
    eof: bool,
    compresses: bool,
}

impl Host {
    fn new(plan: &Plan) -> Self {
        let config =
            ServerConfig { head_bytes_max: 1024, body_bytes_max: 512, ..ServerConfig::default() };
        Self {
            now: start(),
            protocol: Protocol::Http(Box::new(ServerConnection::new(config, start()))),
            unread: Vec::new(),
            out: Vec::new(),
            drained: Vec::new(),
            answers: Vec::new(),
            upgraded: false,
            echoes: 0,
            pings: 0,
            closes_itself: plan.flag(0),
            slow: plan.flag(1),
            eof: plan.flag(2),
            compresses: plan.flag(3),
        }
    }

    fn over(&self) -> bool {
        matches!(self.protocol, Protocol::Over)
    }

    /// The peer reads all that waits.
    fn drain(&mut self) {
        self.drained.append(&mut self.out);
        if let Protocol::WebSocket(socket) = &mut self.protocol {
            socket.core.flush_pong(&mut self.out);
        }
    }

    fn receive(&mut self, piece: &[u8]) {
        self.unread.extend_from_slice(piece);
        if let Protocol::WebSocket(socket) = &mut self.protocol {
            socket.keepalive.handle_received(self.now);
        }
        while self.advance() {}
    }

    /// One event; whether there may be more.
    fn advance(&mut self) -> bool {
        let mut pos = 0;
        match &mut self.protocol {
            Protocol::Over => {
                self.unread.clear();
                false
            }
            Protocol::Http(connection) => {
                let event =
                    connection.receive(&self.unread, &mut pos, self.now, || "", &mut self.out);
                self.unread.drain(..pos);
                self.handle_http(event)
            }
            Protocol::WebSocket(socket) => {
                let event = socket.core.receive(&mut self.unread, &mut pos, &mut self.out);
                let again = event.is_some();
                if let Some(event) = event {
                    self.handle_frame(&event);
                }
                self.unread.drain(..pos);
                again
            }
        }
    }

    fn handle_http(&mut self, event: Option<HttpEvent>) -> bool {
        let Protocol::Http(connection) = &mut self.protocol else { return false };
        match event {
            None => return false,
            Some(HttpEvent::Request(request)) => {
                let response = Response { status: 200, body: &request.body, ..Response::default() };
                let done = connection.respond(&response, "", self.now, &mut self.out);
                assert!(done.is_ok(), "{done:?}");
                self.answers.push(Some(request.method == "HEAD"));
            }
            Some(HttpEvent::Upgrade(request)) => return self.upgrade(&request),
            Some(HttpEvent::Failed(_)) => self.answers.push(None),
            Some(HttpEvent::Close) => {}
            Some(HttpEvent::Head(_) | HttpEvent::Body(_) | HttpEvent::BodyEnd) => {
                panic!("nobody asked for parts")
            }
        }
        self.look_at_http();
        !self.over()
    }

    fn look_at_http(&mut self) {
        let Protocol::Http(connection) = &self.protocol else { return };
        match connection.state() {
            HttpState::Closing => self.protocol = Protocol::Over,
            HttpState::Responding | HttpState::Streaming => panic!("a request without its answer"),
            HttpState::Idle | HttpState::Head | HttpState::Body => {
                assert!(connection.next_deadline().is_some(), "a wait without end");
            }
        }
    }

    fn upgrade(&mut self, request: &Request) -> bool {
        let Protocol::Http(connection) = &mut self.protocol else { return false };
        let minor = u8::from(request.version == Version::Http11);
        let info = match check_request(&request.method, minor, &request.headers) {
            Ok(info) => info,
            Err(error) => {
                let headers: Vec<_> =
                    error.header().iter().map(|(name, value)| (*name, value.as_bytes())).collect();
                let (status, body) = (error.status(), error.to_string());
                let response =
                    Response { status, headers: &headers, body: body.as_bytes(), reason: None };
                let done = connection.respond(&response, "", self.now, &mut self.out);
                assert!(done.is_ok(), "{done:?}");
                self.answers.push(Some(request.method == "HEAD"));
                assert_eq!(connection.state(), HttpState::Closing, "frames may follow");
                self.protocol = Protocol::Over;
                return false;
            }
        };
        let wishes = DeflateConfig {
            threshold: 16,
            server_no_context_takeover: false,
            client_no_context_takeover: false,
            ..DeflateConfig::default()
        };
        let agreed =
            self.compresses.then(|| deflate::negotiate(&wishes, &info.extensions)).flatten();
        let (params, answer) = agreed.unzip();
        let protocol = info.protocols.first().map(String::as_str);
        let fields = response_headers(&info.key, protocol, answer.as_slice());
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_bytes())).collect();
        assert!(encode_switching_protocols(&fields, &mut self.out).is_ok(), "a 101");
        let mut config = Config::new(Role::Server);
        (config.max_payload, config.max_fragments, config.deflate) = (4096, 8, params);
        let keepalive = KeepaliveConfig {
            ping_interval: Some(Duration::from_secs(25)),
            pong_timeout: Some(Duration::from_secs(20)),
            idle_timeout: Some(Duration::from_secs(60)),
            ..KeepaliveConfig::default()
        };
        self.upgraded = true;
        self.protocol = Protocol::WebSocket(Box::new(Socket {
            core: Connection::new(config),
            keepalive: Keepalive::new(keepalive, self.now),
        }));
        true
    }

    fn handle_frame(&mut self, event: &Event) {
        let Protocol::WebSocket(socket) = &mut self.protocol else { return };
        match event {
            Event::Message { kind, payload } => {
                socket.keepalive.handle_message(self.now);
                let data = payload.bytes(&self.unread);
                assert!(data.len() <= 4096, "a message beyond the limit");
                let open = socket.core.state() == State::Open;
                let sent = send(&mut socket.core, *kind, data, &mut self.out);
                assert_eq!(sent.is_ok(), open, "who may send");
                self.echoes += usize::from(open);
                if self.closes_itself && data == b"bye" && open {
                    assert!(socket.core.close(Some(4000), "as you wish", &mut self.out).is_ok());
                    socket.keepalive.close_started(self.now);
                }
            }
            Event::Ping(_) => self.pings += usize::from(!socket.core.close_sent()),
            Event::Pong(_) => {}
            Event::Close { .. } | Event::Failed(_) => {
                assert!(socket.core.close_sent(), "a Close frame is written");
                self.protocol = Protocol::Over;
            }
        }
    }

    /// Time passes, and deadlines with it.
    fn wait(&mut self, time: Duration) {
        let until = self.now + time;
        // Far more than there are deadlines in the time: one that does not move would hang a host.
        for _ in 0..100 {
            let deadline = match &self.protocol {
                Protocol::Http(connection) => connection.next_deadline(),
                Protocol::WebSocket(socket) => socket.keepalive.next_deadline(),
                Protocol::Over => None,
            };
            let Some(deadline) = deadline.filter(|&deadline| deadline <= until) else {
                self.now = until;
                return;
            };
            self.now = self.now.max(deadline);
            self.expire();
        }
        panic!("a deadline that never ends");
    }

    fn expire(&mut self) {
        match &mut self.protocol {
            Protocol::Http(connection) => {
                let event = connection.handle_deadline(self.now, "", &mut self.out);
                assert!(event.is_some(), "a deadline that does nothing");
                self.handle_http(event);
            }
            Protocol::WebSocket(socket) => match socket.keepalive.handle_deadline(self.now) {
                Action::None => {}
                Action::SendPing => {
                    let _ = socket.core.ping(&[], &mut self.out);
                }
                Action::IdleTimedOut => {
                    assert!(socket.core.close(Some(1001), "idle", &mut self.out).is_ok());
                    socket.keepalive.close_started(self.now);
                }
                Action::PongTimedOut | Action::CloseTimedOut => self.protocol = Protocol::Over,
            },
            Protocol::Over => {}
        }
    }

    /// The peer ends its side.
    fn end(&mut self) {
        match &mut self.protocol {
            Protocol::Http(connection) => {
                assert!(connection.handle_eof().is_some(), "nothing is owed");
                assert_eq!(connection.state(), HttpState::Closing);
            }
            Protocol::WebSocket(socket) => {
                socket.core.handle_eof();
                assert_eq!(socket.core.state(), State::Closed);
                let before = self.out.len();
                assert!(
                    send(&mut socket.core, super::proto::ws::MessageKind::Text, b"", &mut self.out)
                        .is_err()
                );
                socket.core.flush_pong(&mut self.out);
                assert_eq!(self.out.len(), before, "nothing is written after the end");
            }
            Protocol::Over => {}
        }
        self.protocol = Protocol::Over;
    }

    /// All that was written is well formed, and as much as was owed.
    fn check(&mut self) {
        self.drained.append(&mut self.out);
        let mut rest = &self.drained[..];
        let mut closed = false;
        for &to_head in &self.answers {
            assert!(!closed, "an answer after the last");
            while rest.starts_with(b"HTTP/1.1 100 ") {
                rest = read_reply(rest, true).1;
            }
            // The answer to a fault is the last, and its text ends in one line feed.
            let to_head = to_head.unwrap_or_else(|| rest.ends_with(b"\r\n\r\n"));
            let (reply, after) = read_reply(rest, to_head);
            closed = reply.closes();
            rest = after;
        }
        while rest.starts_with(b"HTTP/1.1 100 ") {
            rest = read_reply(rest, true).1;
        }
        if !self.upgraded {
            assert!(rest.is_empty(), "more answers than requests");
            return;
        }
        assert!(!closed, "an upgrade after the last answer");
        let (reply, rest) = read_reply(rest, true);
        assert_eq!(reply.status, 101);
        assert_eq!(reply.values("sec-websocket-accept").count(), 1, "one proof");
        let sent = frames::read_all(rest, Role::Server);
        let messages = sent.iter().filter(|frame| frame.opcode < 8).count();
        assert_eq!(messages, self.echoes, "each message comes back");
        let pongs = sent.iter().filter(|frame| frame.opcode == frames::PONG).count();
        assert!(pongs <= self.pings, "more pongs than pings");
        assert!(self.compresses || sent.iter().all(|frame| !frame.rsv1), "not agreed on");
        assert!(sent.iter().all(|frame| frame.length <= 8192), "a frame beyond reason");
    }
}
