//! The interface objects of events and event targets, and how the runtime makes events.

use std::time::Duration;

use boa_engine::context::intrinsics::StandardConstructor;
use boa_engine::native_function::NativeFunctionPointer;
use boa_engine::object::FunctionObjectBuilder;
use boa_engine::{Context, JsObject, JsResult, JsString, JsValue, NativeFunction, js_string};

use crate::js::event::{self, Event, Which};
use crate::js::event_kinds::{self, ErrorFields, Kind};
use crate::js::event_target;
use crate::js::interface::{self, define_hidden, inspect_symbol};
use crate::js::microtask;

/// The interface objects, kept where native code finds them without asking the global.
struct Classes {
    event_target: StandardConstructor,
    event: StandardConstructor,
    custom: StandardConstructor,
    message: StandardConstructor,
    close: StandardConstructor,
    error: StandardConstructor,
    /// The clock's reading when the context was made, in nanoseconds.
    time_origin: u128,
    /// The same moment, in milliseconds since the Unix epoch.
    time_origin_epoch: f64,
}

/// Makes the classes and puts them on the global, and `queueMicrotask` with them.
pub fn install(context: &mut Context) -> JsResult<()> {
    let time_origin = context.clock().now().nanos_since_epoch();
    let time_origin_epoch = Duration::from_millis(
        u64::try_from(context.clock().system_time_millis()).unwrap_or_default(),
    );
    let time_origin_epoch = time_origin_epoch.as_secs_f64() * 1e3;
    let event_target = event_target::CLASS.build(None, context);
    let event = event::CLASS.build(None, context);
    let custom = event_kinds::CUSTOM.build(Some(&event), context);
    let message = event_kinds::MESSAGE.build(Some(&event), context);
    let close = event_kinds::CLOSE.build(Some(&event), context);
    let error = event_kinds::ERROR.build(Some(&event), context);
    let classes = Classes {
        event_target,
        event,
        custom,
        message,
        close,
        error,
        time_origin,
        time_origin_epoch,
    };
    for (name, class) in [
        ("EventTarget", &classes.event_target),
        ("Event", &classes.event),
        ("CustomEvent", &classes.custom),
        ("MessageEvent", &classes.message),
        ("CloseEvent", &classes.close),
        ("ErrorEvent", &classes.error),
    ] {
        interface::install(name, class, context)?;
    }
    context.insert_data(classes);
    microtask::install(context)
}

/// Lets `inspect` say how the console shows objects with this prototype.
pub fn define_inspect(
    prototype: &JsObject,
    inspect: NativeFunctionPointer,
    context: &mut Context,
) -> JsResult<()> {
    let Some(symbol) = inspect_symbol(context) else { return Ok(()) };
    let inspect = NativeFunction::from_fn_ptr(inspect);
    let inspect = FunctionObjectBuilder::new(context.realm(), inspect).length(3).build();
    define_hidden(prototype, symbol, inspect, context)
}

fn classes(context: &Context) -> Option<&Classes> {
    context.get_data::<Classes>()
}

/// `EventTarget` and its prototype: the parent of native classes that are event targets.
pub fn event_target_class(context: &Context) -> Option<&StandardConstructor> {
    classes(context).map(|classes| &classes.event_target)
}

/// `EventTarget.prototype`.
pub fn event_target_prototype(context: &Context) -> JsObject {
    event_target_class(context).map_or_else(
        || context.intrinsics().constructors().object().prototype(),
        StandardConstructor::prototype,
    )
}

pub(super) fn prototype(which: Which, context: &Context) -> JsObject {
    let class = classes(context).map(|classes| match which {
        Which::Event => &classes.event,
        Which::Custom => &classes.custom,
        Which::Message => &classes.message,
        Which::Close => &classes.close,
        Which::Error => &classes.error,
    });
    class.map_or_else(
        || context.intrinsics().constructors().object().prototype(),
        StandardConstructor::prototype,
    )
}

/// Milliseconds since the context was made: `performance.now()` and `event.timeStamp`.
pub fn now(context: &Context) -> f64 {
    let origin = classes(context).map_or(0, |classes| classes.time_origin);
    let nanos = context.clock().now().nanos_since_epoch().saturating_sub(origin);
    Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX)).as_secs_f64() * 1e3
}

/// When the context was made, in milliseconds since the Unix epoch: `performance.timeOrigin`.
pub fn time_origin(context: &Context) -> f64 {
    classes(context).map_or(0.0, |classes| classes.time_origin_epoch)
}

fn trusted(event_type: JsString, which: Which, kind: Kind, context: &Context) -> JsObject {
    let event = Event::trusted(event_type, kind, context);
    JsObject::new(context.root_shape(), prototype(which, context), event).upcast()
}

/// A trusted `Event` of this type.
pub fn simple_event(event_type: JsString, context: &Context) -> JsObject {
    trusted(event_type, Which::Event, Kind::Plain, context)
}

/// A trusted `message` event.
pub fn message_event(data: JsValue, origin: JsString, context: &Context) -> JsObject {
    let kind = Kind::Message(data, origin, None);
    trusted(js_string!("message"), Which::Message, kind, context)
}

/// A trusted `close` event.
pub fn close_event(code: u16, reason: JsString, was_clean: bool, context: &Context) -> JsObject {
    let kind = Kind::Close(code, reason, was_clean);
    trusted(js_string!("close"), Which::Close, kind, context)
}

/// A trusted `error` event; `extras`, such as `code` and `status`, become properties of its own.
pub fn error_event(
    message: JsString,
    error: JsValue,
    extras: &[(&str, JsValue)],
    context: &mut Context,
) -> JsResult<JsObject> {
    let fields = ErrorFields::new(message, error);
    let event = trusted(js_string!("error"), Which::Error, Kind::Error(Box::new(fields)), context);
    for (name, value) in extras {
        event.create_data_property_or_throw(js_string!(*name), value.clone(), context)?;
    }
    Ok(event)
}
