//! What was promised: nothing twice, each sender in its order, each loss told.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::host::broker::Gap;

/// What a node has heard and told.
#[derive(Debug, Default)]
pub(super) struct Record {
    /// Messages by their number in the world, in the order in which they came, and when.
    pub(super) heard: Vec<(usize, u64)>,
    pub(super) gaps: Vec<(u64, Gap)>,
    /// Since when the server is known to send what is wanted.
    pub(super) confirmed: BTreeMap<(bool, String), u64>,
    pub(super) all_confirmed: Option<u64>,
}

/// A message of the world.
#[derive(Debug)]
pub(super) struct Sent {
    /// The node, by its number for the bus.
    pub(super) by: u64,
    /// Which of the messages of that node.
    pub(super) number: u64,
    pub(super) room: Option<String>,
    pub(super) at: u64,
    pub(super) taken: bool,
}

/// What has happened in a world, or in many.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    pub(super) sent: usize,
    pub(super) refused: usize,
    pub(super) heard: usize,
    /// Expected and not heard, all of which was told.
    pub(super) lost: usize,
    pub(super) gaps: usize,
    pub(super) by_reason: [usize; 3],
    pub(super) reconnects: usize,
    pub(super) restarts: usize,
}

const REASONS: [&str; 3] = ["sequence", "reconnect", "dropped"];

impl Tally {
    pub(super) fn add(&mut self, other: &Self) {
        self.sent += other.sent;
        self.refused += other.refused;
        self.heard += other.heard;
        self.lost += other.lost;
        self.gaps += other.gaps;
        self.reconnects += other.reconnects;
        self.restarts += other.restarts;
        for (sum, count) in self.by_reason.iter_mut().zip(other.by_reason) {
            *sum += count;
        }
    }

    /// Whether there was some of everything.
    pub(super) fn is_varied(&self) -> bool {
        let counts =
            [self.sent, self.refused, self.heard, self.lost, self.reconnects, self.restarts];
        counts.iter().chain(&self.by_reason).all(|count| *count > 0)
    }
}

impl Record {
    pub(super) fn hear(&mut self, data: &[u8], at: u64) {
        let number = data.get(..8).and_then(|bytes| bytes.try_into().ok()).map(u64::from_be_bytes);
        self.heard.push((usize::try_from(number.unwrap()).unwrap(), at));
    }

    /// Nothing twice, and those of each sender for each room in their order.
    pub(super) fn check_order(&self, sent: &[Sent]) {
        let mut last: HashMap<(u64, Option<&str>), usize> = HashMap::new();
        for (number, at) in &self.heard {
            let message = &sent[*number];
            let before = last.insert((message.by, message.room.as_deref()), *number);
            assert!(
                before.is_none_or(|before| before < *number),
                "message {number} came at {at} after {before:?}"
            );
        }
    }

    /// Whether it was told that a message may be missing.
    fn covers(&self, message: &Sent) -> bool {
        self.gaps.iter().any(|(at, gap)| {
            let of_room = gap.room.is_none() || gap.room == message.room;
            let of_node = gap.node.is_none_or(|node| node == message.by);
            let of_number = gap.from.is_none_or(|from| from <= message.number)
                && gap.to.is_none_or(|to| message.number <= to);
            *at >= message.at && of_room && of_node && of_number
        })
    }

    /// Every message that was to come has come, or its loss was told. Returns how many were lost.
    pub(super) fn check_losses(
        &self,
        sent: &[Sent],
        strayed: &HashSet<usize>,
        hears_since: impl Fn(Option<&str>) -> Option<u64>,
        is_due: impl Fn(&Sent) -> bool,
    ) -> usize {
        let heard: HashSet<usize> = self.heard.iter().map(|(number, _)| *number).collect();
        let mut lost = 0;
        for (number, message) in sent.iter().enumerate() {
            let Some(since) = hears_since(message.room.as_deref()) else { continue };
            if message.at <= since || !is_due(message) || heard.contains(&number) {
                continue;
            }
            // Lost between servers, and nothing of that sender has come before: nobody can know.
            let is_earlier = |other: &Sent| {
                other.by == message.by
                    && other.room == message.room
                    && other.number < message.number
            };
            let knows_sender =
                self.heard.iter().any(|(other, at)| *at > since && is_earlier(&sent[*other]));
            if strayed.contains(&number) && !knows_sender {
                continue;
            }
            lost += 1;
            assert!(
                self.covers(message),
                "nobody was told that message {number} is missing: {message:?}, heard since {since}"
            );
        }
        lost
    }

    pub(super) fn count(&self, tally: &mut Tally) {
        tally.heard += self.heard.len();
        tally.gaps += self.gaps.len();
        for (_, gap) in &self.gaps {
            if let Some(at) = REASONS.iter().position(|reason| *reason == gap.reason) {
                tally.by_reason[at] += 1;
            }
        }
    }
}
