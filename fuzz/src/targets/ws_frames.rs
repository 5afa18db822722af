//! Frames through a connection, in both roles: a stream cut in pieces must come to the same as the
//! whole stream, and without compression to what a plain reading of RFC 6455 makes of it.

use super::frames::{self, Expected, Limits, PONG};
use super::plan::Plan;
use super::proto::ws::deflate::{self, DeflateConfig};
use super::proto::ws::testing::{Seen, feed};
use super::proto::ws::{Config, Connection, Role, State};

/// The target.
pub fn run(input: &[u8]) {
    let Some((mut plan, stream)) = Plan::of(input) else { return };
    let role = if plan.flag(0) { Role::Client } else { Role::Server };
    let config = config(role, &plan);
    let whole = replay(&config, [stream]);
    let pieces = replay(&config, plan.pieces(stream));
    assert_eq!(pieces, whole, "cut differently");
    check(&whole, &config, stream.len());
    if config.deflate.is_none() {
        compare(&whole, &config, stream);
    }
    check_closing(&config, stream);
}

fn config(role: Role, plan: &Plan) -> Config {
    let mut config = Config::new(role);
    config.max_payload = if plan.flag(1) { 200 } else { 70_000 };
    config.max_fragments = if plan.flag(2) { 3 } else { 1000 };
    if plan.flag(3) {
        config.deflate = Some(deflate::Params {
            compress_bits: 15,
            compress_takeover: true,
            inflate_bits: 15,
            inflate_takeover: plan.flag(4),
            threshold: 0,
            level: 1,
            memory_limit: 64 << 20,
            max_ratio: DeflateConfig::default().max_ratio,
        });
    }
    config
}

/// What came of a stream.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    pub(super) events: Vec<Seen>,
    /// First byte and payload of what was sent.
    pub(super) sent: Vec<(bool, u8, Vec<u8>)>,
    state: State,
    clean: bool,
    code: u16,
}

pub(super) fn replay<'a>(config: &Config, pieces: impl IntoIterator<Item = &'a [u8]>) -> Outcome {
    let mut connection = Connection::new(config.clone());
    let mut out = Vec::new();
    let pieces = pieces.into_iter();
    let events = pieces.flat_map(|piece| feed(&mut connection, piece, &mut out)).collect();
    let state = connection.state();
    // A pong that was put off goes out with the rest.
    connection.flush_pong(&mut out);
    connection.handle_eof();
    let info = connection.close_info();
    let sent = frames::read_all(&out, config.role);
    let sent = sent.into_iter().map(|frame| (frame.rsv1, frame.opcode, frame.payload)).collect();
    Outcome { events, sent, state, clean: info.was_clean, code: info.code }
}

/// What holds for every connection.
fn check(outcome: &Outcome, config: &Config, input: usize) {
    let mut pongs = 0;
    let mut last = None;
    for event in &outcome.events {
        assert!(last.is_none(), "an event after {last:?}");
        match event {
            Seen::Message(_, payload) => {
                assert!(payload.len() <= config.max_payload, "a message beyond the limit");
            }
            Seen::Ping(payload) => {
                pongs += 1;
                assert!(payload.len() <= 125, "a long ping");
            }
            Seen::Pong(payload) => assert!(payload.len() <= 125, "a long pong"),
            Seen::Close(..) | Seen::Failed(_) => last = Some(event.clone()),
        }
    }
    assert!(outcome.sent.iter().filter(|frame| frame.1 == PONG).count() <= pongs, "pongs");
    let close = outcome.sent.last().filter(|frame| frame.1 == frames::CLOSE);
    assert!(outcome.sent.iter().all(|frame| matches!(frame.1, PONG | frames::CLOSE)));
    let code = close.and_then(|frame| Some(u16::from_be_bytes(*frame.2.first_chunk::<2>()?)));
    match last {
        None => {
            assert_eq!((outcome.state, close), (State::Open, None), "still open");
            assert_eq!((outcome.code, outcome.clean), (1006, false), "no Close frame came");
        }
        Some(Seen::Close(said, _)) => {
            assert_eq!(outcome.state, State::Closing, "after Close");
            assert_eq!((code, close.is_some()), (said, true), "the answer to Close");
            assert_eq!((outcome.code, outcome.clean), (said.unwrap_or(1005), true));
        }
        Some(Seen::Failed(error)) => {
            assert_eq!(outcome.state, State::Closing, "after a fault");
            assert_eq!(code, Some(error.close_code()), "the code of the fault");
            // A server knows why it ended the connection; a client goes by what came.
            let expected = if config.role == Role::Server { error.close_code() } else { 1006 };
            assert_eq!((outcome.code, outcome.clean), (expected, false), "no Close frame came");
        }
        Some(event) => panic!("{event:?} ends nothing"),
    }
    let sent: usize = outcome.sent.iter().map(|frame| frame.2.len() + 6).sum();
    assert!(sent <= 3 * input + 256, "{sent} bytes sent for {input}");
}

/// Against the plain reading.
fn compare(outcome: &Outcome, config: &Config, stream: &[u8]) {
    let peer = if config.role == Role::Server { Role::Client } else { Role::Server };
    let limits = Limits { payload: config.max_payload, fragments: config.max_fragments };
    let seen: Vec<_> = outcome
        .events
        .iter()
        .map(|event| match event.clone() {
            Seen::Message(kind, payload) => Expected::Message(kind, payload),
            Seen::Ping(payload) => Expected::Ping(payload),
            Seen::Pong(payload) => Expected::Pong(payload),
            Seen::Close(code, reason) => Expected::Close(code, reason),
            Seen::Failed(error) => Expected::Failed(error.close_code()),
        })
        .collect();
    assert_eq!(seen, frames::expect(stream, peer, &limits), "against the plain reading");
}

/// After this end's own Close, messages still come and nothing is sent.
fn check_closing(config: &Config, stream: &[u8]) {
    let mut connection = Connection::new(config.clone());
    let mut out = Vec::new();
    assert!(connection.close(Some(1000), "done", &mut out).is_ok());
    let written = out.len();
    let events = feed(&mut connection, stream, &mut out);
    connection.flush_pong(&mut out);
    assert_eq!(out.len(), written, "RFC 6455 5.5.1: nothing after Close");
    let closed = events.iter().any(|event| matches!(event, Seen::Close(..)));
    assert_eq!((connection.close_received(), connection.close_info().was_clean), (closed, closed));
    assert_eq!(connection.state(), State::Closing);
}
