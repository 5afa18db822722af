//! `--workers`: one program on several threads, each with a loop of its own, and who sees to them.
//!
//! The first worker starts alone. Once it has come as far as its first sleep the others start, so
//! that a program with a mistake says so once, and a port that the system picks is known. A worker
//! that an uncaught error ends starts anew, after a while that doubles; the others serve meanwhile.
//! Whatever else ends a worker is the program's own wish: one that has nothing left to do is done, a
//! signal ends all, and so does `process.exit`.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};

use super::remote::Remote;
use super::shutdown::code_of;
use super::state::{Ended, Why};
use super::thread::{self, Program};
use super::threads;
use crate::builtin::process::ProgramArguments;
use crate::builtin::rights::{Exit, Rights};
use crate::builtin::worker::Worker;
use crate::host::Process;
use crate::js::report;
use crate::limits::{
    WORKER_FALSE_STARTS_MAX, WORKER_RESTART_MAX_MS, WORKER_RESTART_MIN_MS, WORKER_STABLE_MS,
    WORKER_STOP_MS,
};
use crate::net::reactor::{Reactor, Waker, monotonic_clock};
use crate::net::signals::Signals;

/// What all workers run.
#[derive(Clone)]
pub struct Workers {
    /// How the program was started.
    pub arguments: ProgramArguments,
    /// Its absolute path.
    pub path: PathBuf,
    /// Its text.
    pub source: String,
    /// How many there are.
    pub count: usize,
}

/// What workers tell, each by its index.
#[derive(Clone, Copy)]
enum News {
    /// It sleeps for the first time.
    Up(usize),
    Ended(usize, Ended),
    /// It has called `process.exit`, and stands still.
    Exit(usize, u8),
}

/// One worker.
#[derive(Default)]
struct Slot {
    /// While it runs.
    remote: Option<Remote>,
    started_at: Option<Instant>,
    is_up: bool,
    /// When it starts, or starts anew.
    starts_at: Option<Instant>,
    /// How often it has failed, each time soon after it had started.
    failures: u32,
    /// The same, before it was up.
    false_starts: u32,
    /// A signal that came while it was not up, for when it is.
    missed: Option<i32>,
}

struct Supervisor {
    workers: Workers,
    process: Arc<Process>,
    slots: Vec<Slot>,
    sender: Sender<News>,
    news: Receiver<News>,
    waker: Arc<Waker>,
    /// The program ends: nobody starts anew.
    is_ending: bool,
    /// When whoever has not ended by then is left behind.
    deadline: Option<Instant>,
    /// The highest code of those that are done.
    code: u8,
    /// The code of what has ended the program.
    decided: Option<u8>,
    /// The signal that has asked the program to end: whoever starts after it hears of it too.
    asked: Option<i32>,
}

/// Runs them to their end, and returns the exit code.
pub fn run(workers: Workers) -> u8 {
    match supervise(workers) {
        Ok(code) => code,
        Err(error) => {
            report::print(&format!("krandog: cannot start workers: {error}"));
            1
        }
    }
}

fn supervise(workers: Workers) -> io::Result<u8> {
    let mut reactor = Reactor::new()?;
    let watcher = reactor.watcher()?;
    let mut signals = Signals::default();
    let (sender, news) = mpsc::channel();
    let slots = (0..workers.count).map(|_| Slot::default()).collect();
    let process = Arc::new(Process::of_workers(workers.arguments.node));
    let mut supervisor = Supervisor {
        workers,
        process,
        slots,
        sender,
        news,
        waker: reactor.waker(),
        is_ending: false,
        deadline: None,
        code: 0,
        decided: None,
        asked: None,
    };
    supervisor.start(0)?;
    loop {
        let deadline = supervisor.next_deadline();
        let wait = deadline.map(|at| at.saturating_duration_since(monotonic_clock()));
        let now = reactor.wait(wait)?;
        while let Ok(news) = supervisor.news.try_recv() {
            if let News::Up(0) = news {
                // Workers hear signals by themselves; this is for when there is none.
                for signal in ENDS {
                    signals.watch(signal, &watcher)?;
                }
            }
            supervisor.hear(news, now)?;
        }
        for signal in ENDS {
            if signals.take(signal) && supervisor.is_ended_by(signal) {
                return Ok(code_of(signal));
            }
        }
        supervisor.start_due(now);
        if let Some(code) = supervisor.ended(now) {
            return Ok(code);
        }
    }
}

