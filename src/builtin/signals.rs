//! Signals of the process: which are watched, and since when.
//!
//! One that a script listens for is watched from that call on, so that it waits for a script that is
//! busy. Those that end a program are watched from when it can be asked to end: when a server
//! listens, or its top level has run. Until then they end it as they end any program, since nothing
//! else could end one that loops.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::io;
use std::rc::Rc;

use boa_engine::Context;

use crate::net::reactor::Watcher;
use crate::net::signals::Signals;

/// The signals that a script can listen for, and whether they end one that does not.
const SIGNALS: [(&str, i32, bool); 21] = [
    ("SIGINT", libc::SIGINT, true),
    ("SIGTERM", libc::SIGTERM, true),
    ("SIGHUP", libc::SIGHUP, true),
    ("SIGUSR1", libc::SIGUSR1, false),
    ("SIGUSR2", libc::SIGUSR2, false),
    ("SIGWINCH", libc::SIGWINCH, false),
    ("SIGCONT", libc::SIGCONT, false),
    ("SIGQUIT", libc::SIGQUIT, false),
    ("SIGTRAP", libc::SIGTRAP, false),
    ("SIGABRT", libc::SIGABRT, false),
    ("SIGBUS", libc::SIGBUS, false),
    ("SIGPIPE", libc::SIGPIPE, false),
    ("SIGALRM", libc::SIGALRM, false),
    ("SIGCHLD", libc::SIGCHLD, false),
    ("SIGTSTP", libc::SIGTSTP, false),
    ("SIGTTIN", libc::SIGTTIN, false),
    ("SIGTTOU", libc::SIGTTOU, false),
    ("SIGURG", libc::SIGURG, false),
    ("SIGVTALRM", libc::SIGVTALRM, false),
    ("SIGIO", libc::SIGIO, false),
    ("SIGSYS", libc::SIGSYS, false),
];

/// A signal that has come.
#[derive(Clone, Copy, Debug)]
pub struct Came {
    /// Such as `SIGINT`.
    pub name: &'static str,
    /// The system's number.
    pub number: i32,
    /// Whether it ends a script that does not listen for it.
    pub is_fatal: bool,
}

/// What is watched; `Context` data, shared with the loop.
pub struct SignalWatch {
    signals: RefCell<Signals>,
    watcher: Watcher,
    /// The names that the script listens for.
    wanted: RefCell<BTreeSet<String>>,
    /// Some are not wanted any more.
    dropped: Cell<bool>,
    ends_watched: Cell<bool>,
    /// Signals of the process are for this program too.
    hears: bool,
    /// A bit for each of the signals that have come.
    came: Cell<u64>,
    /// One that came before they were watched.
    passed: Cell<Option<i32>>,
}

impl SignalWatch {
    /// Nothing is watched yet.
    pub fn new(watcher: Watcher, hears: bool) -> Self {
        Self {
            signals: RefCell::default(),
            watcher,
            wanted: RefCell::default(),
            dropped: Cell::new(false),
            ends_watched: Cell::new(false),
            hears,
            came: Cell::new(0),
            passed: Cell::new(None),
        }
    }

    /// From now on a signal that ends the program does so politely.
    pub fn watch_ends(&self) {
        if !self.ends_watched.replace(true) {
            for (name, number, is_fatal) in SIGNALS {
                if is_fatal {
                    self.watch(name, number);
                }
            }
        }
    }

    /// A script listens for a signal, or does no longer.
    pub fn want(&self, wanted_name: &str, wanted: bool) {
        if !wanted {
            self.wanted.borrow_mut().remove(wanted_name);
            return self.dropped.set(true);
        }
        for (name, number, _) in SIGNALS {
            if name == wanted_name {
                self.wanted.borrow_mut().insert(name.to_owned());
                self.watch(name, number);
            }
        }
    }

    /// From now on the end of a child process is noticed.
    pub fn watch_children(&self) -> io::Result<()> {
        self.signals.borrow_mut().watch_children(&self.watcher)
    }

    /// Whether children may have ended since the last call.
    pub fn take_children(&self) -> bool {
        self.signals.borrow_mut().take_children()
    }

    /// Stops watching what is not wanted. Whoever listens for one signal at a time wants it again
    /// at once, so this can wait for the end of a turn.
    pub fn settle(&self) {
        if !self.dropped.replace(false) {
            return;
        }
        let wanted = self.wanted.borrow();
        for (name, number, is_fatal) in SIGNALS {
            if !is_fatal && !wanted.contains(name) {
                self.signals.borrow_mut().unwatch(number, &self.watcher);
            }
        }
    }

    /// Whether a signal has come that nobody has been told of.
    pub fn waits(&self) -> bool {
        self.passed.get().is_some() || self.signals.borrow().waits()
    }

    /// A signal came before it was watched here. False if it has come here too.
    pub fn pass_on(&self, number: i32) -> bool {
        let is_new = self.came.get() & bit(number) == 0;
        if is_new {
            self.passed.set(Some(number));
        }
        is_new
    }

    /// The signals that have come since the last call.
    pub fn take(&self) -> Vec<Came> {
        let mut signals = self.signals.borrow_mut();
        let passed = self.passed.take();
        let came = SIGNALS.into_iter().filter(|(_, number, _)| {
            let has_come = signals.take(*number) || passed == Some(*number);
            if has_come {
                self.came.set(self.came.get() | bit(*number));
            }
            has_come
        });
        came.map(|(name, number, is_fatal)| Came { name, number, is_fatal }).collect()
    }

    fn watch(&self, name: &str, number: i32) {
        if !self.hears {
            return;
        }
        let watched: io::Result<()> = self.signals.borrow_mut().watch(number, &self.watcher);
        if let Err(error) = watched {
            log::warn!("cannot watch {name}: {error}");
        }
    }
}

fn bit(number: i32) -> u64 {
    u32::try_from(number).ok().and_then(|number| 1_u64.checked_shl(number)).unwrap_or(0)
}

/// What is watched, in a context that has a loop.
pub(super) fn signals(context: &Context) -> Option<&Rc<SignalWatch>> {
    context.get_data::<Rc<SignalWatch>>()
}
