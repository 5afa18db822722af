//! Runs the tests that are scripts, not Rust: `cargo test --test scripts [-- WORD]`.
//!
//! A case is a file that is run as a process of its own: exit code 0 is a pass. `tests/js` is run
//! by krandog itself, `tests/cli` is compared with golden output, `tests/mistakes` with what must be
//! said of each, the programs of README.md and
//! `docs/` with what the pages say of them, `tests/types` is what the TypeScript compiler makes of
//! `runtime/krandog.d.ts`, the rest speaks to krandog from Python, Node.js and a browser. What a
//! machine cannot run is skipped with the reason. `KRANDOG=path` has another binary tested than the
//! one that was just built. The output has the shape of libtest's, so that `run-tests.sh` reads both
//! alike. `KRANDOG_RETRY=1` runs the few cases that fail a second time when all others are done, each
//! alone, and tells what was wrong the first time: for machines that are busy with other things too.

mod binary;
mod cases;
mod docs;
mod execute;
mod golden;
mod mistakes;

use std::io::Write;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use cases::Case;

/// How a case ended.
enum Outcome {
    Passed,
    /// What went wrong, with what the case printed.
    Failed(String),
    /// Why it could not run here.
    Skipped(String),
}

/// As many failures as a busy machine explains. More are faults of what is tested.
const RETRIES_MAX: usize = 5;

#[derive(Default)]
struct Tally<'a> {
    passed: usize,
    failed: Vec<&'a Case>,
    skipped: usize,
}

fn main() -> ExitCode {
    if let Err(fault) = binary::find() {
        say(&fault);
        return ExitCode::from(2);
    }
    // Flags are libtest's, passed to every test program; here they mean nothing.
    let words: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let all = cases::discover();
    let total = all.len();
    let chosen: Vec<Case> = all
        .into_iter()
        .filter(|case| words.is_empty() || words.iter().any(|word| case.name.contains(word)))
        .collect();
    say(&format!("\nrunning {} scripts", chosen.len()));
    let tally = run_all(&chosen);
    let tally = if std::env::var_os("KRANDOG_RETRY").is_some() { retry(tally) } else { tally };
    let verdict = if tally.failed.is_empty() { "ok" } else { "FAILED" };
    say(&format!(
        "\ntest result: {verdict}. {} passed; {} failed; {} ignored; 0 measured; {} filtered out",
        tally.passed,
        tally.failed.len(),
        tally.skipped,
        total - chosen.len()
    ));
    ExitCode::from(u8::from(!tally.failed.is_empty()))
}

/// Runs the cases, as many at a time as there are cores.
fn run_all(cases: &[Case]) -> Tally<'_> {
    let next = AtomicUsize::new(0);
    let tally = Mutex::new(Tally::default());
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let outcome = execute::run(case);
                    let mut tally = tally.lock().unwrap_or_else(PoisonError::into_inner);
                    report(case, &outcome, &mut tally);
                }
            });
        }
    });
    tally.into_inner().unwrap_or_default()
}

/// Runs what failed once more, one case at a time.
fn retry(mut tally: Tally<'_>) -> Tally<'_> {
    if tally.failed.len() > RETRIES_MAX {
        return tally;
    }
    for case in std::mem::take(&mut tally.failed) {
        say(&format!("test {} has failed and is run once more, alone", case.name));
        report(case, &execute::run(case), &mut tally);
    }
    tally
}

fn report<'a>(case: &'a Case, outcome: &Outcome, tally: &mut Tally<'a>) {
    let name = &case.name;
    match outcome {
        Outcome::Passed => {
            tally.passed += 1;
            say(&format!("test {name} ... ok"));
        }
        Outcome::Failed(why) => {
            tally.failed.push(case);
            let why = why.trim_end().replace('\n', "\n    ");
            say(&format!("test {name} ... FAILED\n    {why}"));
        }
        Outcome::Skipped(why) => {
            tally.skipped += 1;
            say(&format!("test {name} ... ignored, {why}"));
        }
    }
}

fn say(text: &str) {
    // Nobody reads on when standard output is closed.
    drop(writeln!(std::io::stdout().lock(), "{text}"));
}
