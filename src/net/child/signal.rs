//! Signals to processes.

use std::io;

use rustix::process::{self, Pid, Signal};

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
