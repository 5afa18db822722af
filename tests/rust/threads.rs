//! Programs on threads of their own: how they end, and that nothing of them stays.

use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use krandog::builtin::process::ProgramArguments;
use krandog::builtin::rights::{Exit, Rights};
use krandog::event_loop::thread::{Program, spawn};
use krandog::event_loop::{Ended, Remote, Why};

/// Nothing takes so long.
const LONG: Duration = Duration::from_mins(1);

fn start(source: &str) -> (Remote, mpsc::Receiver<Ended>) {
    let (sender, ended) = mpsc::channel();
    let program = Program {
        name: "test".to_owned(),
        arguments: ProgramArguments::default(),
        rights: Rights { exit: Exit::Thread, hears_signals: false, reads_stdin: false },
        process: Arc::default(),
        place: None,
        path: PathBuf::from("/test/[eval]"),
        source: source.to_owned(),
        prepare: None,
        up: None,
    };
    let tell = Box::new(move |ended| sender.send(ended).unwrap_or_default());
    (spawn(program, tell).unwrap(), ended)
}

fn end_of(source: &str) -> (u8, Why) {
    let ended = start(source).1.recv_timeout(LONG).unwrap();
    (ended.code, ended.why)
}

#[test]
fn a_program_ends_for_its_own_reasons() {
    assert_eq!(end_of("await new Promise((done) => setTimeout(done, 1))"), (0, Why::Done));
    assert_eq!(end_of("process.exitCode = 3"), (3, Why::Done));
    assert_eq!(end_of("throw new Error('on purpose')"), (1, Why::Failed));
    assert_eq!(end_of("syntax error"), (1, Why::Failed));
    assert_eq!(end_of("setTimeout(() => nobody, 1)"), (1, Why::Failed));
    assert_eq!(end_of("await new Promise(() => {})"), (13, Why::Done));
}

#[test]
fn to_exit_ends_one_program_past_whatever_would_catch_it() {
    let exits = "try { process.exit(7) } catch { throw 1 } finally { setTimeout(() => {}) }";
    assert_eq!(end_of(exits), (7, Why::Done));
    let later = "setInterval(() => { try { process.exit(7) } finally { process.exit(8) } }, 1)";
    assert_eq!(end_of(later), (7, Why::Done));
    let awaits = "(async () => { await 0; process.exit(7); })(); serve(0, () => '')";
    assert_eq!(end_of(awaits), (7, Why::Done));
}

#[test]
fn a_program_is_stopped_and_shut_down_from_outside() {
    for (code, why) in [(9, Why::Done), (143, Why::Signal(15))] {
        let (remote, ended) = start("serve(0, () => '')");
        match why {
            Why::Signal(signal) => remote.shut_down(signal),
            _ => remote.stop(code),
        }
        assert_eq!(ended.recv_timeout(LONG), Ok(Ended { code, why }));
    }
}

#[test]
fn standard_input_that_belongs_to_another_program_is_at_its_end() {
    let reads = "for await (const line of process.stdin.lines()) throw line; process.exitCode = 5";
    assert_eq!(end_of(reads), (5, Why::Done));
}

#[test]
fn nothing_of_a_program_stays() {
    let program = "
        const server = serve(0, (req) => { if (req.type === 'websocket') req.ws.send(req.data); });
        const big = Array.from({ length: 1e4 }, (_, index) => ({ index }));
        const ws = new WebSocket(`ws://127.0.0.1:${server.address().port}`);
        ws.onopen = () => ws.send('x');
        ws.onmessage = () => { big.pop(); process.exit(6) };";
    let mut before = (0, 0);
    for round in 0..30 {
        assert_eq!(end_of(program), (6, Why::Done));
        if round == 9 {
            before = (open_files(), resident_kib());
        }
    }
    let after = (open_files(), resident_kib());
    assert!(after.0 <= before.0 + 8, "files: {before:?}, then {after:?}");
    assert!(after.1 <= before.1 + 40_000, "KiB: {before:?}, then {after:?}");
}

fn open_files() -> usize {
    fs::read_dir("/proc/self/fd").map_or(0, Iterator::count)
}

fn resident_kib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse().ok()).unwrap_or(0)
}
