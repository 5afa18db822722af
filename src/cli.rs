//! The command line: arguments in, a program and its arguments out.

use std::ffi::OsString;
use std::io::{IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

use lexopt::prelude::{Long, Short, Value};

use crate::builtin::broker::check_bus;
use crate::builtin::process::ProgramArguments;
use crate::event_loop::Runtime;
use crate::event_loop::workers::{self, Workers};
use crate::js::module_file::describe;
use crate::limits::WORKERS_MAX;
use crate::project::init::{Plan, templates};
use crate::project::types::{whole, write};

/// What the command line was used wrongly with.
const USAGE_ERROR: u8 = 2;

const LONG_OPTIONS: &[&str] =
    &["bus", "bus-required", "eval", "help", "tls-self-signed", "version", "workers"];

const USAGE: &str = "\
Usage: krandog [options] FILE [arguments]
       krandog [options] -e CODE [arguments]
       krandog [options] - [arguments]         (the program is standard input)
       krandog [options] test [FILE or DIR...] [--filter NAME] [--watch] [--bail]
               [--reporter spec|tap|junit|dot]
       krandog [options] serve [DIR] [--port N] [--host ADDRESS] [--listing]
               [--fallback FILE] [--dotfiles]
       krandog init [chat|game|relay|api] [DIR]
       krandog types [--init [--force]]
";

const HELP: &str = "\
krandog: a scriptable runtime for realtime programs

Runs an ES module, or TypeScript, whose types it leaves out. HTTP and WebSocket
servers and clients, timers and the usual web APIs are built in; there is nothing
to install or to configure.

Options; what stands behind FILE or CODE belongs to the script:
      --bus URL      servers share their rooms with other processes over this
                     broker: redis://user:password@host:port
      --bus-required end with an error if it is not there at the start
  -e, --eval CODE    run CODE; it imports relative to the current directory
  -h, --help         show this help
      --tls-self-signed
                     servers speak TLS with a new certificate for localhost, for
                     development
  -V, --version      show the version
      --workers N    run the program on N threads, which share its ports and rooms;
                     auto: as many as there are processors

Examples:
  krandog server.js --port 8080
  krandog -e \"serve(8080, () => 'hello')\"
  echo \"console.log(6 * 7)\" | krandog -

To run the tests in *.test.js and in the folders test and tests:
  krandog test --filter login

To show the files of a folder, by default at http://localhost:3000/:
  krandog serve public --port 8080

To begin a project, with a page and a test, in the folder chat:
  krandog init chat

To have an editor know what krandog has, write krandog.d.ts and tsconfig.json:
  krandog types --init

Environment:
  KRANDOG_BUS=URL    the same as --bus
  KRANDOG_NODE=N     this process is node N, 1 to 255, of those on the bus: no two
                     may have the same
  KRANDOG_LOG=debug  log what connections do (error, warn, info, debug, trace)
  NO_COLOR=1         never colour what console prints; FORCE_COLOR=1: always

Exit codes: 0; 1 for an error that nothing caught; 2 for a wrong command line;
13 for a top-level await that is never settled; 128 + n after signal n.
";

/// What to do.
#[derive(Debug, PartialEq, Eq)]
enum Command {
    Run(Program),
    Help,
    Version,
    /// Writes a project.
    Init(Vec<String>),
    /// Prints the types, or writes them into a project.
    Types(Vec<String>),
    /// Nothing was asked for, on a terminal.
    Nothing,
}

#[derive(Debug, PartialEq, Eq)]
struct Program {
    from: Origin,
    tls_self_signed: bool,
    /// It runs tests for `krandog test`, which asks this of them, as JSON.
    test_worker: Option<String>,
    /// What servers share their rooms over.
    bus: Option<String>,
    bus_required: bool,
    /// On how many threads, if not on one.
    workers: Option<usize>,
    /// What belongs to the script.
    args: Vec<OsString>,
}

#[derive(Debug, PartialEq, Eq)]
enum Origin {
    File(PathBuf),
    Eval(String),
    Stdin,
    /// The program that shows the files of a folder.
    Serve,
    /// The program that runs tests.
    Test,
}

/// What `krandog test` runs. A script of that name is `./test`.
const TEST: &str = "import 'internal:test_command';";

/// Its path, that of a built-in: so it may import what is the runtime's own.
const TEST_PATH: &str = "internal:[test]";

/// What `krandog serve` runs. A script of that name is `./serve`.
const SERVE: &str = include_str!("../runtime/serve.js");

/// What the panic hook does last, on whatever thread.
pub use crate::event_loop::thread::outlive_panic;

/// Runs the command line `arguments` (without the program's own name) to its end, and returns the
/// exit code. The process is expected to end then: the engine's memory is not freed.
pub fn run(arguments: impl Iterator<Item = OsString>) -> u8 {
    let has_stdin = !std::io::stdin().is_terminal();
    let code = match parse(arguments, has_stdin) {
        Ok(Command::Run(program)) => start(&program),
        Ok(Command::Help) => print(&format!("{HELP}\n{USAGE}")),
        Ok(Command::Version) => print(concat!("krandog ", env!("CARGO_PKG_VERSION"), "\n")),
        Ok(Command::Init(words)) => init(&words),
        Ok(Command::Types(words)) => types(&words),
        Ok(Command::Nothing) => {
            complain(&format!("{USAGE}\nTry 'krandog --help' for more."), USAGE_ERROR)
        }
        Err(message) => {
            complain(&format!("krandog: {message}\nTry 'krandog --help' for more."), USAGE_ERROR)
        }
    };
    crate::event_loop::thread::restore_terminal();
    code
}

fn parse(arguments: impl Iterator<Item = OsString>, has_stdin: bool) -> Result<Command, String> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let mut tls_self_signed = false;
    let (mut bus, mut bus_required) = (None, false);
    let mut workers = None;
    let mut test_worker = None;
    let from = loop {
        break match parser.next().map_err(|error| error.to_string())? {
            Some(Long("tls-self-signed")) => {
                tls_self_signed = true;
                continue;
            }
            Some(Long("bus")) => {
                let value = parser.value().unwrap_or_default().to_string_lossy().into_owned();
                check_bus(&value).map_err(|why| format!("option '--bus' is wrong: {why}"))?;
                bus = Some(value);
                continue;
            }
            Some(Long("bus-required")) => {
                bus_required = true;
                continue;
            }
            Some(Long("workers")) => {
                workers = Some(count_of_workers(&parser.value().unwrap_or_default())?);
                continue;
            }
            // For `krandog test` alone, which starts its files so.
            Some(Long("test-worker")) => {
                test_worker =
                    Some(parser.value().unwrap_or_default().to_string_lossy().into_owned());
                continue;
            }
            Some(Short('h') | Long("help")) => return Ok(Command::Help),
            Some(Short('V') | Long("version")) => return Ok(Command::Version),
            Some(Short('e') | Long("eval")) => {
                let value = parser.value().map_err(|_| "option '--eval' needs code".to_owned())?;
                Origin::Eval(value.to_string_lossy().into_owned())
            }
            Some(Value(file)) if file == "-" => Origin::Stdin,
            Some(Value(file)) if file == "serve" => Origin::Serve,
            Some(Value(file)) if file == "init" => return Ok(Command::Init(words(&mut parser)?)),
            Some(Value(file)) if file == "types" => return Ok(Command::Types(words(&mut parser)?)),
            Some(Value(file)) if file == "test" => Origin::Test,
            Some(Value(file)) => Origin::File(file.into()),
            Some(Short(letter)) => return Err(format!("there is no option '-{letter}'")),
            Some(Long(name)) => return Err(unknown_option(name)),
            None if has_stdin => Origin::Stdin,
            None => return Ok(Command::Nothing),
        };
    };
    // What follows belongs to the script. After code, `--` only says so once more.
    let mut args = parser.raw_args().map_err(|error| error.to_string())?.peekable();
    if matches!(from, Origin::Eval(_)) {
        args.next_if(|first| first == "--");
    }
    let args = args.collect();
    Ok(Command::Run(Program {
        from,
        tls_self_signed,
        test_worker,
        bus,
        bus_required,
        workers,
        args,
    }))
}

