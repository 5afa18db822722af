//! A bell between threads: whoever leaves something for a loop to take rings it, and the loop is woken
//! only if it sleeps.
//!
//! All of it is under one lock, which is held for a few instructions: nothing depends on the order in
//! which a processor shows what it stores. `tests/loom` has every order tried.

use std::sync::PoisonError;

use super::sync::{Mutex, MutexGuard};

/// What wakes a loop.
pub trait Wake: Send + Sync {
    /// Ends its sleep, or the next one.
    fn wake(&self);
}

/// The bell of one loop.
pub struct Bell<W> {
    state: Mutex<State>,
    waker: W,
}

#[derive(Default)]
struct State {
    /// Something is there that the loop has not looked for.
    rung: bool,
    /// The loop sleeps, or is about to.
    resting: bool,
}

impl<W: Wake> Bell<W> {
    /// A bell that is silent.
    pub fn new(waker: W) -> Self {
        Self { state: Mutex::new(State::default()), waker }
    }

    /// Says that something is there, after it has been put there.
    pub fn ring(&self) {
        let wakes = {
            let mut state = self.lock();
            state.rung = true;
            std::mem::take(&mut state.resting)
        };
        if wakes {
            self.waker.wake();
        }
    }

    /// Whether it has rung since the last call. What is looked for afterwards is all that was there.
    pub fn take(&self) -> bool {
        let mut state = self.lock();
        state.resting = false;
        std::mem::take(&mut state.rung)
    }

    /// Whether the loop may sleep: from here on it is woken.
    pub fn rest(&self) -> bool {
        let mut state = self.lock();
        state.resting = !state.rung;
        state.resting
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
