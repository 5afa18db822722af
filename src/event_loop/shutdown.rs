//! The polite end of a process that a signal has asked to end.

use std::time::{Duration, Instant};

use crate::host::Host;
use crate::limits::SHUTDOWN_TIMEOUT_MS;

/// RFC 6455 7.4.1: going away.
const GOING_AWAY: u16 = 1001;

/// The process is ending: servers close, WebSockets are told 1001 or what their server says.
pub(super) struct Shutdown {
    pub(super) deadline: Instant,
    /// Servers close as they have said they would; whatever is not theirs stays until then, since
    /// what they still do may need it.
    drains: bool,
    exit_code: u8,
    /// What has begun it.
    pub(super) signal: i32,
}

impl Shutdown {
    /// Begins it.
    pub(super) fn begin(signal: i32, host: &mut Host) -> Self {
        if let Some(deadline) = host.drain_for_the_end() {
            host.close_servers(GOING_AWAY, REASON);
            return Self { deadline, drains: true, exit_code: 0, signal };
        }
        let deadline = close_all(host);
        Self { deadline, drains: false, exit_code: code_of(signal), signal }
    }

    /// The exit code, once everybody is gone or has had their time.
    pub(super) fn go_on(&mut self, host: &mut Host, has_workers: bool) -> Option<u8> {
        // A server that has not said how it wants to close may still be busy at the deadline.
        if self.drains && (!host.has_accepted() || host.now() >= self.deadline) {
            self.drains = false;
            self.deadline = close_all(host);
        }
        let is_quiet = !host.has_connections() && !host.has_news() && !has_workers;
        let is_over = is_quiet || host.now() >= self.deadline;
        is_over.then_some(self.exit_code)
    }
}

fn close_all(host: &mut Host) -> Instant {
    host.close_all(GOING_AWAY, REASON);
    host.now() + Duration::from_millis(SHUTDOWN_TIMEOUT_MS)
}

const REASON: &str = "the process is ending";

/// The code of a process that a signal ended.
pub(super) fn code_of(signal: i32) -> u8 {
    u8::try_from(128 + signal).unwrap_or(128)
}
