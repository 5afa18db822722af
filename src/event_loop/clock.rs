//! The engine's clock: the one of the loop, so that `Date` and `performance` agree with timers, also
//! where a test has had time pass.

use std::time::{Instant, UNIX_EPOCH};

use boa_engine::context::time::{Clock, JsInstant};

use crate::net::reactor::{monotonic_clock, wall_clock};

/// Counts from when it was made.
pub(super) struct LoopClock {
    base: Instant,
}

impl LoopClock {
    pub(super) fn new() -> Self {
        Self { base: monotonic_clock() }
    }
}

impl Clock for LoopClock {
    fn now(&self) -> JsInstant {
        let passed = monotonic_clock().saturating_duration_since(self.base);
        JsInstant::new(passed.as_secs(), passed.subsec_nanos())
    }

    fn system_time_millis(&self) -> i64 {
        let since = wall_clock().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    }
}
