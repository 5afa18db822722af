//! Several codings, one over the other, and how much one may grow.

use super::codec::Codec;
use super::error::{CodingError, is};
use super::step::Step;
use crate::limits::{
    CONTENT_CODINGS_MAX, CONTENT_MAX_RATIO, CONTENT_RATIO_FREE_BYTES, DECODED_PIECE_BYTES,
};

/// Decodes one body.
pub struct Decoder {
    codec: Codec,
    /// Bytes that went in and came out.
    taken: u64,
    made: u64,
    /// What this coding was put over.
    inner: Option<Box<Inner>>,
}

struct Inner {
    decoder: Decoder,
    /// Bytes between the two, and how many of them have been taken.
    between: Vec<u8>,
    position: usize,
    /// There are no more between them.
    ended: bool,
}

/// Where a decoder stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decoded {
    /// There are new bytes, or room for more of them is wanted.
    Some,
    /// More input is needed.
    Hungry,
    /// The content is complete.
    End,
}

impl Decoder {
    /// For these values of `Content-Encoding`. `None` if there is nothing to decode, or a coding that
    /// is not known: the content is then left as it is.
    pub fn new<'a>(values: impl Iterator<Item = &'a [u8]>) -> Option<Self> {
        let mut decoder: Option<Self> = None;
        let names = values.flat_map(|value| value.split(|byte| *byte == b','));
        let names = names.map(<[u8]>::trim_ascii).filter(|name| !name.is_empty());
        for (index, name) in names.filter(|name| !is(name, "identity")).enumerate() {
            let codec = Codec::new(name).filter(|_| index < CONTENT_CODINGS_MAX)?;
            // The coding that is named last was put on last, and comes off first.
            let inner = decoder.map(|decoder| {
                Box::new(Inner { decoder, between: Vec::new(), position: 0, ended: false })
            });
            decoder = Some(Self { codec, taken: 0, made: 0, inner });
        }
        decoder
    }

    /// Decodes from `input[*position..]` into `out`, which grows by up to `most` bytes. `ended`: no
    /// more input will come.
    pub fn decode(
        &mut self,
        input: &[u8],
        position: &mut usize,
        ended: bool,
        (out, most): (&mut Vec<u8>, usize),
    ) -> Result<Decoded, CodingError> {
        let Some(mut inner) = self.inner.take() else {
            return self.decode_one(input, position, ended, (out, most));
        };
        let decoded = self.decode_both(&mut inner, (input, position, ended), (out, most));
        self.inner = Some(inner);
        decoded
    }

    fn decode_both(
        &mut self,
        inner: &mut Inner,
        (input, position, ended): (&[u8], &mut usize, bool),
        (out, most): (&mut Vec<u8>, usize),
    ) -> Result<Decoded, CodingError> {
        loop {
            let at = &mut inner.position;
            let decoded = inner.decoder.decode(&inner.between, at, inner.ended, (out, most))?;
            if decoded != Decoded::Hungry {
                return Ok(decoded);
            }
            inner.between.drain(..inner.position);
            inner.position = 0;
            let between = (&mut inner.between, DECODED_PIECE_BYTES);
            match self.decode_one(input, position, ended, between)? {
                Decoded::Some => {}
                Decoded::End => inner.ended = true,
                Decoded::Hungry => return Ok(Decoded::Hungry),
            }
        }
    }

    fn decode_one(
        &mut self,
        input: &[u8],
        position: &mut usize,
        ended: bool,
        (out, most): (&mut Vec<u8>, usize),
    ) -> Result<Decoded, CodingError> {
        let (from, before) = (*position, out.len());
        // Nothing at all is nothing in any coding.
        if ended && self.taken == 0 && from == input.len() {
            return Ok(Decoded::End);
        }
        let step = self.codec.step(input, position, (out, most))?;
        self.taken += (*position - from) as u64;
        self.made += (out.len() - before) as u64;
        let limit = self.taken.saturating_mul(CONTENT_MAX_RATIO).max(CONTENT_RATIO_FREE_BYTES);
        let coding = self.codec.name();
        if self.made > limit {
            return Err(CodingError::Bomb { coding, ratio: CONTENT_MAX_RATIO });
        }
        match step {
            Step::End => {
                *position = input.len();
                Ok(Decoded::End)
            }
            Step::Whole if ended && *position == input.len() => Ok(Decoded::End),
            Step::Whole if *position == from && out.len() == before => Ok(Decoded::Hungry),
            Step::Whole => Ok(Decoded::Some),
            Step::More if *position > from || out.len() > before => Ok(Decoded::Some),
            Step::More if ended => Err(CodingError::Truncated(coding)),
            Step::More => Ok(Decoded::Hungry),
        }
    }
}

impl std::fmt::Debug for Decoder {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Decoder")
            .field("coding", &self.codec.name())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
