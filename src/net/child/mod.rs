//! Child processes: how one is started, what its pipes are, and how one is waited for.
//!
//! Nothing here knows who asks. `start` makes the process, `pipe` is this side of what it reads and
//! writes, `run` waits for one from its start to its end.

mod pipe;
mod run;
mod start;

use std::io;

use rustix::process::{self, Pid, Signal};

pub use pipe::Pipe;
pub use run::{Ran, Run, Stop, run};
pub use start::{Start, Started, Stdio, start};

/// Sends a signal as `kill(2)` has it: 0 only asks whether it could be sent, a negative `pid` is a
/// group of processes.
pub fn kill(pid: i32, signal: i32) -> io::Result<()> {
    let sent = match (Pid::from_raw(pid.saturating_abs()), pid.signum(), signal) {
        (_, 0, 0) => process::test_kill_current_process_group(),
        (_, 0, signal) => process::kill_current_process_group(named(signal)?),
        (Some(pid), 1, 0) => process::test_kill_process(pid),
        (Some(pid), 1, signal) => process::kill_process(pid, named(signal)?),
        (Some(pid), _, 0) => process::test_kill_process_group(pid),
        (Some(pid), _, signal) => process::kill_process_group(pid, named(signal)?),
        (None, ..) => return Err(io::Error::from_raw_os_error(libc::ESRCH)),
    };
    sent.map_err(|error| io::Error::from_raw_os_error(error.raw_os_error()))
}

fn named(signal: i32) -> io::Result<Signal> {
    Signal::from_named_raw(signal).ok_or_else(|| io::Error::from_raw_os_error(libc::EINVAL))
}
