//! A message as it travels between nodes: who has sent it, as which of its messages, and the message.
//!
//! ```text
//! version  1 byte
//! flags    1 byte: kind, compression, and which of the fields below are there
//! node     8 bytes, epoch 4 bytes
//! number   varint; what came before in the same room: how much smaller that was, as a varint
//! room     length and bytes
//! key      length and bytes
//! except   count, and length and bytes of each
//! payload  the rest
//! ```

use crate::limits::HUB_EXCEPT_MAX;
use crate::proto::ws::MessageKind;

/// What all envelopes begin with. One of another version is not read.
const VERSION: u8 = 1;

const BINARY: u8 = 1;
const COMPRESS: u8 = 2;
const PLAIN: u8 = 4;
const ROOM: u8 = 8;
const KEY: u8 = 16;
const EXCEPT: u8 = 32;
/// It is no message, but says which numbers were lost: in the fields where others have their own.
const LOST: u8 = 64;
/// It is from node to node: no socket hears of it.
const SIGNAL: u8 = 128;

/// Bytes up to the epoch, which say whose it is.
const HEAD: usize = 14;

/// A node, as it is since it was started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Origin {
    pub(super) node: u64,
    pub(super) epoch: u32,
}

/// What an envelope is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    Message,
    Lost,
    Signal,
}

/// All of it but the payload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head<'a> {
    pub(super) origin: Origin,
    pub(super) purpose: Purpose,
    /// Its number among all that its node has sent.
    pub(super) number: u64,
    /// The number of the one before in the same room, if the node knows it.
    pub(super) previous: Option<u64>,
    pub(super) room: Option<&'a str>,
    pub(super) kind: MessageKind,
    pub(super) compress: Option<bool>,
    pub(super) key: Option<&'a str>,
    pub(super) except: Vec<&'a str>,
}

impl Head<'_> {
    /// Appends everything but the payload, which follows.
    pub(super) fn encode(&self, out: &mut Vec<u8>) {
        let flag = |is: bool, flag: u8| if is { flag } else { 0 };
        let flags = flag(self.kind == MessageKind::Binary, BINARY)
            | flag(self.compress == Some(true), COMPRESS)
            | flag(self.compress == Some(false), PLAIN)
            | flag(self.room.is_some(), ROOM)
            | flag(self.key.is_some(), KEY)
            | flag(!self.except.is_empty(), EXCEPT)
            | flag(self.purpose == Purpose::Lost, LOST)
            | flag(self.purpose == Purpose::Signal, SIGNAL);
        out.extend_from_slice(&[VERSION, flags]);
        out.extend_from_slice(&self.origin.node.to_be_bytes());
        out.extend_from_slice(&self.origin.epoch.to_be_bytes());
        write_number(self.number, out);
        write_number(self.previous.map_or(0, |previous| self.number - previous), out);
        for text in [self.room, self.key].into_iter().flatten() {
            write_text(text, out);
        }
        if !self.except.is_empty() {
            write_number(self.except.len() as u64, out);
            for room in &self.except {
                write_text(room, out);
            }
        }
    }
}

/// Whose an envelope is: looked at first, since what one publishes comes back to oneself too.
pub(super) fn origin(bytes: &[u8]) -> Option<Origin> {
    let head = bytes.get(..HEAD).filter(|head| head[0] == VERSION)?;
    let node = u64::from_be_bytes(head[2..10].try_into().ok()?);
    let epoch = u32::from_be_bytes(head[10..14].try_into().ok()?);
    Some(Origin { node, epoch })
}

/// Reads an envelope. `None` if it is none, or of another version.
pub(super) fn decode(bytes: &[u8]) -> Option<(Head<'_>, &[u8])> {
    let origin = origin(bytes)?;
    let flags = bytes[1];
    let has = |flag: u8| flags & flag != 0;
    let mut rest = &bytes[HEAD..];
    let number = read_number(&mut rest)?;
    let behind = read_number(&mut rest)?;
    let room = if has(ROOM) { Some(read_text(&mut rest)?) } else { None };
    let key = if has(KEY) { Some(read_text(&mut rest)?) } else { None };
    let mut except = Vec::new();
    if has(EXCEPT) {
        let count = read_number(&mut rest)?;
        if count > HUB_EXCEPT_MAX as u64 {
            return None;
        }
        for _ in 0..count {
            except.push(read_text(&mut rest)?);
        }
    }
    let kind = if has(BINARY) { MessageKind::Binary } else { MessageKind::Text };
    // A text that is none would break every socket that it is sent to.
    if kind == MessageKind::Text && std::str::from_utf8(rest).is_err() {
        return None;
    }
    let compress = if has(COMPRESS) { Some(true) } else { has(PLAIN).then_some(false) };
    let purpose = match () {
        () if has(LOST) => Purpose::Lost,
        () if has(SIGNAL) => Purpose::Signal,
        () => Purpose::Message,
    };
    let previous = if behind == 0 { None } else { Some(number.checked_sub(behind)?) };
    let head = Head { origin, purpose, number, previous, room, kind, compress, key, except };
    Some((head, rest))
}

fn write_text(text: &str, out: &mut Vec<u8>) {
    write_number(text.len() as u64, out);
    out.extend_from_slice(text.as_bytes());
}

fn read_text<'a>(rest: &mut &'a [u8]) -> Option<&'a str> {
    let len = usize::try_from(read_number(rest)?).ok()?;
    let (text, after) = rest.split_at_checked(len)?;
    *rest = after;
    std::str::from_utf8(text).ok()
}

#[expect(clippy::cast_possible_truncation, reason = "seven bits at a time")]
fn write_number(mut number: u64, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn read_number(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for at in 0..10 {
        let (byte, after) = rest.split_first()?;
        *rest = after;
        let bits = u64::from(byte & 0x7F);
        if at == 9 && bits > 1 {
            return None;
        }
        number |= bits << (at * 7);
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}
