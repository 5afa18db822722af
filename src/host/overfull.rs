//! What waits for all peers together has a limit, and those for whom most waits are ended first.

use std::time::Duration;

use super::conn::Conn;
use super::role::Role;
use super::turn::{Host, Overfull};
use crate::limits::{UNSENT_CHECKS, UNSENT_WARNING_INTERVAL_MS};

impl Host {
    /// So many bytes more wait for a connection, or the kernel has refused them. Ends those for whom most waits until
    /// no more waits in all than may.
    pub(super) fn limit_unsent(&mut self, refused: usize) {
        self.overfull.refused += refused;
        if self.overfull.refused < self.overfull.max / UNSENT_CHECKS {
            return;
        }
        self.overfull.refused = 0;
        while self.unsent() > self.overfull.max {
            let behind = self.conns.iter().filter(|conn| conn.schedule.behind || is_held(conn));
            let Some(slowest) = behind.max_by_key(|conn| waiting_for(conn)) else { return };
            let (id, waiting) = (slowest.id, waiting_for(slowest));
            self.say_overfull(&format!("{id}, for which {waiting} bytes wait,"));
            self.act(id, Role::shed);
        }
    }

    /// Bytes that wait for all peers; those that several connections share count once.
    pub(super) fn unsent(&self) -> usize {
        let own: usize =
            self.conns.iter().map(|conn| conn.out.own_len() + conn.role.held().1).sum();
        own + self.shared.buffers.shared_len()
    }

    fn say_overfull(&mut self, whom: &str) {
        let now = self.shared.now;
        let pause = Duration::from_millis(UNSENT_WARNING_INTERVAL_MS);
        let Overfull { max, said_at, .. } = &mut self.overfull;
        if said_at.is_none_or(|at| now.saturating_duration_since(at) >= pause) {
            *said_at = Some(now);
            log::warn!(
                "more than {} MiB wait for peers that do not read: {whom} and others are ended",
                *max >> 20
            );
        }
    }
}

/// Bytes that wait for one peer.
fn waiting_for(conn: &Conn) -> usize {
    conn.out.memory_len() + conn.role.held().0
}

fn is_held(conn: &Conn) -> bool {
    conn.role.held().0 > 0
}
