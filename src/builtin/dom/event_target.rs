//! What is behind every `EventTarget`: listeners, handlers such as `onmessage`, and dispatch without
//! a tree. Its methods, by which scripts add and remove listeners, are in `listeners`.
//!
//! No borrow of an object lasts while a script runs: listeners are copied before the first call.
//! Specs: <https://dom.spec.whatwg.org/#interface-eventtarget>,
//! <https://html.spec.whatwg.org/#event-handler-attributes>

use boa_engine::context::intrinsics::StandardConstructor;
use boa_engine::object::NativeObject;
use boa_engine::object::builtins::JsArray;
use boa_engine::{
    Context, Finalize, JsArgs, JsData, JsError, JsObject, JsResult, JsString, JsValue, Trace,
    js_string,
};

use super::event::{Event, Flags};
use crate::js::argument::illegal_invocation;
use crate::js::error::type_error;
use crate::js::executor::report_uncaught;
use crate::js::frame;

/// The native data of every event target. A class written in Rust keeps its own data in `inner`.
#[derive(Trace, Finalize, JsData, Default)]
pub struct EventTarget {
    listeners: Vec<Listener>,
    /// How many listeners ask for the capturing phase: mostly none, and then there is one pass.
    capturing: u32,
    next_id: u32,
    inner: Option<Box<dyn NativeObject>>,
}

/// `listenersOf(target, type)`: what listens on an `EventTarget`; undefined for any other value.
pub fn listeners_of(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let event_type = arguments.get_or_undefined(1).to_string(context)?;
    let object = arguments.get_or_undefined(0).as_object();
    let listeners: Option<Vec<JsValue>> = object.and_then(|object| {
        let target = object.downcast_ref::<EventTarget>()?;
        let heard = target.listeners.iter().filter(|known| known.event_type == event_type);
        Some(heard.map(|known| known.callback.clone().into()).collect())
    });
    Ok(listeners
        .map_or_else(JsValue::undefined, |listeners| JsArray::from_iter(listeners, context).into()))
}

#[derive(Clone, Trace, Finalize)]
#[expect(clippy::struct_excessive_bools, reason = "the standard's own fields of a listener")]
pub(super) struct Listener {
    id: u32,
    pub(super) event_type: JsString,
    pub(super) callback: JsObject,
    pub(super) capture: bool,
    pub(super) once: bool,
    pub(super) passive: bool,
    /// Whether it stands for a handler attribute such as `onmessage`.
    handler: bool,
}

/// The interface object `EventTarget` and its prototype; `Context` data.
pub(super) struct Class(pub(super) StandardConstructor);

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

    /// Whether anything listens for events of this type at a target.
    pub fn is_heard(target: &JsObject, event_type: &str) -> bool {
        let event_type = js_string!(event_type);
        target.downcast_ref::<Self>().is_some_and(|target| target.has_listeners(&event_type))
    }

    /// Whether nothing listens for anything.
    pub fn is_silent(&self) -> bool {
        self.listeners.is_empty()
    }

    /// The listener that `addEventListener` made of these.
    pub(super) fn find_same(
        &self,
        event_type: &JsString,
        callback: &JsObject,
        capture: bool,
    ) -> Option<u32> {
        let found = self.listeners.iter().find(|known| {
            !known.handler
                && known.capture == capture
                && JsObject::equals(&known.callback, callback)
                && known.event_type == *event_type
        });
        found.map(|known| known.id)
    }

    /// Adds a listener and returns its id.
    pub(super) fn add(&mut self, mut listener: Listener) -> u32 {
        listener.id = self.next_id;
        self.next_id = self.next_id.wrapping_add(1);
        self.capturing += u32::from(listener.capture);
        self.listeners.push(listener);
        self.next_id.wrapping_sub(1)
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
                let mut listener = Listener::new(event_type, callback);
                listener.handler = true;
                self.add(listener);
            }
        }
    }
}

impl Listener {
    pub(super) fn new(event_type: JsString, callback: JsObject) -> Self {
        let (capture, once, passive, handler) = (false, false, false, false);
        Self { id: 0, event_type, callback, capture, once, passive, handler }
    }
}

/// `EventTarget` and its prototype: the parent of native classes that are event targets.
pub fn class(context: &Context) -> Option<&StandardConstructor> {
    context.get_data::<Class>().map(|class| &class.0)
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
    for error in dispatch(target, event, context) {
        report_uncaught(error, context);
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
        let returned = frame::call(callback, target.clone().into(), [argument], context)?;
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
    frame::call(&handle, callback.clone().into(), [argument], context).map(drop)
}

pub(super) fn set_flag(event: &JsObject, flag: Flags, on: bool) {
    if let Some(mut event) = event.downcast_mut::<Event>() {
        event.flags.set(flag, on);
    }
}

/// The object behind `this`, if it is an event target.
pub(super) fn target_of(this: &JsValue) -> JsResult<JsObject> {
    let object = this.as_object().filter(JsObject::is::<EventTarget>);
    object.ok_or_else(|| illegal_invocation("EventTarget"))
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

/// The row of `Interface::accessors` for a handler attribute, as in
/// `handler_attribute!("message", check)`. `check` fails for a receiver of another class.
macro_rules! handler_attribute {
    ($event_type:literal, $check:expr) => {
        (
            concat!("on", $event_type),
            |this, _, _| {
                $check(this)?;
                $crate::builtin::dom::event_target::handler(this, $event_type)
            },
            Some(|this, arguments, _| {
                $check(this)?;
                $crate::builtin::dom::event_target::set_handler(this, $event_type, arguments)
            }),
        )
    };
}

pub(in crate::builtin) use handler_attribute;
