//! A second, plain reading of WebSocket frames (RFC 6455 5): whole bytes only, no state machine. It
//! judges what the core wrote, and says what the core should have made of what it read.

use super::proto::ws::{MessageKind, Role};

pub(super) const CLOSE: u8 = 0x8;
pub(super) const PING: u8 = 0x9;
pub(super) const PONG: u8 = 0xA;

/// One frame. `payload` is unmasked; shorter than `length` when the bytes end in it.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) fin: bool,
    pub(super) rsv1: bool,
    pub(super) opcode: u8,
    pub(super) length: u64,
    pub(super) payload: Vec<u8>,
}

/// What stands at the start of some bytes.
pub(super) enum Next<'a> {
    /// A frame and what follows. `whole` when its payload is all there.
    Frame { frame: Frame, whole: bool, rest: &'a [u8] },
    /// Too few bytes to tell.
    Cut,
    /// Something that no peer may send, as a close code.
    Wrong(u16),
}

/// Reads the frame at the start of `bytes`, from the peer of this role. A fault is found with the
/// first byte that shows it.
pub(super) fn next(bytes: &[u8], from: Role) -> Next<'_> {
    let [first, after @ ..] = bytes else { return Next::Cut };
    let (fin, rsv1, opcode) = (first & 0x80 != 0, first & 0x40 != 0, first & 0x0F);
    let control = opcode >= 8;
    if !matches!(opcode, 0..=2 | 8..=10) || first & 0x30 != 0 || control && !fin {
        return Next::Wrong(1002);
    }
    let [second, after @ ..] = after else { return Next::Cut };
    let (masked, short) = (second & 0x80 != 0, second & 0x7F);
    if control && short > 125 {
        return Next::Wrong(1002);
    }
    let size = match short {
        126 => 2,
        127 => 8,
        _ => 0,
    };
    let Some((extended, mut after)) = after.split_at_checked(size) else { return Next::Cut };
    let extended = extended.iter().fold(0, |length, &byte| length << 8 | u64::from(byte));
    let length = if size == 0 { u64::from(short) } else { extended };
    if size == 2 && length < 126 || size == 8 && (length < 65536 || length >> 63 != 0) {
        return Next::Wrong(1002);
    }
    let mut key = [0; 4];
    if masked {
        let Some((found, rest)) = after.split_first_chunk::<4>() else { return Next::Cut };
        (key, after) = (*found, rest);
    }
    if masked != (from == Role::Client) {
        return Next::Wrong(1002);
    }
    let here = usize::try_from(length).unwrap_or(usize::MAX).min(after.len());
    let payload = (0..here).map(|index| after[index] ^ key[index % 4]).collect();
    let whole = here as u64 == length;
    Next::Frame { frame: Frame { fin, rsv1, opcode, length, payload }, whole, rest: &after[here..] }
}

/// Whether a code may stand in a Close frame.
pub(super) fn is_close_code(code: u16) -> bool {
    (3000..5000).contains(&code) || (1000..1015).contains(&code) && !(1004..1007).contains(&code)
}

/// The frames in what the core of this role wrote.
///
/// # Panics
/// When they are not what a peer must be sent: whole, masked by a client only, unfragmented, text
/// of UTF-8, nothing after Close.
pub(super) fn read_all(mut bytes: &[u8], from: Role) -> Vec<Frame> {
    let mut frames = Vec::new();
    let mut closed = false;
    while !bytes.is_empty() {
        assert!(!closed, "RFC 6455 5.5.1: bytes after Close");
        let Next::Frame { frame, whole: true, rest } = next(bytes, from) else {
            panic!("no whole frame: {:?}", bytes.escape_ascii().to_string())
        };
        assert!(frame.fin && frame.opcode != 0, "a fragment was sent");
        assert!(!frame.rsv1 || frame.opcode < 8, "a compressed control frame was sent");
        if frame.opcode == 1 && !frame.rsv1 {
            assert!(std::str::from_utf8(&frame.payload).is_ok(), "text that is not UTF-8 was sent");
        }
        if frame.opcode == CLOSE {
            closed = true;
            if let Some((code, reason)) = frame.payload.split_first_chunk::<2>() {
                assert!(is_close_code(u16::from_be_bytes(*code)), "close code {code:?}");
                assert!(std::str::from_utf8(reason).is_ok(), "a reason that is not UTF-8");
            } else {
                assert!(frame.payload.is_empty(), "half a close code");
            }
        }
        bytes = rest;
        frames.push(frame);
    }
    frames
}

