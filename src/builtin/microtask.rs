//! `queueMicrotask`.
//!
//! Spec: <https://html.spec.whatwg.org/#microtask-queuing>

use boa_engine::job::PromiseJob;
use boa_engine::{Context, JsArgs, JsResult, JsValue, NativeFunction, js_string};

use crate::js::argument::function;

/// Puts `queueMicrotask` on the global.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    let function = NativeFunction::from_fn_ptr(queue_microtask);
    context.register_global_builtin_callable(js_string!("queueMicrotask"), 1, function)
}

fn queue_microtask(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let callback = function(arguments.get_or_undefined(0), "callback", context)?;
    let job = PromiseJob::new(move |context| callback.call(&JsValue::undefined(), &[], context));
    context.enqueue_job(job.into());
    Ok(JsValue::undefined())
}
