//! The state machine of one connection after its opening handshake (RFC 6455 5, 7).
//!
//! ```text
//!                  close()                 peer's Close
//!        ┌─ Open ─────────────▶ CloseSent ─────────────▶ Complete
//!        │   │                      │                       ▲
//!        │   │ fail(), bad input    │ fail(), bad input     │
//!        │   ▼                      │                       │
//!        │ Failed ◀─────────────────┘                       │
//!        │                                                  │
//!        └─ peer's Close, answered at once ─────────────────┘
//!
//!        handle_eof() ends any of them. It stays as clean or unclean as it was.
//! ```
//!
//! Open is [`State::Open`]; the three others are [`State::Closing`]; all become [`State::Closed`]
//! at the end of TCP. A Close frame is the last thing written, ever; nothing is read after the
//! peer's, nor after a fault.

use std::ops::Range;

use super::close::{self, CloseInfo, code};
use super::config::{Config, Role};
use super::error::{PeerError, UsageError};
use super::event::{Event, Payload};
use super::frame::{CONTROL_MAX, FIN, HEADER_MAX, Header, PartialHeader, encode_header};
use super::limits::PONG_BACKLOG;
use super::mask;
use super::message::Assembly;
use super::opcode::{MessageKind, Opcode};
use super::utf8;

/// Where the connection stands, in the words of WHATWG's `readyState`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Messages flow both ways.
    Open,
    /// A Close frame was sent, received or both; nothing more can be sent.
    Closing,
    /// TCP has ended.
    Closed,
}

impl State {
    /// The state as a word in a sentence.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closing => "closing",
            Self::Closed => "closed",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Open,
    /// This end sent Close and waits for the peer's.
    CloseSent,
    /// Both Close frames have passed.
    Complete,
    /// This end gave up on the peer (RFC 6455 7.1.7).
    Failed,
}

/// A frame whose header is read.
#[derive(Clone, Copy, Debug)]
struct Frame {
    opcode: Opcode,
    fin: bool,
    key: Option<[u8; 4]>,
    /// Payload taken so far: where in the masking key the next byte stands.
    taken: usize,
    remaining: usize,
}

/// One WebSocket connection, as seen by its bytes. Its methods are of four kinds:
///
/// - Getters take `&self`: [`state`](Self::state), [`close_info`](Self::close_info),
///   [`close_sent`](Self::close_sent),
///   [`close_received`](Self::close_received).
/// - Input from the network: [`receive`](Self::receive), called until it returns `None`, and
///   [`handle_eof`](Self::handle_eof).
/// - Commands of the application: [`send`](Self::send), [`send_with`](Self::send_with),
///   [`ping`](Self::ping),
///   [`pong`](Self::pong), [`close`](Self::close), [`fail`](Self::fail).
/// - Output: every method that may have something to send appends it to `out`, the bytes waiting to
///   be written to the
///   network, in order. When the host has drained them it calls [`flush_pong`](Self::flush_pong).
#[derive(Debug)]
pub struct Connection {
    config: Config,
    phase: Phase,
    ended: bool,
    header: PartialHeader,
    /// The frame whose payload goes on in the next input.
    frame: Option<Frame>,
    message: Assembly,
    /// The payload so far of a control frame that came in pieces.
    control: Vec<u8>,
    /// The latest ping that went unanswered because too much waits to be sent.
    held_ping: Option<Vec<u8>>,
    peer_close: Option<(Option<u16>, String)>,
}

impl Connection {
    /// A connection whose opening handshake is complete.
    pub fn new(config: Config) -> Self {
        Self {
            config,
            phase: Phase::Open,
            ended: false,
            header: PartialHeader::default(),
            frame: None,
            message: Assembly::default(),
            control: Vec::new(),
            held_ping: None,
            peer_close: None,
        }
    }

    /// Where the connection stands.
    #[inline]
    pub fn state(&self) -> State {
        match (self.ended, self.phase) {
            (true, _) => State::Closed,
            (false, Phase::Open) => State::Open,
            (false, _) => State::Closing,
        }
    }

