//! The built-ins that most programs have: the globals and what stands behind them.

use super::{
    blob, buffer, commonjs, console, dom, encoding, errors, events, inspect, late_import,
    messaging, os, performance, process, querystring, report_error, structured_clone, time_zone,
    timers, url, url_pattern, worker,
};
use crate::js::loader::Builtin;

pub(super) const BASE: &[Builtin] = &[
    Builtin {
        name: "console",
        source: include_str!("../../runtime/console.js"),
        ops: console::OPS,
    },
    Builtin { name: "buffer", source: include_str!("../../runtime/buffer.js"), ops: buffer::OPS },
    Builtin {
        name: "internal:buffer_numbers",
        source: include_str!("../../runtime/buffer_numbers.js"),
        ops: &[],
    },
    Builtin {
        name: "diagnostics_channel",
        source: include_str!("../../runtime/diagnostics_channel.js"),
        ops: &[],
    },
    Builtin {
        name: "string_decoder",
        source: include_str!("../../runtime/string_decoder.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:call_sites",
        source: include_str!("../../runtime/call_sites.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:commonjs",
        source: include_str!("../../runtime/commonjs.js"),
        ops: commonjs::OPS,
    },
    Builtin {
        name: "module",
        source: include_str!("../../runtime/module.js"),
        ops: commonjs::MODULE_OPS,
    },
    Builtin { name: "events", source: include_str!("../../runtime/events.js"), ops: events::OPS },
    Builtin {
        name: "internal:events_functions",
        source: include_str!("../../runtime/events_functions.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:deep_equal",
        source: include_str!("../../runtime/deep_equal.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:describe",
        source: include_str!("../../runtime/describe.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:abort",
        source: include_str!("../../runtime/abort.js"),
        ops: dom::abort::OPS,
    },
    Builtin {
        name: "internal:blob",
        source: include_str!("../../runtime/blob.js"),
        ops: blob::OPS,
    },
    Builtin {
        name: "internal:encoding",
        source: include_str!("../../runtime/encoding.js"),
        ops: encoding::OPS,
    },
    Builtin {
        name: "internal:performance",
        source: include_str!("../../runtime/performance.js"),
        ops: performance::OPS,
    },
    Builtin {
        name: "internal:performance_timeline",
        source: include_str!("../../runtime/performance_timeline.js"),
        ops: &[],
    },
    Builtin {
        name: "perf_hooks",
        source: include_str!("../../runtime/perf_hooks.js"),
        ops: late_import::OPS,
    },
    Builtin { name: "url", source: include_str!("../../runtime/url.js"), ops: url::OPS },
    Builtin {
        name: "internal:url_pattern",
        source: include_str!("../../runtime/url_pattern.js"),
        ops: url_pattern::OPS,
    },
    Builtin {
        name: "internal:url_pattern_parser",
        source: include_str!("../../runtime/url_pattern_parser.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:structured_clone",
        source: include_str!("../../runtime/structured_clone.js"),
        ops: structured_clone::OPS,
    },
    Builtin {
        name: "internal:message_channel",
        source: include_str!("../../runtime/message_channel.js"),
        ops: messaging::CHANNEL_OPS,
    },
    Builtin {
        name: "internal:broadcast_channel",
        source: include_str!("../../runtime/broadcast_channel.js"),
        ops: messaging::BROADCAST_OPS,
    },
    Builtin {
        name: "internal:worker",
        source: include_str!("../../runtime/worker.js"),
        ops: messaging::WORKER_OPS,
    },
    Builtin {
        name: "worker_threads",
        source: include_str!("../../runtime/worker_threads.js"),
        ops: late_import::OPS,
    },
    Builtin {
        name: "assert",
        source: include_str!("../../runtime/assert.js"),
        ops: late_import::OPS,
    },
    Builtin {
        name: "assert/strict",
        source: include_str!("../../runtime/assert_strict.js"),
        ops: &[],
    },
    Builtin {
        name: "querystring",
        source: include_str!("../../runtime/querystring.js"),
        ops: querystring::OPS,
    },
    Builtin {
        name: "internal:dom_exception",
        source: include_str!("../../runtime/dom_exception.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:error_texts",
        source: include_str!("../../runtime/error_texts.js"),
        ops: late_import::OPS,
    },
    Builtin {
        name: "internal:process_output",
        source: include_str!("../../runtime/process_output.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:process_warning",
        source: include_str!("../../runtime/process_warning.js"),
        ops: &[],
    },
    Builtin { name: "internal:errors", source: "", ops: errors::OPS },
    Builtin { name: "internal:format", source: include_str!("../../runtime/format.js"), ops: &[] },
    Builtin {
        name: "internal:inspect",
        source: include_str!("../../runtime/inspect.js"),
        ops: inspect::OPS,
    },
    Builtin { name: "internal:intl", source: include_str!("../../runtime/intl.js"), ops: &[] },
    Builtin {
        name: "internal:intl_date",
        source: include_str!("../../runtime/intl_date.js"),
        ops: time_zone::OPS,
    },
    Builtin {
        name: "internal:intl_number",
        source: include_str!("../../runtime/intl_number.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:intl_options",
        source: include_str!("../../runtime/intl_options.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:navigator",
        source: include_str!("../../runtime/navigator.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:report_error",
        source: include_str!("../../runtime/report_error.js"),
        ops: report_error::OPS,
    },
    Builtin {
        name: "internal:krandog",
        source: include_str!("../../runtime/krandog.js"),
        ops: worker::OPS,
    },
    Builtin { name: "timers", source: include_str!("../../runtime/timers.js"), ops: timers::OPS },
    Builtin {
        name: "timers/promises",
        source: include_str!("../../runtime/timers_promises.js"),
        ops: &[],
    },
    Builtin { name: "internal:table", source: include_str!("../../runtime/table.js"), ops: &[] },
    Builtin { name: "os", source: include_str!("../../runtime/os.js"), ops: os::OPS },
    Builtin { name: "path", source: include_str!("../../runtime/path.js"), ops: late_import::OPS },
    Builtin {
        name: "process",
        source: include_str!("../../runtime/process.js"),
        ops: process::OPS,
    },
    Builtin { name: "util", source: include_str!("../../runtime/util.js"), ops: late_import::OPS },
];