/// The signals that end a program.
const ENDS: [i32; 3] = [libc::SIGINT, libc::SIGTERM, libc::SIGHUP];

impl Supervisor {
    fn start(&mut self, index: usize) -> io::Result<()> {
        let Workers { arguments, path, source, count } = self.workers.clone();
        let (exits, up, ended) = (self.teller(), self.teller(), self.teller());
        let worker = Worker { index, count };
        let process = self.process.clone();
        let program = Program {
            name: format!("krandog-{}", index + 1),
            arguments,
            rights: Rights {
                exit: Exit::Supervisor(Arc::new(move |code| exits(News::Exit(index, code)))),
                hears_signals: true,
                reads_stdin: index == 0,
            },
            process: self.process.clone(),
            place: Some(index),
            path,
            source,
            prepare: Some(Box::new(move |context| {
                context.insert_data(worker);
                threads::allow(process, context);
            })),
            up: Some(Box::new(move || up(News::Up(index)))),
        };
        let remote = thread::spawn(program, Box::new(move |end| ended(News::Ended(index, end))))?;
        if let Some(slot) = self.slots.get_mut(index) {
            slot.remote = Some(remote);
            slot.started_at = Some(monotonic_clock());
            slot.is_up = false;
            slot.starts_at = None;
            slot.missed = slot.missed.or(self.asked);
        }
        Ok(())
    }

