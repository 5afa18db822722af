//! The programs that a script starts on threads of their own.

use std::io;

use boa_engine::Context;

use super::thread::{Program, spawn};
use super::{Runtime, Why};
use crate::builtin::messaging::{Launch, Launcher, Stop};
use crate::builtin::rights::{Exit, Rights};

impl Runtime {
    /// Lets the program start workers.
    #[must_use]
    pub fn with_workers(mut self) -> Self {
        allow(&mut self.context);
        self
    }
}

/// Lets the program of a context start workers.
pub fn allow(context: &mut Context) {
    context.insert_data(Launcher(launch));
}

/// Starts a worker, which ends alone and has neither signals nor standard input.
fn launch(launch: Launch) -> io::Result<Stop> {
    let Launch { name, arguments, path, text, prepare, ended } = launch;
    let rights = Rights { exit: Exit::Thread, hears_signals: false, reads_stdin: false };
    let prepare = Box::new(move |context: &mut Context| {
        allow(context);
        prepare(context);
    });
    let program = Program { name, arguments, rights, path, source: text, prepare: Some(prepare) };
    let remote = spawn(program, Box::new(move |how| ended(how.code, how.why == Why::Lost)))?;
    Ok(Box::new(move |code| remote.stop(code)))
}
