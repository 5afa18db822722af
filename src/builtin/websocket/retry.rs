//! Whether an outgoing socket connects again once its connection is gone, and how long it waits
//! before that: exponential backoff with full jitter, unless the server asks for something else.
//!
//! Spec: the registry of close codes of RFC 6455 for 1012 and 1013, RFC 9110 10.2.3 for
//! `Retry-After`.

use std::time::{Duration, SystemTime};

use crate::host::{Cause, Closed, ConnError};
use crate::limits::{
    RECONNECT_MAX_DELAY_MS, RECONNECT_MIN_DELAY_MS, RESTART_DELAYS_MS, RETRY_AFTER_MAX_MS,
};
use crate::proto::ws::close::code;

/// What the option `reconnect` says.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Policy {
    /// The longest first delay.
    pub(super) min_delay: Duration,
    /// The longest of all.
    pub(super) max_delay: Duration,
    /// How much longer each is than the one before.
    pub(super) factor: f64,
    /// The part of a delay that is left to chance: 1 for all of it.
    pub(super) jitter: f64,
    /// Attempts in a row, unless there is no end to them.
    pub(super) retries: Option<usize>,
}

/// When a server wants to be asked again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hint {
    /// It does not say.
    None,
    /// Not before so long.
    After(Duration),
    /// It is restarting.
    Restart,
    /// It has too much to do.
    Overload,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            min_delay: Duration::from_millis(RECONNECT_MIN_DELAY_MS),
            max_delay: Duration::from_millis(RECONNECT_MAX_DELAY_MS),
            factor: 2.0,
            jitter: 1.0,
            retries: None,
        }
    }
}

impl Policy {
    /// How long to wait before the `attempt`th attempt, of which the first is 1. `chance` is from 0
    /// to 1.
    pub(super) fn delay(&self, attempt: usize, hint: Hint, chance: f64) -> Duration {
        let between = |low: Duration, high: Duration| {
            let (low, high) = (low.min(self.max_delay), high.min(self.max_delay));
            low + high.saturating_sub(low).mul_f64(chance)
        };
        match hint {
            Hint::Restart => {
                let (low, high) = RESTART_DELAYS_MS;
                between(Duration::from_millis(low), Duration::from_millis(high))
            }
            Hint::Overload => between(self.max_delay / 2, self.max_delay),
            Hint::None => self.backoff(attempt, chance),
            // On top, since many may have been told the same.
            Hint::After(time) => {
                time.min(Duration::from_millis(RETRY_AFTER_MAX_MS)) + self.backoff(attempt, chance)
            }
        }
    }

    fn backoff(&self, attempt: usize, chance: f64) -> Duration {
        let doublings = i32::try_from(attempt.saturating_sub(1)).unwrap_or(i32::MAX);
        let longest = self.min_delay.as_secs_f64() * self.factor.powi(doublings);
        // Beyond all numbers it is infinite, and `min` still has an answer.
        let longest = longest.min(self.max_delay.as_secs_f64());
        Duration::from_secs_f64(longest * (1.0 - self.jitter * (1.0 - chance)))
    }
}

/// Whether it is worth trying again after this end, and when. `None`: the next attempt would end in
/// the same way, or nobody wants one.
pub(super) fn hint(closed: &Closed, now: SystemTime) -> Option<Hint> {
    match (&closed.error, closed.cause) {
        (_, Cause::Local | Cause::Shutdown) => None,
        (Some(error), Cause::Protocol | Cause::Tls) => refused(error, now),
        (Some(error), Cause::Limit) => (error.code == "WS_BACKPRESSURE").then_some(Hint::None),
        (Some(_), Cause::Reset | Cause::Timeout | Cause::Peer) => Some(Hint::None),
        (None, _) => said(closed.code),
    }
}

/// After a close code, whichever side has sent it.
fn said(code: u16) -> Option<Hint> {
    match code {
        code::NORMAL
        | code::PROTOCOL_ERROR
        | code::UNSUPPORTED_DATA
        | code::INVALID_PAYLOAD
        | code::POLICY_VIOLATION
        | code::MESSAGE_TOO_BIG
        | code::MANDATORY_EXTENSION => None,
        code::SERVICE_RESTART => Some(Hint::Restart),
        code::TRY_AGAIN_LATER => Some(Hint::Overload),
        _ => Some(Hint::None),
    }
}

