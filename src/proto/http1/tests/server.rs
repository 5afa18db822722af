//! What a server connection accepts, in which order it answers, and when it gives up.

use std::time::{Duration, Instant};

use crate::proto::http1::testing::{DATE, at_every_split, describe, epoch};
use crate::proto::http1::{
    Event, PeerError, Response, ServerConfig, ServerConnection, State, UsageError,
};

/// A connection with a clock of its own.
struct Pair {
    connection: ServerConnection,
    now: Instant,
    out: Vec<u8>,
}

impl Pair {
    fn new() -> Self {
        let now = epoch();
        let connection = ServerConnection::new(ServerConfig::default(), now);
        Self { connection, now, out: Vec::new() }
    }

    /// Gives bytes; what happened, and how many were left.
    fn feed(&mut self, input: &[u8]) -> (Option<Event>, usize) {
        let mut pos = 0;
        let event = self.connection.receive(input, &mut pos, self.now, || DATE, &mut self.out);
        (event, input.len() - pos)
    }

    fn respond(&mut self, body: &[u8]) -> Result<(), UsageError> {
        let response = Response { status: 200, body, ..Response::default() };
        self.connection.respond(&response, DATE, self.now, &mut self.out)
    }

    /// Lets time pass up to the deadline; how much did, and what happened.
    fn expire(&mut self) -> (Duration, Option<Event>) {
        let deadline = self.connection.next_deadline().unwrap();
        let early = deadline.checked_sub(Duration::from_millis(1)).unwrap();
        assert!(self.connection.handle_deadline(early, DATE, &mut self.out).is_none());
        let passed = deadline - self.now;
        self.now = deadline;
        (passed, self.connection.handle_deadline(self.now, DATE, &mut self.out))
    }

    fn out(&mut self) -> String {
        String::from_utf8(std::mem::take(&mut self.out)).unwrap()
    }
}

#[test]
fn pipelined_requests_are_answered_in_order() {
    let outcome = at_every_split(
        b"GET /1?a=b HTTP/1.1\r\nHost: a\r\n\r\n\
          POST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello\
          POST /3 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\
          3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\nX-Trailer: 1\r\n\r\n\
          \r\nHEAD /4 HTTP/1.1\r\nHost: a\r\n\r\n\
          \r\n\r\nDELETE /5 HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
    );
    assert_eq!(
        outcome.events,
        [
            "GET /1?a=b \"\"",
            "POST /2 \"hello\"",
            "POST /3 \"abcdefg\"",
            "HEAD /4 \"\"",
            "DELETE /5 \"\""
        ]
    );
    assert_eq!(outcome.statuses(), [200; 5]);
    let bodies: Vec<_> = outcome.out.split("HTTP/1.1 200 OK\r\n").collect();
    assert!(bodies[2].ends_with("Content-Length: 5\r\n\r\nhello"));
    assert!(bodies[3].ends_with("Content-Length: 7\r\n\r\nabcdefg"));
    assert!(outcome.complete);
}

