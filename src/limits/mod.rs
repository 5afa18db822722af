//! Every numeric limit, with its reason. Nothing that a peer or a script can make grow is without
//! one.

mod closing;
mod modules;
mod rooms;

pub use closing::*;
pub use modules::*;
pub use rooms::*;

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

/// Addresses of which a server remembers how fast they connect, in some 6 MiB. Whoever has more than
/// that of the Internet is not to be counted by addresses. Those that have connections are kept beyond
/// it: they are no more than there are connections.
pub const ADDRESSES_KEPT_MAX: usize = 65_536;

/// The highest rate that an option takes, in messages, bytes or connections.
pub const OPTION_RATE_MAX: u64 = 1 << 40;

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

// --- buffers on their way out ---

/// Spare output buffers kept for reuse.
pub const POOLED_BUFFERS: usize = 64;

/// A buffer that grew beyond this is given back to the system instead of kept.
pub const POOLED_BUFFER_BYTES_MAX: usize = 64 * 1024;

/// Spare records of what connections have to send, kept for reuse: one for each connection of a
/// broadcast, at some 150 bytes each.
pub const POOLED_RECORDS: usize = 1024;

/// Messages that the record of what a connection has to send may have room for and still be kept
/// for reuse.
pub const POOLED_MESSAGES_MAX: usize = 1024;

/// A chunk that several connections are sent is shared from this size on; a smaller one is copied,
/// which costs less than to keep track of it.
pub const SHARED_CHUNK_BYTES_MIN: usize = 1024;

/// The body of a reply is shared by all connections that it waits for from this size on.
pub const SHARED_BODY_BYTES_MIN: usize = 32 * 1024;

/// Shared chunks of the same size that are compared with a new one: each takes as long as copying
/// it would.
pub const SHARED_CHUNKS_COMPARED: usize = 8;

/// Bytes that may wait for all peers of the process together. Beyond it, the connections for which
/// most waits are ended: memory is worth more than a peer that does not read.
pub const UNSENT_BYTES_MAX: usize = 512 * 1024 * 1024;

/// It is counted each time so large a part of it has been refused by the kernel: a sixteenth.
pub const UNSENT_CHECKS: usize = 16;

/// How long not to repeat that connections were ended for it.
pub const UNSENT_WARNING_INTERVAL_MS: u64 = 60_000;

/// Pieces of a connection's output that go into one system call.
pub const PIECES_PER_WRITE: usize = 64;

/// Beyond this a `send` writes at once instead of at the end of the turn, so that a long run of
/// sends is not held against a peer that would read.
pub const FLUSH_EARLY_BYTES: usize = 256 * 1024;

/// Bytes of replies that may wait for a peer before its next request is taken: enough to keep the
/// wire busy, and all that requests sent ahead can make the server hold beside one reply.
pub const REPLY_BACKLOG_BYTES: usize = 256 * 1024;

/// Bytes that may wait for the peer of an accepted WebSocket before it is closed with 1013: as
/// much as any peer can make a server hold for it.
pub const SERVER_MAX_BACKPRESSURE: usize = 1024 * 1024;

/// The same for an outgoing WebSocket, whose server the script chose.
pub const CLIENT_MAX_BACKPRESSURE: usize = 64 * 1024 * 1024;

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

// --- timers of a script ---

/// The longest delay: 2^31 - 1 ms, as everywhere. Anything beyond is taken for a mistake and
/// fires at once.
pub const TIMER_DELAY_MS_MAX: f64 = 2_147_483_647.0;

/// Timers that may be pending: far more than a program can use, far less than the memory.
pub const TIMERS_MAX: usize = 4_000_000;

/// How far the wall clock may be from where it should be before it is taken to have been set: more
/// than a machine's clocks drift apart between two looks.
pub const CLOCK_STEP_MS: f64 = 250.0;

// --- HTTP ---

/// Header fields of one reply: more than any browser takes.
pub const REPLY_FIELDS_MAX: usize = 256;

/// Header fields that a script may add to an opening handshake.
pub const REQUEST_FIELDS_MAX: usize = 100;

/// Bytes of messages that a WebSocket holds for a loop, while nobody takes them. A server's peers
/// can make it hold as much for each of them as by not reading: `SERVER_MAX_BACKPRESSURE`.
pub const HELD_MESSAGES_BYTES_MAX: usize = 1024 * 1024;

/// What each of them counts beside its bytes, so that empty ones are bounded too: about what the
/// engine takes for the shortest.
pub const HELD_MESSAGE_BYTES: usize = 64;

