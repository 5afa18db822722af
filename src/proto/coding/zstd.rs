//! Zstandard (RFC 8878), by the reference implementation, with the window that the web allows.

use zstd_safe::zstd_sys::ZSTD_ErrorCode::ZSTD_error_frameParameter_windowTooLarge;
use zstd_safe::{DCtx, DParameter, InBuffer, OutBuffer, is_error_kind};

use super::error::CodingError;
use super::step::Step;
use crate::limits::ZSTD_WINDOW_BYTES_MAX;

/// The frames of one body.
#[derive(Default)]
pub(super) struct Zstd {
    /// Made with the first bytes.
    decoder: Option<DCtx<'static>>,
    /// A frame has ended, and no other has begun.
    between: bool,
}

impl Zstd {
    pub(super) fn step(
        &mut self,
        input: &[u8],
        position: &mut usize,
        (out, most): (&mut Vec<u8>, usize),
    ) -> Result<Step, CodingError> {
        let rest = input.get(*position..).unwrap_or_default();
        if self.between && rest.is_empty() {
            return Ok(Step::Whole);
        }
        let decoder = match &mut self.decoder {
            Some(decoder) => decoder,
            none => none.insert(new_decoder()?),
        };
        let start = out.len();
        out.resize(start + most, 0);
        let (mut from, mut to) = (InBuffer::around(rest), OutBuffer::around(&mut out[start..]));
        let result = decoder.decompress_stream(&mut to, &mut from);
        let (taken, made) = (from.pos(), to.pos());
        out.truncate(start + made);
        *position += taken;
        let left = result.map_err(|code| {
            if is_error_kind(code, ZSTD_error_frameParameter_windowTooLarge) {
                CodingError::Window { coding: "zstd", limit: ZSTD_WINDOW_BYTES_MAX }
            } else {
                CodingError::Malformed("zstd")
            }
        })?;
        self.between = left == 0;
        Ok(if self.between { Step::Whole } else { Step::More })
    }
}

fn new_decoder() -> Result<DCtx<'static>, CodingError> {
    let decoder = DCtx::try_create().map(|mut decoder| {
        let window = DParameter::WindowLogMax(ZSTD_WINDOW_BYTES_MAX.ilog2());
        decoder.set_parameter(window).map(|_| decoder)
    });
    // Without memory there is no content either.
    decoder.and_then(Result::ok).ok_or(CodingError::Malformed("zstd"))
}
