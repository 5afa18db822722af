//! What a role asks for when something has happened to its connection. `apply.rs` does it.

use std::convert::Infallible;
use std::time::Duration;

use super::event::Event;

/// What is to be done. `R` is what the role can turn into.
#[must_use = "an effect that is not applied does not happen"]
pub(super) enum Effect<R = Infallible> {
    /// Nothing. Of input: all of it has been taken.
    Stay,
    /// The role's next deadline may have come closer.
    Rearm,
    /// The same, and the role may take input again that it left where it was.
    Resume,
    /// Tell the script. Unless it is of a pong, or the peer has ended its side, deadlines are where
    /// they were or later, which costs nothing: a timer finds out when it fires.
    Emit(Event),
    /// The connection speaks another protocol from here on.
    Become(R, Option<Event>),
    /// Tell the script. The connection is free for another exchange.
    Rest(Event),
    /// The peer is told that nothing more will be sent; it may still send. Then the script is told.
    Shutdown(Option<Event>),
    /// The connection is over.
    End(Ending, Option<Event>),
}

/// How a connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// What is left is written, then a moment is left to the peer to end its side too. A peer that
    /// is slow to take the rest is waited for as long as this.
    Linger(Option<Duration>),
    /// At once, and the peer sees an error.
    Reset,
    /// At once: the peer has gone, or nothing is owed to it.
    Remove,
}

impl<R> Effect<R> {
    /// The same, in terms of a role that `R` can be made into.
    #[inline]
    pub(super) fn map<S>(self, make: impl FnOnce(R) -> S) -> Effect<S> {
        match self {
            Self::Stay => Effect::Stay,
            Self::Rearm => Effect::Rearm,
            Self::Resume => Effect::Resume,
            Self::Emit(event) => Effect::Emit(event),
            Self::Become(role, event) => Effect::Become(make(role), event),
            Self::Rest(event) => Effect::Rest(event),
            Self::Shutdown(event) => Effect::Shutdown(event),
            Self::End(ending, event) => Effect::End(ending, event),
        }
    }
}
