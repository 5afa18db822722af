//! The polite end of a process that a signal has asked to end.

use std::time::Instant;

use crate::host::Host;

/// The process is ending: servers are closed, WebSockets were told 1001.
pub(super) struct Shutdown {
    pub(super) signal: i32,
    pub(super) deadline: Instant,
}

impl Shutdown {
    /// Everybody is gone, or has had their time.
    pub(super) fn is_over(&self, host: &Host) -> bool {
        !host.has_connections() || host.now() >= self.deadline
    }

    /// The code of a process that a signal ended.
    pub(super) fn exit_code(&self) -> u8 {
        u8::try_from(128 + self.signal).unwrap_or(128)
    }
}
