//! The header fields that a script adds to an opening handshake.

use boa_engine::object::builtins::JsArray;
use boa_engine::property::PropertyKey;
use boa_engine::{Context, JsObject, JsResult, JsSymbol, JsValue, js_string};

use crate::builtin::options::Given;
use crate::js::convert::{map_sequence, to_utf8};
use crate::js::error::{range_error, type_error};
use crate::limits::REQUEST_FIELDS_MAX;
use crate::proto::token::is_token;

/// Those that belong to the handshake itself.
const OWN_FIELDS: [&str; 10] = [
    "content-length",
    "transfer-encoding",
    "host",
    "upgrade",
    "connection",
    "sec-websocket-key",
    "sec-websocket-version",
    "sec-websocket-protocol",
    "sec-websocket-extensions",
    "sec-websocket-accept",
];

/// As for replies: an object, a `Map` or pairs. A value may be an array, and one that is null or
/// undefined is left out.
pub(super) fn request_fields(
    given: &Given<'_>,
    context: &mut Context,
) -> JsResult<Vec<(String, String)>> {
    let mut fields = Vec::new();
    for (name, value) in entries(given, context)? {
        match value.as_object().filter(JsObject::is_array) {
            Some(list) => {
                let list = JsArray::from_object(list)?;
                for index in 0..list.length(context)? {
                    let value = list.get(index, context)?;
                    push(&mut fields, &name, &value, context)?;
                }
            }
            None => push(&mut fields, &name, &value, context)?,
        }
    }
    Ok(fields)
}

fn entries(given: &Given<'_>, context: &mut Context) -> JsResult<Vec<(String, JsValue)>> {
    let wrong =
        |context: &mut Context| given.wrong_type("an object, a Map or a list of pairs", context);
    let object = given.value.as_object().filter(|object| !object.is_callable());
    let Some(object) = object else { return Err(wrong(context)) };
    if !object.get(JsSymbol::iterator(), context)?.is_null_or_undefined() {
        return map_sequence(&given.value, wrong, context, |pair, context| {
            let Some(pair) = pair.as_object() else { return Err(wrong(context)) };
            let name = pair.get(0, context)?.to_string(context)?;
            Ok((to_utf8(&name), pair.get(1, context)?))
        });
    }
    let mut entries = Vec::new();
    for key in object.own_property_keys(context)? {
        let name = match &key {
            PropertyKey::String(name) => name.clone(),
            PropertyKey::Index(index) => js_string!(index.get().to_string()),
            PropertyKey::Symbol(_) => continue,
        };
        entries.push((to_utf8(&name), object.get(key, context)?));
    }
    Ok(entries)
}

fn push(
    fields: &mut Vec<(String, String)>,
    name: &str,
    value: &JsValue,
    context: &mut Context,
) -> JsResult<()> {
    if OWN_FIELDS.iter().any(|own| own.eq_ignore_ascii_case(name)) {
        return Err(type_error(format!(
            "header {name} belongs to the opening handshake and cannot be set"
        )));
    }
    if !is_token(name.as_bytes()) {
        return Err(type_error(format!("'{name}' is not a header name")));
    }
    if value.is_null_or_undefined() {
        return Ok(());
    }
    let value = to_utf8(&value.to_string(context)?);
    if value.bytes().any(|byte| byte < b' ' && byte != b'\t' || byte == 0x7F) {
        return Err(type_error(format!("the value of header {name} has control characters")));
    }
    if fields.len() == REQUEST_FIELDS_MAX {
        return Err(range_error(format!("more than {REQUEST_FIELDS_MAX} headers")));
    }
    fields.push((name.to_owned(), value));
    Ok(())
}
