//! Requests through a server connection: a stream cut in pieces must come to the same as the whole
//! stream, what it accepts must be within the rules and limits, and every answer well formed.

use std::time::{Duration, Instant};

use super::http::{Reply, read_reply};
use super::plan::Plan;
use super::proto::http1::{
    Event, PeerError, Request, Response, ServerConfig, ServerConnection, State, Version,
    encode_request,
};

/// The target.
pub fn run(input: &[u8]) {
    let Some((mut plan, stream)) = Plan::of(input) else { return };
    let config = config(&plan);
    let whole = serve(&config, plan.more, [stream]);
    let pieces = serve(&config, plan.more, plan.pieces(stream));
    assert_eq!(pieces, whole, "cut differently");
    for request in &whole.requests {
        check_request(request, &config);
    }
    check_output(&whole);
    check_round_trip(&whole, &config);
}

/// Limits: the defaults, or some that short inputs reach.
fn config(plan: &Plan) -> ServerConfig {
    let mut config = ServerConfig::default();
    if plan.flag(0) {
        config.head_bytes_max = 160;
    }
    if plan.flag(1) {
        config.request_line_bytes_max = 32;
    }
    if plan.flag(2) {
        config.fields_max = 3;
    }
    if plan.flag(3) {
        config.body_bytes_max = 24;
    }
    config
}

/// What came of a stream.
#[derive(Debug, Default, PartialEq, Eq)]
struct Outcome {
    /// Those answered; and the last one may have asked for an upgrade.
    requests: Vec<Request>,
    upgrade: bool,
    /// Status of each answer: to the requests, and to a fault at the end.
    statuses: Vec<u16>,
    failed: Option<PeerError>,
    /// What was written, without interim responses: these depend on what had arrived.
    replies: Vec<u8>,
    /// What was not read: the next protocol's, or what follows the last request.
    unread: Vec<u8>,
    closing: bool,
    /// `handle_eof` found nothing missing.
    complete: bool,
}

fn serve<'a>(
    config: &ServerConfig,
    choice: u8,
    pieces: impl IntoIterator<Item = &'a [u8]>,
) -> Outcome {
    let now = start();
    let mut connection = ServerConnection::new(*config, now);
    let mut outcome = Outcome::default();
    let mut out = Vec::new();
    for piece in pieces {
        if outcome.failed.is_none() {
            outcome.unread.extend_from_slice(piece);
        }
        advance(&mut connection, choice, now, &mut outcome, &mut out);
    }
    outcome.closing = connection.state() == State::Closing;
    if !outcome.upgrade {
        assert!(
            outcome.unread.is_empty() || outcome.closing,
            "input left although more is wanted: {:?}",
            connection.state()
        );
        assert_eq!(connection.wants_input(), !outcome.closing, "what is wanted");
        assert_eq!(connection.next_deadline().is_some(), !outcome.closing, "a deadline");
        outcome.complete = matches!(connection.handle_eof(), Some(Event::Close));
        assert_eq!(connection.state(), State::Closing, "after the end");
    }
    outcome
}

fn advance(
    connection: &mut ServerConnection,
    choice: u8,
    now: Instant,
    outcome: &mut Outcome,
    out: &mut Vec<u8>,
) {
    while !outcome.upgrade {
        let mut pos = 0;
        out.clear();
        let event = connection.receive(&outcome.unread, &mut pos, now, || "", out);
        assert!(pos <= outcome.unread.len(), "a position beyond the input");
        outcome.unread.drain(..pos);
        if matches!(event, Some(Event::Failed(_))) {
            outcome.replies.append(out);
        } else {
            assert!(
                matches!(&out[..], b"" | b"HTTP/1.1 100 Continue\r\n\r\n"),
                "an answer too early"
            );
        }
        match event {
            None => return,
            Some(Event::Request(request)) => {
                answer(connection, &request, choice, now, outcome);
                outcome.requests.push(*request);
            }
            Some(Event::Upgrade(request)) => {
                outcome.upgrade = true;
                outcome.requests.push(*request);
            }
            Some(Event::Failed(error)) => {
                assert_eq!(connection.state(), State::Closing, "after a fault");
                outcome.statuses.push(error.status());
                outcome.failed = Some(error);
                // Where in the input the fault was seen depends on how much of it was there.
                outcome.unread.clear();
            }
            Some(Event::Close) => panic!("nobody asked to close"),
            Some(Event::Head(_) | Event::Body(_) | Event::BodyEnd) => {
                panic!("nobody asked for parts")
            }
        }
    }
}

