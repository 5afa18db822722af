//! Limits of sockets whose bytes are a script's own: `net`, `tls`, `dgram`, `dns`.

/// Bytes that wait for a peer before a script is told to wait: as many as a stream holds in Node.js,
/// four times over, so that a fast peer always has something to take.
pub const RAW_AHEAD_BYTES: usize = 64 * 1024;

/// Writes from this size on are a piece of their own in the output, so that it is never moved.
pub const RAW_SHARED_BYTES_MIN: usize = 32 * 1024;

/// How long the handshake of TLS may take, as in Node.js.
pub const TLS_HANDSHAKE_TIMEOUT_MS: u64 = 120_000;

/// Connections the kernel may hold ready for `accept` on a server of `net`, as in Node.js.
pub const RAW_BACKLOG: i32 = 511;

/// Datagrams that one socket may bring in a turn before others have theirs.
pub const DATAGRAMS_PER_TURN: usize = 64;

/// Bytes of datagrams that wait for the kernel. Beyond that, sending fails with `ENOBUFS`.
pub const DATAGRAMS_WAITING_BYTES: usize = 1024 * 1024;

/// Records that an answer of a name server may have: what fits into 64 KiB is less.
pub const DNS_RECORDS_MAX: usize = 4096;

/// Name servers of `/etc/resolv.conf` that are used: as many as the C library takes.
pub const DNS_SERVERS_MAX: usize = 3;

/// As much is read of `/etc/resolv.conf`.
pub const RESOLV_CONF_BYTES_MAX: u64 = 64 * 1024;
