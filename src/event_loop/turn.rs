//! The loop: what is to be called is called, what was said is written, then it sleeps.
//!
//! A turn: the events that the last sleep brought, standard input, immediates, timers that are
//! due, then one write for each connection that has something to say, then sleep until something
//! happens. After every callback the microtask queue is drained. The loop ends when nothing is
//! left that could call back.

use std::ops::ControlFlow;
use std::time::Duration;

use boa_engine::object::builtins::JsPromise;
use boa_engine::{Context, JsValue};

use super::remote::Remote;
use super::state::{Ended, EventLoop, Phase, timers};
use super::system::System;
use crate::builtin::messaging::{self, Delivered, Unheard};
use crate::builtin::stdin;
use crate::builtin::test_runner;
use crate::builtin::timers::TimerTable;
use crate::js::memory::{collect, collect_if_due, is_worth_a_rest};
use crate::js::{async_context, frame, ops};
use crate::limits::{CALLBACKS_PER_FRAME, PORT_MESSAGES_PER_TURN, QUIET_TURN_MS, STDIN_CHUNKS_MAX};
use crate::net::pool::Task;
use crate::net::reactor::monotonic_clock;

/// Turns the loop until it ends.
pub(super) fn run(event_loop: EventLoop, program: JsPromise, context: &mut Context) -> Ended {
    let mut event_loop = Box::new(event_loop);
    // Before a script can tell anybody that it is ready.
    event_loop.system.signals.watch_ends();
    event_loop.program = Some(program);
    event_loop.checkpoint(context);
    frame::run(CALLBACKS_PER_FRAME, move |context| event_loop.step(context), context)
}

impl EventLoop {
    /// Goes on with the turn as far as the next callback, which it calls; breaks with the exit code
    /// when the loop has ended.
    fn step(&mut self, context: &mut Context) -> ControlFlow<Ended> {
        async_context::leave();
        loop {
            if self.remote.as_ref().is_some_and(Remote::stops) {
                self.hear_others();
            }
            if self.exit.is_some() {
                self.phase = Phase::Sleep;
            }
            let (has_called, next) = match self.phase {
                Phase::Events => (self.dispatch_event(context), Phase::Stdin),
                Phase::Stdin => (self.dispatch_stdin(context), Phase::Messages),
                Phase::Messages => (self.deliver_message(context), Phase::Immediates),
                Phase::Immediates => (self.run_immediate(context), Phase::Timers),
                Phase::Timers => (self.run_due_timer(context), Phase::Sleep),
                Phase::Sleep => {
                    self.answer_abandoned(context);
                    self.host.borrow_mut().flush();
                    if let Some(code) = self.exit.or_else(|| self.finished(context)) {
                        return ControlFlow::Break(self.leave(code, context));
                    }
                    self.poll(context);
                    self.pass_time(context);
                    (false, Phase::Events)
                }
            };
            if has_called {
                return ControlFlow::Continue(());
            }
            self.phase = next;
        }
    }

    /// Calls the next of the timers that were due when this turn came to them: those that become
    /// due meanwhile wait for the next turn.
    fn run_due_timer(&mut self, context: &mut Context) -> bool {
        let now = *self.timers_now.get_or_insert_with(|| self.host.borrow_mut().refresh_now());
        let next = timers(context).and_then(|timers| timers.pop_due(now));
        let Some(due) = next else { return false };
        self.call(&due, context);
        true
    }

    /// Hands out the next of the messages of ports that had come when the last sleep ended.
    fn deliver_message(&mut self, context: &mut Context) -> bool {
        while self.messages > 0 {
            self.messages -= 1;
            let delivered = messaging::deliver_next(context);
            if !matches!(delivered, Delivered::Nothing) {
                if let Delivered::Unheard(Unheard { error, text }) = delivered {
                    self.report_thrown(&error, &|_| text.clone(), context);
                }
                self.checkpoint(context);
                collect_if_due(monotonic_clock);
                return true;
            }
        }
        false
    }

    /// Calls the next of the immediates that were waiting when the last sleep ended.
    fn run_immediate(&mut self, context: &mut Context) -> bool {
        if self.immediates == 0 {
            return false;
        }
        self.immediates -= 1;
        let next = timers(context).and_then(TimerTable::pop_immediate);
        let Some(due) = next else { return false };
        self.call(&due, context);
        true
    }

    /// Where a test has time pass: as much as may, once the turn that begins has nothing to do.
    fn pass_time(&mut self, context: &mut Context) {
        if !test_runner::is_advancing(context) {
            return;
        }
        let timers = timers(context).and_then(TimerTable::next_deadline);
        let deadline = [timers, self.host.borrow().next_deadline()].into_iter().flatten().min();
        let has_happened =
            self.host.borrow().has_work() || self.messages > 0 || self.immediates > 0;
        let Some(passed) = test_runner::pass(has_happened, deadline, context) else { return };
        if let Err(error) = passed.resolve.call(&JsValue::undefined(), &[], context) {
            self.report_uncaught(&error, context);
        }
        self.checkpoint(context);
    }

    fn poll(&mut self, context: &Context) {
        self.system.signals.settle();
        let deadline = timers(context).and_then(TimerTable::next_deadline);
        let shutdown = self.shutdown.as_ref().map(|shutdown| shutdown.deadline);
        let workers = self.receivers.next_deadline();
        let settling = test_runner::is_advancing(context)
            .then(|| monotonic_clock() + Duration::from_millis(QUIET_TURN_MS));
        let deadline = [deadline, shutdown, workers, self.abandoned_deadline(), settling];
        let deadline = deadline.into_iter().flatten().min();
        messaging::remind_held(&self.receivers);
        let busy =
            self.receivers.waiting() > 0 || timers(context).is_some_and(TimerTable::has_immediates);
        if stdin::take_started(context)
            && let Err(error) = self.system.start_stdin()
        {
            log::error!("cannot read standard input: {error}");
            self.fail();
        }
        // With garbage to collect, the loop only looks whether anything has come.
        let until = || Some(deadline?.saturating_duration_since(monotonic_clock()));
        let rests = !busy && is_worth_a_rest(until);
        let System { reactor, pool, .. } = &mut self.system;
        for (id, work) in ops::take_queued(context) {
            pool.spawn(Task::Op { id, work });
        }
        if let Some(up) = self.up.take() {
            up();
        }
        let polled = self.host.borrow_mut().poll(reactor, pool, deadline, busy || rests);
        if let Err(error) = polled {
            log::error!("cannot wait for events: {error}");
            self.fail();
        } else if rests && !self.host.borrow().has_work() {
            collect(monotonic_clock);
        }
        if self.remote.is_some() {
            self.hear_others();
        }
        if workers.is_some() {
            messaging::give_up_overdue(&self.receivers);
        }
        self.messages = self.receivers.waiting().min(PORT_MESSAGES_PER_TURN);
        self.immediates = timers(context).map_or(0, TimerTable::immediates);
        self.stdin_chunks = STDIN_CHUNKS_MAX;
        self.timers_now = None;
    }
}
