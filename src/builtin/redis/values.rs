//! Values of RESP3 as values of JavaScript, and arguments of commands.

use boa_engine::object::builtins::{JsArray, JsMap, JsSet};
use boa_engine::property::PropertyKey;
use boa_engine::{Context, JsBigInt, JsObject, JsResult, JsString, JsValue};

use crate::js::argument::wrong_type;
use crate::js::convert::{bytes_of, js_string_from_utf8, new_uint8_array, to_utf8};
use crate::js::error::node_error;
use crate::proto::redis::Value;

/// How values are shown.
#[derive(Clone, Copy)]
pub(super) struct Shown {
    /// Strings are `Uint8Array`s.
    pub(super) bytes: bool,
    /// Maps and sets are those of JavaScript, and not objects and arrays.
    pub(super) maps: bool,
}

/// The bytes of an argument.
pub(super) fn argument(value: &JsValue, context: &mut Context) -> JsResult<Vec<u8>> {
    if let Some(text) = value.as_string() {
        return Ok(to_utf8(&text).into_bytes());
    }
    if value.as_number().is_some() || value.as_bigint().is_some() {
        return Ok(to_utf8(&value.to_string(context)?).into_bytes());
    }
    if let Some(bytes) = bytes_of(value, context)? {
        return Ok(bytes);
    }
    let must = "a string, a number, a bigint or bytes";
    Err(wrong_type("argument", must, value, context))
}

/// A value for a script. Errors inside of it are objects; it is one if it is none but that.
pub(super) fn shown(value: Value<'_>, how: Shown, context: &mut Context) -> JsResult<JsValue> {
    Ok(match value {
        Value::Null => JsValue::null(),
        Value::Bool(value) => value.into(),
        Value::Int(number) => integer(number),
        Value::Double(number) => number.into(),
        Value::Big(digits) => {
            let digits = JsString::from(&*digits);
            JsBigInt::from_string(&digits.to_std_string_lossy())
                .map_or_else(|| digits.into(), JsValue::from)
        }
        Value::Word(word) => js_string_from_utf8(&word).into(),
        Value::Bytes(bytes) if how.bytes => new_uint8_array(&bytes, context)?.into(),
        Value::Bytes(bytes) => js_string_from_utf8(&String::from_utf8_lossy(&bytes)).into(),
        Value::Error(refusal) => {
            let error = node_error(&refusal.code, refusal.text, context);
            error.into_opaque(context)?
        }
        Value::Set(values) if how.maps => {
            let set = JsSet::new(context);
            for value in values {
                let value = shown(value, how, context)?;
                set.add(value, context)?;
            }
            set.into()
        }
        Value::Array(values) | Value::Push(values) | Value::Set(values) => {
            list(values, how, context)?.into()
        }
        Value::Map(pairs) if how.maps => {
            let map = JsMap::new(context);
            for (key, value) in pairs {
                let key = shown(key, how, context)?;
                let value = shown(value, how, context)?;
                map.set(key, value, context)?;
            }
            map.into()
        }
        Value::Map(pairs) => {
            let object = JsObject::with_object_proto(context.intrinsics());
            for (key, value) in pairs {
                // Names are text, whatever values are.
                let key = shown(key, Shown { bytes: false, ..how }, context)?;
                let key = PropertyKey::from(key.to_string(context)?);
                let value = shown(value, how, context)?;
                object.create_data_property_or_throw(key, value, context)?;
            }
            object.into()
        }
    })
}

fn list(values: Vec<Value<'_>>, how: Shown, context: &mut Context) -> JsResult<JsArray> {
    let mut all = Vec::with_capacity(values.len());
    for value in values {
        all.push(shown(value, how, context)?);
    }
    Ok(JsArray::from_iter(all, context))
}

/// A number, if it can be exact, or a bigint.
fn integer(number: i64) -> JsValue {
    const SAFE: i64 = (1 << 53) - 1;
    if let Ok(small) = i32::try_from(number) {
        return small.into();
    }
    if (-SAFE..=SAFE).contains(&number) {
        #[expect(clippy::cast_precision_loss, reason = "it has at most 53 bits")]
        return (number as f64).into();
    }
    JsBigInt::from(number).into()
}
