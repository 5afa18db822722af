//! Builds the JavaScript context and runs a program in it.
//!
//! `turn` is the loop itself and stands above the others: `dispatch` is the way by which the network
//! calls into a script, `signals` and `shutdown` are what signals do, `lifecycle` says how a callback
//! is called and when and how a program ends, `state` is what they all work on.

mod abandoned;
mod dispatch;
mod lifecycle;
mod remote;
mod shutdown;
mod signals;
mod state;
mod system;
pub mod thread;
mod threads;
mod turn;
pub mod workers;

use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use boa_engine::context::ContextBuilder;
use boa_engine::{Context, JsError, JsResult};

use crate::builtin::process::ProgramArguments;
use crate::builtin::rights::{Exit, Rights};
use crate::builtin::{self, BUILTINS, call_sites, messaging, module_paths};
use crate::host::{Host, Place, Process};
use crate::js::executor::Executor;
use crate::js::hooks::{GlobalObject, Hooks};
use crate::js::loader::{Loader, evaluate_program};
use crate::js::source::ProgramText;
use crate::js::{memory, stack};
use crate::limits::{ENGINE_STACK_VALUES, RECURSION_MAX};
use crate::net::reactor::{Reactor, monotonic_clock};
pub use remote::Remote;
use state::EventLoop;
pub use state::{Ended, Why};
use system::System;

/// One JavaScript world and the loop that drives it.
pub struct Runtime {
    context: Context,
    loader: Rc<Loader>,
    event_loop: EventLoop,
}

impl Runtime {
    /// Builds a context with all globals in place, for the program that `arguments` name. The
    /// process is its own.
    pub fn new(arguments: ProgramArguments) -> JsResult<Self> {
        let reactor = Reactor::new().map_err(JsError::from_rust)?;
        let process = Arc::new(Process::new(arguments.node));
        let place = process.place(0, reactor.waker());
        Self::on(reactor, (process, place), arguments, Rights::default())
    }

    /// The same on a reactor that others may know already.
    fn on(
        reactor: Reactor,
        (process, place): (Arc<Process>, Place),
        arguments: ProgramArguments,
        rights: Rights,
    ) -> JsResult<Self> {
        let system = System::new(reactor, &rights).map_err(JsError::from_rust)?;
        let host = Host::at(&system.reactor, process, place).map_err(JsError::from_rust)?;
        let host = Rc::new(RefCell::new(host));
        let executor = Rc::new(Executor::default());
        let is_worker = matches!(rights.exit, Exit::Thread);
        let global: Option<GlobalObject> = is_worker.then_some(messaging::global_object);
        let loader = Rc::new(Loader::new(BUILTINS));
        let hooks = Rc::new(Hooks::new(executor.clone(), global));
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
        stack::install(call_sites::prepare, &mut context)?;
        module_paths::install(&mut context)?;
        drop(context.insert_data(arguments));
        drop(context.insert_data(rights));
        context.insert_data(system.signals.clone());
        let event_loop = EventLoop::new(executor, hooks, host, system);
        context.insert_data(event_loop.asked.clone());
        context.insert_data(event_loop.receivers.clone());
        Ok(Self { context, loader, event_loop })
    }

    /// Runs a program to its end and returns the exit code. `path` is absolute. The engine's heap
    /// stays, since the process ends and the system frees it faster.
    pub fn run(mut self, path: &Path, source: &str) -> u8 {
        let host = self.event_loop.host.clone();
        let ended = Self::run_in(self.event_loop, &self.loader, (path, source), &mut self.context);
        host.borrow_mut().end();
        std::mem::forget((self.context, self.loader));
        ended.code
    }

    /// The same where the process goes on: nothing stays.
    fn run_and_free(mut self, path: &Path, source: &str) -> Ended {
        let host = self.event_loop.host.clone();
        let ended = Self::run_in(self.event_loop, &self.loader, (path, source), &mut self.context);
        host.borrow_mut().end();
        host.borrow_mut().abandon();
        drop((self.context, self.loader));
        // While what the finalizers of natives use is still there.
        memory::collect(monotonic_clock);
        ended
    }

    fn run_in(
        mut event_loop: EventLoop,
        loader: &Loader,
        (path, source): (&Path, &str),
        context: &mut Context,
    ) -> Ended {
        if !path.is_file() {
            drop(context.insert_data(ProgramText::new(path, source)));
        }
        let module = loader.parse_main(path, source, context);
        match module.and_then(|module| evaluate_program(&module, context)) {
            Ok(program) => turn::run(event_loop, program, context),
            Err(error) => {
                event_loop.report_uncaught(&error, context);
                let code = event_loop.asked.code().unwrap_or(1);
                event_loop.leave(code, context)
            }
        }
    }
}
