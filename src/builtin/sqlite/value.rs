//! Values of SQLite and of scripts, both ways.
//!
//! A whole number that JavaScript has exactly is an INTEGER, any other number a REAL. An INTEGER
//! beyond that is an error unless a script asks for bigints: a wrong number would go unnoticed.

use boa_engine::{Context, JsBigInt, JsResult, JsValue, JsVariant};
use rusqlite::types::{ToSql, ToSqlOutput, Value, ValueRef};

use super::fault::{Fault, Style};
use crate::js::convert::{js_string_from_checked, new_uint8_array, with_bytes, with_utf8};

/// The greatest whole number of which JavaScript has all below it, 2^53 - 1.
const SAFE: i64 = 9_007_199_254_740_991;

/// A value that is lent to SQLite.
pub(super) struct Lent<'a>(pub(super) ValueRef<'a>);

impl ToSql for Lent<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(self.0))
    }
}

/// Why a value is none that SQLite has.
pub(super) enum Unfit {
    /// It is of another type.
    Type,
    /// It has more than 64 bits.
    Large,
}

/// Calls `take` with what a value is in SQLite.
pub(super) fn lend<R>(
    value: &JsValue,
    style: Style,
    context: &mut Context,
    take: impl FnOnce(ValueRef<'_>) -> R,
) -> JsResult<Result<R, Unfit>> {
    Ok(match value.variant() {
        JsVariant::Null => Ok(take(ValueRef::Null)),
        JsVariant::Integer32(number) => Ok(take(ValueRef::Integer(number.into()))),
        JsVariant::Float64(number) => Ok(take(number_of(number))),
        JsVariant::String(text) => Ok(with_utf8(&text, |text| take(ValueRef::Text(text)))),
        JsVariant::BigInt(big) => match i64::try_from(big.as_inner()) {
            Ok(number) => Ok(take(ValueRef::Integer(number))),
            Err(_) => Err(Unfit::Large),
        },
        // Node refuses them, since they do not come back as what they were.
        JsVariant::Boolean(is) if style == Style::Krandog => Ok(take(ValueRef::Integer(is.into()))),
        JsVariant::Object(_) => {
            with_bytes(value, context, |bytes| take(ValueRef::Blob(bytes)))?.ok_or(Unfit::Type)
        }
        _ => Err(Unfit::Type),
    })
}

/// The same, kept.
pub(super) fn keep(
    value: &JsValue,
    style: Style,
    context: &mut Context,
) -> JsResult<Result<Value, Unfit>> {
    lend(value, style, context, |value| match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Real(number) => Value::Real(number),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
    })
}

fn number_of(number: f64) -> ValueRef<'static> {
    #[expect(clippy::cast_precision_loss, reason = "the limit is exact")]
    let is_whole = number.fract() == 0.0 && number.abs() <= SAFE as f64;
    // There is no negative zero among INTEGERs.
    if is_whole && !(number == 0.0 && number.is_sign_negative()) {
        #[expect(clippy::cast_possible_truncation, reason = "whole and in range")]
        return ValueRef::Integer(number as i64);
    }
    ValueRef::Real(number)
}

/// A value of SQLite for a script.
pub(super) fn show(value: ValueRef<'_>, bigints: bool, context: &mut Context) -> JsResult<JsValue> {
    Ok(match value {
        ValueRef::Null => JsValue::null(),
        ValueRef::Integer(number) => return integer(number, bigints, context),
        ValueRef::Real(number) => JsValue::from(number),
        ValueRef::Text(text) => js_string_from_checked(text).into(),
        ValueRef::Blob(bytes) => new_uint8_array(bytes, context)?.into(),
    })
}

pub(super) fn integer(number: i64, bigints: bool, context: &mut Context) -> JsResult<JsValue> {
    if bigints {
        return Ok(JsBigInt::from(number).into());
    }
    if let Ok(small) = i32::try_from(number) {
        return Ok(JsValue::from(small));
    }
    if (-SAFE..=SAFE).contains(&number) {
        #[expect(clippy::cast_precision_loss, reason = "in the range without loss")]
        return Ok(JsValue::from(number as f64));
    }
    let message = format!("Value is too large to be represented as a JavaScript number: {number}");
    Err(Fault::of("ERR_OUT_OF_RANGE", message).into_error(Style::Node, context))
}

/// Bytes that a value takes.
pub(super) fn weight(value: ValueRef<'_>) -> usize {
    match value {
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes.len(),
        _ => 0,
    }
}
