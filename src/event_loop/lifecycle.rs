//! How a callback is called and a program ends: by having nothing left to do, by an error that
//! nothing caught, by choice.

use boa_engine::builtins::promise::PromiseState;
use boa_engine::object::builtins::JsPromise;
use boa_engine::{Context, JsError, JsObject, JsValue, js_string};

use super::state::{Ended, EventLoop, Why, timers};
use crate::builtin::messaging::{self, Heard};
use crate::builtin::timers::{Due, TimerTable};
use crate::builtin::{child_process, fs, process, stdin, test_runner, websocket};
use crate::js::memory::collect_if_due;
use crate::js::runtime_limit::catchable;
use crate::js::{activation, async_context, ops, report};
use crate::net::reactor::monotonic_clock;

/// Nothing is left to do, and the program still waits for a promise: Node's code for it.
const EXIT_UNSETTLED: u8 = 13;

impl EventLoop {
    /// The exit code, when nothing is left that could call back.
    pub(super) fn finished(&mut self, context: &mut Context) -> Option<u8> {
        if let Some(shutdown) = &mut self.shutdown {
            let has_workers = messaging::has_workers(&self.receivers);
            let (code, has_changed) = {
                let mut host = self.host.borrow_mut();
                (shutdown.go_on(&mut host, has_workers), host.has_changed())
            };
            if has_changed {
                websocket::show_changes(context);
            }
            return code;
        }
        if self.is_alive(context) {
            return None;
        }
        // The last chance to start something new.
        let code = process::exit_code(context).unwrap_or(0);
        self.emit("beforeExit", &[JsValue::from(code)], context);
        self.checkpoint(context);
        if self.exit.is_some() || self.is_alive(context) {
            self.host.borrow_mut().flush();
            return self.exit;
        }
        if self.program.is_some() {
            report::print(&self.unsettled_text(context));
            return Some(process::exit_code(context).unwrap_or(EXIT_UNSETTLED));
        }
        Some(0)
    }

    /// The program waits, and nothing is left to wake it: where, and which connections failed.
    fn unsettled_text(&self, context: &Context) -> String {
        let program = process::program_file(context);
        let (line, place) = self.hooks.waiting(&program.to_string_lossy(), context);
        let mut text = line.unwrap_or_default();
        text.push_str(
            "krandog: the program waits at a top-level await for a promise that nothing is left \
             to settle",
        );
        text.push_str(&place);
        for ended in websocket::latest_ends(context) {
            text.extend(["\n  ", &ended]);
        }
        text
    }

    fn is_alive(&self, context: &Context) -> bool {
        self.host.borrow().is_alive()
            || ops::pending(context) > 0
            || timers(context).is_some_and(TimerTable::is_alive)
            || stdin::is_alive(context)
            || test_runner::is_advancing(context)
            || fs::has_watchers(context)
            || messaging::is_alive(&self.receivers)
            || child_process::is_alive(context)
            // It came while the script was busy, and somebody may listen for it.
            || self.system.signals.waits()
    }

    /// The last words of a program: its `exit` listeners, and the code they settle on.
    pub(super) fn leave(&mut self, code: u8, context: &mut Context) -> Ended {
        let code = match code {
            0 => process::exit_code(context).unwrap_or(0),
            failed => failed,
        };
        self.exit = None;
        self.emit("exit", &[JsValue::from(code)], context);
        let code = match code {
            0 => self.exit.or_else(|| process::exit_code(context)).unwrap_or(0),
            failed => failed,
        };
        async_context::leave();
        let why = match &self.shutdown {
            _ if self.has_failed => Why::Failed,
            Some(shutdown) => Why::Signal(shutdown.signal),
            None => Why::Done,
        };
        Ended { code, why }
    }

    /// Calls a script's function from the loop, then runs the microtasks.
    pub(super) fn call(&mut self, due: &Due, context: &mut Context) {
        if let Err(error) = activation::call(&due.callback, &due.this, &due.arguments, context) {
            self.report_uncaught(&error, context);
        }
        self.checkpoint(context);
        collect_if_due(monotonic_clock);
    }

