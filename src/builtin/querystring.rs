//! The native half of `querystring`: percent-decoding of what is not well formed, and names that
//! collide.

use boa_engine::object::builtins::JsArray;
use boa_engine::property::PropertyKey;
use boa_engine::{Context, JsArgs, JsResult, JsValue};

use crate::js::collisions::check_names;
use crate::js::convert::{js_string_from_utf8, to_utf8};
use crate::js::interface::Op;

pub(super) const OPS: &[Op] = &[("unescapeBytes", 1, unescape_bytes), ("checkNames", 1, check_all)];

/// `checkNames(names)`: refuses names that collide in the engine's tables.
fn check_all(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let names = arguments.get_or_undefined(0).to_object(context)?;
    let names = JsArray::from_object(names)?;
    let names: Vec<PropertyKey> = (0..names.length(context)?)
        .map(|at| names.get(at, context)?.to_property_key(context))
        .collect::<JsResult<_>>()?;
    check_names(&names)?;
    Ok(JsValue::undefined())
}

/// `unescapeBytes(text)`: decodes each `%` with two digits, and keeps any other.
fn unescape_bytes(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let text = to_utf8(&arguments.get_or_undefined(0).to_string(context)?);
    let mut rest = text.as_bytes();
    let mut bytes = Vec::with_capacity(rest.len());
    while let Some((&first, after)) = rest.split_first() {
        let escaped = after.get(..2).filter(|_| first == b'%').and_then(hex_byte);
        bytes.push(escaped.unwrap_or(first));
        rest = if escaped.is_some() { &after[2..] } else { after };
    }
    Ok(js_string_from_utf8(&String::from_utf8_lossy(&bytes)).into())
}

/// The byte that two hexadecimal digits say.
pub(super) fn hex_byte(digits: &[u8]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let value = digit(digits[0])? * 16 + digit(digits[1])?;
    u8::try_from(value).ok()
}
