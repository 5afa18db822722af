//! What is to be known of a broker: it is there, it is not, something may have been lost.

use std::time::Duration;

/// Why a broker is not there, or what it refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outage {
    /// A stable code: `ECONNREFUSED`, `WRONGPASS`, …
    pub code: String,
    /// A sentence for people, with the remedy where there is one.
    pub message: String,
}

impl Outage {
    pub(in crate::host) fn new(code: &str, message: String) -> Self {
        Self { code: code.to_owned(), message }
    }
}

/// Something that may have been lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// In this room; without one, in any.
    pub room: Option<String>,
    /// Of this node; without one, of any.
    pub node: Option<u64>,
    /// From this message of the node on.
    pub from: Option<u64>,
    /// Up to this one.
    pub to: Option<u64>,
    /// Why.
    pub reason: &'static str,
    /// For how long nothing was heard, where that is the reason.
    pub away: Option<Duration>,
}

/// What is to be known of a bus.
#[derive(Clone, Debug)]
pub enum BusNews {
    /// It is there, and sends all that is wanted.
    Up,
    /// It is not there, or refuses something. It is tried again after this time.
    Down(Outage, Option<Duration>),
    /// Messages may have been lost.
    Gap(Gap),
}
