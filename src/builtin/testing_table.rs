//! The built-ins that test scripts.

use super::{late_import, test_runner};
use crate::js::loader::{Builtin, script};

pub(super) const TESTING: &[Builtin] = &[
    Builtin { name: "node:test", source: include_str!("../../runtime/test.js"), ops: &[] },
    Builtin {
        name: "node:test/reporters",
        source: include_str!("../../runtime/test_reporters_module.js"),
        ops: &[],
    },
    Builtin {
        name: "krandog:test",
        source: include_str!("../../runtime/test_sockets.js"),
        ops: test_runner::CLOCK_OPS,
    },
    Builtin { name: "internal:test", source: "", ops: test_runner::OPS },
    Builtin { name: "internal:diff", source: include_str!("../../runtime/diff.js"), ops: &[] },
    script("internal:test_assert", include_str!("../../runtime/test_assert.js"), late_import::OPS),
    script("internal:test_call", include_str!("../../runtime/test_call.js"), &[]),
    script("internal:test_command", include_str!("../../runtime/test_command.js"), &[]),
    script(
        "internal:test_context",
        include_str!("../../runtime/test_context.js"),
        late_import::OPS,
    ),
    script("internal:test_dot", include_str!("../../runtime/test_dot.js"), &[]),
    script("internal:test_failure", include_str!("../../runtime/test_failure.js"), &[]),
    script(
        "internal:test_globals",
        include_str!("../../runtime/test_globals.js"),
        late_import::OPS,
    ),
    script("internal:test_harness", include_str!("../../runtime/test_harness.js"), &[]),
    script("internal:test_hooks", include_str!("../../runtime/test_hooks.js"), &[]),
    script("internal:test_junit", include_str!("../../runtime/test_junit.js"), &[]),
    script("internal:test_mock", include_str!("../../runtime/test_mock.js"), &[]),
    script("internal:test_mock_timers", include_str!("../../runtime/test_mock_timers.js"), &[]),
    script("internal:test_node", include_str!("../../runtime/test_node.js"), &[]),
    script("internal:test_options", include_str!("../../runtime/test_options.js"), &[]),
    script(
        "internal:test_reporters",
        include_str!("../../runtime/test_reporters.js"),
        late_import::OPS,
    ),
    script("internal:test_runner", include_str!("../../runtime/test_runner.js"), &[]),
    script("internal:test_setup", include_str!("../../runtime/test_setup.js"), &[]),
    script("internal:test_snapshot", include_str!("../../runtime/test_snapshot.js"), &[]),
    script("internal:test_spec", include_str!("../../runtime/test_spec.js"), &[]),
    script("internal:test_stream", include_str!("../../runtime/test_stream.js"), &[]),
    script("internal:test_tap", include_str!("../../runtime/test_tap.js"), &[]),
];
