//! The servers that close bit by bit: whose turn it is, and until when.

use std::time::{Duration, Instant};

use super::options::Closing;
use crate::id::{ConnId, ServerId};
use crate::limits::DRAIN_BATCH_MS;

/// The servers that are closing in this way.
#[derive(Default)]
pub(super) struct Drains(Vec<Drain>);

/// One of them.
pub(super) struct Drain {
    pub(super) server: ServerId,
    pub(super) closing: Closing,
    began: Instant,
    /// WebSockets that have not been told yet.
    pub(super) waiting: Vec<ConnId>,
    /// How many there were.
    all: usize,
    /// When the next ones are told, or those who are left are cut off.
    pub(super) next_at: Option<Instant>,
}

impl Drains {
    pub(super) fn add(&mut self, drain: Drain) {
        self.0.push(drain);
    }

    pub(super) fn get(&mut self, index: usize) -> Option<&mut Drain> {
        self.0.get_mut(index)
    }

    pub(super) fn next_deadline(&self) -> Option<Instant> {
        self.0.iter().filter_map(|drain| drain.next_at).min()
    }

    /// The last connection of a server has gone.
    pub(super) fn forget(&mut self, server: ServerId) {
        self.0.retain(|drain| drain.server != server);
    }
}

impl Drain {
    /// One that begins `now`. Those who wait are told from the end of the list on.
    pub(super) fn new(
        server: ServerId,
        closing: Closing,
        waiting: Vec<ConnId>,
        now: Instant,
    ) -> Self {
        let all = waiting.len();
        Self { server, closing, began: now, waiting, all, next_at: Some(now) }
    }

    /// The instant at which those who are left are cut off.
    pub(super) fn ends_at(&self) -> Option<Instant> {
        self.closing.drain.map(|time| self.began + time)
    }

    /// How many of those that wait are to be told now.
    pub(super) fn due(&self, now: Instant) -> usize {
        let elapsed = now.saturating_duration_since(self.began).as_nanos();
        let spread = self.closing.spread.as_nanos();
        let told = self.all - self.waiting.len();
        let so_far = match (elapsed * self.all as u128).checked_div(spread) {
            Some(part) => usize::try_from(part).unwrap_or(self.all).min(self.all),
            None => self.all,
        };
        so_far.saturating_sub(told)
    }

    /// When there is something to do again, after `now`.
    pub(super) fn plan(&mut self, now: Instant) {
        let told = self.all - self.waiting.len();
        let next = (!self.waiting.is_empty()).then(|| {
            let share = u32::try_from(told + 1).unwrap_or(u32::MAX);
            let all = u32::try_from(self.all).unwrap_or(u32::MAX).max(1);
            let at = self.began + self.closing.spread.saturating_mul(share) / all;
            at.max(now + Duration::from_millis(DRAIN_BATCH_MS))
        });
        self.next_at = [next, self.ends_at()].into_iter().flatten().min();
    }
}
