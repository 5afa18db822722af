//! What a hub wants to hear, and what the broker has confirmed that it sends.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

use super::wire::Topic;
use crate::host::hub::Kind;
use crate::limits::{BROKER_LEAVE_DELAY_MS, BROKER_NAMES_PER_COMMAND};

/// Subscriptions.
#[derive(Debug)]
pub(super) struct Interest {
    topics: HashMap<Topic, State>,
    /// Those that are to be asked for.
    new: Vec<Topic>,
    /// Those that are wanted no more, with the time until which they stay all the same.
    leaving: VecDeque<(Instant, Topic)>,
    unconfirmed: usize,
    /// How many are patterns.
    patterns: usize,
}

#[derive(Clone, Copy, Debug)]
struct State {
    wanted: bool,
    asked: bool,
    confirmed: bool,
}

impl Interest {
    /// Nothing is wanted.
    pub(super) fn none() -> Self {
        Self {
            topics: HashMap::new(),
            new: Vec::new(),
            leaving: VecDeque::new(),
            unconfirmed: 0,
            patterns: 0,
        }
    }

    /// What is for everybody is always wanted.
    pub(super) fn new() -> Self {
        let mut interest = Self::none();
        interest.want(Topic::All);
        interest
    }

    pub(super) fn want(&mut self, topic: Topic) {
        let mut is_new = false;
        let state = self.topics.entry(topic.clone()).or_insert_with(|| {
            is_new = true;
            State { wanted: true, asked: false, confirmed: false }
        });
        state.wanted = true;
        if is_new {
            self.unconfirmed += 1;
            self.patterns += usize::from(is_pattern(&topic));
            self.new.push(topic);
        }
    }

    /// Whether rooms may be heard that are not wanted by their names.
    pub(super) fn has_patterns(&self) -> bool {
        self.patterns > 0
    }

    /// It stays for a moment: whoever has left may be back.
    pub(super) fn unwant(&mut self, topic: Topic, now: Instant) {
        let Some(state) = self.topics.get_mut(&topic) else { return };
        state.wanted = false;
        self.leaving.push_back((now + Duration::from_millis(BROKER_LEAVE_DELAY_MS), topic));
    }

    /// Whether it is or was wanted, and not taken back.
    pub(super) fn has(&self, topic: &Topic) -> bool {
        self.topics.contains_key(topic)
    }

    /// Whether the broker sends everything that is wanted.
    pub(super) fn is_settled(&self) -> bool {
        self.unconfirmed == 0
    }

    pub(super) fn len(&self) -> usize {
        self.topics.len()
    }

    pub(super) fn next_deadline(&self) -> Option<Instant> {
        self.leaving.front().map(|(at, _)| *at)
    }

    /// Some of those that are to be asked for: so many as one command may have.
    pub(super) fn take_new(&mut self) -> Vec<Topic> {
        let mut some = Vec::new();
        while some.len() < BROKER_NAMES_PER_COMMAND
            && let Some(topic) = self.new.pop()
        {
            if let Some(state) = self.topics.get_mut(&topic).filter(|state| !state.asked) {
                state.asked = true;
                some.push(topic);
            }
        }
        some
    }

    /// Those that nobody has come back for.
    pub(super) fn take_left(&mut self, now: Instant) -> Vec<Topic> {
        let mut left = Vec::new();
        while left.len() < BROKER_NAMES_PER_COMMAND
            && self.leaving.front().is_some_and(|(at, _)| *at <= now)
            && let Some((_, topic)) = self.leaving.pop_front()
        {
            if let Some(state) = self.topics.get(&topic).copied().filter(|state| !state.wanted) {
                self.topics.remove(&topic);
                self.patterns -= usize::from(is_pattern(&topic));
                self.unconfirmed -= usize::from(!state.confirmed);
                if state.asked {
                    left.push(topic);
                }
            }
        }
        left
    }

    #[cfg(test)]
    pub(super) fn is_confirmed(&self, topic: &Topic) -> bool {
        self.topics.get(topic).is_some_and(|state| state.wanted && state.confirmed)
    }

    pub(super) fn confirm(&mut self, topic: &Topic) {
        if let Some(state) = self.topics.get_mut(topic)
            && !std::mem::replace(&mut state.confirmed, true)
        {
            self.unconfirmed -= 1;
        }
    }

    /// A server does not send it any more. True if it is still wanted: it is asked for again by
    /// [`ask_again`](Self::ask_again).
    pub(super) fn lose(&mut self, topic: &Topic) -> bool {
        let Some(state) = self.topics.get_mut(topic).filter(|state| state.wanted) else {
            return false;
        };
        state.asked = false;
        if std::mem::replace(&mut state.confirmed, false) {
            self.unconfirmed += 1;
        }
        true
    }

    /// What was lost is asked for once more.
    pub(super) fn ask_again(&mut self) {
        let lost = self.topics.iter().filter(|(_, state)| state.wanted && !state.asked);
        self.new = lost.map(|(topic, _)| topic.clone()).collect();
    }

    /// Some are not granted: nobody waits for them.
    pub(super) fn give_up(&mut self) {
        for state in self.topics.values_mut().filter(|state| state.asked) {
            state.confirmed = true;
        }
        self.unconfirmed = self.topics.values().filter(|state| !state.confirmed).count();
    }

    /// There is a new connection, which knows of nothing.
    pub(super) fn begin_again(&mut self) {
        self.leaving.clear();
        self.topics.retain(|_, state| state.wanted);
        for state in self.topics.values_mut() {
            (state.asked, state.confirmed) = (false, false);
        }
        self.unconfirmed = self.topics.len();
        self.patterns = self.topics.keys().filter(|topic| is_pattern(topic)).count();
        self.new = self.topics.keys().cloned().collect();
    }
}

fn is_pattern(topic: &Topic) -> bool {
    matches!(topic, Topic::Named(Kind::Pattern, _))
}
