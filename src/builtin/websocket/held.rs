//! Messages that nobody has taken: they wait for a loop, `for await (const data of ws)`.
//!
//! They are bounded, and a socket whose messages no script wants must not stall. So beyond the
//! limit they are let go, and a loop that begins after that is told.

use boa_engine::{Finalize, JsValue, Trace};

use crate::limits::{HELD_MESSAGE_BYTES, HELD_MESSAGES_BYTES_MAX};

/// What one socket holds.
#[derive(Default, Trace, Finalize)]
pub(super) struct Held {
    messages: Vec<JsValue>,
    bytes: usize,
    /// There were too many.
    lost: bool,
    /// Somebody else took the last message that a loop was given.
    shared: bool,
}

impl Held {
    /// Keeps a message of `len` bytes.
    pub(super) fn push(&mut self, message: JsValue, len: usize) {
        self.bytes = self.bytes.saturating_add(len + HELD_MESSAGE_BYTES);
        self.lost |= self.bytes > HELD_MESSAGES_BYTES_MAX;
        if self.lost {
            self.clear();
        } else {
            self.messages.push(message);
        }
    }

    /// A message went to listeners, who do not get what was there before they listened. Whether a
    /// handler took it too is for `give_back` to know.
    pub(super) fn note_taken(&mut self, by_handler: bool) {
        self.clear();
        self.lost = false;
        self.shared = by_handler;
    }

    /// Hands over what there is to a loop that begins. `None`: some is lost.
    pub(super) fn take(&mut self) -> Option<Vec<JsValue>> {
        let messages = std::mem::take(&mut self.messages);
        self.bytes = 0;
        (!std::mem::take(&mut self.lost)).then_some(messages)
    }

    /// Whether what a loop leaves behind was its own alone.
    pub(super) fn takes_back(&self) -> bool {
        !self.shared
    }

    fn clear(&mut self) {
        self.messages = Vec::new();
        self.bytes = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(lens: &[usize]) -> Held {
        let mut held = Held::default();
        for (index, len) in lens.iter().enumerate() {
            held.push(JsValue::from(index), *len);
        }
        held
    }

    #[test]
    fn messages_wait_in_order() {
        let mut held = held(&[1, 2, 0]);
        assert_eq!(held.take(), Some([0, 1, 2].map(JsValue::from).to_vec()));
        assert_eq!(held.take(), Some(Vec::new()));
    }

    #[test]
    fn too_many_bytes_are_let_go_and_told_once() {
        let most = HELD_MESSAGES_BYTES_MAX - HELD_MESSAGE_BYTES;
        assert!(held(&[most]).take().is_some());
        let mut held = held(&[most, 0, 1]);
        assert_eq!((held.messages.len(), held.messages.capacity()), (0, 0));
        assert_eq!(held.take(), None);
        held.push(JsValue::from(7), 1);
        assert_eq!(held.take(), Some(vec![JsValue::from(7)]));
    }

    #[test]
    fn a_listener_drops_what_came_before_it() {
        let mut held = held(&[HELD_MESSAGES_BYTES_MAX, 1]);
        held.note_taken(false);
        assert_eq!(held.take(), Some(Vec::new()));
    }
}
