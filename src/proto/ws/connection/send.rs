//! From messages to bytes (RFC 6455 5.3, 5.5, 7.1).

use super::machine::{Connection, Phase};
use crate::proto::ws::config::Role;
use crate::proto::ws::deflate::Packed;
use crate::proto::ws::error::UsageError;
use crate::proto::ws::frame::{CONTROL_MAX, FIN, HEADER_MAX, RSV1, encode_header};
use crate::proto::ws::opcode::{MessageKind, Opcode};
use crate::proto::ws::state::State;
use crate::proto::ws::{close, mask};

/// A message to send whose payload is written later.
#[derive(Clone, Copy, Debug)]
pub struct Outgoing {
    /// Text or binary.
    pub kind: MessageKind,
    /// Bytes of its payload.
    pub len: usize,
    /// Whether to compress it, where the opening handshake agreed on compression; `None` leaves it
    /// to the threshold.
    pub compress: Option<bool>,
}

impl Connection {
    /// Answers the latest ping that went unanswered; the host calls this when it has drained `out`.
    #[inline]
    pub fn flush_pong(&mut self, out: &mut Vec<u8>) {
        if let Some(payload) = self.control.as_mut().and_then(|control| control.held_ping.take()) {
            self.write_control(Opcode::Pong, &payload, out);
        }
    }

    pub(super) fn drop_held_ping(&mut self) {
        if let Some(control) = &mut self.control {
            control.held_ping = None;
        }
    }

    /// Sends a message of exactly `message.len` bytes, which `fill` appends to the vector it is given.
    /// The bytes of a text are UTF-8: the caller has them from a string, and they are not checked
    /// again. Returns whether the message was compressed.
    ///
    /// # Panics
    /// When `fill` appends more or fewer bytes: the peer could not find the next frame.
    #[inline]
    pub fn send(
        &mut self,
        message: Outgoing,
        out: &mut Vec<u8>,
        fill: impl FnOnce(&mut Vec<u8>),
    ) -> Result<bool, UsageError> {
        let Outgoing { kind, len, compress } = message;
        self.check_open()?;
        debug_assert!(!self.is_fragmenting(), "a message inside another");
        if self.deflates(len, compress) {
            let mut data = Vec::with_capacity(len);
            fill(&mut data);
            assert_eq!(data.len(), len, "the payload has the length that was announced");
            return Ok(self.write_deflated(kind, &data, out));
        }
        write_frame(self.masking_key(), FIN | Opcode::from(kind) as u8, len, out, fill);
        Ok(false)
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
            self.drop_held_ping();
        }
        Ok(())
    }

    /// The same for a fault of this end. A server's close information names the fault, whatever the
    /// peer answers.
    pub fn close_for_fault(
        &mut self,
        code: u16,
        reason: &str,
        out: &mut Vec<u8>,
    ) -> Result<(), UsageError> {
        let was_open = self.check_open().is_ok();
        self.close(Some(code), reason, out)?;
        if was_open {
            self.note_fault(code, reason);
        }
        Ok(())
    }

    /// Fails the connection (RFC 6455 7.1.7): says why in a Close frame, unless one was sent, and
    /// discards all further input. The host sends what is written and drops TCP. The reason is cut
    /// to 123 bytes at a character edge.
    pub fn fail(&mut self, code: u16, reason: &str, out: &mut Vec<u8>) {
        if self.check_open().is_ok() {
            self.write_control(Opcode::Close, &close::payload_truncated(code, reason), out);
            self.note_fault(code, close::truncate_reason(reason));
        }
        if self.phase != Phase::Complete {
            self.phase = Phase::Failed;
        }
        self.release();
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

    pub(super) fn write_control(&self, opcode: Opcode, payload: &[u8], out: &mut Vec<u8>) {
        let first = FIN | opcode as u8;
        write_frame(self.masking_key(), first, payload.len(), out, |out| {
            out.extend_from_slice(payload);
        });
    }

    #[inline]
    fn deflates(&self, len: usize, compress: Option<bool>) -> bool {
        self.deflate.as_ref().is_some_and(|codec| compress.unwrap_or_else(|| codec.wants(len)))
    }

    #[cold]
    fn write_deflated(&mut self, kind: MessageKind, data: &[u8], out: &mut Vec<u8>) -> bool {
        let key = self.masking_key();
        let first = FIN | Opcode::from(kind) as u8;
        let Some(codec) = &mut self.deflate else { return false };
        let mut deflated = false;
        codec.pack(data, |packed| {
            let (first, payload) = match packed {
                Packed::Deflated(packed) => (first | RSV1, packed),
                Packed::Plain => (first, data),
            };
            deflated = first & RSV1 != 0;
            write_frame(key, first, payload.len(), out, |out| out.extend_from_slice(payload));
        });
        deflated
    }

    /// RFC 6455 5.3: a fresh key for each frame of a client.
    #[inline]
    pub(super) fn masking_key(&self) -> Option<[u8; 4]> {
        (self.role == Role::Client).then(mask::new_key)
    }

    #[inline]
    pub(super) fn check_open(&self) -> Result<(), UsageError> {
        match self.state() {
            State::Open => Ok(()),
            // RFC 6455 5.5.1: nothing follows a Close frame.
            state => Err(UsageError::NotOpen { state }),
        }
    }
}

/// Appends a frame whose payload of `len` bytes `fill` appends.
#[inline]
pub(super) fn write_frame(
    key: Option<[u8; 4]>,
    first: u8,
    len: usize,
    out: &mut Vec<u8>,
    fill: impl FnOnce(&mut Vec<u8>),
) {
    out.reserve(HEADER_MAX + len);
    encode_header(first, len, key, out);
    let start = out.len();
    fill(out);
    assert_eq!(out.len() - start, len, "the payload has the length its header announces");
    if let Some(key) = key {
        mask::apply(&mut out[start..], key, 0);
    }
}
