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

// --- permessage-deflate ---

/// Messages below this many bytes are sent as they are: a compressor gains little on them and costs
/// more than the frame.
pub const DEFLATE_THRESHOLD: usize = 1024;

/// Compression level by default, of 0 to 9. Measured on JSON of 2 KiB: the next level takes three
/// times as long for a tenth fewer bytes, and time on this thread is what a server has least of.
pub const DEFLATE_LEVEL: u8 = 1;

/// Memory that the contexts kept between messages may take on one thread. A context is some 400 KiB
/// for sending and 48 KiB for receiving, so without a limit a few thousand connections are the
/// whole machine. Beyond it, connections are accepted without context takeover.
pub const DEFLATE_MEMORY: usize = 64 << 20;

/// A message may inflate to this many times its compressed size. JSON rarely exceeds 20; the format
/// itself goes to 1032, which only a bomb needs.
pub const INFLATE_MAX_RATIO: usize = 100;

/// The ratio is looked at each time this much of a message has been inflated, so that small ones
/// may repeat themselves as they like.
pub const INFLATE_RATIO_STEP: usize = 64 * 1024;

/// Inflated bytes are produced in pieces of this size, which stay in the nearest cache.
pub const INFLATE_PIECE: usize = 16 * 1024;

/// Idle decompressors kept on one thread, for connections that keep no context of their own.
pub const POOLED_INFLATERS: usize = 4;

/// Shared compressors kept on one thread, one for each window size and level in use.
pub const POOLED_COMPRESSORS: usize = 4;

/// The buffer that compressed messages are made in is given back when it has grown beyond this.
pub const PACKED_BYTES_KEPT: usize = 256 * 1024;
