//! WebSocket clients over the pool: handshakes, frames, closing. What is sent and expected is up
//! to [`Messages`].

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use crate::clock;
use crate::failure::Failure;
use crate::frame::{self, Frame, Opcode};
use crate::handshake;
use crate::options::Target;
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
}

impl Outlet<'_> {
    pub(crate) fn send(&mut self, opcode: Opcode, payload: &[u8]) {
        frame::encode(self.out, opcode, payload, self.random.mask());
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

struct Session {
    phase: Phase,
    /// The fragments of a message so far, with the opcode of the first.
    fragments: Option<(Opcode, Vec<u8>)>,
}

/// The WebSocket half of every connection, by index.
pub(crate) struct WebSockets<M> {
    pub(crate) messages: M,
    sessions: Vec<Session>,
    address: SocketAddr,
    path: String,
    random: Random,
    ready: usize,
}

impl<M: Messages> WebSockets<M> {
    pub(crate) fn new(target: &Target, count: usize, messages: M) -> Self {
        let session = || Session { phase: Phase::Unconnected, fragments: None };
        Self {
            messages,
            sessions: std::iter::repeat_with(session).take(count).collect(),
            address: target.address,
            path: target.path.clone(),
            random: Random::new(),
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
        let Self { messages, sessions, random, .. } = self;
        let phase = &mut sessions[id].phase;
        pool.send(id, |out| write(&mut Outlet { out, random, phase }, messages))
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
        let Self { messages, sessions, random, .. } = self;
        let session = &mut sessions[id];
        let Session { phase, fragments } = session;
        if let Phase::Closing { answered } = phase {
            if *answered {
                return Err(Failure::protocol(id, "a frame after the close frame"));
            }
            *answered = frame.opcode == Opcode::Close;
            // RFC 6455 5.5.1: messages may still be on their way; nobody waits for them.
            return Ok(());
        }
        let mut outlet = Outlet { out, random, phase };
        match (frame.opcode, frame.fin) {
            (Opcode::Ping, _) => outlet.send(Opcode::Pong, frame.payload),
            (Opcode::Pong, _) => {}
            (Opcode::Close, _) => {
                let code = frame.payload.first_chunk().map(|&code| u16::from_be_bytes(code));
                return Err(Failure::protocol(id, format!("closed by the server, code {code:?}")));
            }
            (Opcode::Continuation, fin) => {
                let Some((opcode, mut whole)) = fragments.take() else {
                    return Err(Failure::protocol(id, "a continuation of nothing"));
                };
                whole.extend_from_slice(frame.payload);
                if fin {
                    let message = Message { opcode, payload: &whole, now };
                    return messages.message(id, message, &mut outlet);
                }
                *fragments = Some((opcode, whole));
            }
            _ if fragments.is_some() => {
                return Err(Failure::protocol(id, "a new message inside a fragmented one"));
            }
            (opcode, true) => {
                let message = Message { opcode, payload: frame.payload, now };
                return messages.message(id, message, &mut outlet);
            }
            (opcode, false) => *fragments = Some((opcode, frame.payload.to_vec())),
        }
        Ok(())
    }

    /// The reply to the upgrade request; its length when it is complete.
    fn handshake(
        &mut self,
        id: usize,
        bytes: &[u8],
        out: &mut Vec<u8>,
        now: Instant,
    ) -> Result<usize, Failure> {
        let Self { messages, sessions, random, .. } = self;
        let phase = &mut sessions[id].phase;
        let Phase::Handshake { key } = *phase else { return Ok(0) };
        let checked = handshake::check(bytes, key);
        let Some(length) = checked.map_err(|what| Failure::protocol(id, what))? else {
            return Ok(0);
        };
        *phase = Phase::Open;
        self.ready += 1;
        messages.opened(id, &mut Outlet { out, random, phase }, now)?;
        Ok(length)
    }
}

impl<M: Messages> Load for WebSockets<M> {
    fn connected(&mut self, id: usize, out: &mut Vec<u8>) -> Result<(), Failure> {
        let key = self.random.key();
        handshake::request(out, self.address, &self.path, key);
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
            let decoded = frame::decode(&bytes[used..]);
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
