//! When a connection is looked at next: what is known of its socket, and which lists it is on.

use std::time::Instant;

/// Facts about one connection, whatever it speaks.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about the socket")]
#[expect(clippy::box_collection, reason = "hardly any connection keeps bytes, and all have room")]
pub(super) struct Schedule {
    /// Bytes that were read but may not be decoded yet: a reply is due first, or the script has
    /// paused the connection.
    held_input: Option<Box<Vec<u8>>>,
    /// The deadline for which a timer stands in the heap.
    pub(super) timer_at: Option<Instant>,
    /// The kernel may have bytes to read.
    pub(super) readable: bool,
    /// The kernel says that the peer has ended its side.
    pub(super) read_closed: bool,
    /// The end of the peer's side has been read.
    pub(super) ended: bool,
    /// The kernel refused bytes, which wait.
    pub(super) behind: bool,
    /// The script does not want to be given anything.
    pub(super) paused: bool,
    /// Rules say what becomes of its messages.
    pub(super) has_rules: bool,
    /// It is on the list of connections to flush.
    pub(super) dirty: bool,
    /// It is on a list of connections to read from: of this turn or of the next.
    pub(super) scheduled: bool,
}

impl Schedule {
    /// Whether there may be bytes that have not been decoded.
    #[inline]
    pub(super) fn has_input(&self) -> bool {
        self.readable || self.holds_input()
    }

    /// Whether bytes were read and not decoded.
    #[inline]
    pub(super) fn holds_input(&self) -> bool {
        self.held_input.is_some()
    }

    /// Keeps bytes for later, behind those that are kept already.
    pub(super) fn hold_input(&mut self, bytes: &[u8]) {
        if !bytes.is_empty() {
            self.held_input.get_or_insert_default().extend_from_slice(bytes);
        }
    }

    /// Takes what was kept.
    pub(super) fn take_held_input(&mut self) -> Option<Vec<u8>> {
        self.held_input.take().map(|held| *held)
    }
}
