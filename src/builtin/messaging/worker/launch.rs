//! What a worker needs of the loop: a thread with a program of its own.

use std::io;
use std::path::PathBuf;
use std::rc::Rc;

use boa_engine::Context;

use crate::builtin::process::ProgramArguments;

/// A program for a thread of its own. It ends alone.
pub struct Launch {
    /// The thread's name.
    pub name: String,
    /// How it is started.
    pub arguments: ProgramArguments,
    /// Its absolute path.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
    /// Adds to its context before it runs.
    pub prepare: Box<dyn FnOnce(&mut Context) + Send>,
    /// Is told the exit code, on the program's thread, and whether it was lost in a panic.
    pub ended: Box<dyn FnOnce(u8, bool) + Send>,
}

/// Asks a program to end.
pub type Stop = Box<dyn Fn(End)>;

/// How a program is to end.
#[derive(Clone, Copy, Debug)]
pub enum End {
    /// With an exit code, before its next callback.
    Now(u8),
    /// As after a signal: its servers and connections close first.
    Politely(i32),
}

/// Starts programs; `Context` data that the loop provides.
#[derive(Clone)]
pub struct Launcher(pub Rc<dyn Fn(Launch) -> io::Result<Stop>>);
