//! The three formats of `CompressionStream`, piece by piece: `gzip` (RFC 1952), `deflate` (RFC 1950)
//! and `deflate-raw` (RFC 1951). Knows no stream.

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

use crate::limits::STREAM_CHUNK_BYTES;

/// The largest window of deflate.
const WINDOW_BITS: u8 = 15;

/// A format, by the name that the Compression Standard has for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// With a header and a CRC-32.
    Gzip,
    /// With a header and an Adler-32, as zlib has it.
    Deflate,
    /// Nothing but the compressed data.
    DeflateRaw,
}

impl Format {
    /// `None` for a name that is none.
    pub fn of(name: &str) -> Option<Self> {
        match name {
            "gzip" => Some(Self::Gzip),
            "deflate" => Some(Self::Deflate),
            "deflate-raw" => Some(Self::DeflateRaw),
            _ => None,
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Deflate => "deflate",
            Self::DeflateRaw => "deflate-raw",
        }
    }
}

/// What the bytes are not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CompressionError {
    /// They are of no such format, or were changed on the way.
    #[error("the bytes are not {0}, or are damaged")]
    Malformed(&'static str),
    /// They end too early.
    #[error("the {0} data ends in the middle")]
    Truncated(&'static str),
    /// They go on too long.
    #[error("there are bytes behind the end of the {0} data")]
    Trailing(&'static str),
}

/// Compresses or decompresses.
pub enum Codec {
    /// To fewer bytes.
    Compress(Box<Compress>),
    /// Back.
    Decompress {
        /// What does it.
        inflate: Box<Decompress>,
        /// For its errors.
        format: Format,
        /// The data has come to its end.
        has_ended: bool,
    },
}

impl std::fmt::Debug for Codec {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Codec").finish_non_exhaustive()
    }
}

impl Codec {
    /// Compresses.
    pub fn compress(format: Format) -> Self {
        let level = Compression::default();
        Self::Compress(Box::new(match format {
            Format::Gzip => Compress::new_gzip(level, WINDOW_BITS),
            Format::Deflate => Compress::new(level, true),
            Format::DeflateRaw => Compress::new(level, false),
        }))
    }

    /// Decompresses.
    pub fn decompress(format: Format) -> Self {
        let inflate = Box::new(match format {
            Format::Gzip => Decompress::new_gzip(WINDOW_BITS),
            Format::Deflate => Decompress::new(true),
            Format::DeflateRaw => Decompress::new(false),
        });
        Self::Decompress { inflate, format, has_ended: false }
    }

    /// Takes from `input[*position..]` and appends at most `STREAM_CHUNK_BYTES` to `out`. False once
    /// there is nothing to be done without more input; with `last`, there is none.
    pub fn step(
        &mut self,
        (input, position): (&[u8], &mut usize),
        last: bool,
        out: &mut Vec<u8>,
    ) -> Result<bool, CompressionError> {
        let rest = input.get(*position..).unwrap_or_default();
        let start = out.len();
        out.resize(start + STREAM_CHUNK_BYTES, 0);
        let stepped = self.step_into(rest, last, &mut out[start..]);
        let (taken, made, goes_on) = stepped.inspect_err(|_| out.truncate(start))?;
        out.truncate(start + made);
        *position += taken;
        Ok(goes_on)
    }

    fn step_into(
        &mut self,
        rest: &[u8],
        last: bool,
        out: &mut [u8],
    ) -> Result<(usize, usize, bool), CompressionError> {
        match self {
            Self::Compress(deflate) => {
                let before = (deflate.total_in(), deflate.total_out());
                let flush = if last { FlushCompress::Finish } else { FlushCompress::None };
                let status = deflate.compress(rest, out, flush);
                let (taken, made) = progress(before, (deflate.total_in(), deflate.total_out()));
                let is_full = made == out.len();
                let goes_on = match status {
                    Ok(Status::StreamEnd) | Err(_) => false,
                    Ok(_) => is_full || taken < rest.len(),
                };
                Ok((taken, made, goes_on))
            }
            Self::Decompress { inflate, format, has_ended } => {
                let name = format.name();
                if *has_ended {
                    return match rest {
                        [] => Ok((0, 0, false)),
                        _ => Err(CompressionError::Trailing(name)),
                    };
                }
                let before = (inflate.total_in(), inflate.total_out());
                let status = inflate.decompress(rest, out, FlushDecompress::None);
                let (taken, made) = progress(before, (inflate.total_in(), inflate.total_out()));
                match status {
                    Err(_) => Err(CompressionError::Malformed(name)),
                    Ok(Status::StreamEnd) => {
                        *has_ended = true;
                        Ok((taken, made, true))
                    }
                    Ok(_) if made == out.len() || (taken > 0 && taken < rest.len()) => {
                        Ok((taken, made, true))
                    }
                    Ok(_) if last => Err(CompressionError::Truncated(name)),
                    Ok(_) => Ok((taken, made, false)),
                }
            }
        }
    }
}

fn progress(before: (u64, u64), after: (u64, u64)) -> (usize, usize) {
    let count = |before: u64, after: u64| usize::try_from(after - before).unwrap_or(0);
    (count(before.0, after.0), count(before.1, after.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORMATS: [Format; 3] = [Format::Gzip, Format::Deflate, Format::DeflateRaw];

    /// All that comes out, with the input in pieces of this size.
    fn run(mut codec: Codec, input: &[u8], piece: usize) -> Result<Vec<u8>, CompressionError> {
        let mut out = Vec::new();
        for part in input.chunks(piece) {
            let mut position = 0;
            while codec.step((part, &mut position), false, &mut out)? {}
            assert_eq!(position, part.len());
        }
        while codec.step((&[], &mut 0), true, &mut out)? {}
        Ok(out)
    }

    fn text() -> Vec<u8> {
        (0..40_000_u32).flat_map(|number| (number / 7 % 251).to_string().into_bytes()).collect()
    }

    #[test]
    fn what_is_compressed_comes_back_at_every_size_of_pieces() {
        for format in FORMATS {
            for plain in [Vec::new(), b"x".to_vec(), text()] {
                let packed = run(Codec::compress(format), &plain, 10_007).unwrap();
                assert!(packed.len() < plain.len() || plain.len() < 2);
                for piece in [1, 2, 1000, 1 << 20] {
                    let back = run(Codec::decompress(format), &packed, piece).unwrap();
                    assert!(back == plain, "{format:?} in {piece}");
                }
            }
        }
    }

    #[test]
    fn damage_is_noticed() {
        for format in FORMATS {
            let name = format.name();
            let packed = run(Codec::compress(format), &text(), 1 << 20).unwrap();
            let end = packed.len();
            for cut in [0, 1, end / 2, end - 1] {
                let result = run(Codec::decompress(format), &packed[..cut], 1 << 20);
                assert_eq!(result, Err(CompressionError::Truncated(name)), "{format:?} {cut}");
            }
            let longer = [&packed[..], b"!"].concat();
            for piece in [1, 1 << 20] {
                let result = run(Codec::decompress(format), &longer, piece);
                assert_eq!(result, Err(CompressionError::Trailing(name)));
            }
        }
        for format in [Format::Gzip, Format::Deflate] {
            let mut packed = run(Codec::compress(format), &text(), 1 << 20).unwrap();
            // The checksum.
            let at = packed.len() - 5 + usize::from(format == Format::Deflate);
            packed[at] ^= 1;
            let result = run(Codec::decompress(format), &packed, 1 << 20);
            assert_eq!(result, Err(CompressionError::Malformed(format.name())));
        }
    }

    #[test]
    fn a_bomb_comes_in_pieces() {
        let packed = run(Codec::compress(Format::Gzip), &vec![0; 10 << 20], 1 << 20).unwrap();
        let mut codec = Codec::decompress(Format::Gzip);
        let (mut position, mut total) = (0, 0);
        loop {
            let mut out = Vec::new();
            let goes_on = codec.step((&packed, &mut position), false, &mut out).unwrap();
            assert!(out.len() <= STREAM_CHUNK_BYTES);
            total += out.len();
            if !goes_on {
                break;
            }
        }
        assert_eq!(total, 10 << 20);
    }
}
