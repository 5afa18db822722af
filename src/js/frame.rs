//! A frame of JavaScript around native work, which keeps the engine's stack in order.
//!
//! Boa 0.22 leaves values on its stack when it links a module, and when an exception crosses
//! several frames on its way into Rust. In the middle of an expression they would be taken for
//! arguments of the call that is being prepared, and at the top they would add up to the stack's
//! limit. The frame of a function in JavaScript takes them along when it returns.

use std::path::Path;

use boa_engine::object::builtins::JsFunction;
use boa_engine::{Context, JsArgs, JsObject, JsResult, JsValue, NativeFunction, Source};

use crate::js::error::type_error;

/// A function in JavaScript that calls its argument.
struct Trampoline(JsFunction);

/// Calls `call` inside of a frame of its own.
pub fn in_own_frame(call: &JsFunction, context: &mut Context) -> JsResult<JsValue> {
    if !context.has_data::<Trampoline>() {
        // Without parentheses, which would be parsed as an expression first.
        let trampoline = function_in_javascript("call => call()", context)?;
        context.insert_data(Trampoline(trampoline));
    }
    match context.get_data::<Trampoline>().map(|trampoline| trampoline.0.clone()) {
        Some(trampoline) => trampoline.call(&JsValue::undefined(), &[call.clone().into()], context),
        None => Ok(JsValue::undefined()),
    }
}

/// A function in JavaScript that calls [`apply`] with what it is given, and passes on what that
/// throws; and `apply` itself, which is no property that a script could replace.
struct Guard(JsFunction, JsFunction);

/// The source of [`Guard`]. Boa unwinds its stack as far as the frame that catches.
const GUARD: &str = "(apply, call, self, argument) => {
  try {
    return apply(call, self, argument);
  } catch (error) {
    throw error;
  }
}";

/// Calls a callback of a script from Rust, such that it leaves the stack in order if it throws.
pub fn guarded_call(
    callback: &JsObject,
    this: JsValue,
    argument: JsValue,
    context: &mut Context,
) -> JsResult<JsValue> {
    if !context.has_data::<Guard>() {
        let guard = function_in_javascript(GUARD, context)?;
        let apply = NativeFunction::from_fn_ptr(apply).to_js_function(context.realm());
        context.insert_data(Guard(guard, apply));
    }
    let Some(Guard(guard, apply)) = context.get_data::<Guard>() else {
        return Ok(JsValue::undefined());
    };
    let (guard, apply) = (guard.clone(), apply.clone());
    let arguments = [apply.into(), callback.clone().into(), this, argument];
    guard.call(&JsValue::undefined(), &arguments, context)
}

/// `apply(call, self, argument)`
fn apply(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let call = arguments.get_or_undefined(0).as_object();
    let call = call.ok_or_else(|| type_error("no function"))?;
    call.call(arguments.get_or_undefined(1), arguments.get(2..).unwrap_or_default(), context)
}

/// The function that a source text stands for.
fn function_in_javascript(source: &str, context: &mut Context) -> JsResult<JsFunction> {
    let source = Source::from_bytes(source).with_path(Path::new("internal:frame"));
    context.eval(source)?.as_function().ok_or_else(|| type_error("no function"))
}
