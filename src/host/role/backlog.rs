//! What a WebSocket has not handed to its output yet, and what it has promised to tell of it.
//!
//! Bytes in the output are on their way: they can be neither dropped nor replaced. Messages wait here
//! instead, one by one, where the script has chosen what becomes of them when a peer reads too
//! slowly, and while a message is sent in fragments. They are compressed when they leave, so that a
//! compressor that remembers what it has sent never refers to a message that was dropped.

use std::collections::{HashMap, VecDeque};
use std::rc::Rc;
use std::sync::Arc;

use crate::host::event::ConnError;
use crate::limits::{BACKLOG_MESSAGE_BYTES, SHARED_CHUNK_BYTES_MIN};
use crate::proto::ws::Outgoing;

/// Why a message was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendError {
    /// The connection is closing or gone.
    NotOpen,
    /// Too much waits for the peer already; the connection has been closed with 1013.
    Backpressure,
    /// Too much waits for the peer already, and the script has chosen that the message is dropped.
    Dropped,
}

/// A message that waits.
#[derive(Debug)]
pub(in crate::host) struct Waiting {
    pub(in crate::host) content: Content,
    pub(in crate::host) key: Option<Rc<str>>,
    /// The script is to be told when it is on its way.
    pub(in crate::host) mark: Option<u64>,
}

/// What is to be sent.
#[derive(Debug)]
pub(in crate::host) enum Content {
    /// A message, to be encoded for this connection.
    Message(Outgoing, Box<[u8]>),
    /// A frame that serves other connections too, the size of its payload, and whether it holds that
    /// as it is.
    Frame(Arc<[u8]>, usize, bool),
}

impl Content {
    fn payload(&self) -> usize {
        match self {
            Self::Message(message, _) => message.len,
            Self::Frame(_, payload, _) => *payload,
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Message(_, bytes) => bytes.len(),
            Self::Frame(frame, ..) => frame.len(),
        }
    }

    /// What it counts against the limit.
    pub(in crate::host) fn cost(&self) -> usize {
        self.len() + BACKLOG_MESSAGE_BYTES
    }

    /// What it takes of memory that no other connection shares.
    fn own_len(&self) -> usize {
        match self {
            Self::Frame(frame, ..) if frame.len() >= SHARED_CHUNK_BYTES_MIN => {
                BACKLOG_MESSAGE_BYTES
            }
            _ => self.cost(),
        }
    }
}

/// See the top of the file.
#[derive(Debug, Default)]
pub(in crate::host) struct Backlog {
    messages: VecDeque<Waiting>,
    /// How many messages have left before the first of them: its place, in the order of all.
    begin: u64,
    /// The place of the message that waits with a key.
    keys: HashMap<Rc<str>, u64>,
    cost: usize,
    payload: usize,
    own: usize,
    pub(in crate::host) marks: Marks,
    pub(in crate::host) drops: Drops,
    /// Why the connection has failed: here, since few do, and all have room for this.
    pub(in crate::host) error: Option<ConnError>,
}

/// What has been dropped.
#[derive(Debug, Default)]
pub(in crate::host) struct Drops {
    /// Messages, in all.
    pub(in crate::host) messages: u64,
    /// Some have been since everything was written the last time.
    pub(in crate::host) goes_on: bool,
    /// What the script has not been told: that this has begun, and the marks of such messages.
    begins: bool,
    marks: Vec<u64>,
}

impl Drops {
    /// A message is dropped.
    pub(in crate::host) fn note(&mut self, mark: Option<u64>) {
        self.messages += 1;
        self.marks.extend(mark);
        self.begins |= !std::mem::replace(&mut self.goes_on, true);
    }

    /// Takes what the script is to be told: marks, and whether these are the first.
    pub(in crate::host) fn take_news(&mut self) -> Option<(Vec<u64>, bool)> {
        let (marks, begins) = (std::mem::take(&mut self.marks), std::mem::take(&mut self.begins));
        (begins || !marks.is_empty()).then_some((marks, begins))
    }
}

impl Backlog {
    pub(in crate::host) fn is_empty(&self) -> bool {
        self.messages.is_empty()
    }

