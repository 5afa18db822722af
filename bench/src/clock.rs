//! The only place that reads the clock.

use std::time::Instant;

/// The present moment.
#[expect(
    clippy::disallowed_methods,
    reason = "a benchmark measures time; all of it comes from here"
)]
pub(crate) fn now() -> Instant {
    Instant::now()
}
