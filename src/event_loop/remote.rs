//! What other threads ask of a program: to end, at once or politely.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::net::reactor::Waker;

/// Asks a program on another thread to end. JavaScript cannot be interrupted: the program hears of
/// it when its loop turns, after the callback that it is in.
#[derive(Clone)]
pub struct Remote {
    asked: Arc<Mutex<Option<Ask>>>,
    /// It is asked to end now, for a look without the lock.
    stops: Arc<AtomicBool>,
    waker: Arc<Waker>,
}

/// What a program is asked; the last is the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ask {
    /// To do what this signal does, which came when the program could not hear it.
    Signal(i32),
    /// To close its servers and its connections, as after this signal.
    ShutDown(i32),
    /// To end with this code, now.
    Stop(u8),
}

impl Remote {
    pub(super) fn new(waker: Arc<Waker>) -> Self {
        Self { asked: Arc::default(), stops: Arc::default(), waker }
    }

    /// Has the program end with this code before its next callback.
    pub fn stop(&self, code: u8) {
        self.ask(Ask::Stop(code));
        self.stops.store(true, Ordering::Release);
    }

    /// Has the program end as after this signal, unless it does so already.
    pub fn shut_down(&self, signal: i32) {
        self.ask(Ask::ShutDown(signal));
    }

    /// Has the program do what it does at this signal, unless it has heard it by itself.
    pub fn pass_on(&self, signal: i32) {
        self.ask(Ask::Signal(signal));
    }

    /// Whether the program is to end now.
    #[inline]
    pub(super) fn stops(&self) -> bool {
        self.stops.load(Ordering::Acquire)
    }

    /// The same, for whoever runs without end.
    pub(super) fn stop_flag(&self) -> Arc<AtomicBool> {
        self.stops.clone()
    }

    /// Wakes its loop, for whoever has something for it to look at.
    pub fn waker(&self) -> Arc<Waker> {
        self.waker.clone()
    }

    fn ask(&self, ask: Ask) {
        {
            let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
            // To end now is more than to end politely.
            *asked = (*asked).max(Some(ask));
        }
        if let Err(error) = self.waker.wake() {
            log::warn!("cannot wake a thread: {error}");
        }
    }

    pub(super) fn take(&self) -> Option<Ask> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}
