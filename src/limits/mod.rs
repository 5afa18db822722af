//! Every numeric limit, with its reason. Nothing that a peer or a script can make grow is without
//! one.

mod bodies;
mod brokers;
mod children;
mod clients;
mod closing;
mod crypto;
mod data;
mod files;
mod guests;
mod modules;
mod nats;
mod output;
mod rooms;
mod scripts;
mod sockets;
mod testing;
mod workers;

pub use bodies::*;
pub use brokers::*;
pub use children::*;
pub use clients::*;
pub use closing::*;
pub use crypto::*;
pub use data::*;
pub use files::*;
pub use guests::*;
pub use modules::*;
pub use nats::*;
pub use output::*;
pub use rooms::*;
pub use scripts::*;
pub use sockets::*;
pub use testing::*;
pub use workers::*;

// --- the reactor ---

/// Readiness events taken from the kernel at once: enough to amortise the call, small enough to
/// stay in the cache.
pub const EVENTS_PER_POLL: usize = 1024;

/// The one read buffer, shared by all connections. A connection gets one read of it a turn, so a
/// flooding peer cannot starve the others; large enough that a bulk transfer is not all system
/// calls.
pub const READ_BUFFER_BYTES: usize = 128 * 1024;

/// Messages and requests that one read may bring before other connections have their turn. A read
/// may hold 20 000 of the smallest, which take a script a tenth of a second and more.
pub const EVENTS_PER_READ: usize = 1024;

/// Connections accepted from one listener a turn, for the same fairness.
pub const ACCEPTS_PER_TURN: usize = 256;

/// Connections the kernel may hold ready for `accept` unless a script says otherwise.
pub const LISTEN_BACKLOG: i32 = 1024;

/// How long to leave a listener alone after the process ran out of file descriptors.
pub const ACCEPT_RETRY_MS: u64 = 100;

/// How long not to repeat a warning about peers, such as that connections cannot be accepted: whoever
/// exhausts the process is not to fill its log as well.
pub const PEER_WARNING_INTERVAL_MS: u64 = 60_000;

/// Worker threads for blocking work. They mostly wait for name servers.
pub const WORKER_THREADS_MAX: usize = 4;

/// Worker threads that panics may take with them: each is a fault of krandog's own, and stays behind
/// with what it held. One more ends the process.
pub const WORKER_THREADS_LOST_MAX: usize = 64;

/// Addresses of one name that are tried before a connect fails.
pub const ADDRESSES_TRIED_MAX: usize = 16;

/// How long one address is tried alone before the next is tried beside it. RFC 8305 8: 250 ms.
pub const CONNECTION_ATTEMPT_DELAY_MS: u64 = 250;

/// How much of standard input is read at once.
pub const STDIN_CHUNK_BYTES: usize = 64 * 1024;

/// Chunks of standard input read ahead of the script.
pub const STDIN_CHUNKS_MAX: usize = 4;

/// How late a deadline may be noticed without a look at what has come in the meantime. Later than
/// that, a script has computed, and its peers are not to pay for it.
pub const LATE_TURN_MS: u64 = 10;

/// Reads of 4 KiB from a connection that is refused, before it is closed: the request that a client
/// has sent along, if it is of the usual size.
pub const DISMISSED_READS_MAX: usize = 4;

// --- waits ---

/// How long a connection that is over may take to end its side before it is reset.
pub const LINGER_TIMEOUT_MS: u64 = 2_000;

/// Silence after which an accepted WebSocket is pinged: below the 60 s after which common
/// proxies cut a quiet connection.
pub const PING_INTERVAL_MS: u64 = 25_000;

/// The same for outgoing ones. Apart from the servers' so that the two do not ping in step.
pub const CLIENT_PING_INTERVAL_MS: u64 = 30_000;

/// Silence after a ping that makes a peer dead: 45 s after the last byte in all.
pub const PONG_TIMEOUT_MS: u64 = 20_000;

