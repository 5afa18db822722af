//! What the kinds of event carry: `CustomEvent`, `MessageEvent`, `CloseEvent`, `ErrorEvent`.
//!
//! Specs: <https://dom.spec.whatwg.org/#interface-customevent>,
//! <https://html.spec.whatwg.org/#messageevent>, <https://websockets.spec.whatwg.org/#closeevent>,
//! <https://html.spec.whatwg.org/#errorevent>

use boa_engine::object::IntegrityLevel;
use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, Finalize, JsObject, JsResult, JsString, JsValue, Trace, js_string};

use crate::js::convert::{sequence, usv_string};
use crate::js::event::{Which, construct, with};
use crate::js::interface::{Interface, illegal_invocation};

/// The fields that a kind of event adds.
#[derive(Trace, Finalize)]
pub(super) enum Kind {
    /// A plain `Event`.
    Plain,
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
    last_event_id: JsString,
    source: JsValue,
    ports: JsValue,
}

/// The fields of an `ErrorEvent`.
#[derive(Trace, Finalize)]
pub(super) struct ErrorFields {
    message: JsString,
    error: JsValue,
    filename: JsString,
    lineno: u32,
    colno: u32,
}

impl ErrorFields {
    /// The fields of an error that has no place in a file.
    pub(super) fn new(message: JsString, error: JsValue) -> Self {
        Self { message, error, filename: JsString::default(), lineno: 0, colno: 0 }
    }
}

impl Kind {
    /// The fields that the second argument of a constructor gives, in the order of Web IDL: by
    /// name.
    pub(super) fn from_init(
        which: Which,
        init: Option<&JsObject>,
        context: &mut Context,
    ) -> JsResult<Self> {
        let mut member = |name: &str| -> JsResult<Option<JsValue>> {
            let Some(init) = init else { return Ok(None) };
            let value = init.get(js_string!(name), context)?;
            Ok((!value.is_undefined()).then_some(value))
        };
        Ok(match which {
            Which::Event => Self::Plain,
            Which::Custom => Self::Custom(member("detail")?.unwrap_or_else(JsValue::null)),
            Which::Message => return Self::message_from_init(init, context),
            Which::Close => {
                let (code, reason, clean) =
                    (member("code")?, member("reason")?, member("wasClean")?);
                let code = code.map_or(Ok(0), |code| code.to_uint16(context))?;
                let reason = string(reason, context).map(usv_string)?;
                Self::Close(code, reason, clean.is_some_and(|clean| clean.to_boolean()))
            }
            Which::Error => {
                let (colno, error) = (member("colno")?, member("error")?);
                let (filename, lineno) = (member("filename")?, member("lineno")?);
                let message = member("message")?;
                Self::Error(Box::new(ErrorFields {
                    message: string(message, context)?,
                    error: error.unwrap_or_default(),
                    filename: string(filename, context).map(usv_string)?,
                    lineno: lineno.map_or(Ok(0), |number| number.to_u32(context))?,
                    colno: colno.map_or(Ok(0), |number| number.to_u32(context))?,
                }))
            }
        })
    }

    fn message_from_init(init: Option<&JsObject>, context: &mut Context) -> JsResult<Self> {
        let Some(init) = init else {
            return Ok(Self::Message(JsValue::null(), JsString::default(), None));
        };
        let data = init.get(js_string!("data"), context)?;
        let data = if data.is_undefined() { JsValue::null() } else { data };
        let last_event_id = optional(init.get(js_string!("lastEventId"), context)?);
        let last_event_id = string(last_event_id, context)?;
        let origin = optional(init.get(js_string!("origin"), context)?);
        let origin = string(origin, context).map(usv_string)?;
        let ports = match optional(init.get(js_string!("ports"), context)?) {
            None => JsValue::undefined(),
            Some(ports) => frozen_array(&ports, context)?,
        };
        let source = optional(init.get(js_string!("source"), context)?);
        let source = source.unwrap_or_else(JsValue::null);
        let fields = MessageFields { last_event_id, source, ports };
        Ok(Self::Message(data, origin, Some(Box::new(fields))))
    }
}

fn optional(value: JsValue) -> Option<JsValue> {
    (!value.is_undefined()).then_some(value)
}

fn string(value: Option<JsValue>, context: &mut Context) -> JsResult<JsString> {
    value.map_or_else(|| Ok(JsString::default()), |value| value.to_string(context))
}

/// The elements of an iterable in a frozen array.
fn frozen_array(iterable: &JsValue, context: &mut Context) -> JsResult<JsValue> {
    let ports = sequence(iterable, "ports", context)?;
    let ports = JsArray::from_iter(ports, context);
    ports.set_integrity_level(IntegrityLevel::Frozen, context)?;
    Ok(ports.into())
}