/// What is left of the command line.
fn words(parser: &mut lexopt::Parser) -> Result<Vec<String>, String> {
    let words = parser.raw_args().map_err(|error| error.to_string())?;
    Ok(words.map(|word| word.to_string_lossy().into_owned()).collect())
}

/// `krandog init`: writes a project.
fn init(words: &[String]) -> u8 {
    let plan = match Plan::of(words) {
        Ok(plan) => plan,
        Err(message) => {
            let templates = templates();
            return complain(&format!("krandog: {message}\n\n{templates}"), USAGE_ERROR);
        }
    };
    match plan.write() {
        Ok(told) => print(&told),
        Err(message) => complain(&format!("krandog: {message}"), 1),
    }
}

/// `krandog types`: prints the types, or writes them into the current directory.
fn types(words: &[String]) -> u8 {
    let known = ["--init", "--force"];
    if let Some(word) = words.iter().find(|word| !known.contains(&word.as_str())) {
        let message =
            format!("krandog: types: there is no option '{word}' (known: --init, --force)");
        return complain(&message, USAGE_ERROR);
    }
    let has = |option: &str| words.iter().any(|word| word == option);
    if !has("--init") {
        return print(&whole());
    }
    match write(Path::new("."), has("--force")) {
        Ok(names) => print(&format!("Wrote {}.\n", names.join(" and "))),
        Err(message) => complain(&format!("krandog: types: {message}"), 1),
    }
}

