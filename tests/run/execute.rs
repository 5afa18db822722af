//! Runs one case as a process, within its time, and keeps what it prints.

use std::ffi::OsStr;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use crate::cases::{Case, Kind, tests};
use crate::{Outcome, binary, docs, golden, mistakes};

/// Time for a process to clean up once it has been asked to end.
const TERM_TIMEOUT: Duration = Duration::from_secs(3);

/// Time for the rest of the output once a process has ended.
const OUTPUT_TIMEOUT: Duration = Duration::from_secs(3);

/// The exit code of a test that finds something missing on this machine; it prints what.
const CANNOT_RUN: i32 = 77;

/// A process that has ended, or was made to.
pub(crate) struct Finished {
    /// `None` when it was still running after its time.
    pub(crate) status: Option<ExitStatus>,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: Vec<u8>,
    /// It has ended, but something that it started still holds its output open.
    pub(crate) left_running: bool,
}

pub(crate) fn run(case: &Case) -> Outcome {
    let program = match program(case.kind) {
        Ok(program) => program,
        Err(why) => return Outcome::Skipped(why),
    };
    match case.kind {
        Kind::Golden => return golden::run(case),
        Kind::Mistake => return mistakes::run(case),
        Kind::Docs => return docs::run(case),
        _ => {}
    }
    let mut command = Command::new(program);
    if case.kind == Kind::Types {
        command.arg(tests().join("node_modules/typescript/bin/tsc")).arg("--project");
    }
    command.arg(&case.path);
    match finish(command, b"", case.timeout) {
        Ok(finished) => judge(&finished, case.timeout),
        Err(error) => Outcome::Failed(error),
    }
}

/// The program for a kind of case, or why there is none.
fn program(kind: Kind) -> Result<PathBuf, String> {
    let missing = |what: &str| format!("{what} is missing; ./run-tests.sh says why");
    match kind {
        Kind::Script | Kind::Golden | Kind::Mistake | Kind::Docs => Ok(binary::krandog().into()),
        Kind::Package => {
            let is_there = tests().join("node_modules/chalk").exists();
            if is_there { Ok(binary::krandog().into()) } else { Err(missing("tests/node_modules")) }
        }
        Kind::Python => {
            let python = tests().join(".venv/bin/python");
            if python.exists() { Ok(python) } else { Err(missing("tests/.venv")) }
        }
        Kind::Node | Kind::Browser | Kind::Types => {
            let node = find("node").ok_or_else(|| "there is no Node.js".to_owned())?;
            let packages = tests().join("node_modules");
            if !["ws", "typescript"].iter().all(|name| packages.join(name).exists()) {
                return Err(missing("tests/node_modules"));
            }
            if kind == Kind::Browser && chromium().is_none() {
                return Err("there is no Chromium".to_owned());
            }
            Ok(node)
        }
    }
}

fn chromium() -> Option<PathBuf> {
    ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(find)
}

pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

fn judge(finished: &Finished, timeout: Duration) -> Outcome {
    let why = match finished.status {
        Some(status) if status.code() == Some(CANNOT_RUN) => {
            return Outcome::Skipped(String::from_utf8_lossy(&finished.stdout).trim().to_owned());
        }
        None => format!("still running after {} s", timeout.as_secs()),
        Some(status) if !status.success() => status.to_string(),
        Some(_) if finished.left_running => "left a process running behind it".to_owned(),
        Some(_) => return Outcome::Passed,
    };
    let mut text = why;
    for output in [&finished.stdout, &finished.stderr] {
        if !output.is_empty() {
            text.push('\n');
            text.push_str(String::from_utf8_lossy(output).trim_end());
        }
    }
    Outcome::Failed(text)
}

/// Runs a command to its end, in a clean environment.
pub(crate) fn finish(
    mut command: Command,
    stdin: &[u8],
    timeout: Duration,
) -> Result<Finished, String> {
    clean_environment(&mut command);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let name = command.get_program().to_owned();
    let mut child = command.spawn().map_err(|error| cannot_start(&name, &error))?;
    let stdout = collect(child.stdout.take());
    let stderr = collect(child.stderr.take());
    if let Some(mut pipe) = child.stdin.take() {
        // A program may end without reading what it is given.
        drop(pipe.write_all(stdin));
    }
    let mut status = wait(&mut child, timeout);
    if status.is_none() {
        end(&mut child);
    }
    let (stdout, stderr) =
        (stdout.recv_timeout(OUTPUT_TIMEOUT), stderr.recv_timeout(OUTPUT_TIMEOUT));
    let left_running = stdout.is_err() || stderr.is_err();
    Ok(Finished {
        status: status.take(),
        stdout: stdout.unwrap_or_default(),
        stderr: stderr.unwrap_or_default(),
        left_running,
    })
}

/// An environment in which the terminal and the settings of who runs the tests make no difference.
pub(crate) fn clean_environment(command: &mut Command) {
    for name in ["NO_COLOR", "FORCE_COLOR", "KRANDOG_LOG", "PORT", "NODE_OPTIONS"] {
        command.env_remove(name);
    }
    command.env("KRANDOG", binary::krandog());
    command.env("PYTHONPATH", tests().join("support"));
    command.env("PYTHONDONTWRITEBYTECODE", "1");
    if let Some(chromium) = chromium() {
        command.env("CHROMIUM", chromium);
    }
}

fn cannot_start(program: &OsStr, error: &std::io::Error) -> String {
    format!("cannot start {}: {error}", Path::new(program).display())
}

/// Reads a stream to its end on a thread of its own.
fn collect(stream: Option<impl Read + Send + 'static>) -> Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut stream) = stream {
            // What came before an error is still worth showing.
            drop(stream.read_to_end(&mut bytes));
        }
        // Nobody waits any more after the time is up.
        drop(sender.send(bytes));
    });
    receiver
}

#[expect(clippy::disallowed_methods, reason = "a time limit is about real time")]
pub(crate) fn wait(child: &mut Child, timeout: Duration) -> Option<ExitStatus> {
    let deadline = Instant::now() + timeout;
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) if Instant::now() < deadline => {
                thread::park_timeout(Duration::from_millis(5));
            }
            _ => return None,
        }
    }
}

/// Asks a process to end, so that it can end what it started, and then makes it.
pub(crate) fn end(child: &mut Child) {
    let asked = Command::new("kill").args(["-s", "TERM", &child.id().to_string()]).status();
    if asked.is_ok() && wait(child, TERM_TIMEOUT).is_some() {
        return;
    }
    drop(child.kill());
    drop(child.wait());
}
