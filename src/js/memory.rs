//! Memory that the garbage collector does not see.
//!
//! Boa's collector counts its own boxes, and neither the characters of a string nor the bytes of a
//! buffer: a megabyte that came from a peer weighs as much as an empty object. What is made here
//! from input is counted, and the loop collects when that adds up: soon where a collection takes
//! little, so that the same memory is used again while the processor has it in its caches, and
//! later where it takes long.
//!
//! When nothing is left to do, half as much will do: what is collected before the loop sleeps, nobody
//! waits for.
//!
//! The engine also collects by itself, and begins again when its own boxes have grown by less than
//! half. A script that keeps many objects pays for all of them each time, and everybody waits
//! meanwhile. Once collections are found to take long, the engine is made to wait for more garbage.

use std::cell::Cell;
use std::mem::MaybeUninit;
use std::time::{Duration, Instant};

use boa_gc::{Finalize, Gc, Trace};

use crate::limits::{
    GARBAGE_BYTES, GARBAGE_BYTES_PER_EVENT, LONG_COLLECTION_US, UNSEEN_BYTES_MAX, UNSEEN_BYTES_MIN,
    UNSEEN_BYTES_PER_US,
};

thread_local! {
    static UNSEEN: Cell<usize> = const { Cell::new(0) };
    /// Events since the last collection. Scripts make garbage of each.
    static EVENTS: Cell<usize> = const { Cell::new(0) };
    /// How much of it is let come in before a collection.
    static ALLOWED: Cell<usize> = const { Cell::new(UNSEEN_BYTES_MIN) };
    /// How long the last collection took.
    static TOOK: Cell<Duration> = const { Cell::new(Duration::MAX) };
    /// Whether the engine waits for more garbage already.
    static PATIENT: Cell<bool> = const { Cell::new(false) };
}

/// Counts bytes that a JavaScript value holds outside of the collector's heap.
#[inline]
pub fn note_unseen(bytes: usize) {
    UNSEEN.set(UNSEEN.get().saturating_add(bytes));
}

/// Counts a callback, which leaves garbage behind.
#[inline]
pub fn note_event() {
    EVENTS.set(EVENTS.get() + 1);
}

/// Collects garbage after an event, if enough has come in since the last time. No script may be
/// running. `clock` tells the time.
#[inline]
pub fn collect_if_due(clock: impl Fn() -> Instant) {
    note_event();
    if UNSEEN.get() > ALLOWED.get() {
        collect(clock);
    }
}

/// Whether there is enough garbage to collect it when there is nothing else to do, for as long as
/// `free`: then nobody waits for it later.
#[inline]
pub fn is_worth_a_rest(free: impl FnOnce() -> Option<Duration>) -> bool {
    UNSEEN.get() + EVENTS.get() * GARBAGE_BYTES_PER_EVENT > ALLOWED.get() / 2
        // How long the first one takes nobody knows.
        && free().is_none_or(|free| TOOK.get() == Duration::MAX || TOOK.get() < free)
}

/// Collects garbage now, and tells how long that took. No script may be running.
#[cold]
pub fn collect(clock: impl Fn() -> Instant) -> Duration {
    let start = clock();
    boa_gc::force_collect();
    let took = clock().saturating_duration_since(start);
    UNSEEN.set(0);
    EVENTS.set(0);
    // The shorter of two, since the system may have run something else in between.
    let before = TOOK.replace(took);
    if before == Duration::MAX {
        return took;
    }
    let usual = took.min(before);
    ALLOWED.set(allowed_after(usual));
    if usual >= Duration::from_micros(LONG_COLLECTION_US) && !PATIENT.replace(true) {
        make_patient();
    }
    took
}

/// Memory that the collector counts, and that nobody touches.
#[derive(Trace, Finalize)]
#[expect(dead_code, reason = "its size is all that matters")]
struct Ballast(#[unsafe_ignore_trace] MaybeUninit<[u8; BALLAST_BYTES]>);

/// Small enough for the stack of any thread.
const BALLAST_BYTES: usize = 64 * 1024;

/// Has the engine wait for `GARBAGE_BYTES` of garbage, whatever is alive, before it collects. It has
/// no setting for that, but a threshold that rises with what was alive at a collection, and never
/// falls. So much is alive for a moment.
#[cold]
fn make_patient() {
    let ballast: Vec<Gc<Ballast>> = (0..GARBAGE_BYTES / BALLAST_BYTES)
        .map(|_| Gc::new(Ballast(MaybeUninit::uninit())))
        .collect();
    drop(ballast);
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
    fn a_rest_takes_half_as_much_and_counts_events() {
        let took = Duration::from_micros(10);
        let is_worth_a_rest = || is_worth_a_rest(|| None);
        for _ in 0..2 {
            collect(clock(took));
        }
        assert!(!is_worth_a_rest());
        note_unseen(UNSEEN_BYTES_MIN / 2 + 1);
        assert!(is_worth_a_rest());
        collect(clock(took));
        for _ in 0..=UNSEEN_BYTES_MIN / 2 / GARBAGE_BYTES_PER_EVENT {
            assert!(!is_worth_a_rest());
            collect_if_due(clock(took));
        }
        assert!(is_worth_a_rest());
    }

    #[test]
    fn a_rest_that_is_too_short_is_none() {
        let took = Duration::from_millis(2);
        collect(clock(took));
        note_unseen(UNSEEN_BYTES_MIN);
        assert!(!is_worth_a_rest(|| Some(took)));
        assert!(is_worth_a_rest(|| Some(took * 2)));
    }

    /// Notes that it was collected.
    #[derive(Trace)]
    struct Canary(#[unsafe_ignore_trace] std::rc::Rc<Cell<bool>>);

    impl Finalize for Canary {
        fn finalize(&self) {
            self.0.set(true);
        }
    }

    /// Whether the engine collects while a script makes so much garbage.
    fn collects_within(bytes: usize) -> bool {
        let collected = std::rc::Rc::new(Cell::new(false));
        drop(Gc::new(Canary(collected.clone())));
        for _ in 0..bytes / 1024 {
            drop(Gc::new(Ballast1K([0; 1024])));
        }
        collected.get()
    }

    #[derive(Trace, Finalize)]
    #[expect(dead_code, reason = "its size is all that matters")]
    struct Ballast1K(#[unsafe_ignore_trace] [u8; 1024]);

    #[test]
    fn the_engine_is_patient_once_collections_take_long() {
        boa_gc::force_collect();
        assert!(collects_within(GARBAGE_BYTES / 2));
        let (short, long) = (Duration::from_millis(1), Duration::from_millis(100));
        // One long one in between may have been interrupted.
        for took in [long, short, long] {
            collect(clock(took));
            assert!(!PATIENT.get());
        }
        collect(clock(long));
        boa_gc::force_collect();
        assert!(!collects_within(GARBAGE_BYTES / 2));
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