/// Answers in one of several ways, which the request and the input choose.
fn answer(
    connection: &mut ServerConnection,
    request: &Request,
    choice: u8,
    now: Instant,
    outcome: &mut Outcome,
) {
    assert_eq!(connection.state(), State::Responding, "a request is in hand");
    let out = &mut outcome.replies;
    let close = [("Connection", b"close".as_slice())];
    let false_length = [("content-length", b"7".as_slice()), ("X-A", b"\xe9")];
    let (status, headers): (u16, &[_]) = match (usize::from(choice) + request.body.len()) % 6 {
        0 => (204, &[]),
        1 => (200, &close),
        2 => (304, &false_length),
        3 => (404, &false_length),
        4 => {
            connection.fail(503, "later", "", now, out);
            outcome.statuses.push(503);
            return;
        }
        _ => (200, &[]),
    };
    // What would end the line early is refused, and the request still awaits its answer.
    let wrong = [("X-A", b"a\r\nb: c".as_slice())];
    let wrong = Response { status, headers: &wrong, ..Response::default() };
    let before = out.len();
    assert!(connection.respond(&wrong, "", now, out).is_err(), "a header with CR LF");
    assert_eq!(out.len(), before, "nothing is written of what is refused");
    let response = Response { status, headers, body: &request.body, reason: None };
    let done = connection.respond(&response, "", now, out);
    assert!(done.is_ok(), "{done:?}");
    outcome.statuses.push(status);
}

fn check_request(request: &Request, config: &ServerConfig) {
    assert!(is_token(request.method.as_bytes()), "a method: {:?}", request.method);
    assert!(request.method != "CONNECT", "a tunnel");
    assert!(request.target.bytes().all(|byte| byte.is_ascii_graphic()), "a target");
    assert!(request.target.len() <= config.request_line_bytes_max, "a long target");
    assert!(request.pathname().starts_with(['/', '*']), "a path: {:?}", request.pathname());
    let whole = [request.pathname(), request.query().unwrap_or_default()].concat();
    assert!(whole.len() <= request.target.len() + 1, "a path and a query");
    // The host of an absolute target becomes a field where HTTP/1.0 has none.
    let fields_max = config.fields_max + usize::from(request.version == Version::Http10);
    assert!(request.headers.len() <= fields_max, "too many fields");
    assert!(request.body.len() as u64 <= config.body_bytes_max, "a body beyond its limit");
    assert!(request.headers.heap_bytes() <= config.head_bytes_max + 8 * fields_max);
    let mut count = 0;
    for (name, value) in request.headers.iter() {
        count += 1;
        assert!(is_token(name.as_bytes()), "a field name: {name:?}");
        assert_eq!(name, name.to_ascii_lowercase(), "a field name in lower case");
        assert!(value.iter().all(|&byte| byte == b'\t' || byte >= b' ' && byte != 0x7F));
        assert_eq!(value, value.trim_ascii(), "a value without blanks around it");
    }
    assert_eq!(count, request.headers.len(), "the number of fields");
    let of = |name| request.headers.values(name).count();
    assert!(of("host") <= 1, "one Host");
    assert!(of("host") == 1 || request.version == Version::Http10, "a Host");
    // RFC 9112 6.3: nobody else can see another end of this body.
    assert!(of("content-length") + of("transfer-encoding") <= 1, "one framing");
    if let Some(length) = request.headers.get_str("content-length") {
        assert_eq!(length.parse(), Ok(request.body.len()), "the length announced");
    } else if of("transfer-encoding") == 0 {
        assert!(request.body.is_empty(), "a body that nothing announces");
    } else {
        let coding = request.headers.get("transfer-encoding").unwrap_or_default();
        assert!(coding.eq_ignore_ascii_case(b"chunked"), "a coding");
    }
}