    /// Whether nothing is lost with it.
    pub(in crate::host) fn is_idle(&self) -> bool {
        let is_written = self.messages.is_empty() && self.marks.places.is_empty();
        is_written && self.drops.messages == 0 && self.error.is_none()
    }

    /// How many messages wait.
    pub(in crate::host) fn messages(&self) -> usize {
        self.messages.len()
    }

    /// Bytes that count against the limit.
    pub(in crate::host) fn cost(&self) -> usize {
        self.cost
    }

    /// The bytes of their payload.
    pub(in crate::host) fn payload(&self) -> usize {
        self.payload
    }

    /// Bytes that no other connection shares.
    pub(in crate::host) fn own_len(&self) -> usize {
        self.own
    }

    /// What the message counts that waits with this key; 0 if there is none.
    pub(in crate::host) fn cost_of(&self, key: Option<&Rc<str>>) -> usize {
        let place = key.and_then(|key| self.keys.get(key));
        let at = place.and_then(|place| usize::try_from(place - self.begin).ok());
        let waiting = at.and_then(|at| self.messages.get(at));
        waiting.map_or(0, |waiting| waiting.content.cost())
    }

    /// Has a message wait: behind all others, or in place of the one with the same key, which is
    /// returned.
    pub(in crate::host) fn push(&mut self, message: Waiting) -> Option<Waiting> {
        self.count(&message);
        let end = self.begin + self.messages.len() as u64;
        let Some(key) = &message.key else {
            self.messages.push_back(message);
            return None;
        };
        let known = self.keys.get(key).copied();
        let waiting = known.and_then(|place| {
            let at = usize::try_from(place - self.begin).ok()?;
            self.messages.get_mut(at)
        });
        if let Some(waiting) = waiting {
            let replaced = std::mem::replace(waiting, message);
            self.discount(&replaced);
            return Some(replaced);
        }
        self.keys.insert(key.clone(), end);
        self.messages.push_back(message);
        None
    }

    /// Takes the oldest.
    pub(in crate::host) fn pop(&mut self) -> Option<Waiting> {
        let message = self.messages.pop_front()?;
        self.begin += 1;
        self.discount(&message);
        if let Some(key) = &message.key {
            self.keys.remove(key);
        }
        if self.messages.is_empty() {
            // What a burst has taken.
            self.messages = VecDeque::new();
            self.keys = HashMap::new();
        }
        Some(message)
    }

    /// Has the script told when the message that came last is on its way, which ends so many bytes
    /// from the front of the output unless it waits here.
    pub(in crate::host) fn mark(&mut self, mark: u64, key: Option<&Rc<str>>, waiting: usize) {
        let end = self.begin + self.messages.len() as u64;
        let keyed = key.and_then(|key| self.keys.get(key).copied());
        let place = keyed.unwrap_or_else(|| end.wrapping_sub(1));
        let at = usize::try_from(place.wrapping_sub(self.begin)).ok();
        match at.and_then(|at| self.messages.get_mut(at)) {
            Some(message) => message.mark = Some(mark),
            None => self.marks.set(mark, waiting),
        }
    }

    fn count(&mut self, message: &Waiting) {
        self.cost += message.content.cost();
        self.payload += message.content.payload();
        self.own += message.content.own_len();
    }

    fn discount(&mut self, message: &Waiting) {
        self.cost -= message.content.cost();
        self.payload -= message.content.payload();
        self.own -= message.content.own_len();
    }
}

/// Places in the output of which the script is told when they have been written.
#[derive(Debug, Default)]
pub(in crate::host) struct Marks {
    /// With the bytes from the one before.
    places: VecDeque<(u64, usize)>,
    /// Where the last one is, from the front of the output.
    end: usize,
    /// Those that have been written, and were not told of.
    written: Vec<u64>,
}

impl Marks {
    /// Marks the place that is so many bytes from the front of the output.
    pub(in crate::host) fn set(&mut self, mark: u64, waiting: usize) {
        self.places.push_back((mark, waiting - self.end));
        self.end = waiting;
    }

