//! The reactor: one mio poll, the clock of the turn, and what became ready.
//!
//! Sources are registered once, edge-triggered, for reading and writing, so that no interest is
//! ever changed again. Readiness is only a hint: a read or write may still find nothing to do.
//! Without a deadline the poll sleeps until something happens; there is no tick.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use mio::event::Source;
use mio::{Events, Interest, Poll, Token, Waker};

use crate::limits::EVENTS_PER_POLL;

/// The token of the waker: worker threads have results.
const WAKER: Token = Token(usize::MAX);

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

/// The poll and the clock.
pub struct Reactor {
    poll: Poll,
    events: Events,
    waker: Arc<Waker>,
    now: Instant,
}

impl Reactor {
    /// Opens the poll.
    pub fn new() -> io::Result<Self> {
        let poll = Poll::new()?;
        let waker = Arc::new(Waker::new(poll.registry(), WAKER)?);
        Ok(Self { poll, events: Events::with_capacity(EVENTS_PER_POLL), waker, now: read_clock() })
    }

    /// The time at which this turn began. Everything in a turn happens at this instant.
    pub fn now(&self) -> Instant {
        self.now
    }

    /// Reads the clock again: after long-running script code, before timers are armed.
    pub fn refresh_now(&mut self) -> Instant {
        self.now = read_clock();
        self.now
    }

    /// Wakes the poll from another thread.
    pub fn waker(&self) -> Arc<Waker> {
        self.waker.clone()
    }

    /// Watches a source for reading and writing.
    pub fn register(&self, source: &mut impl Source, token: usize) -> io::Result<()> {
        let interest = Interest::READABLE | Interest::WRITABLE;
        self.poll.registry().register(source, Token(token), interest)
    }

    /// Watches a source that only ever becomes readable, such as a listener.
    pub fn register_readable(&self, source: &mut impl Source, token: usize) -> io::Result<()> {
        self.poll.registry().register(source, Token(token), Interest::READABLE)
    }

    /// Stops watching a source.
    pub fn deregister(&self, source: &mut impl Source) {
        if let Err(error) = self.poll.registry().deregister(source) {
            log::debug!("could not deregister a socket: {error}");
        }
    }

    /// Sleeps until something is ready or `timeout` has passed, and hands each ready source to
    /// `sink`. `None` sleeps for as long as it takes.
    pub fn poll(
        &mut self,
        timeout: Option<Duration>,
        mut sink: impl FnMut(Ready),
    ) -> io::Result<()> {
        match self.poll.poll(&mut self.events, timeout.map(round_up)) {
            Err(error) if error.kind() != io::ErrorKind::Interrupted => return Err(error),
            _ => {}
        }
        self.now = read_clock();
        for event in &self.events {
            if event.token() == WAKER {
                continue;
            }
            sink(Ready {
                token: event.token().0,
                readable: event.is_readable() || event.is_error(),
                writable: event.is_writable(),
                read_closed: event.is_read_closed() || event.is_error(),
                broken: event.is_error(),
            });
        }
        self.events.clear();
        Ok(())
    }
}

/// The kernel counts whole milliseconds: rounding down would wake before the deadline and spin.
fn round_up(timeout: Duration) -> Duration {
    let milliseconds = timeout.as_nanos().div_ceil(1_000_000);
    Duration::from_millis(u64::try_from(milliseconds).unwrap_or(u64::MAX))
}

#[expect(clippy::disallowed_methods, reason = "the one place where the clock is read")]
fn read_clock() -> Instant {
    Instant::now()
}

/// The wall clock, for `Date` fields and `performance.timeOrigin`.
#[expect(clippy::disallowed_methods, reason = "the one place where the wall clock is read")]
pub fn wall_clock() -> SystemTime {
    SystemTime::now()
}

/// The monotonic clock, outside of any turn: `performance.now()` and `process.hrtime()`.
pub fn monotonic_clock() -> Instant {
    read_clock()
}
