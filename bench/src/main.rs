//! `krandog-bench`: one thread that loads a server on the same machine and measures what that costs
//! the server. It shares no code with krandog, and fails loudly when a reply is wrong or missing.
//!
//! `options` the command line, `pool` + `stream` + `tls` sockets, `frame` + `handshake` + `deflate` + `websocket` the
//! client's half of RFC 6455 and 7692, `payload` what is sent, `measure` the course of a run, `mode` the runs themselves,
//! `process` + `histogram` + `report` the figures.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command-line tool reports")]

mod clock;
mod deflate;
mod failure;
mod frame;
mod handshake;
mod histogram;
mod measure;
mod mode;
mod options;
mod payload;
mod pool;
mod process;
mod random;
mod report;
mod stream;
mod tls;
mod websocket;

#[cfg(test)]
mod honesty;

use std::process::ExitCode;

use failure::Failure;
use options::{Mode, Options};
use report::Report;

fn main() -> ExitCode {
    let result = options::parse(std::env::args_os().skip(1)).and_then(|options| {
        let Some(options) = options else {
            print!("{}", options::USAGE);
            return Ok(());
        };
        let report = run(&options)?;
        if options.json {
            println!("{}", report.to_json());
        } else {
            print!("{}", report.to_text());
        }
        Ok(())
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("krandog-bench: {failure}");
            ExitCode::from(if matches!(failure, Failure::Usage(_)) { 2 } else { 1 })
        }
    }
}

fn run(options: &Options) -> Result<Report, Failure> {
    match options.mode {
        Mode::Echo | Mode::Large | Mode::Json | Mode::Compressed => mode::echo::run(options),
        Mode::Fanout => mode::fanout::run(options),
        Mode::Churn => mode::churn::run(options),
        Mode::Idle => mode::idle::run(options),
        Mode::Http => mode::http::run(options),
        Mode::Listen => mode::listen::run(options),
        Mode::Startup => mode::startup::run(options),
    }
}