/// Time for an outgoing WebSocket to open: name look-up, connect and handshake together.
pub const CLIENT_HANDSHAKE_TIMEOUT_MS: u64 = 10_000;

/// How long a script may take to decide on an opening handshake.
pub const UPGRADE_TIMEOUT_MS: u64 = 30_000;

/// Redirects of an opening handshake that are followed where a script wants it and says no number,
/// as many as in npm's `ws`.
pub const REDIRECTS_FOLLOWED: usize = 10;

/// As many as it may want: a loop of more helps nobody.
pub const REDIRECTS_FOLLOWED_MAX: u64 = 100;

/// The longest first wait before an outgoing WebSocket connects again: short enough for a hiccup.
pub const RECONNECT_MIN_DELAY_MS: u64 = 500;

/// The longest of all waits: a server that is back is found within half a minute.
pub const RECONNECT_MAX_DELAY_MS: u64 = 30_000;

/// How long a WebSocket has to stay open to start afresh: one whose server accepts it and drops it
/// at once is to wait longer and longer too.
pub const RECONNECT_STABLE_MS: u64 = 5_000;

/// RFC 6455's registry of close codes: after 1012, a service restart, clients come back within 5 to
/// 30 seconds, spread at random.
pub const RESTART_DELAYS_MS: (u64, u64) = (5_000, 30_000);

/// The longest wait that `Retry-After` can ask for: whoever says more, or a date that is wrong, is
/// asked again after an hour.
pub const RETRY_AFTER_MAX_MS: u64 = 3_600_000;

/// Sockets that a pool has open at one time, where a script says no number.
pub const POOL_SOCKETS: usize = 5;

/// Calls of its `connect` that wait for a place: a program that asks for more asks in vain.
pub const POOL_WAITING: usize = 1000;

/// Messages that wait for a WebSocket to open again, where a script says no number.
pub const QUEUE_MESSAGES: usize = 1000;

/// Their bytes.
pub const QUEUE_BYTES: usize = 1024 * 1024;

/// As many bytes as a script may let wait: what an outgoing WebSocket may hold for its peer too.
pub const QUEUE_BYTES_MAX: u64 = CLIENT_MAX_BACKPRESSURE as u64;

/// As many messages: each takes memory beside its bytes.
pub const QUEUE_MESSAGES_MAX: u64 = 1_000_000;

/// How much of a refused handshake's body is read, for the error event.
pub const REFUSAL_BODY_BYTES_MAX: usize = 4 * 1024;

/// How much of what a server says is in the message of the error.
pub const REFUSAL_CHARACTERS_SHOWN: usize = 200;

// --- HTTP ---

/// Header fields of one reply: more than any browser takes.
pub const REPLY_FIELDS_MAX: usize = 256;

/// Routes of a server: each request is compared with one after the other until one matches, which
/// takes some 10 ns each.
pub const ROUTES_MAX: usize = 1_000;

/// The longest path, or URL, that is matched with a pattern of a route that has more than names and
/// a star at its end: one with two stars takes time in the square of it, 15 ms for as much as this.
pub const COMPILED_PATH_BYTES_MAX: usize = 2 * 1024;

/// Header fields that a script may add to an opening handshake.
pub const REQUEST_FIELDS_MAX: usize = 100;

/// Messages of one accepted WebSocket of which the promises of the handler may be pending, unless a
/// script says otherwise: more than a handler that waits for other messages of the same peer needs,
/// and few enough that what they hold is bounded.
pub const MAX_PENDING: usize = 1024;

/// Bytes of messages that a WebSocket holds for a loop, while nobody takes them. A server's peers
/// can make it hold as much for each of them as by not reading: `SERVER_MAX_BACKPRESSURE`.
pub const HELD_MESSAGES_BYTES_MAX: usize = 1024 * 1024;

/// What each of them counts beside its bytes, so that empty ones are bounded too: about what the
/// engine takes for the shortest.
pub const HELD_MESSAGE_BYTES: usize = 64;

