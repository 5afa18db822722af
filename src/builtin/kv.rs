//! The native half of `krandog:kv`: values as bytes, in the form in which they also go to other
//! threads and processes.

use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsArgs, JsResult, JsValue};

use crate::builtin::structured_clone::{Form, Transfer, read_shared, write};
use crate::js::convert::{bytes_of, new_uint8_array};
use crate::js::error::node_error;
use crate::js::interface::Op;
use crate::limits::{
    KV_GROUPS_PER_COMMIT, KV_KEY_BYTES, KV_PAGE_ENTRIES, KV_PENDING_BYTES, KV_SWEPT,
    KV_VALUE_BYTES, KV_WATCHED, KV_WRITES,
};

pub(super) const OPS: &[Op] = &[("limits", 0, limits), ("pack", 1, pack), ("unpack", 1, unpack)];

/// `limits()`: `[key, value, writes, groups, pending, page, watched, swept]`.
fn limits(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let limits = [
        KV_KEY_BYTES,
        KV_VALUE_BYTES,
        KV_WRITES,
        KV_GROUPS_PER_COMMIT,
        KV_PENDING_BYTES,
        KV_PAGE_ENTRIES,
        KV_WATCHED,
        KV_SWEPT,
    ];
    Ok(JsArray::from_iter(limits.map(JsValue::from), context).into())
}

/// `pack(value)`: its bytes.
fn pack(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let form = write(arguments.get_or_undefined(0), Transfer::default(), context)?;
    let Some(bytes) = form.to_wire() else {
        let message = "a value with a Blob or a SharedArrayBuffer cannot be kept";
        return Err(node_error("ERR_INVALID_ARG_VALUE", message, context));
    };
    Ok(new_uint8_array(&bytes, context)?.into())
}

/// `unpack(bytes)`: the value.
fn unpack(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let bytes = bytes_of(arguments.get_or_undefined(0), context)?.unwrap_or_default();
    let Some(form) = Form::from_wire(&bytes) else {
        let message = "the value was written by another version of krandog";
        return Err(node_error("ERR_KV_FORMAT", message, context));
    };
    read_shared(&form, context)
}
