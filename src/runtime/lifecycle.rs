//! How a program ends: by having nothing left to do, by an error that nothing caught, by choice.

use boa_engine::builtins::promise::PromiseState;
use boa_engine::object::builtins::JsPromise;
use boa_engine::{JsError, JsValue, js_string};

use super::Runtime;
use super::signals::Shutdown;
use crate::builtin::timers::TimerTable;
use crate::builtin::{process, stdin};
use crate::js::report;

/// Nothing is left to do, and the program still waits for a promise: Node's code for it.
const EXIT_UNSETTLED: u8 = 13;

impl Runtime {
    /// The exit code, when nothing is left that could call back.
    pub(super) fn finished(&mut self, program: &JsPromise) -> Option<u8> {
        if let Some(shutdown) = &self.shutdown {
            return shutdown.is_over(&self.host.borrow()).then(|| shutdown.exit_code());
        }
        if self.is_alive() {
            return None;
        }
        // The last chance to start something new.
        let code = process::exit_code(&self.context).unwrap_or(0);
        self.emit("beforeExit", &[JsValue::from(code)]);
        self.checkpoint();
        if self.exit.is_some() || self.is_alive() {
            self.host.borrow_mut().flush();
            return self.exit;
        }
        if program.state() == PromiseState::Pending {
            report::print(
                "krandog: the program waits at a top-level await for a promise that nothing is \
                 left to settle",
            );
            return Some(EXIT_UNSETTLED);
        }
        Some(0)
    }

    fn is_alive(&self) -> bool {
        self.host.borrow().is_alive()
            || self.timers().is_some_and(TimerTable::is_alive)
            || stdin::is_flowing(&self.context)
    }

    /// The last words of a program: its `exit` listeners, and the code they settle on.
    pub(super) fn leave(&mut self, code: u8) -> u8 {
        let code = match code {
            0 => process::exit_code(&self.context).unwrap_or(0),
            failed => failed,
        };
        self.emit("exit", &[JsValue::from(code)]);
        match code {
            0 => process::exit_code(&self.context).unwrap_or(0),
            failed => failed,
        }
    }

    /// The microtask checkpoint, and what is to be reported after it. Whoever hears a report may
    /// queue more.
    pub(super) fn checkpoint(&mut self) {
        loop {
            self.executor.drain(&mut self.context);
            let uncaught = self.executor.take_uncaught();
            let rejected = self.hooks.take_rejected();
            if uncaught.is_empty() && rejected.is_empty() {
                return;
            }
            for error in uncaught {
                self.report_uncaught(&error);
            }
            for promise in rejected {
                let promise = JsPromise::from(promise);
                if let PromiseState::Rejected(reason) = promise.state() {
                    self.report_rejection(&reason, promise.into());
                }
            }
            if self.exit.is_some() {
                return;
            }
        }
    }

    /// The same, after which a rejection of the program itself is an uncaught error.
    pub(super) fn program_checkpoint(&mut self, program: &JsPromise) {
        self.executor.drain(&mut self.context);
        if let PromiseState::Rejected(reason) = program.state() {
            // It is rejected without a handler too, but once is enough to say so.
            drop(self.hooks.take_rejected());
            self.report_uncaught(&JsError::from_opaque(reason));
            return;
        }
        self.checkpoint();
    }

    /// Nothing caught this: a listener for `uncaughtException` may, or it ends the process.
    pub(super) fn report_uncaught(&mut self, error: &JsError) {
        if self.exit.is_some() {
            return;
        }
        if let Ok(value) = error.clone().into_opaque(&mut self.context) {
            let origin = js_string!("uncaughtException").into();
            if self.emit("uncaughtException", &[value, origin]) || self.exit.is_some() {
                return;
            }
        }
        report::print(&report::uncaught_text(error, &mut self.context));
        self.exit = Some(1);
    }

    fn report_rejection(&mut self, reason: &JsValue, promise: JsValue) {
        if self.exit.is_some() {
            return;
        }
        if self.emit("unhandledRejection", &[reason.clone(), promise]) || self.exit.is_some() {
            return;
        }
        let origin = js_string!("unhandledRejection").into();
        if self.emit("uncaughtException", &[reason.clone(), origin]) || self.exit.is_some() {
            return;
        }
        report::print(&report::rejection_text(reason, &mut self.context));
        self.exit = Some(1);
    }

    /// Emits an event of `process`; true when somebody listened. A listener that throws ends the
    /// process: there is nobody left to tell.
    pub(super) fn emit(&mut self, event: &str, arguments: &[JsValue]) -> bool {
        match process::emit(&mut self.context, event, arguments) {
            Ok(heard) => heard,
            Err(error) => {
                report::print(&report::uncaught_text(&error, &mut self.context));
                self.exit = Some(1);
                true
            }
        }
    }

    pub(super) fn begin_shutdown(&mut self, shutdown: Shutdown) {
        if self.shutdown.is_some() {
            // The second signal is meant: at once.
            self.exit = Some(shutdown.exit_code());
            return;
        }
        self.shutdown = Some(shutdown);
    }
}
