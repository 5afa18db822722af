//! Responses through the client's parser: a stream cut in pieces must come to the same as the whole
//! stream, and what it accepts must be within the rules.

use super::http_request::is_token;
use super::plan::Plan;
use super::proto::http1::{
    ClientConfig, ClientEvent, PeerError, RequestMethod, ResponseHead, ResponseParser,
};

/// The target.
pub fn run(input: &[u8]) {
    let Some((mut plan, stream)) = Plan::of(input) else { return };
    let config = if plan.flag(0) {
        ClientConfig { head_bytes_max: 96, fields_max: 3 }
    } else {
        ClientConfig::default()
    };
    let to_head = plan.flag(1);
    let whole = parse(config, to_head, [stream]);
    let pieces = parse(config, to_head, plan.pieces(stream));
    assert_eq!(pieces, whole, "cut differently");
    check(&whole, config, to_head, stream);
}

/// What came of a stream.
#[derive(Debug, Default, PartialEq, Eq)]
struct Outcome {
    interim: Vec<ResponseHead>,
    head: Option<ResponseHead>,
    body: Vec<u8>,
    /// Complete before the end of the connection, or with it.
    ended: bool,
    ended_by_eof: bool,
    keep_alive: bool,
    failed: Option<PeerError>,
    unread: Vec<u8>,
}

fn parse<'a>(
    config: ClientConfig,
    to_head: bool,
    pieces: impl IntoIterator<Item = &'a [u8]>,
) -> Outcome {
    let method = if to_head { RequestMethod::Head } else { RequestMethod::Other };
    let mut parser = ResponseParser::new(config, method);
    let mut outcome = Outcome::default();
    for piece in pieces {
        outcome.unread.extend_from_slice(piece);
        while outcome.failed.is_none() {
            let mut pos = 0;
            let event = parser.receive(&outcome.unread, &mut pos);
            assert!(pos <= outcome.unread.len(), "a position beyond the input");
            if !take(&mut outcome, event) {
                outcome.unread.drain(..pos);
                break;
            }
            outcome.unread.drain(..pos);
        }
    }
    if outcome.failed.is_some() {
        // Where in the input the fault was seen depends on how much of it was there.
        outcome.unread.clear();
        return outcome;
    }
    assert!(outcome.unread.is_empty() || parser.is_done(), "input left although more is wanted");
    match parser.handle_eof() {
        Ok(Some(ClientEvent::End)) => outcome.ended_by_eof = true,
        Ok(None) => {}
        Ok(Some(event)) => panic!("the end is no {event:?}"),
        Err(error) => outcome.failed = Some(error),
    }
    outcome.keep_alive = parser.keep_alive();
    outcome
}

/// Notes an event; whether there was one.
fn take(outcome: &mut Outcome, event: Result<Option<ClientEvent>, PeerError>) -> bool {
    assert!(!outcome.ended || matches!(event, Ok(None)), "an event after the end");
    match event {
        Ok(None) => return false,
        Ok(Some(ClientEvent::Informational(head))) => {
            assert!(outcome.head.is_none(), "an interim response after the final one");
            outcome.interim.push(head);
        }
        Ok(Some(ClientEvent::Head(head))) => {
            assert!(outcome.head.replace(head).is_none(), "two heads");
        }
        Ok(Some(ClientEvent::Body(range))) => {
            assert!(outcome.head.is_some() && !range.is_empty(), "a piece of body");
            let piece = outcome.unread[range].to_vec();
            outcome.body.extend(piece);
        }
        Ok(Some(ClientEvent::End)) => outcome.ended = true,
        Err(error) => outcome.failed = Some(error),
    }
    true
}

fn check(outcome: &Outcome, config: ClientConfig, to_head: bool, stream: &[u8]) {
    assert!(outcome.interim.len() <= 16, "too many interim responses");
    assert!(outcome.body.len() <= stream.len(), "more body than bytes");
    for head in outcome.interim.iter().chain(&outcome.head) {
        assert!((100..=999).contains(&head.status), "a status");
        assert!(head.headers.len() <= config.fields_max, "too many fields");
        for (name, value) in head.headers.iter() {
            assert!(is_token(name.as_bytes()), "a field name: {name:?}");
            assert!(value.iter().all(|&byte| byte == b'\t' || byte >= b' ' && byte != 0x7F));
        }
    }
    assert!(outcome.interim.iter().all(|head| head.status < 200 && head.status != 101));
    let Some(head) = &outcome.head else {
        assert!(outcome.failed.is_some() && !outcome.ended, "nothing came, and that is a fault");
        return;
    };
    let of = |name| head.headers.values(name).count();
    if head.status == 101 {
        assert!(!outcome.keep_alive && outcome.body.is_empty() && !outcome.ended);
        return;
    }
    assert!(of("content-length") + of("transfer-encoding") <= 1 || outcome.failed.is_some());
    if to_head || matches!(head.status, 204 | 304) {
        assert!(outcome.body.is_empty(), "no body can follow");
    } else if outcome.ended
        && let Some(length) = head.headers.get_str("content-length")
    {
        assert_eq!(length.parse(), Ok(outcome.body.len()), "the length announced");
    }
    if outcome.keep_alive {
        assert!(outcome.ended, "who does not know the end cannot go on");
        assert!(!head.headers.has_token("connection", "close"), "the server closes");
    }
}
