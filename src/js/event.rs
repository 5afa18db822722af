//! `Event` and its kinds, as native objects: one value of [`Event`] on a ready prototype, with no
//! property of its own, since creating properties is what costs.
//!
//! There is no tree here: a path has one target. `isTrusted` is inherited, where the standard makes
//! it a property of each event. Spec: <https://dom.spec.whatwg.org/#interface-event>

use boa_engine::object::builtins::JsArray;
use boa_engine::{
    Context, Finalize, JsArgs, JsData, JsObject, JsResult, JsString, JsValue, Trace, js_string,
};

use crate::js::event_kinds::Kind;
use crate::js::events;
use crate::js::interface::{self, Interface, illegal_invocation, prototype_for, require_arguments};

/// A set of the bits below.
#[derive(Clone, Copy, Default)]
pub(super) struct Flags(u16);

impl Flags {
    pub(super) const BUBBLES: Self = Self(1);
    pub(super) const CANCELABLE: Self = Self(1 << 1);
    pub(super) const COMPOSED: Self = Self(1 << 2);
    pub(super) const CANCELED: Self = Self(1 << 3);
    pub(super) const STOP_PROPAGATION: Self = Self(1 << 4);
    pub(super) const STOP_IMMEDIATE: Self = Self(1 << 5);
    pub(super) const IN_PASSIVE_LISTENER: Self = Self(1 << 6);
    pub(super) const DISPATCHED: Self = Self(1 << 7);
    pub(super) const TRUSTED: Self = Self(1 << 8);

    pub(super) fn has(self, flag: Self) -> bool {
        self.0 & flag.0 != 0
    }

    pub(super) fn set(&mut self, flag: Self, on: bool) {
        if on {
            self.0 |= flag.0;
        } else {
            self.0 &= !flag.0;
        }
    }
}

/// The native data of every event.
#[derive(Trace, Finalize, JsData)]
pub struct Event {
    pub(super) of_type: JsString,
    pub(super) target: Option<JsObject>,
    /// Whether `target` is also the current target: an event is at its target or nowhere.
    pub(super) at_target: bool,
    #[unsafe_ignore_trace]
    pub(super) flags: Flags,
    /// Milliseconds since the time origin.
    time_stamp: f64,
    pub(super) kind: Kind,
}

impl Event {
    /// An event that the runtime makes: trusted, not cancelable.
    pub(super) fn trusted(event_type: JsString, kind: Kind, context: &Context) -> Self {
        Self {
            of_type: event_type,
            target: None,
            at_target: false,
            flags: Flags::TRUSTED,
            time_stamp: events::now(context),
            kind,
        }
    }

    /// `preventDefault()`: without effect where the event cannot be cancelled.
    fn cancel(&mut self) {
        let flags = self.flags;
        if flags.has(Flags::CANCELABLE) && !flags.has(Flags::IN_PASSIVE_LISTENER) {
            self.flags.set(Flags::CANCELED, true);
        }
    }

    pub(super) fn is_canceled(&self) -> bool {
        self.flags.has(Flags::CANCELED)
    }
}

pub(super) const CLASS: Interface = Interface {
    name: "Event",
    length: 1,
    constructor: |new_target, arguments, context| {
        construct(new_target, arguments, Which::Event, context)
    },
    methods: &[
        ("composedPath", 0, composed_path),
        ("stopPropagation", 0, |this, _, _| flag(this, Flags::STOP_PROPAGATION)),
        ("stopImmediatePropagation", 0, |this, _, _| {
            flag(this, Flags::STOP_PROPAGATION)?;
            flag(this, Flags::STOP_IMMEDIATE)
        }),
        ("preventDefault", 0, |this, _, _| undefined(with_mut(this, Event::cancel))),
        ("initEvent", 1, init_event),
    ],
    statics: &[],
    accessors: &[
        ("type", |this, _, _| with(this, |event| event.of_type.clone().into()), None),
        ("target", |this, _, _| with(this, target), None),
        ("srcElement", |this, _, _| with(this, target), None),
        ("currentTarget", |this, _, _| with(this, current_target), None),
        ("eventPhase", |this, _, _| with(this, |e| (i32::from(e.at_target) * 2).into()), None),
        ("cancelBubble", |this, _, _| get(this, Flags::STOP_PROPAGATION), Some(set_cancel_bubble)),
        ("bubbles", |this, _, _| get(this, Flags::BUBBLES), None),
        ("cancelable", |this, _, _| get(this, Flags::CANCELABLE), None),
        (
            "returnValue",
            |this, _, _| with(this, |event| (!event.is_canceled()).into()),
            Some(set_return_value),
        ),
        ("defaultPrevented", |this, _, _| get(this, Flags::CANCELED), None),
        ("composed", |this, _, _| get(this, Flags::COMPOSED), None),
        ("isTrusted", |this, _, _| get(this, Flags::TRUSTED), None),
        ("timeStamp", |this, _, _| with(this, |event| event.time_stamp.into()), None),
    ],
    constants: &[("NONE", 0), ("CAPTURING_PHASE", 1), ("AT_TARGET", 2), ("BUBBLING_PHASE", 3)],
    shown: &["type"],
};

