//! What the tests share: a host that feeds a [`ServerConnection`] a stream cut in any way, answers
//! each request, and writes down what happened.

use std::time::Instant;

use super::config::ServerConfig;
use super::response::Response;
use super::server::{Event, ServerConnection, State};

/// The date in every response of the tests.
pub(super) const DATE: &str = "Sun, 06 Nov 1994 08:49:37 GMT";

/// Some instant.
#[expect(clippy::disallowed_methods, reason = "the tests' only look at the clock")]
pub(super) fn epoch() -> Instant {
    Instant::now()
}

/// What came of a stream.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Outcome {
    /// `GET /path "body"`, `upgrade /path`, or the status of a refusal.
    pub(super) events: Vec<String>,
    /// What the server sent.
    pub(super) out: String,
    /// What followed an upgrade.
    pub(super) after: Vec<u8>,
    /// The end of the input: nothing more to do, or a request was cut off.
    pub(super) complete: bool,
}

impl Outcome {
    /// The statuses that were sent, in order.
    pub(super) fn statuses(&self) -> Vec<u16> {
        let starts = self.out.split("HTTP/1.1 ").skip(1);
        starts.filter_map(|response| response.get(..3)?.parse().ok()).collect()
    }
}

/// Feeds a stream, cut at the positions given, to a connection.
pub(super) fn replay(stream: &[u8], cuts: &[usize], config: ServerConfig) -> Outcome {
    let now = epoch();
    let mut connection = ServerConnection::new(config, now);
    let mut outcome = Outcome::default();
    let (mut unread, mut out) = (Vec::new(), Vec::new());
    let (mut start, mut upgraded) = (0, false);
    for &end in cuts.iter().chain([&stream.len()]) {
        unread.extend_from_slice(&stream[start..end]);
        start = end;
        while !upgraded {
            let mut pos = 0;
            let event = connection.receive(&unread, &mut pos, now, || DATE, &mut out);
            unread.drain(..pos);
            let Some(event) = event else { break };
            upgraded = matches!(event, Event::Upgrade(_));
            outcome.events.push(describe(&event));
            if let Event::Request(request) = event {
                let response = Response { status: 200, body: &request.body, ..Response::default() };
                connection.respond(&response, DATE, now, &mut out).unwrap();
            }
        }
    }
    if upgraded {
        outcome.after = unread;
        outcome.complete = true;
    } else {
        assert!(unread.is_empty() || connection.state() == State::Closing, "input was left");
        outcome.complete = matches!(connection.handle_eof(), Some(Event::Close));
    }
    outcome.out = String::from_utf8_lossy(&out).into_owned();
    outcome
}

/// One event in a few words.
pub(super) fn describe(event: &Event) -> String {
    match event {
        Event::Request(request) => {
            format!("{} {} \"{}\"", request.method, request.target, request.body.escape_ascii())
        }
        Event::Upgrade(request) => format!("upgrade {}", request.target),
        Event::Failed(error) => error.status().to_string(),
        Event::Close => "close".to_owned(),
        Event::Head(request) => format!("head {} {}", request.method, request.target),
        Event::Body(bytes) => format!("body {bytes:?}"),
        Event::BodyEnd => "end".to_owned(),
    }
}

/// Replays a stream whole, byte by byte, and cut in two at every byte; the outcome of all, which
/// must be one and the same.
pub(super) fn at_every_split(stream: &[u8]) -> Outcome {
    let config = ServerConfig::default();
    let whole = replay(stream, &[], config);
    let bytewise: Vec<usize> = (1..stream.len()).collect();
    assert_eq!(replay(stream, &bytewise, config), whole, "byte by byte");
    // Streams that test a limit are long; a prime step is enough for these.
    let step = if stream.len() > 2000 { 97 } else { 1 };
    for cut in (0..stream.len()).step_by(step) {
        assert_eq!(replay(stream, &[cut], config), whole, "cut at byte {cut}");
    }
    whole
}