#[test]
fn unusual_but_valid_requests_are_accepted() {
    for (stream, event) in [
        ("GET / HTTP/1.0\r\n\r\n", "GET / \"\""),
        ("GET / HTTP/1.1\r\nhOST: a:8080\r\n\r\n", "GET / \"\""),
        ("GET / HTTP/1.1\r\nHost:a\r\nEmpty:\r\n\r\n", "GET / \"\""),
        ("GET / HTTP/1.1\r\nHost: \t a \t \r\n\r\n", "GET / \"\""),
        ("GET / HTTP/1.1\r\nHost: a\r\nunder_score: 1\r\n\r\n", "GET / \"\""),
        ("GET / HTTP/1.1\r\nHost: a\r\nX: a\tb caf\u{e9}\r\n\r\n", "GET / \"\""),
        ("GET / HTTP/1.1\r\nHost: a\r\nTE: trailers\r\n\r\n", "GET / \"\""),
        ("M-SEARCH /a|b HTTP/1.1\r\nHost: a\r\n\r\n", "M-SEARCH /a|b \"\""),
        ("get / HTTP/1.1\r\nHost: a\r\n\r\n", "get / \"\""),
        ("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", "OPTIONS * \"\""),
        ("GET http://A/x HTTP/1.1\r\nHost: a\r\n\r\n", "GET /x \"\""),
        ("GET http://b HTTP/1.1\r\nHost: a\r\n\r\n", "GET / \"\""),
        ("GET https://b:1?q HTTP/1.1\r\nHost: a\r\n\r\n", "GET /?q \"\""),
        ("GET http://b/x HTTP/1.0\r\n\r\n", "GET /x \"\""),
        ("OPTIONS http://b HTTP/1.1\r\nHost: a\r\n\r\n", "OPTIONS * \"\""),
        ("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 02 \r\n\r\nhi", "PUT / \"hi\""),
        ("PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n0\r\n\r\n", "PUT / \"\""),
        ("GET / HTTP/1.0\r\nUpgrade: websocket\r\n\r\n", "GET / \"\""),
        ("GET / HTTP/1.0\r\nExpect: tea\r\n\r\n", "GET / \"\""),
        ("GET / HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\n\r\n", "GET / \"\""),
        ("GET / HTTP/1.1\r\nHost: a\r\nUpgrade: NotWebSocket\r\n\r\n", "GET / \"\""),
    ] {
        let outcome = at_every_split(stream.as_bytes());
        assert_eq!(outcome.events, [event], "{stream:?}");
        assert_eq!(outcome.statuses(), [200], "{stream:?}");
        assert!(outcome.complete, "{stream:?}");
    }
}

#[test]
fn a_connection_persists_as_asked() {
    for (fields, persists, said) in [
        ("GET / HTTP/1.1\r\nHost: a\r\n", true, None),
        ("GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\n", true, None),
        ("GET / HTTP/1.1\r\nHost: a\r\nConnection: x, Close\r\n", false, Some("close")),
        (
            "GET / HTTP/1.1\r\nHost: a\r\nConnection: x\r\nConnection: close\r\n",
            false,
            Some("close"),
        ),
        ("GET / HTTP/1.0\r\n", false, Some("close")),
        ("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n", true, Some("keep-alive")),
        ("GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n", false, Some("close")),
    ] {
        let stream = format!("{fields}\r\n{fields}\r\n");
        let outcome = at_every_split(stream.as_bytes());
        assert_eq!(outcome.events.len(), if persists { 2 } else { 1 }, "{fields:?}");
        let line = outcome.out.split("\r\n").find_map(|line| line.strip_prefix("Connection: "));
        assert_eq!(line, said, "{fields:?}");
    }
}

#[test]
fn a_handshake_is_handed_over_with_the_bytes_after_it() {
    for fields in [
        "Connection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\nSec-WebSocket-Key: x\r\n",
        "Upgrade: h2c, websocket\r\n",
        "Sec-WebSocket-Key: x\r\n",
        "Upgrade: websocket\r\nContent-Length: 0\r\n",
    ] {
        let stream = format!("GET /chat HTTP/1.1\r\nHost: a\r\n{fields}\r\n\u{1}\u{2}\r\nframes");
        let outcome = at_every_split(stream.as_bytes());
        assert_eq!(outcome.events, ["upgrade /chat"]);
        assert_eq!(outcome.after, b"\x01\x02\r\nframes");
        assert!(outcome.out.is_empty());
    }
}

#[test]
fn the_host_of_an_absolute_target_replaces_the_host_field() {
    for (stream, host) in [
        ("GET http://b:81/ HTTP/1.1\r\nHost: a\r\n\r\n", "b:81"),
        ("GET http://b/ HTTP/1.0\r\n\r\n", "b"),
        ("POST http://b/ HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi", "b"),
        ("GET http://b/ HTTP/1.1\r\nUpgrade: websocket\r\nHost: a\r\n\r\n", "b"),
    ] {
        let (Some(Event::Request(request) | Event::Upgrade(request)), _) =
            Pair::new().feed(stream.as_bytes())
        else {
            panic!("no request came of {stream:?}");
        };
        let hosts: Vec<_> = request.headers.values("host").collect();
        assert_eq!(hosts, [host.as_bytes()], "{stream:?}");
    }
}