/// The interfaces that scripts can construct.
#[derive(Clone, Copy)]
pub(super) enum Which {
    Event,
    Custom,
    Message,
    Close,
    Error,
}

impl Which {
    fn name(self) -> &'static str {
        match self {
            Self::Event => "Event",
            Self::Custom => "CustomEvent",
            Self::Message => "MessageEvent",
            Self::Close => "CloseEvent",
            Self::Error => "ErrorEvent",
        }
    }
}

/// `new Event(type, init)`, and the same for each kind.
pub(super) fn construct(
    new_target: &JsValue,
    arguments: &[JsValue],
    which: Which,
    context: &mut Context,
) -> JsResult<JsValue> {
    let name = which.name();
    let default = |context: &mut Context| events::prototype(which, context);
    let prototype = prototype_for(new_target, name, default, context)?;
    require_arguments(arguments, 1, &format!("the {name} constructor"))?;
    let event_type = arguments[0].to_string(context)?;
    let init = interface::dictionary(arguments.get_or_undefined(1), "the event's init argument")?;
    let mut flags = Flags::default();
    if let Some(init) = &init {
        let members = [
            ("bubbles", Flags::BUBBLES),
            ("cancelable", Flags::CANCELABLE),
            ("composed", Flags::COMPOSED),
        ];
        for (member, flag) in members {
            flags.set(flag, init.get(js_string!(member), context)?.to_boolean());
        }
    }
    let kind = Kind::from_init(which, init.as_ref(), context)?;
    let time_stamp = events::now(context);
    let event =
        Event { of_type: event_type, target: None, at_target: false, flags, time_stamp, kind };
    Ok(JsObject::new(context.root_shape(), prototype, event).upcast().into())
}

/// Reads an event that is `this`.
pub(super) fn with<R>(this: &JsValue, read: impl FnOnce(&Event) -> R) -> JsResult<R> {
    let object = this.as_object();
    let event = object.as_ref().and_then(JsObject::downcast_ref::<Event>);
    event.map(|event| read(&event)).ok_or_else(|| illegal_invocation("Event"))
}

/// Changes an event that is `this`.
pub(super) fn with_mut<R>(this: &JsValue, change: impl FnOnce(&mut Event) -> R) -> JsResult<R> {
    let object = this.as_object();
    let event = object.as_ref().and_then(JsObject::downcast_mut::<Event>);
    event.map(|mut event| change(&mut event)).ok_or_else(|| illegal_invocation("Event"))
}

fn get(this: &JsValue, flag: Flags) -> JsResult<JsValue> {
    with(this, |event| event.flags.has(flag).into())
}

fn flag(this: &JsValue, flag: Flags) -> JsResult<JsValue> {
    undefined(with_mut(this, |event| event.flags.set(flag, true)))
}

fn undefined(result: JsResult<()>) -> JsResult<JsValue> {
    result.map(|()| JsValue::undefined())
}

fn target(event: &Event) -> JsValue {
    event.target.clone().map_or_else(JsValue::null, JsValue::from)
}

fn current_target(event: &Event) -> JsValue {
    if event.at_target { target(event) } else { JsValue::null() }
}

fn set_cancel_bubble(this: &JsValue, arguments: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    let on = arguments.get_or_undefined(0).to_boolean();
    undefined(with_mut(this, |event| {
        if on {
            event.flags.set(Flags::STOP_PROPAGATION, true);
        }
    }))
}

fn set_return_value(this: &JsValue, arguments: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    let on = arguments.get_or_undefined(0).to_boolean();
    undefined(with_mut(this, |event| {
        if !on {
            event.cancel();
        }
    }))
}

fn composed_path(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let current = with(this, current_target)?;
    Ok(JsArray::from_iter((!current.is_null()).then_some(current), context).into())
}

/// `initEvent(type, bubbles, cancelable)`, which the standard keeps for old scripts.
fn init_event(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    with(this, |_| ())?;
    require_arguments(arguments, 1, "initEvent")?;
    let event_type = arguments[0].to_string(context)?;
    let bubbles = arguments.get_or_undefined(1).to_boolean();
    let cancelable = arguments.get_or_undefined(2).to_boolean();
    undefined(with_mut(this, |event| {
        if event.flags.has(Flags::DISPATCHED) {
            return;
        }
        event.flags = Flags::default();
        event.flags.set(Flags::BUBBLES, bubbles);
        event.flags.set(Flags::CANCELABLE, cancelable);
        event.of_type = event_type;
        event.target = None;
    }))
}
