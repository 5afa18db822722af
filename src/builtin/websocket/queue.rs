//! Messages that wait for an outgoing socket to open, or to open again. They are bounded: what does
//! not fit is refused, and the script told, instead of let go in silence.

use std::collections::VecDeque;
use std::fmt;

use crate::limits::{QUEUE_BYTES, QUEUE_MESSAGES};
use crate::proto::ws::MessageKind;

/// What the option `queue` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct QueueLimits {
    pub(super) max_messages: usize,
    pub(super) max_bytes: usize,
}

impl Default for QueueLimits {
    fn default() -> Self {
        Self { max_messages: QUEUE_MESSAGES, max_bytes: QUEUE_BYTES }
    }
}

/// One message.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Queued {
    pub(super) kind: MessageKind,
    pub(super) compress: Option<bool>,
    pub(super) bytes: Box<[u8]>,
}

/// What one socket has waiting.
#[derive(Debug)]
pub(super) struct Queue {
    limits: QueueLimits,
    messages: VecDeque<Queued>,
    bytes: usize,
}

/// A message does not fit.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Full {
    Messages(usize),
    Bytes { waiting: usize, more: usize, most: usize },
}

impl Queue {
    pub(super) fn new(limits: QueueLimits) -> Self {
        Self { limits, messages: VecDeque::new(), bytes: 0 }
    }

    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Has a message wait.
    pub(super) fn push(
        &mut self,
        kind: MessageKind,
        compress: Option<bool>,
        bytes: &[u8],
    ) -> Result<(), Full> {
        let QueueLimits { max_messages, max_bytes } = self.limits;
        if self.messages.len() >= max_messages {
            return Err(Full::Messages(max_messages));
        }
        if bytes.len() > max_bytes.saturating_sub(self.bytes) {
            let (waiting, more) = (self.bytes, bytes.len());
            return Err(Full::Bytes { waiting, more, most: max_bytes });
        }
        self.bytes += bytes.len();
        self.messages.push_back(Queued { kind, compress, bytes: bytes.into() });
        Ok(())
    }

    /// The oldest leaves, if `send` takes it; false if there is none or it stays.
    pub(super) fn send_first(&mut self, send: impl FnOnce(&Queued) -> bool) -> bool {
        let leaves = self.messages.front().is_some_and(send);
        if leaves && let Some(sent) = self.messages.pop_front() {
            self.bytes -= sent.bytes.len();
        }
        leaves
    }

    /// Lets go of all, and returns their bytes.
    pub(super) fn clear(&mut self) -> usize {
        self.messages = VecDeque::new();
        std::mem::take(&mut self.bytes)
    }
}

impl fmt::Display for Full {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Messages(1) => f.write_str("1 message waits already (option queue.maxMessages)"),
            Self::Messages(most) => {
                write!(f, "{most} messages wait already (option queue.maxMessages)")
            }
            Self::Bytes { waiting, more, most } => write!(
                f,
                "{waiting} bytes wait already, and {more} more are beyond the {most} that may \
                 (option queue.maxBytes)"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queue(max_messages: usize, max_bytes: usize) -> Queue {
        Queue::new(QueueLimits { max_messages, max_bytes })
    }

    #[test]
    fn messages_leave_in_order_and_one_that_cannot_stays() {
        let mut queue = queue(3, 10);
        for text in ["a", "bc", ""] {
            assert_eq!(queue.push(MessageKind::Text, None, text.as_bytes()), Ok(()));
        }
        assert_eq!(queue.bytes(), 3);
        assert!(queue.send_first(|message| *message.bytes == *b"a"));
        assert!(!queue.send_first(|_| false));
        assert!(queue.send_first(|message| *message.bytes == *b"bc"));
        assert!(queue.send_first(|message| message.bytes.is_empty()));
        assert!(!queue.send_first(|_| true));
        assert_eq!(queue.bytes(), 0);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let mut queue = queue(2, 4);
        assert_eq!(queue.push(MessageKind::Binary, None, b"abc"), Ok(()));
        let full = Full::Bytes { waiting: 3, more: 2, most: 4 };
        assert_eq!(queue.push(MessageKind::Binary, None, b"de"), Err(full));
        assert_eq!(queue.push(MessageKind::Binary, None, b"d"), Ok(()));
        assert_eq!(queue.push(MessageKind::Binary, None, b""), Err(Full::Messages(2)));
        assert_eq!((queue.clear(), queue.bytes()), (4, 0));
        assert_eq!(queue.push(MessageKind::Text, None, b"abcd"), Ok(()));
    }
}
