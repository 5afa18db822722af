//! Zstandard (RFC 8878), by the reference implementation.

use zstd_safe::zstd_sys::{ZSTD_EndDirective, ZSTD_ErrorCode};
use zstd_safe::{
    CCtx, CParameter, DCtx, DParameter, InBuffer, OutBuffer, Strategy, get_error_name,
    is_error_kind,
};

use super::engine::{Engine, State, Step};
use super::fault::Fault;
use super::settings::Settings;
use crate::limits::{ZLIB_INLINE_BYTES, ZLIB_INLINE_BYTES_SLOW};

/// `ZSTD_e_end`
const END: i32 = 2;

/// `ZSTD_d_windowLogMax`
const WINDOW_LOG_MAX: i32 = 100;

pub(super) struct Zstd {
    context: CCtx<'static>,
    has_ended: bool,
}

impl Zstd {
    pub(super) fn new(settings: &Settings) -> Result<Self, Fault> {
        let mut context = CCtx::try_create().ok_or(NO_MEMORY)?;
        for &(key, value) in &settings.params {
            let parameter = parameter(key, value).ok_or(Fault::SETTINGS)?;
            context.set_parameter(parameter).map_err(|_| Fault::SETTINGS)?;
        }
        if settings.pledged.is_some() {
            let pledged = settings.pledged;
            context.set_pledged_src_size(pledged).map_err(|_| Fault::SETTINGS)?;
        }
        if let Some(dictionary) = &settings.dictionary {
            context.load_dictionary(dictionary).map_err(|_| Fault::SETTINGS)?;
        }
        Ok(Self { context, has_ended: false })
    }
}

fn parameter(key: i32, value: i32) -> Option<CParameter> {
    let size = || u32::try_from(value).ok();
    Some(match key {
        100 => CParameter::CompressionLevel(value),
        101 => CParameter::WindowLog(size()?),
        102 => CParameter::HashLog(size()?),
        103 => CParameter::ChainLog(size()?),
        104 => CParameter::SearchLog(size()?),
        105 => CParameter::MinMatch(size()?),
        106 => CParameter::TargetLength(size()?),
        107 => CParameter::Strategy(match value {
            1 => Strategy::ZSTD_fast,
            2 => Strategy::ZSTD_dfast,
            3 => Strategy::ZSTD_greedy,
            4 => Strategy::ZSTD_lazy,
            5 => Strategy::ZSTD_lazy2,
            6 => Strategy::ZSTD_btlazy2,
            7 => Strategy::ZSTD_btopt,
            8 => Strategy::ZSTD_btultra,
            9 => Strategy::ZSTD_btultra2,
            _ => return None,
        }),
        160 => CParameter::EnableLongDistanceMatching(value != 0),
        161 => CParameter::LdmHashLog(size()?),
        162 => CParameter::LdmMinMatch(size()?),
        163 => CParameter::LdmBucketSizeLog(size()?),
        164 => CParameter::LdmHashRateLog(size()?),
        200 => CParameter::ContentSizeFlag(value != 0),
        201 => CParameter::ChecksumFlag(value != 0),
        202 => CParameter::DictIdFlag(value != 0),
        400 => CParameter::NbWorkers(size()?),
        401 => CParameter::JobSize(size()?),
        402 => CParameter::OverlapSizeLog(size()?),
        _ => return None,
    })
}

