//! Buffers made by natives, of bytes that are not copied.

use boa_engine::object::builtins::{AlignedVec, JsArrayBuffer, JsUint8Array};
use boa_engine::{Context, JsData, JsObject, JsResult, JsValue, js_string};
use boa_gc::{Finalize, Trace};

use crate::js::error::type_error;
use crate::js::loader::import_builtin;
use crate::js::memory::note_unseen;

/// `Context` data, once there was one: the prototype of all buffers.
#[derive(Trace, Finalize, JsData)]
struct Prototype(JsObject);

/// A `Buffer` of these bytes.
pub(in crate::builtin) fn new_buffer(
    bytes: AlignedVec<u8>,
    context: &mut Context,
) -> JsResult<JsValue> {
    let prototype = prototype(context)?;
    note_unseen(bytes.len());
    let memory = JsArrayBuffer::from_byte_block(bytes, context)?;
    let buffer = JsObject::from(JsUint8Array::from_array_buffer(memory, context)?);
    buffer.set_prototype(Some(prototype));
    Ok(buffer.into())
}

fn prototype(context: &mut Context) -> JsResult<JsObject> {
    if let Some(Prototype(prototype)) = context.get_data() {
        return Ok(prototype.clone());
    }
    let class = import_builtin("buffer", context)?.get_value(js_string!("Buffer"), context)?;
    let class = class.as_object().ok_or_else(|| type_error("there is no Buffer"))?;
    let prototype = class.get(js_string!("prototype"), context)?.as_object();
    let prototype = prototype.ok_or_else(|| type_error("there is no Buffer"))?;
    context.insert_data(Prototype(prototype.clone()));
    Ok(prototype)
}
