//! The native half of `internal:inspect`: what JavaScript cannot see of a value, and the texts
//! that would cost it a regular expression for each string.

#![expect(clippy::unnecessary_wraps, reason = "an op returns a result")]

use std::fmt::{self, Write};

use boa_engine::builtins::array_buffer::{ArrayBuffer, SharedArrayBuffer};
use boa_engine::builtins::async_generator::AsyncGenerator;
use boa_engine::builtins::dataview::DataView;
use boa_engine::builtins::date::Date;
use boa_engine::builtins::error::Error;
use boa_engine::builtins::function::OrdinaryFunction;
use boa_engine::builtins::generator::Generator;
use boa_engine::builtins::map::ordered_map::OrderedMap;
use boa_engine::builtins::promise::{Promise, PromiseState};
use boa_engine::builtins::proxy::Proxy;
use boa_engine::builtins::regexp::RegExp;
use boa_engine::builtins::set::ordered_set::OrderedSet;
use boa_engine::builtins::typed_array::TypedArray;
use boa_engine::module::ModuleNamespace;
use boa_engine::object::builtins::{
    JsArray, JsMapIterator, JsPromise, JsSetIterator, JsWeakMap, JsWeakSet,
};
use boa_engine::property::PropertyKey;
use boa_engine::{
    Context, JsArgs, JsBigInt, JsObject, JsResult, JsString, JsSymbol, JsValue, js_string,
};

use crate::js::error::type_error;
use crate::js::explain;
use crate::js::interface::Op;

pub(super) const OPS: &[Op] = &[
    ("explained", 1, explained),
    ("isPlainKey", 1, is_plain_key),
    ("kindOf", 1, kind_of),
    ("namedKeys", 1, named_keys),
    ("promiseState", 1, promise_state),
    ("quote", 1, quote),
    ("width", 1, width),
];

/// `explained(error)`: the stack with a better message and place, for errors that the engine threw;
/// undefined for all others.
fn explained(_this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let found = explain::explained(arguments.get_or_undefined(0), context);
    Ok(found.map_or_else(JsValue::undefined, |found| js_string!(found.stack).into()))
}

/// `kindOf(value)`: which built-in class an object is of by its internal slots; '' for others.
fn kind_of(_this: &JsValue, arguments: &[JsValue], _context: &mut Context) -> JsResult<JsValue> {
    let kind = arguments.get_or_undefined(0).as_object().map_or("", |object| kind(&object));
    Ok(js_string!(kind).into())
}

fn kind(object: &JsObject) -> &'static str {
    if object.is_array() {
        "array"
    } else if object.is::<OrdinaryFunction>() {
        "script function"
    } else if object.is::<Proxy>() {
        if object.is_callable() { "function proxy" } else { "proxy" }
    } else if object.is_callable() {
        "function"
    } else if object.is::<OrderedMap<JsValue>>() {
        "map"
    } else if object.is::<OrderedSet>() {
        "set"
    } else if object.is::<Error>() {
        "error"
    } else if object.is::<Date>() {
        "date"
    } else if object.is::<RegExp>() {
        "regexp"
    } else if object.is::<Promise>() {
        "promise"
    } else if object.is::<TypedArray>() {
        "typed array"
    } else if object.is::<ArrayBuffer>() || object.is::<SharedArrayBuffer>() {
        "array buffer"
    } else if object.is::<DataView>() {
        "data view"
    } else {
        boxed_kind(object).or_else(|| rare_kind(object)).unwrap_or_default()
    }
}

fn boxed_kind(object: &JsObject) -> Option<&'static str> {
    Some(if object.is::<f64>() {
        "number"
    } else if object.is::<JsString>() {
        "string"
    } else if object.is::<bool>() {
        "boolean"
    } else if object.is::<JsSymbol>() {
        "symbol"
    } else if object.is::<JsBigInt>() {
        "bigint"
    } else {
        return None;
    })
}

fn rare_kind(object: &JsObject) -> Option<&'static str> {
    Some(if object.is::<Generator>() || object.is::<AsyncGenerator>() {
        "generator"
    } else if object.is::<ModuleNamespace>() {
        "module"
    } else if JsMapIterator::from_object(object.clone()).is_ok() {
        "map iterator"
    } else if JsSetIterator::from_object(object.clone()).is_ok() {
        "set iterator"
    } else if JsWeakMap::from_object(object.clone()).is_ok() {
        "weak map"
    } else if JsWeakSet::from_object(object.clone()).is_ok() {
        "weak set"
    } else {
        return None;
    })
}

