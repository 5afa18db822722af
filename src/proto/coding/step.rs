//! Where a coding stands.

/// What is left to do after a step.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// It takes more input, or has more output. A step that does nothing needs more input.
    More,
    /// The content may end here, or go on.
    Whole,
    /// The content ends here, whatever comes behind it.
    End,
}
