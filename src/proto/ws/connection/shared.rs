//! One message for many connections: encoded once for each way in which they want it.

use std::cell::OnceCell;
use std::rc::Rc;
use std::sync::Arc;

use super::machine::Connection;
use super::send::Outgoing;
use crate::limits::SHARED_CHUNK_BYTES_MIN;
use crate::proto::ws::config::Role;
use crate::proto::ws::deflate::{self, Params};
use crate::proto::ws::error::UsageError;
use crate::proto::ws::frame;
use crate::proto::ws::opcode::MessageKind;
use crate::proto::ws::state::State;

/// A message that many connections are sent, and its frames as far as they have been asked for.
#[derive(Debug)]
pub struct SharedMessage<'a> {
    kind: MessageKind,
    data: &'a [u8],
    compress: Option<bool>,
    key: Option<Rc<str>>,
    plain: OnceCell<Arc<[u8]>>,
    /// By window bits and level. There are as many as a server's peers can agree on: eight.
    deflated: Vec<((u8, u8), Deflated)>,
}

/// The frames of a message, apart from what it was made of: for those whom another thread serves.
#[derive(Clone, Debug)]
pub struct Frames {
    plain: Arc<[u8]>,
    /// Where in it the payload begins.
    payload_at: usize,
    deflated: Vec<((u8, u8), Deflated)>,
}

impl Frames {
    /// The payload.
    pub fn data(&self) -> &[u8] {
        self.plain.get(self.payload_at..).unwrap_or_default()
    }
}

/// What came of compressing.
#[derive(Clone, Debug)]
enum Deflated {
    Smaller(Arc<[u8]>),
    /// Nothing: the plain frame serves.
    No,
}

/// The encoding that serves one connection.
#[derive(Clone, Copy, Debug)]
pub enum Encoding<'a> {
    /// This frame, as it is, and whether it is a compressed one.
    Frame(&'a Arc<[u8]>, bool),
    /// One of its own: it masks what it sends, or refers to what it has sent before. Or the message
    /// is so small that to encode it again is cheaper than to share it.
    Own,
}

impl<'a> SharedMessage<'a> {
    /// A message. The bytes of a text are UTF-8; `compress` is as in [`Outgoing`].
    pub fn new(kind: MessageKind, data: &'a [u8], compress: Option<bool>) -> Self {
        Self { kind, data, compress, key: None, plain: OnceCell::new(), deflated: Vec::new() }
    }

    /// A message whose frames are there, as far as somebody has needed them.
    pub fn of_frames(kind: MessageKind, frames: &'a Frames, compress: Option<bool>) -> Self {
        let (plain, deflated) = (frames.plain.clone().into(), frames.deflated.clone());
        Self { kind, data: frames.data(), compress, key: None, plain, deflated }
    }

    /// Its frames: the plain one, and those compressed ones that have been asked for.
    pub fn to_frames(&self) -> Frames {
        let plain = self.plain().clone();
        let payload_at = plain.len().saturating_sub(self.data.len());
        Frames { plain, payload_at, deflated: self.deflated.clone() }
    }

    /// The same with a key: where it waits for a slow peer, the next message with that key takes its
    /// place.
    #[must_use]
    pub fn with_key(self, key: Option<Rc<str>>) -> Self {
        Self { key, ..self }
    }

    /// Its key.
    pub fn key(&self) -> Option<&Rc<str>> {
        self.key.as_ref()
    }

    /// The bytes of its payload.
    pub fn data(&self) -> &'a [u8] {
        self.data
    }

    /// The same for [`Connection::send`].
    pub fn outgoing(&self) -> Outgoing {
        Outgoing { kind: self.kind, len: self.data.len(), compress: self.compress }
    }

    /// Every frame that it has been encoded as.
    pub fn frames(&self) -> impl Iterator<Item = &Arc<[u8]>> {
        let deflated = self.deflated.iter().filter_map(|(_, deflated)| match deflated {
            Deflated::Smaller(frame) => Some(frame),
            Deflated::No => None,
        });
        self.plain.get().into_iter().chain(deflated)
    }

    fn plain(&self) -> &Arc<[u8]> {
        self.plain.get_or_init(|| {
            let mut frame = Vec::new();
            frame::encode_frame(self.kind, self.data, &mut frame);
            frame.into()
        })
    }

    fn deflated(&mut self, params: &Params) -> Encoding<'_> {
        let key = (params.compress_bits, params.level);
        let known = self.deflated.iter().position(|(known, _)| *known == key);
        let at = known.unwrap_or_else(|| {
            let mut frame = Vec::new();
            let smaller = deflate::encode_deflated(params, self.kind, self.data, &mut frame);
            let deflated = if smaller { Deflated::Smaller(frame.into()) } else { Deflated::No };
            self.deflated.push((key, deflated));
            self.deflated.len() - 1
        });
        if matches!(self.deflated[at].1, Deflated::No) {
            return Encoding::Frame(self.plain(), false);
        }
        match &self.deflated[at].1 {
            Deflated::Smaller(frame) => Encoding::Frame(frame, true),
            Deflated::No => Encoding::Own,
        }
    }
}

impl Connection {
    /// How this connection is sent a message that others are sent too. Whoever takes the frame
    /// appends it to what the connection sends.
    #[inline]
    pub fn encoding_of<'a>(
        &self,
        message: &'a mut SharedMessage<'_>,
    ) -> Result<Encoding<'a>, UsageError> {
        match self.state() {
            State::Open => {}
            state => return Err(UsageError::NotOpen { state }),
        }
        if self.role == Role::Client {
            return Ok(Encoding::Own);
        }
        let wanted = self
            .deflate
            .as_ref()
            .filter(|codec| message.compress.unwrap_or_else(|| codec.wants(message.data.len())));
        Ok(match wanted {
            None if message.data.len() < SHARED_CHUNK_BYTES_MIN => Encoding::Own,
            None => Encoding::Frame(message.plain(), false),
            Some(codec) if codec.shares() => message.deflated(codec.params()),
            Some(_) => Encoding::Own,
        })
    }
}
