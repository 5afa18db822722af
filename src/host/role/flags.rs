//! What is so of a WebSocket, in a byte: there may be very many of them.

/// Facts that are so or not.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::host) struct Flags(u8);

impl Flags {
    /// Those of a WebSocket that opens.
    pub(super) fn of(careful: bool) -> Self {
        Self(if careful { Self::CAREFUL } else { 0 })
    }

    /// The script has seen that messages wait, and is to hear when they are gone.
    pub(super) const WATCHED: u8 = 1;
    /// The script is to learn at once when its state changes.
    pub(in crate::host) const SHOWN: u8 = 2;
    /// It is one of the open WebSockets of its server.
    pub(super) const COUNTED: u8 = 4;
    /// A message is not simply appended to the output, up to `FLUSH_EARLY_BYTES`.
    pub(super) const CAREFUL: u8 = 8;
    /// The kernel has refused some, where messages wait one by one then.
    pub(super) const BEHIND: u8 = 16;

    pub(in crate::host) fn set(&mut self, flag: u8, holds: bool) {
        self.0 = if holds { self.0 | flag } else { self.0 & !flag };
    }

    #[inline]
    pub(in crate::host) fn has(self, flag: u8) -> bool {
        self.0 & flag != 0
    }

    /// Whether it was so; it is no more.
    #[inline]
    pub(super) fn take(&mut self, flag: u8) -> bool {
        let had = self.has(flag);
        self.0 &= !flag;
        had
    }
}
