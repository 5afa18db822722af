//! The programs that a script starts on threads of their own.

use std::io;
use std::rc::Rc;
use std::sync::Arc;

use boa_engine::Context;

use super::thread::{Program, spawn};
use super::{Runtime, Why};
use crate::builtin::messaging::{End, Launch, Launcher, Stop};
use crate::builtin::rights::{Exit, Rights};
use crate::host::Process;

impl Runtime {
    /// Lets the program start workers.
    #[must_use]
    pub fn with_workers(mut self) -> Self {
        let process = self.event_loop.host.borrow().process().clone();
        allow(process, &mut self.context);
        self
    }
}

/// Lets the program of a context start workers, whose hosts share what those of the process do.
pub(super) fn allow(process: Arc<Process>, context: &mut Context) {
    let launch = move |asked| launch(asked, &process);
    context.insert_data(Launcher(Rc::new(launch)));
}

/// Starts a worker, which ends alone and has neither signals nor standard input.
fn launch(launch: Launch, process: &Arc<Process>) -> io::Result<Stop> {
    let Launch { name, arguments, path, text, prepare, ended } = launch;
    let own = process.clone();
    let prepare = Box::new(move |context: &mut Context| {
        allow(own, context);
        prepare(context);
    });
    let program = Program {
        name,
        arguments,
        rights: Rights { exit: Exit::Thread, hears_signals: false, reads_stdin: false },
        process: process.clone(),
        place: None,
        path,
        source: text,
        prepare: Some(prepare),
        up: None,
    };
    let remote = spawn(program, Box::new(move |how| ended(how.code, how.why == Why::Lost)))?;
    Ok(Box::new(move |end| match end {
        End::Now(code) => remote.stop(code),
        End::Politely(signal) => remote.shut_down(signal),
    }))
}
