//! What one end wants of the extension, and what two have agreed on.

use crate::limits::{DEFLATE_LEVEL, DEFLATE_MEMORY, DEFLATE_THRESHOLD, INFLATE_MAX_RATIO};

/// The extension's registered name.
pub const NAME: &str = "permessage-deflate";

/// What one end wants of the extension. The four named as in RFC 7692 7.1 mean the same on both
/// ends, and are agreed on; the others are this end's own business.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeflateConfig {
    /// Messages of fewer bytes are sent uncompressed.
    pub threshold: usize,
    /// Effort of compression, 0 to 9.
    pub level: u8,
    /// The server forgets each message it has compressed.
    pub server_no_context_takeover: bool,
    /// The client forgets each message it has compressed.
    pub client_no_context_takeover: bool,
    /// Largest window the server compresses with, as a power of two, 8 to 15. With 8 it sends
    /// uncompressed: the compressor has no window so small.
    pub server_max_window_bits: u8,
    /// The same for the client.
    pub client_max_window_bits: u8,
    /// Bytes that the contexts of all connections of this thread may take together.
    pub memory_limit: usize,
    /// How many times its compressed size a message may inflate to.
    pub max_ratio: usize,
}

impl Default for DeflateConfig {
    /// No context takeover either way: memory in use does not grow with connections.
    fn default() -> Self {
        Self {
            threshold: DEFLATE_THRESHOLD,
            level: DEFLATE_LEVEL,
            server_no_context_takeover: true,
            client_no_context_takeover: true,
            server_max_window_bits: 15,
            client_max_window_bits: 15,
            memory_limit: DEFLATE_MEMORY,
            max_ratio: INFLATE_MAX_RATIO,
        }
    }
}

/// What two ends have agreed on, seen from one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Params {
    /// Window to compress with, 8 to 15; 8 sends uncompressed.
    pub compress_bits: u8,
    /// Whether a message sent may refer to those before it.
    pub compress_takeover: bool,
    /// Window the peer compresses with, 8 to 15.
    pub inflate_bits: u8,
    /// Whether a message received may refer to those before it.
    pub inflate_takeover: bool,
    /// As [`DeflateConfig::threshold`].
    pub threshold: usize,
    /// As [`DeflateConfig::level`].
    pub level: u8,
    /// As [`DeflateConfig::memory_limit`].
    pub memory_limit: usize,
    /// As [`DeflateConfig::max_ratio`].
    pub max_ratio: usize,
}
