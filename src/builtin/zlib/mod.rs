//! The native half of `zlib`.
//!
//! | file        | what                                                      |
//! |-------------|-----------------------------------------------------------|
//! | `checksum`  | CRC-32                                                    |
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
mod checksum;
mod constants;
mod deflate;
mod engine;
mod fault;
mod make;
mod pieces;
mod settings;
mod whole;
mod zstd;

use super::late_class::late_classes;
use crate::js::interface::Op;
use crate::js::loader::import_builtin;

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
    ("crc32", 2, checksum::crc32),
    ("load", 1, |_, _, context| Ok(import_builtin(STREAMS, context)?.namespace(context).into())),
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
