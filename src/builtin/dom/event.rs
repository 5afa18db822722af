//! `Event`, and how the runtime makes events of every kind: one native value of [`Event`] on a
//! ready prototype, with no property of its own, since creating properties is what costs.
//!
//! There is no tree here: a path has one target. An event that the runtime makes inherits
//! `isTrusted`, which the standard makes a property of each event. Spec: <https://dom.spec.whatwg.org/#interface-event>

use boa_engine::object::IntegrityLevel;
use boa_engine::object::builtins::JsArray;
use boa_engine::property::PropertyDescriptor;
use boa_engine::{
    Context, Finalize, JsArgs, JsData, JsObject, JsResult, JsString, JsValue, Trace, js_string,
};

use crate::builtin::time_origin;
use crate::js::argument::{dictionary, illegal_invocation, prototype_for, require_arguments};
use crate::js::interface::Interface;

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
    pub(super) fields: Fields,
}

/// The fields that a kind of event adds.
#[derive(Trace, Finalize)]
pub(super) enum Fields {
    /// A plain `Event`.
    None,
    /// A `CustomEvent`.
    Custom(JsValue),
    /// A `MessageEvent`. Nearly all have data and an origin alone.
    Message(JsValue, JsString, Option<Box<MessageFields>>),
    /// A `CloseEvent`: code, reason, whether the closing handshake was completed.
    Close(u16, JsString, bool),
    /// An `ErrorEvent`.
    Error(Box<ErrorFields>),
}

/// What only messages made by scripts have.
#[derive(Trace, Finalize)]
pub(super) struct MessageFields {
    pub(super) last_event_id: JsString,
    pub(super) source: JsValue,
    pub(super) ports: JsValue,
}

/// The fields of an `ErrorEvent`.
#[derive(Trace, Finalize)]
pub(super) struct ErrorFields {
    pub(super) message: JsString,
    pub(super) error: JsValue,
    pub(super) filename: JsString,
    pub(super) lineno: u32,
    pub(super) colno: u32,
}

/// The interfaces of events.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Event,
    Custom,
    Message,
    Close,
    Error,
}

