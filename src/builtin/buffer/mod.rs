//! The native half of `Buffer`: text into bytes and back, and what runs over many bytes.
//!
//! Spec: <https://nodejs.org/api/buffer.html>

mod codec;
mod made;
mod search;

use boa_engine::{Context, JsArgs, JsError, JsResult, JsString, JsValue};

use crate::js::convert::{new_array_buffer, with_bytes, with_bytes_mut};
use crate::js::error::{node_error, type_error};
use crate::js::interface::Op;
pub(super) use codec::Encoding;
pub(super) use made::new_buffer;

pub(super) const OPS: &[Op] = &[
    ("encodingOf", 1, encoding_of),
    ("encode", 2, encode),
    ("decode", 4, decode),
    ("byteLength", 2, byte_length),
    ("write", 5, write),
    ("copy", 5, copy),
    ("compare", 2, compare),
    ("indexOf", 4, index_of),
    ("fill", 4, fill),
    ("swap", 2, swap),
    ("isUtf8", 1, is_utf8),
    ("isAscii", 1, is_ascii),
];

/// `encodingOf(name)`: the name that it has for short, or undefined.
fn encoding_of(_: &JsValue, arguments: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    let name = arguments.get_or_undefined(0).as_string();
    let known = name.and_then(|name| Encoding::parse(&name.to_std_string_lossy()));
    Ok(known.map_or_else(JsValue::undefined, |encoding| JsString::from(encoding.name()).into()))
}

/// `encode(text, encoding)`: an `ArrayBuffer`.
fn encode(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let encoding = encoding(arguments, 1, context)?;
    let text = text(arguments, 0)?;
    Ok(new_array_buffer(&encoding.encode(&text), context)?.into())
}

/// `decode(view, encoding, start, end)`: a string.
fn decode(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let encoding = encoding(arguments, 1, context)?;
    let (start, end) = (index(arguments, 2), index(arguments, 3));
    let text = with_view(arguments, 0, context, |bytes| encoding.decode(part(bytes, start, end)))?;
    Ok(text.into())
}

/// `byteLength(text, encoding)`
fn byte_length(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let encoding = encoding(arguments, 1, context)?;
    Ok(encoding.byte_length(&text(arguments, 0)?).into())
}

/// `write(view, text, encoding, offset, length)`: how many bytes it has written. No character is
/// written in part.
fn write(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let encoding = encoding(arguments, 2, context)?;
    let bytes = encoding.encode(&text(arguments, 1)?);
    let (offset, length) = (index(arguments, 3), index(arguments, 4));
    let written = with_view_mut(arguments, 0, context, |view| {
        let Some(room) = view.get_mut(offset..) else { return 0 };
        let most = length.min(room.len());
        let fitting = encoding.whole_characters(&bytes, most);
        room[..fitting].copy_from_slice(&bytes[..fitting]);
        fitting
    })?;
    Ok(written.into())
}

/// `copy(source, target, targetStart, sourceStart, sourceEnd)`: how many bytes it has copied.
fn copy(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (to, from, end) = (index(arguments, 2), index(arguments, 3), index(arguments, 4));
    // The two may be views of the same bytes.
    let bytes = with_view(arguments, 0, context, |bytes| part(bytes, from, end).to_vec())?;
    let copied = with_view_mut(arguments, 1, context, |view| {
        let Some(room) = view.get_mut(to..) else { return 0 };
        let count = bytes.len().min(room.len());
        room[..count].copy_from_slice(&bytes[..count]);
        count
    })?;
    Ok(copied.into())
}

/// `compare(a, b)`: -1, 0 or 1.
fn compare(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let other = with_view(arguments, 1, context, <[u8]>::to_vec)?;
    let order = with_view(arguments, 0, context, |bytes| bytes.cmp(&other[..]))?;
    Ok((order as i32).into())
}

/// `indexOf(view, wanted, from, isLast)`: where the bytes of another view are; -1 for nowhere.
fn index_of(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let wanted = with_view(arguments, 1, context, <[u8]>::to_vec)?;
    let from = arguments.get_or_undefined(2).as_number().unwrap_or_default();
    let is_last = arguments.get_or_undefined(3).to_boolean();
    let found =
        with_view(arguments, 0, context, |bytes| search::find(bytes, &wanted, from, is_last))?;
    Ok(found.map_or_else(|| (-1).into(), JsValue::from))
}

/// `fill(view, pattern, start, end)`
fn fill(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let pattern = with_view(arguments, 1, context, <[u8]>::to_vec)?;
    let (start, end) = (index(arguments, 2), index(arguments, 3));
    with_view_mut(arguments, 0, context, |view| {
        let end = end.min(view.len());
        let room = view.get_mut(start..end).unwrap_or_default();
        for chunk in room.chunks_mut(pattern.len().max(1)) {
            let pattern = pattern.get(..chunk.len()).unwrap_or_default();
            chunk[..pattern.len()].copy_from_slice(pattern);
        }
    })?;
    Ok(JsValue::undefined())
}

/// `swap(view, size)`: the bytes of each number of that size in the other order.
fn swap(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let size = index(arguments, 1).max(1);
    with_view_mut(arguments, 0, context, |view| {
        view.chunks_exact_mut(size).for_each(<[u8]>::reverse);
    })?;
    Ok(JsValue::undefined())
}

fn is_utf8(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    Ok(with_view(arguments, 0, context, |bytes| simdutf8::basic::from_utf8(bytes).is_ok())?.into())
}

fn is_ascii(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    Ok(with_view(arguments, 0, context, <[u8]>::is_ascii)?.into())
}

fn part(bytes: &[u8], start: usize, end: usize) -> &[u8] {
    bytes.get(start..end.min(bytes.len())).unwrap_or_default()
}

fn with_view<R>(
    arguments: &[JsValue],
    at: usize,
    context: &mut Context,
    read: impl FnOnce(&[u8]) -> R,
) -> JsResult<R> {
    with_bytes(arguments.get_or_undefined(at), context, read)?.ok_or_else(no_view)
}

fn with_view_mut<R>(
    arguments: &[JsValue],
    at: usize,
    context: &mut Context,
    write: impl FnOnce(&mut [u8]) -> R,
) -> JsResult<R> {
    with_bytes_mut(arguments.get_or_undefined(at), context, write)?.ok_or_else(no_view)
}

fn no_view() -> JsError {
    type_error("the argument is no view of an ArrayBuffer")
}

/// An index that the JavaScript half has checked.
fn index(arguments: &[JsValue], at: usize) -> usize {
    let number = arguments.get_or_undefined(at).as_number().unwrap_or_default();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a cast of a float saturates, and what is too large is cut to what is there"
    )]
    let index = number as usize;
    index
}

fn text(arguments: &[JsValue], at: usize) -> JsResult<JsString> {
    let text = arguments.get_or_undefined(at).as_string();
    text.ok_or_else(|| type_error("the argument is no string"))
}

fn encoding(arguments: &[JsValue], at: usize, context: &mut Context) -> JsResult<Encoding> {
    let value = arguments.get_or_undefined(at);
    if value.is_undefined() {
        return Ok(Encoding::Utf8);
    }
    let name = value.to_string(context)?.to_std_string_lossy();
    Encoding::parse(&name).ok_or_else(|| {
        node_error("ERR_UNKNOWN_ENCODING", format!("Unknown encoding: {name}"), context)
    })
}