/// The bus that the environment names.
fn bus_of_environment() -> Result<Option<String>, String> {
    let Ok(bus) = std::env::var("KRANDOG_BUS") else { return Ok(None) };
    if bus.is_empty() {
        return Ok(None);
    }
    check_bus(&bus).map_err(|why| format!("KRANDOG_BUS is wrong: {why}"))?;
    Ok(Some(bus))
}

/// The number of the node that the environment gives; 0 if it gives none.
fn node_of_environment() -> Result<u8, String> {
    let Ok(node) = std::env::var("KRANDOG_NODE") else { return Ok(0) };
    match node.parse() {
        _ if node.is_empty() => Ok(0),
        Ok(node) if node > 0 => Ok(node),
        _ => Err(format!("KRANDOG_NODE must be a number from 1 to {}, not '{node}'", u8::MAX)),
    }
}

fn count_of_workers(value: &OsString) -> Result<usize, String> {
    let value = value.to_string_lossy();
    if value == "auto" {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        return Ok(processors.min(WORKERS_MAX));
    }
    match value.parse() {
        Ok(count) if (1..=WORKERS_MAX).contains(&count) => Ok(count),
        _ => Err(format!(
            "option '--workers' needs a number from 1 to {WORKERS_MAX} or 'auto', not '{value}'"
        )),
    }
}

fn unknown_option(name: &str) -> String {
    let near = closest(name, LONG_OPTIONS.iter().map(|option| (*option).to_owned()));
    let hint = near.map(|option| format!("; did you mean '--{option}'?")).unwrap_or_default();
    format!("there is no option '--{name}'{hint}")
}

/// The candidate that was probably meant by `word`.
fn closest(word: &str, candidates: impl Iterator<Item = String>) -> Option<String> {
    candidates
        .map(|candidate| (strsim::damerau_levenshtein(word, &candidate), candidate))
        .filter(|(distance, candidate)| *distance <= candidate.len().max(word.len()) / 3 + 1)
        .min()
        .map(|(_, candidate)| candidate)
}