    /// Whether a Close frame was written.
    pub fn close_sent(&self) -> bool {
        self.phase != Phase::Open
    }

    /// Whether the peer's Close frame was read.
    pub fn close_received(&self) -> bool {
        self.phase == Phase::Complete
    }

    /// What a `CloseEvent` shows, were TCP to end now (WHATWG, "when the WebSocket connection is
    /// closed").
    pub fn close_info(&self) -> CloseInfo {
        // RFC 6455 7.1.5: 1005 for a Close frame without a code, 1006 for the lack of a Close
        // frame.
        let (code, reason) = match &self.peer_close {
            Some((code, reason)) => (code.unwrap_or(code::NO_STATUS), reason.clone()),
            None => (code::ABNORMAL, String::new()),
        };
        CloseInfo { code, reason, was_clean: self.phase == Phase::Complete }
    }

    /// Decodes `input[*pos..]`, advances `*pos` and unmasks in place; returns the next event, or
    /// `None` when all input is consumed. Answers to pings and to Close are appended to `out`,
    /// which should hold whatever still waits to be sent.
    ///
    /// Messages go on arriving after this end sent Close; none after the peer's Close or a fault,
    /// when input is discarded.
    #[inline]
    pub fn receive(
        &mut self,
        input: &mut [u8],
        pos: &mut usize,
        out: &mut Vec<u8>,
    ) -> Option<Event> {
        if self.ended || matches!(self.phase, Phase::Complete | Phase::Failed) {
            // RFC 6455 1.4, 7.1.7: data after Close, or after a fault, is discarded.
            *pos = input.len();
            return None;
        }
        match self.decode(input, pos, out) {
            Ok(event) => event,
            Err(error) => {
                *pos = input.len();
                self.fail(error.close_code(), &error.to_string(), out);
                Some(Event::Failed(error))
            }
        }
    }

    fn decode(
        &mut self,
        input: &mut [u8],
        pos: &mut usize,
        out: &mut Vec<u8>,
    ) -> Result<Option<Event>, PeerError> {
        loop {
            let mut frame = match self.frame.take() {
                Some(frame) => frame,
                None => match self.header.read(input, pos)? {
                    Some(header) => self.admit(&header)?,
                    None => return Ok(None),
                },
            };
            let start = *pos;
            let end = start + frame.remaining.min(input.len() - start);
            *pos = end;
            if let Some(key) = frame.key {
                mask::apply(&mut input[start..end], key, frame.taken);
            }
            frame.taken += end - start;
            frame.remaining -= end - start;
            let event = if frame.opcode.is_control() {
                self.take_control(frame, input, start..end, out)?
            } else {
                self.take_data(frame, input, start..end)?
            };
            if frame.remaining > 0 {
                self.frame = Some(frame);
                return Ok(None);
            }
            if event.is_some() {
                return Ok(event);
            }
        }
    }

    /// Checks a header against the role, the message under way and the limits, before a byte of
    /// payload is kept.
    fn admit(&mut self, header: &Header) -> Result<Frame, PeerError> {
        match (self.config.role, header.key) {
            // RFC 6455 5.1: "a server MUST close the connection upon receiving a frame that is not
            // masked", and "a client MUST close a connection if it detects a masked frame".
            (Role::Server, None) => return Err(PeerError::NotMasked),
            (Role::Client, Some(_)) => return Err(PeerError::Masked),
            _ => {}
        }
        if header.rsv1 {
            // RFC 6455 5.2: a reserved bit is 0 "unless an extension is negotiated that defines
            // meanings".
            return Err(PeerError::ReservedBits { bits: 0b100 });
        }
        let Config { max_payload, max_fragments, .. } = self.config;
        let remaining = match header.opcode {
            Opcode::Text => self.message.begin(MessageKind::Text, header.length, max_payload)?,
            Opcode::Binary => {
                self.message.begin(MessageKind::Binary, header.length, max_payload)?
            }
            Opcode::Continuation => {
                self.message.extend(header.length, (max_payload, max_fragments))?
            }
            // The codec has checked that it is at most 125.
            _ => usize::try_from(header.length).unwrap_or(CONTROL_MAX),
        };
        Ok(Frame { opcode: header.opcode, fin: header.fin, key: header.key, taken: 0, remaining })
    }

