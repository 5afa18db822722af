//! What is wrong with a content, and what codings are called.

/// What the peer has sent is not what it says, or more than it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodingError {
    /// The bytes are not of this coding.
    #[error("the content is not {0}, which its Content-Encoding says")]
    Malformed(&'static str),
    /// The bytes end in the middle.
    #[error("the {0} content ends in the middle")]
    Truncated(&'static str),
    /// The content grows beyond all measure.
    #[error("the {coding} content grows to more than {ratio} times its size")]
    Bomb {
        /// The coding.
        coding: &'static str,
        /// How often its size it may become.
        ratio: u64,
    },
    /// It wants more memory than the coding needs on the web.
    #[error("the {coding} content needs a window of more than {limit} bytes")]
    Window {
        /// The coding.
        coding: &'static str,
        /// The largest window.
        limit: u64,
    },
}

/// Whether this is the name of a coding, in any case.
pub(super) fn is(name: &[u8], known: &str) -> bool {
    name.eq_ignore_ascii_case(known.as_bytes())
}
