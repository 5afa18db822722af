//! What waits for a broker, or for its word that it has it: encoded messages in their order. After a
//! connection is lost, all that was not confirmed is written again; others drop what they have had.

use std::collections::VecDeque;

/// A bounded queue.
#[derive(Debug, Default)]
pub(super) struct Outbox {
    bytes: Vec<u8>,
    /// Where the oldest message begins.
    start: usize,
    /// Up to where it has been written.
    written: usize,
    /// The length and the number of each message.
    messages: VecDeque<(u32, u64)>,
    /// How many of them have been written.
    messages_written: usize,
    /// Numbers of messages that were dropped, of which the others have not been told.
    pub(super) dropped: Option<(u64, u64)>,
}

impl Outbox {
    /// Takes the message with this number, which `encode` appends. False if it has no room; an error
    /// if `encode` does not want it.
    pub(super) fn push<E>(
        &mut self,
        (number, estimate, most): (u64, usize, usize),
        encode: impl FnOnce(&mut Vec<u8>) -> Result<(), E>,
    ) -> Result<bool, E> {
        // One message may be larger than all that may wait.
        if !self.messages.is_empty() && self.waiting() + estimate > most {
            self.note_dropped(number);
            return Ok(false);
        }
        let before = self.bytes.len();
        if let Err(error) = encode(&mut self.bytes) {
            self.bytes.truncate(before);
            self.note_dropped(number);
            return Err(error);
        }
        let len = u32::try_from(self.bytes.len() - before).unwrap_or(u32::MAX);
        self.messages.push_back((len, number));
        Ok(true)
    }

    /// Drops those that the broker does not take, before any is written. Returns why, if there are
    /// some.
    pub(super) fn keep<E>(&mut self, takes: impl Fn(&[u8]) -> Result<(), E>) -> Option<E> {
        let (mut refusal, mut at, mut kept) = (None, self.start, Vec::new());
        let mut messages = std::mem::take(&mut self.messages);
        messages.retain(|(len, number)| {
            let bytes = &self.bytes[at..at + *len as usize];
            at += *len as usize;
            match takes(bytes) {
                Ok(()) => kept.extend_from_slice(bytes),
                Err(error) => {
                    refusal = Some(error);
                    let (from, to) = self.dropped.unwrap_or((*number, *number));
                    self.dropped = Some((from.min(*number), to.max(*number)));
                    return false;
                }
            }
            true
        });
        self.messages = messages;
        if refusal.is_some() {
            self.bytes = kept;
            (self.start, self.written) = (0, 0);
        }
        refusal
    }

    /// The message with this number does not reach the others.
    pub(super) fn note_dropped(&mut self, number: u64) {
        let (from, to) = self.dropped.unwrap_or((number, number));
        self.dropped = Some((from.min(number), to.max(number)));
    }

    /// Bytes of all that waits.
    pub(super) fn waiting(&self) -> usize {
        self.bytes.len() - self.start
    }

    pub(super) fn is_empty(&self) -> bool {
        self.messages.is_empty()
    }

    pub(super) fn has_unwritten(&self) -> bool {
        self.messages_written < self.messages.len()
    }

    /// Writes what has not been written, about `room` bytes of it. Returns how many messages.
    pub(super) fn write(&mut self, out: &mut Vec<u8>, room: usize) -> usize {
        let (mut end, mut count) = (self.written, 0);
        for (len, _) in self.messages.range(self.messages_written..) {
            if end - self.written >= room {
                break;
            }
            end += *len as usize;
            count += 1;
        }
        out.extend_from_slice(&self.bytes[self.written..end]);
        self.written = end;
        self.messages_written += count;
        count
    }

    /// The broker has the oldest messages, or will never have them.
    pub(super) fn confirm(&mut self, messages: usize) -> Option<u64> {
        let mut last = None;
        for _ in 0..messages.min(self.messages_written) {
            let Some((len, number)) = self.messages.pop_front() else { break };
            self.start += len as usize;
            self.messages_written -= 1;
            last = Some(number);
        }
        if self.messages.is_empty() {
            self.bytes.clear();
            (self.start, self.written) = (0, 0);
        } else if self.start > self.bytes.len() / 2 {
            self.bytes.drain(..self.start);
            self.written -= self.start;
            self.start = 0;
        }
        last
    }

    /// There is a new connection: nothing has been written.
    pub(super) fn begin_again(&mut self) {
        self.written = self.start;
        self.messages_written = 0;
    }
}