    fn take_data(
        &mut self,
        frame: Frame,
        input: &[u8],
        range: Range<usize>,
    ) -> Result<Option<Event>, PeerError> {
        let ends_message = frame.fin && frame.remaining == 0;
        if ends_message && frame.taken == range.len() && frame.opcode != Opcode::Continuation {
            let kind = self.message.take_whole();
            if kind == Some(MessageKind::Text) {
                utf8::check(&input[range.clone()])
                    .map_err(|offset| PeerError::InvalidUtf8 { offset })?;
            }
            return Ok(kind.map(|kind| Event::Message { kind, payload: Payload::InPlace(range) }));
        }
        self.message.append(&input[range], frame.remaining)?;
        if !ends_message {
            return Ok(None);
        }
        let message = self.message.finish()?;
        Ok(message.map(|(kind, bytes)| Event::Message { kind, payload: Payload::Owned(bytes) }))
    }

    fn take_control(
        &mut self,
        frame: Frame,
        input: &[u8],
        range: Range<usize>,
        out: &mut Vec<u8>,
    ) -> Result<Option<Event>, PeerError> {
        let payload = if frame.remaining == 0 && frame.taken == range.len() {
            Payload::InPlace(range)
        } else {
            self.control.extend_from_slice(&input[range]);
            if frame.remaining > 0 {
                return Ok(None);
            }
            Payload::Owned(std::mem::take(&mut self.control))
        };
        match frame.opcode {
            Opcode::Ping => {
                self.answer_ping(payload.bytes(input), out);
                Ok(Some(Event::Ping(payload)))
            }
            Opcode::Pong => Ok(Some(Event::Pong(payload))),
            _ => self.take_close(payload.bytes(input), out).map(Some),
        }
    }

    fn take_close(&mut self, payload: &[u8], out: &mut Vec<u8>) -> Result<Event, PeerError> {
        let (code, reason) = close::parse(payload)?;
        if self.phase == Phase::Open {
            // RFC 6455 5.5.1: "the endpoint MUST send a Close frame in response", which "typically
            // echos the status code".
            let echo = code.map(u16::to_be_bytes);
            self.write_control(Opcode::Close, echo.as_ref().map_or(&[], |code| &code[..]), out);
        }
        self.phase = Phase::Complete;
        self.held_ping = None;
        self.peer_close = Some((code, reason.clone()));
        Ok(Event::Close { code, reason })
    }

    fn answer_ping(&mut self, payload: &[u8], out: &mut Vec<u8>) {
        if self.phase != Phase::Open {
            return;
        }
        // RFC 6455 5.5.2: a pong "as soon as is practical". RFC 6455 5.5.3: of several pings not
        // answered yet, an endpoint "MAY elect to send a Pong frame for only the most recently
        // processed Ping frame".
        if out.len() < PONG_BACKLOG {
            self.held_ping = None;
            self.write_control(Opcode::Pong, payload, out);
        } else {
            let held = self.held_ping.get_or_insert_default();
            held.clear();
            held.extend_from_slice(payload);
        }
    }

    /// Answers the latest ping that went unanswered; the host calls this when it has drained `out`.
    #[inline]
    pub fn flush_pong(&mut self, out: &mut Vec<u8>) {
        if let Some(payload) = self.held_ping.take() {
            self.write_control(Opcode::Pong, &payload, out);
        }
    }

