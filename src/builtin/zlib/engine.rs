//! What all formats have in common: a step from input to output.

use super::fault::Fault;

/// Compresses or decompresses, a step at a time.
pub(super) trait Engine: Send {
    /// Takes from `input` and writes to `out`, which has room. `flush` is a number of the format.
    fn step(&mut self, input: &[u8], out: &mut [u8], flush: i32) -> Result<Step, Fault>;

    /// Another level and strategy from here on, where the format has that.
    fn set_params(&mut self, _level: i32, _strategy: i32) -> Result<(), Fault> {
        Ok(())
    }

    /// Input that is compressed at once where a worker thread could do it.
    fn inline_bytes(&self) -> usize;
}

/// What a step has done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) taken: usize,
    pub(super) made: usize,
    pub(super) state: State,
}

/// Where an engine stands after a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// All input was taken, and all that it gives was made.
    Hungry,
    /// There is more output, or input that was not taken.
    More,
    /// The data ends here, whatever comes behind it.
    End,
}

impl State {
    /// What the JavaScript half calls it.
    pub(super) fn number(self) -> i32 {
        match self {
            Self::Hungry => 0,
            Self::More => 1,
            Self::End => 2,
        }
    }
}

impl Step {
    /// The data has ended before.
    pub(super) const OVER: Self = Self { taken: 0, made: 0, state: State::End };
}
