//! What a script has been promised of what it sends: the functions that settle its promises.

use boa_engine::builtins::promise::ResolvingFunctions;
use boa_engine::{Finalize, Trace};

/// What one socket's script waits for.
#[derive(Default, Trace, Finalize)]
pub(super) struct Promised {
    /// By the mark that the host knows a message by.
    messages: Vec<(u64, ResolvingFunctions)>,
    drained: Vec<ResolvingFunctions>,
}

impl Promised {
    /// A message was sent that has this mark.
    pub(super) fn note(&mut self, mark: u64, functions: ResolvingFunctions) {
        self.messages.push((mark, functions));
    }

    /// Somebody waits until everything is written.
    pub(super) fn note_drained(&mut self, functions: ResolvingFunctions) {
        self.drained.push(functions);
    }

    /// Takes what waits for these messages.
    pub(super) fn take_marked(&mut self, marks: &[u64]) -> Vec<ResolvingFunctions> {
        let mut marks = marks.to_vec();
        marks.sort_unstable();
        let (taken, left) = std::mem::take(&mut self.messages)
            .into_iter()
            .partition(|(mark, _)| marks.binary_search(mark).is_ok());
        self.messages = left;
        let taken: Vec<(u64, ResolvingFunctions)> = taken;
        taken.into_iter().map(|(_, functions)| functions).collect()
    }

    /// Takes what waits until everything is written.
    pub(super) fn take_drained(&mut self) -> Vec<ResolvingFunctions> {
        std::mem::take(&mut self.drained)
    }

    /// Takes all.
    pub(super) fn take_all(&mut self) -> Vec<ResolvingFunctions> {
        let messages = std::mem::take(&mut self.messages).into_iter();
        messages.map(|(_, functions)| functions).chain(std::mem::take(&mut self.drained)).collect()
    }
}
