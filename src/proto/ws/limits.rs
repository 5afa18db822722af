//! The numbers of this protocol core, each with its reason.

/// Largest message a server takes by default, in bytes. 1 MiB holds any chat, game or telemetry
/// message; a peer that could make the process buffer more for the price of one connection would
/// need no further attack.
pub const SERVER_MAX_PAYLOAD: usize = 1 << 20;

/// Largest message a client takes by default, in bytes: it chose its server, so this guards against
/// accidents only.
pub const CLIENT_MAX_PAYLOAD: usize = 64 << 20;

/// Most fragments in one message. Empty fragments cost a peer 2 bytes and count too, so that a
/// message cannot stay unfinished for ever at no memory cost.
pub const MAX_FRAGMENTS: usize = 131_072;

/// An automatic pong is written at once while the bytes waiting to be sent are fewer than this.
/// Beyond it only the latest ping is answered, once the host has drained: a peer that pings and
/// never reads costs 4 KiB, not the whole memory.
pub const PONG_BACKLOG: usize = 4096;

/// The assembly buffer takes room for at most this much more than has arrived (or for as much
/// again, once that is more), whatever length a frame header announces.
pub const RESERVE_STEP: usize = 16 * 1024;

/// Pings of a script that may wait for their pong at one time, on one connection.
pub const MAX_PINGS_OUTSTANDING: usize = 64;

/// How long the peer may take to answer a Close frame, in milliseconds. RFC 6455 7.1.1 leaves it
/// open.
pub const CLOSE_TIMEOUT_MS: u64 = 5_000;

/// Most subprotocols read from one request, and most extensions from one field: both lists are
/// compared pair by pair.
pub const MAX_OFFERS: usize = 32;