fn start(program: &Program) -> u8 {
    let (path, source) = match read(&program.from) {
        Ok(read) => read,
        Err(message) => return complain(&format!("krandog: {message}"), 1),
    };
    let file = match &program.from {
        Origin::File(_) => path.clone(),
        Origin::Eval(_) | Origin::Stdin | Origin::Serve | Origin::Test => {
            PathBuf::from(path.file_name().unwrap_or_default())
        }
    };
    let bus = match program.bus.clone().map_or_else(bus_of_environment, |bus| Ok(Some(bus))) {
        Ok(bus) => bus,
        Err(message) => return complain(&format!("krandog: {message}"), USAGE_ERROR),
    };
    if bus.is_none() && program.bus_required {
        let message = "krandog: option '--bus-required' needs '--bus' or KRANDOG_BUS";
        return complain(message, USAGE_ERROR);
    }
    let node = match node_of_environment() {
        Ok(node) => node,
        Err(message) => return complain(&format!("krandog: {message}"), USAGE_ERROR),
    };
    let arguments = ProgramArguments {
        bus,
        node,
        bus_required: program.bus_required,
        tls_self_signed: program.tls_self_signed,
        exec_path: std::env::current_exe().unwrap_or_else(|_| PathBuf::from("krandog")),
        file,
        args: program.args.iter().map(|arg| arg.to_string_lossy().into_owned()).collect(),
    };
    if let Some(count) = program.workers {
        return workers::run(Workers { arguments, path, source, count });
    }
    match Runtime::new(arguments) {
        Ok(runtime) => {
            let mut runtime = runtime.with_workers();
            if let Some(options) = &program.test_worker
                && let Err(error) = runtime.work_for_tests(options.clone())
            {
                let message = format!("krandog: cannot tell of the tests: {}", describe(&error));
                return complain(&message, 1);
            }
            runtime.run(&path, &source)
        }
        Err(error) => {
            complain(&format!("krandog: the JavaScript engine did not start: {error}"), 1)
        }
    }
}

/// The absolute path of a program and its text.
fn read(from: &Origin) -> Result<(PathBuf, String), String> {
    let here = || std::env::current_dir().unwrap_or_else(|_| PathBuf::from("/"));
    match from {
        Origin::Eval(code) => Ok((here().join("[eval]"), code.clone())),
        Origin::Serve => Ok((here().join("[serve]"), SERVE.to_owned())),
        Origin::Test => Ok((PathBuf::from(TEST_PATH), TEST.to_owned())),
        Origin::Stdin => {
            let mut bytes = Vec::new();
            std::io::stdin()
                .lock()
                .read_to_end(&mut bytes)
                .map_err(|error| format!("cannot read standard input: {}", describe(&error)))?;
            Ok((here().join("[stdin]"), text(bytes, "standard input")?))
        }
        Origin::File(file) => {
            let path = here().join(file);
            let path = path.canonicalize().unwrap_or(path);
            let bytes = std::fs::read(&path).map_err(|error| {
                let hint = similar_file(&path)
                    .map(|name| format!("; did you mean '{name}'?"))
                    .unwrap_or_default();
                format!("cannot find {}: {}{hint}", path.display(), describe(&error))
            })?;
            let text = text(bytes, &path.display().to_string())?;
            Ok((path, text))
        }
    }
}

fn text(bytes: Vec<u8>, name: &str) -> Result<String, String> {
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        format!("{name} is not valid UTF-8 at byte {at}")
    })?;
    Ok(text.strip_prefix('\u{feff}').map_or_else(|| text.clone(), str::to_owned))
}

/// The file beside `path` whose name is nearest, or the obvious one inside of a directory.
fn similar_file(path: &Path) -> Option<String> {
    if path.is_dir() {
        let inside = ["index.js", "main.js", "server.js", "index.ts", "main.ts", "server.ts"]
            .iter()
            .map(|name| path.join(name));
        return inside
            .into_iter()
            .find(|file| file.is_file())
            .map(|file| file.display().to_string());
    }
    let name = path.file_name()?.to_string_lossy().into_owned();
    let files = path.parent()?.read_dir().ok()?;
    let names = files
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| [".js", ".mjs", ".json", ".ts"].iter().any(|ending| name.ends_with(ending)));
    closest(&name, names)
}

fn print(text: &str) -> u8 {
    let mut stdout = std::io::stdout().lock();
    // Whoever closed the stream does not want the rest.
    drop(stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()));
    0
}

