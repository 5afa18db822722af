//! The native half of `zlib`.
//!
//! | file        | what                                                      |
//! |-------------|-----------------------------------------------------------|
//! | `constants` | the numbers that scripts see                              |
//! | `fault`     | what is wrong with the bytes, as Node says it             |
//! | `settings`  | what a script has chosen                                  |
//! | `engine`    | what all formats have in common: a step                   |
//! | `deflate`   | deflate, with the headers of zlib and gzip or without     |
//! | `brotli`    | brotli                                                    |
//! | `zstd`      | Zstandard                                                 |
//! | `make`      | the engine of a mode                                      |
//! | `whole`     | calls that have all of the input                          |
//! | `pieces`    | streams                                                   |

mod brotli;
mod constants;
mod deflate;
mod engine;
mod fault;
mod make;
mod pieces;
mod settings;
mod whole;
mod zstd;

use boa_engine::{Context, JsArgs, JsResult, JsValue};

use super::late_class::late_classes;
use crate::js::convert::{bytes_of, with_bytes};
use crate::js::interface::Op;

/// Where the classes are.
const STREAMS: &str = "internal:zlib_streams";

const CLASSES: &[&str] = &[
    "Deflate",
    "Inflate",
    "Gzip",
    "Gunzip",
    "DeflateRaw",
    "InflateRaw",
    "Unzip",
    "BrotliCompress",
    "BrotliDecompress",
    "ZstdCompress",
    "ZstdDecompress",
];

pub(super) const OPS: &[Op] = &[
    ("classes", 0, |_, _, context| late_classes(STREAMS, CLASSES, context)),
    ("constants", 0, constants::constants),
    ("crc32", 2, crc32),
    ("load", 1, |_, _, context| {
        Ok(crate::js::loader::import_builtin(STREAMS, context)?.namespace(context).into())
    }),
    ("whole", 4, whole::whole),
    ("wholeLater", 4, whole::whole_later),
];

pub(super) const STREAM_OPS: &[Op] = &[
    ("open", 1, pieces::open),
    ("feed", 2, pieces::feed),
    ("step", 3, pieces::step),
    ("stepLater", 3, pieces::step_later),
    ("setParams", 3, pieces::set_params),
    ("reset", 1, pieces::reset),
];

/// `crc32(bytes, value)`: the checksum of what had the checksum `value`, and of these bytes.
fn crc32(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let value = arguments.get_or_undefined(1).to_u32(context)?;
    let bytes = arguments.get_or_undefined(0);
    let sum = with_bytes(bytes, context, |bytes| zlib_rs::crc32::crc32(value, bytes))?;
    Ok(sum.unwrap_or(value).into())
}

/// The bytes in an argument: none where it has none.
fn bytes(value: &JsValue, context: &mut Context) -> JsResult<Vec<u8>> {
    Ok(bytes_of(value, context)?.unwrap_or_default())
}
