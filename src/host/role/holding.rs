//! A WebSocket whose messages do not simply go to the output: its peer reads too slowly and the
//! script has said what is to become of them, or a message is being sent in fragments.

use std::rc::Rc;

use super::backlog::{Content, SendError, Waiting};
use super::context::{Flush, RoleContext};
use super::flags::Flags;
use super::websocket::WebSocket;
use crate::host::effect::Effect;
use crate::host::event::{Dropped, Event, Flushed};
use crate::host::options::Backpressure;
use crate::limits::BACKLOG_FEED_BYTES;
use crate::proto::ws::{Encoding, Fragment, SharedMessage, State, UsageError};

/// Where a message goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::host) enum Way {
    /// To the output.
    Out,
    /// To those that wait by themselves.
    Wait,
}

impl WebSocket {
    /// Whether messages wait by themselves.
    pub(in crate::host) fn holds(&self) -> bool {
        let waits = self.backlog.as_ref().is_some_and(|backlog| !backlog.is_empty());
        waits || self.flags.has(Flags::BEHIND) || self.core.is_fragmenting()
    }

    /// How many bytes the output may have, where messages wait one by one: what is there can be
    /// neither dropped nor replaced.
    fn output_max(&self) -> usize {
        BACKLOG_FEED_BYTES.min(self.max_backpressure / 2)
    }

    /// Where a message goes, if there is no need to write before that is known.
    pub(in crate::host) fn way(&self, waiting: usize) -> Option<Way> {
        if self.core.state() != State::Open {
            return None;
        }
        if self.holds() {
            return self.has_room(waiting).then_some(Way::Wait);
        }
        let goes = self.backpressure.keeps_messages() && waiting <= self.output_max();
        goes.then_some(Way::Out)
    }

    /// Whether a message has begun to be sent, and has not ended.
    pub(in crate::host) fn is_fragmenting(&self) -> bool {
        self.core.is_fragmenting()
    }

    /// Whether less waits than may.
    pub(in crate::host) fn has_room(&self, waiting: usize) -> bool {
        waiting + self.held().0 <= self.max_backpressure
    }

    /// Bytes that wait by themselves: what counts against limits, and what no other connection
    /// shares.
    pub(in crate::host) fn held(&self) -> (usize, usize) {
        self.backlog.as_ref().map_or((0, 0), |backlog| (backlog.cost(), backlog.own_len()))
    }

    /// Messages that were dropped.
    pub(in crate::host) fn dropped_messages(&self) -> u64 {
        self.backlog.as_ref().map_or(0, |backlog| backlog.drops.messages)
    }

    /// Says where a message goes for which much waits already, which has been tried to write.
    pub(in crate::host) fn admit(
        &mut self,
        cx: &mut RoleContext<'_>,
    ) -> (Effect, Result<Way, SendError>) {
        if self.core.state() != State::Open {
            return (Effect::Stay, Err(SendError::NotOpen));
        }
        let waiting = cx.out.len();
        let crowded = waiting > self.max_backpressure;
        match self.backpressure {
            _ if self.holds() => (Effect::Stay, Ok(Way::Wait)),
            Backpressure::DropNew if crowded || self.is_dropping() => {
                self.note_dropped(None);
                (Effect::Stay, Err(SendError::Dropped))
            }
            Backpressure::Close if crowded => {
                (self.check_backpressure(cx), Err(SendError::Backpressure))
            }
            _ if crowded => (Effect::Stay, Ok(Way::Wait)),
            _ => (Effect::Stay, Ok(Way::Out)),
        }
    }

    /// Has a message wait by itself.
    pub(in crate::host) fn hold(
        &mut self,
        message: Waiting,
        cx: &mut RoleContext<'_>,
    ) -> (Effect, Result<(), SendError>) {
        let waiting = cx.out.len();
        let policy = self.backpressure;
        let backlog = self.backlog.get_or_insert_default();
        let key = message.key.as_ref().filter(|_| policy == Backpressure::Coalesce);
        let (replaced, cost) = (backlog.cost_of(key), message.content.cost());
        // What does not grow always fits.
        if cost > replaced && !self.has_room(waiting.saturating_sub(replaced)) {
            match policy {
                Backpressure::DropOld => self.drop_oldest(waiting),
                Backpressure::DropNew => {
                    self.note_dropped(None);
                    return (Effect::Stay, Err(SendError::Dropped));
                }
                Backpressure::Close | Backpressure::Coalesce => {
                    return (self.check_backpressure(cx), Err(SendError::Backpressure));
                }
            }
        }
        if policy == Backpressure::DropNew && self.is_dropping() {
            self.note_dropped(None);
            return (Effect::Stay, Err(SendError::Dropped));
        }
        self.flags.set(Flags::CAREFUL, true);
        self.flags.set(Flags::WATCHED, true);
        let message = match policy {
            Backpressure::Coalesce => message,
            _ => Waiting { key: None, ..message },
        };
        let replaced = self.backlog.get_or_insert_default().push(message);
        if let Some(replaced) = replaced {
            self.note_dropped(replaced.mark);
        }
        (Effect::Stay, Ok(()))
    }

    fn drop_oldest(&mut self, waiting: usize) {
        while !self.has_room(waiting) {
            let oldest = self.backlog.as_mut().and_then(|backlog| backlog.pop());
            let Some(oldest) = oldest else { return };
            self.note_dropped(oldest.mark);
        }
    }

    fn is_dropping(&self) -> bool {
        self.backlog.as_ref().is_some_and(|backlog| backlog.drops.goes_on)
    }

    fn note_dropped(&mut self, mark: Option<u64>) {
        let drops = &mut self.backlog.get_or_insert_default().drops;
        drops.note(mark);
        self.flags.set(Flags::CAREFUL, true);
        // Whoever has missed something hears when it is over.
        self.flags.set(Flags::WATCHED, true);
    }

