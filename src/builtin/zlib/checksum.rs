//! CRC-32 by itself.

use boa_engine::{Context, JsArgs, JsResult, JsValue};

use crate::js::convert::with_bytes;

/// `crc32(bytes, value)`: the checksum of what had the checksum `value`, and of these bytes.
pub(super) fn crc32(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let value = arguments.get_or_undefined(1).to_u32(context)?;
    let bytes = arguments.get_or_undefined(0);
    let sum = with_bytes(bytes, context, |bytes| zlib_rs::crc32::crc32(value, bytes))?;
    Ok(sum.unwrap_or(value).into())
}
