//! How much of what was sent has not been handed to the kernel: `bufferedAmount`, to the byte.
//!
//! Spec: <https://websockets.spec.whatwg.org/#dom-websocket-bufferedamount>: the payload of
//! messages, without what framing adds or compression saves.

use std::collections::VecDeque;

use crate::limits::{POOLED_MESSAGES_MAX, POOLED_RECORDS};

/// Spare ones: a connection that has nothing to say owns none.
#[derive(Default)]
#[expect(clippy::vec_box, reason = "they are handed out as boxes")]
pub(in crate::host) struct SpareUnsent {
    spare: Vec<Box<Unsent>>,
}

impl SpareUnsent {
    #[inline]
    #[expect(clippy::unnecessary_box_returns, reason = "a box is what is kept")]
    pub(super) fn take(&mut self) -> Box<Unsent> {
        self.spare.pop().unwrap_or_default()
    }

    /// Takes back one that is empty.
    #[inline]
    pub(super) fn put(&mut self, unsent: Box<Unsent>) {
        if self.spare.len() < POOLED_RECORDS && unsent.messages.capacity() <= POOLED_MESSAGES_MAX {
            self.spare.push(unsent);
        }
    }
}

/// Messages that wait, in the order of their frames.
#[derive(Debug, Default)]
pub(in crate::host) struct Unsent {
    messages: VecDeque<Message>,
    /// The sum of what the messages have left.
    payload: usize,
    /// Bytes on the wire up to the end of the last message.
    wire: usize,
}

#[derive(Debug)]
struct Message {
    /// Bytes on the wire from the end of the message before to the end of this one.
    wire: usize,
    /// What is left of the payload.
    payload: usize,
    /// The payload is the end of the frame as it is. A compressed one counts until its last byte
    /// is gone.
    plain: bool,
}

impl Unsent {
    pub(super) fn payload(&self) -> usize {
        self.payload
    }

    /// Messages that have not been written to the end.
    pub(super) fn messages(&self) -> usize {
        self.messages.len()
    }

    /// A message of `payload` bytes ends `waiting` bytes from the front of the output.
    #[inline]
    pub(super) fn queued(&mut self, payload: usize, plain: bool, waiting: usize) {
        self.messages.push_back(Message { wire: waiting - self.wire, payload, plain });
        self.payload += payload;
        self.wire = waiting;
    }

    /// The kernel took bytes from the front of the output; none is left, if `done`.
    #[inline]
    pub(super) fn written(&mut self, bytes: usize, done: bool) {
        if done {
            self.messages.clear();
            (self.payload, self.wire) = (0, 0);
        } else {
            self.written_in_part(bytes);
        }
    }

    fn written_in_part(&mut self, mut bytes: usize) {
        while let Some(message) = self.messages.front_mut() {
            if bytes < message.wire {
                message.wire -= bytes;
                self.wire -= bytes;
                if message.plain && message.wire < message.payload {
                    self.payload -= message.payload - message.wire;
                    message.payload = message.wire;
                }
                return;
            }
            bytes -= message.wire;
            self.wire -= message.wire;
            self.payload -= message.payload;
            self.messages.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_payload_of_plain_messages_is_counted_to_the_byte() {
        let mut unsent = Unsent::default();
        // 10 bytes of something else, then a header of 2 and 100 of payload, then 4 and 1000.
        unsent.queued(100, true, 112);
        unsent.queued(1000, true, 1116);
        for (written, left) in [(5, 1100), (7, 1100), (1, 1099), (99, 1000), (4, 1000), (400, 600)]
        {
            unsent.written(written, false);
            assert_eq!(unsent.payload(), left, "after {written}");
        }
        // A pong of 6 bytes, which is not counted, and another message of 2 and 10.
        unsent.queued(10, true, 600 + 6 + 12);
        unsent.written(600, false);
        assert_eq!((unsent.payload(), unsent.messages()), (10, 1));
        unsent.written(8, false);
        assert_eq!(unsent.payload(), 10);
        unsent.written(3, false);
        assert_eq!(unsent.payload(), 7);
        unsent.written(7, true);
        assert_eq!(unsent.payload(), 0);
        assert!(unsent.messages.is_empty() && unsent.wire == 0);
    }

    #[test]
    fn a_compressed_message_counts_until_its_last_byte_is_gone() {
        let mut unsent = Unsent::default();
        unsent.queued(5000, false, 42);
        unsent.queued(10, true, 54);
        unsent.written(41, false);
        assert_eq!(unsent.payload(), 5010);
        unsent.written(1, false);
        assert_eq!(unsent.payload(), 10);
    }

    #[test]
    fn what_follows_the_last_message_is_not_counted() {
        let mut unsent = Unsent::default();
        unsent.queued(10, true, 12);
        // A Close frame of 4 bytes stands behind it.
        unsent.written(14, false);
        assert_eq!((unsent.payload(), unsent.wire), (0, 0));
        unsent.queued(1, true, 5);
        assert_eq!(unsent.payload(), 1);
        unsent.written(3, false);
        assert_eq!(unsent.payload(), 1);
        unsent.written(1, false);
        assert_eq!(unsent.payload(), 1);
    }
}
