//! The built-ins of the file system.

use super::fs;
use crate::js::loader::Builtin;

pub(super) const FILES: &[Builtin] = &[
    Builtin { name: "fs", source: include_str!("../../runtime/fs.js"), ops: fs::OPS },
    Builtin { name: "fs/promises", source: include_str!("../../runtime/fs_promises.js"), ops: &[] },
    Builtin {
        name: "internal:fs_forms",
        source: include_str!("../../runtime/fs_forms.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:fs_transfer",
        source: include_str!("../../runtime/fs_transfer.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:fs_stats",
        source: include_str!("../../runtime/fs_stats.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:fs_streams",
        source: include_str!("../../runtime/fs_streams.js"),
        ops: &[],
    },
    Builtin { name: "internal:fs_dir", source: include_str!("../../runtime/fs_dir.js"), ops: &[] },
    Builtin { name: "internal:fs_cp", source: include_str!("../../runtime/fs_cp.js"), ops: &[] },
    Builtin {
        name: "internal:fs_watch",
        source: include_str!("../../runtime/fs_watch.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:fs_handle",
        source: include_str!("../../runtime/fs_handle.js"),
        ops: &[],
    },
];
