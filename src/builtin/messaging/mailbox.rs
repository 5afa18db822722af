//! What has come for a thread: whose turn it is, in the order in which things came.
//!
//! Whoever has something for a thread keeps it, and puts the number of its receiver here.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, ThreadId};

use crate::net::reactor::Waker;

/// The mailbox of a thread, which others put numbers into.
pub(super) struct Mailbox {
    waiting: Mutex<VecDeque<u64>>,
    /// How many there are, for a look without the lock.
    count: AtomicUsize,
    waker: Arc<Waker>,
    owner: ThreadId,
}

impl Mailbox {
    /// That of the thread which calls this, and whose loop `waker` wakes.
    pub(super) fn new(waker: Arc<Waker>) -> Self {
        let owner = thread::current().id();
        Self { waiting: Mutex::default(), count: AtomicUsize::new(0), waker, owner }
    }

    /// Says that there is something for a receiver, `times` over.
    pub(super) fn put(&self, receiver: u64, times: usize) {
        if times == 0 {
            return;
        }
        let count = {
            let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            waiting.extend(std::iter::repeat_n(receiver, times));
            self.count.swap(waiting.len(), Ordering::Release)
        };
        // The thread itself looks before it sleeps.
        if count == 0
            && thread::current().id() != self.owner
            && let Err(error) = self.waker.wake()
        {
            log::warn!("cannot wake a thread: {error}");
        }
    }

    /// Whose turn it is.
    pub(super) fn take(&self) -> Option<u64> {
        if self.len() == 0 {
            return None;
        }
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let receiver = waiting.pop_front();
        self.count.store(waiting.len(), Ordering::Release);
        receiver
    }

    /// How many turns there are.
    #[inline]
    pub(super) fn len(&self) -> usize {
        self.count.load(Ordering::Acquire)
    }
}
