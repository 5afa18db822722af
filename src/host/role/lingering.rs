//! A connection that is over. The rest is written, then what the peer still sends is thrown away
//! until it ends its side too: to close with unread bytes would reset the connection under our last
//! words.

use std::time::{Duration, Instant};

use super::context::{Flush, RoleContext};
use crate::host::effect::{Effect, Ending};
use crate::limits::LINGER_TIMEOUT_MS;

/// A connection on its way out.
pub(in crate::host) struct Lingering {
    pub(in crate::host) deadline: Instant,
    /// Our side has been shut down: everything was written.
    shut: bool,
    /// The time that a slow peer gets for the next bytes of what is left to write.
    patience: Option<Duration>,
}

impl Lingering {
    pub(in crate::host) fn new(patience: Option<Duration>, cx: &RoleContext<'_>) -> Self {
        let wait = patience.filter(|_| cx.schedule.behind).unwrap_or(LINGER_TIMEOUT);
        Self { deadline: cx.now() + wait, shut: false, patience }
    }

    /// There is nothing to wait for.
    pub(super) fn over(now: Instant) -> Self {
        Self { deadline: now, shut: true, patience: None }
    }

    pub(super) fn flushed(&mut self, flush: Flush, cx: &RoleContext<'_>) -> Effect {
        if self.shut {
            return Effect::Stay;
        }
        if flush.done {
            self.shut = true;
            self.deadline = cx.now() + LINGER_TIMEOUT;
            return if cx.schedule.ended {
                Effect::End(Ending::Remove, None)
            } else {
                Effect::Shutdown(None)
            };
        }
        match self.patience.filter(|_| flush.stalls()) {
            Some(patience) => {
                self.deadline = cx.now() + patience;
                Effect::Rearm
            }
            None => Effect::Stay,
        }
    }

    pub(super) fn ended(&self, broke: bool) -> Effect {
        if broke || self.shut { Effect::End(Ending::Remove, None) } else { Effect::Stay }
    }
}

const LINGER_TIMEOUT: Duration = Duration::from_millis(LINGER_TIMEOUT_MS);
