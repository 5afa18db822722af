//! The table of built-in modules and globals, and their native halves, one file each.

use std::cell::RefCell;
use std::rc::Rc;

use boa_engine::{Context, JsArgs, JsError, JsResult, JsValue};

use crate::host::Host;
use crate::js::error::type_error;
use crate::js::interface::Op;
use crate::js::loader::{Builtin, Loader};
use crate::js::report;

mod blob;
mod console;
pub mod dom;
mod encoding;
mod globals;
pub mod http;
mod inspect;
mod json;
mod microtask;
pub mod module_paths;
mod os;
mod output;
mod performance;
pub mod process;
mod querystring;
pub mod stdin;
mod structured_clone;
mod time_origin;
pub mod timers;
mod url;
mod url_search_params;
pub mod websocket;

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
        name: "perf_hooks",
        source: include_str!("../../runtime/performance.js"),
        ops: performance::OPS,
    },
    Builtin { name: "url", source: include_str!("../../runtime/url.js"), ops: url::OPS },
    Builtin {
        name: "internal:structured_clone",
        source: include_str!("../../runtime/structured_clone.js"),
        ops: structured_clone::OPS,
    },
    Builtin { name: "assert", source: include_str!("../../runtime/assert.js"), ops: LOAD },
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
    Builtin { name: "internal:errors", source: include_str!("../../runtime/errors.js"), ops: LOAD },
    Builtin { name: "internal:format", source: include_str!("../../runtime/format.js"), ops: &[] },
    Builtin {
        name: "internal:inspect",
        source: include_str!("../../runtime/inspect.js"),
        ops: inspect::OPS,
    },
    Builtin { name: "http", source: include_str!("../../runtime/http.js"), ops: http::OPS },
    Builtin { name: "timers", source: include_str!("../../runtime/timers.js"), ops: timers::OPS },
    Builtin {
        name: "internal:stdin",
        source: include_str!("../../runtime/stdin.js"),
        ops: stdin::OPS,
    },
    Builtin {
        name: "internal:websocket_iterator",
        source: include_str!("../../runtime/websocket_iterator.js"),
        ops: &[],
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

/// The host, where natives find it.
struct HostHandle(Rc<RefCell<Host>>);

/// Puts what natives need into the context, and the eager globals on the global object.
pub fn install(host: Rc<RefCell<Host>>, context: &mut Context) -> JsResult<()> {
    context.insert_data(HostHandle(host));
    time_origin::install(context);
    dom::install(context)?;
    microtask::install(context)?;
    console::install(context)?;
    json::install(context)?;
    timers::install(context);
    http::install(context);
    websocket::install(context)?;
    globals::install(context)
}

/// Calls into the host. No JavaScript may run in `call`.
fn with_host<T>(context: &Context, call: impl FnOnce(&mut Host) -> T) -> Option<T> {
    let host = context.get_data::<HostHandle>()?;
    Some(call(&mut host.0.borrow_mut()))
}

/// The host itself, for a native that has the context borrowed otherwise.
fn host_of(context: &Context) -> Option<Rc<RefCell<Host>>> {
    context.get_data::<HostHandle>().map(|host| host.0.clone())
}

/// Prints what a handler threw. The server lives on.
pub fn report_handler_error(error: &JsError, during: &str, context: &mut Context) {
    let text = report::uncaught_text(error, context);
    report::print(&format!("{text}\n  while handling {during}"));
}

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
