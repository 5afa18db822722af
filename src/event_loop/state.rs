//! What the loop knows from one callback to the next. What it does with it is in the files that use
//! this one.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Instant;

use boa_engine::Context;
use boa_engine::object::builtins::JsPromise;

use super::remote::Remote;
use super::shutdown::Shutdown;
use super::system::System;
use crate::builtin::messaging::Receivers;
use crate::builtin::rights::Asked;
use crate::builtin::test_runner::Progress;
use crate::builtin::timers::TimerTable;
use crate::host::{Host, Input};
use crate::js::executor::Executor;
use crate::js::hooks::Hooks;
use crate::limits::STDIN_CHUNKS_MAX;

/// Everything that turns, but the JavaScript world itself.
pub(super) struct EventLoop {
    pub(super) executor: Rc<Executor>,
    pub(super) hooks: Rc<Hooks>,
    pub(super) host: Rc<RefCell<Host>>,
    pub(super) system: System,
    pub(super) input: Input,
    /// The program itself, until it is settled.
    pub(super) program: Option<JsPromise>,
    /// Whether it is, for tests.
    pub(super) progress: Progress,
    /// The code to exit with, once that is decided.
    pub(super) exit: Option<u8>,
    /// The same, asked for by the script in a program that ends alone.
    pub(super) asked: Asked,
    /// An error that nothing caught has decided it.
    pub(super) has_failed: bool,
    pub(super) shutdown: Option<Shutdown>,
    /// What other threads ask.
    pub(super) remote: Option<Remote>,
    /// Whom to tell when the loop sleeps for the first time.
    pub(super) up: Option<Box<dyn FnOnce() + Send>>,
    /// Where in its turn the loop is.
    pub(super) phase: Phase,
    /// The objects that messages come for.
    pub(super) receivers: Rc<Receivers>,
    /// How many more of the messages that had come when the last sleep ended this turn hands out.
    pub(super) messages: usize,
    /// How many of the immediates that were waiting when the last sleep ended still are.
    pub(super) immediates: usize,
    /// How many more chunks of standard input this turn takes.
    pub(super) stdin_chunks: usize,
    /// The time up to which this turn's timers are due.
    pub(super) timers_now: Option<Instant>,
    /// Before this, nobody looks for abandoned promises again.
    pub(super) abandoned_after: Option<Instant>,
}

/// How a program has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    /// The exit code.
    pub code: u8,
    /// What has ended it.
    pub why: Why,
}

/// What has ended a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Nothing was left to do, or it was told to stop, by itself or by others.
    Done,
    /// An error that nothing caught.
    Failed,
    /// A signal, politely.
    Signal(i32),
    /// A panic, which has left its memory behind.
    Lost,
}

/// The parts of a turn, in their order.
#[derive(Clone, Copy, Debug)]
pub(super) enum Phase {
    Events,
    Stdin,
    Messages,
    Immediates,
    Timers,
    Sleep,
}

impl EventLoop {
    pub(super) fn new(
        executor: Rc<Executor>,
        hooks: Rc<Hooks>,
        host: Rc<RefCell<Host>>,
        system: System,
    ) -> Self {
        let receivers = Rc::new(Receivers::new(system.reactor.waker()));
        Self {
            executor,
            hooks,
            host,
            system,
            receivers,
            messages: 0,
            program: None,
            progress: Progress::default(),
            input: Input::default(),
            exit: None,
            asked: Asked::default(),
            has_failed: false,
            shutdown: None,
            remote: None,
            up: None,
            phase: Phase::Events,
            immediates: 0,
            stdin_chunks: STDIN_CHUNKS_MAX,
            timers_now: None,
            abandoned_after: None,
        }
    }
}

pub(super) fn timers(context: &Context) -> Option<&TimerTable> {
    context.get_data::<TimerTable>()
}
