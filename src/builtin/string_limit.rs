//! Strings have a maximum length, as in other engines.
//!
//! Boa 0.22 has none: a string that is longer than the memory ends the process. The methods here
//! stand before the engine's own where a short program makes a long string, and refuse first. `+`
//! and template literals cannot be reached.
//!
//! Spec: <https://tc39.es/ecma262/#sec-properties-of-the-string-prototype-object>

use std::cell::Cell;

use boa_engine::object::builtins::{JsArray, JsFunction};
use boa_engine::string::JsStrVariant;
use boa_engine::{Context, JsArgs, JsObject, JsResult, JsString, JsValue, js_string};

use crate::js::before::{self, Before};
use crate::js::error::range_error;
use crate::limits::{JOIN_NESTING_MAX, STRING_UNITS_MAX};

thread_local! {
    /// How many calls of `join` there are inside of each other.
    static JOINING: Cell<usize> = const { Cell::new(0) };
}

/// Puts each before the engine's own.
pub(super) fn install(context: &Context) {
    let constructors = context.intrinsics().constructors();
    let (strings, arrays) = (constructors.string().prototype(), constructors.array().prototype());
    let methods: [(&JsObject, JsString, usize, Before); 5] = [
        (&strings, js_string!("repeat"), 1, repeat),
        (&strings, js_string!("padStart"), 1, pad),
        (&strings, js_string!("padEnd"), 1, pad),
        (&strings, js_string!("concat"), 1, concat),
        (&arrays, js_string!("join"), 1, join),
    ];
    for (prototype, name, length, method) in methods {
        before::put(prototype, name, length, method, context);
    }
}

/// A `RangeError` for a string of more UTF-16 units than there may be.
pub(super) fn check_length(units: usize) -> JsResult<()> {
    if units > STRING_UNITS_MAX {
        return Err(range_error("Invalid string length"));
    }
    Ok(())
}

/// `repeat(count)`. The engine's makes a list of all the pieces first, so what is usual is done
/// here.
fn repeat(
    this: &JsValue,
    arguments: &[JsValue],
    engine: &JsFunction,
    context: &mut Context,
) -> JsResult<JsValue> {
    let (Some(text), Some(count)) = (this.as_string(), whole(arguments.get_or_undefined(0))) else {
        return engine.call(this, arguments, context);
    };
    check_length(text.len().saturating_mul(count))?;
    Ok(match text.as_str().variant() {
        JsStrVariant::Latin1(bytes) => latin1(&bytes.repeat(count)),
        JsStrVariant::Utf16(units) => JsString::from(units.repeat(count).as_slice()),
    }
    .into())
}

fn latin1(bytes: &[u8]) -> JsString {
    JsString::from(boa_engine::string::JsStr::latin1(bytes))
}

/// `padStart(length, fill)` and `padEnd(length, fill)`.
fn pad(
    this: &JsValue,
    arguments: &[JsValue],
    engine: &JsFunction,
    context: &mut Context,
) -> JsResult<JsValue> {
    // Nothing is filled with an empty text.
    let fills = arguments.get_or_undefined(1).as_string().is_none_or(|fill| !fill.is_empty());
    if let Some(length) = arguments.get_or_undefined(0).as_number().filter(|_| fills)
        && length > 0.0
    {
        check_length(whole(&length.trunc().into()).unwrap_or(usize::MAX))?;
    }
    engine.call(this, arguments, context)
}

/// `concat(...texts)`: those that are strings already have a length.
fn concat(
    this: &JsValue,
    arguments: &[JsValue],
    engine: &JsFunction,
    context: &mut Context,
) -> JsResult<JsValue> {
    let length = |value: &JsValue| value.as_string().map_or(0, |text| text.len());
    check_length(arguments.iter().map(length).fold(length(this), usize::saturating_add))?;
    engine.call(this, arguments, context)
}

/// `join(separator)`: what the separators alone come to.
fn join(
    this: &JsValue,
    arguments: &[JsValue],
    engine: &JsFunction,
    context: &mut Context,
) -> JsResult<JsValue> {
    if let Some(separator) = arguments.get_or_undefined(0).as_string()
        && let Some(array) = this.as_object().and_then(|array| JsArray::from_object(array).ok())
    {
        let gaps = usize::try_from(array.length(context)?).unwrap_or(usize::MAX).saturating_sub(1);
        check_length(separator.len().saturating_mul(gaps))?;
    }
    // Each level is a call of this function for an array within, on the native stack.
    let depth = JOINING.get();
    if depth >= JOIN_NESTING_MAX {
        return Err(range_error(format!(
            "an array is nested too deeply for a string: more than {JOIN_NESTING_MAX} levels"
        )));
    }
    JOINING.set(depth + 1);
    let joined = engine.call(this, arguments, context);
    JOINING.set(depth);
    joined
}

/// A number of times, if it is one as it stands.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked to be a whole number below 2^53"
)]
pub(super) fn whole(value: &JsValue) -> Option<usize> {
    let number = value.as_number()?;
    let whole = number.fract() == 0.0 && (0.0..9_007_199_254_740_992.0).contains(&number);
    whole.then_some(number as usize)
}
