//! A frame of JavaScript around native work, which keeps the engine's stack in order.
//!
//! Boa 0.22 leaves values on its stack when it links a module, and when an exception crosses
//! several frames on its way into Rust. In the middle of an expression they would be taken for
//! arguments of the call that is being prepared, and at the top they would add up to the stack's
//! limit. The frame of a function in JavaScript takes them along when it returns.

use std::path::Path;

use boa_engine::object::builtins::JsFunction;
use boa_engine::{Context, JsObject, JsResult, JsValue, Source};

use crate::js::error::type_error;

/// A function in JavaScript that calls its argument.
struct Trampoline(JsFunction);

/// Calls `call` inside of a frame of its own.
pub fn in_own_frame(call: &JsFunction, context: &mut Context) -> JsResult<JsValue> {
    if !context.has_data::<Trampoline>() {
        let source = Source::from_bytes("(call) => call()").with_path(Path::new("internal:frame"));
        let trampoline = context.eval(source)?.as_function();
        let trampoline = trampoline.ok_or_else(|| type_error("no function"))?;
        context.insert_data(Trampoline(trampoline));
    }
    match context.get_data::<Trampoline>().map(|trampoline| trampoline.0.clone()) {
        Some(trampoline) => trampoline.call(&JsValue::undefined(), &[call.clone().into()], context),
        None => Ok(JsValue::undefined()),
    }
}

/// A function in JavaScript that calls its first argument, with the second as `this` and the third
/// as argument, and passes on what it throws.
struct Guard(JsFunction);

/// The source of [`Guard`]. Boa unwinds its stack as far as the frame that catches.
const GUARD: &str = "(({ apply }) => (call, self, argument) => {
  try {
    return apply(call, self, [argument]);
  } catch (error) {
    throw error;
  }
})(Reflect)";

/// Makes the guard while `Reflect` is still what it was.
pub fn install(context: &mut Context) -> JsResult<()> {
    let source = Source::from_bytes(GUARD).with_path(Path::new("internal:frame"));
    let guard = context.eval(source)?.as_function();
    context.insert_data(Guard(guard.ok_or_else(|| type_error("no function"))?));
    Ok(())
}

/// Calls a callback of a script from Rust, such that it leaves the stack in order if it throws.
pub fn guarded_call(
    callback: &JsObject,
    this: JsValue,
    argument: JsValue,
    context: &mut Context,
) -> JsResult<JsValue> {
    match context.get_data::<Guard>().map(|guard| guard.0.clone()) {
        Some(guard) => {
            let arguments = [callback.clone().into(), this, argument];
            guard.call(&JsValue::undefined(), &arguments, context)
        }
        None => callback.call(&this, &[argument], context),
    }
}
