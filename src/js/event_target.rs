//! `EventTarget`, natively: listeners, handlers such as `onmessage`, and dispatch without a tree.
//!
//! No borrow of an object lasts while a script runs: listeners are copied before the first call.
//! Specs: <https://dom.spec.whatwg.org/#interface-eventtarget>,
//! <https://html.spec.whatwg.org/#event-handler-attributes>

use boa_engine::object::NativeObject;
use boa_engine::{
    Context, Finalize, JsArgs, JsData, JsError, JsObject, JsResult, JsString, JsValue, Trace,
    js_string,
};

use crate::js::abort;
use crate::js::error::{dom_exception, type_error};
use crate::js::event::{Event, Flags};
use crate::js::events;
use crate::js::executor::Executor;
use crate::js::frame::guarded_call;
use crate::js::interface::{Interface, illegal_invocation, prototype_for, require_arguments};

/// The native data of every event target. A class written in Rust keeps its own data in `inner`.
#[derive(Trace, Finalize, JsData, Default)]
pub struct EventTarget {
    listeners: Vec<Listener>,
    /// How many listeners ask for the capturing phase: mostly none, and then there is one pass.
    capturing: u32,
    next_id: u32,
    inner: Option<Box<dyn NativeObject>>,
}

#[derive(Clone, Trace, Finalize)]
#[expect(clippy::struct_excessive_bools, reason = "the standard's own fields of a listener")]
struct Listener {
    id: u32,
    event_type: JsString,
    callback: JsObject,
    capture: bool,
    once: bool,
    passive: bool,
    /// Whether it stands for a handler attribute such as `onmessage`.
    handler: bool,
}

/// What `addEventListener` and `removeEventListener` accept as third argument.
#[derive(Default)]
struct Options {
    capture: bool,
    once: bool,
    passive: bool,
    signal: Option<JsObject>,
}

impl EventTarget {
    /// A target without listeners.
    pub fn new() -> Self {
        Self::default()
    }

    /// A target that carries the data of a class written in Rust.
    pub fn with_inner<T: NativeObject>(inner: T) -> Self {
        let mut target = Self::new();
        target.inner = Some(Box::new(inner));
        target
    }

    /// The data of the class written in Rust, if it is a `T`.
    pub fn inner<T: NativeObject>(&self) -> Option<&T> {
        self.inner.as_deref().and_then(<dyn NativeObject>::downcast_ref)
    }

    /// The same, to change.
    pub fn inner_mut<T: NativeObject>(&mut self) -> Option<&mut T> {
        self.inner.as_deref_mut().and_then(<dyn NativeObject>::downcast_mut)
    }

    /// Whether anything listens for events of this type.
    pub fn has_listeners(&self, event_type: &JsString) -> bool {
        self.listeners.iter().any(|listener| listener.event_type == *event_type)
    }

    /// Adds a listener, unless it is there already, and returns its id.
    fn add(&mut self, mut listener: Listener) -> Option<u32> {
        let known = self.listeners.iter().any(|known| {
            !known.handler
                && known.capture == listener.capture
                && JsObject::equals(&known.callback, &listener.callback)
                && known.event_type == listener.event_type
        });
        if known && !listener.handler {
            return None;
        }
        let id = self.next_id;
        self.next_id = self.next_id.wrapping_add(1);
        self.capturing += u32::from(listener.capture);
        listener.id = id;
        self.listeners.push(listener);
        Some(id)
    }

    /// Removes one listener; harmless when it is gone already.
    pub(super) fn remove(&mut self, id: u32) {
        if let Some(at) = self.listeners.iter().position(|listener| listener.id == id) {
            let listener = self.listeners.remove(at);
            self.capturing -= u32::from(listener.capture);
        }
    }

    fn find(&self, id: u32) -> Option<&Listener> {
        self.listeners.iter().find(|listener| listener.id == id)
    }

    fn handler(&self, event_type: &JsString) -> Option<&Listener> {
        self.listeners
            .iter()
            .find(|listener| listener.handler && listener.event_type == *event_type)
    }

    /// HTML 8.1.8.1: a handler keeps its place among the listeners when replaced, and loses it when
    /// set to null.
    fn set_handler(&mut self, event_type: JsString, callback: Option<JsObject>) {
        let known = self.handler(&event_type).map(|listener| listener.id);
        match (known, callback) {
            (Some(id), Some(callback)) => {
                if let Some(known) = self.listeners.iter_mut().find(|known| known.id == id) {
                    known.callback = callback;
                }
            }
            (Some(id), None) => self.remove(id),
            (None, None) => {}
            (None, Some(callback)) => {
                let mut listener = Listener::new(event_type, callback, &Options::default());
                listener.handler = true;
                self.add(listener);
            }
        }
    }
}

