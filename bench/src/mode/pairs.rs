//! Two commands measured alternately, so that whatever else the machine does meets both.

use std::process::{Child, Command, Stdio};

use crate::failure::Failure;
use crate::options::Options;
use crate::report::Report;

/// The names of a figure's rows: both medians, and the median, least and greatest ratio of a pair.
type Names = [&'static str; 5];

/// A figure, and where it is in what was measured.
type Figure<R> = (Names, fn(&R) -> f64);

pub(crate) const WALL: Names =
    ["a_wall_ms", "b_wall_ms", "wall_ratio", "wall_ratio_min", "wall_ratio_max"];
pub(crate) const REPLY: Names =
    ["a_reply_ms", "b_reply_ms", "reply_ratio", "reply_ratio_min", "reply_ratio_max"];
pub(crate) const CPU: Names =
    ["a_cpu_ms", "b_cpu_ms", "cpu_ratio", "cpu_ratio_min", "cpu_ratio_max"];
pub(crate) const PEAK: Names =
    ["a_peak_kib", "b_peak_kib", "peak_ratio", "peak_ratio_min", "peak_ratio_max"];

/// Both commands, alternately, and a report of these figures of what `once` makes of each.
pub(crate) fn compare<R>(
    options: &Options,
    once: impl Fn(&[String]) -> Result<R, Failure>,
    figures: &[Figure<R>],
) -> Result<Report, Failure> {
    let [a, b] = &options.commands;
    let pairs = alternate(options.runs, || once(a), || once(b))?;
    let mut report = report(options);
    for (names, part) in figures {
        rows(&mut report, &pairs, *names, part);
    }
    Ok(report)
}

/// A command and its arguments, without input.
pub(crate) fn command(words: &[String]) -> Result<Command, Failure> {
    let [program, arguments @ ..] = words else {
        return Err(Failure::Usage("an empty command".into()));
    };
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null());
    Ok(command)
}

/// Starts it.
pub(crate) fn start(command: &mut Command) -> Result<Child, Failure> {
    command.spawn().map_err(|error| {
        let program = command.get_program().display();
        Failure::system(format!("starting {program}"))(error)
    })
}

/// Runs both so many times. One more of each, before, is not counted and brings the files into the
/// page cache.
fn alternate<R>(
    runs: usize,
    mut a: impl FnMut() -> Result<R, Failure>,
    mut b: impl FnMut() -> Result<R, Failure>,
) -> Result<Vec<(R, R)>, Failure> {
    a()?;
    b()?;
    let mut pairs = Vec::with_capacity(runs);
    for round in 0..runs {
        // Who goes first changes, so that neither always runs after the other.
        pairs.push(if round % 2 == 0 {
            let first = a()?;
            (first, b()?)
        } else {
            let first = b()?;
            (a()?, first)
        });
    }
    Ok(pairs)
}

/// A report that says what was run.
fn report(options: &Options) -> Report {
    let [a, b] = &options.commands;
    let mut report = Report::new(options.mode.name());
    report.text("a", &a.join(" "));
    report.text("b", &b.join(" "));
    report.count("runs", options.runs as u64);
    report
}

/// Adds one figure of all pairs.
fn rows<R>(report: &mut Report, pairs: &[(R, R)], names: Names, part: impl Fn(&R) -> f64) {
    let a = Spread::of(pairs.iter().map(|(a, _)| part(a)));
    let b = Spread::of(pairs.iter().map(|(_, b)| part(b)));
    let ratio = Spread::of(pairs.iter().map(|(a, b)| part(a) / part(b)));
    let values = [a.median, b.median, ratio.median, ratio.min, ratio.max];
    for (name, value) in names.into_iter().zip(values) {
        report.real(name, value);
    }
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

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn each_goes_first_in_every_other_pair() {
        let order = std::cell::RefCell::new(String::new());
        let run = |name| {
            order.borrow_mut().push(name);
            Ok(name)
        };
        let pairs = alternate(3, || run('a'), || run('b')).unwrap();
        assert_eq!(pairs, [('a', 'b'); 3]);
        assert_eq!(order.into_inner(), "ababbaab");
    }
}
