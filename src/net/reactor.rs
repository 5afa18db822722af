//! The reactor: one mio poll, the clock, and what became ready.
//!
//! Sources are registered once, edge-triggered, for reading and writing, so that no interest is
//! ever changed again. Readiness is only a hint: a read or write may still find nothing to do.
//! Without a deadline the poll sleeps until something happens; there is no tick.

use std::cell::Cell;
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

pub use mio::Waker;
pub use mio::event::Source;
use mio::{Events, Interest, Poll, Registry, Token};

use super::bell::Wake;
use crate::limits::EVENTS_PER_POLL;

thread_local! {
    /// How long this thread has slept, once somebody wants to know.
    static SLEPT: Cell<Option<Duration>> = const { Cell::new(None) };
}

/// How long this thread has slept in its reactor since the first call.
pub fn slept() -> Duration {
    let slept = SLEPT.get().unwrap_or_default();
    SLEPT.set(Some(slept));
    slept
}

/// The token of the waker: worker threads have results.
const WAKER: Token = Token(usize::MAX);
/// The token of all signals' pipes.
const SIGNAL: Token = Token(usize::MAX - 1);
/// The token of what is told of changed files.
const FILES: Token = Token(usize::MAX - 2);

/// What the kernel says of one source.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about the source")]
pub struct Ready {
    /// The token given at registration.
    pub token: usize,
    /// There may be something to read.
    pub readable: bool,
    /// There may be room to write.
    pub writable: bool,
    /// The peer has shut its side down, or the connection broke: read on until the end.
    pub read_closed: bool,
    /// The connection broke: nobody hears what is written.
    pub broken: bool,
}

/// The poll.
pub struct Reactor {
    poll: Poll,
    events: Events,
    waker: Arc<Waker>,
}

/// What has sources watched by a reactor, for those who make them.
#[derive(Debug)]
pub struct Watcher(Registry);

impl Reactor {
    /// Opens the poll.
    pub fn new() -> io::Result<Self> {
        let poll = Poll::new()?;
        let waker = Arc::new(Waker::new(poll.registry(), WAKER)?);
        Ok(Self { poll, events: Events::with_capacity(EVENTS_PER_POLL), waker })
    }

    /// A handle that watches sources.
    pub fn watcher(&self) -> io::Result<Watcher> {
        self.poll.registry().try_clone().map(Watcher)
    }

    /// Wakes the poll from another thread.
    pub fn waker(&self) -> Arc<Waker> {
        self.waker.clone()
    }

    /// Sleeps until something is ready or `timeout` has passed; `None` sleeps for as long as it
    /// takes. Returns the time at which the turn begins: everything in it happens at this instant.
    pub fn wait(&mut self, timeout: Option<Duration>) -> io::Result<Instant> {
        let slept = SLEPT.get().map(|slept| (slept, monotonic_clock()));
        match self.poll.poll(&mut self.events, timeout.map(round_up)) {
            Err(error) if error.kind() != io::ErrorKind::Interrupted => return Err(error),
            _ => {}
        }
        let now = monotonic_clock();
        if let Some((slept, since)) = slept {
            SLEPT.set(Some(slept + now.saturating_duration_since(since)));
        }
        Ok(now)
    }

    /// What the last sleep ended with.
    pub fn ready(&self) -> impl Iterator<Item = Ready> {
        self.events.iter().filter(|event| event.token() != WAKER).map(|event| Ready {
            token: event.token().0,
            readable: event.is_readable() || event.is_error(),
            writable: event.is_writable(),
            read_closed: event.is_read_closed() || event.is_error(),
            broken: event.is_error(),
        })
    }
}

impl Wake for Arc<Waker> {
    fn wake(&self) {
        if let Err(error) = Waker::wake(self) {
            log::warn!("cannot wake a thread: {error}");
        }
    }
}

impl Ready {
    /// Whether it is a signal that came, and not a source that is ready.
    pub fn is_signal(&self) -> bool {
        self.token == SIGNAL.0
    }

    /// Whether files that are watched have changed.
    pub fn is_files(&self) -> bool {
        self.token == FILES.0
    }
}

impl Watcher {
    /// Watches a source for reading and writing. The three highest tokens are the reactor's own.
    pub fn watch(&self, source: &mut impl Source, token: usize) -> io::Result<()> {
        self.0.register(source, Token(token), Interest::READABLE | Interest::WRITABLE)
    }

    /// Watches a source that only ever becomes readable, such as a listener.
    pub fn watch_readable(&self, source: &mut impl Source, token: usize) -> io::Result<()> {
        self.0.register(source, Token(token), Interest::READABLE)
    }

    pub(super) fn watch_signal(&self, source: &mut impl Source) -> io::Result<()> {
        self.watch_readable(source, SIGNAL.0)
    }

    pub(super) fn watch_files(&self, source: &mut impl Source) -> io::Result<()> {
        self.watch_readable(source, FILES.0)
    }

    /// Stops watching a source.
    pub fn unwatch(&self, source: &mut impl Source) {
        if let Err(error) = self.0.deregister(source) {
            log::debug!("could not deregister a socket: {error}");
        }
    }
}

/// The kernel counts whole milliseconds: rounding down would wake before the deadline and spin.
fn round_up(timeout: Duration) -> Duration {
    let milliseconds = timeout.as_nanos().div_ceil(1_000_000);
    Duration::from_millis(u64::try_from(milliseconds).unwrap_or(u64::MAX))
}

thread_local! {
    /// How far the clocks of this thread are ahead, where a test has had time pass.
    static SKIPPED: Cell<Duration> = const { Cell::new(Duration::ZERO) };
}

/// The wall clock, for `Date` and `performance.timeOrigin`.
#[expect(clippy::disallowed_methods, reason = "the one place where the wall clock is read")]
pub fn wall_clock() -> SystemTime {
    SystemTime::now() + SKIPPED.get()
}

/// The monotonic clock.
#[expect(clippy::disallowed_methods, reason = "the one place where the clock is read")]
pub fn monotonic_clock() -> Instant {
    Instant::now() + SKIPPED.get()
}

/// How far the clocks of this thread are ahead.
pub fn skipped() -> Duration {
    SKIPPED.get()
}

/// Has so much time pass on this thread at once.
pub fn skip(time: Duration) {
    SKIPPED.set(SKIPPED.get().saturating_add(time));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_that_is_skipped_has_passed_on_this_thread_alone() {
        let hour = Duration::from_hours(1);
        let (before, before_on_the_wall) = (monotonic_clock(), wall_clock());
        skip(hour);
        let passed = monotonic_clock().saturating_duration_since(before);
        assert!(passed >= hour && skipped() == hour);
        assert!(wall_clock().duration_since(before_on_the_wall).unwrap() >= hour);
        let elsewhere = std::thread::spawn(skipped).join().unwrap();
        assert_eq!(elsewhere, Duration::ZERO);
    }
}