impl Listener {
    fn new(event_type: JsString, callback: JsObject, options: &Options) -> Self {
        let Options { capture, once, passive, .. } = *options;
        Self { id: 0, event_type, callback, capture, once, passive, handler: false }
    }
}

/// Whether a target still has the listener with this id.
pub(super) fn has_listener(target: &JsObject, id: u32) -> bool {
    target.downcast_ref::<EventTarget>().is_some_and(|target| target.find(id).is_some())
}

/// Runs the listeners of `target` for `event`, which must not be under way already, and returns
/// what they threw, oldest first. Each listener runs whatever the ones before it threw.
pub fn dispatch(target: &JsObject, event: &JsObject, context: &mut Context) -> Vec<JsError> {
    let mut errors = Vec::new();
    let (event_type, stopped) = {
        let Some(mut event) = event.downcast_mut::<Event>() else { return errors };
        event.flags.set(Flags::DISPATCHED, true);
        event.target = Some(target.clone());
        event.at_target = true;
        (event.of_type.clone(), event.flags.has(Flags::STOP_PROPAGATION))
    };
    // DOM 2.9, "dispatch": a target's capturing listeners run before its others.
    let capturing = target.downcast_ref::<EventTarget>().is_some_and(|target| target.capturing > 0);
    if capturing && !stopped {
        invoke(target, event, (&event_type, true), &mut errors, context);
    }
    let stopped = |event: &Event| event.flags.has(Flags::STOP_PROPAGATION);
    if !event.downcast_ref::<Event>().is_some_and(|event| stopped(&event)) {
        invoke(target, event, (&event_type, false), &mut errors, context);
    }
    if let Some(mut event) = event.downcast_mut::<Event>() {
        event.at_target = false;
        event.flags.set(Flags::DISPATCHED, false);
        event.flags.set(Flags::STOP_PROPAGATION, false);
        event.flags.set(Flags::STOP_IMMEDIATE, false);
    }
    errors
}

/// Dispatches an event and leaves what its listeners threw for the runtime to report.
pub fn fire(target: &JsObject, event: &JsObject, context: &mut Context) {
    let errors = dispatch(target, event, context);
    if !errors.is_empty()
        && let Some(executor) = context.downcast_job_executor::<Executor>()
    {
        for error in errors {
            executor.report(error);
        }
    }
}

fn invoke(
    target: &JsObject,
    event: &JsObject,
    (event_type, capture): (&JsString, bool),
    errors: &mut Vec<JsError>,
    context: &mut Context,
) {
    let (first, rest) = {
        let Some(target) = target.downcast_ref::<EventTarget>() else { return };
        let mut matching = target
            .listeners
            .iter()
            .filter(|known| known.capture == capture && known.event_type == *event_type);
        // The usual target has one listener, and then nothing is allocated.
        let Some(first) = matching.next() else { return };
        (first.clone(), matching.map(|listener| listener.id).collect::<Vec<_>>())
    };
    errors.extend(call(target, event, &first, context).err());
    for id in rest {
        let stopped = |event: &Event| event.flags.has(Flags::STOP_IMMEDIATE);
        if event.downcast_ref::<Event>().is_some_and(|event| stopped(&event)) {
            return;
        }
        // Looked up anew: a listener before it may have removed it, or replaced the handler.
        let listener =
            target.downcast_ref::<EventTarget>().and_then(|target| target.find(id).cloned());
        if let Some(listener) = listener {
            errors.extend(call(target, event, &listener, context).err());
        }
    }
}

/// DOM 2.9, "inner invoke", for one listener.
fn call(
    target: &JsObject,
    event: &JsObject,
    listener: &Listener,
    context: &mut Context,
) -> JsResult<()> {
    if listener.once
        && let Some(mut target) = target.downcast_mut::<EventTarget>()
    {
        target.remove(listener.id);
    }
    if listener.passive {
        set_flag(event, Flags::IN_PASSIVE_LISTENER, true);
    }
    let result = run(target, event, listener, context);
    if listener.passive {
        set_flag(event, Flags::IN_PASSIVE_LISTENER, false);
    }
    result
}

fn run(
    target: &JsObject,
    event: &JsObject,
    listener: &Listener,
    context: &mut Context,
) -> JsResult<()> {
    let argument = JsValue::from(event.clone());
    let callback = &listener.callback;
    if callback.is_callable() {
        let returned = guarded_call(callback, target.clone().into(), argument, context)?;
        // HTML 8.1.8.1: a handler cancels the event by returning false.
        if listener.handler && returned.as_boolean() == Some(false) {
            let cancelable = event
                .downcast_ref::<Event>()
                .is_some_and(|event| event.flags.has(Flags::CANCELABLE));
            if cancelable {
                set_flag(event, Flags::CANCELED, true);
            }
        }
        return Ok(());
    }
    if listener.handler {
        return Ok(());
    }
    let handle = callback.get(js_string!("handleEvent"), context)?;
    let Some(handle) = handle.as_callable() else {
        return Err(type_error("the listener's handleEvent is not a function"));
    };
    guarded_call(&handle, callback.clone().into(), argument, context).map(drop)
}

