//! WebSocket clients over the pool: handshakes, frames, closing. What is sent and expected is up
//! to [`Messages`].

use std::time::{Duration, Instant};

use crate::clock;
use crate::deflate::Codec;
use crate::failure::Failure;
use crate::frame::{self, Frame, Opcode};
use crate::handshake;
use crate::options::{Compression, Target};
use crate::pool::{Load, Pool};
use crate::random::Random;

/// The load: what to send, and what must come back.
pub(crate) trait Messages {
    /// The handshake is done.
    fn opened(&mut self, id: usize, outlet: &mut Outlet<'_>, now: Instant) -> Result<(), Failure>;

    /// A whole message has come.
    fn message(
        &mut self,
        id: usize,
        message: Message<'_>,
        outlet: &mut Outlet<'_>,
    ) -> Result<(), Failure>;

    /// The closing handshake, which this side began, is done and the connection gone.
    fn closed(&mut self, _id: usize, _now: Instant) {}
}

/// A message from the server.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Message<'a> {
    /// `Text` or `Binary`.
    pub(crate) opcode: Opcode,
    pub(crate) payload: &'a [u8],
    /// When its last byte had been read.
    pub(crate) now: Instant,
}

/// The way out of one connection.
pub(crate) struct Outlet<'a> {
    out: &'a mut Vec<u8>,
    random: &'a mut Random,
    phase: &'a mut Phase,
    codec: Option<&'a mut Codec>,
}

impl Outlet<'_> {
    /// Sends a message, compressed if that was negotiated, or a control frame.
    pub(crate) fn send(&mut self, opcode: Opcode, payload: &[u8]) {
        let mask = self.random.mask();
        match &mut self.codec {
            Some(codec) if matches!(opcode, Opcode::Text | Opcode::Binary) => {
                frame::encode_compressed(self.out, opcode, codec.deflate(payload), mask);
            }
            _ => frame::encode(self.out, opcode, payload, mask),
        }
    }

    /// Begins the closing handshake with code 1000.
    pub(crate) fn close(&mut self) {
        self.send(Opcode::Close, &1000_u16.to_be_bytes());
        *self.phase = Phase::Closing { answered: false };
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Unconnected,
    Handshake { key: [u8; 16] },
    Open,
    Closing { answered: bool },
}

/// What the first frame of a message says of the whole.
#[derive(Debug, Clone, Copy)]
struct Kind {
    opcode: Opcode,
    compressed: bool,
}

/// Messages of fewer bytes may come as they are where others are compressed.
const SMALL: usize = 100;

struct Session {
    phase: Phase,
    /// The fragments of a message so far, with what its first frame said.
    fragments: Option<(Kind, Vec<u8>)>,
}

/// The WebSocket half of every connection, by index.
pub(crate) struct WebSockets<M> {
    pub(crate) messages: M,
    sessions: Vec<Session>,
    target: Target,
    random: Random,
    /// One for each connection if they keep their contexts, else one for all; none without
    /// compression.
    codecs: Vec<Codec>,
    /// The message that was inflated last.
    inflated: Vec<u8>,
    ready: usize,
}

impl<M: Messages> WebSockets<M> {
    pub(crate) fn new(target: &Target, count: usize, messages: M) -> Self {
        let takeover = target.compression == Compression::Takeover;
        let codecs = match target.compression {
            Compression::None => 0,
            Compression::EachMessage => 1,
            Compression::Takeover => count,
        };
        let session = || Session { phase: Phase::Unconnected, fragments: None };
        Self {
            messages,
            sessions: std::iter::repeat_with(session).take(count).collect(),
            target: target.clone(),
            random: Random::new(),
            codecs: std::iter::repeat_with(|| Codec::new(takeover)).take(codecs).collect(),
            inflated: Vec::new(),
            ready: 0,
        }
    }