// --- TLS ---

/// Plaintext of one record. RFC 8446 5.1.
pub const TLS_PLAINTEXT_MAX: usize = 16 * 1024;

/// What a record adds to its plaintext, at most, where the cipher suites are krandog's.
pub const TLS_RECORD_OVERHEAD_MAX: usize = 64;

/// Ciphertext held for a connection until a record, or a message of the handshake, is whole: what
/// rustls takes for the longest chain of certificates.
pub const TLS_HELD_BYTES_MAX: usize = 80 * 1024;

// What is held goes in front of what is read.
const _: () = assert!(TLS_HELD_BYTES_MAX < READ_BUFFER_BYTES);

/// Plaintext that is sealed before it is known whether the kernel takes it: as much memory in
/// records for a peer that does not read.
pub const TLS_SEALED_AHEAD_BYTES: usize = 64 * 1024;

/// Sessions of servers that a client could resume, for each set of options.
pub const TLS_SESSIONS_KEPT: usize = 256;

/// Sets of `tls` options of clients that are kept ready.
pub const TLS_CLIENT_CONFIGS_KEPT: usize = 16;

/// Characters of the names in a certificate that an error shows.
pub const TLS_SHOWN_CHARACTERS: usize = 200;

/// Bytes of a file with certificates or a key: the system's authorities together are 250 KiB.
pub const TLS_FILE_BYTES_MAX: u64 = 4 * 1024 * 1024;

// --- HTTP/1.1 ---

/// Bytes of a request line and its fields. Node's default.
pub const HEAD_BYTES_MAX: usize = 16 * 1024;

/// Bytes of a request line. RFC 9112 3 asks for 8000 at least.
pub const REQUEST_LINE_BYTES_MAX: usize = 8 * 1024;

/// Field lines of a request: twice what any browser sends.
pub const HEAD_FIELDS_MAX: usize = 100;

/// No configuration can allow more field lines: they are split on the stack.
pub const HEAD_FIELDS_CEILING: usize = 256;

/// RFC 9112 2.2: "a server SHOULD ignore at least one empty line received prior to the request
/// line". Two, for the client that ends a body with CRLF and begins a request with another.
pub const BLANK_LINES_MAX: usize = 2;

/// Bytes of a request's body, which is buffered whole. nginx's default.
pub const BODY_BYTES_MAX: u64 = 1024 * 1024;

/// For the first byte of a connection, and for a head from its first byte to its last.
pub const HEAD_TIMEOUT_MS: u64 = 10_000;

/// For a request from its first byte to its last, not counting what the body earns.
pub const REQUEST_TIMEOUT_MS: u64 = 30_000;

/// A body that comes at least this fast never times out.
pub const BODY_BYTES_PER_SECOND_MIN: u64 = 1024;

/// Between a response and the next request. Node's default.
pub const KEEP_ALIVE_TIMEOUT_MS: u64 = 5_000;

/// Bytes of chunk extensions in one message. Nobody sends any; an unlimited number of them is a way
/// to keep a server busy with a tiny body.
pub const CHUNK_EXTENSION_BYTES_MAX: usize = 1024;

/// Bytes of the trailers after a chunked body. They are dropped, so only a few are accepted.
pub const TRAILER_BYTES_MAX: usize = 8 * 1024;

/// Trailers after a chunked body.
pub const TRAILER_FIELDS_MAX: usize = 32;

/// Bytes of the head of a response. The script chose the server, so this only guards against
/// accidents.
pub const RESPONSE_HEAD_BYTES_MAX: usize = 64 * 1024;

/// Interim responses before the final one. Servers send one or two.
pub const INTERIM_RESPONSES_MAX: usize = 16;

// --- WebSocket ---

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

/// A message is compressed into a buffer that grows by this much, since its compressed size is not
/// known beforehand.
pub const PACKED_STEP: usize = 4096;
