//! What a server suffers from one connection. Knows nothing of how it is held to that.

use std::time::Duration;

use crate::limits::{
    BODY_BYTES_MAX, BODY_BYTES_PER_SECOND_MIN, HEAD_BYTES_MAX, HEAD_FIELDS_MAX, HEAD_TIMEOUT_MS,
    KEEP_ALIVE_TIMEOUT_MS, REQUEST_LINE_BYTES_MAX, REQUEST_TIMEOUT_MS,
};

/// What a server suffers from one connection.
#[derive(Debug, Clone, Copy)]
pub struct ServerConfig {
    /// Bytes of a request's head, else 431.
    pub head_bytes_max: usize,
    /// Bytes of its request line, else 414.
    pub request_line_bytes_max: usize,
    /// Field lines, else 431. At most 256.
    pub fields_max: usize,
    /// Bytes of its body without transfer coding, else 413.
    pub body_bytes_max: u64,
    /// For a head from its first byte to its last, else 408. Also for the first byte of a
    /// connection, else it is closed.
    pub head_timeout: Duration,
    /// For a request from its first byte to its last, else 408.
    pub request_timeout: Duration,
    /// Each so many bytes of body add a second to `request_timeout`. 0: none does.
    pub body_bytes_per_second_min: u64,
    /// Between a response and the next request, else the connection is closed.
    pub keep_alive_timeout: Duration,
    /// A request with a body is reported once its head has come ([`Event::Head`]).
    pub asks_at_head: bool,
}

impl Default for ServerConfig {
    fn default() -> Self {
        Self {
            head_bytes_max: HEAD_BYTES_MAX,
            request_line_bytes_max: REQUEST_LINE_BYTES_MAX,
            fields_max: HEAD_FIELDS_MAX,
            body_bytes_max: BODY_BYTES_MAX,
            head_timeout: Duration::from_millis(HEAD_TIMEOUT_MS),
            request_timeout: Duration::from_millis(REQUEST_TIMEOUT_MS),
            body_bytes_per_second_min: BODY_BYTES_PER_SECOND_MIN,
            keep_alive_timeout: Duration::from_millis(KEEP_ALIVE_TIMEOUT_MS),
            asks_at_head: false,
        }
    }
}

/// A time in milliseconds, for a message.
pub(super) fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
