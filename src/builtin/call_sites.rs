//! The calls of a stack as objects, for `Error.prepareStackTrace`.
//!
//! Spec: <https://v8.dev/docs/stack-trace-api>

use boa_engine::{Context, JsObject, JsResult, JsValue, js_string};

use crate::js::loader::call_builtin;

/// Hands an object and its calls to a script's `prepareStackTrace`, and returns what that makes of
/// them.
pub fn prepare(
    object: &JsObject,
    calls: &str,
    prepare: &JsValue,
    context: &mut Context,
) -> JsResult<JsValue> {
    let arguments = [object.clone().into(), js_string!(calls).into(), prepare.clone()];
    call_builtin("internal:call_sites", "prepare", &arguments, context)
}
