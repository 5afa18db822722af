//! `text()`, `json()` and the like: the `Body` mixin, for `Request` and `Response` alike.
//!
//! Spec: <https://fetch.spec.whatwg.org/#body-mixin>

use boa_engine::builtins::promise::ResolvingFunctions;
use boa_engine::object::NativeObject;
use boa_engine::object::builtins::JsPromise;
use boa_engine::{Context, JsError, JsObject, JsResult, JsString, JsValue, js_string};

use super::body::{Body, Content};
use super::forms::form_data_of;
use super::lazy_headers::LazyHeaders;
use crate::builtin::blob::new_shared_blob;
use crate::builtin::json;
use crate::builtin::shared_bytes::SharedBytes;
use crate::builtin::streams::{collect, collect_source, take_source};
use crate::builtin::string_limit::check_length;
use crate::js::argument::illegal_invocation;
use crate::js::convert::{
    js_string_from_checked, new_array_buffer, new_uint8_array, usv_string, with_utf8,
};
use crate::js::error::type_error;
use crate::js::memory::note_unseen;
use crate::limits::BODY_COLLECTED_BYTES_MAX;
use crate::proto::media_type::MediaType;

/// A class with a body.
pub(super) trait HasBody: NativeObject {
    /// What the class is called.
    const NAME: &'static str;

    /// Its headers and its body.
    fn parts(&mut self) -> (&mut LazyHeaders, &mut Body);
}

/// What a body is turned into.
#[derive(Clone, Copy)]
pub(super) enum Turn {
    Text,
    Json,
    ArrayBuffer,
    Bytes,
    Blob,
    FormData,
}

/// Calls `work` with the data of an object of this class.
pub(super) fn with<T: HasBody, R>(this: &JsValue, work: impl FnOnce(&mut T) -> R) -> JsResult<R> {
    let object = this.as_object();
    let data = object.as_ref().and_then(JsObject::downcast_mut::<T>);
    data.map(|mut data| work(&mut data)).ok_or_else(|| illegal_invocation(T::NAME))
}

/// `bodyUsed`
pub(super) fn body_used<T: HasBody>(
    this: &JsValue,
    _: &[JsValue],
    _: &mut Context,
) -> JsResult<JsValue> {
    with::<T, _>(this, |data| data.parts().1.is_used().into())
}

/// `headers`
pub(super) fn headers_object<T: HasBody>(
    this: &JsValue,
    is_immutable: bool,
    context: &Context,
) -> JsResult<JsValue> {
    with::<T, _>(this, |data| data.parts().0.object(is_immutable, context).into())
}

/// `text()`
pub(super) fn text<T: HasBody>(
    this: &JsValue,
    _: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    consume::<T>(this, Turn::Text, context)
}

/// `json()`
pub(super) fn json<T: HasBody>(
    this: &JsValue,
    _: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    consume::<T>(this, Turn::Json, context)
}

/// `arrayBuffer()`
pub(super) fn array_buffer<T: HasBody>(
    this: &JsValue,
    _: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    consume::<T>(this, Turn::ArrayBuffer, context)
}

/// `bytes()`
pub(super) fn bytes<T: HasBody>(
    this: &JsValue,
    _: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    consume::<T>(this, Turn::Bytes, context)
}

/// `blob()`
pub(super) fn blob<T: HasBody>(
    this: &JsValue,
    _: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    consume::<T>(this, Turn::Blob, context)
}

/// `body`: null, or a stream of what is there.
pub(super) fn stream<T: HasBody>(
    this: &JsValue,
    _: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let (held, was_read) = with::<T, _>(this, |data| data.parts().1.open())?;
    let Some(stream) = held.into_stream(context)? else { return Ok(JsValue::null()) };
    if was_read {
        // What was read as a whole was read by a reader, which has it still.
        drop(take_source(&stream, context));
    }
    with::<T, _>(this, |data| data.parts().1.set_stream(stream.clone()))?;
    Ok(stream.into())
}

/// "Clone a body": what a copy of the object has. Of a stream both get a branch.
pub(super) fn cloned<T: HasBody>(this: &JsValue, context: &mut Context) -> JsResult<Content> {
    let copied = with::<T, _>(this, |data| data.parts().1.copied(T::NAME))??;
    if let Some(copied) = copied {
        return Ok(copied);
    }
    let Some(whole) = stream::<T>(this, &[], context)?.as_object() else {
        return Ok(Content::Nothing);
    };
    let tee = whole.get(js_string!("tee"), context)?.as_callable();
    let tee = tee.ok_or_else(|| type_error("ReadableStream.tee is missing"))?;
    let branches = tee.call(&whole.into(), &[], context)?.to_object(context)?;
    let (mine, other) = (branches.get(0, context)?, branches.get(1, context)?);
    let (Some(mine), Some(other)) = (mine.as_object(), other.as_object()) else {
        return Err(type_error("tee() must return two streams"));
    };
    with::<T, _>(this, |data| data.parts().1.set_stream(mine))?;
    Ok(Content::Stream(other))
}

