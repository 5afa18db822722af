//! Conversions between JavaScript values and bytes or UTF-8, with as few copies as Boa allows.
//!
//! Specs: <https://webidl.spec.whatwg.org/#js-buffer-source-types>,
//! <https://webidl.spec.whatwg.org/#js-USVString>

use boa_engine::builtins::array_buffer::{ArrayBuffer, SharedArrayBuffer};
use boa_engine::builtins::dataview::DataView;
use boa_engine::builtins::typed_array::TypedArray;
use boa_engine::object::builtins::{
    AlignedVec, JsArrayBuffer, JsDataView, JsSharedArrayBuffer, JsTypedArray, JsUint8Array,
};
use boa_engine::string::{JsStr, JsStrVariant};
use boa_engine::{Context, JsError, JsObject, JsResult, JsString, JsSymbol, JsValue, js_string};
use encoding_rs::mem;

use crate::js::error::type_error;
use crate::js::memory::note_unseen;

/// Boa keeps the bytes of a buffer aligned to this many.
const BUFFER_ALIGNMENT: usize = 64;

/// Calls `read` with the bytes of an `ArrayBuffer`, of any view of one, or of a
/// `SharedArrayBuffer`; `None` for any other value. The bytes are borrowed, except those of shared
/// memory, so `read` cannot run scripts. A detached buffer is a `TypeError`.
pub fn with_bytes<R>(
    value: &JsValue,
    context: &mut Context,
    read: impl FnOnce(&[u8]) -> R,
) -> JsResult<Option<R>> {
    let Some(object) = value.as_object() else { return Ok(None) };
    if object.is::<ArrayBuffer>() {
        return read_buffer(&object, None, read).map(Some);
    }
    if object.is::<TypedArray>() {
        let array = JsTypedArray::from_object(object)?;
        let offset = array.byte_offset(context)?;
        let length = array.byte_length(context)?;
        let buffer = array.buffer(context)?;
        return read_view(&buffer, (offset, length), read).map(Some);
    }
    if object.is::<DataView>() {
        let view = JsDataView::from_object(object)?;
        // Both throw where the view has come to lie outside its buffer.
        let offset = usize::try_from(view.byte_offset(context)?).unwrap_or(usize::MAX);
        let length = usize::try_from(view.byte_length(context)?).unwrap_or(usize::MAX);
        let buffer = view.buffer(context)?;
        return read_view(&buffer, (offset, length), read).map(Some);
    }
    if object.is::<SharedArrayBuffer>() {
        return read_buffer(&object, None, read).map(Some);
    }
    Ok(None)
}

/// Whether a value is an `ArrayBuffer`, a `SharedArrayBuffer` or a view.
pub fn is_buffer_source(value: &JsValue) -> bool {
    value.as_object().is_some_and(|object| {
        object.is::<ArrayBuffer>()
            || object.is::<TypedArray>()
            || object.is::<DataView>()
            || object.is::<SharedArrayBuffer>()
    })
}

/// A copy of the bytes that [`with_bytes`] would show.
pub fn bytes_of(value: &JsValue, context: &mut Context) -> JsResult<Option<Vec<u8>>> {
    with_bytes(value, context, <[u8]>::to_vec)
}

/// Calls `write` with the bytes of an unshared `ArrayBuffer` or of a `Uint8Array` or other typed
/// array over one; `None` for any other value.
pub fn with_bytes_mut<R>(
    value: &JsValue,
    context: &mut Context,
    write: impl FnOnce(&mut [u8]) -> R,
) -> JsResult<Option<R>> {
    let Some(object) = value.as_object() else { return Ok(None) };
    let (buffer, range) = if object.is::<TypedArray>() {
        let array = JsTypedArray::from_object(object)?;
        let (offset, length) = (array.byte_offset(context)?, array.byte_length(context)?);
        let Some(buffer) = array.buffer(context)?.as_object() else { return Ok(None) };
        (buffer, Some((offset, length)))
    } else {
        (object, None)
    };
    if !buffer.is::<ArrayBuffer>() {
        return Ok(None);
    }
    let buffer = JsArrayBuffer::from_object(buffer)?;
    let mut bytes = buffer.data_mut().ok_or_else(detached)?;
    let (offset, length) = range.unwrap_or((0, bytes.len()));
    let bytes = bytes.get_mut(offset..offset.saturating_add(length)).ok_or_else(detached)?;
    Ok(Some(write(bytes)))
}

fn read_view<R>(
    buffer: &JsValue,
    range: (usize, usize),
    read: impl FnOnce(&[u8]) -> R,
) -> JsResult<R> {
    let buffer = buffer.as_object().ok_or_else(detached)?;
    read_buffer(&buffer, Some(range), read)
}

fn read_buffer<R>(
    buffer: &JsObject,
    range: Option<(usize, usize)>,
    read: impl FnOnce(&[u8]) -> R,
) -> JsResult<R> {
    let cut = |bytes: &[u8]| -> JsResult<R> {
        let (offset, length) = range.unwrap_or((0, bytes.len()));
        bytes.get(offset..offset.saturating_add(length)).map(read).ok_or_else(detached)
    };
    if let Some(buffer) = buffer.downcast_ref::<ArrayBuffer>() {
        return cut(buffer.data().ok_or_else(detached)?);
    }
    // Another thread may write to shared memory: what is read must be a copy.
    cut(&JsSharedArrayBuffer::from_object(buffer.clone())?.to_vec())
}