fn complain(text: &str, code: u8) -> u8 {
    drop(writeln!(std::io::stderr().lock(), "{text}"));
    code
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(arguments: &[&str]) -> Result<Command, String> {
        parse(arguments.iter().map(OsString::from), false)
    }

    fn program(from: Origin, args: &[&str]) -> Result<Command, String> {
        let args = args.iter().map(OsString::from).collect();
        Ok(Command::Run(Program {
            from,
            tls_self_signed: false,
            test_worker: None,
            bus: None,
            bus_required: false,
            workers: None,
            args,
        }))
    }

    #[test]
    fn everything_after_the_file_belongs_to_the_script() {
        let file = || Origin::File("a.js".into());
        assert_eq!(parsed(&["a.js", "-e", "--help"]), program(file(), &["-e", "--help"]));
        assert_eq!(parsed(&["--", "a.js", "--", "x"]), program(file(), &["--", "x"]));
        assert_eq!(parsed(&["--", "-e"]), program(Origin::File("-e".into()), &[]));
    }

    #[test]
    fn code_takes_the_place_of_the_file() {
        let code = || Origin::Eval("1".to_owned());
        assert_eq!(parsed(&["-e", "1", "x", "-y"]), program(code(), &["x", "-y"]));
        assert_eq!(parsed(&["--eval=1"]), program(code(), &[]));
        assert_eq!(parsed(&["-e1", "-V"]), program(code(), &["-V"]));
        assert_eq!(parsed(&["-e", "1", "--port", "80"]), program(code(), &["--port", "80"]));
        assert_eq!(parsed(&["-e", "1", "--", "-y", "--"]), program(code(), &["-y", "--"]));
        assert_eq!(parsed(&["-", "x"]), program(Origin::Stdin, &["x"]));
        assert_eq!(parsed(&["serve", "--port", "1"]), program(Origin::Serve, &["--port", "1"]));
        assert_eq!(parsed(&["test", "--bail"]), program(Origin::Test, &["--bail"]));
        assert_eq!(parsed(&["./serve"]), program(Origin::File("./serve".into()), &[]));
    }

    #[test]
    fn servers_of_the_program_may_be_asked_to_speak_tls() {
        let from = || Origin::File("a.js".into());
        let args = vec!["--tls-self-signed".into()];
        let asked = Program {
            from: from(),
            tls_self_signed: true,
            test_worker: None,
            bus: None,
            bus_required: false,
            workers: None,
            args: Vec::new(),
        };
        assert_eq!(parsed(&["--tls-self-signed", "a.js"]), Ok(Command::Run(asked)));
        let not = Program {
            from: from(),
            tls_self_signed: false,
            test_worker: None,
            bus: None,
            bus_required: false,
            workers: None,
            args,
        };
        assert_eq!(parsed(&["a.js", "--tls-self-signed"]), Ok(Command::Run(not)));
    }

    #[test]
    fn a_program_may_be_run_by_several_threads() {
        let with = |count| {
            let from = Origin::File("a.js".into());
            let workers = Some(count);
            Ok(Command::Run(Program {
                from,
                tls_self_signed: false,
                test_worker: None,
                bus: None,
                bus_required: false,
                workers,
                args: Vec::new(),
            }))
        };
        assert_eq!(parsed(&["--workers", "4", "a.js"]), with(4));
        assert_eq!(parsed(&["--workers=64", "a.js"]), with(64));
        assert!(matches!(parsed(&["--workers", "auto", "a.js"]), Ok(Command::Run(_))));
        for wrong in ["0", "65", "-1", "two", ""] {
            let message =
                format!("option '--workers' needs a number from 1 to 64 or 'auto', not '{wrong}'");
            assert_eq!(parsed(&["--workers", wrong, "a.js"]), Err(message));
        }
    }

    #[test]
    fn an_unknown_option_names_the_nearest() {
        let message = "there is no option '--hlep'; did you mean '--help'?".to_owned();
        assert_eq!(parsed(&["--hlep"]), Err(message));
        assert_eq!(parsed(&[]), Ok(Command::Nothing));
    }
}