/// `formData()`
pub(super) fn form_data<T: HasBody>(
    this: &JsValue,
    _: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    consume::<T>(this, Turn::FormData, context)
}

/// A promise of what the body is turned into; whatever is wrong rejects it.
fn consume<T: HasBody>(this: &JsValue, turn: Turn, context: &mut Context) -> JsResult<JsValue> {
    let (promise, functions) = JsPromise::new_pending(context);
    let settled = begin::<T>(this, turn, &functions, context);
    if let Some(settled) = settled.transpose() {
        settle(&functions, settled, context);
    }
    Ok(promise.into())
}

/// Begins to read a body, or turns a whole one at once: `None` if the rest settles the promise.
fn begin<T: HasBody>(
    this: &JsValue,
    turn: Turn,
    functions: &ResolvingFunctions,
    context: &mut Context,
) -> JsResult<Option<JsValue>> {
    let (held, content_type) = with::<T, JsResult<_>>(this, |data| {
        let (headers, body) = data.parts();
        let held = body.take(T::NAME)?;
        let wants_type = matches!(turn, Turn::Blob | Turn::FormData);
        let content_type = if wants_type { headers.get("content-type") } else { None };
        Ok((held, content_type))
    })??;
    let whole = match held {
        Content::Nothing => Whole::Bytes(SharedBytes::default()),
        Content::Text(text) => Whole::Text(text),
        Content::Bytes(bytes) => Whole::Bytes(bytes),
        Content::Source(source) => {
            let then = later(turn, content_type, functions.clone());
            collect_source(source, BODY_COLLECTED_BYTES_MAX, then, context);
            return Ok(None);
        }
        Content::Stream(stream) => {
            let then = later(turn, content_type, functions.clone());
            collect(&stream, BODY_COLLECTED_BYTES_MAX, then, context)?;
            return Ok(None);
        }
    };
    turned(whole, turn, content_type.as_deref(), context).map(Some)
}

/// Settles the promise once all has been read.
fn later(
    turn: Turn,
    content_type: Option<Vec<u8>>,
    functions: ResolvingFunctions,
) -> impl FnOnce(Result<Vec<u8>, JsValue>, &mut Context) + 'static {
    move |read, context| {
        let value = read.map_err(JsError::from_opaque).and_then(|bytes| {
            note_unseen(bytes.len());
            turned(Whole::Bytes(bytes.into()), turn, content_type.as_deref(), context)
        });
        settle(&functions, value, context);
    }
}

fn settle(functions: &ResolvingFunctions, value: JsResult<JsValue>, context: &mut Context) {
    let (function, value) = match value {
        Ok(value) => (&functions.resolve, value),
        Err(error) => match error.into_opaque(context) {
            Ok(reason) => (&functions.reject, reason),
            Err(_) => return,
        },
    };
    // Neither of these functions throws.
    drop(function.call(&JsValue::undefined(), &[value], context));
}

/// A body that has been read.
enum Whole {
    Text(JsString),
    Bytes(SharedBytes),
}

fn turned(
    whole: Whole,
    turn: Turn,
    content_type: Option<&[u8]>,
    context: &mut Context,
) -> JsResult<JsValue> {
    match turn {
        Turn::Text => text_of(whole).map(JsValue::from),
        Turn::Json => json::value_of(text_of(whole)?, context),
        Turn::ArrayBuffer => {
            let make = |bytes: &[u8]| new_array_buffer(bytes, context);
            whole.with_bytes(make).map(JsValue::from)
        }
        Turn::Bytes => {
            let make = |bytes: &[u8]| new_uint8_array(bytes, context);
            whole.with_bytes(make).map(JsValue::from)
        }
        Turn::Blob => {
            let content_type = content_type.and_then(MediaType::extract);
            let content_type = content_type.map(|found| found.to_string()).unwrap_or_default();
            new_shared_blob(whole.into_bytes(), &content_type, context).map(JsValue::from)
        }
        Turn::FormData => {
            form_data_of(&whole.into_bytes(), content_type, context).map(JsValue::from)
        }
    }
}

impl Whole {
    fn into_bytes(self) -> SharedBytes {
        match self {
            Self::Text(text) => with_utf8(&text, <[u8]>::to_vec).into(),
            Self::Bytes(bytes) => bytes,
        }
    }

    fn with_bytes<R>(&self, read: impl FnOnce(&[u8]) -> R) -> R {
        match self {
            Self::Text(text) => with_utf8(text, read),
            Self::Bytes(bytes) => read(bytes),
        }
    }
}

/// "UTF-8 decode", which drops a byte order mark.
fn text_of(whole: Whole) -> JsResult<JsString> {
    match whole {
        Whole::Text(text) => {
            let text = usv_string(text);
            let is_marked = text.code_unit_at(0) == Some(0xfeff);
            Ok(if is_marked { text.get(1..).unwrap_or_default() } else { text })
        }
        Whole::Bytes(bytes) => {
            check_length(bytes.len())?;
            Ok(js_string_from_checked(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes)))
        }
    }
}