    /// What the script is to be told of messages that were dropped.
    pub(in crate::host) fn take_dropped(&mut self, cx: &RoleContext<'_>) -> Option<Event> {
        let (marks, begins) = self.backlog.as_mut()?.drops.take_news()?;
        let dropped = Dropped { conn: cx.id, server: cx.server, marks, begins };
        Some(Event::Dropped(Box::new(dropped)))
    }

    /// What is to wait, of a message that others are sent too.
    pub(in crate::host) fn waiting_of(
        &self,
        message: &mut SharedMessage<'_>,
    ) -> Result<Waiting, UsageError> {
        let (outgoing, data, key) = (message.outgoing(), message.data(), message.key().cloned());
        let content = match self.core.encoding_of(message)? {
            Encoding::Frame(frame, compressed) => {
                Content::Frame(frame.clone(), outgoing.len, !compressed)
            }
            Encoding::Own => Content::Message(outgoing, data.into()),
        };
        Ok(Waiting { content, key, mark: None })
    }

    /// Has the script told when the message that was sent last is handed to the kernel.
    pub(in crate::host) fn mark(&mut self, key: Option<&Rc<str>>, cx: &mut RoleContext<'_>) -> u64 {
        let key = key.filter(|_| self.backpressure == Backpressure::Coalesce);
        let mark = cx.shared.next_mark();
        self.backlog.get_or_insert_default().mark(mark, key, cx.out.len());
        mark
    }

    /// The same for what stands last in the output.
    pub(in crate::host) fn mark_output(&mut self, cx: &mut RoleContext<'_>) -> u64 {
        let mark = cx.shared.next_mark();
        self.backlog.get_or_insert_default().marks.set(mark, cx.out.len());
        mark
    }

    /// Sends a frame of a message of which more may come. Other messages wait meanwhile.
    pub(in crate::host) fn send_fragment(
        &mut self,
        fragment: Fragment,
        data: &[u8],
        cx: &mut RoleContext<'_>,
    ) -> Result<(), UsageError> {
        if fragment.kind.is_some() {
            self.release_backlog(cx);
        }
        self.core.send_fragment(fragment, data, cx.out())?;
        self.note_part(data.len(), fragment.kind.is_some(), cx);
        self.pace(cx.schedule.behind);
        Ok(())
    }

    /// Takes the marks of messages that have been handed to the kernel.
    pub(super) fn take_flushed(&mut self) -> Vec<u64> {
        self.backlog.as_mut().map_or_else(Vec::new, |backlog| backlog.marks.take_written())
    }

    /// A write has been made on a WebSocket that has more to think of than its output.
    #[cold]
    pub(super) fn flushed_with_care(&mut self, flush: Flush, cx: &mut RoleContext<'_>) -> Effect {
        let mut drained = false;
        if flush.done {
            if let Some(unsent) = self.unsent.take() {
                cx.shared.spare_unsent.put(unsent);
            }
            if self.core.state() == State::Open && !self.core.is_fragmenting() {
                self.feed(self.output_max().max(1), cx);
            }
            self.core.flush_pong(cx.out());
            if flush.was_behind {
                self.flags.set(Flags::WATCHED, true);
            }
            drained = self.unsent() == 0 && self.flags.take(Flags::WATCHED);
        }
        if flush.done
            && self.unsent() == 0
            && let Some(backlog) = &mut self.backlog
        {
            backlog.drops.goes_on = false;
        }
        self.pace(!flush.done);
        let marks = self.take_flushed();
        self.backlog.take_if(|backlog| backlog.is_idle());
        let (conn, server) = (cx.id, cx.server);
        match (marks.is_empty(), drained) {
            (false, _) => {
                Effect::Emit(Event::Flushed(Box::new(Flushed { conn, server, marks, drained })))
            }
            (true, true) => Effect::Emit(Event::Drain { conn, server }),
            (true, false) => Effect::Stay,
        }
    }

    /// Says when a message is looked at more closely.
    pub(super) fn pace(&mut self, behind: bool) {
        let keeps = self.backpressure.keeps_messages();
        self.flags.set(Flags::BEHIND, behind && keeps);
        let careful = keeps
            || self.is_dropping()
            || self.core.is_fragmenting()
            || self.backlog.as_ref().is_some_and(|backlog| !backlog.is_empty());
        self.flags.set(Flags::CAREFUL, careful);
    }

    /// Hands messages that wait to the output, until that has so many bytes.
    fn feed(&mut self, most: usize, cx: &mut RoleContext<'_>) {
        while cx.out.len() < most {
            let Some(message) = self.backlog.as_mut().and_then(|backlog| backlog.pop()) else {
                return;
            };
            if self.hand_over(message.content, cx).is_err() {
                return;
            }
            if let (Some(mark), Some(backlog)) = (message.mark, &mut self.backlog) {
                backlog.marks.set(mark, cx.out.len());
            }
        }
    }

    fn hand_over(&mut self, content: Content, cx: &mut RoleContext<'_>) -> Result<(), UsageError> {
        match content {
            Content::Message(message, bytes) => {
                self.send(message, cx, |out| out.extend_from_slice(&bytes))
            }
            Content::Frame(frame, payload, plain) => {
                cx.out.push_shared(&frame, &mut cx.shared.buffers);
                self.note_queued(payload, plain, cx);
                Ok(())
            }
        }
    }

    /// What the script has sent stands before its Close, unless a message is unfinished.
    pub(super) fn release_backlog(&mut self, cx: &mut RoleContext<'_>) {
        if self.backlog.is_some() && self.core.state() == State::Open && !self.core.is_fragmenting()
        {
            self.feed(usize::MAX, cx);
        }
    }
}
