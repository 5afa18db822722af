//! permessage-deflate: any offer and answer into the negotiation, any bytes into the inflater under
//! limits, and any messages through two ends and back.

use flate2::{Decompress, FlushDecompress, Status};

use super::handshake::check_extension;
use super::limits::INFLATE_RATIO_STEP;
use super::plan::Plan;
use super::proto::ws::Outgoing;
use super::proto::ws::deflate::{self, DeflateConfig, Params};
use super::proto::ws::extension::{self, Extension};
use super::proto::ws::testing::{Pair, Seen, frame, send};
use super::proto::ws::{Config, MessageKind, PeerError, Role};
use super::ws_frames::replay;

/// The target.
pub fn run(input: &[u8]) {
    let Some((mut plan, stream)) = Plan::of(input) else { return };
    match plan.flags % 3 {
        0 => negotiate(stream, &plan),
        1 => inflate(stream, &mut plan),
        _ => round_trip(stream, &mut plan),
    }
}

/// One end's wishes, from one byte and a bit.
fn wishes(byte: u8, more: bool) -> DeflateConfig {
    DeflateConfig {
        threshold: if more { 0 } else { 40 },
        level: byte >> 5,
        server_no_context_takeover: byte & 1 != 0,
        client_no_context_takeover: byte & 2 != 0,
        server_max_window_bits: 8 + (byte >> 2 & 7),
        client_max_window_bits: 15 - (byte >> 4 & 7),
        ..DeflateConfig::default()
    }
}

fn parameter<'a>(element: &'a Extension, name: &str) -> Option<Option<&'a str>> {
    let found = element.params.iter().find(|(known, _)| known == name)?;
    Some(found.1.as_deref())
}

fn negotiate(value: &[u8], plan: &Plan) {
    let Some(elements) = extension::parse(value) else { return };
    elements.iter().for_each(check_extension);
    let config = wishes(plan.more, true);
    if let Some((params, answer)) = deflate::negotiate(&config, &elements) {
        check_answer(&config, &elements, &params, &answer);
    }
    // The same as an answer to a client.
    if let Ok(Some(params)) = deflate::accept(&config, &elements) {
        let answers: Vec<_> = elements.iter().filter(|one| one.name == deflate::NAME).collect();
        let [answer] = answers[..] else { panic!("one answer: {answers:?}") };
        assert!((8..=15).contains(&params.inflate_bits), "a window");
        assert!(params.compress_bits <= config.client_max_window_bits, "the window offered");
        let said = parameter(answer, "server_max_window_bits").flatten();
        let said = said.map_or(15, |bits| bits.parse().unwrap_or_default());
        assert_eq!(params.inflate_bits, said, "the server's window");
        assert!(params.inflate_bits <= config.server_max_window_bits, "the window offered");
        let forgets = parameter(answer, "server_no_context_takeover").is_some();
        assert_eq!(params.inflate_takeover, !forgets, "what the server said of itself");
    }
}

fn check_answer(config: &DeflateConfig, offers: &[Extension], params: &Params, answer: &Extension) {
    check_extension(answer);
    assert_eq!(answer.name, deflate::NAME);
    assert!((8..=15).contains(&params.compress_bits) && (8..=15).contains(&params.inflate_bits));
    assert!(params.compress_bits <= config.server_max_window_bits, "this end's own limit");
    // There is an offer that the answer answers, in each parameter.
    let honours = |offer: &&Extension| {
        let asked = |name| parameter(offer, name);
        let said = |name| parameter(answer, name);
        let number = |value: &str| value.parse::<u8>().unwrap_or_default();
        let server = match (asked("server_max_window_bits"), said("server_max_window_bits")) {
            (Some(Some(limit)), Some(Some(bits))) => number(bits) <= number(limit),
            (Some(_), _) => false,
            (None, _) => true,
        };
        let client = match (asked("client_max_window_bits"), said("client_max_window_bits")) {
            (None, said) => said.is_none(),
            (Some(Some(limit)), Some(Some(bits))) => number(bits) <= number(limit),
            _ => true,
        };
        let forgets = asked("server_no_context_takeover").is_none()
            || said("server_no_context_takeover").is_some();
        offer.name == deflate::NAME && server && client && forgets
    };
    assert!(offers.iter().any(|offer| honours(&offer)), "{answer} to {offers:?}");
    let said = |name| parameter(answer, name);
    assert_eq!(params.compress_takeover, said("server_no_context_takeover").is_none());
    assert_eq!(params.inflate_takeover, said("client_no_context_takeover").is_none());
    let bits = said("server_max_window_bits").flatten().map_or(Ok(15), str::parse);
    assert_eq!(bits, Ok(params.compress_bits), "the window announced");
}

