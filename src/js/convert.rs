//! Conversions between JavaScript values and bytes or UTF-8, with as few copies as Boa allows.
//!
//! Specs: <https://webidl.spec.whatwg.org/#js-buffer-source-types>,
//! <https://webidl.spec.whatwg.org/#js-USVString>

use std::cell::Cell;
use std::thread::LocalKey;

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
use crate::limits::CONVERSION_BYTES_KEPT;

/// Boa keeps the bytes of a buffer aligned to this many.
const BUFFER_ALIGNMENT: usize = 64;

thread_local! {
    /// Where text is converted on its way in or out, kept for the next.
    static BYTES: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
    static UNITS: Cell<Vec<u16>> = const { Cell::new(Vec::new()) };
}

/// Calls `work` with `len` items that hold anything.
fn with_scratch<T: Copy + Default, R>(
    kept: &'static LocalKey<Cell<Vec<T>>>,
    len: usize,
    work: impl FnOnce(&mut [T]) -> R,
) -> R {
    let mut scratch = kept.take();
    if scratch.len() < len {
        scratch.resize(len, T::default());
    }
    let result = work(&mut scratch[..len]);
    if scratch.capacity() * size_of::<T>() <= CONVERSION_BYTES_KEPT {
        kept.set(scratch);
    }
    result
}

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
    if is_latin1(bytes) {
        return with_scratch(&BYTES, bytes.len(), |scratch| {
            let written = mem::convert_utf8_to_latin1_lossy(bytes, scratch);
            JsString::from(JsStr::latin1(&scratch[..written]))
        });
    }
    with_scratch(&UNITS, bytes.len(), |scratch| {
        let written = mem::convert_str_to_utf16(text, scratch);
        JsString::from(&scratch[..written])
    })
}

