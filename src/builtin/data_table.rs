//! The built-ins that store and pack.

use super::{kv, late_import, module_options, sqlite, zlib};
use crate::js::loader::Builtin;

pub(super) const DATA: &[Builtin] = &[
    Builtin { name: "krandog:kv", source: include_str!("../../runtime/kv.js"), ops: kv::OPS },
    Builtin {
        name: "krandog:history/sqlite",
        source: include_str!("../../runtime/history_sqlite.js"),
        ops: module_options::SQLITE_HISTORY_OPS,
    },
    Builtin {
        name: "krandog:sqlite",
        source: include_str!("../../runtime/sqlite.js"),
        ops: sqlite::OPS,
    },
    Builtin {
        name: "internal:sqlite_async",
        source: include_str!("../../runtime/sqlite_async.js"),
        ops: sqlite::ASYNC_OPS,
    },
    Builtin {
        name: "node:sqlite",
        source: include_str!("../../runtime/node_sqlite.js"),
        ops: late_import::OPS,
    },
    Builtin { name: "zlib", source: include_str!("../../runtime/zlib.js"), ops: zlib::OPS },
    Builtin {
        name: "internal:zlib_settings",
        source: include_str!("../../runtime/zlib_settings.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:zlib_streams",
        source: include_str!("../../runtime/zlib_streams.js"),
        ops: zlib::STREAM_OPS,
    },
];
