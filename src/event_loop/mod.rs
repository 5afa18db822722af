//! Builds the JavaScript context and runs a program in it.
//!
//! `turn` is the loop itself and stands above the others: `dispatch` is the way by which the network
//! calls into a script, `signals` and `shutdown` are what signals do, `lifecycle` says how a callback
//! is called and when and how a program ends, `state` is what they all work on.

mod abandoned;
mod dispatch;
mod lifecycle;
mod shutdown;
mod signals;
mod state;
mod system;
mod turn;

use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;

use boa_engine::context::ContextBuilder;
use boa_engine::object::builtins::JsPromise;
use boa_engine::{Context, JsError, JsResult};

use crate::builtin::process::ProgramArguments;
use crate::builtin::{self, BUILTINS, module_paths};
use crate::host::Host;
use crate::js::executor::Executor;
use crate::js::hooks::Hooks;
use crate::js::loader::{Loader, evaluate_program};
use crate::js::source::ProgramText;
use crate::js::stack;
use crate::limits::{ENGINE_STACK_VALUES, RECURSION_MAX};
use state::EventLoop;
use system::System;

/// One JavaScript world and the loop that drives it.
pub struct Runtime {
    context: Context,
    loader: Rc<Loader>,
    event_loop: EventLoop,
}

impl Runtime {
    /// Builds a context with all globals in place, for the program that `arguments` name.
    pub fn new(arguments: ProgramArguments) -> JsResult<Self> {
        let system = System::new().map_err(JsError::from_rust)?;
        let host = Host::new(&system.reactor).map_err(JsError::from_rust)?;
        let host = Rc::new(RefCell::new(host));
        let executor = Rc::new(Executor::default());
        let loader = Rc::new(Loader::new(BUILTINS));
        let hooks = Rc::new(Hooks::new(executor.clone()));
        let mut context = ContextBuilder::new()
            .job_executor(executor.clone())
            .module_loader(loader.clone())
            .host_hooks(hooks.clone())
            .build()?;
        let limits = context.runtime_limits_mut();
        limits.set_recursion_limit(RECURSION_MAX);
        limits.set_stack_size_limit(ENGINE_STACK_VALUES);
        hooks.prepare(&mut context)?;
        builtin::install(host.clone(), &mut context)?;
        stack::install(&mut context)?;
        module_paths::install(&mut context)?;
        drop(context.insert_data(arguments));
        context.insert_data(system.signals.clone());
        let event_loop = EventLoop::new(executor, hooks, host, system);
        Ok(Self { context, loader, event_loop })
    }

    /// Runs a program to its end and returns the exit code. `path` is absolute. The engine's heap
    /// stays, since the process ends and the system frees it faster.
    pub fn run(mut self, path: &Path, source: &str) -> u8 {
        if !path.is_file() {
            drop(self.context.insert_data(ProgramText::new(path, source)));
        }
        let host = self.event_loop.host.clone();
        let code = match self.start(path, source) {
            Ok(program) => turn::run(self.event_loop, program, &mut self.context),
            Err(error) => {
                self.event_loop.report_uncaught(&error, &mut self.context);
                self.event_loop.leave(1, &mut self.context)
            }
        };
        host.borrow_mut().end();
        std::mem::forget((self.context, self.loader));
        code
    }

    fn start(&mut self, path: &Path, source: &str) -> JsResult<JsPromise> {
        let module = self.loader.parse_main(path, source, &mut self.context)?;
        evaluate_program(&module, &mut self.context)
    }
}
