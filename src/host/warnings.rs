//! Warnings of what peers do, for the log: of each kind one in a minute, since peers who mean harm
//! are not to fill it.

use std::time::{Duration, Instant};

use crate::limits::PEER_WARNING_INTERVAL_MS;

/// What a warning is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// No connection can be accepted.
    Accept,
    /// A connection does not begin with the PROXY protocol as it should.
    ProxyProtocol,
    /// Connections are refused, for this reason.
    Refused(&'static str),
    /// A client does not speak TLS on a port that does.
    PlainOnTls,
    /// A client speaks TLS on a port that does not.
    TlsOnPlain,
    /// A peer of a server was closed with this code for its own fault.
    Closed(u16),
}

/// The kinds that have been warned of.
#[derive(Default)]
pub(super) struct Warnings(Vec<Warned>);

struct Warned {
    kind: Kind,
    at: Instant,
    /// How many have been kept quiet since.
    quiet: usize,
}

impl Warnings {
    /// Logs what `message` says, unless a warning of this kind was logged less than a minute ago.
    pub(super) fn warn(&mut self, kind: Kind, now: Instant, message: impl FnOnce() -> String) {
        if let Some(quiet) = self.due(kind, now) {
            let more = match quiet {
                0 => String::new(),
                quiet => format!(" ({quiet} more of this kind since the last warning)"),
            };
            log::warn!("{}{more}", message());
        }
    }

    /// How many warnings of this kind have been kept quiet, if the next one is to be logged.
    fn due(&mut self, kind: Kind, now: Instant) -> Option<usize> {
        let Some(warned) = self.0.iter_mut().find(|warned| warned.kind == kind) else {
            self.0.push(Warned { kind, at: now, quiet: 0 });
            return Some(0);
        };
        if now.duration_since(warned.at) < Duration::from_millis(PEER_WARNING_INTERVAL_MS) {
            warned.quiet += 1;
            return None;
        }
        warned.at = now;
        Some(std::mem::take(&mut warned.quiet))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::reactor::monotonic_clock;

    #[test]
    fn each_kind_is_warned_of_once_a_minute() {
        let mut warnings = Warnings::default();
        let start = monotonic_clock();
        let mut due = |kind, ms| warnings.due(kind, start + Duration::from_millis(ms));
        assert_eq!(due(Kind::Closed(1009), 0), Some(0));
        assert_eq!(due(Kind::Closed(1009), 1), None);
        assert_eq!(due(Kind::Closed(1002), 2), Some(0));
        assert_eq!(due(Kind::Accept, 2), Some(0));
        assert_eq!(due(Kind::Closed(1009), 59_999), None);
        assert_eq!(due(Kind::Closed(1009), 60_000), Some(2));
        assert_eq!(due(Kind::Closed(1009), 60_001), None);
    }
}
