//! What a script has been promised of what it sends: the functions that settle its promises.

use std::collections::VecDeque;

use boa_engine::builtins::promise::ResolvingFunctions;
use boa_engine::{Finalize, Trace};

/// What one socket's script waits for.
#[derive(Default, Trace, Finalize)]
pub(super) struct Promised {
    /// By the mark that the host knows a message by, which is larger than all before it. Those that
    /// are taken are mostly the oldest ones, and there may be many behind them.
    messages: VecDeque<(u64, ResolvingFunctions)>,
    drained: Vec<ResolvingFunctions>,
}

impl Promised {
    /// A message was sent that has this mark.
    pub(super) fn note(&mut self, mark: u64, functions: ResolvingFunctions) {
        debug_assert!(self.messages.back().is_none_or(|(before, _)| *before < mark));
        self.messages.push_back((mark, functions));
    }

    /// Somebody waits until everything is written.
    pub(super) fn note_drained(&mut self, functions: ResolvingFunctions) {
        self.drained.push(functions);
    }

    /// Takes what waits for these messages.
    pub(super) fn take_marked(&mut self, marks: &[u64]) -> Vec<ResolvingFunctions> {
        let messages = &mut self.messages;
        let taken = marks.iter().filter_map(|mark| {
            let at = messages.binary_search_by_key(mark, |(mark, _)| *mark).ok()?;
            messages.remove(at)
        });
        taken.map(|(_, functions)| functions).collect()
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
