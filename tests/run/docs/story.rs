//! Runs one story: servers in the background, everything else in turn.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, Ipv6Addr, TcpListener, TcpStream};
use std::os::unix::fs::{FileTypeExt, symlink};
use std::os::unix::net::UnixStream;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU16, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::page::{Step, Story, matches};
use super::root;
use crate::cases::Case;
use crate::execute::{clean_environment, end, find, finish, wait};
use crate::{Outcome, binary};

/// Ports that the pages use. Each story gets others, so that stories run side by side.
const PORTS_OF_THE_PAGES: [&str; 3] = ["3000", "3001", "8080"];

/// Below the ports that the system hands out for port 0, which all other tests use. They have as many
/// digits as those of the pages, so errors are in the same column.
const FIRST_PORT: u16 = 4000;
const PORTS: u16 = 6000;

/// What may be typed on the reader's machine, and what it is here.
const COMMANDS: [(&str, &str); 2] = [
    ("cargo run --release -- ", "krandog "),
    // All tests within one of them would never end. This shows that it is there and how it is used.
    ("./run-tests.sh", "./run-tests.sh --help 2>&1 | grep -F 'usage: ./run-tests.sh [WORD]' #"),
];

const READY_TIMEOUT: Duration = Duration::from_secs(10);
const KNOCK_TIMEOUT: Duration = Duration::from_secs(2);
const END_TIMEOUT: Duration = Duration::from_secs(5);

/// What Ctrl+C ends a program with that does not listen for it.
const INTERRUPTED: i32 = 130;

pub(super) fn run(story: &Story, case: &Case) -> Outcome {
    for program in ["bash", "curl"] {
        if find(program).is_none() {
            return Outcome::Skipped(format!("there is no {program}"));
        }
    }
    let outcome = Workspace::prepare(story).and_then(|mut workspace| {
        let ran = workspace.run_steps(story, case.timeout);
        let ended = workspace.close();
        ran.and(ended)
    });
    outcome.map_or_else(Outcome::Failed, |()| Outcome::Passed)
}

/// Where a story runs: a folder with its files, and what runs beside it.
struct Workspace {
    folder: PathBuf,
    ports: BTreeMap<&'static str, u16>,
    servers: Vec<Server>,
}

struct Server {
    step: Step,
    child: Child,
    stdout: PathBuf,
    stderr: PathBuf,
    /// The port or the socket that it listens at.
    place: Option<String>,
}

