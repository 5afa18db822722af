//! What the loop has of the operating system beside the host: the poll, worker threads, signals and
//! standard input.

use std::io;

use crate::net::pool::Pool;
use crate::net::reactor::{Reactor, Watcher};
use crate::net::signals::Signals;
use crate::net::stdin::{Stdin, StdinChunk};

/// Nothing is started before it is needed.
pub(super) struct System {
    pub(super) reactor: Reactor,
    pub(super) pool: Pool,
    watcher: Watcher,
    signals: Signals,
    stdin: Option<Stdin>,
}

impl System {
    /// Opens the poll.
    pub(super) fn new() -> io::Result<Self> {
        let reactor = Reactor::new()?;
        let pool = Pool::new(reactor.waker());
        let watcher = reactor.watcher()?;
        Ok(Self { reactor, pool, watcher, signals: Signals::default(), stdin: None })
    }

    /// Begins to watch a signal; `Event::Signal` tells that one came.
    pub(super) fn watch_signal(&mut self, signal: i32) -> io::Result<()> {
        self.signals.watch(signal, &self.watcher)
    }

    /// Stops watching a signal.
    pub(super) fn unwatch_signal(&mut self, signal: i32) {
        self.signals.unwatch(signal, &self.watcher);
    }

    /// Whether `signal` has come since the last call.
    pub(super) fn take_signal(&mut self, signal: i32) -> bool {
        self.signals.take(signal)
    }

    /// Starts to read standard input, once, or goes on with it.
    pub(super) fn start_stdin(&mut self) -> io::Result<()> {
        if let Some(stdin) = &self.stdin {
            return stdin.resume();
        }
        self.stdin = Some(Stdin::start(self.reactor.waker())?);
        Ok(())
    }

    /// Takes what has come in on standard input.
    pub(super) fn poll_stdin(&self) -> Option<StdinChunk> {
        self.stdin.as_ref().and_then(Stdin::poll)
    }
}
