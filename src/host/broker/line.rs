//! One broker: connected, lost, connected again. Knows when, and nothing of what is said.

use std::cell::Cell;
use std::hash::{BuildHasher, RandomState};
use std::rc::Rc;
use std::time::{Duration, Instant};

use super::news::Outage;
use super::options::BrokerOptions;
use super::speaker::Speaker;
use crate::host::options::Target;
use crate::id::ConnId;

/// Where a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::host) enum Stage {
    /// There is no connection, and one is due after this time.
    Down(Duration),
    /// One is being made, until then at the latest.
    Opening(Instant),
    /// The broker has let us in.
    Ready,
}

/// A broker and whoever speaks with it, over one connection after the other.
pub(in crate::host) struct Line {
    pub(in crate::host) options: BrokerOptions,
    pub(in crate::host) stage: Stage,
    pub(in crate::host) conn: Option<ConnId>,
    pub(in crate::host) speaker: Box<dyn Speaker>,
    /// How many connections were made in vain since the last one that worked.
    failures: u32,
    /// Which of the servers that are known has its turn, counted on and on.
    turn: usize,
    heard_at: Instant,
    pinged_at: Option<Instant>,
    /// Set when there is something to do or to tell.
    stirred: Rc<Cell<bool>>,
}

impl Line {
    pub(in crate::host) fn new(
        options: BrokerOptions,
        speaker: Box<dyn Speaker>,
        stirred: Rc<Cell<bool>>,
        now: Instant,
    ) -> Self {
        stirred.set(true);
        Self {
            options,
            stage: Stage::Down(Duration::ZERO),
            conn: None,
            speaker,
            failures: 0,
            turn: 0,
            heard_at: now,
            pinged_at: None,
            stirred,
        }
    }

    /// Where the next connection goes: to the servers that are known, one after the other.
    pub(in crate::host) fn target(&self) -> Target {
        let mut others = self.options.others.clone();
        let known = self.speaker.servers();
        others.extend(known.into_iter().filter(|server| !self.options.others.contains(server)));
        let own = self.options.target.to_string();
        others.retain(|server| *server != own);
        match self.turn % (others.len() + 1) {
            0 => self.options.target.clone(),
            at => {
                Target::of_address(&others[at - 1]).unwrap_or_else(|| self.options.target.clone())
            }
        }
    }

    /// A connection is being made, from `begins_at` on.
    pub(in crate::host) fn open(&mut self, conn: ConnId, begins_at: Instant, out: &mut Vec<u8>) {
        self.conn = Some(conn);
        self.stage = Stage::Opening(begins_at + self.options.open_timeout);
        self.pinged_at = None;
        self.speaker.begin(out);
    }

    pub(in crate::host) fn receive(
        &mut self,
        bytes: &[u8],
        position: &mut usize,
        out: &mut Vec<u8>,
        now: Instant,
    ) -> Result<(), Outage> {
        self.heard_at = now;
        self.pinged_at = None;
        self.stirred.set(true);
        let is_in = self.speaker.receive(bytes, position, out, now)?;
        if is_in && self.stage != Stage::Ready {
            log::debug!("{} is ready", self.options.shown);
            self.stage = Stage::Ready;
            self.failures = 0;
        }
        Ok(())
    }

    /// The connection is gone. Decides when there is another one: ever later, and at random.
    pub(in crate::host) fn lose(&mut self, error: &Outage, now: Instant) {
        self.conn = None;
        self.turn = self.turn.wrapping_add(1);
        self.stirred.set(true);
        let (first, most) = self.options.retry;
        let wait = first.saturating_mul(1 << self.failures.min(16)).min(most);
        self.failures = self.failures.saturating_add(1);
        // Between half of it and all: those who lost it together do not come back together.
        let wait = wait.mul_f64(0.5 + chance(self.failures) / 2.0);
        log::debug!("{} is gone: {}; again in {wait:?}", self.options.shown, error.message);
        self.stage = Stage::Down(wait);
        self.speaker.lost(error, wait, now);
    }

    /// The connection ends because nobody needs it any more. True if there was one that worked.
    pub(in crate::host) fn close(&mut self) -> bool {
        self.conn = None;
        self.stirred.set(true);
        std::mem::replace(&mut self.stage, Stage::Down(Duration::ZERO)) == Stage::Ready
    }

    /// When [`expired`](Self::expired) has something to do.
    pub(in crate::host) fn next_deadline(&self) -> Option<Instant> {
        match self.stage {
            Stage::Down(_) => None,
            Stage::Opening(until) => Some(until),
            Stage::Ready => {
                let silence = match self.pinged_at {
                    Some(at) => at + self.options.pong_timeout,
                    None => self.heard_at + self.options.ping_interval,
                };
                Some(self.speaker.next_deadline().map_or(silence, |at| at.min(silence)))
            }
        }
    }

    /// A deadline has passed. An error if the connection is of no use any more.
    pub(in crate::host) fn expired(
        &mut self,
        out: &mut Vec<u8>,
        now: Instant,
    ) -> Result<(), Outage> {
        let shown = &self.options.shown;
        match (self.stage, self.pinged_at) {
            (Stage::Opening(until), _) if until <= now => {
                let message = format!("{shown} did not answer in {:?}", self.options.open_timeout);
                return Err(Outage::new("ETIMEDOUT", message));
            }
            (Stage::Ready, Some(at)) if at + self.options.pong_timeout <= now => {
                let silent = now.saturating_duration_since(self.heard_at).as_secs();
                let message = format!("{shown} has been silent for {silent} s");
                return Err(Outage::new("ETIMEDOUT", message));
            }
            (Stage::Ready, None) if self.heard_at + self.options.ping_interval <= now => {
                self.pinged_at = Some(now);
                self.speaker.ping(out);
            }
            _ => {}
        }
        Ok(())
    }
}

/// A number from 0 to 1.
fn chance(seed: u32) -> f64 {
    let bits = u32::try_from(RandomState::new().hash_one(seed) >> 32).unwrap_or_default();
    f64::from(bits) / f64::from(u32::MAX)
}