// --- the engine ---

/// Nested calls of a script. Beyond it the engine gives up with an error that the script cannot
/// catch, so it lies beyond what honest recursion needs.
pub const RECURSION_MAX: usize = 8_000;

/// Brackets that may be open at once in a text for `eval` or `new Function`: the engine's parser
/// needs some KiB of native stack for each.
pub const SOURCE_NESTING_MAX: usize = 2_000;

/// Words and signs of such a text that may nest without brackets, as in `!!!x` or `a + a + a`: they
/// take less of the stack each, and the engine is slow with more.
pub const SOURCE_CHAIN_MAX: usize = 20_000;

/// As how many of these a bracket counts that is open.
pub const SOURCE_CHAIN_PER_BRACKET: usize = 5;

/// Levels of an array that become a string: each takes some tens of KiB of native stack.
pub const JOIN_NESTING_MAX: usize = 1_000;

/// Arguments of a function that was bound several times, all of which each call passes.
pub const BOUND_ARGUMENTS_MAX: usize = 10_000;

/// The name of a function that was bound several times: beyond it no more `bound` is put before it.
pub const BOUND_NAME_UNITS_MAX: usize = 1_000;

/// UTF-16 units from which a string is widened before the engine looks for a regular expression in it.
/// Below it, to copy a string for each match costs less than that.
pub const SEARCH_WIDENED_UNITS_MIN: usize = 1024;

/// UTF-16 units of a string, as in V8.
pub const STRING_UNITS_MAX: usize = (1 << 29) - 24;

/// Values on the engine's stack: a hundred for each nested call.
pub const ENGINE_STACK_VALUES: usize = 800_000;

/// How often garbage is collected to find promises that handlers have abandoned, where there is a
/// sign of one: a request may wait so much longer for its 500.
pub const ABANDONED_CHECK_MS: u64 = 250;

/// The same where a collection takes long: a twentieth of the time.
pub const ABANDONED_CHECK_SHARE: u32 = 20;

/// Bytes of strings and buffers from outside, dead or alive, after which garbage is collected at
/// the latest: the engine itself does not count them.
pub const UNSEEN_BYTES_MAX: usize = 32 * 1024 * 1024;

/// The same at the earliest, and as long as a collection takes a tenth of a millisecond, as that of
/// a small heap does. What came in is used again while it is in the processor's caches.
pub const UNSEEN_BYTES_MIN: usize = 4 * 1024 * 1024;

/// As many bytes come in for each microsecond that a collection takes. It takes a script twenty to
/// handle them, so that collecting is a twentieth of all.
pub const UNSEEN_BYTES_PER_US: usize = 32 * 1024;

/// What a script leaves behind for each event, so far as it is guessed: the arguments of its handler,
/// and a few objects of its own.
pub const GARBAGE_BYTES_PER_EVENT: usize = 1024;

/// A collection that takes this long is one of some 100 000 objects, and everybody waits for it.
pub const LONG_COLLECTION_US: u64 = 10_000;

/// Garbage that the engine lets a script with so many objects make before it collects by itself. It
/// is as much as those objects take at least; without it, it would be less than half.
pub const GARBAGE_BYTES: usize = 64 * 1024 * 1024;

/// The memory in which text is converted to and from UTF-8 is given back when it has grown beyond
/// this: three bytes for each unit of a text of 64 Ki units.
pub const CONVERSION_BYTES_KEPT: usize = 256 * 1024;

/// The object of the last message stays for the next one; a longer text, in UTF-16 units, does not
/// stay with it.
pub const KEPT_TEXT_UNITS: usize = 256;

/// Promise jobs that run in one frame of the engine: what those that throw leave on its stack goes
/// when the frame does.
pub const JOBS_PER_FRAME: usize = 64;

/// Other callbacks that run in one frame, for the same reason.
pub const CALLBACKS_PER_FRAME: usize = 64;

/// The native stack of a script. It is only reserved: what is not used takes no memory.
pub const SCRIPT_STACK_BYTES: usize = 256 * 1024 * 1024;

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

// --- options ---

/// The longest time in milliseconds that an option takes: 24 days.
pub const OPTION_MILLIS_MAX: u64 = 1 << 31;

/// The largest size of a request's body.
pub const OPTION_BODY_BYTES_MAX: u64 = 1 << 31;

/// The largest size in bytes and number of fragments of a message.
pub const OPTION_MESSAGE_MAX: u64 = 1 << 32;

