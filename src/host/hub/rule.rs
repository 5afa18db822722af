//! What rules say of the messages of a connection, and what they have done.

use std::rc::Rc;
use std::time::Instant;

use super::handle::HubHandle;
use crate::host::bucket::{Bucket, Rate};
use crate::id::ConnId;
use crate::proto::ws::MessageKind;

/// What is to be done with all messages of a connection.
#[derive(Clone, Debug)]
pub struct RelayRule {
    /// The hub of the room.
    pub hub: HubHandle,
    /// The room they go to.
    pub room: String,
    /// Whether the connection itself gets them too, if it is there.
    pub to_self: bool,
    /// Larger ones are dropped.
    pub max_payload: usize,
    /// Beyond so many a second they are dropped. A second's worth may come at once.
    pub rate: Option<u32>,
}

/// What a rule has done so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RelayCounts {
    /// Messages that went to the room.
    pub messages: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Connections that were sent one, for all messages together.
    pub sent: u64,
    /// Connections that should have been.
    pub dropped: u64,
    /// Messages that were too large, or too many.
    pub refused: u64,
}

/// Where a connection was that is over.
#[derive(Clone, Debug, Default)]
pub struct Left {
    /// The hub of its server.
    pub hub: Option<HubHandle>,
    /// Its rooms there.
    pub rooms: Vec<Rc<str>>,
    /// The room that its messages went to, and what came of them.
    pub relay: Option<(Rc<str>, RelayCounts)>,
}

/// A part of something, above nothing and up to all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part(u64);

impl Part {
    /// Everything.
    pub const ALL: Self = Self(1 << 52);

    /// A part of 1; `None` if it is none, or more.
    pub fn new(part: f64) -> Option<Self> {
        // Exact, as it is a power of two. Rounded up, a tenth of ten is one.
        #[expect(clippy::cast_precision_loss, reason = "it is a power of two")]
        let units = (part * Self::ALL.0 as f64).ceil();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked to be in range"
        )]
        (part > 0.0 && part <= 1.0).then_some(Self(units as u64))
    }

    /// What has to have come together for the next one to be whole.
    pub(super) fn missing(self) -> u64 {
        Self::ALL.0 - self.0
    }

    /// Adds this part, and tells whether that makes a whole one.
    pub(super) fn add_to(self, sum: &mut u64) -> bool {
        *sum += self.0;
        let is_whole = *sum >= Self::ALL.0;
        *sum -= if is_whole { Self::ALL.0 } else { 0 };
        is_whole
    }
}

/// A message that is answered without the script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AutoReply {
    /// What comes: its kind and all of its bytes.
    pub on: (MessageKind, Vec<u8>),
    /// What goes back.
    pub reply: (MessageKind, Vec<u8>),
}

/// A rule in force.
pub(super) struct Relay {
    pub(super) conn: ConnId,
    /// The room, which stays as long as the rule.
    pub(super) room: u32,
    pub(super) rule: RelayRule,
    pub(super) counts: RelayCounts,
    pub(super) bucket: Option<(Rate, Bucket)>,
}

impl Relay {
    pub(super) fn new(conn: ConnId, room: u32, rule: RelayRule, now: Instant) -> Self {
        let rate = rule.rate.map(|rate| Rate::per_second(rate.into()));
        let bucket = rate.map(|rate| (rate, Bucket::full(&rate, now)));
        Self { conn, room, rule, counts: RelayCounts::default(), bucket }
    }
}
