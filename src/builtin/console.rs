//! The native half of `console`: lines that need no inspection, colours, time.
//!
//! Spec: <https://console.spec.whatwg.org/>

#![expect(clippy::unnecessary_wraps, reason = "an op returns a result")]

use boa_engine::value::JsVariant;
use boa_engine::{Context, JsArgs, JsResult, JsValue};

use super::output::Stream;
use crate::js::loader::Op;

pub(super) const OPS: &[Op] = &[
    ("colors", 1, colors),
    ("load", 1, super::load),
    ("now", 0, now),
    ("print", 2, print),
    ("write", 2, write),
];

/// `print(fd, values)`: writes a line when the values need neither inspector nor format, which is
/// so for most lines of most programs; returns whether it did.
fn print(_this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let stream = Stream::from_fd(arguments.get_or_undefined(0).to_u32(context)?);
    let Some(values) = arguments.get_or_undefined(1).as_object() else { return Ok(false.into()) };
    let count = values.get(boa_engine::js_string!("length"), context)?.to_u32(context)?;
    let mut line = String::new();
    for index in 0..count {
        let value = values.get(index, context)?;
        if index > 0 {
            line.push(' ');
        }
        let Some(text) = plain_text(&value, stream, context)? else { return Ok(false.into()) };
        if index == 0 && count > 1 && text.contains('%') {
            return Ok(false.into());
        }
        line.push_str(&text);
    }
    line.push('\n');
    stream.write(line.as_bytes());
    Ok(true.into())
}

/// The text of a value that is shown as it stands: a string, and without colours a number too.
fn plain_text(value: &JsValue, stream: Stream, context: &mut Context) -> JsResult<Option<String>> {
    match value.variant() {
        JsVariant::String(text) => return Ok(Some(text.to_std_string_lossy())),
        // Minus zero shows its sign.
        JsVariant::Float64(0.0)
        | JsVariant::Object(_)
        | JsVariant::Symbol(_)
        | JsVariant::BigInt(_) => return Ok(None),

        _ if stream.has_colors() => return Ok(None),
        _ => {}
    }
    Ok(Some(value.to_string(context)?.to_std_string_lossy()))
}

/// `write(fd, text)`: writes the whole text to standard output (1) or error (2).
fn write(_this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let stream = Stream::from_fd(arguments.get_or_undefined(0).to_u32(context)?);
    let text = arguments.get_or_undefined(1).to_string(context)?.to_std_string_lossy();
    stream.write(text.as_bytes());
    Ok(JsValue::undefined())
}

/// `colors(fd)`: whether texts for this stream are coloured.
pub(super) fn colors(
    _this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let stream = Stream::from_fd(arguments.get_or_undefined(0).to_u32(context)?);
    Ok(stream.has_colors().into())
}

/// `now()`: milliseconds on the monotonic clock.
#[expect(clippy::cast_precision_loss, reason = "microseconds are enough for people")]
fn now(_this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    Ok(JsValue::from(context.clock().now().nanos_since_epoch() as f64 / 1e6))
}
