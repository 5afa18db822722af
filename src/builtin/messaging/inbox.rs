//! What waits for one receiver, wherever that is: a port, a channel, a worker.
//!
//! It may be filled before anybody has it, and while it is on its way from one thread to another.
//! Nothing here knows what the messages are.

use std::collections::VecDeque;
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::mailbox::Mailbox;
use crate::limits::{INBOX_BYTES_MAX, INBOX_MESSAGE_BYTES};

/// Messages for one receiver.
pub(in crate::builtin) struct Inbox<M>(Mutex<Contents<M>>);

struct Contents<M> {
    waiting: VecDeque<(M, usize)>,
    bytes: usize,
    owner: Option<(Arc<Mailbox>, u64)>,
    /// Nobody sends any more.
    has_ended: bool,
    /// Nobody receives any more.
    is_shut: bool,
}

/// What a receiver finds.
pub(super) enum Taken<M> {
    Message(M),
    Nothing,
    /// Nothing, and nothing will come.
    Ended,
}

/// So much waits already that a message of so many bytes is not taken.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Full {
    pub(super) waiting: usize,
    pub(super) bytes: usize,
}

impl<M> Default for Inbox<M> {
    fn default() -> Self {
        Self(Mutex::new(Contents {
            waiting: VecDeque::new(),
            bytes: 0,
            owner: None,
            has_ended: false,
            is_shut: false,
        }))
    }
}

impl<M> Inbox<M> {
    /// Puts a message of so many bytes in. One that nobody will receive is dropped.
    pub(super) fn put(&self, message: M, size: usize) -> Result<(), Full> {
        let size = size + INBOX_MESSAGE_BYTES;
        let mut contents = self.lock();
        if contents.is_shut {
            // Not under the lock: it may be the last end of another channel, or of this one.
            drop(contents);
            return Ok(());
        }
        // One message may be larger than all that may wait.
        if contents.bytes > 0 && contents.bytes + size > INBOX_BYTES_MAX {
            return Err(Full { waiting: contents.waiting.len(), bytes: contents.bytes });
        }
        contents.bytes += size;
        contents.waiting.push_back((message, size));
        let owner = contents.owner.clone();
        drop(contents);
        if let Some((mailbox, receiver)) = owner {
            mailbox.put(receiver, 1);
        }
        Ok(())
    }

    /// Puts a mark of no bytes in where a message was not taken, unless there is one already.
    pub(super) fn put_mark(&self, mark: M, is_mark: fn(&M) -> bool) {
        let mut contents = self.lock();
        if contents.is_shut || contents.waiting.back().is_some_and(|(last, _)| is_mark(last)) {
            return;
        }
        contents.waiting.push_back((mark, 0));
        let owner = contents.owner.clone();
        drop(contents);
        if let Some((mailbox, receiver)) = owner {
            mailbox.put(receiver, 1);
        }
    }

    /// Takes the oldest message.
    pub(super) fn take(&self) -> Taken<M> {
        let mut contents = self.lock();
        match contents.waiting.pop_front() {
            Some((message, size)) => {
                contents.bytes -= size;
                Taken::Message(message)
            }
            None if contents.has_ended => Taken::Ended,
            None => Taken::Nothing,
        }
    }

    /// Whether there is nothing, and nothing will come.
    pub(super) fn is_over(&self) -> bool {
        let contents = self.lock();
        contents.has_ended && contents.waiting.is_empty()
    }

    /// From now on a receiver is told of what comes. It is told of all that waits already.
    pub(super) fn belong_to(&self, mailbox: Arc<Mailbox>, receiver: u64) {
        self.lock().owner = Some((mailbox, receiver));
        self.remind();
    }

    /// Nobody is told of what comes.
    pub(super) fn belong_to_nobody(&self) {
        self.lock().owner = None;
    }

    /// Tells the receiver of all that waits, and of the end.
    pub(super) fn remind(&self) {
        let contents = self.lock();
        let times = contents.waiting.len() + usize::from(contents.has_ended);
        let owner = contents.owner.clone();
        drop(contents);
        if let Some((mailbox, receiver)) = owner {
            mailbox.put(receiver, times);
        }
    }

    /// Nothing more comes.
    pub(super) fn end(&self) {
        let mut contents = self.lock();
        if mem::replace(&mut contents.has_ended, true) {
            return;
        }
        let owner = contents.owner.clone();
        drop(contents);
        if let Some((mailbox, receiver)) = owner {
            mailbox.put(receiver, 1);
        }
    }

    /// Nobody wants what is there and what comes.
    pub(super) fn shut(&self) {
        let mut contents = self.lock();
        contents.is_shut = true;
        contents.owner = None;
        contents.bytes = 0;
        let waiting = mem::take(&mut contents.waiting);
        drop(contents);
        // What is dropped here may be ends of other channels.
        drop(waiting);
    }

    fn lock(&self) -> MutexGuard<'_, Contents<M>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One end of a channel of two inboxes. When it is dropped, the other end hears of it.
pub(in crate::builtin) struct End<M> {
    pub(super) mine: Arc<Inbox<M>>,
    theirs: Arc<Inbox<M>>,
}

/// The two ends of a new channel.
pub(super) fn channel<M>() -> [End<M>; 2] {
    let inboxes = [Arc::new(Inbox::default()), Arc::new(Inbox::default())];
    let [one, two] = inboxes;
    [End { mine: one.clone(), theirs: two.clone() }, End { mine: two, theirs: one }]
}

impl<M> End<M> {
    /// Puts a message into the inbox of the other end.
    pub(super) fn post(&self, message: M, size: usize) -> Result<(), Full> {
        self.theirs.put(message, size)
    }

    /// Whether these are the two ends of one channel.
    pub(super) fn is_other_end_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.mine, &other.theirs)
    }
}

impl<M> Drop for End<M> {
    fn drop(&mut self) {
        self.theirs.end();
        self.mine.shut();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(end: &End<u32>) -> Vec<u32> {
        let mut found = Vec::new();
        while let Taken::Message(message) = end.mine.take() {
            found.push(message);
        }
        found
    }

    #[test]
    fn messages_keep_their_order_and_come_before_the_end() {
        let [one, two] = channel();
        for message in 0..3 {
            one.post(message, 0).unwrap();
        }
        drop(one);
        assert_eq!(all(&two), [0, 1, 2]);
        assert!(matches!(two.mine.take(), Taken::Ended));
        two.post(4, 0).unwrap();
    }

    #[test]
    fn what_waits_is_bounded() {
        let [one, two] = channel();
        one.post(1, 2 * INBOX_BYTES_MAX).unwrap();
        let bytes = 2 * INBOX_BYTES_MAX + INBOX_MESSAGE_BYTES;
        assert_eq!(one.post(2, 0), Err(Full { waiting: 1, bytes }));
        assert_eq!(all(&two), [1]);
        one.post(3, 0).unwrap();
        assert_eq!(all(&two), [3]);
    }

    #[test]
    fn an_end_in_its_own_message_does_not_lock_itself_up() {
        struct Nested(#[expect(dead_code, reason = "it is there to be dropped")] Option<End<Self>>);
        let [one, two] = channel();
        let [inner, other] = channel::<Nested>();
        one.post(Nested(Some(inner)), 0).unwrap();
        other.post(Nested(Some(one)), 0).unwrap();
        drop(two);
        assert!(matches!(other.mine.take(), Taken::Ended));
    }
}
