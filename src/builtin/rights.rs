//! What a program may do to the process that it runs in. The first one owns it; one on a thread of
//! its own may be somebody's worker, and ends alone.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

use boa_engine::error::RuntimeLimitError;
use boa_engine::{Context, JsError};

use crate::js::executor;

/// `Context` data that whoever starts a program provides.
#[derive(Clone)]
pub struct Rights {
    /// What `process.exit` ends.
    pub exit: Exit,
    /// Whether signals of the process are for this program too.
    pub hears_signals: bool,
    /// Whether standard input is for this program.
    pub reads_stdin: bool,
}

/// What `process.exit` ends.
#[derive(Clone)]
pub enum Exit {
    /// The process.
    Process,
    /// This program alone, whose thread goes on with something else or ends.
    Thread,
    /// The process, but whoever is told the code does it. The thread stops where it is.
    Supervisor(Arc<dyn Fn(u8) + Send + Sync>),
}

impl Default for Rights {
    fn default() -> Self {
        Self { exit: Exit::Process, hears_signals: true, reads_stdin: true }
    }
}

/// The code that a program has asked to end with, which its loop looks at; `Context` data.
#[derive(Clone, Default)]
pub struct Asked(Rc<Cell<Option<u8>>>);

impl Asked {
    /// The code, once there is one.
    #[inline]
    pub fn code(&self) -> Option<u8> {
        self.0.get()
    }
}

/// Whether the program is a worker of another, and not the process's own.
pub(super) fn ends_alone(context: &Context) -> bool {
    context.get_data::<Rights>().is_some_and(|rights| matches!(rights.exit, Exit::Thread))
}

/// Whether the program has asked to end.
pub(super) fn has_asked(context: &Context) -> bool {
    context.get_data::<Asked>().is_some_and(|asked| asked.code().is_some())
}

/// Has a program that ends alone do so after the callback that it is in.
pub(super) fn ask_to_end(code: u8, context: &Context) {
    if let Some(asked) = context.get_data::<Asked>() {
        asked.0.set(Some(code));
    }
}

/// Ends the program with a code, as it has the right to. What comes back is thrown past every
/// `catch` and `finally`, up to the loop.
pub(super) fn end(code: i32, context: &Context) -> JsError {
    // As the system has it: the lowest eight bits.
    let [byte, ..] = code.to_le_bytes();
    match context.get_data::<Rights>().map(|rights| rights.exit.clone()) {
        Some(Exit::Thread) => {
            if let Some(asked) = context.get_data::<Asked>() {
                asked.0.set(Some(byte));
            }
            executor::end(context);
            RuntimeLimitError::LoopIteration.into()
        }
        Some(Exit::Supervisor(tell)) => {
            tell(byte);
            loop {
                std::thread::park();
            }
        }
        Some(Exit::Process) | None =>
        {
            #[expect(clippy::exit, reason = "process.exit promises not to return")]
            std::process::exit(code)
        }
    }
}
