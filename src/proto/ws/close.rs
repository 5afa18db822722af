//! Close codes and the payload of a Close frame (RFC 6455 5.5.1, 7.4).

pub use super::code;
use super::error::{PeerError, UsageError};
use super::utf8;

/// Longest reason in bytes of UTF-8: a control frame's 125 less the code's two.
pub const REASON_MAX: usize = 123;

/// What a `CloseEvent` shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CloseInfo {
    /// The peer's code; 1005 when its Close frame had none, 1006 when no Close frame came. On a
    /// server that ended the connection for a fault, the code that it sent.
    pub code: u16,
    /// The reason that came, or went, with the code, or the empty string.
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

/// Reads the payload of a Close frame that is to be sent.
pub fn read(payload: &[u8]) -> Result<(Option<u16>, String), UsageError> {
    parse(payload).map_err(|error| match error {
        PeerError::CloseCode { code } => UsageError::CloseCode { code },
        _ => UsageError::ClosePayload,
    })
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

/// As much of a reason as fits, cut at a character edge.
pub fn truncate_reason(reason: &str) -> &str {
    utf8::truncate(reason, REASON_MAX)
}

/// As [`payload`], for a reason of any length.
pub(super) fn payload_truncated(code: u16, reason: &str) -> Vec<u8> {
    debug_assert!(may_be_sent(code), "close code {code} may not be sent");
    let mut payload = code.to_be_bytes().to_vec();
    payload.extend_from_slice(truncate_reason(reason).as_bytes());
    payload
}
