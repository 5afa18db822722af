//! `startup`: two commands from start to exit, alternately. No server.

use std::process::{Command, Stdio};

use crate::clock;
use crate::failure::Failure;
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
    let [a, b] = &options.commands;
    // One of each that is not counted brings the files into the page cache.
    once(a)?;
    once(b)?;
    let mut pairs = Vec::with_capacity(options.runs);
    for round in 0..options.runs {
        // Who goes first changes, so that neither always runs after the other.
        pairs.push(if round % 2 == 0 {
            let first = once(a)?;
            (first, once(b)?)
        } else {
            let first = once(b)?;
            (once(a)?, first)
        });
    }
    let mut report = Report::new(options.mode.name());
    report.text("a", &a.join(" "));
    report.text("b", &b.join(" "));
    report.count("runs", options.runs as u64);
    let mut rows = |names: [&'static str; 5], part: fn(&Run) -> f64| {
        let a = Spread::of(pairs.iter().map(|(a, _)| part(a)));
        let b = Spread::of(pairs.iter().map(|(_, b)| part(b)));
        let ratio = Spread::of(pairs.iter().map(|(a, b)| part(a) / part(b)));
        let values = [a.median, b.median, ratio.median, ratio.min, ratio.max];
        for (name, value) in names.into_iter().zip(values) {
            report.real(name, value);
        }
    };
    rows(["a_wall_ms", "b_wall_ms", "wall_ratio", "wall_ratio_min", "wall_ratio_max"], |run| {
        run.wall_ms
    });
    rows(["a_cpu_ms", "b_cpu_ms", "cpu_ratio", "cpu_ratio_min", "cpu_ratio_max"], |run| run.cpu_ms);
    rows(["a_peak_kib", "b_peak_kib", "peak_ratio", "peak_ratio_min", "peak_ratio_max"], |run| {
        run.peak_kib
    });
    Ok(report)
}

/// The median and the extremes.
struct Spread {
    median: f64,
    min: f64,
    max: f64,
}

impl Spread {
    fn of(values: impl Iterator<Item = f64>) -> Self {
        let mut values: Vec<f64> = values.collect();
        values.sort_by(f64::total_cmp);
        let at = |index: usize| values.get(index).copied().unwrap_or(f64::NAN);
        let last = values.len().saturating_sub(1);
        let median = f64::midpoint(at(last / 2), at(last.div_ceil(2)));
        Self { median, min: at(0), max: at(last) }
    }
}

fn once(command: &[String]) -> Result<Run, Failure> {
    let [program, arguments @ ..] = command else {
        return Err(Failure::Usage("an empty command".into()));
    };
    let start = clock::now();
    let child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .map_err(Failure::system(format!("starting {program}")))?;
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

    #[test]
    fn the_median_of_odd_and_even_numbers() {
        let odd = Spread::of([3.0, 1.0, 2.0].into_iter());
        assert_eq!(
            [odd.min, odd.median, odd.max].map(f64::to_bits),
            [1.0_f64, 2.0, 3.0].map(f64::to_bits)
        );
        let even = Spread::of([4.0, 1.0].into_iter());
        assert!((even.median - 2.5).abs() < 1e-9);
    }
}
