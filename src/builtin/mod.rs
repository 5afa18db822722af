//! The table of built-in modules and globals, and their native halves, one file each.

use boa_engine::{Context, JsArgs, JsResult, JsValue};

use crate::js::error::type_error;
use crate::js::loader::{Builtin, Loader, Op};

mod abort;
mod console;
mod inspect;
pub mod module_paths;
mod os;
mod output;
pub mod process;

/// A global that is made when a script first touches it: its name, the built-in module that has
/// it, and the export there.
pub type Global = (&'static str, &'static str, &'static str);

/// Every built-in module.
pub const BUILTINS: &[Builtin] = &[
    Builtin {
        name: "console",
        source: include_str!("../../runtime/console.js"),
        ops: console::OPS,
    },
    Builtin { name: "events", source: include_str!("../../runtime/events.js"), ops: LOAD },
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
        ops: abort::OPS,
    },
    Builtin {
        name: "internal:dom_exception",
        source: include_str!("../../runtime/dom_exception.js"),
        ops: &[],
    },
    Builtin { name: "internal:format", source: include_str!("../../runtime/format.js"), ops: &[] },
    Builtin {
        name: "internal:inspect",
        source: include_str!("../../runtime/inspect.js"),
        ops: inspect::OPS,
    },
    Builtin { name: "internal:table", source: include_str!("../../runtime/table.js"), ops: &[] },
    Builtin { name: "os", source: include_str!("../../runtime/os.js"), ops: os::OPS },
    Builtin { name: "path", source: include_str!("../../runtime/path.js"), ops: &[] },
    Builtin {
        name: "process",
        source: include_str!("../../runtime/process.js"),
        ops: process::OPS,
    },
    Builtin { name: "util", source: include_str!("../../runtime/util.js"), ops: &[] },
];

/// Every lazily made global.
pub const GLOBALS: &[Global] = &[
    ("AbortController", "internal:abort", "AbortController"),
    ("AbortSignal", "internal:abort", "AbortSignal"),
    ("DOMException", "internal:dom_exception", "DOMException"),
    ("console", "console", "default"),
    ("process", "process", "default"),
];

/// The natives of a built-in that needs nothing but a late import.
const LOAD: &[Op] = &[("load", 1, load)];

/// The op `load(name)`: imports a built-in at once and returns its namespace, so that a built-in
/// can do without another one until it is needed.
fn load(_this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let name = arguments.get_or_undefined(0).to_string(context)?.to_std_string_lossy();
    let loader = context.downcast_module_loader::<Loader>();
    let loader = loader.ok_or_else(|| type_error("there is no module loader"))?;
    let module = loader.import_builtin(&name, context)?;
    Ok(module.namespace(context).into())
}
