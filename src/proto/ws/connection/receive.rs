//! From bytes to events (RFC 6455 5.2, 5.4, 5.5).

use std::ops::Range;

use super::machine::{Connection, Frame, Phase};
use crate::limits::PONG_BACKLOG;
use crate::proto::ws::close;
use crate::proto::ws::config::Role;
use crate::proto::ws::deflate::inflatable;
use crate::proto::ws::error::PeerError;
use crate::proto::ws::event::{Event, Payload};
use crate::proto::ws::frame::{CONTROL_MAX, Header};
use crate::proto::ws::opcode::{MessageKind, Opcode};
use crate::proto::ws::{mask, utf8};

impl Connection {
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
                mask::apply(&mut input[start..end], key, 0);
            }
            frame.remaining -= end - start;
            let event = if frame.opcode.is_control() {
                self.take_control(frame, input, start..end, out)?
            } else {
                self.take_data(frame, input, start..end)?
            };
            if frame.remaining > 0 {
                frame.go_on(end - start);
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
        match (self.role, header.key) {
            // RFC 6455 5.1: "a server MUST close the connection upon receiving a frame that is not
            // masked", and "a client MUST close a connection if it detects a masked frame".
            (Role::Server, None) => return Err(PeerError::NotMasked),
            (Role::Client, Some(_)) => return Err(PeerError::Masked),
            _ => {}
        }
        let max_payload =
            if header.rsv1 { self.admit_deflated(header.opcode)? } else { self.max_payload };
        let remaining = match header.opcode {
            Opcode::Text => self.message.begin(MessageKind::Text, header.length, max_payload)?,
            Opcode::Binary => {
                self.message.begin(MessageKind::Binary, header.length, max_payload)?
            }
            Opcode::Continuation => self.message.extend(header.length, self.max_fragments)?,
            // The codec has checked that it is at most 125.
            _ => usize::try_from(header.length).unwrap_or(CONTROL_MAX),
        };
        Ok(Frame {
            opcode: header.opcode,
            fin: header.fin,
            key: header.key,
            begun: false,
            remaining,
        })
    }

    /// A frame has rsv1 set; returns how many compressed bytes its message may have.
    #[cold]
    fn admit_deflated(&mut self, opcode: Opcode) -> Result<usize, PeerError> {
        match (&mut self.deflate, opcode) {
            (Some(codec), Opcode::Text | Opcode::Binary) => {
                codec.begin();
                Ok(inflatable(self.max_payload))
            }
            // RFC 6455 5.2: a reserved bit is 0 "unless an extension is negotiated that defines
            // meanings". RFC 7692 6.1: rsv1 stands on the first frame of a message only.
            _ => Err(PeerError::ReservedBits { bits: 0b100 }),
        }
    }

    fn take_data(
        &mut self,
        frame: Frame,
        input: &[u8],
        range: Range<usize>,
    ) -> Result<Option<Event>, PeerError> {
        let ends_message = frame.fin && frame.remaining == 0;
        if let Some(codec) = &mut self.deflate
            && codec.is_inflating()
        {
            let payload = &input[range];
            codec.inflate(payload, ends_message, self.max_payload, &mut self.message)?;
            return self.finish_message(ends_message);
        }
        if ends_message && !frame.begun && frame.opcode != Opcode::Continuation {
            let kind = self.message.take_whole();
            if kind == Some(MessageKind::Text) {
                utf8::check(&input[range.clone()])
                    .map_err(|offset| PeerError::InvalidUtf8 { offset })?;
            }
            return Ok(kind.map(|kind| Event::Message { kind, payload: Payload::InPlace(range) }));
        }
        self.message.append(&input[range], frame.remaining)?;
        self.finish_message(ends_message)
    }

    fn finish_message(&mut self, ends_message: bool) -> Result<Option<Event>, PeerError> {
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
        let payload = if frame.remaining == 0 && !frame.begun {
            Payload::InPlace(range)
        } else {
            let control = self.control.get_or_insert_default();
            control.partial.extend_from_slice(&input[range]);
            if frame.remaining > 0 {
                return Ok(None);
            }
            Payload::Owned(std::mem::take(&mut control.partial))
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
            // echos the status code"; with the reason, whoever closed sees in its `CloseEvent` what
            // it said.
            self.write_control(Opcode::Close, payload, out);
        }
        self.phase = Phase::Complete;
        self.release();
        self.control.get_or_insert_default().peer_close = Some((code, reason.clone()));
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
            self.drop_held_ping();
            self.write_control(Opcode::Pong, payload, out);
        } else {
            let held = self.control.get_or_insert_default().held_ping.get_or_insert_default();
            held.clear();
            held.extend_from_slice(payload);
        }
    }
}
