//! When a connection is looked at next: what is known of its socket, and which lists it is on.

use std::time::Instant;

use super::restraint::Restraint;

/// Facts about one connection, whatever it speaks.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about the socket")]
#[expect(clippy::box_collection, reason = "hardly any connection keeps bytes, and all have room")]
pub(super) struct Schedule {
    /// Bytes that were read but may not be decoded yet: a reply is due first, or the script has
    /// paused the connection.
    held_input: Option<Box<Vec<u8>>>,
    /// What it is held to beyond what all are, where a server asks for it.
    pub(super) restraint: Option<Box<Restraint>>,
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
    /// Why nothing is to be read, if so.
    pub(super) pauses: Pauses,
    /// Rules say what becomes of its messages.
    pub(super) has_rules: bool,
    /// It is on the list of connections to flush.
    pub(super) dirty: bool,
    /// It is on a list of connections to read from: of this turn or of the next.
    pub(super) scheduled: bool,
}

/// Reasons for which nothing is read of a connection. It is read when there is none left.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pauses(u8);

impl Pauses {
    /// The script does not want to be given anything.
    pub(super) const SCRIPT: u8 = 1;
    /// Its messages come too fast.
    pub(super) const RATE: u8 = 2;
    /// The script has more of its messages at work than it may have.
    pub(super) const PENDING: u8 = 4;

    pub(super) fn set(&mut self, reason: u8, holds: bool) {
        self.0 = if holds { self.0 | reason } else { self.0 & !reason };
    }

    fn has(self, reason: u8) -> bool {
        self.0 & reason != 0
    }

    #[inline]
    pub(super) fn any(self) -> bool {
        self.0 != 0
    }
}

impl Schedule {
    /// Whether its messages are counted.
    pub(super) fn limits_rate(&self) -> bool {
        self.restraint.as_ref().is_some_and(|restraint| restraint.limits_rate())
    }

    /// The closing handshake has begun, or all is over: what the peer says is to be heard.
    pub(super) fn release(&mut self) {
        self.pauses = Pauses::default();
        if let Some(restraint) = &mut self.restraint {
            restraint.lift();
        }
    }

    /// Whether a peer has something to say that nobody hears. One that has ended its side is kept for
    /// the script alone: it may never pay what it owes, and nobody else sees that it has gone.
    pub(super) fn keeps_waiting(&self) -> bool {
        let has_gone = self.read_closed && !self.pauses.has(Pauses::SCRIPT);
        self.pauses.any() && self.has_input() && !has_gone
    }

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