    /// The microtask checkpoint, and what is to be reported in it and after it. Whoever hears a
    /// report may queue more; nothing more runs once the process is to end.
    pub(super) fn checkpoint(&mut self, context: &mut Context) {
        while !self.is_ending() {
            self.executor.drain(context);
            if self.is_ending() {
                return;
            }
            let uncaught = self.executor.take_uncaught();
            if !uncaught.is_empty() {
                for error in uncaught {
                    self.report_uncaught(&error, context);
                }
                continue;
            }
            let mut rejected = self.hooks.take_rejected();
            if let Some((program, reason)) = self.take_failed_program() {
                rejected.retain(|promise| !JsObject::equals(promise, &program));
                self.report_uncaught(&JsError::from_opaque(reason), context);
            }
            if rejected.is_empty() && !self.report_lost(context) {
                return;
            }
            for promise in rejected {
                let promise = JsPromise::from(promise);
                if let PromiseState::Rejected(reason) = promise.state() {
                    self.report_rejection(&reason, promise.into(), context);
                }
            }
        }
    }

    /// Whether the exit code is decided: it may be the script that has asked for it, in the middle of
    /// a callback. What has been thrown to get out of that is no error.
    fn is_ending(&mut self) -> bool {
        self.exit = self.exit.or_else(|| self.asked.code());
        self.exit.is_some()
    }

    /// The program's promise and the reason, once it is rejected: an uncaught error of the program
    /// itself, not a rejection that nobody handles. From when it is settled it is not looked at.
    fn take_failed_program(&mut self) -> Option<(JsPromise, JsValue)> {
        match self.program.as_ref()?.state() {
            PromiseState::Pending => None,
            PromiseState::Fulfilled(_) => {
                self.program = None;
                self.progress.settle();
                None
            }
            PromiseState::Rejected(reason) => self.program.take().zip(Some(reason)),
        }
    }

    /// Nothing caught this: a listener for `uncaughtException` may, or it ends the process.
    pub(super) fn report_uncaught(&mut self, error: &JsError, context: &mut Context) {
        if self.is_ending() {
            return;
        }
        let text = |context: &mut Context| report::uncaught_text(error, context);
        match catchable(error.clone(), context).into_opaque(context) {
            Ok(value) => self.report_thrown(&value, &text, context),
            Err(_) => self.end_with(&JsValue::undefined(), &text, context),
        }
    }

    /// The same of a value, with what is to be printed of it.
    pub(super) fn report_thrown(
        &mut self,
        value: &JsValue,
        text: &dyn Fn(&mut Context) -> String,
        context: &mut Context,
    ) {
        let arguments = [value.clone(), js_string!("uncaughtException").into()];
        if !self.emit("uncaughtException", &arguments, context) && !self.is_ending() {
            self.end_with(value, text, context);
        }
    }

    /// Nobody in the program has heard of an error: a worker tells whoever has started it.
    fn end_with(
        &mut self,
        value: &JsValue,
        text: &dyn Fn(&mut Context) -> String,
        context: &mut Context,
    ) {
        match messaging::hear(value, text, context) {
            Heard::Nobody => report::print(&text(context)),
            Heard::Above => {}
            Heard::Here => return,
        }
        self.fail();
    }

    /// The program ends by an error that nothing caught.
    pub(super) fn fail(&mut self) {
        self.exit = Some(1);
        self.has_failed = true;
    }

    fn report_rejection(&mut self, reason: &JsValue, promise: JsValue, context: &mut Context) {
        if self.is_ending()
            || self.emit("unhandledRejection", &[reason.clone(), promise], context)
            || self.is_ending()
        {
            return;
        }
        let origin = js_string!("unhandledRejection").into();
        if self.emit("uncaughtException", &[reason.clone(), origin], context) || self.is_ending() {
            return;
        }
        self.end_with(reason, &|context| report::rejection_text(reason, context), context);
    }

    /// Emits an event of `process`; true when somebody listened. What a listener throws is
    /// uncaught; when that is one for what is uncaught, there is nobody left to tell.
    pub(super) fn emit(
        &mut self,
        event: &str,
        arguments: &[JsValue],
        context: &mut Context,
    ) -> bool {
        match process::emit(context, event, arguments) {
            Ok(heard) => heard,
            Err(error) if event != "uncaughtException" => {
                self.report_uncaught(&error, context);
                true
            }
            Err(_) if self.is_ending() => true,
            Err(error) => {
                report::print(&report::uncaught_text(&error, context));
                self.fail();
                true
            }
        }
    }
}
