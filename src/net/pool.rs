//! Worker threads for what would block the loop: name look-ups first of all.
//!
//! Threads are started when there is work and no idle one, up to a limit. A result wakes the
//! reactor, which collects it in its next turn.

use std::any::Any;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;

use mio::Waker;

use crate::limits::WORKER_THREADS_MAX;

/// What a job returns, for the one who queued it to downcast.
pub type Outcome = Box<dyn Any + Send>;

type Job = Box<dyn FnOnce() -> Outcome + Send>;

struct Queue {
    jobs: std::collections::VecDeque<(u64, Job)>,
    idle: usize,
}

struct Shared {
    queue: Mutex<Queue>,
    wake: Condvar,
}

/// The pool, owned by the loop.
pub struct Pool {
    shared: Arc<Shared>,
    threads: usize,
    results: Receiver<(u64, Outcome)>,
    sender: Sender<(u64, Outcome)>,
    waker: Arc<Waker>,
    pending: usize,
}

impl Pool {
    /// A pool that wakes the loop through `waker`. No thread is started yet.
    pub fn new(waker: Arc<Waker>) -> Self {
        let (sender, results) = mpsc::channel();
        let queue = Mutex::new(Queue { jobs: std::collections::VecDeque::new(), idle: 0 });
        let shared = Arc::new(Shared { queue, wake: Condvar::new() });
        Self { shared, threads: 0, results, sender, waker, pending: 0 }
    }

    /// Queues a job; its result comes back from `poll_result` with the same `key`.
    pub fn spawn(&mut self, key: u64, job: impl FnOnce() -> Outcome + Send + 'static) {
        self.pending += 1;
        let idle = {
            let mut queue = lock(&self.shared.queue);
            queue.jobs.push_back((key, Box::new(job)));
            queue.idle >= queue.jobs.len()
        };
        if !idle && self.threads < WORKER_THREADS_MAX {
            self.start_thread();
        }
        self.shared.wake.notify_one();
    }

    /// How many jobs have not been collected.
    pub fn pending(&self) -> usize {
        self.pending
    }

    /// Takes a finished job's result.
    pub fn poll_result(&mut self) -> Option<(u64, Outcome)> {
        if self.pending == 0 {
            return None;
        }
        let result = self.results.try_recv().ok()?;
        self.pending -= 1;
        Some(result)
    }

    fn start_thread(&mut self) {
        let shared = self.shared.clone();
        let sender = self.sender.clone();
        let waker = self.waker.clone();
        let name = format!("krandog-worker-{}", self.threads);
        let started =
            thread::Builder::new().name(name).spawn(move || work(&shared, &sender, &waker));
        match started {
            Ok(_) => self.threads += 1,
            Err(error) => log::warn!("cannot start a worker thread: {error}"),
        }
    }
}

fn work(shared: &Shared, results: &Sender<(u64, Outcome)>, waker: &Waker) {
    loop {
        let (key, job) = {
            let mut queue = lock(&shared.queue);
            loop {
                if let Some(job) = queue.jobs.pop_front() {
                    break job;
                }
                queue.idle += 1;
                queue = shared.wake.wait(queue).unwrap_or_else(PoisonError::into_inner);
                queue.idle -= 1;
            }
        };
        // Both fail only when the loop is gone, and then nobody waits for the result.
        if results.send((key, job())).is_err() || waker.wake().is_err() {
            return;
        }
    }
}

/// A worker that panicked left the queue as it was: jobs are taken out before they run.
fn lock(queue: &Mutex<Queue>) -> std::sync::MutexGuard<'_, Queue> {
    queue.lock().unwrap_or_else(PoisonError::into_inner)
}
