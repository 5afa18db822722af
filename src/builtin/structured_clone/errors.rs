//! Errors: their class, message, stack and cause, and those of a `DOMException`.

use boa_engine::{Context, JsObject, JsResult, JsString, JsValue, js_string};

use super::form::{Cursor, Form, Tag};
use crate::builtin::dom::exception::{dom_exception, is_dom_exception};
use crate::js::interface::define_hidden;

/// The classes that an error keeps; any other becomes an `Error`, which is the first.
const CLASSES: [&str; 7] =
    ["Error", "EvalError", "RangeError", "ReferenceError", "SyntaxError", "TypeError", "URIError"];

/// An error that was read, and whether its cause comes next.
pub(super) struct Read {
    pub(super) error: JsObject,
    pub(super) has_cause: bool,
}

/// Writes an error up to its cause, and returns that.
pub(super) fn write(
    source: &JsObject,
    form: &mut Form,
    context: &mut Context,
) -> JsResult<Option<JsValue>> {
    let name = source.get(js_string!("name"), context)?;
    let is_dom = is_dom_exception(source, context);
    if is_dom {
        form.put(Tag::DomException);
        form.put_text(&name.to_string(context)?);
    } else {
        let name = if name.is_undefined() { JsString::default() } else { name.to_string(context)? };
        let name = name.to_std_string_lossy();
        form.put(Tag::Error);
        form.put_size(CLASSES.iter().position(|known| *known == name).unwrap_or_default());
    }
    let message = js_string!("message");
    if is_dom || source.has_own_property(message.clone(), context)? {
        let message = source.get(message, context)?.to_string(context)?;
        form.put_text(&message);
    } else {
        form.put(Tag::Undefined);
    }
    match source.get(js_string!("stack"), context)?.as_string() {
        Some(stack) => form.put_text(&stack),
        None => form.put(Tag::Undefined),
    }
    let cause = js_string!("cause");
    if source.has_own_property(cause.clone(), context)? {
        form.put(Tag::True);
        return source.get(cause, context).map(Some);
    }
    form.put(Tag::False);
    Ok(None)
}

/// Reads an error up to its cause; `None` if it is not one.
pub(super) fn read(
    tag: Tag,
    cursor: &mut Cursor<'_>,
    context: &mut Context,
) -> JsResult<Option<Read>> {
    let is_dom = tag == Tag::DomException;
    let name = if is_dom { text(cursor) } else { None };
    let class = if is_dom { None } else { cursor.size() };
    let (message, stack) = (text(cursor), text(cursor));
    let error = match (name, class) {
        (Some(name), _) => {
            let name = name.to_std_string_lossy();
            let message = message.unwrap_or_default().to_std_string_lossy();
            dom_exception(&name, &message, context).into_opaque(context)?.as_object()
        }
        (None, Some(class)) => {
            let message: Vec<JsValue> = message.map(JsValue::from).into_iter().collect();
            Some(self::class(class, context).construct(&message, None, context)?)
        }
        (None, None) => None,
    };
    let Some(error) = error else { return Ok(None) };
    if let Some(stack) = stack {
        define_hidden(&error, js_string!("stack"), stack, context)?;
    }
    let has_cause = match cursor.tag() {
        Some(Tag::True) => true,
        Some(Tag::False) => false,
        _ => return Ok(None),
    };
    Ok(Some(Read { error, has_cause }))
}

fn text(cursor: &mut Cursor<'_>) -> Option<JsString> {
    let tag = cursor.tag()?;
    cursor.text(tag)
}

fn class(number: usize, context: &Context) -> JsObject {
    let constructors = context.intrinsics().constructors();
    match CLASSES.get(number).copied() {
        Some("EvalError") => constructors.eval_error(),
        Some("RangeError") => constructors.range_error(),
        Some("ReferenceError") => constructors.reference_error(),
        Some("SyntaxError") => constructors.syntax_error(),
        Some("TypeError") => constructors.type_error(),
        Some("URIError") => constructors.uri_error(),
        _ => constructors.error(),
    }
    .constructor()
}
