//! What is so of a WebSocket, in a byte: there may be very many of them.

/// Facts that are so or not.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::host) struct Flags(u8);

impl Flags {
    /// The script has seen that messages wait, and is to hear when they are gone.
    pub(super) const WATCHED: u8 = 1;
    /// The script is to learn at once when its state changes.
    pub(in crate::host) const SHOWN: u8 = 2;
    /// It is one of the open WebSockets of its server.
    pub(super) const COUNTED: u8 = 4;
    /// A message cannot simply be appended to the output.
    pub(super) const CAREFUL: u8 = 8;

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
