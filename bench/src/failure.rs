//! Every way a run can end badly. A run that fails reports no figures at all.

use std::io;

/// Why a run stopped without a result.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The command line makes no sense; exit code 2.
    #[error("{0}")]
    Usage(String),
    /// The operating system refused something.
    #[error("{doing}: {source}")]
    System {
        /// What was being tried, in a few words.
        doing: String,
        /// What the system said.
        source: io::Error,
    },
    /// The server broke the protocol.
    #[error("connection {connection}: {what}")]
    Protocol {
        /// Index of the connection, from 0.
        connection: usize,
        /// What was wrong with the bytes.
        what: String,
    },
    /// The server answered, but not with what had been asked for.
    #[error("connection {connection}: wrong reply {sequence}: expected {expected}, got {got}")]
    Wrong {
        /// Index of the connection, from 0.
        connection: usize,
        /// Number of the message on that connection, from 0.
        sequence: u64,
        /// The reply that would have been right, shortened.
        expected: String,
        /// The reply that came, shortened.
        got: String,
    },
    /// Something that had to arrive did not, in the time allowed.
    #[error("{missing} {what} missing after {seconds} s without any progress")]
    Missing {
        /// How many did not come.
        missing: u64,
        /// What they are.
        what: &'static str,
        /// How long nothing at all had come, in seconds.
        seconds: u64,
    },
}

impl Failure {
    /// Wraps a system error with what was being done.
    pub(crate) fn system(doing: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let doing = doing.into();
        move |source| Self::System { doing, source }
    }

    /// A broken promise of the protocol on one connection.
    pub(crate) fn protocol(connection: usize, what: impl Into<String>) -> Self {
        Self::Protocol { connection, what: what.into() }
    }

    /// A reply with the wrong content.
    pub(crate) fn wrong(connection: usize, sequence: u64, expected: &[u8], got: &[u8]) -> Self {
        Self::Wrong { connection, sequence, expected: shorten(expected), got: shorten(got) }
    }
}

fn shorten(bytes: &[u8]) -> String {
    const SHOWN: usize = 48;
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(SHOWN)]);
    let dots = if bytes.len() > SHOWN { "..." } else { "" };
    format!("{head:?}{dots} ({} bytes)", bytes.len())
}
