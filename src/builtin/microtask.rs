//! `queueMicrotask`.
//!
//! Spec: <https://html.spec.whatwg.org/#microtask-queuing>

use boa_engine::job::PromiseJob;
use boa_engine::object::FunctionObjectBuilder;
use boa_engine::property::Attribute;
use boa_engine::{Context, JsArgs, JsResult, JsValue, NativeFunction, js_string};

use crate::js::activation;
use crate::js::argument::function;
use crate::js::async_context::bound;

/// Puts `queueMicrotask` on the global.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    let name = js_string!("queueMicrotask");
    let function = NativeFunction::from_fn_ptr(queue_microtask);
    let function =
        FunctionObjectBuilder::new(context.realm(), function).name(name.clone()).length(1).build();
    context.register_global_property(name, function, Attribute::all())
}

fn queue_microtask(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let callback = function(arguments.get_or_undefined(0), "callback", context)?;
    let callback = bound(callback, context)?;
    let job = PromiseJob::new(move |context| {
        activation::call(&callback, &JsValue::undefined(), &[], context)
    });
    context.enqueue_job(job.into());
    Ok(JsValue::undefined())
}