fn detached() -> JsError {
    type_error("the ArrayBuffer is detached")
}

/// A new `ArrayBuffer` with these bytes.
pub fn new_array_buffer(bytes: &[u8], context: &mut Context) -> JsResult<JsObject> {
    array_buffer(bytes, context).map(JsObject::from)
}

/// A new `Uint8Array` with these bytes.
pub fn new_uint8_array(bytes: &[u8], context: &mut Context) -> JsResult<JsObject> {
    let buffer = array_buffer(bytes, context)?;
    JsUint8Array::from_array_buffer(buffer, context).map(JsObject::from)
}

fn array_buffer(bytes: &[u8], context: &mut Context) -> JsResult<JsArrayBuffer> {
    note_unseen(bytes.len());
    JsArrayBuffer::from_byte_block(AlignedVec::from_slice(BUFFER_ALIGNMENT, bytes), context)
}

/// A string from UTF-8, stored as Latin-1 where that can hold it.
pub fn js_string_from_utf8(text: &str) -> JsString {
    let bytes = text.as_bytes();
    if bytes.is_ascii() {
        return JsString::from(JsStr::latin1(bytes));
    }
    if mem::is_str_latin1(text) {
        return JsString::from(JsStr::latin1(&mem::encode_latin1_lossy(text)));
    }
    let mut units = vec![0; text.len()];
    let written = mem::convert_str_to_utf16(text, &mut units);
    JsString::from(&units[..written])
}

/// The same from bytes that somebody else has found to be UTF-8; anything else becomes U+FFFD.
pub fn js_string_from_checked(bytes: &[u8]) -> JsString {
    note_unseen(bytes.len());
    if bytes.is_ascii() {
        return JsString::from(JsStr::latin1(bytes));
    }
    match simdutf8::basic::from_utf8(bytes) {
        Ok(text) => js_string_from_utf8(text),
        Err(_) => js_string_from_utf8(&String::from_utf8_lossy(bytes)),
    }
}

/// How many bytes [`append_utf8`] appends for this string.
pub fn utf8_len(text: &JsString) -> usize {
    match text.as_str().variant() {
        JsStrVariant::Latin1(bytes) => {
            bytes.len() + bytes.iter().filter(|byte| !byte.is_ascii()).count()
        }
        JsStrVariant::Utf16(units) => char::decode_utf16(units.iter().copied())
            .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER).len_utf8())
            .sum(),
    }
}

/// Appends a string as UTF-8; a lone surrogate becomes U+FFFD.
pub fn append_utf8(text: &JsString, out: &mut Vec<u8>) {
    match text.as_str().variant() {
        JsStrVariant::Latin1(bytes) if bytes.is_ascii() => out.extend_from_slice(bytes),
        JsStrVariant::Latin1(bytes) => {
            let start = out.len();
            out.resize(start + bytes.len() * 2, 0);
            let written = mem::convert_latin1_to_utf8(bytes, &mut out[start..]);
            out.truncate(start + written);
        }
        JsStrVariant::Utf16(units) => {
            let start = out.len();
            // Three bytes a unit at most, and one more is what the conversion asks for.
            out.resize(start + units.len() * 3 + 1, 0);
            let written = mem::convert_utf16_to_utf8(units, &mut out[start..]);
            out.truncate(start + written);
        }
    }
}

/// A string as UTF-8; a lone surrogate becomes U+FFFD.
pub fn to_utf8(text: &JsString) -> String {
    let mut bytes = Vec::new();
    append_utf8(text, &mut bytes);
    String::from_utf8(bytes).unwrap_or_default()
}

/// A string in which each lone surrogate is replaced by U+FFFD.
pub fn usv_string(text: JsString) -> JsString {
    let mut units = match text.as_str().variant() {
        JsStrVariant::Utf16(units) if mem::utf16_valid_up_to(units) < units.len() => units.to_vec(),
        _ => return text,
    };
    mem::ensure_utf16_validity(&mut units);
    JsString::from(&units[..])
}

/// The elements of an iterable object, as Web IDL converts to `sequence<any>`.
pub fn sequence(value: &JsValue, name: &str, context: &mut Context) -> JsResult<Vec<JsValue>> {
    let wrong = || type_error(format!("{name} is not iterable"));
    let object = value.as_object().ok_or_else(wrong)?;
    let method = object.get(JsSymbol::iterator(), context)?;
    let Some(method) = method.as_callable() else { return Err(wrong()) };
    let iterator = method.call(value, &[], context)?.as_object().ok_or_else(wrong)?;
    let next = iterator.get(js_string!("next"), context)?.as_callable().ok_or_else(wrong)?;
    let mut values = Vec::new();
    loop {
        let step = next.call(&iterator.clone().into(), &[], context)?;
        let step = step.as_object().ok_or_else(wrong)?;
        if step.get(js_string!("done"), context)?.to_boolean() {
            return Ok(values);
        }
        values.push(step.get(js_string!("value"), context)?);
    }
}