impl Kind {
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

/// The prototypes, kept where native code finds them without asking the global. In the order of
/// [`Kind`].
pub(super) struct Prototypes(pub(super) [JsObject; 5]);

/// A trusted `Event` of this type.
pub fn simple_event(event_type: JsString, context: &Context) -> JsObject {
    trusted(event_type, Kind::Event, Fields::None, context)
}

/// A trusted `message` event.
pub fn message_event(data: JsValue, origin: JsString, context: &Context) -> JsObject {
    let fields = Fields::Message(data, origin, None);
    trusted(js_string!("message"), Kind::Message, fields, context)
}

/// A trusted `message` event of a port, with the ports that came with the message.
pub fn port_message_event(data: JsValue, ports: Vec<JsObject>, context: &mut Context) -> JsObject {
    let rest = if ports.is_empty() {
        None
    } else {
        let ports = JsArray::from_iter(ports.into_iter().map(JsValue::from), context);
        let frozen = ports.set_integrity_level(IntegrityLevel::Frozen, context);
        // A fresh array can be frozen.
        frozen.ok().map(|_| {
            let (last_event_id, source) = (JsString::default(), JsValue::null());
            Box::new(MessageFields { last_event_id, source, ports: ports.into() })
        })
    };
    let fields = Fields::Message(data, JsString::default(), rest);
    trusted(js_string!("message"), Kind::Message, fields, context)
}

/// What went wrong, and where: the fields of an `ErrorEvent`, for any thread.
#[derive(Clone, Debug, Default)]
pub struct ErrorAt {
    /// What went wrong.
    pub message: String,
    /// The file; empty where that is not known.
    pub file: String,
    /// Counted from 1.
    pub line: u32,
    /// Counted from 1.
    pub column: u32,
}

/// A trusted `error` event, which can be cancelled.
pub fn error_event(at: &ErrorAt, error: JsValue, context: &Context) -> JsObject {
    let fields = ErrorFields {
        message: js_string!(&*at.message),
        error,
        filename: js_string!(&*at.file),
        lineno: at.line,
        colno: at.column,
    };
    let fields = Fields::Error(Box::new(fields));
    let event = trusted(js_string!("error"), Kind::Error, fields, context);
    if let Some(mut event) = event.downcast_mut::<Event>() {
        event.flags.set(Flags::CANCELABLE, true);
    }
    event
}

/// Whether a listener has cancelled an event.
pub fn is_canceled(event: &JsObject) -> bool {
    event.downcast_ref::<Event>().is_some_and(|event| event.is_canceled())
}

/// Code and reason of a `CloseEvent`, whatever a script makes of its properties.
pub fn close_of(object: &JsObject) -> Option<(u16, JsString)> {
    let event = object.downcast_ref::<Event>()?;
    match &event.fields {
        Fields::Close(code, reason, _) => Some((*code, reason.clone())),
        _ => None,
    }
}

/// A trusted `close` event.
pub fn close_event(code: u16, reason: JsString, was_clean: bool, context: &Context) -> JsObject {
    let fields = Fields::Close(code, reason, was_clean);
    trusted(js_string!("close"), Kind::Close, fields, context)
}

impl Event {
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
        construct(new_target, arguments, Kind::Event, |_, _| Ok(Fields::None), context)
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
    shown: &["type", "defaultPrevented", "cancelable", "timeStamp"],
};

/// `new Event(type, init)`, and the same for each kind, whose further `fields` are read from `init`.
pub(super) fn construct(
    new_target: &JsValue,
    arguments: &[JsValue],
    kind: Kind,
    fields: fn(Option<&JsObject>, &mut Context) -> JsResult<Fields>,
    context: &mut Context,
) -> JsResult<JsValue> {
    let name = kind.name();
    let default = |context: &mut Context| prototype(kind, context);
    let prototype = prototype_for(new_target, name, default, context)?;
    require_arguments(arguments, &["type"], context)?;
    let event_type = arguments[0].to_string(context)?;
    let init = dictionary(arguments.get_or_undefined(1), "options", context)?;
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
    let fields = fields(init.as_ref(), context)?;
    let time_stamp = time_origin::now(context);
    let event =
        Event { of_type: event_type, target: None, at_target: false, flags, time_stamp, fields };
    let event = JsObject::new(context.root_shape(), prototype, event).upcast();
    if let Some(IsTrusted(accessor)) = context.get_data::<IsTrusted>() {
        event.insert_property(js_string!("isTrusted"), accessor.clone());
    }
    Ok(event.into())
}

/// The accessor `isTrusted`, which is the same for all events. Web IDL: `[LegacyUnforgeable]`.
struct IsTrusted(PropertyDescriptor);

/// Makes what every event that a script constructs has.
pub(super) fn install(event: &JsObject, context: &mut Context) {
    let own = event.borrow().properties().get(&js_string!("isTrusted").into());
    let get = own.and_then(|own| own.get().cloned());
    let accessor = PropertyDescriptor::builder()
        .get(get.unwrap_or_default())
        .enumerable(true)
        .configurable(false)
        .build();
    drop(context.insert_data(IsTrusted(accessor)));
}

fn prototype(kind: Kind, context: &Context) -> JsObject {
    context.get_data::<Prototypes>().map_or_else(
        || context.intrinsics().constructors().object().prototype(),
        |known| known.0[kind as usize].clone(),
    )
}

/// An event that the runtime makes: trusted, not cancelable.
fn trusted(of_type: JsString, kind: Kind, fields: Fields, context: &Context) -> JsObject {
    let event = Event {
        of_type,
        target: None,
        at_target: false,
        flags: Flags::TRUSTED,
        time_stamp: time_origin::now(context),
        fields,
    };
    JsObject::new(context.root_shape(), prototype(kind, context), event).upcast()
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
    require_arguments(arguments, &["type"], context)?;
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
