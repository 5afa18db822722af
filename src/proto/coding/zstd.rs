//! Zstandard, block by block (RFC 8878): the crate decodes as many blocks as it is given, and one of
//! a few bytes may be 128 KiB, so it is given one at a time.

use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::error::CodingError;
use super::step::Step;
use crate::limits::ZSTD_WINDOW_BYTES_MAX;

/// The frames of one body.
pub(super) struct Zstd {
    decoder: FrameDecoder,
    at: At,
    has_checksum: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    /// A frame begins, or all is over.
    Frame {
        is_first: bool,
    },
    /// So many bytes are no content.
    Skip(u32),
    Block,
    /// The last block has been decoded.
    Rest,
}

const MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
const CHECKSUM_BYTES: usize = 4;
const BLOCK_HEADER_BYTES: usize = 3;

const MALFORMED: CodingError = CodingError::Malformed("zstd");

impl Default for Zstd {
    fn default() -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(ZSTD_WINDOW_BYTES_MAX);
        Self { decoder, at: At::Frame { is_first: true }, has_checksum: false }
    }
}

impl Zstd {
    pub(super) fn step(
        &mut self,
        input: &[u8],
        position: &mut usize,
        (out, most): (&mut Vec<u8>, usize),
    ) -> Result<Step, CodingError> {
        let rest = input.get(*position..).unwrap_or_default();
        match self.at {
            At::Frame { is_first: false } if rest.is_empty() => return Ok(Step::Whole),
            At::Frame { .. } => *position += self.begin(rest)?,
            At::Skip(left) => {
                let here = rest.len().min(left as usize);
                *position += here;
                let left = left - u32::try_from(here).unwrap_or(left);
                self.at = if left > 0 { At::Skip(left) } else { At::Frame { is_first: false } };
            }
            At::Block | At::Rest => {
                if self.drain(out, most)? == 0 {
                    if self.at == At::Rest {
                        self.at = At::Frame { is_first: false };
                        return self.step(input, position, (out, most));
                    }
                    *position += self.block(rest)?;
                    self.drain(out, most)?;
                }
            }
        }
        Ok(Step::More)
    }

    /// Reads the header of a frame, once it is whole. Returns how long it is.
    fn begin(&mut self, rest: &[u8]) -> Result<usize, CodingError> {
        let Some((magic, after)) = rest.split_first_chunk::<4>() else { return Ok(0) };
        if magic[0] & 0xf0 == 0x50 && magic[1..] == [0x2a, 0x4d, 0x18] {
            let Some(length) = after.first_chunk::<4>() else { return Ok(0) };
            let length = u32::from_le_bytes(*length);
            self.at = if length > 0 { At::Skip(length) } else { At::Frame { is_first: false } };
            return Ok(8);
        }
        if *magic != MAGIC {
            return Err(MALFORMED);
        }
        let Some(&descriptor) = after.first() else { return Ok(0) };
        let is_single = descriptor & 0x20 != 0;
        let size_bytes = match descriptor >> 6 {
            0 => usize::from(is_single),
            1 => 2,
            2 => 4,
            _ => 8,
        };
        let dictionary_bytes = [0, 1, 2, 4][usize::from(descriptor & 3)];
        let length = 5 + usize::from(!is_single) + dictionary_bytes + size_bytes;
        let Some(header) = rest.get(..length) else { return Ok(0) };
        self.decoder.reset(header).map_err(|error| match error {
            ruzstd::decoding::errors::FrameDecoderError::WindowSizeTooBig { .. } => {
                CodingError::Window { coding: "zstd", limit: ZSTD_WINDOW_BYTES_MAX }
            }
            _ => MALFORMED,
        })?;
        self.has_checksum = descriptor & 4 != 0;
        self.at = At::Block;
        Ok(length)
    }

    /// Decodes a block, once it is whole. Returns how long it is.
    fn block(&mut self, rest: &[u8]) -> Result<usize, CodingError> {
        let Some(&[a, b, c]) = rest.first_chunk::<BLOCK_HEADER_BYTES>() else { return Ok(0) };
        let header = u32::from_le_bytes([a, b, c, 0]);
        let (is_last, kind, size) = (header & 1 != 0, (header >> 1) & 3, header >> 3);
        // A block of one byte that is repeated says how often.
        let content = if kind == 1 { 1 } else { size as usize };
        let checksum = if is_last && self.has_checksum { CHECKSUM_BYTES } else { 0 };
        let length = BLOCK_HEADER_BYTES + content + checksum;
        let Some(mut block) = rest.get(..length) else { return Ok(0) };
        let one = BlockDecodingStrategy::UptoBlocks(1);
        self.decoder.decode_blocks(&mut block, one).map_err(|_| MALFORMED)?;
        if is_last {
            self.at = At::Rest;
        }
        Ok(length)
    }

    /// Takes what is decoded and not needed any more.
    fn drain(&mut self, out: &mut Vec<u8>, most: usize) -> Result<usize, CodingError> {
        let start = out.len();
        let here = self.decoder.can_collect().min(most);
        out.resize(start + here, 0);
        // Without input it hands out what it has.
        let (_, made) =
            self.decoder.decode_from_to(&[], &mut out[start..]).map_err(|_| MALFORMED)?;
        out.truncate(start + made);
        Ok(made)
    }
}