/// After an answer that was not the one hoped for.
fn refused(error: &ConnError, now: SystemTime) -> Option<Hint> {
    let is_answer = error.code.starts_with("HTTP_") || error.code.starts_with("PROXY_");
    let passes = match error.status {
        Some(501 | 505) => false,
        Some(408 | 425 | 429 | 500..) => is_answer,
        Some(_) => false,
        None => {
            // Others of the system's codes are what a proxy has met with.
            let is_system = error.code.starts_with('E') && !error.code.starts_with("ERR_");
            is_system && error.code != "EPROTO"
                || ["PROXY_FAILED", "ERR_TLS_TRUNCATED"].contains(&error.code.as_str())
        }
    };
    let after = error.refusal.as_ref().and_then(|refusal| refusal.retry_after(now));
    passes.then(|| after.map_or(Hint::None, Hint::After))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::Refusal;
    use crate::proto::http1::Headers;

    const MS: fn(u64) -> Duration = Duration::from_millis;

    fn policy() -> Policy {
        Policy { min_delay: MS(100), max_delay: MS(1000), ..Policy::default() }
    }

    #[test]
    fn delays_grow_up_to_the_longest() {
        let longest = |policy: &Policy, attempt| policy.delay(attempt, Hint::None, 1.0);
        let policy = policy();
        for (attempt, delay) in [(1, 100), (2, 200), (4, 800), (5, 1000), (usize::MAX, 1000)] {
            assert_eq!(longest(&policy, attempt), MS(delay), "{attempt}");
        }
        let steady = Policy { factor: 1.0, ..policy };
        assert_eq!(longest(&steady, 9), MS(100));
    }

    #[test]
    fn jitter_says_how_much_is_chance() {
        for (jitter, chance, delay) in
            [(1.0, 0.0, 0), (1.0, 0.25, 50), (0.0, 0.0, 200), (0.5, 0.0, 100), (0.5, 0.5, 150)]
        {
            let policy = Policy { jitter, ..policy() };
            assert_eq!(policy.delay(2, Hint::None, chance), MS(delay), "{jitter} {chance}");
        }
    }

    #[test]
    fn what_the_server_asks_for_is_heeded() {
        let patient = Policy { max_delay: MS(60_000), ..policy() };
        for (hint, least, most) in [
            (Hint::Restart, 5_000, 30_000),
            (Hint::Overload, 30_000, 60_000),
            (Hint::After(MS(7_000)), 7_000, 7_100),
            (Hint::After(Duration::MAX), RETRY_AFTER_MAX_MS, RETRY_AFTER_MAX_MS + 100),
        ] {
            assert_eq!(patient.delay(1, hint, 0.0), MS(least), "{hint:?}");
            assert_eq!(patient.delay(1, hint, 1.0), MS(most), "{hint:?}");
        }
        // A script that cannot wait so long does not.
        assert_eq!(policy().delay(1, Hint::Restart, 1.0), MS(1000));
        assert_eq!(policy().delay(1, Hint::Overload, 0.0), MS(500));
    }

    fn after_code(code: u16) -> Option<Hint> {
        hint(&Closed::sample(code, Cause::Peer, None), SystemTime::UNIX_EPOCH)
    }

    fn after_error(code: &str, status: Option<u16>, cause: Cause) -> Option<Hint> {
        let headers = Headers::from_pairs([("Retry-After", b"3".as_slice())]);
        let refusal = status.map(|_| Box::new(Refusal { headers, body: Vec::new() }));
        let error = ConnError { status, refusal, ..ConnError::new(code, "no") };
        hint(&Closed::sample(1006, cause, Some(error)), SystemTime::UNIX_EPOCH)
    }

    #[test]
    fn some_close_codes_are_final() {
        for code in [1000, 1002, 1003, 1007, 1008, 1009, 1010] {
            assert_eq!(after_code(code), None, "{code}");
        }
        for code in [1001, 1005, 1011, 1014, 3000, 4000] {
            assert_eq!(after_code(code), Some(Hint::None), "{code}");
        }
        assert_eq!(after_code(1012), Some(Hint::Restart));
        assert_eq!(after_code(1013), Some(Hint::Overload));
    }

    #[test]
    fn some_refusals_are_final() {
        for status in [200, 302, 400, 401, 403, 404, 407, 501, 505] {
            let code = format!("HTTP_{status}");
            assert_eq!(after_error(&code, Some(status), Cause::Protocol), None, "{status}");
        }
        for status in [408, 425, 429, 500, 502, 503, 504, 520] {
            let told = Some(Hint::After(MS(3000)));
            for whose in ["HTTP", "PROXY"] {
                let code = format!("{whose}_{status}");
                assert_eq!(after_error(&code, Some(status), Cause::Protocol), told, "{code}");
            }
        }
    }

    #[test]
    fn faults_of_the_network_pass_and_those_of_a_program_do_not() {
        for (code, cause, passes) in [
            ("ECONNREFUSED", Cause::Reset, true),
            ("ENOTFOUND", Cause::Reset, true),
            ("ETIMEDOUT", Cause::Timeout, true),
            ("EHOSTUNREACH", Cause::Protocol, true),
            ("PROXY_FAILED", Cause::Protocol, true),
            ("WS_BACKPRESSURE", Cause::Limit, true),
            ("WS_LIMIT", Cause::Limit, false),
            ("WS_PROTOCOL", Cause::Protocol, false),
            ("WS_HANDSHAKE", Cause::Protocol, false),
            ("PROXY_AUTH", Cause::Protocol, false),
            ("ERR_INVALID_PROXY", Cause::Local, false),
            ("CERT_HAS_EXPIRED", Cause::Tls, false),
            ("EPROTO", Cause::Tls, false),
            ("ERR_TLS_TRUNCATED", Cause::Tls, true),
            ("ABORT_ERR", Cause::Local, false),
        ] {
            assert_eq!(after_error(code, None, cause).is_some(), passes, "{code}");
        }
        let shutdown = hint(&Closed::sample(1001, Cause::Shutdown, None), SystemTime::UNIX_EPOCH);
        assert_eq!(shutdown, None);
    }
}