#[test]
fn a_refused_handshake_ends_the_connection() {
    let mut pair = Pair::new();
    let stream = b"GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n\r\nGET / HTTP/1.1\r\n";
    let (event, left) = pair.feed(stream);
    assert!(matches!(event, Some(Event::Upgrade(_))));
    assert_eq!(left, 16);
    let headers = [("Upgrade", b"websocket".as_slice())];
    let response = Response { status: 426, headers: &headers, ..Response::default() };
    pair.connection.respond(&response, DATE, pair.now, &mut pair.out).unwrap();
    assert_eq!(pair.connection.state(), State::Closing);
    assert!(pair.out().contains("\r\nConnection: close, upgrade\r\n"));
}

#[test]
fn nothing_is_read_while_a_response_is_owed() {
    let mut pair = Pair::new();
    let stream = b"GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n";
    let (event, left) = pair.feed(stream);
    assert_eq!(describe(&event.unwrap()), "GET /1 \"\"");
    assert_eq!((left, pair.connection.state()), (stream.len() / 2, State::Responding));
    assert!(!pair.connection.wants_input());
    assert_eq!(pair.connection.next_deadline(), None);
    let (event, left) = pair.feed(&stream[stream.len() / 2..]);
    assert!(event.is_none() && left == stream.len() / 2);
    assert!(pair.connection.handle_eof().is_none(), "the reply is still owed");
    pair.respond(b"").unwrap();
    assert_eq!(pair.respond(b""), Err(UsageError::NotResponding));
    let (event, left) = pair.feed(&stream[stream.len() / 2..]);
    assert_eq!(describe(&event.unwrap()), "GET /2 \"\"");
    assert_eq!(left, 0);
}

#[test]
fn continue_is_sent_after_the_head_and_before_the_response() {
    let head = b"POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n\r\n";
    let mut pair = Pair::new();
    assert!(pair.feed(&head[..head.len() - 1]).0.is_none());
    assert_eq!(pair.out(), "");
    assert!(pair.feed(b"\n").0.is_none());
    assert_eq!(pair.out(), "HTTP/1.1 100 Continue\r\n\r\n");
    assert!(pair.feed(b"h").0.is_none());
    assert!(matches!(pair.feed(b"i").0, Some(Event::Request(_))));
    assert_eq!(pair.out(), "");
}

#[test]
fn continue_is_left_out_when_it_is_of_no_use() {
    for stream in [
        // The body has begun.
        "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nh",
        // There is none.
        "GET / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n",
        // HTTP/1.0 has no interim responses.
        "POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n",
    ] {
        let mut pair = Pair::new();
        let (event, _) = pair.feed(stream.as_bytes());
        assert!(!matches!(event, Some(Event::Failed(_))));
        assert_eq!(pair.out(), "", "{stream:?}");
    }
    let mut pair = Pair::new();
    pair.feed(
        b"PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 9999999\r\n\r\n",
    );
    assert!(pair.out().starts_with("HTTP/1.1 413 Content Too Large\r\n"), "the final one instead");
}

#[test]
fn a_silent_connection_is_closed_without_a_word() {
    let mut pair = Pair::new();
    let (passed, event) = pair.expire();
    assert_eq!(passed, Duration::from_secs(10));
    assert!(matches!(event, Some(Event::Close)));
    assert_eq!((pair.out().as_str(), pair.connection.state()), ("", State::Closing));
}

