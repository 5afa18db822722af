//! What a connection is held to where a server asks for it: how fast its messages may come, and how
//! long it may last. Most connections have none of it.

use std::rc::Rc;
use std::time::{Duration, Instant};

use super::bucket::{Bucket, Rate};
use super::gate::AddressKey;
use crate::id::ServerId;

/// How fast the messages of a peer may come. Pings and pongs count as messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// How many.
    pub messages: Option<Rate>,
    /// How many bytes of payload.
    pub bytes: Option<Rate>,
    /// What becomes of whoever is faster.
    pub action: RateAction,
}

/// What becomes of a peer whose messages come too fast.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RateAction {
    /// Nothing is read until it has paid what it owes. The peer feels it as backpressure.
    #[default]
    Pause,
    /// It is closed with 1008.
    Close,
}

/// What one connection is held to.
#[derive(Default)]
pub(super) struct Restraint {
    /// What it counts as in the gate of its server.
    pub(super) counted_as: Option<(ServerId, AddressKey)>,
    limiter: Option<Limiter>,
    /// When it is read again.
    resumes_at: Option<Instant>,
    /// When it has lasted for as long as it may.
    pub(super) ends_at: Option<Instant>,
}

struct Limiter {
    limit: Rc<RateLimit>,
    messages: Option<Bucket>,
    bytes: Option<Bucket>,
}

/// What comes of a message that came too fast.
pub(super) enum TooFast {
    /// Nothing is read until then.
    Wait,
    /// The peer has to go, and this is why.
    Close(&'static str),
}

impl Restraint {
    /// Holds it to a rate from now on.
    pub(super) fn limit_rate(&mut self, limit: Rc<RateLimit>, now: Instant) {
        let messages = limit.messages.map(|rate| Bucket::full(&rate, now));
        let bytes = limit.bytes.map(|rate| Bucket::full(&rate, now));
        self.limiter = Some(Limiter { limit, messages, bytes });
    }

    /// Whether its messages are counted.
    pub(super) fn limits_rate(&self) -> bool {
        self.limiter.is_some()
    }

    /// A message of so many bytes has come.
    pub(super) fn note_message(&mut self, len: usize, now: Instant) -> Option<TooFast> {
        let Limiter { limit, messages, bytes } = self.limiter.as_mut()?;
        let owed = |bucket: &mut Option<Bucket>, count, rate: Option<Rate>| {
            bucket.as_mut()?.spend(count, &rate?, now)
        };
        let by_messages = owed(messages, 1, limit.messages);
        let by_bytes = owed(bytes, len as u64, limit.bytes);
        let wait = by_messages.max(by_bytes)?;
        Some(match limit.action {
            RateAction::Pause => {
                self.resumes_at = now.checked_add(wait);
                TooFast::Wait
            }
            RateAction::Close if by_messages.is_some() => TooFast::Close("too many messages"),
            RateAction::Close => TooFast::Close("too many bytes"),
        })
    }

    /// When it is to be looked at.
    pub(super) fn next_deadline(&self) -> Option<Instant> {
        [self.resumes_at, self.ends_at].into_iter().flatten().min()
    }

    /// Whether it is read again from `now` on.
    pub(super) fn resumes(&mut self, now: Instant) -> bool {
        self.resumes_at.take_if(|at| *at <= now).is_some()
    }

    /// Whether its time is over at `now`. It is said once.
    pub(super) fn ends(&mut self, now: Instant) -> bool {
        self.ends_at.take_if(|at| *at <= now).is_some()
    }

    /// The closing handshake has begun: only that the connection is counted still matters.
    pub(super) fn lift(&mut self) {
        *self = Self { counted_as: self.counted_as, ..Self::default() };
    }
}

/// How long a connection may last: up to a tenth less than `most`, so that those that have come
/// together do not go together. `chance` is from 0 to 1.
pub(super) fn lifetime(most: Duration, chance: f64) -> Duration {
    most.mul_f64(1.0 - chance / 10.0)
}
