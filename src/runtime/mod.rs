//! The runtime: builds the JavaScript context, runs the program, turns the loop.
//!
//! A turn: timers that are due, then one write for each connection that has something to say,
//! then sleep until something happens, then the events it brought, then immediates. After every
//! callback the microtask queue is drained. The process ends when nothing is left that could
//! call back.

mod dispatch;
mod globals;
mod lifecycle;
mod signals;

use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;

use boa_engine::builtins::promise::PromiseState;
use boa_engine::context::ContextBuilder;
use boa_engine::object::builtins::{JsFunction, JsPromise};
use boa_engine::{Context, JsError, JsResult, JsValue};

use crate::builtin::process::ProgramArguments;
use crate::builtin::timers::TimerTable;
use crate::builtin::{self, BUILTINS, module_paths};
use crate::host::{Host, Input};
use crate::js::executor::Executor;
use crate::js::hooks::Hooks;
use crate::js::loader::{Loader, evaluate_program};
use crate::js::report::ProgramText;
use crate::js::stack;
use crate::limits::{ENGINE_STACK_VALUES, RECURSION_MAX};
use signals::Shutdown;

/// One JavaScript world and the loop that drives it.
pub struct Runtime {
    context: Context,
    executor: Rc<Executor>,
    loader: Rc<Loader>,
    hooks: Rc<Hooks>,
    host: Rc<RefCell<Host>>,
    input: Input,
    /// The code to exit with, once that is decided.
    exit: Option<u8>,
    shutdown: Option<Shutdown>,
    signals_watched: bool,
}

impl Runtime {
    /// Builds a context with all globals in place, for the program that `arguments` name.
    pub fn new(arguments: ProgramArguments) -> JsResult<Self> {
        let host = Host::new().map_err(JsError::from_rust)?;
        let host = Rc::new(RefCell::new(host));
        let executor = Rc::new(Executor::default());
        let loader = Rc::new(Loader::new(BUILTINS));
        let hooks = Rc::new(Hooks::default());
        let mut context = ContextBuilder::new()
            .job_executor(executor.clone())
            .module_loader(loader.clone())
            .host_hooks(hooks.clone())
            .build()?;
        let limits = context.runtime_limits_mut();
        limits.set_recursion_limit(RECURSION_MAX);
        limits.set_stack_size_limit(ENGINE_STACK_VALUES);
        builtin::install(host.clone(), &mut context)?;
        stack::install(&mut context)?;
        globals::install(&mut context)?;
        module_paths::install(&mut context)?;
        drop(context.insert_data(arguments));
        Ok(Self {
            context,
            executor,
            loader,
            hooks,
            host,
            input: Input::default(),
            exit: None,
            shutdown: None,
            signals_watched: false,
        })
    }

    /// Runs a program to its end and returns the exit code. `path` is absolute.
    pub fn run(&mut self, path: &Path, source: &str) -> u8 {
        if !path.is_file() {
            drop(self.context.insert_data(ProgramText::new(path, source)));
        }
        match self.start(path, source) {
            Ok(program) => self.run_loop(&program),
            Err(error) => {
                self.report_uncaught(&error);
                self.leave(1)
            }
        }
    }

    fn start(&mut self, path: &Path, source: &str) -> JsResult<JsPromise> {
        let module = self.loader.parse_main(path, source, &mut self.context)?;
        evaluate_program(&module, &mut self.context)
    }

    fn run_loop(&mut self, program: &JsPromise) -> u8 {
        // Before a script can tell anybody that it is ready.
        self.watch_signals();
        self.program_checkpoint(program);
        loop {
            self.run_due_timers();
            self.host.borrow_mut().flush();
            if let Some(code) = self.exit.or_else(|| self.finished(program)) {
                return self.leave(code);
            }
            self.poll();
            self.dispatch_events();
            self.dispatch_stdin();
            self.run_immediates();
            if let PromiseState::Rejected(_) = program.state() {
                self.program_checkpoint(program);
            }
        }
    }

    fn timers(&self) -> Option<&TimerTable> {
        self.context.get_data::<TimerTable>()
    }

    fn run_due_timers(&mut self) {
        let now = self.host.borrow_mut().refresh_now();
        while self.exit.is_none()
            && let Some((callback, arguments)) =
                self.timers().and_then(|timers| timers.pop_due(now))
        {
            self.call(&callback, &arguments);
        }
    }

    fn run_immediates(&mut self) {
        let count = self.timers().map_or(0, TimerTable::immediates);
        for _ in 0..count {
            if self.exit.is_some() {
                return;
            }
            let Some((callback, arguments)) = self.timers().and_then(TimerTable::pop_immediate)
            else {
                return;
            };
            self.call(&callback, &arguments);
        }
    }

    fn poll(&mut self) {
        self.watch_signals();
        let deadline = self.timers().and_then(TimerTable::next_deadline);
        let deadline = [deadline, self.shutdown.as_ref().map(Shutdown::deadline)];
        let deadline = deadline.into_iter().flatten().min();
        let busy = self.timers().is_some_and(TimerTable::has_immediates);
        if let Err(error) = self.host.borrow_mut().poll(deadline, busy) {
            log::error!("cannot wait for events: {error}");
            self.exit = Some(1);
        }
    }

    /// Calls a script's function from the loop, then runs the microtasks.
    fn call(&mut self, callback: &JsFunction, arguments: &[JsValue]) {
        if let Err(error) = callback.call(&JsValue::undefined(), arguments, &mut self.context) {
            self.report_uncaught(&error);
        }
        self.checkpoint();
    }
}
