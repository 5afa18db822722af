//! The runtime: builds the JavaScript context, runs the program, turns the loop.

mod globals;

use std::path::Path;
use std::rc::Rc;

use boa_engine::builtins::promise::PromiseState;
use boa_engine::context::ContextBuilder;
use boa_engine::object::builtins::JsPromise;
use boa_engine::{Context, JsError, JsResult};

use crate::builtin::process::ProgramArguments;
use crate::builtin::{BUILTINS, module_paths};
use crate::js::error::uncaught_text;
use crate::js::events;
use crate::js::executor::Executor;
use crate::js::hooks::Hooks;
use crate::js::loader::Loader;
use crate::js::report::{self, ProgramText};
use crate::js::stack;

/// One JavaScript world and the loop that drives it.
pub struct Runtime {
    context: Context,
    executor: Rc<Executor>,
    loader: Rc<Loader>,
    hooks: Rc<Hooks>,
}

impl Runtime {
    /// Builds a context with all globals in place, for the program that `arguments` name.
    pub fn new(arguments: ProgramArguments) -> JsResult<Self> {
        let executor = Rc::new(Executor::default());
        let loader = Rc::new(Loader::new(BUILTINS));
        let hooks = Rc::new(Hooks::default());
        let mut context = ContextBuilder::new()
            .job_executor(executor.clone())
            .module_loader(loader.clone())
            .host_hooks(hooks.clone())
            .build()?;
        events::install(&mut context)?;
        stack::install(&mut context)?;
        globals::install(&mut context)?;
        module_paths::install(&mut context)?;
        drop(context.insert_data(arguments));
        Ok(Self { context, executor, loader, hooks })
    }

    /// Runs a program to its end and returns the exit code. `path` is absolute.
    pub fn run(&mut self, path: &Path, source: &str) -> u8 {
        if !path.is_file() {
            drop(self.context.insert_data(ProgramText::new(path, source)));
        }
        match self.start(path, source) {
            Ok(promise) => {
                self.executor.drain(&mut self.context);
                if let PromiseState::Rejected(reason) = promise.state() {
                    return self.report(&JsError::from_opaque(reason));
                }
                for promise in self.hooks.take_rejected() {
                    log::debug!("{promise:?}");
                }
                0
            }
            Err(error) => self.report(&error),
        }
    }

    fn start(&mut self, path: &Path, source: &str) -> JsResult<JsPromise> {
        let module = self.loader.parse_main(path, source, &mut self.context)?;
        Ok(module.load_link_evaluate(&mut self.context))
    }

    fn report(&mut self, error: &JsError) -> u8 {
        report::print(&uncaught_text(error, &mut self.context));
        1
    }
}
