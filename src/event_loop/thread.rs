//! A program on a thread of its own: a JavaScript world, a host and a loop beside those of others.
//!
//! Nothing is shared but what is handed over: the engine's heap, buffers and pools are the thread's
//! own. Whoever starts a program is told once when it has ended, whatever ended it: by having nothing
//! left to do, by an error, by `process.exit`, because it was asked to, or by a panic.

use std::cell::RefCell;
use std::io;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::thread::Builder;

use boa_engine::Context;

use super::remote::Remote;
use super::{Ended, Runtime, Why};
use crate::builtin::process::ProgramArguments;
use crate::builtin::rights::Rights;
use crate::host::{Host, Place, Process};
use crate::js::report;
use crate::limits::{PLACES_MAX, SCRIPT_STACK_BYTES};
use crate::net::reactor::Reactor;

/// A program, and what it is to its process.
pub struct Program {
    /// The thread's name; the system shows 15 bytes.
    pub name: String,
    /// How it was started.
    pub arguments: ProgramArguments,
    /// What it may do to the process.
    pub rights: Rights,
    /// What its host shares with others.
    pub process: Arc<Process>,
    /// Its place among them, if that is to be a certain one. Otherwise it is one that is free.
    pub place: Option<usize>,
    /// Its absolute path.
    pub path: PathBuf,
    /// Its text.
    pub source: String,
    /// Adds to its context before it runs.
    pub prepare: Option<Prepare>,
    /// Is called when it sleeps for the first time: its top level has run, up to what it awaits.
    pub up: Option<Box<dyn FnOnce() + Send>>,
}

/// Adds to the context of a program before it runs.
pub type Prepare = Box<dyn FnOnce(&mut Context) + Send>;

/// Is told that the program has ended, on its thread. What it had is closed by then.
pub type Tell = Box<dyn FnOnce(Ended) + Send>;

/// What the panic hook finds of the program on its thread.
struct Running {
    tell: Tell,
    host: Option<Rc<RefCell<Host>>>,
}

thread_local! {
    static RUNNING: RefCell<Option<Running>> = const { RefCell::new(None) };
}

/// Starts a program on a new thread.
pub fn spawn(program: Program, tell: Tell) -> io::Result<Remote> {
    let reactor = Reactor::new()?;
    let waker = reactor.waker();
    let place = match program.place {
        Some(index) => program.process.place(index, waker),
        None => program.process.free_place(waker).ok_or_else(|| {
            io::Error::other(format!("there are {PLACES_MAX} threads with a loop already"))
        })?,
    };
    let remote = Remote::new(reactor.waker());
    let asked = remote.clone();
    // As for the first program: natives that call back into JavaScript nest on the native stack.
    let thread = Builder::new().name(program.name.clone()).stack_size(SCRIPT_STACK_BYTES);
    thread.spawn(move || {
        RUNNING.set(Some(Running { tell, host: None }));
        // Where a panic unwinds, this is what it comes past.
        let mut lost = Lost(Ended { code: 1, why: Why::Lost });
        lost.0 = run(program, (reactor, place), asked);
    })?;
    Ok(remote)
}

fn run(program: Program, (reactor, place): (Reactor, Place), remote: Remote) -> Ended {
    let Program { arguments, rights, process, path, source, prepare, up, .. } = program;
    let mut runtime = match Runtime::on(reactor, (process, place), arguments, rights) {
        Ok(runtime) => runtime,
        Err(error) => {
            report::print(&format!("krandog: the JavaScript engine did not start: {error}"));
            return Ended { code: 1, why: Why::Failed };
        }
    };
    runtime.event_loop.executor.stop_with(remote.stop_flag());
    runtime.event_loop.remote = Some(remote);
    runtime.event_loop.up = up;
    let host = runtime.event_loop.host.clone();
    RUNNING.with_borrow_mut(|running| {
        if let Some(running) = running {
            running.host = Some(host);
        }
    });
    if let Some(prepare) = prepare {
        prepare(&mut runtime.context);
    }
    runtime.run_and_free(&path, &source)
}

/// Tells whoever waits, when the thread is done.
struct Lost(Ended);

impl Drop for Lost {
    fn drop(&mut self) {
        if let Some(running) = RUNNING.take() {
            (running.tell)(self.0);
        }
    }
}

/// Sets the terminal as the process has found it, at its end.
pub fn restore_terminal() {
    crate::net::terminal::restore();
}

/// Where panics abort the process, the panic hook ends with this. On the thread of a program that is
/// not the first, its sockets are closed, whoever started it is told that it is lost, and the thread
/// never comes back, so that the process lives. On any other thread it returns.
pub fn outlive_panic() {
    let running = RUNNING.try_with(|running| running.try_borrow_mut().ok()?.take());
    let Ok(Some(Running { tell, host })) = running else { return };
    // Where the host itself was at work, its sockets stay as they are: nobody knows their state.
    if let Some(host) = host
        && let Ok(mut host) = host.try_borrow_mut()
    {
        host.abandon();
    }
    tell(Ended { code: 1, why: Why::Lost });
    loop {
        std::thread::park();
    }
}
