//! Cookies, files and bodies that are sent or received bit by bit.

/// Bytes of the name and the value of a cookie together: browsers ignore any that has more.
pub const COOKIE_BYTES_MAX: usize = 4096;

/// Bytes of an attribute of a cookie, for the same reason.
pub const COOKIE_ATTRIBUTE_BYTES_MAX: usize = 1024;

/// Seconds that a cookie may be kept for: 400 days, which is all that browsers keep one for.
pub const COOKIE_SECONDS_MAX: u64 = 400 * 86_400;

/// Bytes of a key by which cookies are signed: as many as the signature has.
pub const COOKIE_KEY_BYTES_MIN: usize = 32;

/// Bytes of a reply that may wait for its peer while its handler is asked for more: enough to keep the
/// wire busy.
pub const REPLY_AHEAD_BYTES: usize = 64 * 1024;

/// Bytes of the body of a request that wait for the handler to read them. Beyond it nothing more is
/// read from the peer; one read may bring `READ_BUFFER_BYTES` more.
pub const BODY_AHEAD_BYTES: usize = 64 * 1024;

/// Silence of a stream of events after which a comment is sent: proxies give up on connections with
/// nothing to say, most of them after 30 or 60 seconds.
pub const SSE_KEEP_ALIVE_MS: usize = 15_000;
