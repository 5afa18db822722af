//! Reassembly of a message from fragments and partial frames (RFC 6455 5.4), and its limits.

use super::error::PeerError;
use super::opcode::MessageKind;
use super::utf8::Validator;
use crate::limits::RESERVE_STEP;

/// The message being received. It holds memory only while one is assembled.
#[derive(Debug, Default)]
pub(super) struct Assembly {
    kind: Option<MessageKind>,
    /// Frames begun, empty ones too.
    fragments: u32,
    /// Payload that the headers so far announce, and how much they may.
    announced: usize,
    limit: usize,
    /// None as long as no payload has been kept: most messages lie whole in the input.
    gathered: Option<Box<Gathered>>,
}

/// Payload that waits for the rest of its message.
#[derive(Debug, Default)]
struct Gathered {
    buffer: Vec<u8>,
    utf8: Validator,
}

impl Assembly {
    /// Admits the first frame of a message.
    #[inline]
    pub(super) fn begin(
        &mut self,
        kind: MessageKind,
        length: u64,
        limit: usize,
    ) -> Result<usize, PeerError> {
        if self.kind.is_some() {
            // RFC 6455 5.4: "The fragments of one message MUST NOT be interleaved between the
            // fragments of another".
            return Err(PeerError::ExpectedContinuation { fragments: self.fragments as usize });
        }
        self.kind = Some(kind);
        self.fragments = 1;
        self.announced = 0;
        self.limit = limit;
        self.announce(length)
    }

    /// Admits a further frame of the message.
    pub(super) fn extend(&mut self, length: u64, max_fragments: usize) -> Result<usize, PeerError> {
        if self.kind.is_none() {
            // RFC 6455 5.4: a continuation frame follows a frame with the fin bit clear.
            return Err(PeerError::UnexpectedContinuation);
        }
        if self.fragments as usize >= max_fragments {
            return Err(PeerError::TooManyFragments { limit: max_fragments });
        }
        self.fragments = self.fragments.saturating_add(1);
        self.announce(length)
    }

    /// Counts a frame's payload before a byte of it is kept.
    fn announce(&mut self, length: u64) -> Result<usize, PeerError> {
        let room = self.limit - self.announced;
        match usize::try_from(length) {
            Ok(length) if length <= room => {
                self.announced += length;
                Ok(length)
            }
            _ => Err(PeerError::MessageTooLarge {
                size: (self.announced as u64).saturating_add(length),
                limit: self.limit,
            }),
        }
    }

    /// The message is the one frame just begun and its payload is whole where it lies: nothing to
    /// assemble.
    #[inline]
    pub(super) fn take_whole(&mut self) -> Option<MessageKind> {
        self.kind.take()
    }

    /// Takes unmasked payload; `missing` is how much of the frame has not arrived.
    pub(super) fn append(&mut self, bytes: &[u8], missing: usize) -> Result<(), PeerError> {
        let Gathered { buffer, utf8 } = &mut **self.gathered.get_or_insert_default();
        if self.kind == Some(MessageKind::Text) {
            utf8.push(bytes).map_err(|offset| PeerError::InvalidUtf8 { offset })?;
        }
        let spare = buffer.capacity() - buffer.len();
        if spare < bytes.len() {
            // Room for what is here, and for as much of the announced rest as has been received
            // already or one step.
            let ahead = missing.min(buffer.len().max(RESERVE_STEP));
            buffer.reserve(bytes.len() + ahead);
        }
        buffer.extend_from_slice(bytes);
        Ok(())
    }

    #[cfg(test)]
    pub(super) fn capacity(&self) -> usize {
        self.gathered.as_ref().map_or(0, |gathered| gathered.buffer.capacity())
    }

    /// The last frame is complete: hands the message over.
    pub(super) fn finish(&mut self) -> Result<Option<(MessageKind, Vec<u8>)>, PeerError> {
        let Some(kind) = self.kind.take() else { return Ok(None) };
        let Gathered { buffer, mut utf8 } = *self.gathered.take().unwrap_or_default();
        if kind == MessageKind::Text {
            utf8.finish().map_err(|offset| PeerError::InvalidUtf8 { offset })?;
        }
        Ok(Some((kind, buffer)))
    }
}
