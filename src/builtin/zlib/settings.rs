//! What a script has chosen, checked by the JavaScript half.

use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsResult, JsValue};

use super::fault::Fault;
use crate::js::convert::bytes_of;
use crate::js::error::type_error;

/// What is done, by the numbers of Node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Deflate,
    Inflate,
    Gzip,
    Gunzip,
    DeflateRaw,
    InflateRaw,
    Unzip,
    BrotliDecode,
    BrotliEncode,
    ZstdCompress,
    ZstdDecompress,
}

/// All that an engine is made of.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    pub(super) mode: Mode,
    pub(super) window_bits: i32,
    pub(super) level: i32,
    pub(super) mem_level: i32,
    pub(super) strategy: i32,
    pub(super) dictionary: Option<Vec<u8>>,
    /// Parameters of brotli and zstd: numbers and values.
    pub(super) params: Vec<(i32, i32)>,
    /// How long the input of zstd will be.
    pub(super) pledged: Option<u64>,
}

impl Mode {
    fn of(number: i32) -> Option<Self> {
        Some(match number {
            1 => Self::Deflate,
            2 => Self::Inflate,
            3 => Self::Gzip,
            4 => Self::Gunzip,
            5 => Self::DeflateRaw,
            6 => Self::InflateRaw,
            7 => Self::Unzip,
            8 => Self::BrotliDecode,
            9 => Self::BrotliEncode,
            10 => Self::ZstdCompress,
            11 => Self::ZstdDecompress,
            _ => return None,
        })
    }
}

/// Reads `[mode, windowBits, level, memLevel, strategy, dictionary, params, pledged]`.
pub(super) fn read(value: &JsValue, context: &mut Context) -> JsResult<Settings> {
    let list = value.as_object().ok_or_else(|| type_error("settings are an array"))?;
    let list = JsArray::from_object(list)?;
    let number = |index: u32, context: &mut Context| list.get(index, context)?.to_i32(context);
    let mode = Mode::of(number(0, context)?);
    let mode = mode.ok_or_else(|| Fault::SETTINGS.into_error(context))?;
    let dictionary = bytes_of(&list.get(5, context)?, context)?;
    let mut params = Vec::new();
    if let Some(given) = list.get(6, context)?.as_object() {
        let given = JsArray::from_object(given)?;
        for index in 0..given.length(context)? / 2 {
            let key = given.get(index * 2, context)?.to_i32(context)?;
            params.push((key, given.get(index * 2 + 1, context)?.to_i32(context)?));
        }
    }
    let pledged = list.get(7, context)?;
    let pledged = if pledged.is_undefined() { None } else { Some(pledged.to_length(context)?) };
    Ok(Settings {
        mode,
        window_bits: number(1, context)?,
        level: number(2, context)?,
        mem_level: number(3, context)?,
        strategy: number(4, context)?,
        dictionary,
        params,
        pledged,
    })
}

/// The bytes in an argument: none where it has none.
pub(super) fn bytes(value: &JsValue, context: &mut Context) -> JsResult<Vec<u8>> {
    Ok(bytes_of(value, context)?.unwrap_or_default())
}