    /// Sends a message from outside of an event.
    pub(crate) fn send(
        &mut self,
        pool: &mut Pool,
        id: usize,
        write: impl FnOnce(&mut Outlet<'_>, &mut M),
    ) -> Result<(), Failure> {
        let Self { messages, sessions, random, codecs, .. } = self;
        let phase = &mut sessions[id].phase;
        let codec = codec_of(codecs, id);
        pool.send(id, |out| write(&mut Outlet { out, random, phase, codec }, messages))
    }

    /// Closes every connection with the closing handshake; returns how many the server had not
    /// closed after three seconds, which are then dropped.
    pub(crate) fn close_all(&mut self, pool: &mut Pool) -> Result<usize, Failure> {
        for id in 0..self.sessions.len() {
            if self.sessions[id].phase == Phase::Open {
                self.send(pool, id, |outlet, _| outlet.close())?;
            }
        }
        let end = clock::now() + Duration::from_secs(3);
        while pool.open() > 0 && clock::now() < end {
            pool.turn(self, Duration::from_millis(100))?;
        }
        Ok(pool.open())
    }

    fn frame(
        &mut self,
        id: usize,
        frame: &Frame<'_>,
        out: &mut Vec<u8>,
        now: Instant,
    ) -> Result<(), Failure> {
        let Self { messages, sessions, random, codecs, inflated, .. } = self;
        let Session { phase, fragments } = &mut sessions[id];
        if let Phase::Closing { answered } = phase {
            if *answered {
                return Err(Failure::protocol(id, "a frame after the close frame"));
            }
            *answered = frame.opcode == Opcode::Close;
            // RFC 6455 5.5.1: messages may still be on their way; nobody waits for them.
            return Ok(());
        }
        let mut outlet = Outlet { out, random, phase, codec: codec_of(codecs, id) };
        let first = Kind { opcode: frame.opcode, compressed: frame.compressed };
        let assembled;
        let (kind, payload) = match (frame.opcode, frame.fin) {
            (Opcode::Ping, _) => {
                outlet.send(Opcode::Pong, frame.payload);
                return Ok(());
            }
            (Opcode::Pong, _) => return Ok(()),
            (Opcode::Close, _) => {
                let code = frame.payload.first_chunk().map(|&code| u16::from_be_bytes(code));
                return Err(Failure::protocol(id, format!("closed by the server, code {code:?}")));
            }
            (Opcode::Continuation, fin) => {
                let Some((kind, mut whole)) = fragments.take() else {
                    return Err(Failure::protocol(id, "a continuation of nothing"));
                };
                whole.extend_from_slice(frame.payload);
                if !fin {
                    *fragments = Some((kind, whole));
                    return Ok(());
                }
                assembled = whole;
                (kind, assembled.as_slice())
            }
            _ if fragments.is_some() => {
                return Err(Failure::protocol(id, "a new message inside a fragmented one"));
            }
            (_, true) => (first, frame.payload),
            (_, false) => {
                *fragments = Some((first, frame.payload.to_vec()));
                return Ok(());
            }
        };
        let payload = match &mut outlet.codec {
            None => payload,
            Some(codec) if kind.compressed => {
                codec.inflate(payload, inflated).map_err(|what| Failure::protocol(id, what))?;
                inflated
            }
            // Compressing gains nothing here.
            Some(_) if payload.len() < SMALL => payload,
            // Permitted, but then the server is spared what is to be measured.
            Some(_) => return Err(Failure::protocol(id, "a message came uncompressed")),
        };
        messages.message(id, Message { opcode: kind.opcode, payload, now }, &mut outlet)
    }

    /// The reply to the upgrade request; its length when it is complete.
    fn handshake(
        &mut self,
        id: usize,
        bytes: &[u8],
        out: &mut Vec<u8>,
        now: Instant,
    ) -> Result<usize, Failure> {
        let Self { messages, sessions, random, codecs, .. } = self;
        let phase = &mut sessions[id].phase;
        let Phase::Handshake { key } = *phase else { return Ok(0) };
        let checked = handshake::check(bytes, key, self.target.compression);
        let Some(length) = checked.map_err(|what| Failure::protocol(id, what))? else {
            return Ok(0);
        };
        *phase = Phase::Open;
        self.ready += 1;
        let codec = codec_of(codecs, id);
        messages.opened(id, &mut Outlet { out, random, phase, codec }, now)?;
        Ok(length)
    }
}

fn codec_of(codecs: &mut [Codec], id: usize) -> Option<&mut Codec> {
    let shared = codecs.len() == 1;
    codecs.get_mut(if shared { 0 } else { id })
}

impl<M: Messages> Load for WebSockets<M> {
    fn connected(&mut self, id: usize, out: &mut Vec<u8>) -> Result<(), Failure> {
        let key = self.random.key();
        handshake::request(out, &self.target, key);
        self.sessions[id] = Session { phase: Phase::Handshake { key }, fragments: None };
        Ok(())
    }

    fn received(
        &mut self,
        id: usize,
        bytes: &[u8],
        out: &mut Vec<u8>,
        now: Instant,
    ) -> Result<usize, Failure> {
        let mut used = 0;
        if matches!(self.sessions[id].phase, Phase::Handshake { .. }) {
            used = self.handshake(id, bytes, out, now)?;
            if used == 0 {
                return Ok(0);
            }
        }
        loop {
            let decoded = frame::decode(&bytes[used..], !self.codecs.is_empty());
            let Some(frame) = decoded.map_err(|what| Failure::protocol(id, what))? else {
                return Ok(used);
            };
            self.frame(id, &frame, out, now)?;
            used += frame.length;
        }
    }

    fn ended(&mut self, id: usize, now: Instant) -> Result<(), Failure> {
        let phase = std::mem::replace(&mut self.sessions[id].phase, Phase::Unconnected);
        if phase != (Phase::Closing { answered: true }) {
            let what = "the server ended it without a closing handshake";
            return Err(Failure::protocol(id, what));
        }
        self.messages.closed(id, now);
        Ok(())
    }

    fn ready(&self) -> usize {
        self.ready
    }
}
