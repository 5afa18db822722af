//! Arguments as the JavaScript half has checked them.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;
use std::path::PathBuf;

use boa_engine::{Context, JsArgs, JsResult, JsValue};

use super::answer::Shape;
use super::failure::unchecked;
use crate::builtin::buffer::Encoding;
use crate::js::convert::{bytes_of, to_utf8};

/// How the operation is to be done: see [`run`](super::run::run).
pub(super) fn how(arguments: &[JsValue]) -> &JsValue {
    arguments.get_or_undefined(0)
}

/// A path: text, or bytes.
pub(super) fn path(arguments: &[JsValue], at: usize, context: &mut Context) -> JsResult<PathBuf> {
    let value = arguments.get_or_undefined(at);
    if let Some(text) = value.as_string() {
        return Ok(to_utf8(&text).into());
    }
    let bytes = bytes_of(value, context)?.ok_or_else(|| unchecked("a path"))?;
    Ok(OsString::from_vec(bytes).into())
}

/// A number of 32 bits.
pub(super) fn bits(arguments: &[JsValue], at: usize) -> u32 {
    let number = arguments.get_or_undefined(at).as_number().unwrap_or_default();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a whole number in range; a negative one has the bits of it"
    )]
    let number = number as i64 as u32;
    number
}

/// The number of an open file.
pub(super) fn fd(arguments: &[JsValue], at: usize) -> i32 {
    bits(arguments, at).cast_signed()
}

/// A length, or a position in a file; none where it is negative or no number.
pub(super) fn offset(arguments: &[JsValue], at: usize) -> Option<u64> {
    let number = arguments.get_or_undefined(at).as_number()?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a cast of a float saturates"
    )]
    (number >= 0.0).then_some(number as u64)
}

/// Seconds since 1970, with their fraction.
pub(super) fn seconds(arguments: &[JsValue], at: usize) -> f64 {
    arguments.get_or_undefined(at).as_number().unwrap_or_default()
}

/// What something is shown as: a Buffer, unless it is an encoding.
pub(super) fn shape(arguments: &[JsValue], at: usize) -> Shape {
    let name = arguments.get_or_undefined(at).as_string();
    let encoding = name.and_then(|name| Encoding::parse(&name.to_std_string_lossy()));
    encoding.map_or(Shape::Buffer, Shape::Text)
}

pub(super) fn truth(arguments: &[JsValue], at: usize) -> bool {
    arguments.get_or_undefined(at).to_boolean()
}