fn set_flag(event: &JsObject, flag: Flags, on: bool) {
    if let Some(mut event) = event.downcast_mut::<Event>() {
        event.flags.set(flag, on);
    }
}

pub(super) const CLASS: Interface = Interface {
    name: "EventTarget",
    length: 0,
    constructor: |new_target, _, context| {
        let default = |context: &mut Context| events::event_target_prototype(context);
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

/// The object behind `this`, if it is an event target.
fn target_of(this: &JsValue) -> JsResult<JsObject> {
    let object = this.as_object().filter(JsObject::is::<EventTarget>);
    object.ok_or_else(|| illegal_invocation("EventTarget"))
}

/// A listener is an object or null; what it can do is looked at when an event comes.
fn callback_of(value: &JsValue) -> JsResult<Option<JsObject>> {
    if value.is_null_or_undefined() {
        return Ok(None);
    }
    let callback = value.as_object();
    callback.map(Some).ok_or_else(|| type_error("the listener is not a function"))
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
            let signal = signal.as_object().filter(abort::is_signal);
            let not = || type_error("options.signal is not an AbortSignal");
            options.signal = Some(signal.ok_or_else(not)?);
        }
        Ok(options)
    }
}

fn add_event_listener(
    this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let target = target_of(this)?;
    require_arguments(arguments, 2, "addEventListener")?;
    let event_type = arguments[0].to_string(context)?;
    let callback = callback_of(&arguments[1])?;
    let options = Options::read(arguments.get_or_undefined(2), true, context)?;
    let aborted = options.signal.as_ref().is_some_and(|signal| abort::reason(signal).is_some());
    let Some(callback) = callback.filter(|_| !aborted) else { return Ok(JsValue::undefined()) };
    let listener = Listener::new(event_type, callback, &options);
    let added = target.downcast_mut::<EventTarget>().and_then(|mut known| known.add(listener));
    if let (Some(id), Some(signal)) = (added, &options.signal) {
        abort::remove_on_abort(signal, &target, id);
    }
    Ok(JsValue::undefined())
}

fn remove_event_listener(
    this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let target = target_of(this)?;
    require_arguments(arguments, 2, "removeEventListener")?;
    let event_type = arguments[0].to_string(context)?;
    let callback = callback_of(&arguments[1])?;
    let capture = Options::read(arguments.get_or_undefined(2), false, context)?.capture;
    let (Some(callback), Some(mut target)) = (callback, target.downcast_mut::<EventTarget>())
    else {
        return Ok(JsValue::undefined());
    };
    let found = target.listeners.iter().find(|known| {
        !known.handler
            && known.capture == capture
            && JsObject::equals(&known.callback, &callback)
            && known.event_type == event_type
    });
    if let Some(id) = found.map(|listener| listener.id) {
        target.remove(id);
    }
    Ok(JsValue::undefined())
}

fn dispatch_event(
    this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let target = target_of(this)?;
    require_arguments(arguments, 1, "dispatchEvent")?;
    let Some(event) = arguments[0].as_object().filter(JsObject::is::<Event>) else {
        return Err(type_error("the argument of dispatchEvent is not an Event"));
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

/// The getter of a handler attribute: `event_type` is `message` for `onmessage`.
pub fn handler(this: &JsValue, event_type: &str) -> JsResult<JsValue> {
    let target = target_of(this)?;
    let event_type = js_string!(event_type);
    let handler = target
        .downcast_ref::<EventTarget>()
        .and_then(|target| target.handler(&event_type).map(|listener| listener.callback.clone()));
    Ok(handler.map_or_else(JsValue::null, JsValue::from))
}

/// The setter of a handler attribute. What is no object counts as null; an object that cannot be
/// called is kept but never runs.
pub fn set_handler(this: &JsValue, event_type: &str, arguments: &[JsValue]) -> JsResult<JsValue> {
    let target = target_of(this)?;
    let callback = arguments.get_or_undefined(0).as_object();
    if let Some(mut target) = target.downcast_mut::<EventTarget>() {
        target.set_handler(js_string!(event_type), callback);
    }
    Ok(JsValue::undefined())
}

/// The row of [`Interface::accessors`] for a handler attribute, as in `handler_attribute!("message")`.
#[macro_export]
macro_rules! handler_attribute {
    ($event_type:literal) => {
        (
            concat!("on", $event_type),
            |this, _, _| $crate::js::event_target::handler(this, $event_type),
            Some(|this, arguments, _| {
                $crate::js::event_target::set_handler(this, $event_type, arguments)
            }),
        )
    };
}
