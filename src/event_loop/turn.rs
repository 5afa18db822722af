//! The loop: what is to be called is called, what was said is written, then it sleeps.
//!
//! A turn: the events that the last sleep brought, standard input, immediates, timers that are
//! due, then one write for each connection that has something to say, then sleep until something
//! happens. After every callback the microtask queue is drained. The loop ends when nothing is
//! left that could call back.
//!
//! All of it runs inside of a frame of JavaScript, since callbacks that throw leave values on the
//! engine's stack, which go with the frame; see `js::frame`. After [`CALLBACKS_PER_FRAME`] it
//! leaves the frame for a new one.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Instant;

use boa_engine::object::builtins::{JsFunction, JsPromise};
use boa_engine::{Context, JsResult, JsValue, NativeFunction};

use super::signals::Shutdown;
use super::system::System;
use crate::builtin::stdin;
use crate::builtin::timers::TimerTable;
use crate::host::{Host, Input};
use crate::js::executor::Executor;
use crate::js::frame::in_own_frame;
use crate::js::hooks::Hooks;
use crate::limits::{CALLBACKS_PER_FRAME, STDIN_CHUNKS_MAX};

/// Everything that turns, but the JavaScript world itself.
pub(super) struct EventLoop {
    pub(super) executor: Rc<Executor>,
    pub(super) hooks: Rc<Hooks>,
    pub(super) host: Rc<RefCell<Host>>,
    pub(super) system: System,
    pub(super) input: Input,
    /// The program itself, until it is settled.
    pub(super) program: Option<JsPromise>,
    /// The code to exit with, once that is decided.
    pub(super) exit: Option<u8>,
    pub(super) shutdown: Option<Shutdown>,
    pub(super) signals_watched: bool,
    /// How many of the immediates that were waiting when the last sleep ended still are.
    immediates: usize,
    /// How many more chunks of standard input this turn takes.
    pub(super) stdin_chunks: usize,
    /// The time up to which this turn's timers are due.
    timers_now: Option<Instant>,
    /// How many callbacks the present frame will still see.
    pub(super) callbacks_left: usize,
}

/// Where the loop is while it does not run: a native function has no other way to it.
struct Parked {
    event_loop: Cell<Option<Box<EventLoop>>>,
    exit_code: Cell<Option<u8>>,
}

/// Turns the loop until it ends, and returns the exit code.
pub(super) fn run(mut event_loop: EventLoop, program: JsPromise, context: &mut Context) -> u8 {
    // Before a script can tell anybody that it is ready.
    event_loop.watch_signals(context);
    event_loop.program = Some(program);
    event_loop.checkpoint(context);
    let event_loop = Cell::new(Some(Box::new(event_loop)));
    drop(context.insert_data(Parked { event_loop, exit_code: Cell::new(None) }));
    let turn = NativeFunction::from_fn_ptr(turn_in_frame).to_js_function(context.realm());
    loop {
        let entered = in_own_frame(&turn, context);
        if let Some(code) = context.get_data::<Parked>().and_then(|parked| parked.exit_code.get()) {
            return code;
        }
        if let Err(error) = entered {
            log::error!("the loop cannot go on: {error}");
            return 1;
        }
    }
}

/// What [`run`] has called: turns the loop until it ends or the frame is full.
fn turn_in_frame(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let parked = context.get_data::<Parked>();
    if let Some(mut event_loop) = parked.and_then(|parked| parked.event_loop.take()) {
        let exit_code = event_loop.turn(context);
        if let Some(parked) = context.get_data::<Parked>() {
            parked.event_loop.set(Some(event_loop));
            parked.exit_code.set(exit_code);
        }
    }
    Ok(JsValue::undefined())
}

impl EventLoop {
    pub(super) fn new(
        executor: Rc<Executor>,
        hooks: Rc<Hooks>,
        host: Rc<RefCell<Host>>,
        system: System,
    ) -> Self {
        Self {
            executor,
            hooks,
            host,
            system,
            program: None,
            input: Input::default(),
            exit: None,
            shutdown: None,
            signals_watched: false,
            immediates: 0,
            stdin_chunks: STDIN_CHUNKS_MAX,
            timers_now: None,
            callbacks_left: 0,
        }
    }

    /// Turns until the loop ends, which gives the exit code, or the frame is full.
    fn turn(&mut self, context: &mut Context) -> Option<u8> {
        self.callbacks_left = CALLBACKS_PER_FRAME;
        loop {
            self.dispatch_events(context);
            self.dispatch_stdin(context);
            self.run_immediates(context);
            self.run_due_timers(context);
            if self.callbacks_left == 0 && self.exit.is_none() {
                // What is left comes first in the next frame.
                return None;
            }
            self.host.borrow_mut().flush();
            if let Some(code) = self.exit.or_else(|| self.finished(context)) {
                return Some(self.leave(code, context));
            }
            self.poll(context);
        }
    }

    /// Whether one more callback may be called in this frame.
    pub(super) fn may_call(&self) -> bool {
        self.exit.is_none() && self.callbacks_left > 0
    }

    /// Calls the timers that were due when this turn came to them: those that become due
    /// meanwhile wait for the next turn, even if this one goes on in another frame.
    fn run_due_timers(&mut self, context: &mut Context) {
        let now = *self.timers_now.get_or_insert_with(|| self.host.borrow_mut().refresh_now());
        while self.may_call()
            && let Some((callback, arguments)) =
                timers(context).and_then(|timers| timers.pop_due(now))
        {
            self.call(&callback, &arguments, context);
        }
    }

    fn run_immediates(&mut self, context: &mut Context) {
        while self.immediates > 0 && self.may_call() {
            self.immediates -= 1;
            let next = timers(context).and_then(TimerTable::pop_immediate);
            let Some((callback, arguments)) = next else { return };
            self.call(&callback, &arguments, context);
        }
    }

    fn poll(&mut self, context: &mut Context) {
        self.watch_signals(context);
        let deadline = timers(context).and_then(TimerTable::next_deadline);
        let deadline = [deadline, self.shutdown.as_ref().map(Shutdown::deadline)];
        let deadline = deadline.into_iter().flatten().min();
        let busy = timers(context).is_some_and(TimerTable::has_immediates);
        if stdin::take_started(context)
            && let Err(error) = self.system.start_stdin()
        {
            log::error!("cannot read standard input: {error}");
            self.exit = Some(1);
        }
        let System { reactor, pool, .. } = &mut self.system;
        if let Err(error) = self.host.borrow_mut().poll(reactor, pool, deadline, busy) {
            log::error!("cannot wait for events: {error}");
            self.exit = Some(1);
        }
        self.immediates = timers(context).map_or(0, TimerTable::immediates);
        self.stdin_chunks = STDIN_CHUNKS_MAX;
        self.timers_now = None;
    }

    /// Calls a script's function from the loop, then runs the microtasks.
    pub(super) fn call(
        &mut self,
        callback: &JsFunction,
        arguments: &[JsValue],
        context: &mut Context,
    ) {
        if let Err(error) = callback.call(&JsValue::undefined(), arguments, context) {
            self.report_uncaught(&error, context);
        }
        self.checkpoint(context);
    }
}

pub(super) fn timers(context: &Context) -> Option<&TimerTable> {
    context.get_data::<TimerTable>()
}
