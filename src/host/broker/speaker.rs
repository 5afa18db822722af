//! What a line and whoever speaks over it know of each other.

use std::time::{Duration, Instant};

use super::news::Outage;

/// Whoever speaks over a line: the bus of a hub, or the client of a script.
pub(in crate::host) trait Speaker {
    /// A connection is about to be made: writes what it is greeted with.
    fn begin(&mut self, out: &mut Vec<u8>);

    /// Decodes all that has come. True once the broker has let it in.
    fn receive(
        &mut self,
        bytes: &[u8],
        position: &mut usize,
        out: &mut Vec<u8>,
        now: Instant,
    ) -> Result<bool, Outage>;

    /// Whether TLS is to begin before anything else is written. It is asked once.
    fn begins_tls(&mut self) -> bool {
        false
    }

    /// Where else the broker can be reached, as `host:port`.
    fn servers(&self) -> Vec<String> {
        Vec::new()
    }

    /// Writes what waits; `room` is how many bytes the connection takes well.
    fn flush(&mut self, out: &mut Vec<u8>, room: usize, now: Instant);

    /// Asks whether anybody is there.
    fn ping(&mut self, out: &mut Vec<u8>);

    /// When it has something to write without being asked.
    fn next_deadline(&self) -> Option<Instant>;

    /// The connection is gone, or was never made. It is tried again after `retry`, which is the
    /// speaker's to refuse.
    fn lost(&mut self, error: &Outage, retry: Duration, now: Instant);

    /// Whether it takes what comes, or has too much already.
    fn takes_input(&self) -> bool;

    /// Whether it waits for something that the process is not to end without.
    fn keeps_alive(&self) -> bool;

    /// Whether nobody wants it any more: the connection ends once all is written.
    fn is_over(&self) -> bool;
}