impl Engine for Zstd {
    fn step(&mut self, input: &[u8], out: &mut [u8], flush: i32) -> Result<Step, Fault> {
        if self.has_ended {
            return Ok(Step::OVER);
        }
        let directive = match flush {
            1 => ZSTD_EndDirective::ZSTD_e_flush,
            END => ZSTD_EndDirective::ZSTD_e_end,
            _ => ZSTD_EndDirective::ZSTD_e_continue,
        };
        let (mut from, mut to) = (InBuffer::around(input), OutBuffer::around(out));
        let result = self.context.compress_stream2(&mut to, &mut from, directive);
        let (taken, made) = (from.pos(), to.pos());
        let left = result.map_err(fault)?;
        let state = if flush == END && left == 0 {
            self.has_ended = true;
            State::End
        } else if taken < input.len() || made == out.len() || (flush != 0 && left > 0) {
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

pub(super) struct Unzstd {
    context: DCtx<'static>,
    /// No frame has begun that has not ended, and there has been one.
    between: bool,
}

impl Unzstd {
    pub(super) fn new(settings: &Settings) -> Result<Self, Fault> {
        let mut context = DCtx::try_create().ok_or(NO_MEMORY)?;
        for &(key, value) in &settings.params {
            let size = u32::try_from(value).ok().filter(|_| key == WINDOW_LOG_MAX);
            let parameter = DParameter::WindowLogMax(size.ok_or(Fault::SETTINGS)?);
            context.set_parameter(parameter).map_err(|_| Fault::SETTINGS)?;
        }
        if let Some(dictionary) = &settings.dictionary {
            context.load_dictionary(dictionary).map_err(|_| Fault::SETTINGS)?;
        }
        Ok(Self { context, between: false })
    }
}

impl Engine for Unzstd {
    fn step(&mut self, input: &[u8], out: &mut [u8], flush: i32) -> Result<Step, Fault> {
        if self.between && input.is_empty() {
            return Ok(Step::OVER);
        }
        let (mut from, mut to) = (InBuffer::around(input), OutBuffer::around(out));
        let result = self.context.decompress_stream(&mut to, &mut from);
        let (taken, made) = (from.pos(), to.pos());
        self.between = result.map_err(fault)? == 0;
        let state = if made == out.len() || taken < input.len() {
            // RFC 8878 3.1: frames follow each other.
            State::More
        } else if self.between {
            State::End
        } else if flush == END {
            return Err(Fault::TRUNCATED);
        } else {
            State::Hungry
        };
        Ok(Step { taken, made, state })
    }

    fn inline_bytes(&self) -> usize {
        ZLIB_INLINE_BYTES
    }
}

const NO_MEMORY: Fault = Fault::new("ZSTD_error_memory_allocation", -64, "Allocation error");

fn fault(code: usize) -> Fault {
    use ZSTD_ErrorCode as Code;
    const KINDS: &[(Code, &str)] = &[
        (Code::ZSTD_error_prefix_unknown, "ZSTD_error_prefix_unknown"),
        (Code::ZSTD_error_version_unsupported, "ZSTD_error_version_unsupported"),
        (Code::ZSTD_error_frameParameter_unsupported, "ZSTD_error_frameParameter_unsupported"),
        (
            Code::ZSTD_error_frameParameter_windowTooLarge,
            "ZSTD_error_frameParameter_windowTooLarge",
        ),
        (Code::ZSTD_error_corruption_detected, "ZSTD_error_corruption_detected"),
        (Code::ZSTD_error_checksum_wrong, "ZSTD_error_checksum_wrong"),
        (Code::ZSTD_error_literals_headerWrong, "ZSTD_error_literals_headerWrong"),
        (Code::ZSTD_error_dictionary_corrupted, "ZSTD_error_dictionary_corrupted"),
        (Code::ZSTD_error_dictionary_wrong, "ZSTD_error_dictionary_wrong"),
        (Code::ZSTD_error_parameter_unsupported, "ZSTD_error_parameter_unsupported"),
        (Code::ZSTD_error_parameter_outOfBound, "ZSTD_error_parameter_outOfBound"),
        (Code::ZSTD_error_stage_wrong, "ZSTD_error_stage_wrong"),
        (Code::ZSTD_error_memory_allocation, "ZSTD_error_memory_allocation"),
        (Code::ZSTD_error_srcSize_wrong, "ZSTD_error_srcSize_wrong"),
    ];
    let known = KINDS.iter().find(|(kind, _)| is_error_kind(code, *kind));
    Fault {
        code: known.map_or("ZSTD_error_GENERIC", |(_, name)| *name).into(),
        // An error is the negative of its number.
        errno: i32::try_from(code.wrapping_neg()).ok().map(|number| -number),
        message: get_error_name(code).into(),
    }
}
