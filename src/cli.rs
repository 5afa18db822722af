//! The command line: arguments in, a program and its arguments out.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::runtime::Runtime;

/// Runs the command line `arguments` (without the program's own name) to its end.
pub fn run(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let mut arguments = arguments;
    let Some(file) = arguments.next() else {
        log::error!("usage: krandog FILE [args]");
        return ExitCode::from(2);
    };
    let path = PathBuf::from(file);
    let path = path.canonicalize().unwrap_or(path);
    let source = match std::fs::read_to_string(&path) {
        Ok(source) => source,
        Err(error) => {
            log::error!("{}: {error}", path.display());
            return ExitCode::from(1);
        }
    };
    match Runtime::new() {
        Ok(mut runtime) => ExitCode::from(runtime.run(&path, &source)),
        Err(error) => {
            log::error!("the JavaScript engine did not start: {error}");
            ExitCode::from(1)
        }
    }
}
