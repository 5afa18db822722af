//! The log: one line an event on standard error, from the level that `KRANDOG_LOG` names.

use std::io::Write;

use log::{LevelFilter, Log, Metadata, Record};

struct Logger;

static LOGGER: Logger = Logger;

/// Installs the logger. `level` is the value of `KRANDOG_LOG`; warnings are shown without it.
pub fn install(level: Option<&str>) {
    let level = level.and_then(|level| level.parse().ok()).unwrap_or(LevelFilter::Warn);
    // It fails only when a logger stands already, as in a program that embeds this crate.
    if log::set_logger(&LOGGER).is_ok() {
        log::set_max_level(level);
    }
}

impl Log for Logger {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("krandog")
    }

    fn log(&self, record: &Record<'_>) {
        if !self.enabled(record.metadata()) {
            return;
        }
        let level = record.level().as_str().to_ascii_lowercase();
        // Nobody is left to tell when standard error is closed.
        drop(writeln!(std::io::stderr().lock(), "krandog: {level}: {}", record.args()));
    }

    fn flush(&self) {}
}
