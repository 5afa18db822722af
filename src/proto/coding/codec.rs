//! One content coding, decoded in steps. Knows no limit but that of its windows.

use brotli_decompressor::{BrotliDecompressStream, BrotliResult, BrotliState, StandardAlloc};
use flate2::{Decompress, FlushDecompress, Status};

use super::error::{CodingError, is};
use super::step::Step;
use super::zstd::Zstd;

/// The decoder of one coding.
pub(super) enum Codec {
    Gzip(Box<Gzip>),
    Deflate(Option<Box<Decompress>>),
    Brotli(Box<Brotli>),
    Zstd(Box<Zstd>),
}

/// The members of a gzip file, of which there may be several.
pub(super) struct Gzip {
    inflate: Decompress,
    /// A member has ended.
    between: bool,
}

type Brotli = BrotliState<StandardAlloc, StandardAlloc, StandardAlloc>;

/// The largest window of deflate, of which nobody says what is used.
const WINDOW_BITS: u8 = 15;

impl Codec {
    pub(super) fn new(name: &[u8]) -> Option<Self> {
        if is(name, "gzip") || is(name, "x-gzip") {
            let inflate = Decompress::new_gzip(WINDOW_BITS);
            return Some(Self::Gzip(Box::new(Gzip { inflate, between: false })));
        }
        if is(name, "deflate") {
            return Some(Self::Deflate(None));
        }
        if is(name, "br") {
            // No windows of more than 16 MiB, which are not for the web.
            let alloc = StandardAlloc::default;
            return Some(Self::Brotli(Box::new(Brotli::new_strict(alloc(), alloc(), alloc()))));
        }
        is(name, "zstd").then(|| Self::Zstd(Box::default()))
    }

    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Gzip(_) => "gzip",
            Self::Deflate(_) => "deflate",
            Self::Brotli(_) => "br",
            Self::Zstd(_) => "zstd",
        }
    }

    /// Takes input and appends output, up to so many bytes.
    pub(super) fn step(
        &mut self,
        input: &[u8],
        position: &mut usize,
        (out, most): (&mut Vec<u8>, usize),
    ) -> Result<Step, CodingError> {
        match self {
            Self::Gzip(gzip) => gzip.step(input, position, (out, most)),
            Self::Deflate(inflate) => {
                let Some(&first) = input.get(*position) else {
                    return match inflate {
                        Some(inflate) => inflated(inflate, "deflate", &[], &mut 0, (out, most)),
                        None => Ok(Step::More),
                    };
                };
                // RFC 9110 8.4.1.2: some send it without the wrapper of zlib.
                let is_wrapped = first & 0x0f == 8;
                let inflate = inflate.get_or_insert_with(|| Box::new(Decompress::new(is_wrapped)));
                inflated(inflate, "deflate", input, position, (out, most))
            }
            Self::Brotli(state) => unbrotli(state, input, position, (out, most)),
            Self::Zstd(zstd) => zstd.step(input, position, (out, most)),
        }
    }
}

impl Gzip {
    fn step(
        &mut self,
        input: &[u8],
        position: &mut usize,
        (out, most): (&mut Vec<u8>, usize),
    ) -> Result<Step, CodingError> {
        if self.between {
            match input.get(*position..).unwrap_or_default() {
                [] | [0x1f] => return Ok(Step::Whole),
                [0x1f, 0x8b, ..] => {
                    self.inflate = Decompress::new_gzip(WINDOW_BITS);
                    self.between = false;
                }
                // What stands behind a file is padding.
                _ => return Ok(Step::End),
            }
        }
        let step = inflated(&mut self.inflate, "gzip", input, position, (out, most))?;
        self.between = step == Step::End;
        Ok(if self.between { Step::Whole } else { step })
    }
}

fn inflated(
    inflate: &mut Decompress,
    name: &'static str,
    input: &[u8],
    position: &mut usize,
    (out, most): (&mut Vec<u8>, usize),
) -> Result<Step, CodingError> {
    let start = out.len();
    out.resize(start + most, 0);
    let (taken, made) = (inflate.total_in(), inflate.total_out());
    let rest = input.get(*position..).unwrap_or_default();
    let status = inflate.decompress(rest, &mut out[start..], FlushDecompress::None);
    let (taken, made) = (inflate.total_in() - taken, inflate.total_out() - made);
    out.truncate(start + usize::try_from(made).unwrap_or(0));
    *position += usize::try_from(taken).unwrap_or(0);
    match status {
        Ok(Status::StreamEnd) => Ok(Step::End),
        Ok(Status::Ok | Status::BufError) => Ok(Step::More),
        Err(_) => Err(CodingError::Malformed(name)),
    }
}

fn unbrotli(
    state: &mut Brotli,
    input: &[u8],
    position: &mut usize,
    (out, most): (&mut Vec<u8>, usize),
) -> Result<Step, CodingError> {
    let start = out.len();
    out.resize(start + most, 0);
    let mut left = input.len() - *position;
    let (mut room, mut made, mut total) = (most, 0, 0);
    let result = BrotliDecompressStream(
        &mut left,
        position,
        input,
        &mut room,
        &mut made,
        &mut out[start..],
        &mut total,
        state,
    );
    out.truncate(start + made);
    match result {
        BrotliResult::ResultSuccess => Ok(Step::End),
        BrotliResult::NeedsMoreInput | BrotliResult::NeedsMoreOutput => Ok(Step::More),
        BrotliResult::ResultFailure => Err(CodingError::Malformed("br")),
    }
}
