//! A message for a peer for whom much waits: it is written at once, waits by itself, or is dropped.

use std::rc::Rc;

use super::effect::Effect;
use super::options::Backpressure;
use super::role::{Content, Role, RoleContext, SendError, Waiting, Way, WebSocket};
use super::turn::Host;
use crate::id::ConnId;
use crate::limits::FLUSH_EARLY_BYTES;
use crate::proto::ws::{Fragment, Outgoing, SharedMessage, State, UsageError};

/// What a script wants of one message.
#[derive(Clone, Copy, Debug, Default)]
pub struct SendWish<'a> {
    /// Where it waits for a slow peer, the next message with that key takes its place.
    pub key: Option<&'a Rc<str>>,
    /// `Event::Flushed` is to tell when it has been handed to the kernel.
    pub flushed: bool,
}

impl Host {
    /// As [`send_websocket`](Self::send_websocket), with a wish. Returns the mark of the message as
    /// well, where one is wished for: `Event::Flushed` or `Event::Dropped` brings it, unless the
    /// connection ends before.
    pub fn send_marked(
        &mut self,
        id: ConnId,
        message: Outgoing,
        wish: SendWish<'_>,
        fill: impl FnOnce(&mut Vec<u8>),
    ) -> Result<(usize, Option<u64>), SendError> {
        let holds = match self.conns.get(id).map(|conn| (&conn.role, conn.out.len())) {
            Some((Role::WebSocket(websocket), waiting)) => websocket.is_filling(waiting),
            _ => return Err(SendError::NotOpen),
        };
        let waiting = if holds && self.relieve(id)? == Way::Wait {
            self.hold_message(id, message, wish.key, fill)?
        } else {
            self.send_websocket(id, message, fill)?
        };
        let mark = wish.flushed.then(|| {
            self.with_websocket(id, |websocket, cx| (Effect::Stay, websocket.mark(wish.key, cx)))
        });
        Ok((waiting, mark.flatten()))
    }

    /// A long run of sends need not wait for the end of the turn; what a peer does not read even so
    /// must not fill the memory. Says where the next message goes.
    pub(super) fn relieve(&mut self, id: ConnId) -> Result<Way, SendError> {
        // There is time to write what waits by itself.
        let way = self.conns.get(id).and_then(|conn| match &conn.role {
            Role::WebSocket(websocket) => websocket.way(conn.out.len()),
            _ => None,
        });
        if let Some(way) = way {
            return Ok(way);
        }
        self.flush_conn(id);
        let way = self.with_websocket(id, WebSocket::admit);
        self.tell_dropped(id);
        way.unwrap_or(Err(SendError::NotOpen))
    }

    /// The same for a ping or a pong of the script, which is nothing that a peer misses.
    pub(super) fn relieve_control(&mut self, id: ConnId) -> bool {
        self.flush_conn(id);
        let fits = self.with_websocket(id, |websocket, cx| {
            let fits = cx.out.len() <= websocket.max_backpressure;
            let effect = match websocket.backpressure {
                Backpressure::Close => websocket.check_output(cx),
                _ => Effect::Stay,
            };
            (effect, fits)
        });
        fits.unwrap_or(false)
    }

    /// Has a message wait by itself. Returns how many bytes wait then.
    #[cold]
    pub(super) fn hold_message(
        &mut self,
        id: ConnId,
        message: Outgoing,
        key: Option<&Rc<str>>,
        fill: impl FnOnce(&mut Vec<u8>),
    ) -> Result<usize, SendError> {
        let mut bytes = Vec::with_capacity(message.len);
        fill(&mut bytes);
        let content = Content::Message(message, bytes.into());
        self.hold(id, Waiting { content, key: key.cloned(), mark: None })
    }

    /// The same for one that others are sent too.
    #[cold]
    pub(super) fn hold_shared(
        &mut self,
        id: ConnId,
        message: &mut SharedMessage<'_>,
    ) -> Result<(), SendError> {
        let waiting = match self.conns.get(id).map(|conn| &conn.role) {
            Some(Role::WebSocket(websocket)) => websocket.waiting_of(message),
            _ => return Err(SendError::NotOpen),
        };
        self.hold(id, waiting.map_err(|_| SendError::NotOpen)?).map(drop)
    }

    fn hold(&mut self, id: ConnId, message: Waiting) -> Result<usize, SendError> {
        let more = message.content.cost();
        let held = self.with_websocket(id, |websocket, cx| websocket.hold(message, cx));
        self.tell_dropped(id);
        held.unwrap_or(Err(SendError::NotOpen))?;
        self.limit_unsent(more);
        Ok(self.waiting_for(id))
    }

    fn tell_dropped(&mut self, id: ConnId) {
        let Some(conn) = self.conns.get_mut(id) else { return };
        let event = conn.act(&mut self.shared, |role, cx| match role {
            Role::WebSocket(websocket) => websocket.take_dropped(cx),
            _ => None,
        });
        self.queue.extend(event);
    }

    /// Sends a frame of a message of which more may come; other messages wait meanwhile. Returns how
    /// many bytes wait, and the mark of the frame, if one is wished for.
    pub fn send_fragment(
        &mut self,
        id: ConnId,
        fragment: Fragment,
        data: &[u8],
        flushed: bool,
    ) -> Result<(usize, Option<u64>), UsageError> {
        let closed = UsageError::NotOpen { state: State::Closed };
        let Some((waiting, most)) = self.conns.get(id).and_then(|conn| match &conn.role {
            Role::WebSocket(websocket) => Some((conn.out.len(), websocket.max_backpressure)),
            _ => None,
        }) else {
            return Err(closed);
        };
        if waiting > most.min(FLUSH_EARLY_BYTES) {
            self.flush_conn(id);
            // The rest of a message cannot be dropped, whatever the script has chosen.
            let fits = |websocket: &mut WebSocket, cx: &mut RoleContext<'_>| {
                (websocket.check_output(cx), ())
            };
            self.with_websocket(id, fits);
        }
        let sent = self.with_websocket(id, |websocket, cx| {
            let sent = websocket.send_fragment(fragment, data, cx);
            let sent = sent.map(|()| flushed.then(|| websocket.mark_output(cx)));
            (Effect::Stay, sent)
        });
        let mark = sent.unwrap_or(Err(closed))?;
        Ok((self.waiting_for(id), mark))
    }

    /// Whether a WebSocket has begun to send a message, and not ended it.
    pub fn is_fragmenting(&self, id: ConnId) -> bool {
        match self.conns.get(id).map(|conn| &conn.role) {
            Some(Role::WebSocket(websocket)) => websocket.is_fragmenting(),
            _ => false,
        }
    }

    /// Bytes that wait for a peer, frames and all.
    pub fn waiting_for(&self, id: ConnId) -> usize {
        self.conns.get(id).map_or(0, |conn| conn.out.len() + conn.role.held().0)
    }

    /// How many messages were dropped for a peer that reads too slowly.
    pub fn dropped_messages(&self, id: ConnId) -> u64 {
        match self.conns.get(id).map(|conn| &conn.role) {
            Some(Role::WebSocket(websocket)) => websocket.dropped_messages(),
            _ => 0,
        }
    }
}
