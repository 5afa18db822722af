//! Worker threads for what would block the loop: looking names up, and whatever a script waits for.
//!
//! Threads are started when there is work and no idle one, up to a limit. A result wakes the
//! reactor, which collects it in its next turn. A task that panics fails alone: where panics unwind
//! it is caught, and where they abort the panic hook has [`outlive_panic`] leave the thread behind.

use std::any::Any;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;

use mio::Waker;

use super::resolve::resolve;
use crate::id::{ConnId, OpId};
use crate::limits::{WORKER_THREADS_LOST_MAX, WORKER_THREADS_MAX};

/// Something that blocks.
pub enum Task {
    /// Looks up a name for a connection.
    Resolve {
        /// Whom the result is for.
        conn: ConnId,
        /// The name.
        host: String,
        /// The port that goes with each address.
        port: u16,
    },
    /// Works for a script.
    Op {
        /// Whom the result is for.
        id: OpId,
        /// What is to be done. Whoever queued it knows what to downcast the result to.
        work: Work,
    },
}

/// The work of a [`Task::Op`].
pub type Work = Box<dyn FnOnce() -> Box<dyn Any + Send> + Send>;

/// What became of a [`Task`].
pub enum Done {
    /// The addresses of a name, in the order in which they are worth trying.
    Resolved {
        /// Whom it is for.
        conn: ConnId,
        /// At least one address.
        addresses: io::Result<Vec<SocketAddr>>,
    },
    /// What the work returned.
    Op {
        /// Whom it is for.
        id: OpId,
        /// The result; the message where the work panicked or could not be done at all.
        outcome: Result<Box<dyn Any + Send>, String>,
    },
}

/// Whom the result of a task is for.
#[derive(Clone, Copy)]
enum Addressee {
    Conn(ConnId),
    Op(OpId),
}

impl Addressee {
    /// There is no result.
    fn fail(self, error: io::Error) -> Done {
        match self {
            Self::Conn(conn) => Done::Resolved { conn, addresses: Err(error) },
            Self::Op(id) => Done::Op { id, outcome: Err(error.to_string()) },
        }
    }
}

impl Task {
    fn addressee(&self) -> Addressee {
        match self {
            Self::Resolve { conn, .. } => Addressee::Conn(*conn),
            Self::Op { id, .. } => Addressee::Op(*id),
        }
    }

    fn run(self) -> Done {
        match self {
            Self::Resolve { conn, host, port } => {
                let looked_up = catch_unwind(|| resolve(&host, port));
                let addresses = looked_up.unwrap_or_else(|panic| Err(other(&*panic)));
                Done::Resolved { conn, addresses }
            }
            Self::Op { id, work } => {
                // What a panic leaves half done is dropped with the work.
                let outcome = catch_unwind(AssertUnwindSafe(work));
                Done::Op { id, outcome: outcome.map_err(|panic| message(&*panic)) }
            }
        }
    }
}

struct Queue {
    tasks: VecDeque<Task>,
    idle: usize,
}

struct Shared {
    queue: Mutex<Queue>,
    wake: Condvar,
    /// Threads that a panic has taken.
    lost: AtomicUsize,
}

/// What a worker thread is doing, for [`outlive_panic`].
struct Running {
    addressee: Addressee,
    shared: Arc<Shared>,
    results: Sender<Done>,
    waker: Arc<Waker>,
}

thread_local! {
    static RUNNING: RefCell<Option<Running>> = const { RefCell::new(None) };
}

/// Where panics abort the process, the panic hook ends with this. On a worker thread, the task fails
/// with `message` and the thread never comes back, so that the process lives. Elsewhere, and once too
/// many threads have gone that way, it returns.
pub fn outlive_panic(message: &str) {
    let running = RUNNING.try_with(|running| running.try_borrow_mut().ok()?.take());
    let Ok(Some(Running { addressee, shared, results, waker })) = running else { return };
    if shared.lost.fetch_add(1, Ordering::Relaxed) >= WORKER_THREADS_LOST_MAX {
        return;
    }
    // Both fail only when the loop is gone, and then nobody waits for the result.
    results.send(addressee.fail(io::Error::other(message))).unwrap_or_default();
    waker.wake().unwrap_or_default();
    loop {
        thread::park();
    }
}

/// The pool, owned by the loop.
pub struct Pool {
    shared: Arc<Shared>,
    threads: usize,
    results: Receiver<Done>,
    sender: Sender<Done>,
    waker: Arc<Waker>,
    pending: usize,
}

impl Pool {
    /// A pool that wakes the loop through `waker`. No thread is started yet.
    pub fn new(waker: Arc<Waker>) -> Self {
        let (sender, results) = mpsc::channel();
        let queue = Mutex::new(Queue { tasks: VecDeque::new(), idle: 0 });
        let shared = Arc::new(Shared { queue, wake: Condvar::new(), lost: AtomicUsize::new(0) });
        Self { shared, threads: 0, results, sender, waker, pending: 0 }
    }

