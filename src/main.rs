//! The `krandog` binary: hands the arguments to the library and its exit code to the system.

use std::process::ExitCode;

fn main() -> ExitCode {
    krandog::logger::install(std::env::var("KRANDOG_LOG").ok().as_deref());
    krandog::cli::run(std::env::args_os().skip(1))
}
