//! `tests/cli/<name>/`: a command line and what it must print.
//!
//! `args` has one argument a line, `in` is standard input, `out` and `err` are what must come out
//! (nothing, without the file) and `code` the exit code (0 without it). `$DIR` in any of them is
//! the folder itself, which is also where the command runs. `BLESS=1` writes what came out instead
//! of comparing it.

use std::fs;
use std::process::Command;

use crate::cases::Case;
use crate::execute::{Finished, finish};
use crate::{Outcome, binary};

pub(crate) fn run(case: &Case) -> Outcome {
    let folder = case.path.display().to_string();
    let read = |name: &str| fs::read_to_string(case.path.join(name)).unwrap_or_default();
    let expand = |text: String| text.replace("$DIR", &folder);

    let mut command = Command::new(binary::krandog());
    command.args(expand(read("args")).lines()).current_dir(&case.path);
    let finished = match finish(command, read("in").as_bytes(), case.timeout) {
        Ok(finished) => finished,
        Err(error) => return Outcome::Failed(error),
    };
    let output = Output::from(&finished);
    if std::env::var_os("BLESS").is_some() {
        return bless(case, &output, &folder);
    }
    let mut faults = Vec::new();
    let code = read("code");
    let code = if code.trim().is_empty() { "0" } else { code.trim() };
    compare(&mut faults, "exit code", code, &output.code);
    compare(&mut faults, "out", &expand(read("out")), &output.out);
    compare(&mut faults, "err", &expand(read("err")), &output.err);
    if faults.is_empty() { Outcome::Passed } else { Outcome::Failed(faults.join("\n")) }
}

/// What came out of the command, as text.
struct Output {
    code: String,
    out: String,
    err: String,
}

impl From<&Finished> for Output {
    fn from(finished: &Finished) -> Self {
        let code = match finished.status {
            None => "none: it still ran after its time".to_owned(),
            Some(status) => {
                status.code().map_or_else(|| status.to_string(), |code| code.to_string())
            }
        };
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self { code, out: text(&finished.stdout), err: text(&finished.stderr) }
    }
}

fn compare(faults: &mut Vec<String>, what: &str, expected: &str, came: &str) {
    if expected == came {
        return;
    }
    let mut lines = expected.lines().zip(came.lines());
    let first = lines.position(|(expected, came)| expected != came);
    let line = first.unwrap_or_else(|| expected.lines().count().min(came.lines().count())) + 1;
    faults.push(format!(
        "{what} differs at line {line}\n--- expected\n{}\n--- came\n{}",
        expected.trim_end_matches('\n'),
        came.trim_end_matches('\n')
    ));
}

fn bless(case: &Case, output: &Output, folder: &str) -> Outcome {
    let code = if output.code == "0" { String::new() } else { format!("{}\n", output.code) };
    for (name, text) in [("out", &output.out), ("err", &output.err), ("code", &code)] {
        let path = case.path.join(name);
        let written = if text.is_empty() {
            // It is not there in most cases.
            fs::remove_file(&path).or(Ok(()))
        } else {
            fs::write(&path, text.replace(folder, "$DIR"))
        };
        if let Err(error) = written {
            return Outcome::Failed(format!("cannot write {}: {error}", path.display()));
        }
    }
    Outcome::Passed
}
