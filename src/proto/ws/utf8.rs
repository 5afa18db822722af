//! UTF-8 checked as it arrives (RFC 6455 8.1): a text fails at the first byte that makes it
//! impossible.

use simdutf8::compat;

/// Checks a text that comes in pieces cut anywhere. Between pieces it holds at most three bytes: a
/// sequence begun.
#[derive(Clone, Debug, Default)]
pub(super) struct Validator {
    /// Bytes of the text known to be whole characters.
    valid: usize,
    begun: [u8; 3],
    begun_len: usize,
}

impl Validator {
    /// Takes the next piece; the error is the offset in the text where the impossible sequence
    /// starts.
    pub(super) fn push(&mut self, mut piece: &[u8]) -> Result<(), usize> {
        if self.begun_len > 0 {
            piece = self.complete(piece)?;
        }
        match compat::from_utf8(piece) {
            Ok(_) => self.valid += piece.len(),
            Err(error) => {
                self.valid += error.valid_up_to();
                if error.error_len().is_some() {
                    return Err(self.valid);
                }
                self.begin(&piece[error.valid_up_to()..]);
            }
        }
        Ok(())
    }

    /// The text ends here; the error is the offset of the sequence that lacks bytes.
    pub(super) fn finish(&mut self) -> Result<(), usize> {
        let text = std::mem::take(self);
        if text.begun_len == 0 { Ok(()) } else { Err(text.valid) }
    }

    /// Adds bytes of `piece` to the sequence begun until it is a character; returns the rest of
    /// `piece`.
    fn complete<'a>(&mut self, mut piece: &'a [u8]) -> Result<&'a [u8], usize> {
        let mut sequence = [0; 4];
        let mut len = self.begun_len;
        sequence[..len].copy_from_slice(&self.begun[..len]);
        while let Some((&byte, rest)) = piece.split_first() {
            sequence[len] = byte;
            len += 1;
            piece = rest;
            match std::str::from_utf8(&sequence[..len]) {
                Ok(_) => {
                    self.valid += len;
                    self.begun_len = 0;
                    return Ok(piece);
                }
                Err(error) if error.error_len().is_some() => return Err(self.valid),
                Err(_) => {}
            }
        }
        self.begin(&sequence[..len]);
        Ok(piece)
    }

    /// Keeps a sequence that lacks bytes: one to three, since four make a character or an error.
    fn begin(&mut self, sequence: &[u8]) {
        self.begun[..sequence.len()].copy_from_slice(sequence);
        self.begun_len = sequence.len();
    }
}

/// Checks a whole text at once; the error is the offset where the impossible sequence starts.
#[inline]
pub fn check(text: &[u8]) -> Result<(), usize> {
    match simdutf8::basic::from_utf8(text) {
        Ok(_) => Ok(()),
        // The fast check does not say where. This one does, and runs at most once a connection.
        Err(_) => compat::from_utf8(text).map(|_| ()).map_err(|error| error.valid_up_to()),
    }
}

/// The longest start of `text` that has at most `max` bytes and ends at a character edge.
pub(super) fn truncate(text: &str, max: usize) -> &str {
    &text[..text.floor_char_boundary(max)]
}
