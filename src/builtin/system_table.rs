//! The built-ins that have to do with the system, its processes and the loop, and those that are
//! there for packages.

use super::{async_hooks, child_process, late_import, os, performance};
use crate::js::loader::Builtin;

pub(super) const SYSTEM: &[Builtin] = &[
    Builtin {
        name: "async_hooks",
        source: include_str!("../../runtime/async_hooks.js"),
        ops: async_hooks::OPS,
    },
    Builtin {
        name: "internal:deep_partial",
        source: include_str!("../../runtime/deep_partial.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:glob_match",
        source: include_str!("../../runtime/glob_match.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:histogram",
        source: include_str!("../../runtime/histogram.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:loop_delay",
        source: include_str!("../../runtime/loop_delay.js"),
        ops: performance::LOOP_OPS,
    },
    Builtin { name: "punycode", source: include_str!("../../runtime/punycode.js"), ops: &[] },
    Builtin { name: "cluster", source: include_str!("../../runtime/cluster.js"), ops: &[] },
    Builtin { name: "inspector", source: include_str!("../../runtime/inspector.js"), ops: &[] },
    Builtin { name: "v8", source: include_str!("../../runtime/v8.js"), ops: &[] },
    Builtin { name: "vm", source: include_str!("../../runtime/vm.js"), ops: &[] },
    Builtin {
        name: "util/types",
        source: include_str!("../../runtime/util_types.js"),
        ops: late_import::OPS,
    },
    Builtin { name: "sys", source: include_str!("../../runtime/sys.js"), ops: &[] },
    Builtin { name: "constants", source: include_str!("../../runtime/constants.js"), ops: &[] },
    Builtin { name: "path/posix", source: include_str!("../../runtime/path_posix.js"), ops: &[] },
    Builtin { name: "path/win32", source: include_str!("../../runtime/path_win32.js"), ops: &[] },
    Builtin {
        name: "child_process",
        source: include_str!("../../runtime/child_process.js"),
        ops: child_process::OPS,
    },
    Builtin {
        name: "internal:child_process_child",
        source: include_str!("../../runtime/child_process_child.js"),
        ops: child_process::CHILD_OPS,
    },
    Builtin {
        name: "internal:child_process_exec",
        source: include_str!("../../runtime/child_process_exec.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:child_process_options",
        source: include_str!("../../runtime/child_process_options.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:child_process_pipes",
        source: include_str!("../../runtime/child_process_pipes.js"),
        ops: child_process::PIPE_OPS,
    },
    Builtin {
        name: "internal:child_process_sync",
        source: include_str!("../../runtime/child_process_sync.js"),
        ops: child_process::RUN_OPS,
    },
    Builtin { name: "internal:ipc", source: include_str!("../../runtime/ipc.js"), ops: &[] },
    Builtin {
        name: "internal:late_class",
        source: include_str!("../../runtime/late_class.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:mime_type",
        source: include_str!("../../runtime/mime_type.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:parse_args",
        source: include_str!("../../runtime/parse_args.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:parse_env",
        source: include_str!("../../runtime/parse_env.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:process_features",
        source: include_str!("../../runtime/process_features.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:process_system",
        source: include_str!("../../runtime/process_system.js"),
        ops: os::PROCESS_OPS,
    },
    Builtin {
        name: "internal:system_errors",
        source: include_str!("../../runtime/system_errors.js"),
        ops: os::ERROR_OPS,
    },
    Builtin {
        name: "internal:url_legacy",
        source: include_str!("../../runtime/url_legacy.js"),
        ops: &[],
    },
];
