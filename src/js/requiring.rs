//! Which ES modules may be in the middle of running. The engine must not be asked to run such a one
//! again, as a `require` from one of its imports would do, and does not tell which they are.

use std::cell::RefCell;
use std::collections::HashSet;

/// What is known of that.
#[derive(Debug, Default)]
pub(super) struct Requiring(RefCell<State>);

#[derive(Debug, Default)]
struct State {
    /// Modules that were loaded and have not certainly run to their end, by key.
    unfinished: HashSet<String>,
    /// For each `require` that loads a graph at this moment.
    loading: Vec<Loading>,
}

#[derive(Debug, Default)]
struct Loading {
    /// What it has loaded.
    mine: HashSet<String>,
    /// A module of its graph that somebody else has begun to run.
    running: Option<String>,
}

impl Requiring {
    /// A `require` begins to load a graph.
    pub(super) fn begin(&self) {
        self.0.borrow_mut().loading.push(Loading::default());
    }

    /// It has loaded it: what was new in it, and what may be running.
    pub(super) fn end(&self) -> (HashSet<String>, Option<String>) {
        let loading = self.0.borrow_mut().loading.pop().unwrap_or_default();
        (loading.mine, loading.running)
    }

    /// A module was loaded.
    pub(super) fn loaded(&self, key: String) {
        let mut state = self.0.borrow_mut();
        if let Some(loading) = state.loading.last_mut() {
            loading.mine.insert(key.clone());
        }
        state.unfinished.insert(key);
    }

    /// A module was asked for that had been loaded before.
    pub(super) fn found(&self, key: &str) {
        let mut state = self.0.borrow_mut();
        let is_unfinished = state.unfinished.contains(key);
        if let Some(loading) = state.loading.last_mut()
            && is_unfinished
            && !loading.mine.contains(key)
        {
            loading.running = Some(key.to_owned());
        }
    }

    /// These have run as far as they can.
    pub(super) fn finished(&self, keys: &HashSet<String>) {
        self.0.borrow_mut().unfinished.retain(|key| !keys.contains(key));
    }

    /// Nothing is running.
    pub(super) fn all_finished(&self) {
        self.0.borrow_mut().unfinished.clear();
    }
}
