//! What a peer can do wrong (each with the close code it earns), and what a caller can.

use thiserror::Error;

use super::code;
use super::state::State;

/// A fault in the peer's bytes. The connection has failed: the Close frame with
/// [`PeerError::close_code`] is written.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum PeerError {
    /// RFC 6455 5.2: a reserved bit is set and no extension gives it a meaning.
    #[error("reserved bits {bits:#05b} set")]
    ReservedBits {
        /// `rsv1 rsv2 rsv3`, `rsv1` the highest.
        bits: u8,
    },
    /// RFC 6455 5.2: opcodes 3-7 and 11-15 are reserved.
    #[error("reserved opcode {opcode:#x}")]
    ReservedOpcode {
        /// The four bits as received.
        opcode: u8,
    },
    /// RFC 6455 5.1: a client masks every frame.
    #[error("frame from a client is not masked")]
    NotMasked,
    /// RFC 6455 5.1: a server masks none.
    #[error("frame from a server is masked")]
    Masked,
    /// RFC 6455 5.2: the length takes the fewest bytes possible.
    #[error("length {length} not in its shortest form")]
    LengthNotMinimal {
        /// The length announced.
        length: u64,
    },
    /// RFC 6455 5.2: the highest bit of a 64-bit length is 0.
    #[error("length {length:#x} exceeds 63 bits")]
    LengthTooLarge {
        /// The length announced.
        length: u64,
    },
    /// RFC 6455 5.5: a control frame is never fragmented.
    #[error("control frame {opcode:#x} is fragmented")]
    ControlFragmented {
        /// The opcode.
        opcode: u8,
    },
    /// RFC 6455 5.5: a control frame carries at most 125 bytes.
    #[error("control frame {opcode:#x} exceeds 125 bytes")]
    ControlTooLong {
        /// The opcode.
        opcode: u8,
    },
    /// RFC 6455 5.4: a continuation continues something.
    #[error("continuation frame without a message to continue")]
    UnexpectedContinuation,
    /// RFC 6455 5.4: fragments of two messages are not interleaved.
    #[error("new data frame after {fragments} fragments of an unfinished message")]
    ExpectedContinuation {
        /// Fragments received of the unfinished message.
        fragments: usize,
    },
    /// The message is larger than this end takes.
    #[error("message of {size} bytes exceeds {limit}")]
    MessageTooLarge {
        /// What the frame headers so far announce in all.
        size: u64,
        /// `Config::max_payload`.
        limit: usize,
    },
    /// The message comes in more fragments than this end takes.
    #[error("message of more than {limit} fragments")]
    TooManyFragments {
        /// `Config::max_fragments`.
        limit: usize,
    },
    /// RFC 6455 8.1: text is UTF-8.
    #[error("invalid UTF-8 in text at byte {offset}")]
    InvalidUtf8 {
        /// Where in the message the impossible sequence starts.
        offset: usize,
    },
    /// RFC 7692 7.2.2: what rsv1 marks as compressed is deflate.
    #[error("invalid compressed data")]
    InflateData,
    /// The message inflates to more than this end takes.
    #[error("inflated message exceeds {limit} bytes")]
    InflatedTooLarge {
        /// `Config::max_payload`.
        limit: usize,
    },
    /// The message inflates to suspiciously many times its size.
    #[error("message inflates to more than {limit} times its size")]
    InflateRatio {
        /// `DeflateConfig::max_ratio`.
        limit: usize,
    },
    /// RFC 6455 5.5.1: a Close payload, if any, starts with a code of two bytes.
    #[error("close payload of 1 byte")]
    CloseTruncated,
    /// RFC 6455 7.4: not every number may be sent as a close code.
    #[error("invalid close code {code}")]
    CloseCode {
        /// The number received.
        code: u16,
    },
    /// RFC 6455 5.5.1: the reason is UTF-8.
    #[error("invalid UTF-8 in close reason at byte {offset}")]
    CloseReason {
        /// Where in the reason the impossible sequence starts.
        offset: usize,
    },
}

impl PeerError {
    /// The close code this fault earns (RFC 6455 7.4.1).
    pub const fn close_code(&self) -> u16 {
        match self {
            Self::InvalidUtf8 { .. } | Self::CloseReason { .. } | Self::InflateData => {
                code::INVALID_PAYLOAD
            }
            Self::TooManyFragments { .. } => code::POLICY_VIOLATION,
            Self::MessageTooLarge { .. }
            | Self::InflatedTooLarge { .. }
            | Self::InflateRatio { .. } => code::MESSAGE_TOO_BIG,
            _ => code::PROTOCOL_ERROR,
        }
    }
}

/// A call that the protocol does not allow. Nothing was written.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum UsageError {
    /// RFC 6455 5.5.1: nothing is sent after a Close frame.
    #[error("connection is {}", state.name())]
    NotOpen {
        /// The state it is in.
        state: State,
    },
    /// RFC 6455 5.5: a control frame carries at most 125 bytes.
    #[error("ping or pong of {length} bytes exceeds 125")]
    ControlTooLong {
        /// Bytes given.
        length: usize,
    },
    /// RFC 6455 7.4: not every number may be sent as a close code.
    #[error("close code {code} may not be sent")]
    CloseCode {
        /// The number given.
        code: u16,
    },
    /// RFC 6455 5.5.1: a code of two bytes, then a reason in UTF-8.
    #[error("the payload of a Close frame is a code of two bytes and a reason in UTF-8")]
    ClosePayload,
    /// RFC 6455 5.5: 125 bytes less the two of the code.
    #[error("close reason of {length} bytes exceeds 123")]
    ReasonTooLong {
        /// Bytes of UTF-8 given.
        length: usize,
    },
    /// RFC 6455 5.4: fragments of two messages are not interleaved.
    #[error("a message in fragments has not ended: its last frame has fin set")]
    MessageUnderWay,
    /// RFC 6455 5.4: a continuation continues something.
    #[error("there is no message to continue: its first frame is text or binary, without fin")]
    NothingToContinue,
    /// RFC 6455 8.1: text is UTF-8.
    #[error("the text is not UTF-8 at byte {offset} of the message")]
    InvalidUtf8 {
        /// Where in the message the impossible sequence starts.
        offset: usize,
    },
    /// RFC 7692 6: rsv1 stands on the first frame of a message, where compression was agreed on.
    #[error("rsv1 is for the first frame of a message, where permessage-deflate was agreed on")]
    Rsv1,
    /// A compressor that remembers what it has sent would not know of this message.
    #[error("rsv1 needs permessage-deflate without context takeover on this side")]
    Rsv1WithContext,
    /// The peer answers no ping: see [`crate::limits::MAX_PINGS_OUTSTANDING`].
    #[error("{outstanding} pings wait for a pong")]
    TooManyPings {
        /// Pings not answered yet.
        outstanding: usize,
    },
}
