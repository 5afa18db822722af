//! When to ping, when to give up on a peer, and how long a ping took (RFC 6455 5.5.2, 7.1.1).
//!
//! Four clocks, each independent of the others:
//!
//! - `ping_interval` after the last inbound byte, a ping is due;
//! - `pong_timeout` after that ping, with not one inbound byte since, the peer is dead;
//! - `idle_timeout` after the last inbound data message, pings or no pings, the peer is idle;
//! - `close_timeout` after this end started the closing handshake, waiting ends; the other three
//!   are silent by then.

use std::collections::VecDeque;
use std::num::NonZeroU64;
use std::rc::Rc;
use std::time::{Duration, Instant};

use super::error::UsageError;
use super::frame::CONTROL_MAX;
use crate::limits::{CLOSE_TIMEOUT_MS, MAX_PINGS_OUTSTANDING};

/// The four settings. `None` and zero both switch a clock off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeepaliveConfig {
    /// Silence after which a ping is sent.
    pub ping_interval: Option<Duration>,
    /// Silence after that ping which means the peer is dead.
    pub pong_timeout: Option<Duration>,
    /// Time without a data message from the peer that this end tolerates.
    pub idle_timeout: Option<Duration>,
    /// Time for the peer to answer a Close and for TCP to end.
    pub close_timeout: Option<Duration>,
}

impl Default for KeepaliveConfig {
    /// Only the closing handshake has a limit.
    fn default() -> Self {
        let close_timeout = Some(Duration::from_millis(CLOSE_TIMEOUT_MS));
        Self { ping_interval: None, pong_timeout: None, idle_timeout: None, close_timeout }
    }
}

/// What the host has to do when a deadline has passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Nothing: bytes have arrived since the deadline was set. Ask for the next one.
    None,
    /// Send a ping.
    SendPing,
    /// The peer is dead: drop TCP.
    PongTimedOut,
    /// The peer is idle: close.
    IdleTimedOut,
    /// The peer does not answer the Close: drop TCP.
    CloseTimedOut,
}

/// The clocks of one connection.
///
/// A message costs two stores. Deadlines are worked out when one passes: the host arms one timer
/// with [`next_deadline`](Self::next_deadline), calls [`handle_deadline`](Self::handle_deadline)
/// when it fires, and arms it again.
#[derive(Clone, Debug)]
pub struct Keepalive {
    config: Rc<KeepaliveConfig>,
    opened: Instant,
    received: Since,
    message: Since,
    /// When the latest ping was sent, if its pong is not known to have arrived.
    ping_sent: Option<Since>,
    close_started: Option<Since>,
}

/// A time since the end of the opening handshake, in nanoseconds and one more: half as large as an
/// `Instant`.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
struct Since(NonZeroU64);

impl Since {
    fn from_nanos(nanos: u64) -> Self {
        Self(NonZeroU64::MIN.saturating_add(nanos))
    }

    fn duration(self) -> Duration {
        Duration::from_nanos(self.0.get() - 1)
    }
}

impl Keepalive {
    /// Clocks that start at `now`, the end of the opening handshake. Connections may share their
    /// settings.
    pub fn new(config: impl Into<Rc<KeepaliveConfig>>, now: Instant) -> Self {
        let config = config.into();
        let start = Since::from_nanos(0);
        Self {
            config,
            opened: now,
            received: start,
            message: start,
            ping_sent: None,
            close_started: None,
        }
    }

    /// The end of the opening handshake.
    pub fn opened_at(&self) -> Instant {
        self.opened
    }

    /// When the latest bytes arrived.
    pub fn received_at(&self) -> Instant {
        self.opened + self.received.duration()
    }

    #[inline]
    fn since(&self, now: Instant) -> Since {
        let since = now.saturating_duration_since(self.opened);
        // In 584 years this wraps around.
        let nanos = since.as_secs().wrapping_mul(1_000_000_000);
        Since::from_nanos(nanos.wrapping_add(u64::from(since.subsec_nanos())))
    }

    fn after(&self, start: Since, setting: Option<Duration>) -> Option<Instant> {
        after(self.opened.checked_add(start.duration())?, setting)
    }

    /// Bytes arrived: the peer lives.
    #[inline]
    pub fn handle_received(&mut self, now: Instant) {
        self.received = self.since(now);
    }

    /// A data message arrived: the peer is not idle.
    #[inline]
    pub fn handle_message(&mut self, now: Instant) {
        self.message = self.since(now);
    }

    /// A Close frame was sent, by either end's wish. The first call counts.
    pub fn close_started(&mut self, now: Instant) {
        let now = self.since(now);
        self.close_started.get_or_insert(now);
    }

    /// The time for the peer's answer begins again.
    pub fn close_again(&mut self, now: Instant) {
        self.close_started = Some(self.since(now));
    }

    /// When to call [`handle_deadline`](Self::handle_deadline), if ever.
    pub fn next_deadline(&self) -> Option<Instant> {
        if let Some(started) = self.close_started {
            return self.after(started, self.config.close_timeout);
        }
        [self.pong_deadline(), self.idle_deadline(), self.ping_deadline()]
            .into_iter()
            .flatten()
            .min()
    }

