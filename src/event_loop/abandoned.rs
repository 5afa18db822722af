//! Promises of handlers that can never be settled: found by collecting garbage, and answered.

use std::time::{Duration, Instant};

use boa_engine::Context;

use super::state::EventLoop;
use crate::js::{memory, settle};
use crate::limits::{ABANDONED_CHECK_MS, ABANDONED_CHECK_SHARE};
use crate::net::reactor::monotonic_clock;

impl EventLoop {
    /// Tells whoever waits for a promise that was abandoned. Where there is a sign of one, garbage is
    /// collected to find it, but not often.
    pub(super) fn answer_abandoned(&mut self, context: &mut Context) {
        let suspicious = self.hooks.is_suspicious();
        if suspicious {
            self.look_for_abandoned();
        }
        for waiting in settle::take_abandoned() {
            waiting.abandoned(suspicious, context);
            self.checkpoint(context);
        }
    }

    fn look_for_abandoned(&mut self) {
        if !settle::is_anything_waiting() {
            return self.hooks.clear_suspicion();
        }
        let now = monotonic_clock();
        if self.abandoned_after.is_some_and(|after| now < after) {
            return;
        }
        self.hooks.clear_suspicion();
        let took = memory::collect(monotonic_clock);
        let pause = Duration::from_millis(ABANDONED_CHECK_MS).max(took * ABANDONED_CHECK_SHARE);
        self.abandoned_after = Some(now + pause);
    }

    /// When to look again.
    pub(super) fn abandoned_deadline(&self) -> Option<Instant> {
        self.abandoned_after.filter(|_| self.hooks.is_suspicious())
    }
}
