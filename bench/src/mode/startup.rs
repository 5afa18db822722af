//! `startup`: two commands from start to exit, alternately. No server.

use std::process::Stdio;

use crate::clock;
use crate::failure::Failure;
use crate::mode::pairs::{self, CPU, PEAK, WALL};
use crate::options::Options;
use crate::report::Report;

/// What one run took.
#[derive(Debug, Clone, Copy)]
struct Run {
    wall_ms: f64,
    cpu_ms: f64,
    peak_kib: f64,
}

/// Runs the mode.
pub(crate) fn run(options: &Options) -> Result<Report, Failure> {
    pairs::compare(
        options,
        once,
        &[(WALL, |run| run.wall_ms), (CPU, |run| run.cpu_ms), (PEAK, |run| run.peak_kib)],
    )
}

fn once(command: &[String]) -> Result<Run, Failure> {
    let mut program = pairs::command(command)?;
    let start = clock::now();
    let child = pairs::start(program.stdout(Stdio::null()))?;
    let (status, usage) = wait(child.id())?;
    let wall_ms = (clock::now() - start).as_secs_f64() * 1000.0;
    if status != 0 {
        return Err(Failure::Usage(format!("{} ended with status {status}", command.join(" "))));
    }
    let milliseconds = |time: libc::timeval| {
        std::time::Duration::new(
            u64::try_from(time.tv_sec).unwrap_or(0),
            u32::try_from(time.tv_usec * 1000).unwrap_or(0),
        )
        .as_secs_f64()
            * 1000.0
    };
    let peak_kib = f64::from(i32::try_from(usage.ru_maxrss).unwrap_or(i32::MAX));
    let cpu_ms = milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
    Ok(Run { wall_ms, cpu_ms, peak_kib })
}

/// Waits for a child's end; its wait status and what it used.
///
/// The peak memory cannot be below this program's own few MiB: the kernel passes that figure on
/// through `exec`.
#[expect(unsafe_code, reason = "the standard library has no wait that tells what a child used")]
fn wait(pid: u32) -> Result<(i32, libc::rusage), Failure> {
    let pid = libc::pid_t::try_from(pid).unwrap_or(-1);
    let mut status = 0;
    // SAFETY: rusage is made of integers only, for which all zeroes is a value.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    loop {
        // SAFETY: both pointers are to live locals of the types that wait4(2) writes.
        let waited = unsafe { libc::wait4(pid, &raw mut status, 0, &raw mut usage) };
        if waited == pid {
            return Ok((status, usage));
        }
        let error = std::io::Error::last_os_error();
        if error.kind() != std::io::ErrorKind::Interrupted {
            return Err(Failure::system("waiting for a command")(error));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn command(words: &[&str]) -> Vec<String> {
        words.iter().map(|&word| word.to_owned()).collect()
    }

    #[test]
    fn a_command_is_timed_and_weighed() {
        let run = once(&command(&["sleep", "0.05"])).unwrap();
        assert!((50.0..5000.0).contains(&run.wall_ms), "{run:?}");
        assert!(run.cpu_ms < run.wall_ms && run.peak_kib > 100.0, "{run:?}");
    }

    #[test]
    fn a_command_that_fails_is_no_result() {
        assert!(once(&command(&["false"])).is_err());
        assert!(once(&command(&["/no/such/program"])).is_err());
        assert!(once(&[]).is_err());
    }
}