    /// Tells what is due at `now`. [`Action::SendPing`] takes the ping as sent.
    pub fn handle_deadline(&mut self, now: Instant) -> Action {
        let due = |deadline: Option<Instant>| deadline.is_some_and(|deadline| deadline <= now);
        if let Some(started) = self.close_started {
            let due = due(self.after(started, self.config.close_timeout));
            return if due { Action::CloseTimedOut } else { Action::None };
        }
        if due(self.pong_deadline()) {
            return Action::PongTimedOut;
        }
        if due(self.idle_deadline()) {
            return Action::IdleTimedOut;
        }
        if due(self.ping_deadline()) {
            self.ping_sent = Some(self.since(now));
            return Action::SendPing;
        }
        Action::None
    }

    /// A pong without a payload arrived, as those to [`Action::SendPing`] have none: what the ping
    /// took that it answers, if there is one.
    pub fn handle_pong(&mut self, now: Instant) -> Option<Duration> {
        let sent = self.ping_sent.take()?;
        Some(self.since(now).duration().saturating_sub(sent.duration()))
    }

    /// The ping that nothing has answered. A ping goes out only after silence, so bytes at its very
    /// instant came later.
    fn unanswered_ping(&self) -> Option<Since> {
        self.ping_sent.filter(|&sent| self.received < sent)
    }

    fn pong_deadline(&self) -> Option<Instant> {
        self.unanswered_ping().and_then(|sent| self.after(sent, self.config.pong_timeout))
    }

    fn idle_deadline(&self) -> Option<Instant> {
        self.after(self.message, self.config.idle_timeout)
    }

    fn ping_deadline(&self) -> Option<Instant> {
        match self.unanswered_ping() {
            // One ping asks; TCP repeats it. Without a limit on the answer, pings go on, to keep
            // middleboxes awake.
            Some(_) if on(self.config.pong_timeout).is_some() => None,
            Some(sent) => self.after(sent, self.config.ping_interval),
            None => self.after(self.received, self.config.ping_interval),
        }
    }
}

/// A setting, unless it switches its clock off.
fn on(setting: Option<Duration>) -> Option<Duration> {
    setting.filter(|duration| !duration.is_zero())
}

/// `None` when the clock is off, or so far away that there is no such instant.
fn after(start: Instant, setting: Option<Duration>) -> Option<Instant> {
    on(setting).and_then(|duration| start.checked_add(duration))
}

/// The pings a script waits for, so that a pong resolves to a round-trip time. `T` is what the host
/// knows a wait by.
#[derive(Clone, Debug)]
pub struct RoundTrips<T> {
    waiting: VecDeque<Waiting<T>>,
    sequence: u32,
}

#[derive(Clone, Debug)]
struct Waiting<T> {
    payload: Vec<u8>,
    sent: Instant,
    wait: T,
}

impl<T> Default for RoundTrips<T> {
    fn default() -> Self {
        Self { waiting: VecDeque::new(), sequence: 0 }
    }
}

impl<T> RoundTrips<T> {
    /// A payload that no ping waiting here has, for a ping whose payload the script leaves open.
    pub fn unique_payload(&mut self) -> [u8; 4] {
        loop {
            self.sequence = self.sequence.wrapping_add(1);
            let payload = self.sequence.to_be_bytes();
            if self.waiting.iter().all(|waiting| waiting.payload != payload) {
                return payload;
            }
        }
    }

    /// Checks that one more ping with this payload may be sent and waited for.
    pub fn check(&self, payload: &[u8]) -> Result<(), UsageError> {
        if payload.len() > CONTROL_MAX {
            return Err(UsageError::ControlTooLong { length: payload.len() });
        }
        if self.waiting.len() >= MAX_PINGS_OUTSTANDING {
            return Err(UsageError::TooManyPings { outstanding: self.waiting.len() });
        }
        Ok(())
    }

    /// A ping was sent at `now`; `wait` comes back with its pong.
    pub fn handle_ping_sent(&mut self, payload: &[u8], wait: T, now: Instant) {
        self.waiting.push_back(Waiting { payload: payload.to_vec(), sent: now, wait });
    }

    /// A pong arrived: what it answers, the oldest first, each with its round-trip time. Nothing
    /// for an unsolicited one.
    pub fn handle_pong(
        &mut self,
        payload: &[u8],
        now: Instant,
    ) -> impl Iterator<Item = (T, Duration)> {
        // RFC 6455 5.5.3: a peer may answer only the latest of several pings, so a pong answers all
        // up to its own.
        let answered = self.waiting.iter().position(|waiting| waiting.payload == payload);
        let count = answered.map_or(0, |index| index + 1);
        self.waiting
            .drain(..count)
            .map(move |waiting| (waiting.wait, now.saturating_duration_since(waiting.sent)))
    }

    /// The connection is over: the waits that no pong will end.
    pub fn drain(&mut self) -> impl Iterator<Item = T> {
        self.waiting.drain(..).map(|waiting| waiting.wait)
    }
}
