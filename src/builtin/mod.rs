//! The table of built-in modules and globals, and their native halves, one file each.

use crate::js::loader::Builtin;

mod console;

/// A global that is made when a script first touches it: its name, the built-in module that has
/// it, and the export there.
pub type Global = (&'static str, &'static str, &'static str);

/// Every built-in module.
pub const BUILTINS: &[Builtin] = &[Builtin {
    name: "console",
    source: include_str!("../../runtime/console.js"),
    ops: console::OPS,
}];

/// Every lazily made global.
pub const GLOBALS: &[Global] = &[("console", "console", "default")];
