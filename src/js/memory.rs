//! Memory that the garbage collector does not see.
//!
//! Boa's collector counts its own boxes, and neither the characters of a string nor the bytes of a
//! buffer: a megabyte that came from a peer weighs as much as an empty object. What is made here
//! from input is counted, and the loop collects when that adds up: soon where a collection takes
//! little, so that the same memory is used again while the processor has it in its caches, and
//! later where it takes long.

use std::cell::Cell;
use std::time::{Duration, Instant};

use crate::limits::{UNSEEN_BYTES_MAX, UNSEEN_BYTES_MIN, UNSEEN_BYTES_PER_US};

thread_local! {
    static UNSEEN: Cell<usize> = const { Cell::new(0) };
    /// How much of it is let come in before a collection.
    static ALLOWED: Cell<usize> = const { Cell::new(UNSEEN_BYTES_MIN) };
    /// How long the last collection took.
    static TOOK: Cell<Duration> = const { Cell::new(Duration::MAX) };
}

/// Counts bytes that a JavaScript value holds outside of the collector's heap.
#[inline]
pub fn note_unseen(bytes: usize) {
    UNSEEN.set(UNSEEN.get().saturating_add(bytes));
}

/// Collects garbage if enough has come in since the last time. No script may be running. `clock`
/// tells the time.
#[inline]
pub fn collect_if_due(clock: impl Fn() -> Instant) {
    if UNSEEN.get() > ALLOWED.get() {
        collect(clock);
    }
}

/// Collects garbage now, and tells how long that took. No script may be running.
#[cold]
pub fn collect(clock: impl Fn() -> Instant) -> Duration {
    let start = clock();
    boa_gc::force_collect();
    let took = clock().saturating_duration_since(start);
    // The shorter of two, since the system may have run something else in between.
    ALLOWED.set(allowed_after(took.min(TOOK.replace(took))));
    UNSEEN.set(0);
    took
}

/// How many bytes may come in before the next collection, if one takes this long.
fn allowed_after(took: Duration) -> usize {
    let took_us = usize::try_from(took.as_micros()).unwrap_or(usize::MAX);
    took_us.saturating_mul(UNSEEN_BYTES_PER_US).clamp(UNSEEN_BYTES_MIN, UNSEEN_BYTES_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A clock on which every collection takes this long.
    #[expect(clippy::disallowed_methods, reason = "any instant to begin with")]
    fn clock(took: Duration) -> impl Fn() -> Instant {
        let now = Cell::new(Instant::now());
        move || now.replace(now.get() + took)
    }

    /// How much comes in before the next collection.
    fn bytes_until_collected(took: Duration) -> usize {
        let step = UNSEEN_BYTES_MIN / 4;
        (1..100)
            .find(|_| {
                note_unseen(step);
                collect_if_due(clock(took));
                UNSEEN.get() == 0
            })
            .map_or(0, |steps| steps * step)
    }

    #[test]
    fn garbage_is_collected_more_seldom_where_that_takes_long() {
        let (short, long) = (Duration::from_micros(10), Duration::from_millis(100));
        let step = UNSEEN_BYTES_MIN / 4;
        for (took, bytes) in [
            (short, UNSEEN_BYTES_MIN),
            (short, UNSEEN_BYTES_MIN),
            // One that took long may have been interrupted; two have not.
            (long, UNSEEN_BYTES_MIN),
            (long, UNSEEN_BYTES_MIN),
            (long, UNSEEN_BYTES_MAX),
            (short, UNSEEN_BYTES_MAX),
            (short, UNSEEN_BYTES_MIN),
        ] {
            assert_eq!(bytes_until_collected(took), bytes + step, "{took:?}");
        }
    }

    #[test]
    fn between_the_limits_the_bytes_follow_the_time() {
        let micros = UNSEEN_BYTES_MAX / UNSEEN_BYTES_PER_US / 2;
        let took = Duration::from_micros(micros as u64);
        assert_eq!(allowed_after(took), UNSEEN_BYTES_MAX / 2);
        assert_eq!(allowed_after(took * 2), UNSEEN_BYTES_MAX);
        assert_eq!(allowed_after(took * 1000), UNSEEN_BYTES_MAX);
        assert_eq!(allowed_after(Duration::MAX), UNSEEN_BYTES_MAX);
    }
}
