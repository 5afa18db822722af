//! What the kinds of event carry: `CustomEvent`, `MessageEvent`, `CloseEvent`, `ErrorEvent`.
//!
//! Specs: <https://dom.spec.whatwg.org/#interface-customevent>,
//! <https://html.spec.whatwg.org/#messageevent>, <https://websockets.spec.whatwg.org/#closeevent>,
//! <https://html.spec.whatwg.org/#errorevent>

use boa_engine::object::IntegrityLevel;
use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsObject, JsResult, JsString, JsValue, js_string};

use super::event::{ErrorFields, Fields, Kind, MessageFields, construct, with};
use crate::js::argument::{illegal_invocation, wrong_type};
use crate::js::convert::{sequence, usv_string};
use crate::js::interface::Interface;

/// A member of the second argument of a constructor, unless it is left out. Web IDL reads them in
/// the order of their names.
fn member(init: Option<&JsObject>, name: &str, context: &mut Context) -> JsResult<Option<JsValue>> {
    let Some(init) = init else { return Ok(None) };
    let value = init.get(js_string!(name), context)?;
    Ok((!value.is_undefined()).then_some(value))
}

fn string(value: Option<JsValue>, context: &mut Context) -> JsResult<JsString> {
    value.map_or_else(|| Ok(JsString::default()), |value| value.to_string(context))
}

fn custom_fields(init: Option<&JsObject>, context: &mut Context) -> JsResult<Fields> {
    Ok(Fields::Custom(member(init, "detail", context)?.unwrap_or_else(JsValue::null)))
}

fn message_fields(init: Option<&JsObject>, context: &mut Context) -> JsResult<Fields> {
    let data = member(init, "data", context)?.unwrap_or_else(JsValue::null);
    let last_event_id = member(init, "lastEventId", context)?;
    let last_event_id = string(last_event_id, context)?;
    let origin = member(init, "origin", context)?;
    let origin = string(origin, context).map(usv_string)?;
    let ports = match member(init, "ports", context)? {
        None => JsValue::undefined(),
        Some(ports) => frozen_array(&ports, context)?,
    };
    let source = member(init, "source", context)?.unwrap_or_else(JsValue::null);
    let rest = MessageFields { last_event_id, source, ports };
    Ok(Fields::Message(data, origin, init.map(|_| Box::new(rest))))
}

fn close_fields(init: Option<&JsObject>, context: &mut Context) -> JsResult<Fields> {
    let code = member(init, "code", context)?;
    let code = code.map_or(Ok(0), |code| code.to_uint16(context))?;
    let reason = member(init, "reason", context)?;
    let reason = string(reason, context).map(usv_string)?;
    let clean = member(init, "wasClean", context)?;
    Ok(Fields::Close(code, reason, clean.is_some_and(|clean| clean.to_boolean())))
}

fn error_fields(init: Option<&JsObject>, context: &mut Context) -> JsResult<Fields> {
    let colno = member(init, "colno", context)?;
    let colno = colno.map_or(Ok(0), |number| number.to_u32(context))?;
    let error = member(init, "error", context)?.unwrap_or_default();
    let filename = member(init, "filename", context)?;
    let filename = string(filename, context).map(usv_string)?;
    let lineno = member(init, "lineno", context)?;
    let lineno = lineno.map_or(Ok(0), |number| number.to_u32(context))?;
    let message = member(init, "message", context)?;
    let message = string(message, context)?;
    let fields = ErrorFields { message, error, filename, lineno, colno };
    Ok(Fields::Error(Box::new(fields)))
}

/// The elements of an iterable in a frozen array.
fn frozen_array(iterable: &JsValue, context: &mut Context) -> JsResult<JsValue> {
    let ports = sequence(
        iterable,
        |context| wrong_type("ports", "a sequence", iterable, context),
        context,
    )?;
    let ports = JsArray::from_iter(ports, context);
    ports.set_integrity_level(IntegrityLevel::Frozen, context)?;
    Ok(ports.into())
}

pub(super) const CUSTOM: Interface = Interface {
    name: "CustomEvent",
    length: 1,
    constructor: |this, arguments, context| {
        construct(this, arguments, Kind::Custom, custom_fields, context)
    },
    methods: &[],
    statics: &[],
    accessors: &[(
        "detail",
        |this, _, _| {
            read(this, "CustomEvent", |fields| match fields {
                Fields::Custom(detail) => Some(detail.clone()),
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
    constructor: |this, arguments, context| {
        construct(this, arguments, Kind::Message, message_fields, context)
    },
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
    constructor: |this, arguments, context| {
        construct(this, arguments, Kind::Close, close_fields, context)
    },
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
    constructor: |this, arguments, context| {
        construct(this, arguments, Kind::Error, error_fields, context)
    },
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

fn read<R>(this: &JsValue, name: &str, read: impl FnOnce(&Fields) -> Option<R>) -> JsResult<R> {
    let found = with(this, |event| read(&event.fields)).ok().flatten();
    found.ok_or_else(|| illegal_invocation(name))
}

fn message(
    this: &JsValue,
    field: impl FnOnce(&JsValue, &JsString, Option<&MessageFields>) -> JsValue,
) -> JsResult<JsValue> {
    read(this, "MessageEvent", |fields| match fields {
        Fields::Message(data, origin, rest) => Some(field(data, origin, rest.as_deref())),
        _ => None,
    })
}

fn close(this: &JsValue, field: impl FnOnce(u16, &JsString, bool) -> JsValue) -> JsResult<JsValue> {
    read(this, "CloseEvent", |fields| match fields {
        Fields::Close(code, reason, was_clean) => Some(field(*code, reason, *was_clean)),
        _ => None,
    })
}

fn error(this: &JsValue, field: impl FnOnce(&ErrorFields) -> JsValue) -> JsResult<JsValue> {
    read(this, "ErrorEvent", |fields| match fields {
        Fields::Error(fields) => Some(field(fields)),
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
