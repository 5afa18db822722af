//! The native half of `krandog:sse`: events as text.
//!
//! Spec: <https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation>

use boa_engine::object::builtins::JsArray;
use boa_engine::property::PropertyKey;
use boa_engine::{Context, JsArgs, JsObject, JsResult, JsValue, js_string};

use crate::builtin::options::{Opt, millis, nearest, options_of, other, read, shown};
use crate::js::convert::{is_buffer_source, js_string_from_utf8, to_utf8};
use crate::js::error::type_error;
use crate::js::interface::Op;
use crate::limits::SSE_KEEP_ALIVE_MS;

pub(super) const OPS: &[Op] = &[("encode", 1, encode), ("readSse", 1, read_sse)];

const FIELDS: [&str; 5] = ["comment", "data", "event", "id", "retry"];

struct Sse {
    keep_alive: usize,
    retry: Option<usize>,
    headers: JsValue,
}

const SSE: [Opt<Sse>; 3] = [
    millis("keepAlive", 0, |to, time| to.keep_alive = time),
    millis("retry", 0, |to, time| to.retry = Some(time)),
    other("headers", |to, given, context| {
        to.headers = given.object(context)?.into();
        Ok(())
    }),
];

/// `readSse(options)`: `[keepAlive, retry, headers]`.
fn read_sse(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let mut sse = Sse { keep_alive: SSE_KEEP_ALIVE_MS, retry: None, headers: JsValue::undefined() };
    if let Some(options) = options_of(arguments.get_or_undefined(0), "sse", context)? {
        read(&options, "", &[&SSE], &mut sse, context)?;
    }
    let retry = sse.retry.map(JsValue::from).unwrap_or_default();
    Ok(JsArray::from_iter([sse.keep_alive.into(), retry, sse.headers], context).into())
}

/// `encode(event)`: text is the data of an event; an object has its fields.
fn encode(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let given = arguments.get_or_undefined(0);
    let mut text = String::new();
    match given.as_object() {
        Some(object) if !object.is_array() && !object.is_callable() && !is_buffer_source(given) => {
            push_fields(&object, &mut text, context)?;
        }
        _ => push_lines("data", &data(given, context)?, &mut text),
    }
    text.push('\n');
    Ok(js_string_from_utf8(&text).into())
}

fn push_fields(object: &JsObject, text: &mut String, context: &mut Context) -> JsResult<()> {
    check_names(object, context)?;
    let mut field = |name: &str| object.get(js_string!(name), context);
    let (comment, event, id) = (field("comment")?, field("event")?, field("id")?);
    let (retry, given) = (field("retry")?, field("data")?);
    if !comment.is_undefined() {
        push_lines("", &to_utf8(&comment.to_string(context)?), text);
    }
    for (name, value) in [("event", event), ("id", id)] {
        if !value.is_undefined() {
            let value = to_utf8(&value.to_string(context)?);
            if value.contains(['\r', '\n', '\0']) {
                return Err(type_error(format!(
                    "the {name} of an event must be one line, and have no NUL: '{}'",
                    value.escape_debug()
                )));
            }
            push_lines(name, &value, text);
        }
    }
    if !retry.is_undefined() {
        let whole = retry.as_number().filter(|time| time.fract() == 0.0 && *time >= 0.0);
        let Some(time) = whole else {
            return Err(type_error(format!(
                "the retry of an event must be whole milliseconds, not {}",
                shown(&retry)
            )));
        };
        push_lines("retry", &format!("{time}"), text);
    }
    if !given.is_undefined() {
        push_lines("data", &data(&given, context)?, text);
    }
    Ok(())
}

/// An event with other names was meant as data.
fn check_names(object: &JsObject, context: &mut Context) -> JsResult<()> {
    for key in object.own_property_keys(context)? {
        let PropertyKey::String(name) = key else { continue };
        let name = to_utf8(&name);
        if FIELDS.contains(&name.as_str()) {
            continue;
        }
        let meant = match nearest(&name, FIELDS.into_iter()) {
            Some(meant) => format!("did you mean {meant}?"),
            None => "for data, yield { data: value }".to_owned(),
        };
        return Err(type_error(format!(
            "unknown field {name} in an event (known: {}): {meant}",
            FIELDS.join(", ")
        )));
    }
    Ok(())
}

/// Text as it is; anything else as JSON.
fn data(value: &JsValue, context: &mut Context) -> JsResult<String> {
    if let Some(text) = value.as_string() {
        return Ok(to_utf8(&text));
    }
    if value.is_undefined() || is_buffer_source(value) {
        return Err(type_error(format!(
            "the data of an event must be text, or something that JSON can say, not {}",
            if value.is_undefined() { "undefined" } else { "bytes" }
        )));
    }
    let json = context.intrinsics().objects().json();
    let stringify = json.get(js_string!("stringify"), context)?;
    let Some(stringify) = stringify.as_callable() else { return Ok(String::new()) };
    let text = stringify.call(&json.into(), std::slice::from_ref(value), context)?;
    match text.as_string() {
        Some(text) => Ok(to_utf8(&text)),
        None => Err(type_error(format!(
            "the data of an event must be text, or something that JSON can say, not {}",
            shown(value)
        ))),
    }
}

/// A field for each line: a line that ends in it would begin another field, or another event.
fn push_lines(name: &str, value: &str, text: &mut String) {
    let mut rest = value;
    loop {
        let end = rest.find(['\r', '\n']);
        text.extend([name, ": ", &rest[..end.unwrap_or(rest.len())], "\n"]);
        let Some(end) = end else { return };
        let after = &rest[end..];
        rest = after.strip_prefix("\r\n").unwrap_or_else(|| &after[1..]);
    }
}