/// What a connection without compression should make of a stream.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Expected {
    Message(MessageKind, Vec<u8>),
    Ping(Vec<u8>),
    Pong(Vec<u8>),
    Close(Option<u16>, String),
    /// The close code of the failure.
    Failed(u16),
}

/// The limits that matter to [`expect`].
pub(super) struct Limits {
    pub(super) payload: usize,
    pub(super) fragments: usize,
}

/// Reads a whole stream from a peer of this role as RFC 6455 has it.
pub(super) fn expect(mut bytes: &[u8], from: Role, limits: &Limits) -> Vec<Expected> {
    let mut events = Vec::new();
    // Kind, fragments and payload of the message under way.
    let mut message: Option<(MessageKind, usize, Vec<u8>)> = None;
    loop {
        let (frame, whole) = match next(bytes, from) {
            Next::Cut => return events,
            Next::Wrong(code) => {
                events.push(Expected::Failed(code));
                return events;
            }
            Next::Frame { frame, whole, rest } => {
                bytes = rest;
                (frame, whole)
            }
        };
        let outcome = if frame.rsv1 {
            Some(Expected::Failed(1002))
        } else if frame.opcode >= 8 {
            whole.then(|| control(&frame))
        } else {
            data(&frame, whole, &mut message, limits)
        };
        let last = matches!(outcome, Some(Expected::Failed(_) | Expected::Close(..)));
        events.extend(outcome);
        if last || !whole {
            return events;
        }
    }
}

fn control(frame: &Frame) -> Expected {
    match frame.opcode {
        PING => Expected::Ping(frame.payload.clone()),
        PONG => Expected::Pong(frame.payload.clone()),
        _ => match frame.payload.split_first_chunk::<2>() {
            None if frame.payload.is_empty() => Expected::Close(None, String::new()),
            None => Expected::Failed(1002),
            Some((code, reason)) => {
                let code = u16::from_be_bytes(*code);
                match String::from_utf8(reason.to_vec()) {
                    _ if !is_close_code(code) => Expected::Failed(1002),
                    Ok(reason) => Expected::Close(Some(code), reason),
                    Err(_) => Expected::Failed(1007),
                }
            }
        },
    }
}

fn data(
    frame: &Frame,
    whole: bool,
    message: &mut Option<(MessageKind, usize, Vec<u8>)>,
    limits: &Limits,
) -> Option<Expected> {
    let (kind, fragments, mut payload) = match (frame.opcode, message.take()) {
        (0, None) | (1 | 2, Some(_)) => return Some(Expected::Failed(1002)),
        (0, Some((kind, fragments, payload))) => (kind, fragments + 1, payload),
        (1, None) => (MessageKind::Text, 1, Vec::new()),
        _ => (MessageKind::Binary, 1, Vec::new()),
    };
    if fragments > limits.fragments.max(1) {
        return Some(Expected::Failed(1008));
    }
    if frame.length > (limits.payload - payload.len()) as u64 {
        return Some(Expected::Failed(1009));
    }
    payload.extend_from_slice(&frame.payload);
    let ends = frame.fin && whole;
    if kind == MessageKind::Text {
        match std::str::from_utf8(&payload) {
            Err(error) if ends || error.error_len().is_some() => {
                return Some(Expected::Failed(1007));
            }
            _ => {}
        }
    }
    if ends {
        return Some(Expected::Message(kind, payload));
    }
    *message = Some((kind, fragments, payload));
    None
}