/// Whether Latin-1 can hold what these bytes, which are UTF-8, say: a character from U+0100 on
/// begins with a greater byte than any up to U+00FF has.
fn is_latin1(text: &[u8]) -> bool {
    // In pieces, so that other scripts are found out soon; the maximum of one takes vectors.
    text.chunks(1024).all(|piece| piece.iter().fold(0, |most, &byte| byte.max(most)) <= 0xC3)
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

/// Calls `read` with a string as UTF-8; a lone surrogate becomes U+FFFD. ASCII is not copied for
/// it.
pub fn with_utf8<R>(text: &JsString, read: impl FnOnce(&[u8]) -> R) -> R {
    match text.as_str().variant() {
        JsStrVariant::Latin1(bytes) if bytes.is_ascii() => read(bytes),
        JsStrVariant::Latin1(bytes) => with_scratch(&BYTES, bytes.len() * 2, |scratch| {
            let written = mem::convert_latin1_to_utf8(bytes, scratch);
            read(&scratch[..written])
        }),
        JsStrVariant::Utf16(units) => with_scratch(&BYTES, units.len() * 3, |scratch| {
            let written = mem::convert_utf16_to_utf8(units, scratch);
            read(&scratch[..written])
        }),
    }
}

/// Appends a string as UTF-8; a lone surrogate becomes U+FFFD.
pub fn append_utf8(text: &JsString, out: &mut Vec<u8>) {
    with_utf8(text, |bytes| out.extend_from_slice(bytes));
}

/// A string as UTF-8; a lone surrogate becomes U+FFFD.
pub fn to_utf8(text: &JsString) -> String {
    let mut bytes = Vec::new();
    append_utf8(text, &mut bytes);
    String::from_utf8(bytes).unwrap_or_default()
}

/// Whether a string has no lone surrogates, so that its UTF-8 is that of no other string.
#[inline]
pub fn is_well_formed(text: &JsString) -> bool {
    match text.as_str().variant() {
        JsStrVariant::Latin1(_) => true,
        JsStrVariant::Utf16(units) => mem::utf16_valid_up_to(units) == units.len(),
    }
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

/// The elements of an iterable object, as Web IDL converts to `sequence<any>`; `wrong` is the error
/// for anything else.
pub fn sequence(
    value: &JsValue,
    wrong: impl Fn(&mut Context) -> JsError,
    context: &mut Context,
) -> JsResult<Vec<JsValue>> {
    map_sequence(value, wrong, context, |element, _| Ok(element))
}

/// The same for a sequence of a type, to which `convert` converts each element before the next one
/// is asked for.
pub fn map_sequence<T>(
    value: &JsValue,
    wrong: impl Fn(&mut Context) -> JsError,
    context: &mut Context,
    convert: impl Fn(JsValue, &mut Context) -> JsResult<T>,
) -> JsResult<Vec<T>> {
    let Some(object) = value.as_object() else { return Err(wrong(context)) };
    let method = object.get(JsSymbol::iterator(), context)?;
    let Some(method) = method.as_callable() else { return Err(wrong(context)) };
    let iterator = method.call(value, &[], context)?.as_object();
    let Some(iterator) = iterator else { return Err(wrong(context)) };
    let next = iterator.get(js_string!("next"), context)?.as_callable();
    let Some(next) = next else { return Err(wrong(context)) };
    let mut values = Vec::new();
    loop {
        let step = next.call(&iterator.clone().into(), &[], context)?;
        let Some(step) = step.as_object() else { return Err(wrong(context)) };
        if step.get(js_string!("done"), context)?.to_boolean() {
            return Ok(values);
        }
        let element = step.get(js_string!("value"), context)?;
        values.push(convert(element, context)?);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_stored_as_latin1(text: &JsString) -> bool {
        matches!(text.as_str().variant(), JsStrVariant::Latin1(_))
    }

    fn utf8(text: &JsString) -> Vec<u8> {
        with_utf8(text, <[u8]>::to_vec)
    }

    /// Lengths around the widths of vectors, and beyond what is kept for the next conversion.
    fn lengths() -> impl Iterator<Item = usize> {
        (0..70).chain([127, 128, 129, 4096, 65_535, 65_536, CONVERSION_BYTES_KEPT + 1])
    }

    #[test]
    fn text_of_any_script_and_length_comes_out_as_it_went_in() {
        for odd in ["a", "\u{80}", "é", "ÿ", "\u{100}", "я", "\u{7FF}", "水", "\u{FFFF}", "🙂"]
        {
            for length in lengths() {
                let ascii = "x".repeat(length);
                let texts = [
                    format!("{odd}{ascii}"),
                    format!("{ascii}{odd}"),
                    format!("{ascii}{odd}{ascii}"),
                    odd.repeat(length),
                ];
                for text in texts {
                    let string = js_string_from_utf8(&text);
                    assert_eq!(
                        is_stored_as_latin1(&string),
                        text.chars().all(|c| c <= 'ÿ'),
                        "{odd} {length}"
                    );
                    assert_eq!(string.len(), text.encode_utf16().count());
                    assert!(utf8(&string) == text.as_bytes(), "{odd} {length}");
                    assert!(js_string_from_checked(text.as_bytes()) == string, "{odd} {length}");
                }
            }
        }
    }

    #[test]
    fn lone_surrogates_become_replacement_characters() {
        let pair = [0xD83D, 0xDE42];
        for length in 0..40 {
            for lone in [&[0xD83D][..], &[0xDE42], &[0xDE42, 0xD83D], &[0xD83D, 0xD83D, 0xDE42]] {
                for (before, after) in [(0, length), (length, 0), (length, length)] {
                    let mut units = vec![u16::from(b'x'); before];
                    units.extend(lone);
                    units.extend(pair.repeat(after / 2));
                    let string = JsString::from(&units[..]);
                    let expected = String::from_utf16_lossy(&units);
                    assert_eq!(utf8(&string), expected.as_bytes(), "{units:x?}");
                    assert_eq!(to_utf8(&string), expected);
                }
            }
        }
    }

    #[test]
    fn bytes_that_are_no_utf8_become_replacement_characters() {
        for broken in
            [&b"\xFF"[..], b"\xC3", b"\xE6\xB0", b"\xF0\x9F\x99", b"\xED\xA0\x80", b"\x80"]
        {
            for length in 0..40 {
                let bytes = [&b"x".repeat(length)[..], broken, &b"y".repeat(length)].concat();
                let expected = String::from_utf8_lossy(&bytes);
                assert_eq!(utf8(&js_string_from_checked(&bytes)), expected.as_bytes());
            }
        }
    }

    #[test]
    fn what_an_earlier_text_left_does_not_show() {
        let (long, short) = (js_string_from_utf8(&"水".repeat(100)), js_string_from_utf8("é"));
        assert_eq!(utf8(&long).len(), 300);
        assert_eq!(utf8(&short), "é".as_bytes());
        assert_eq!(js_string_from_utf8("я").len(), 1);
        // Both at once.
        with_utf8(&long, |outer| {
            assert_eq!(utf8(&short), "é".as_bytes());
            assert_eq!(outer, "水".repeat(100).as_bytes());
        });
    }

    #[test]
    fn scratch_beyond_the_limit_is_given_back() {
        let _: usize = with_utf8(&js_string_from_utf8(&"水".repeat(200_000)), <[u8]>::len);
        for kept in [BYTES.take().capacity(), 2 * UNITS.take().capacity()] {
            assert!(kept <= CONVERSION_BYTES_KEPT, "{kept}");
        }
    }

    #[test]
    fn appending_keeps_what_is_there() {
        let mut out = b"head ".to_vec();
        append_utf8(&js_string_from_utf8("ascii "), &mut out);
        append_utf8(&js_string_from_utf8("é "), &mut out);
        append_utf8(&js_string_from_utf8("水"), &mut out);
        assert_eq!(out, "head ascii é 水".as_bytes());
    }
}
