//! Close codes and the payload of a Close frame (RFC 6455 5.5.1, 7.4).

use super::error::{PeerError, UsageError};
use super::utf8;

/// Close codes by name (RFC 6455 7.4.1 and the IANA registry it founded).
pub mod code {
    /// The purpose is fulfilled.
    pub const NORMAL: u16 = 1000;
    /// A server goes down, or a page is left.
    pub const GOING_AWAY: u16 = 1001;
    /// The peer broke the protocol.
    pub const PROTOCOL_ERROR: u16 = 1002;
    /// A kind of data this end cannot take.
    pub const UNSUPPORTED_DATA: u16 = 1003;
    /// Never on the wire: the Close frame had no code.
    pub const NO_STATUS: u16 = 1005;
    /// Never on the wire: there was no Close frame.
    pub const ABNORMAL: u16 = 1006;
    /// Data that contradicts its kind, such as text that is not UTF-8.
    pub const INVALID_PAYLOAD: u16 = 1007;
    /// Against this end's policy, when nothing else fits.
    pub const POLICY_VIOLATION: u16 = 1008;
    /// The message is larger than this end takes.
    pub const MESSAGE_TOO_BIG: u16 = 1009;
    /// The server did not negotiate an extension the client needs.
    pub const MANDATORY_EXTENSION: u16 = 1010;
    /// This end met a condition it did not expect.
    pub const INTERNAL_ERROR: u16 = 1011;
    /// The server restarts.
    pub const SERVICE_RESTART: u16 = 1012;
    /// The server is overloaded.
    pub const TRY_AGAIN_LATER: u16 = 1013;
    /// A gateway got an invalid answer.
    pub const BAD_GATEWAY: u16 = 1014;
    /// Never on the wire: the TLS handshake failed.
    pub const TLS_HANDSHAKE: u16 = 1015;
}

/// Longest reason in bytes of UTF-8: a control frame's 125 less the code's two.
pub const REASON_MAX: usize = 123;

/// What a `CloseEvent` shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CloseInfo {
    /// The peer's code; 1005 when its Close frame had none, 1006 when no Close frame came.
    pub code: u16,
    /// The peer's reason, or the empty string.
    pub reason: String,
    /// Whether the closing handshake was completed in both directions.
    pub was_clean: bool,
}

/// Whether `code` may stand in a Close frame, sent or received.
///
/// RFC 6455 7.4.1 and 7.4.2: 1004 is undefined, 1005, 1006 and 1015 only describe the absence of a
/// frame, 1016-2999 are unassigned, and below 1000 or from 5000 on nothing is defined. 1012-1014
/// come from the IANA registry.
pub const fn may_be_sent(code: u16) -> bool {
    matches!(code, 1000..=1003 | 1007..=1014 | 3000..=4999)
}

/// The registered name of a close code, for logs and messages.
pub const fn name(code: u16) -> &'static str {
    match code {
        code::NORMAL => "normal closure",
        code::GOING_AWAY => "going away",
        code::PROTOCOL_ERROR => "protocol error",
        code::UNSUPPORTED_DATA => "unsupported data",
        code::NO_STATUS => "no status received",
        code::ABNORMAL => "abnormal closure",
        code::INVALID_PAYLOAD => "invalid frame payload data",
        code::POLICY_VIOLATION => "policy violation",
        code::MESSAGE_TOO_BIG => "message too big",
        code::MANDATORY_EXTENSION => "mandatory extension",
        code::INTERNAL_ERROR => "internal error",
        code::SERVICE_RESTART => "service restart",
        code::TRY_AGAIN_LATER => "try again later",
        code::BAD_GATEWAY => "bad gateway",
        code::TLS_HANDSHAKE => "TLS handshake failed",
        3000..=3999 => "registered by a library or application",
        4000..=4999 => "private use",
        _ => "unassigned",
    }
}

/// Reads the payload of a Close frame.
pub(super) fn parse(payload: &[u8]) -> Result<(Option<u16>, String), PeerError> {
    let Some((&code, reason)) = payload.split_first_chunk::<2>() else {
        // RFC 6455 5.5.1: "If there is a body, the first two bytes of the body MUST be a 2-byte
        // unsigned integer".
        return if payload.is_empty() {
            Ok((None, String::new()))
        } else {
            Err(PeerError::CloseTruncated)
        };
    };
    let code = u16::from_be_bytes(code);
    if !may_be_sent(code) {
        return Err(PeerError::CloseCode { code });
    }
    match std::str::from_utf8(reason) {
        Ok(reason) => Ok((Some(code), reason.to_owned())),
        // RFC 6455 5.5.1, 8.1: the reason is UTF-8.
        Err(error) => Err(PeerError::CloseReason { offset: error.valid_up_to() }),
    }
}

/// The payload of a Close frame, at most 125 bytes. A reason without a code gets code 1000, as
/// WHATWG has it.
pub(super) fn payload(code: Option<u16>, reason: &str) -> Result<Vec<u8>, UsageError> {
    let code = match code {
        Some(code) if !may_be_sent(code) => return Err(UsageError::CloseCode { code }),
        None if reason.is_empty() => return Ok(Vec::new()),
        code => code.unwrap_or(code::NORMAL),
    };
    if reason.len() > REASON_MAX {
        return Err(UsageError::ReasonTooLong { length: reason.len() });
    }
    let mut payload = Vec::with_capacity(2 + reason.len());
    payload.extend_from_slice(&code.to_be_bytes());
    payload.extend_from_slice(reason.as_bytes());
    Ok(payload)
}

/// As [`payload`], for a reason of any length: it is cut at a character edge.
pub(super) fn payload_truncated(code: u16, reason: &str) -> Vec<u8> {
    debug_assert!(may_be_sent(code), "close code {code} may not be sent");
    let mut payload = code.to_be_bytes().to_vec();
    payload.extend_from_slice(utf8::truncate(reason, REASON_MAX).as_bytes());
    payload
}
