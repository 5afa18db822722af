//! Where a connection stands: a word that connections and errors share.

/// Where the connection stands, in the words of WHATWG's `readyState`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Messages flow both ways.
    Open,
    /// A Close frame was sent, received or both; nothing more can be sent.
    Closing,
    /// TCP has ended.
    Closed,
}

impl State {
    /// The state as a word in a sentence.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closing => "closing",
            Self::Closed => "closed",
        }
    }
}
