//! The `krandog` binary: hands the arguments to the library and its exit code to the system.

use std::io::Write;
use std::panic::PanicHookInfo;
use std::process::ExitCode;

use krandog::limits::SCRIPT_STACK_BYTES;

/// Scripts allocate several small objects for every message, and free them soon after.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    std::panic::set_hook(Box::new(internal_error));
    krandog::logger::install(std::env::var("KRANDOG_LOG").ok().as_deref());
    let (ended, code) = std::sync::mpsc::channel();
    let script = move || {
        // Nobody waits for the code of a process that is ending already.
        ended.send(krandog::cli::run(std::env::args_os().skip(1))).unwrap_or_default();
        // The system frees at once what the thread would free piece by piece.
        loop {
            std::thread::park();
        }
    };
    // Natives that call back into JavaScript nest on the native stack: the system's default is
    // too small for the recursion that scripts may use.
    let thread = std::thread::Builder::new().name("krandog".to_owned());
    match thread.stack_size(SCRIPT_STACK_BYTES).spawn(script) {
        // Without a code, the thread has panicked.
        Ok(_) => code.recv().map_or(ExitCode::FAILURE, ExitCode::from),
        Err(_) => ExitCode::from(krandog::cli::run(std::env::args_os().skip(1))),
    }
}

/// One line instead of a trace that means nothing to who runs a script.
fn internal_error(info: &PanicHookInfo<'_>) {
    let message = info.payload_as_str().unwrap_or("unknown");
    let mut stderr = std::io::stderr().lock();
    // Nobody is left to tell when standard error is closed.
    if message.contains("RuntimeLimit(Recursion)") {
        // The engine gives up like this on an endless recursion in a module that awaits.
        drop(writeln!(stderr, "Uncaught RangeError: too deep recursion{}", last_call(message)));
        drop(stderr);
        end_program();
    }
    let file = info.location().map_or("", |place| place.file());
    if file.ends_with("async_generator/mod.rs") && message.contains("is_throw_completion") {
        // So it does where functions that an async generator calls recurse before it awaits.
        let told = "Uncaught RangeError: too deep recursion in an async generator, which the engine \
                    does not survive: have then() of a promise call what recurses";
        drop(writeln!(stderr, "{told}"));
        drop(stderr);
        end_program();
    }
    let place = info.location().map(|place| format!(" at {place}")).unwrap_or_default();
    let message: String = message.chars().take(300).collect();
    drop(writeln!(stderr, "krandog: internal error{place}: {message}"));
    drop(writeln!(stderr, "krandog: this is a bug in krandog, not in your script"));
    drop(stderr);
    // A worker thread does not take the process with it.
    krandog::net::pool::outlive_panic(&message);
    // Nor does a program on a thread of its own.
    krandog::cli::outlive_panic();
}

/// It is a fault of the script, like any uncaught exception: the program ends, which the process
/// survives if it is on a thread of its own.
fn end_program() -> ! {
    krandog::cli::outlive_panic();
    #[expect(clippy::exit, reason = "the engine has given up")]
    std::process::exit(1);
}

/// The innermost function and its file, out of the engine's own dump of the calls.
fn last_call(dump: &str) -> String {
    let quoted = |key: &str| {
        let (_, rest) = dump.rsplit_once(key)?;
        rest.split_once("\")").map(|(text, _)| text)
    };
    match (quoted("function_name: JsString(\""), quoted("path: Path(\"")) {
        (Some(name), Some(path)) => format!("\n    at {name} ({path})"),
        _ => String::new(),
    }
}
