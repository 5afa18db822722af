//! Requests that go out.

/// Time for a connection to a server: name look-up, connect and TLS together, as for a WebSocket.
pub const REQUEST_CONNECT_TIMEOUT_MS: u64 = 10_000;

/// Silence after a request, before its response begins: some answers are computed for minutes.
pub const RESPONSE_HEAD_TIMEOUT_MS: u64 = 300_000;

/// Silence in the middle of a response, while the script reads.
pub const RESPONSE_BODY_TIMEOUT_MS: u64 = 300_000;

/// Connections to one server at one time. What is asked for beyond it waits.
pub const CONNECTIONS_PER_SERVER: usize = 256;

/// Connections of requests in all: what a process may have open files of by default, with room for
/// others.
pub const REQUEST_CONNECTIONS_MAX: usize = 768;

/// Requests that wait for a connection: a script that asks for more has lost count.
pub const REQUESTS_WAITING_MAX: usize = 65_536;

/// Connections that are kept without a request on them.
pub const IDLE_CONNECTIONS_MAX: usize = 128;

/// How long each is kept where its server says nothing: below the 5 s after which Node.js and
/// krandog close their side, since a request on its way would then be lost.
pub const IDLE_CONNECTION_MS: u64 = 4_000;

/// How long each is kept where its server has said that it keeps it longer.
pub const IDLE_CONNECTION_HINT_MS_MAX: u64 = 600_000;

/// By how much earlier than its server has said: what is on its way counts too.
pub const IDLE_CONNECTION_MARGIN_MS: u64 = 1_000;

/// Bytes of a body that wait for a server that reads slowly, before its source is paused.
pub const UPLOAD_WAITING_BYTES: usize = 256 * 1024;

// --- content codings ---

/// Content codings of one body that are put one over the other. One is usual.
pub const CONTENT_CODINGS_MAX: usize = 4;

/// A body may decode to this many times its size: a little more than deflate can do at most.
pub const CONTENT_MAX_RATIO: u64 = 1_100;

/// A body that decodes to less than this may be as small as it likes.
pub const CONTENT_RATIO_FREE_BYTES: u64 = 16 * 1024 * 1024;

/// Bytes that are decoded at once.
pub const DECODED_PIECE_BYTES: usize = 64 * 1024;

/// The window that a body in zstd may need. RFC 9659: 8 MB.
pub const ZSTD_WINDOW_BYTES_MAX: u64 = 8 * 1024 * 1024;

/// Bytes of a response that wait for the script to read, before its server is not read from any
/// more. A block of zstd has to fit, since it is decoded whole.
pub const RESPONSE_WAITING_BYTES: usize = 256 * 1024;

/// A response that is there at once and decodes to no more than this needs no stream.
pub const RESPONSE_WHOLE_BYTES_MAX: usize = 1024 * 1024;

/// Bytes of a content that the option `integrity` holds back until all of it has been checked. What
/// is larger is a download, which is better compared as it comes.
pub const INTEGRITY_BYTES_MAX: usize = 64 * 1024 * 1024;

/// Redirects that a call follows. The Fetch standard, 4.4.
pub const FETCH_REDIRECTS_MAX: usize = 20;

/// Ways to servers that are kept ready.
pub const ROUTES_KEPT: usize = 64;
