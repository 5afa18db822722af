//! The built-ins of Node.js' streams and of the terminal, and the web's streams.

use super::{late_import, stdin, streams};
use crate::js::loader::Builtin;

pub(super) const STREAMS: &[Builtin] = &[
    Builtin { name: "tty", source: include_str!("../../runtime/tty.js"), ops: &[] },
    Builtin {
        name: "internal:streams",
        source: include_str!("../../runtime/streams.js"),
        ops: streams::OPS,
    },
    Builtin {
        name: "internal:stream_operators",
        source: include_str!("../../runtime/stream_operators.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:stream_compose",
        source: include_str!("../../runtime/stream_compose.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:stream_duplexify",
        source: include_str!("../../runtime/stream_duplexify.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:stream_bridge",
        source: include_str!("../../runtime/stream_bridge.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:stream_web_adapters",
        source: include_str!("../../runtime/stream_web_adapters.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:stream_web_state",
        source: include_str!("../../runtime/stream_web_state.js"),
        ops: &[],
    },
    Builtin {
        name: "stream/consumers",
        source: include_str!("../../runtime/stream_consumers.js"),
        ops: &[],
    },
    Builtin { name: "internal:stdio", source: include_str!("../../runtime/stdio.js"), ops: &[] },
    Builtin { name: "readline", source: include_str!("../../runtime/readline.js"), ops: &[] },
    Builtin {
        name: "readline/promises",
        source: include_str!("../../runtime/readline_promises.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:readline_cursor",
        source: include_str!("../../runtime/readline_cursor.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:readline_interface",
        source: include_str!("../../runtime/readline_interface.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:readline_keys",
        source: include_str!("../../runtime/readline_keys.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:readline_editor",
        source: include_str!("../../runtime/readline_editor.js"),
        ops: &[],
    },
    Builtin { name: "stream/web", source: include_str!("../../runtime/stream_web.js"), ops: &[] },
    Builtin {
        name: "stream",
        source: include_str!("../../runtime/stream.js"),
        ops: late_import::OPS,
    },
    Builtin {
        name: "stream/promises",
        source: include_str!("../../runtime/stream_promises.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:stream_state",
        source: include_str!("../../runtime/stream_state.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:stream_legacy",
        source: include_str!("../../runtime/stream_legacy.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:stream_readable",
        source: include_str!("../../runtime/stream_readable.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:stream_writable",
        source: include_str!("../../runtime/stream_writable.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:stream_duplex",
        source: include_str!("../../runtime/stream_duplex.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:stream_pipe",
        source: include_str!("../../runtime/stream_pipe.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:stream_kinds",
        source: include_str!("../../runtime/stream_kinds.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:stream_finished",
        source: include_str!("../../runtime/stream_finished.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:stream_iterator",
        source: include_str!("../../runtime/stream_iterator.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:stream_from",
        source: include_str!("../../runtime/stream_from.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:stream_pipeline",
        source: include_str!("../../runtime/stream_pipeline.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:stdin",
        source: include_str!("../../runtime/stdin.js"),
        ops: stdin::OPS,
    },
];