/// `promiseState(promise)`: `[state, value]`, with 'pending', 'fulfilled' or 'rejected'.
fn promise_state(
    _this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let object = arguments.get_or_undefined(0).as_object();
    let object = object.ok_or_else(|| type_error("not a promise"))?;
    let (state, value) = match JsPromise::from_object(object)?.state() {
        PromiseState::Pending => (js_string!("pending"), JsValue::undefined()),
        PromiseState::Fulfilled(value) => (js_string!("fulfilled"), value),
        PromiseState::Rejected(reason) => (js_string!("rejected"), reason),
    };
    Ok(JsArray::from_iter([state.into(), value], context).into())
}

/// `namedKeys(object)`: the own keys that are not array indices.
fn named_keys(_this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let Some(object) = arguments.get_or_undefined(0).as_object() else {
        return Err(type_error("not an object"));
    };
    // The shape of an object knows no indices, of which a long array has many.
    let mut keys = if object.is::<Proxy>() {
        object.own_property_keys(context)?
    } else {
        object.borrow().shape().keys()
    };
    keys.retain(|key| !matches!(key, PropertyKey::Index(_)));
    keys.sort_by_key(|key| matches!(key, PropertyKey::Symbol(_)));
    Ok(JsArray::from_iter(keys.iter().map(JsValue::from), context).into())
}

/// `isPlainKey(string)`: whether it can stand before a colon without quotes.
fn is_plain_key(_this: &JsValue, arguments: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    let Some(key) = arguments.get_or_undefined(0).as_string() else { return Ok(false.into()) };
    let plain = |unit: u16| {
        u8::try_from(unit).is_ok_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    let starts_with_digit = key.iter().next().is_none_or(|unit| unit <= u16::from(b'9'));
    Ok((!starts_with_digit && key.iter().all(plain)).into())
}

/// `quote(string)`: the string as a literal, in the quotes that need the fewest escapes.
fn quote(_this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let text = arguments.get_or_undefined(0).to_string(context)?;
    Ok(js_string!(quoted(&text)).into())
}

fn quoted(text: &JsString) -> String {
    let has = |byte: u8| text.iter().any(|unit| unit == u16::from(byte));
    let quote = match (has(b'\''), has(b'"'), has(b'`')) {
        (false, _, _) | (true, true, true) => '\'',
        (true, false, _) => '"',
        (true, true, false) if text.to_std_string_lossy().contains("${") => '\'',
        (true, true, false) => '`',
    };
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push(quote);
    for character in char::decode_utf16(text.iter()) {
        // Writing to a string does not fail.
        let _: fmt::Result = match character {
            Err(lone) => write!(literal, "\\u{:x}", lone.unpaired_surrogate()),
            Ok('\n') => write!(literal, "\\n"),
            Ok('\r') => write!(literal, "\\r"),
            Ok('\t') => write!(literal, "\\t"),
            Ok('\u{8}') => write!(literal, "\\b"),
            Ok('\u{c}') => write!(literal, "\\f"),
            Ok('\\') => write!(literal, "\\\\"),
            Ok(character) if character == quote => write!(literal, "\\{quote}"),
            Ok(character) if character.is_control() => {
                write!(literal, "\\x{:02X}", u32::from(character))
            }
            Ok(character) => write!(literal, "{character}"),
        };
    }
    literal.push(quote);
    literal
}

/// `width(string)`: how many columns of a terminal it takes, without colour codes.
fn width(_this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let text = arguments.get_or_undefined(0).to_string(context)?;
    let mut columns = 0;
    let mut in_escape = false;
    for character in char::decode_utf16(text.iter()) {
        let character = character.unwrap_or(char::REPLACEMENT_CHARACTER);
        if in_escape {
            in_escape = character != 'm';
        } else if character == '\u{1b}' {
            in_escape = true;
        } else {
            columns += character_width(character);
        }
    }
    Ok(JsValue::from(columns))
}

/// East Asian wide and emoji take two columns; combining marks none.
fn character_width(character: char) -> u32 {
    match u32::from(character) {
        0x0300..=0x036F | 0x200B..=0x200F | 0xFE00..=0xFE0F | 0x20D0..=0x20FF | ..0x20 => 0,
        0x1100..=0x115F
        | 0x2E80..=0x303E
        | 0x3041..=0xA4CF
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE6F
        | 0xFF00..=0xFF60
        | 0xFFE0..=0xFFE6
        | 0x1F300..=0x1F64F
        | 0x1F900..=0x1F9FF
        | 0x20000..=0x3FFFD => 2,
        _ => 1,
    }
}
