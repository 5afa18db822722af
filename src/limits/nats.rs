//! Servers of NATS.

/// What a server says of itself on one line: some hundred addresses of its cluster fit.
pub const NATS_INFO_BYTES_MAX: usize = 64 * 1024;

/// Any other line of a server: what servers take from their clients by default, too.
pub const NATS_LINE_BYTES_MAX: usize = 4096;

/// A message of a server and its headers: the most that any server can be configured to take.
pub const NATS_PAYLOAD_BYTES_MAX: usize = 64 << 20;

/// A subject: with the rest of its line it fits into what servers take by default.
pub const NATS_SUBJECT_BYTES_MAX: usize = 2048;

/// Parts of a subject that come from the name of a room. Servers compare part by part.
pub const NATS_SUBJECT_PARTS_MAX: usize = 16;

/// Servers of a cluster that are remembered as places to connect to.
pub const NATS_SERVERS_MAX: usize = 64;