    /// Sends a message. The bytes of a text are UTF-8: the caller has them from a string, and they
    /// are not checked again.
    #[inline]
    pub fn send(
        &mut self,
        kind: MessageKind,
        data: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<(), UsageError> {
        self.send_with(kind, data.len(), out, |out| out.extend_from_slice(data))
    }

    /// Sends a message of exactly `len` bytes, which `fill` appends to the vector it is given.
    ///
    /// # Panics
    /// When `fill` appends more or fewer bytes: the peer could not find the next frame.
    #[inline]
    pub fn send_with(
        &mut self,
        kind: MessageKind,
        len: usize,
        out: &mut Vec<u8>,
        fill: impl FnOnce(&mut Vec<u8>),
    ) -> Result<(), UsageError> {
        self.check_open()?;
        out.reserve(HEADER_MAX + len);
        let key = self.masking_key();
        encode_header(FIN | Opcode::from(kind) as u8, len, key, out);
        let start = out.len();
        fill(out);
        assert_eq!(out.len() - start, len, "the payload has the length its header announces");
        if let Some(key) = key {
            mask::apply(&mut out[start..], key, 0);
        }
        Ok(())
    }

    /// Sends a ping with at most 125 bytes, which the pong repeats.
    pub fn ping(&mut self, data: &[u8], out: &mut Vec<u8>) -> Result<(), UsageError> {
        self.send_control(Opcode::Ping, data, out)
    }

    /// Sends a pong nobody asked for, with at most 125 bytes (RFC 6455 5.5.3: a one-way heartbeat).
    pub fn pong(&mut self, data: &[u8], out: &mut Vec<u8>) -> Result<(), UsageError> {
        self.send_control(Opcode::Pong, data, out)
    }

    /// Starts the closing handshake. Without effect once a Close frame has been sent, or TCP has
    /// ended.
    pub fn close(
        &mut self,
        code: Option<u16>,
        reason: &str,
        out: &mut Vec<u8>,
    ) -> Result<(), UsageError> {
        let payload = close::payload(code, reason)?;
        if self.check_open().is_ok() {
            self.write_control(Opcode::Close, &payload, out);
            self.phase = Phase::CloseSent;
            self.held_ping = None;
        }
        Ok(())
    }

    /// Fails the connection (RFC 6455 7.1.7): says why in a Close frame, unless one was sent, and
    /// discards all further input. The host sends what is written and drops TCP. The reason is cut
    /// to 123 bytes at a character edge.
    pub fn fail(&mut self, code: u16, reason: &str, out: &mut Vec<u8>) {
        if self.check_open().is_ok() {
            self.write_control(Opcode::Close, &close::payload_truncated(code, reason), out);
        }
        if self.phase != Phase::Complete {
            self.phase = Phase::Failed;
        }
        self.release();
    }

    /// TCP has ended: no more input, nobody to send to.
    pub fn handle_eof(&mut self) {
        self.ended = true;
        self.release();
    }

    /// Drops what was kept for input that will not be read.
    fn release(&mut self) {
        self.frame = None;
        self.message = Assembly::default();
        self.control = Vec::new();
        self.held_ping = None;
    }

    fn send_control(
        &self,
        opcode: Opcode,
        data: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<(), UsageError> {
        self.check_open()?;
        if data.len() > CONTROL_MAX {
            // RFC 6455 5.5: "All control frames MUST have a payload length of 125 bytes or less".
            return Err(UsageError::ControlTooLong { length: data.len() });
        }
        self.write_control(opcode, data, out);
        Ok(())
    }

    fn write_control(&self, opcode: Opcode, payload: &[u8], out: &mut Vec<u8>) {
        let key = self.masking_key();
        encode_header(FIN | opcode as u8, payload.len(), key, out);
        let start = out.len();
        out.extend_from_slice(payload);
        if let Some(key) = key {
            mask::apply(&mut out[start..], key, 0);
        }
    }

    /// RFC 6455 5.3: a fresh key for each frame of a client.
    #[inline]
    fn masking_key(&self) -> Option<[u8; 4]> {
        (self.config.role == Role::Client).then(mask::new_key)
    }

    #[inline]
    fn check_open(&self) -> Result<(), UsageError> {
        match self.state() {
            State::Open => Ok(()),
            // RFC 6455 5.5.1: nothing follows a Close frame.
            state => Err(UsageError::NotOpen { state }),
        }
    }
}
