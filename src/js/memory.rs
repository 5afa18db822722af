//! Memory that the garbage collector does not see.
//!
//! Boa's collector counts its own boxes, and neither the characters of a string nor the bytes of a
//! buffer: a megabyte that came from a peer weighs as much as an empty object. What is made here
//! from input is counted, and the loop collects when that adds up.

use std::cell::Cell;

use crate::limits::UNSEEN_BYTES_MAX;

thread_local! {
    static UNSEEN: Cell<usize> = const { Cell::new(0) };
}

/// Counts bytes that a JavaScript value holds outside of the collector's heap.
#[inline]
pub fn note_unseen(bytes: usize) {
    UNSEEN.set(UNSEEN.get().saturating_add(bytes));
}

/// Collects garbage if enough has come in since the last time. No script may be running.
pub fn collect_if_due() {
    if UNSEEN.get() > UNSEEN_BYTES_MAX {
        UNSEEN.set(0);
        boa_gc::force_collect();
    }
}
