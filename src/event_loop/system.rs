//! What the loop has of the operating system beside the host: the poll, worker threads, signals and
//! standard input.

use std::io;
use std::rc::Rc;

use crate::builtin::rights::Rights;
use crate::builtin::signals::SignalWatch;
use crate::net::pool::Pool;
use crate::net::reactor::Reactor;
use crate::net::stdin::{Stdin, StdinChunk};

/// Nothing is started before it is needed.
pub(super) struct System {
    pub(super) reactor: Reactor,
    pub(super) pool: Pool,
    pub(super) signals: Rc<SignalWatch>,
    stdin: Option<Stdin>,
    reads_stdin: bool,
}

impl System {
    /// What a program with these rights has.
    pub(super) fn new(reactor: Reactor, rights: &Rights) -> io::Result<Self> {
        let pool = Pool::new(reactor.waker());
        let signals = Rc::new(SignalWatch::new(reactor.watcher()?, rights.hears_signals));
        Ok(Self { reactor, pool, signals, stdin: None, reads_stdin: rights.reads_stdin })
    }

    /// Standard input is not for the program.
    pub(super) fn close_stdin(&mut self) {
        self.reads_stdin = false;
    }

    /// Starts to read standard input, once, or goes on with it.
    pub(super) fn start_stdin(&mut self) -> io::Result<()> {
        if let Some(stdin) = &self.stdin {
            return stdin.resume();
        }
        let waker = self.reactor.waker();
        self.stdin =
            Some(if self.reads_stdin { Stdin::start(waker)? } else { Stdin::at_end(waker)? });
        Ok(())
    }

    /// Takes what has come in on standard input.
    pub(super) fn poll_stdin(&self) -> Option<StdinChunk> {
        self.stdin.as_ref().and_then(Stdin::poll)
    }
}
