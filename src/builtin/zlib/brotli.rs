//! Brotli (RFC 7932).

use brotli::enc::encode::{
    BrotliEncoderDestroyInstance, BrotliEncoderOperation, BrotliEncoderParameter,
    BrotliEncoderStateStruct,
};
use brotli::enc::{StandardAlloc, StaticCommand};
use brotli_decompressor::{BrotliDecompressStream, BrotliResult, BrotliState};

use super::engine::{Engine, State, Step};
use super::fault::Fault;
use super::settings::Settings;
use crate::limits::{ZLIB_INLINE_BYTES, ZLIB_INLINE_BYTES_SLOW};

/// `BROTLI_OPERATION_FINISH`
const FINISH: i32 = 2;

/// The parameters that encoder and decoder have.
const MODE: i32 = 0;
const QUALITY: i32 = 1;
const WINDOW: i32 = 2;
const BLOCK: i32 = 3;
const NO_LITERAL_CONTEXT: i32 = 4;
const SIZE_HINT: i32 = 5;
const LARGE_WINDOW: i32 = 6;
const DECODER_LARGE_WINDOW: i32 = 1;

type Encoder = BrotliEncoderStateStruct<StandardAlloc>;

pub(super) struct Brotli {
    state: Box<Encoder>,
    has_ended: bool,
}

impl Brotli {
    pub(super) fn new(settings: &Settings) -> Result<Self, Fault> {
        let mut state = Box::new(Encoder::new(StandardAlloc::default()));
        for &(key, value) in &settings.params {
            let parameter = match key {
                MODE => BrotliEncoderParameter::BROTLI_PARAM_MODE,
                QUALITY => BrotliEncoderParameter::BROTLI_PARAM_QUALITY,
                WINDOW => BrotliEncoderParameter::BROTLI_PARAM_LGWIN,
                BLOCK => BrotliEncoderParameter::BROTLI_PARAM_LGBLOCK,
                NO_LITERAL_CONTEXT if value & !1 == 0 => {
                    BrotliEncoderParameter::BROTLI_PARAM_DISABLE_LITERAL_CONTEXT_MODELING
                }
                SIZE_HINT => BrotliEncoderParameter::BROTLI_PARAM_SIZE_HINT,
                LARGE_WINDOW => BrotliEncoderParameter::BROTLI_PARAM_LARGE_WINDOW,
                _ => return Err(Fault::SETTINGS),
            };
            // What is out of range counts as the nearest that is inside, as in the C library.
            let value = match key {
                MODE => value.clamp(0, 2),
                QUALITY => value.clamp(0, 11),
                WINDOW => value.clamp(10, 30),
                _ => value,
            };
            let value = u32::try_from(value).map_err(|_| Fault::SETTINGS)?;
            if !state.set_parameter(parameter, value) {
                return Err(Fault::SETTINGS);
            }
        }
        Ok(Self { state, has_ended: false })
    }
}

impl Engine for Brotli {
    fn step(&mut self, input: &[u8], out: &mut [u8], flush: i32) -> Result<Step, Fault> {
        if self.has_ended {
            return Ok(Step::OVER);
        }
        let operation = match flush {
            1 => BrotliEncoderOperation::BROTLI_OPERATION_FLUSH,
            FINISH => BrotliEncoderOperation::BROTLI_OPERATION_FINISH,
            3 => BrotliEncoderOperation::BROTLI_OPERATION_EMIT_METADATA,
            _ => BrotliEncoderOperation::BROTLI_OPERATION_PROCESS,
        };
        let (mut left, mut taken) = (input.len(), 0);
        let (mut room, mut made) = (out.len(), 0);
        let went = self.state.compress_stream(
            operation,
            &mut left,
            input,
            &mut taken,
            &mut room,
            out,
            &mut made,
            &mut None,
            &mut |_, _: &mut [StaticCommand], _, _| (),
        );
        if !went {
            return Err(Fault::new("ERR_BROTLI_COMPRESSION_FAILED", -1, "Compression failed"));
        }
        let state = if self.state.is_finished() {
            self.has_ended = true;
            State::End
        } else if self.state.has_more_output() || left > 0 || flush == FINISH {
            State::More
        } else {
            State::Hungry
        };
        Ok(Step { taken, made, state })
    }

    fn inline_bytes(&self) -> usize {
        ZLIB_INLINE_BYTES_SLOW
    }
}

impl Drop for Brotli {
    fn drop(&mut self) {
        BrotliEncoderDestroyInstance(&mut self.state);
    }
}

type Decoder = BrotliState<StandardAlloc, StandardAlloc, StandardAlloc>;

pub(super) struct Unbrotli {
    state: Box<Decoder>,
    has_ended: bool,
}

impl Unbrotli {
    pub(super) fn new(settings: &Settings) -> Result<Self, Fault> {
        let mut is_large = false;
        for &(key, value) in &settings.params {
            match key {
                // How the decoder keeps its window is its own business.
                0 => {}
                DECODER_LARGE_WINDOW => is_large = value != 0,
                _ => return Err(Fault::SETTINGS),
            }
        }
        let alloc = StandardAlloc::default;
        let make = if is_large { Decoder::new } else { Decoder::new_strict };
        Ok(Self { state: Box::new(make(alloc(), alloc(), alloc())), has_ended: false })
    }
}

impl Engine for Unbrotli {
    fn step(&mut self, input: &[u8], out: &mut [u8], flush: i32) -> Result<Step, Fault> {
        if self.has_ended {
            return Ok(Step::OVER);
        }
        let (mut left, mut taken) = (input.len(), 0);
        let (mut room, mut made, mut total) = (out.len(), 0, 0);
        let result = BrotliDecompressStream(
            &mut left,
            &mut taken,
            input,
            &mut room,
            &mut made,
            out,
            &mut total,
            &mut self.state,
        );
        let state = match result {
            BrotliResult::ResultSuccess => {
                self.has_ended = true;
                State::End
            }
            BrotliResult::NeedsMoreOutput => State::More,
            BrotliResult::NeedsMoreInput if flush == FINISH => return Err(Fault::TRUNCATED),
            BrotliResult::NeedsMoreInput => State::Hungry,
            BrotliResult::ResultFailure => return Err(self.fault()),
        };
        Ok(Step { taken, made, state })
    }

    fn inline_bytes(&self) -> usize {
        ZLIB_INLINE_BYTES
    }
}

impl Unbrotli {
    fn fault(&self) -> Fault {
        let code = self.state.error_code;
        // `BROTLI_DECODER_ERROR_FORMAT_..`, which Node calls `ERR__ERROR_FORMAT_..`.
        let name = format!("{code:?}");
        let name = name.strip_prefix("BROTLI_DECODER").unwrap_or(&name);
        Fault {
            code: format!("ERR_{name}").into(),
            errno: Some(code as i32),
            message: "Decompression failed".into(),
        }
    }
}