pub(super) const CUSTOM: Interface = Interface {
    name: "CustomEvent",
    length: 1,
    constructor: |this, arguments, context| construct(this, arguments, Which::Custom, context),
    methods: &[],
    statics: &[],
    accessors: &[(
        "detail",
        |this, _, _| {
            read(this, "CustomEvent", |kind| match kind {
                Kind::Custom(detail) => Some(detail.clone()),
                _ => None,
            })
        },
        None,
    )],
    constants: &[],
    shown: &["type", "detail"],
};

pub(super) const MESSAGE: Interface = Interface {
    name: "MessageEvent",
    length: 1,
    constructor: |this, arguments, context| construct(this, arguments, Which::Message, context),
    methods: &[],
    statics: &[],
    accessors: &[
        ("data", |this, _, _| message(this, |data, _, _| data.clone()), None),
        ("origin", |this, _, _| message(this, |_, origin, _| origin.clone().into()), None),
        (
            "lastEventId",
            |this, _, _| {
                message(this, |_, _, rest| {
                    rest.map(|rest| rest.last_event_id.clone()).unwrap_or_default().into()
                })
            },
            None,
        ),
        (
            "source",
            |this, _, _| {
                message(this, |_, _, rest| rest.map_or_else(JsValue::null, |r| r.source.clone()))
            },
            None,
        ),
        ("ports", ports, None),
    ],
    constants: &[],
    shown: &["type", "data", "origin"],
};

pub(super) const CLOSE: Interface = Interface {
    name: "CloseEvent",
    length: 1,
    constructor: |this, arguments, context| construct(this, arguments, Which::Close, context),
    methods: &[],
    statics: &[],
    accessors: &[
        ("wasClean", |this, _, _| close(this, |_, _, clean| clean.into()), None),
        ("code", |this, _, _| close(this, |code, _, _| code.into()), None),
        ("reason", |this, _, _| close(this, |_, reason, _| reason.clone().into()), None),
    ],
    constants: &[],
    shown: &["type", "code", "reason", "wasClean"],
};

pub(super) const ERROR: Interface = Interface {
    name: "ErrorEvent",
    length: 1,
    constructor: |this, arguments, context| construct(this, arguments, Which::Error, context),
    methods: &[],
    statics: &[],
    accessors: &[
        ("message", |this, _, _| error(this, |fields| fields.message.clone().into()), None),
        ("filename", |this, _, _| error(this, |fields| fields.filename.clone().into()), None),
        ("lineno", |this, _, _| error(this, |fields| fields.lineno.into()), None),
        ("colno", |this, _, _| error(this, |fields| fields.colno.into()), None),
        ("error", |this, _, _| error(this, |fields| fields.error.clone()), None),
    ],
    constants: &[],
    shown: &["type", "message", "error"],
};

fn read<R>(this: &JsValue, name: &str, read: impl FnOnce(&Kind) -> Option<R>) -> JsResult<R> {
    let found = with(this, |event| read(&event.kind)).ok().flatten();
    found.ok_or_else(|| illegal_invocation(name))
}

fn message(
    this: &JsValue,
    field: impl FnOnce(&JsValue, &JsString, Option<&MessageFields>) -> JsValue,
) -> JsResult<JsValue> {
    read(this, "MessageEvent", |kind| match kind {
        Kind::Message(data, origin, rest) => Some(field(data, origin, rest.as_deref())),
        _ => None,
    })
}

fn close(this: &JsValue, field: impl FnOnce(u16, &JsString, bool) -> JsValue) -> JsResult<JsValue> {
    read(this, "CloseEvent", |kind| match kind {
        Kind::Close(code, reason, was_clean) => Some(field(*code, reason, *was_clean)),
        _ => None,
    })
}

fn error(this: &JsValue, field: impl FnOnce(&ErrorFields) -> JsValue) -> JsResult<JsValue> {
    read(this, "ErrorEvent", |kind| match kind {
        Kind::Error(fields) => Some(field(fields)),
        _ => None,
    })
}

/// `ports`: nothing here transfers ports, so the array that most events have is made when read.
fn ports(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let ports = message(this, |_, _, rest| rest.map(|r| r.ports.clone()).unwrap_or_default())?;
    if ports.is_undefined() {
        let none = JsArray::new(context)?;
        none.set_integrity_level(IntegrityLevel::Frozen, context)?;
        return Ok(none.into());
    }
    Ok(ports)
}
