//! The native half of `events`: `EventEmitter`, and what an `EventTarget` listens for.
//!
//! It is native since a server is an emitter: written in JavaScript, it took longer to parse than
//! everything else that a server needs to start. The constructor alone is JavaScript, so that it
//! can be called without `new`. What few programs use is in `runtime/events_functions.js`, which is
//! loaded when they do.
//!
//! Spec: <https://nodejs.org/api/events.html>

mod emitter;
mod methods;

use boa_engine::object::FunctionObjectBuilder;
use boa_engine::property::PropertyDescriptor;
use boa_engine::{Context, JsArgs, JsObject, JsResult, JsValue, NativeFunction, js_string};

use super::dom::event_target::listeners_of;
use super::late_import::LOAD;
use crate::js::argument::{illegal_invocation, number_from};
use crate::js::interface::{Op, accessor, set_field};
use emitter::Shared;

pub(super) const OPS: &[Op] = &[
    LOAD,
    ("equip", 1, equip),
    ("init", 1, methods::init),
    ("listenersOf", 2, listeners_of),
    ("maxKey", 0, |_, _, context| Ok(Shared::of(context)?.max.clone().into())),
    ("withoutCapture", 2, methods::without_capture),
];

/// Emits an event on an emitter of a script: by its `emit`, which the script may have replaced. What
/// is no function any more tells nobody.
pub(super) fn emit(
    emitter: &JsObject,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<()> {
    let emit = emitter.get(js_string!("emit"), context)?;
    let Some(emit) = emit.as_callable() else { return Ok(()) };
    emit.call(&emitter.clone().into(), arguments, context).map(drop)
}

/// `equip(EventEmitter)`: gives the constructor its methods, `errorMonitor` and the settings for all
/// emitters.
fn equip(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let class = arguments.get_or_undefined(0).as_object();
    let class = class.ok_or_else(|| illegal_invocation("EventEmitter"))?;
    let prototype = class.get(js_string!("prototype"), context)?.as_object();
    let prototype = prototype.ok_or_else(|| illegal_invocation("EventEmitter"))?;
    let shared = Shared::new().ok_or_else(|| illegal_invocation("EventEmitter"))?;
    set_field(&class, js_string!("errorMonitor"), shared.error_monitor.clone());
    drop(context.insert_data(shared));
    let realm = context.realm().clone();
    for (name, length, body) in methods::METHODS {
        let name = js_string!(*name);
        let body = NativeFunction::from_fn_ptr(*body);
        let method =
            FunctionObjectBuilder::new(&realm, body).name(name.clone()).length(*length).build();
        set_field(&prototype, name, method);
    }
    for (alias, name) in methods::ALIASES {
        let method = prototype.get(js_string!(*name), context)?;
        set_field(&prototype, js_string!(*alias), method);
    }
    for (name, descriptor) in settings(context) {
        class.insert_property(js_string!(name), descriptor);
    }
    Ok(JsValue::undefined())
}

/// `EventEmitter.captureRejections` and `EventEmitter.defaultMaxListeners`.
fn settings(context: &Context) -> [(&'static str, PropertyDescriptor); 2] {
    let captures = accessor(
        context.realm(),
        "captureRejections",
        |_, _, context| Ok(Shared::of(context)?.captures.get().into()),
        Some(|_, arguments, context| {
            let name = "EventEmitter.captureRejections";
            let captures = methods::flag(arguments.get_or_undefined(0), name, context)?;
            Shared::of(context)?.captures.set(captures);
            Ok(JsValue::undefined())
        }),
    );
    let default_max = accessor(
        context.realm(),
        "defaultMaxListeners",
        |_, _, context| Ok(Shared::of(context)?.default_max.get().into()),
        Some(|_, arguments, context| {
            let max = arguments.get_or_undefined(0);
            let max = number_from(max, "defaultMaxListeners", 0.0, context)?;
            Shared::of(context)?.default_max.set(max);
            Ok(JsValue::undefined())
        }),
    );
    [("captureRejections", captures), ("defaultMaxListeners", default_max)]
}