/// When a server that is too busy asks to be tried again, as the field value has it: 5 seconds.
pub const RETRY_AFTER: &str = "5";

// --- JSON ---

/// Shapes of objects that `JSON.stringify` remembers, a power of two: those of many kinds of
/// messages.
pub const JSON_SHAPES: usize = 256;

/// An object with more members is a table, and its shape is its own.
pub const JSON_SHAPE_MEMBERS_MAX: usize = 64;

/// Levels of a value that `JSON.stringify` writes and `JSON.parse` reads. Each takes its part of the
/// native stack, and one that is written is compared with all around it, to find cycles.
pub const JSON_DEPTH_MAX: usize = 2_000;

/// What a JSON text is first given room for: a message.
pub const JSON_TEXT_BYTES: usize = 128;

/// Names, and short strings, that `JSON.parse` remembers, each a power of two: those of many kinds
/// of messages.
pub const JSON_HELD: usize = 256;

/// A string longer than this is not remembered: it is data.
pub const JSON_HELD_BYTES_MAX: usize = 32;

/// How much of a text is shown before and behind what is wrong in it, in UTF-16 units.
pub const JSON_EXCERPT_UNITS: usize = 30;

/// Objects that are looked through for what keeps a value from being JSON.
pub const JSON_SEARCHED_MAX: usize = 100_000;

// --- names from outside ---

/// Names of one object that may collide as they like: it takes more to cost anything, and nearly
/// every object has fewer.
pub const NAMES_UNCOUNTED: usize = 32;

/// Other names that each may be compared with in the engine's table, on average. By chance it is a
/// half.
pub const COLLISIONS_PER_NAME: usize = 8;

// --- emitters ---

/// Listeners of one event of an emitter before a warning, unless a script says otherwise: Node's.
pub const LISTENERS_BEFORE_WARNING: f64 = 10.0;

// --- reports ---

/// The widest piece of a source line that an error shows.
pub const EXCERPT_COLUMNS: usize = 100;

/// Outgoing WebSockets of which it is remembered how they ended, for a program that waits in vain.
pub const WEBSOCKET_ENDS_KEPT: usize = 4;

/// Places in a script that are warned of for what they `send`: a script that makes more of itself
/// learns nothing new.
pub const SEND_WARNINGS_MAX: usize = 100;

/// How much of a request's target is shown when its handler fails.
pub const REPORTED_TARGET_CHARS_MAX: usize = 200;

/// Routes of a server: each request is compared with one after the other until one matches, which
/// takes some 10 ns each.
pub const ROUTES_MAX: usize = 1_000;

/// The longest path, or URL, that is matched with a pattern of a route that has more than names and
/// a star at its end: one with two stars takes time in the square of it, 15 ms for as much as this.
pub const COMPILED_PATH_BYTES_MAX: usize = 2 * 1024;

/// Calls of a too deep recursion that are shown.
pub const RECURSION_CALLS_SHOWN: usize = 10;

/// What the engine says of one call, at most: a function with some hundred thousand calls in it.
pub const TRACE_BYTES: usize = 16 * 1024 * 1024;

/// Expressions that are named where any of them can have thrown.
pub const CANDIDATES_SHOWN: usize = 4;

/// Errors about which it is remembered what was found out.
pub const EXPLAINED_MAX: usize = 64;

/// The longest piece of source text that a message quotes, in characters.
pub const QUOTE_CHARACTERS: usize = 60;

/// Exports of a module that are named when one is missing.
pub const EXPORTS_SHOWN: usize = 12;

/// How far `export *` is followed to find out what a module exports.
pub const REEXPORTS_FOLLOWED: usize = 8;

/// Names of files that a missing one is compared with.
pub const NEARBY_FILES: usize = 1_000;

/// How many of the engine's positions before and behind the one that threw are matched with the
/// source.
pub const MATCHING_RUNS: usize = 200;

/// Steps of matching the engine's positions with the source; a longer function is not searched.
pub const MATCHING_STEPS: usize = 20_000_000;

/// Places at which a program may wait that are shown; more are of no help.
pub const WAITING_PLACES_MAX: usize = 4;

/// Stale deadlines are not worth dropping before there are so many.
pub const STALE_DEADLINES_MIN: usize = 64;

/// How large the file of a time zone may be: the system's own have less than 4 KiB.
pub const TIME_ZONE_BYTES_MAX: u64 = 64 * 1024;
