//! The op `load(name)`, by which the JavaScript half of a built-in does without another one until
//! that is needed.

use boa_engine::{Context, JsArgs, JsResult, JsValue};

use crate::js::interface::Op;
use crate::js::loader::import_builtin;

/// The natives of a built-in that needs nothing but a late import.
pub(super) const OPS: &[Op] = &[LOAD];

/// The row for a built-in that has natives of its own too.
pub(super) const LOAD: Op = ("load", 1, load);

/// Imports a built-in at once and returns its namespace.
fn load(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let name = arguments.get_or_undefined(0).to_string(context)?.to_std_string_lossy();
    Ok(import_builtin(&name, context)?.namespace(context).into())
}
