//! Close codes by name (RFC 6455 7.4.1 and the IANA registry it founded).

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
