//! The interface `EventTarget`: the methods by which scripts add, remove and call listeners.
//!
//! Spec: <https://dom.spec.whatwg.org/#interface-eventtarget>

use boa_engine::context::intrinsics::StandardConstructor;
use boa_engine::{Context, JsArgs, JsObject, JsResult, JsString, JsValue, js_string};

use super::abort;
use super::event::{Event, Flags};
use super::event_target::{self, EventTarget, Listener, fire, set_flag, target_of};
use super::exception::dom_exception;
use crate::js::argument::{prototype_for, require_arguments, wrong_type};
use crate::js::interface::Interface;

pub(super) const CLASS: Interface = Interface {
    name: "EventTarget",
    length: 0,
    constructor: |new_target, _, context| {
        let default = |context: &mut Context| {
            event_target::class(context).map_or_else(
                || context.intrinsics().constructors().object().prototype(),
                StandardConstructor::prototype,
            )
        };
        let prototype = prototype_for(new_target, "EventTarget", default, context)?;
        let target = JsObject::new(context.root_shape(), prototype, EventTarget::new());
        Ok(target.upcast().into())
    },
    methods: &[
        ("addEventListener", 2, add_event_listener),
        ("removeEventListener", 2, remove_event_listener),
        ("dispatchEvent", 1, dispatch_event),
    ],
    statics: &[],
    accessors: &[],
    constants: &[],
    shown: &[],
};

/// What `addEventListener` and `removeEventListener` accept as third argument.
#[derive(Default)]
struct Options {
    capture: bool,
    once: bool,
    passive: bool,
    signal: Option<JsObject>,
}

/// A listener is an object or null; what it can do is looked at when an event comes.
fn callback_of(value: &JsValue, context: &mut Context) -> JsResult<Option<JsObject>> {
    if value.is_null_or_undefined() {
        return Ok(None);
    }
    let callback = value.as_object();
    let wanted = "an instance of EventListener";
    callback.map(Some).ok_or_else(|| wrong_type("listener", wanted, value, context))
}

impl Options {
    fn read(value: &JsValue, all: bool, context: &mut Context) -> JsResult<Self> {
        let mut options = Self::default();
        let Some(given) = value.as_object() else {
            options.capture = value.to_boolean();
            return Ok(options);
        };
        options.capture = given.get(js_string!("capture"), context)?.to_boolean();
        if !all {
            return Ok(options);
        }
        options.once = given.get(js_string!("once"), context)?.to_boolean();
        options.passive = given.get(js_string!("passive"), context)?.to_boolean();
        let signal = given.get(js_string!("signal"), context)?;
        if !signal.is_undefined() {
            let Some(object) = signal.as_object().filter(abort::is_signal) else {
                let wanted = "an instance of AbortSignal";
                return Err(wrong_type("options.signal", wanted, &signal, context));
            };
            options.signal = Some(object);
        }
        Ok(options)
    }
}

/// What both methods are called with, converted in the order that Web IDL demands.
struct Given {
    target: JsObject,
    event_type: JsString,
    callback: Option<JsObject>,
    options: Options,
}

impl Given {
    fn read(
        this: &JsValue,
        arguments: &[JsValue],
        all_options: bool,
        context: &mut Context,
    ) -> JsResult<Self> {
        let target = target_of(this)?;
        require_arguments(arguments, &["type", "listener"], context)?;
        Ok(Self {
            target,
            event_type: arguments[0].to_string(context)?,
            callback: callback_of(&arguments[1], context)?,
            options: Options::read(arguments.get_or_undefined(2), all_options, context)?,
        })
    }
}

pub(in crate::builtin) fn add_event_listener(
    this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let Given { target, event_type, callback, options } =
        Given::read(this, arguments, true, context)?;
    let aborted = options.signal.as_ref().is_some_and(|signal| abort::reason(signal).is_some());
    let Some(callback) = callback.filter(|_| !aborted) else { return Ok(JsValue::undefined()) };
    let Options { capture, once, passive, signal } = options;
    let added = target.downcast_mut::<EventTarget>().and_then(|mut target| {
        if target.find_same(&event_type, &callback, capture).is_some() {
            return None;
        }
        let mut listener = Listener::new(event_type, callback);
        (listener.capture, listener.once, listener.passive) = (capture, once, passive);
        Some(target.add(listener))
    });
    if let Some((id, signal)) = added.zip(signal) {
        abort::remove_on_abort(&signal, &target, id);
    }
    Ok(JsValue::undefined())
}

pub(in crate::builtin) fn remove_event_listener(
    this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let Given { target, event_type, callback, options } =
        Given::read(this, arguments, false, context)?;
    let (Some(callback), Some(mut target)) = (callback, target.downcast_mut::<EventTarget>())
    else {
        return Ok(JsValue::undefined());
    };
    if let Some(id) = target.find_same(&event_type, &callback, options.capture) {
        target.remove(id);
    }
    Ok(JsValue::undefined())
}

pub(in crate::builtin) fn dispatch_event(
    this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let target = target_of(this)?;
    require_arguments(arguments, &["event"], context)?;
    let Some(event) = arguments[0].as_object().filter(JsObject::is::<Event>) else {
        return Err(wrong_type("event", "an instance of Event", &arguments[0], context));
    };
    let busy = event.downcast_ref::<Event>().is_some_and(|e| e.flags.has(Flags::DISPATCHED));
    if busy {
        let message = "the event is already being dispatched";
        return Err(dom_exception("InvalidStateError", message, context));
    }
    set_flag(&event, Flags::TRUSTED, false);
    fire(&target, &event, context);
    Ok((!event.downcast_ref::<Event>().is_some_and(|event| event.is_canceled())).into())
}