#[test]
fn an_idle_connection_is_closed_without_a_word() {
    let mut pair = Pair::new();
    pair.now += Duration::from_secs(3);
    pair.feed(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    pair.now += Duration::from_secs(100);
    pair.respond(b"").unwrap();
    pair.out();
    assert_eq!(pair.connection.state(), State::Idle);
    pair.feed(b"\r\n");
    let (passed, event) = pair.expire();
    assert_eq!(passed, Duration::from_secs(5));
    assert!(matches!(event, Some(Event::Close)));
    assert_eq!(pair.out(), "");
}

#[test]
fn a_head_that_trickles_in_times_out() {
    let mut pair = Pair::new();
    pair.now += Duration::from_secs(9);
    pair.feed(b"G");
    assert_eq!(pair.connection.state(), State::Head);
    let first = pair.now;
    pair.now += Duration::from_secs(9);
    pair.feed(b"E");
    assert_eq!(pair.connection.next_deadline(), Some(first + Duration::from_secs(10)));
    let (_, event) = pair.expire();
    assert!(matches!(event, Some(Event::Failed(PeerError::HeadTimeout { after_ms: 10_000 }))));
    let out = pair.out();
    assert!(out.starts_with("HTTP/1.1 408 Request Timeout\r\nDate: Sun, 06 Nov"), "{out}");
    assert!(out.ends_with("\r\n\r\nthe head did not arrive within 10000 ms\n"), "{out}");
}

#[test]
fn a_body_earns_time_as_it_comes() {
    let mut pair = Pair::new();
    let started = pair.now;
    pair.feed(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\n");
    assert_eq!(pair.connection.state(), State::Body);
    pair.now += Duration::from_secs(29);
    pair.feed(&[b'x'; 4096]);
    assert_eq!(pair.connection.next_deadline(), Some(started + Duration::from_secs(34)));
    let (_, event) = pair.expire();
    let slow = PeerError::BodyTimeout { received: 4096, after_ms: 34_000 };
    assert!(matches!(event, Some(Event::Failed(error)) if error == slow));
    assert!(pair.out().starts_with("HTTP/1.1 408 "));
    assert_eq!(pair.connection.next_deadline(), None);
}

#[test]
fn the_end_of_input_is_quiet_between_requests_only() {
    let mut pair = Pair::new();
    assert!(matches!(pair.connection.handle_eof(), Some(Event::Close)));
    for begun in ["GET", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nh"] {
        let mut pair = Pair::new();
        pair.feed(begun.as_bytes());
        let event = pair.connection.handle_eof();
        assert!(matches!(event, Some(Event::Failed(PeerError::UnexpectedEnd))));
        assert_eq!(pair.connection.state(), State::Closing);
    }
}

#[test]
fn shutdown_answers_what_has_begun() {
    let mut pair = Pair::new();
    pair.connection.shutdown();
    assert_eq!(pair.connection.state(), State::Closing);

    for (before, after) in
        [("GET / HT", "TP/1.1\r\nHost: a\r\n\r\n"), ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", "")]
    {
        let mut pair = Pair::new();
        pair.feed(before.as_bytes());
        pair.connection.shutdown();
        pair.feed(after.as_bytes());
        pair.respond(b"last").unwrap();
        assert_eq!(pair.connection.state(), State::Closing);
        assert!(pair.out().contains("\r\nConnection: close\r\n"));
        let (event, left) = pair.feed(b"GET / HTTP/1.1\r\n");
        assert!(event.is_none() && left == 16, "a closing connection reads nothing");
    }
}

#[test]
fn the_date_is_asked_for_by_refusals_alone() {
    for (stream, asks) in [
        ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", 0),
        ("GET / HTTP/1.1\r\nHost", 0),
        ("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n", 0),
        ("GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n\r\n", 0),
        ("GET / HTTP/1.1\r\n\r\n", 1),
    ] {
        let mut pair = Pair::new();
        let mut asked = 0;
        let date = || {
            asked += 1;
            DATE
        };
        pair.connection.receive(stream.as_bytes(), &mut 0, pair.now, date, &mut pair.out);
        assert_eq!(asked, asks, "{stream:?}");
    }
}

#[test]
fn a_failure_is_told_and_the_connection_goes_on() {
    let mut pair = Pair::new();
    pair.feed(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    pair.connection.fail(500, "the handler threw", DATE, pair.now, &mut pair.out);
    assert_eq!(pair.connection.state(), State::Idle);
    let out = pair.out();
    assert!(out.starts_with("HTTP/1.1 500 Internal Server Error\r\n"));
    assert!(out.ends_with("Content-Length: 18\r\n\r\nthe handler threw\n"));

    pair.connection.fail(503, "too many connections", DATE, pair.now, &mut pair.out);
    assert_eq!(pair.connection.state(), State::Closing);
    assert!(pair.out().contains("\r\nConnection: close\r\n"));
    pair.connection.fail(503, "again", DATE, pair.now, &mut pair.out);
    assert_eq!(pair.out(), "");
}

#[test]
fn a_response_that_cannot_be_sent_leaves_the_request_waiting() {
    let mut pair = Pair::new();
    pair.feed(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    let headers = [("X-Bad", b"a\r\nSet-Cookie: b".as_slice())];
    let response = Response { status: 200, headers: &headers, ..Response::default() };
    let refused = pair.connection.respond(&response, DATE, pair.now, &mut pair.out);
    assert_eq!(refused, Err(UsageError::HeaderValue("X-Bad".into())));
    assert_eq!((pair.out().as_str(), pair.connection.state()), ("", State::Responding));
    pair.respond(b"ok").unwrap();
}

#[test]
fn a_head_at_the_limits_is_accepted() {
    let fields = "a: b\r\n".repeat(99);
    let stream = format!("GET / HTTP/1.1\r\nHost: a\r\n{fields}\r\n");
    assert_eq!(at_every_split(stream.as_bytes()).statuses(), [200]);

    let fixed = "GET / HTTP/1.1\r\nHost: a\r\nb: \r\n\r\n".len();
    let value = "x".repeat(16 * 1024 - fixed);
    let stream = format!("GET / HTTP/1.1\r\nHost: a\r\nb: {value}\r\n\r\n");
    assert_eq!(at_every_split(stream.as_bytes()).statuses(), [200]);
    let stream = format!("GET / HTTP/1.1\r\nHost: a\r\nb: {value}x\r\n\r\n");
    assert_eq!(at_every_split(stream.as_bytes()).statuses(), [431]);
}

#[test]
fn a_body_is_not_reserved_on_the_strength_of_a_promise() {
    let mut pair = Pair::new();
    pair.feed(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n");
    for _ in 0..10 {
        pair.feed(&vec![b'x'; 100_000]);
    }
    assert_eq!(pair.connection.state(), State::Responding);
    let mut pair = Pair::new();
    let stream = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello";
    let (Some(Event::Request(request)), 0) = pair.feed(stream) else { panic!("no request") };
    assert_eq!((request.body.as_slice(), request.body.capacity()), (b"hello".as_slice(), 5));
}

#[test]
fn a_failure_between_requests_knows_nothing_of_the_last_one() {
    let mut pair = Pair::new();
    pair.feed(b"HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
    pair.respond(b"unseen").unwrap();
    assert!(pair.out().ends_with("Content-Length: 6\r\n\r\n"));
    pair.connection.fail(503, "shutting down", DATE, pair.now, &mut pair.out);
    assert!(pair.out().ends_with("\r\n\r\nshutting down\n"));
}

#[test]
fn a_refused_head_request_gets_no_body() {
    let mut pair = Pair::new();
    pair.feed(b"HEAD / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n");
    let out = pair.out();
    assert!(out.starts_with("HTTP/1.1 400 ") && out.ends_with("\r\n\r\n"));
}

#[test]
fn the_end_of_a_body_is_told_though_no_more_is_wanted() {
    let mut pair = Pair::new();
    let config = ServerConfig { asks_at_head: true, ..ServerConfig::default() };
    pair.connection = ServerConnection::new(config, pair.now);
    let (head, left) = pair.feed(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
    assert!(matches!(head, Some(Event::Head(_))));
    assert_eq!(left, 5);
    assert!(!pair.connection.wants_input());
    pair.connection.want_body(true, pair.now, &mut pair.out);
    assert!(matches!(pair.feed(b"hello"), (Some(Event::Body(range)), 0) if range == (0..5)));
    pair.connection.want_body(false, pair.now, &mut pair.out);
    assert!(pair.connection.wants_input());
    assert!(matches!(pair.feed(b""), (Some(Event::BodyEnd), 0)));
    assert!(!pair.connection.wants_input());
}