impl Workspace {
    fn prepare(story: &Story) -> Result<Self, String> {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("krandog-docs-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        let mut ports = BTreeMap::new();
        for port in PORTS_OF_THE_PAGES {
            ports.insert(port, free_port()?);
        }
        let workspace = Self { folder, ports, servers: Vec::new() };
        workspace
            .write_files(story)
            .map_err(|error| format!("{}: {error}", workspace.folder.display()))?;
        Ok(workspace)
    }

    fn write_files(&self, story: &Story) -> std::io::Result<()> {
        // A run that was killed may have had the same number.
        drop(fs::remove_dir_all(&self.folder));
        let bin = self.folder.join("bin");
        fs::create_dir_all(&bin)?;
        symlink(binary::krandog(), bin.join("krandog"))?;
        for entry in ["bench", "docs", "examples", "runtime", "run-tests.sh", "tests"] {
            symlink(root().join(entry), self.folder.join(entry))?;
        }
        // Where curl does not write to a terminal, it shows its progress.
        fs::write(self.folder.join(".curlrc"), "silent\nshow-error\n")?;
        for (name, text) in &story.files {
            let path = self.folder.join(name);
            fs::create_dir_all(path.parent().unwrap_or(&self.folder))?;
            fs::write(path, self.with_own_ports(text))?;
        }
        Ok(())
    }

    fn run_steps(&mut self, story: &Story, timeout: Duration) -> Result<(), String> {
        for file in &story.beside {
            let command = format!("krandog {file}");
            self.run_step(&Step { line: story.line, command, expected: None, exit: 0 }, timeout)?;
        }
        let beside = self.servers.len();
        for step in &story.steps {
            // Who starts the next server has ended the last one.
            if self.is_server(step) {
                self.end_servers(beside)?;
            }
            self.run_step(step, timeout)?;
        }
        Ok(())
    }

    fn run_step(&mut self, step: &Step, timeout: Duration) -> Result<(), String> {
        let mut command = step.command.clone();
        for (there, here) in COMMANDS {
            command = command.replacen(there, here, 1);
        }
        let expected = step.expected.as_ref().map(|text| self.with_own_ports(text));
        let step = Step { command: self.with_own_ports(&command), expected, ..step.clone() };
        let failed = |what: String| {
            let Step { line, command, .. } = &step;
            format!("line {line}: {command}\n{what}")
        };
        if self.is_server(&step) {
            return self.start(&step).map_err(failed);
        }
        let finished = finish(self.shell(&step), b"", timeout).map_err(failed)?;
        let (stdout, stderr) = (shown(&finished.stdout), shown(&finished.stderr));
        check(&step, finished.status, &[step.exit], &stdout, &stderr).map_err(failed)
    }

    /// The command in a shell. What a page shows is standard output and error together, as on a
    /// terminal.
    fn shell(&self, step: &Step) -> Command {
        let both = if step.expected.is_some() { "exec 2>&1\n" } else { "" };
        let run = if self.is_server(step) { "exec env " } else { "" };
        let port = self.ports["3000"];
        let mut command = Command::new("bash");
        command.arg("-c").arg(format!("export PORT={port}\n{both}{run}{}", step.command));
        let path = std::env::var_os("PATH").unwrap_or_default();
        let bin = std::iter::once(self.folder.join("bin"));
        if let Ok(path) = std::env::join_paths(bin.chain(std::env::split_paths(&path))) {
            command.env("PATH", path);
        }
        command.current_dir(&self.folder).env("HOME", &self.folder).env("NO_PROXY", "*");
        command
    }

    /// Whether the command is a program that listens, and so does not end.
    fn is_server(&self, step: &Step) -> bool {
        let command = step.command.as_str();
        let mut words = command.split_whitespace().skip_while(|word| word.contains('='));
        if step.exit != 0 || words.next() != Some("krandog") || command.contains(" | ") {
            return false;
        }
        let file = words.find(|word| !word.starts_with('-')).unwrap_or_default();
        let text = fs::read_to_string(self.folder.join(file)).unwrap_or_default();
        [text.as_str(), command].iter().any(|text| {
            [".listen(", "\nserve(", "\"serve("].iter().any(|call| text.contains(call))
                || text.starts_with("serve(")
        })
    }

    fn start(&mut self, step: &Step) -> Result<(), String> {
        let log = |name: &str| {
            let path = self.folder.join(format!("{name}-{}", self.servers.len()));
            let file = File::create(&path).map_err(|error| error.to_string())?;
            Ok::<_, String>((path, file))
        };
        let (stdout, out) = log("stdout")?;
        let (stderr, err) = log("stderr")?;
        let mut command = self.shell(step);
        clean_environment(&mut command);
        command.stdin(Stdio::null()).stdout(out).stderr(err);
        let child = command.spawn().map_err(|error| error.to_string())?;
        self.servers.push(Server { step: step.clone(), child, stdout, stderr, place: None });
        self.wait_until_ready()
    }

    /// Waits until the last server answers. One that ends instead is a fault.
    #[expect(clippy::disallowed_methods, reason = "a time limit is about real time")]
    fn wait_until_ready(&mut self) -> Result<(), String> {
        let deadline = Instant::now() + READY_TIMEOUT;
        loop {
            let place = self.new_place();
            let Some(server) = self.servers.last_mut() else { return Ok(()) };
            if place.is_some() {
                server.place = place;
                return Ok(());
            }
            let ended = server.child.try_wait().map_err(|error| error.to_string())?;
            if ended.is_some() || Instant::now() > deadline {
                return Err(format!("it does not listen\n{}", server.output().concat()));
            }
            thread::park_timeout(Duration::from_millis(5));
        }
    }

    /// A port or a socket in the folder where somebody answers who is not one of the servers
    /// before.
    fn new_place(&self) -> Option<String> {
        let is_new =
            |place: &String| self.servers.iter().all(|server| server.place.as_ref() != Some(place));
        let mut ports = self.ports.values().filter(|port| is_new(&port.to_string()));
        if let Some(port) = ports.find(|port| port_answers(**port)) {
            return Some(port.to_string());
        }
        let mut entries = fs::read_dir(&self.folder).ok()?.filter_map(Result::ok);
        entries.find_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let is_socket = entry.file_type().ok()?.is_socket();
            let is_new = is_socket && is_new(&name);
            (is_new && socket_answers(&entry.path())).then_some(name)
        })
    }

    /// The text with this story's ports in place of the page's.
    fn with_own_ports(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (there, here) in &self.ports {
            text = replace_number(&text, there, &here.to_string());
        }
        text
    }

    /// Ends the servers after the first few, and looks at what they printed.
    fn end_servers(&mut self, keep: usize) -> Result<(), String> {
        let ended: Vec<String> =
            self.servers.drain(keep..).rev().filter_map(|server| server.end().err()).collect();
        if ended.is_empty() { Ok(()) } else { Err(ended.join("\n")) }
    }

    fn close(mut self) -> Result<(), String> {
        let ended = self.end_servers(0);
        drop(fs::remove_dir_all(&self.folder));
        ended
    }
}