    /// Queues a task; [`poll_done`](Self::poll_done) brings its result.
    pub fn spawn(&mut self, task: Task) {
        self.pending += 1;
        lock(&self.shared.queue).tasks.push_back(task);
        self.start_threads();
        self.shared.wake.notify_one();
    }

    /// Takes what became of a task.
    pub fn poll_done(&mut self) -> Option<Done> {
        if self.pending == 0 {
            return None;
        }
        let done = self.results.try_recv().ok()?;
        self.pending -= 1;
        // A thread that is lost has left its part of the queue to others.
        self.start_threads();
        Some(done)
    }

    /// Starts a thread if there is more to do than idle ones.
    fn start_threads(&mut self) {
        let has_enough = {
            let queue = lock(&self.shared.queue);
            queue.idle >= queue.tasks.len()
        };
        let alive = self.threads - self.shared.lost.load(Ordering::Relaxed);
        if has_enough || alive >= WORKER_THREADS_MAX {
            return;
        }
        if let Err(error) = self.start_thread() {
            log::warn!("cannot start a worker thread: {error}");
            if alive == 0 {
                self.fail_all(error.kind());
            }
        }
    }

    fn start_thread(&mut self) -> io::Result<()> {
        let shared = self.shared.clone();
        let sender = self.sender.clone();
        let waker = self.waker.clone();
        let name = format!("krandog-worker-{}", self.threads);
        thread::Builder::new().name(name).spawn(move || work(&shared, &sender, &waker))?;
        self.threads += 1;
        Ok(())
    }

    fn fail_all(&self, error: io::ErrorKind) {
        for task in lock(&self.shared.queue).tasks.drain(..) {
            // Both ends are here.
            self.sender.send(task.addressee().fail(error.into())).unwrap_or_default();
        }
        if let Err(error) = self.waker.wake() {
            log::warn!("cannot wake the loop: {error}");
        }
    }
}

fn work(shared: &Arc<Shared>, results: &Sender<Done>, waker: &Arc<Waker>) {
    loop {
        let task = {
            let mut queue = lock(&shared.queue);
            loop {
                if let Some(task) = queue.tasks.pop_front() {
                    break task;
                }
                queue.idle += 1;
                queue = shared.wake.wait(queue).unwrap_or_else(PoisonError::into_inner);
                queue.idle -= 1;
            }
        };
        RUNNING.set(Some(Running {
            addressee: task.addressee(),
            shared: shared.clone(),
            results: results.clone(),
            waker: waker.clone(),
        }));
        let done = task.run();
        drop(RUNNING.take());
        // Both fail only when the loop is gone, and then nobody waits for the result.
        if results.send(done).is_err() || waker.wake().is_err() {
            return;
        }
    }
}

/// Tasks run outside of the lock, so a panic cannot leave the queue in disorder.
fn lock(queue: &Mutex<Queue>) -> std::sync::MutexGuard<'_, Queue> {
    queue.lock().unwrap_or_else(PoisonError::into_inner)
}

fn other(panic: &(dyn Any + Send)) -> io::Error {
    io::Error::other(message(panic))
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "panicked".into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::reactor::Reactor;

    /// What becomes of these, by the number of each.
    fn run(works: Vec<Work>) -> Vec<Result<u32, String>> {
        let mut reactor = Reactor::new().unwrap();
        let mut pool = Pool::new(reactor.waker());
        let count = works.len();
        for (index, work) in (0..).zip(works) {
            pool.spawn(Task::Op { id: OpId::new(index, 0), work });
        }
        let mut outcomes = vec![Err("nothing".to_owned()); count];
        let mut left = count;
        while left > 0 {
            reactor.wait(None).unwrap();
            while let Some(Done::Op { id, outcome }) = pool.poll_done() {
                outcomes[id.index()] = outcome.map(|value| *value.downcast().unwrap());
                left -= 1;
            }
        }
        outcomes
    }

    /// As the panic hook does where panics abort.
    #[test]
    fn a_thread_that_a_panic_takes_fails_its_task_alone() {
        let works = (0..20_u32).map(|number| -> Work {
            Box::new(move || {
                if number % 5 == 3 {
                    outlive_panic(&format!("no {number}"));
                }
                Box::new(number * 2)
            })
        });
        for (number, outcome) in (0..).zip(run(works.collect())) {
            match number % 5 {
                3 => assert_eq!(outcome, Err(format!("no {number}"))),
                _ => assert_eq!(outcome, Ok(number * 2)),
            }
        }
    }

    #[test]
    fn a_task_that_panics_fails_alone() {
        let works: Vec<Work> = (0..20_u32)
            .map(|number| -> Work {
                Box::new(move || {
                    assert!(number % 5 != 3, "no {number}");
                    Box::new(number * 2)
                })
            })
            .collect();
        for (number, outcome) in (0..).zip(run(works)) {
            match number % 5 {
                3 => assert_eq!(outcome, Err(format!("no {number}"))),
                _ => assert_eq!(outcome, Ok(number * 2)),
            }
        }
    }
}
