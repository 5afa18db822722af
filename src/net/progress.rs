//! What one read of a connection brought.

/// What one read brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about the read")]
pub struct Progress {
    /// Bytes read.
    pub read: usize,
    /// The peer has sent something, be it not for whoever reads.
    pub heard: bool,
    /// There is nothing more for now: a read that does not fill the buffer has emptied the socket,
    /// which saves asking once more.
    pub drained: bool,
    /// The peer will send no more.
    pub ended: bool,
    /// The read has brought an answer, which a write is to send.
    pub wants_write: bool,
}
