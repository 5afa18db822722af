//! How servers and the process end, and how another takes their place.

/// How long an idle HTTP connection of a server that drains stays open: a request that is on its way
/// is refused with a reply, and not by a closed connection.
pub const DRAIN_IDLE_MS: u64 = 1_000;

/// WebSockets of a server that drains are closed in batches at this interval at the least.
pub const DRAIN_BATCH_MS: u64 = 10;

/// Connections that a server that drains still takes from the kernel, to refuse them with a reply:
/// four times as many as may wait there by default.
pub const ACCEPTS_AT_CLOSE: usize = 4_096;

/// How long a server with the option `shutdown` drains when a signal ends the process, where the
/// script says no time: Docker kills a container after 10 s.
pub const SHUTDOWN_DRAIN_MS: u64 = 8_000;

/// How long SIGINT and SIGTERM wait for peers to answer 1001 before the process ends.
pub const SHUTDOWN_TIMEOUT_MS: u64 = 2_000;

/// Sockets that whoever starts the process may pass to it. More would not be looked for.
pub const PASSED_SOCKETS_MAX: usize = 1_024;