/// Any bytes as compressed messages, against an inflater without limits or pieces.
fn inflate(stream: &[u8], plan: &mut Plan) {
    let role = if plan.more & 1 != 0 { Role::Client } else { Role::Server };
    let peer = if role == Role::Server { Role::Client } else { Role::Server };
    let max_payload = if plan.more & 2 != 0 { 100 } else { 300_000 };
    let max_ratio = if plan.more & 4 != 0 { 3 } else { 100 };
    let mut config = Config::new(role);
    config.max_payload = max_payload;
    config.deflate = Some(Params {
        compress_bits: 15,
        compress_takeover: false,
        inflate_bits: 15,
        inflate_takeover: plan.more & 8 != 0,
        threshold: 0,
        level: 1,
        memory_limit: 64 << 20,
        max_ratio,
    });
    // The same message twice: what one leaves behind must not change a connection that forgets.
    let mut bytes = Vec::new();
    for _ in 0..2 {
        let pieces = plan.pieces(stream);
        let last = pieces.len().saturating_sub(1);
        for (index, piece) in pieces.into_iter().enumerate() {
            let first = if index == 0 { 0x42 } else { 0 } | if index == last { 0x80 } else { 0 };
            bytes.extend(frame(peer, first, piece));
        }
    }
    let whole = replay(&config, [&bytes[..]]);
    assert_eq!(replay(&config, plan.pieces(&bytes)), whole, "cut differently");
    let expected = inflate_plainly(stream, max_payload);
    match (whole.events.first(), expected) {
        (None, _) => assert!(stream.is_empty(), "no event of a whole message"),
        (Some(Seen::Message(_, message)), Some(expected)) => {
            assert!(*message == expected, "{} bytes, not {}", message.len(), expected.len());
            assert!(message.len() <= max_payload, "a message beyond the limit");
            let most = max_ratio * (stream.len() + 4) + 2 * INFLATE_RATIO_STEP;
            assert!(message.len() <= most, "a bomb went off");
            let again = whole.events.get(1);
            let same = matches!(again, Some(Seen::Message(_, again)) if again == message);
            assert!(same || plan.more & 8 != 0, "a message that forgot nothing: {again:?}");
        }
        (Some(Seen::Failed(PeerError::InflateData)), expected) => {
            assert_eq!(expected, None, "good data is refused");
        }
        (Some(Seen::Failed(PeerError::InflatedTooLarge { .. })), expected) => {
            assert!(expected.is_none_or(|message| message.len() > max_payload), "not too large");
        }
        (Some(Seen::Failed(PeerError::InflateRatio { .. })), expected) => {
            assert!(expected.is_none_or(|message| message.len() >= INFLATE_RATIO_STEP));
        }
        (Some(Seen::Failed(PeerError::MessageTooLarge { .. })), _) => {
            assert!(stream.len() > max_payload, "a short message is refused");
        }
        (event, expected) => panic!("{event:?}, where {expected:?} was expected"),
    }
}

/// The message of one payload; `None` when it is no good. Stops somewhere beyond `limit`.
fn inflate_plainly(payload: &[u8], limit: usize) -> Option<Vec<u8>> {
    let input = [payload, &[0, 0, 0xFF, 0xFF]].concat();
    let mut rest = &input[..];
    let mut inflater = Decompress::new(false);
    let mut message = Vec::new();
    while message.len() <= limit {
        message.reserve(64 * 1024);
        let (taken, produced) = (inflater.total_in(), message.len());
        let status = inflater.decompress_vec(rest, &mut message, FlushDecompress::Sync);
        let taken = usize::try_from(inflater.total_in() - taken).ok()?;
        rest = &rest[taken..];
        match status {
            Err(_) => return None,
            Ok(Status::StreamEnd) => inflater.reset(false),
            Ok(_) if message.len() == produced && taken == 0 || rest.is_empty() => {
                if message.len() < message.capacity() {
                    return Some(message);
                }
            }
            Ok(_) => {}
        }
    }
    Some(message)
}

/// Messages there and back between two ends that have negotiated.
fn round_trip(stream: &[u8], plan: &mut Plan) {
    let (wanted, allowed) = (wishes(plan.more, plan.flag(6)), wishes(plan.flags, plan.flag(7)));
    let offer = deflate::offer(&wanted);
    check_extension(&offer);
    let Some((server, answer)) = deflate::negotiate(&allowed, std::slice::from_ref(&offer)) else {
        panic!("our own offer is declined: {offer}");
    };
    check_answer(&allowed, std::slice::from_ref(&offer), &server, &answer);
    let client = match deflate::accept(&wanted, std::slice::from_ref(&answer)) {
        Ok(Some(params)) => params,
        other => panic!("{other:?} of our own answer {answer} to {offer}"),
    };
    assert_eq!(server.compress_bits, client.inflate_bits, "one window");
    assert!(client.compress_bits <= server.inflate_bits, "a window that the other end has");
    assert_eq!(server.compress_takeover, client.inflate_takeover, "one context");
    assert!(!client.compress_takeover || server.inflate_takeover, "one context");
    let config = |role, deflate| Config { deflate: Some(deflate), ..Config::new(role) };
    let mut pair = Pair::new(config(Role::Client, client), config(Role::Server, server));
    let mut sent = Vec::new();
    let mut bytes = 0;
    for piece in plan.pieces(stream) {
        // Long messages from short inputs: the piece again and again.
        let message = piece.repeat([1, 1, 3, 50][plan.below(4)]);
        bytes += message.len();
        if bytes > 30_000 || sent.len() == 20 {
            break;
        }
        let text = std::str::from_utf8(&message).is_ok();
        let kind = if text { MessageKind::Text } else { MessageKind::Binary };
        assert!(send(&mut pair.client, kind, &message, &mut pair.to_server).is_ok());
        let with = |out: &mut Vec<u8>| out.extend_from_slice(&message);
        assert!(
            pair.server
                .send(
                    Outgoing { kind, len: message.len(), compress: None },
                    &mut pair.to_client,
                    with
                )
                .is_ok()
        );
        if plan.below(3) == 0 {
            pair.drive([7, 90, 1000][plan.below(3)]);
        }
        sent.push(Seen::Message(kind, message));
    }
    pair.drive(1000);
    assert!(pair.server_saw == sent, "what the server got");
    assert!(pair.client_saw == sent, "what the client got");
}
