//! The native half of `async_hooks`: what runs now, and what it belongs to.
//!
//! Spec: <https://nodejs.org/api/async_context.html>

use boa_engine::{Context, JsArgs, JsResult, JsValue};

use crate::js::async_context;
use crate::js::interface::Op;

pub(super) const OPS: &[Op] = &[("begin", 0, begin), ("current", 0, current), ("swap", 1, swap)];

/// `begin()`: there is something to find again from now on.
fn begin(_: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    async_context::begin();
    Ok(JsValue::undefined())
}

/// `current()`: what runs now belongs to this object; undefined if to nothing.
fn current(_: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    Ok(async_context::current().map_or_else(JsValue::undefined, JsValue::from))
}

/// `swap(frame)`: has what runs from now on belong to an object, or to nothing, and returns what it
/// was.
fn swap(_: &JsValue, arguments: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    let before = async_context::swap(arguments.get_or_undefined(0).as_object());
    Ok(before.map_or_else(JsValue::undefined, JsValue::from))
}
