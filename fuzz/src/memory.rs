//! An allocator that counts: how much memory an input made the code hold at its worst.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

static HELD: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

/// Put it in place with `#[global_allocator]`.
pub struct Counting;

// SAFETY: every call goes on to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let held = HELD.fetch_add(layout.size(), Relaxed) + layout.size();
        PEAK.fetch_max(held, Relaxed);
        // SAFETY: the caller's promises hold for the callee.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Relaxed);
        // SAFETY: the caller's promises hold for the callee.
        unsafe { System.dealloc(pointer, layout) }
    }
}

/// The most bytes that `work` held at one time, beyond those held before it.
pub fn peak(work: impl FnOnce()) -> usize {
    let before = HELD.load(Relaxed);
    PEAK.store(before, Relaxed);
    work();
    PEAK.load(Relaxed).saturating_sub(before)
}

/// Fails when an input makes `work` hold more than a fixed amount and a multiple of its size.
///
/// # Panics
/// That is how it fails.
pub fn check(input: &[u8], work: impl FnOnce(&[u8])) {
    let held = peak(|| work(input));
    let limit = FIXED_BYTES + PER_BYTE * input.len();
    assert!(held <= limit, "{held} bytes held for an input of {}, more than {limit}", input.len());
}

/// What the thread shares between connections counts too when the first input makes it: four
/// compressors of some 400 KiB, and buffers.
const FIXED_BYTES: usize = 4 << 20;
/// Copies of the input that a target keeps: the pieces, what was seen and what was sent, all twice,
/// in vectors that double as they grow.
const PER_BYTE: usize = 64;
