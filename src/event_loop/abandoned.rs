//! Promises of handlers that can never be settled: found by collecting garbage, and answered.

use std::time::{Duration, Instant};

use boa_engine::{Context, js_string};

use super::state::EventLoop;
use crate::builtin::process;
use crate::js::activation::{self, Lost};
use crate::js::memory;
use crate::js::runtime_limit::recursion_after_await;
use crate::js::settle::{self, Cause};
use crate::js::stack::shown;
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
        for (waiting, lost) in settle::take_abandoned() {
            let cause = match (lost, suspicious) {
                (true, _) => Cause::Recursion,
                (false, true) => Cause::Suspicion,
                (false, false) => Cause::Script,
            };
            if let Some(error) = waiting.abandoned(cause, context)
                && let Ok(value) = error.into_opaque(context)
            {
                // It has been answered and printed: whoever listens is told, and nobody has to.
                let origin = js_string!("uncaughtException").into();
                self.emit("uncaughtException", &[value, origin], context);
            }
            self.checkpoint(context);
        }
    }

    /// Reports the functions that the engine has lost, and for which nothing of the runtime waits.
    /// True if there were any.
    pub(super) fn report_lost(&mut self, context: &mut Context) -> bool {
        let mut reported = false;
        for lost in activation::take_lost() {
            let Some(place) = self.place_of_lost(&lost, context) else { continue };
            let error = recursion_after_await(&place, context);
            self.report_uncaught(&error, context);
            reported = true;
        }
        reported
    }

    /// Where that was, as lines of a stack; `None` for a module that has come to its end.
    fn place_of_lost(&mut self, lost: &Lost, context: &Context) -> Option<String> {
        if !lost.is_module {
            let place = shown(&lost.path);
            return Some(match lost.name.as_str() {
                "" => format!("\n    at async {place}"),
                name => format!("\n    at async {name} ({place})"),
            });
        }
        let program = process::program_file(context).to_string_lossy().into_owned();
        self.program.take_if(|_| shown(&lost.path) == program)?;
        let (_, place) = self.hooks.waiting(&program, context);
        Some(place.replacen("at ", "at async ", 1))
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
