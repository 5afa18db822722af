//! What a connection reports of its peer.

use std::ops::Range;

use super::error::PeerError;
use super::opcode::MessageKind;

/// Bytes of an event: where they lie in the input, if they lay there in one piece.
#[derive(Debug, PartialEq, Eq)]
pub enum Payload {
    /// A range of the `input` given to `Connection::receive`, unmasked.
    InPlace(Range<usize>),
    /// Put together from several pieces.
    Owned(Vec<u8>),
}

impl Payload {
    /// The bytes; `input` is the slice given to `Connection::receive`.
    #[inline]
    pub fn bytes<'a>(&'a self, input: &'a [u8]) -> &'a [u8] {
        match self {
            Self::InPlace(range) => &input[range.clone()],
            Self::Owned(bytes) => bytes,
        }
    }

    /// How many bytes it has.
    #[expect(clippy::len_without_is_empty, reason = "nobody asks")]
    pub fn len(&self) -> usize {
        match self {
            Self::InPlace(range) => range.len(),
            Self::Owned(bytes) => bytes.len(),
        }
    }
}

/// What the peer did.
#[derive(Debug, PartialEq, Eq)]
pub enum Event {
    /// A whole message; text is valid UTF-8.
    Message {
        /// Text or binary.
        kind: MessageKind,
        /// Its bytes.
        payload: Payload,
    },
    /// A ping, answered already or noted for `Connection::flush_pong`.
    Ping(Payload),
    /// A pong, asked for or not.
    Pong(Payload),
    /// The peer's Close frame; the answer, if one was due, is written.
    Close {
        /// The code as received; `None` where a `CloseEvent` shows 1005.
        code: Option<u16>,
        /// The reason.
        reason: String,
    },
    /// The peer broke the protocol or a limit; a Close frame that says so is written, unless one
    /// was before. The host sends what is written and drops TCP.
    Failed(PeerError),
}