    /// What tells news from another thread.
    fn teller(&self) -> impl Fn(News) + Send + Sync + 'static {
        let (sender, waker) = (self.sender.clone(), self.waker.clone());
        move |news| {
            // Both fail only when the supervisor is gone, and the process with it.
            sender.send(news).unwrap_or_default();
            waker.wake().unwrap_or_default();
        }
    }

    fn hear(&mut self, news: News, now: Instant) -> io::Result<()> {
        match news {
            News::Up(index) => {
                let Some(slot) = self.slots.get_mut(index) else { return Ok(()) };
                slot.is_up = true;
                slot.false_starts = 0;
                if let (Some(signal), Some(remote)) = (slot.missed.take(), &slot.remote) {
                    remote.pass_on(signal);
                }
                for other in 0..self.slots.len() {
                    if self.slots[other].started_at.is_none() && !self.is_ending {
                        self.start(other)?;
                    }
                }
            }
            News::Exit(index, code) => {
                if let Some(slot) = self.slots.get_mut(index) {
                    slot.remote = None;
                }
                self.end(code, |remote| remote.stop(code));
                self.deadline = Some(now + Duration::from_millis(WORKER_STOP_MS));
            }
            News::Ended(index, ended) => self.bury(index, ended, now),
        }
        Ok(())
    }

    /// A signal has come, which workers hear by themselves once they are up: the others are told
    /// later. True if that would take too long.
    fn is_ended_by(&mut self, signal: i32) -> bool {
        if signal != libc::SIGHUP {
            let is_meant = self.asked.replace(signal).is_some();
            let starts = |slot: &Slot| slot.remote.is_some() && !slot.is_up;
            if is_meant && self.slots.iter().any(starts) {
                return true;
            }
        }
        let hears = |slot: &Slot| slot.remote.is_some() && slot.is_up;
        for slot in self.slots.iter_mut().filter(|slot| !hears(slot)) {
            slot.missed = Some(signal);
        }
        !self.is_anybody_there()
    }

    fn bury(&mut self, index: usize, ended: Ended, now: Instant) {
        let is_up = self.is_anybody_up();
        let Some(slot) = self.slots.get_mut(index) else { return };
        slot.remote = None;
        match ended.why {
            Why::Done => self.code = self.code.max(ended.code),
            Why::Signal(signal) => self.end(ended.code, |remote| remote.shut_down(signal)),
            // What is lost at the end does not begin again.
            Why::Failed | Why::Lost if self.is_ending => self.code = self.code.max(ended.code),
            Why::Failed | Why::Lost => {
                slot.false_starts += u32::from(!slot.is_up);
                if !is_up || slot.false_starts >= WORKER_FALSE_STARTS_MAX {
                    // Nobody has ever served, or this one never will.
                    return self.end(ended.code, |remote| remote.shut_down(libc::SIGTERM));
                }
                let stable = Duration::from_millis(WORKER_STABLE_MS);
                if slot.started_at.is_some_and(|at| now.saturating_duration_since(at) >= stable) {
                    slot.failures = 0;
                }
                let delay = restart_delay(slot.failures);
                slot.failures += 1;
                slot.starts_at = Some(now + delay);
                report::print(&format!(
                    "krandog: worker {} has ended with code {}; it starts anew in {} ms",
                    index + 1,
                    ended.code,
                    delay.as_millis()
                ));
            }
        }
    }

    /// The program ends with this code: whoever is left is asked to.
    fn end(&mut self, code: u8, ask: impl Fn(&Remote)) {
        self.decided.get_or_insert(code);
        self.is_ending = true;
        for slot in &mut self.slots {
            slot.starts_at = None;
            if let Some(remote) = &slot.remote {
                ask(remote);
            }
        }
    }

    fn start_due(&mut self, now: Instant) {
        for index in 0..self.slots.len() {
            if self.slots[index].starts_at.is_some_and(|at| at <= now)
                && let Err(error) = self.start(index)
            {
                // Such as too many open files: the others serve meanwhile.
                let delay = restart_delay(self.slots[index].failures);
                self.slots[index].failures += 1;
                self.slots[index].starts_at = Some(now + delay);
                report::print(&format!(
                    "krandog: cannot start worker {}: {error}; it is tried again in {} ms",
                    index + 1,
                    delay.as_millis()
                ));
            }
        }
    }

    fn next_deadline(&self) -> Option<Instant> {
        self.slots.iter().filter_map(|slot| slot.starts_at).chain(self.deadline).min()
    }

    fn is_anybody_there(&self) -> bool {
        self.slots.iter().any(|slot| slot.remote.is_some())
    }

    /// Whether any worker has ever come as far as its first sleep.
    fn is_anybody_up(&self) -> bool {
        self.slots.iter().any(|slot| slot.is_up || slot.failures > 0)
    }

    /// The exit code, when the program has ended.
    fn ended(&self, now: Instant) -> Option<u8> {
        let nobody_starts = self.asked.is_some() || self.next_start().is_none();
        let is_over = !self.is_anybody_there() && nobody_starts;
        (is_over || self.deadline.is_some_and(|at| at <= now))
            .then_some(self.decided.unwrap_or(self.code))
    }

    fn next_start(&self) -> Option<Instant> {
        self.slots.iter().filter_map(|slot| slot.starts_at).min()
    }
}

/// How long a worker waits that has failed so often.
fn restart_delay(failures: u32) -> Duration {
    let delay =
        WORKER_RESTART_MIN_MS.saturating_mul(1_u64.checked_shl(failures).unwrap_or(u64::MAX));
    Duration::from_millis(delay.min(WORKER_RESTART_MAX_MS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_up_to_a_limit() {
        let delays = [0, 1, 2, 3, 6, 7, 63, 64, 1000].map(restart_delay);
        let expected = [100, 200, 400, 800, 6400, 10_000, 10_000, 10_000, 10_000];
        assert_eq!(delays, expected.map(Duration::from_millis));
    }
}