    /// Bytes from the front of the output have been written; all, if `done`.
    pub(in crate::host) fn written(&mut self, mut bytes: usize, done: bool) {
        while let Some((mark, distance)) = self.places.front_mut() {
            if !done && bytes < *distance {
                *distance -= bytes;
                self.end -= bytes;
                return;
            }
            bytes = bytes.saturating_sub(*distance);
            self.end -= *distance;
            self.written.push(*mark);
            self.places.pop_front();
        }
    }

    /// Takes those that have been written.
    pub(in crate::host) fn take_written(&mut self) -> Vec<u64> {
        std::mem::take(&mut self.written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proto::ws::MessageKind;

    fn message(text: &str, key: Option<&str>) -> Waiting {
        let outgoing = Outgoing { kind: MessageKind::Text, len: text.len(), compress: None };
        let content = Content::Message(outgoing, text.as_bytes().into());
        Waiting { content, key: key.map(Rc::from), mark: None }
    }

    fn texts(backlog: &mut Backlog) -> Vec<String> {
        let mut texts = Vec::new();
        while let Some(Waiting { content: Content::Message(_, bytes), .. }) = backlog.pop() {
            texts.push(String::from_utf8(bytes.into()).unwrap());
        }
        texts
    }

    #[test]
    fn messages_leave_in_order_and_a_key_keeps_its_place() {
        let mut backlog = Backlog::default();
        for (text, key) in [("a1", Some("a")), ("x", None), ("b1", Some("b")), ("y", None)] {
            assert!(backlog.push(message(text, key)).is_none());
        }
        assert!(backlog.push(message("a22", Some("a"))).is_some());
        assert_eq!((backlog.messages(), backlog.payload()), (4, 7));
        assert_eq!(backlog.cost(), 7 + 4 * BACKLOG_MESSAGE_BYTES);
        // One leaves, and the places of the others are what they were.
        let Some(Waiting { content, .. }) = backlog.pop() else { panic!("nothing") };
        assert_eq!(content.payload(), 3);
        assert!(backlog.push(message("a3", Some("a"))).is_none());
        assert!(backlog.push(message("b2", Some("b"))).is_some());
        assert_eq!(texts(&mut backlog), ["x", "b2", "y", "a3"]);
        assert_eq!((backlog.cost(), backlog.payload(), backlog.own_len()), (0, 0, 0));
    }

    #[test]
    fn what_others_share_is_not_counted_as_own() {
        let mut backlog = Backlog::default();
        let frame: Arc<[u8]> = vec![0; 5000].into();
        let content = Content::Frame(frame, 4996, true);
        backlog.push(Waiting { content, key: None, mark: None });
        assert_eq!((backlog.own_len(), backlog.payload()), (BACKLOG_MESSAGE_BYTES, 4996));
        assert_eq!(backlog.cost(), 5000 + BACKLOG_MESSAGE_BYTES);
    }

    #[test]
    fn a_mark_stands_at_the_message_that_came_last() {
        let mut backlog = Backlog::default();
        backlog.mark(1, None, 10);
        backlog.push(message("a", Some("a")));
        backlog.push(message("b", None));
        backlog.mark(2, Some(&"a".into()), 10);
        backlog.mark(3, None, 10);
        assert_eq!(backlog.pop().and_then(|waiting| waiting.mark), Some(2));
        assert_eq!(backlog.pop().and_then(|waiting| waiting.mark), Some(3));
        backlog.marks.written(9, false);
        assert!(backlog.marks.take_written().is_empty());
        backlog.marks.set(2, 5);
        backlog.marks.written(1, false);
        assert_eq!(backlog.marks.take_written(), [1]);
        backlog.marks.written(4, true);
        assert_eq!(backlog.marks.take_written(), [2]);
    }

    #[test]
    fn one_run_of_drops_is_told_once() {
        let mut drops = Drops::default();
        drops.note(None);
        drops.note(Some(7));
        assert_eq!(drops.take_news(), Some((vec![7], true)));
        drops.note(None);
        assert_eq!(drops.take_news(), None);
        drops.goes_on = false;
        drops.note(None);
        assert_eq!(drops.take_news(), Some((vec![], true)));
        assert_eq!(drops.messages, 4);
    }
}