impl Server {
    /// Ends it as Ctrl+C does.
    fn end(mut self) -> Result<(), String> {
        let mut status = self.child.try_wait().ok().flatten();
        if status.is_none() {
            let id = self.child.id().to_string();
            let asked = Command::new("kill").args(["-s", "INT", &id]).status();
            status = asked.ok().and_then(|_| wait(&mut self.child, END_TIMEOUT));
        }
        if status.is_none() {
            end(&mut self.child);
        }
        let [stdout, stderr] = self.output();
        let Step { line, command, .. } = &self.step;
        check(&self.step, status, &[0, INTERRUPTED], &stdout, &stderr)
            .map_err(|what| format!("line {line}: {command}\n{what}"))
    }

    fn output(&self) -> [String; 2] {
        [&self.stdout, &self.stderr].map(|path| shown(&fs::read(path).unwrap_or_default()))
    }
}

/// What a terminal shows of these bytes.
fn shown(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).replace('\r', "")
}

fn port_answers(port: u16) -> bool {
    let Ok(stream) = TcpStream::connect((Ipv4Addr::LOCALHOST, port)) else { return false };
    stream.set_read_timeout(Some(KNOCK_TIMEOUT)).is_ok() && knock(stream)
}

fn socket_answers(path: &Path) -> bool {
    let Ok(stream) = UnixStream::connect(path) else { return false };
    stream.set_read_timeout(Some(KNOCK_TIMEOUT)).is_ok() && knock(stream)
}

/// Whether a server answers what is not HTTP. No handler of the page sees it, and the refusal shows
/// that the program runs and waits for events.
fn knock(mut stream: impl Read + Write) -> bool {
    stream.write_all(b"?\r\n\r\n").is_ok() && stream.read(&mut [0]).is_ok_and(|read| read > 0)
}

/// Compares how a command ended and what it printed with what the page says.
fn check(
    step: &Step,
    status: Option<ExitStatus>,
    codes: &[i32],
    stdout: &str,
    stderr: &str,
) -> Result<(), String> {
    let output = format!("--- came\n{stdout}{stderr}");
    let Some(status) = status else { return Err(format!("it did not end in time\n{output}")) };
    // A shell makes one number of both.
    let code = status.code().or_else(|| Some(128 + status.signal()?));
    if !code.is_some_and(|code| codes.contains(&code)) {
        return Err(format!("it ended with {status}, and not with {codes:?}\n{output}"));
    }
    match &step.expected {
        Some(expected) if !matches(expected.trim_end(), stdout.trim_end()) => {
            Err(format!("--- expected\n{expected}{output}"))
        }
        None if step.exit == 0 && !stderr.is_empty() => Err(format!("it complained\n{output}")),
        _ => Ok(()),
    }
}

/// Replaces a number where it is not a part of a longer one.
fn replace_number(text: &str, number: &str, by: &str) -> String {
    let is_digit = |byte: Option<&u8>| byte.is_some_and(|b| b.is_ascii_digit() || *b == b'_');
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(number) {
        let (before, after) = (&rest[..at], &rest[at + number.len()..]);
        let whole = !is_digit(before.as_bytes().last()) && !is_digit(after.as_bytes().first());
        out.push_str(before);
        out.push_str(if whole { by } else { number });
        rest = after;
    }
    out + rest
}

/// A port that nothing listens at. Two runs of the tests begin at different ones.
fn free_port() -> Result<u16, String> {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let start = std::process::id() % u32::from(PORTS) * 101;
    for _ in 0..PORTS {
        let step = u32::from(NEXT.fetch_add(1, Ordering::Relaxed));
        let offset = (start + step) % u32::from(PORTS);
        let port = FIRST_PORT + u16::try_from(offset).map_err(|error| error.to_string())?;
        if TcpListener::bind((Ipv6Addr::UNSPECIFIED, port)).is_ok() {
            return Ok(port);
        }
    }
    Err("there is no free port".to_owned())
}
