//! Frames out of bytes, one by one, for whoever looks at frames and not at messages (RFC 6455 5.2).
//!
//! [`Connection`](super::Connection) is what a connection decodes with: it answers, assembles
//! messages and keeps none of this.

use super::error::PeerError;
use super::frame::{Header, PartialHeader};
use super::mask;
use super::opcode::Opcode;
use crate::limits::RESERVE_STEP;

/// A frame whose payload is whole, and unmasked.
#[derive(Debug, PartialEq, Eq)]
pub struct WholeFrame {
    /// Its header, with the key by which it was masked.
    pub header: Header,
    /// Its payload, unmasked.
    pub payload: Vec<u8>,
}

/// What a decoder takes.
#[derive(Clone, Copy, Debug)]
pub struct DecoderConfig {
    /// Largest payload of a frame, in bytes.
    pub max_payload: usize,
    /// Whether frames are to be masked, as a server asks, or not, as a client does; `None` takes both.
    pub masked: Option<bool>,
    /// Whether rsv1 may be set on the first frame of a message, as with permessage-deflate.
    pub rsv1: bool,
}

/// A decoder of frames. After a fault it decodes nothing more.
#[derive(Debug)]
pub struct FrameDecoder {
    config: DecoderConfig,
    header: PartialHeader,
    begun: Option<WholeFrame>,
    /// Frames so far of a message that has not ended.
    fragments: usize,
    fault: Option<PeerError>,
}

impl FrameDecoder {
    /// A decoder at the beginning of the bytes that follow an opening handshake.
    pub fn new(config: DecoderConfig) -> Self {
        let header = PartialHeader::default();
        Self { config, header, begun: None, fragments: 0, fault: None }
    }

    /// Decodes `input[*pos..]` up to the end of the next frame, and advances `*pos`. `None` when all
    /// input is consumed.
    pub fn receive(
        &mut self,
        input: &[u8],
        pos: &mut usize,
    ) -> Result<Option<WholeFrame>, PeerError> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        self.decode(input, pos).inspect_err(|fault| self.fault = Some(*fault))
    }

    fn decode(&mut self, input: &[u8], pos: &mut usize) -> Result<Option<WholeFrame>, PeerError> {
        let mut frame = match self.begun.take() {
            Some(frame) => frame,
            None => match self.header.read(input, pos)? {
                Some(header) => self.admit(header)?,
                None => return Ok(None),
            },
        };
        // What was announced has been checked to fit.
        let length = usize::try_from(frame.header.length).unwrap_or(usize::MAX);
        let missing = length - frame.payload.len();
        let piece = &input[*pos..];
        let piece = &piece[..piece.len().min(missing)];
        let ahead = (missing - piece.len()).min(frame.payload.len().max(RESERVE_STEP));
        frame.payload.reserve(piece.len() + ahead);
        let before = frame.payload.len();
        frame.payload.extend_from_slice(piece);
        if let Some(key) = frame.header.key {
            mask::apply(&mut frame.payload[before..], key, before);
        }
        *pos += piece.len();
        if piece.len() == missing {
            return Ok(Some(frame));
        }
        self.begun = Some(frame);
        Ok(None)
    }

    fn admit(&mut self, header: Header) -> Result<WholeFrame, PeerError> {
        let DecoderConfig { max_payload, masked, rsv1 } = self.config;
        match (masked, header.key) {
            (Some(true), None) => return Err(PeerError::NotMasked),
            (Some(false), Some(_)) => return Err(PeerError::Masked),
            _ => {}
        }
        let may_have_rsv1 = rsv1 && matches!(header.opcode, Opcode::Text | Opcode::Binary);
        if header.rsv1 && !may_have_rsv1 {
            return Err(PeerError::ReservedBits { bits: 0b100 });
        }
        match (header.opcode, self.fragments) {
            (Opcode::Continuation, 0) => return Err(PeerError::UnexpectedContinuation),
            (Opcode::Text | Opcode::Binary, fragments @ 1..) => {
                return Err(PeerError::ExpectedContinuation { fragments });
            }
            _ => {}
        }
        if header.length > max_payload as u64 {
            let size = header.length;
            return Err(PeerError::MessageTooLarge { size, limit: max_payload });
        }
        if !header.opcode.is_control() {
            self.fragments = if header.fin { 0 } else { self.fragments + 1 };
        }
        Ok(WholeFrame { header, payload: Vec::new() })
    }
}
