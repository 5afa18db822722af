//! The programs that a script starts on threads of their own.

use std::io;

use super::Why;
use super::thread::{Program, spawn};
use crate::builtin::messaging::{Launch, Stop};
use crate::builtin::rights::{Exit, Rights};

/// Starts a worker, which ends alone and has neither signals nor standard input.
pub(super) fn launch(launch: Launch) -> io::Result<Stop> {
    let Launch { name, arguments, path, text, prepare, ended } = launch;
    let rights = Rights { exit: Exit::Thread, hears_signals: false, reads_stdin: false };
    let program = Program { name, arguments, rights, path, source: text, prepare: Some(prepare) };
    let remote = spawn(program, Box::new(move |how| ended(how.code, how.why == Why::Lost)))?;
    Ok(Box::new(move |code| remote.stop(code)))
}