/// Reads the answers back: one for each request in turn, the last of them as announced.
fn check_output(outcome: &Outcome) {
    let mut rest = &outcome.replies[..];
    let mut last: Option<Reply> = None;
    for (index, &status) in outcome.statuses.iter().enumerate() {
        assert!(!last.is_some_and(|last| last.closes()), "an answer after the last");
        let request = outcome.requests.get(index);
        // A fault can be found in a HEAD request that never came to be one of these.
        let head = match request {
            Some(request) => request.method == "HEAD",
            None => !rest.ends_with(b"\n") || rest.ends_with(b"\r\n\r\n"),
        };
        let (reply, after) = read_reply(rest, head);
        assert_eq!(reply.status, status, "the status of an answer");
        if let Some(request) = request
            && matches!(status, 200 | 404)
            && !head
        {
            assert_eq!(reply.body, request.body, "the body of an answer");
        }
        rest = after;
        last = Some(reply);
    }
    assert!(rest.is_empty(), "more answers than requests");
    if let Some(last) = last
        && !outcome.upgrade
    {
        assert_eq!(last.closes(), outcome.closing, "the last answer says so");
    }
    assert!(outcome.failed.is_none() || outcome.closing, "a fault ends the connection");
}

/// A request that was accepted and can be sent again is accepted again, and is the same.
fn check_round_trip(outcome: &Outcome, config: &ServerConfig) {
    // What 1.0 ignores may be a fault in 1.1: expectations, upgrades, the lack of a Host.
    let current = outcome.requests.iter().filter(|request| request.version == Version::Http11);
    for request in current {
        let fields: Vec<_> = request.headers.iter().collect();
        let mut bytes = Vec::new();
        let sent =
            encode_request(&request.method, &request.target, &fields, &request.body, &mut bytes);
        assert!(sent.is_ok(), "{sent:?} of {request:?}");
        // Blanks and line ends take other numbers of bytes, and a length may be added.
        let roomy = ServerConfig {
            head_bytes_max: config.head_bytes_max + 4096,
            request_line_bytes_max: config.request_line_bytes_max + 64,
            fields_max: config.fields_max + 1,
            ..*config
        };
        let mut connection = ServerConnection::new(roomy, start());
        let (mut pos, mut out) = (0, Vec::new());
        let event = connection.receive(&bytes, &mut pos, start(), || "", &mut out);
        let Some(Event::Request(again) | Event::Upgrade(again)) = event else {
            panic!("refused: {event:?} for {:?}", bytes.escape_ascii().to_string());
        };
        assert_eq!(pos, bytes.len(), "all of it was read");
        assert_eq!((&again.method, &again.target), (&request.method, &request.target));
        assert_eq!(again.body, request.body, "the same body");
        let framing = ["content-length", "transfer-encoding"];
        let others = |request: &Request| {
            let fields = request.headers.iter().filter(|field| !framing.contains(&field.0));
            fields.map(|(name, value)| (name.to_owned(), value.to_vec())).collect::<Vec<_>>()
        };
        assert_eq!(others(&again), others(request), "the same fields");
    }
}

pub(super) fn is_token(bytes: &[u8]) -> bool {
    let mark = |byte| b"!#$%&'*+-.^_`|~".contains(byte);
    !bytes.is_empty() && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || mark(byte))
}

/// An instant to count from. Nothing depends on which.
#[allow(clippy::disallowed_methods, reason = "there is no other way to make an instant")]
pub(super) fn start() -> Instant {
    thread_local! {
        static START: Instant = Instant::now() + Duration::from_secs(1);
    }
    START.with(|start| *start)
}
