//! `text()`, `json()` and the like: the `Body` mixin, for `Request` and `Response` alike.
//!
//! Spec: <https://fetch.spec.whatwg.org/#body-mixin>

use boa_engine::object::NativeObject;
use boa_engine::object::builtins::JsPromise;
use boa_engine::{Context, JsObject, JsResult, JsString, JsValue, js_string};

use super::body::{Body, Content};
use super::lazy_headers::LazyHeaders;
use crate::builtin::blob::new_shared_blob;
use crate::js::argument::illegal_invocation;
use crate::js::convert::{
    js_string_from_checked, new_array_buffer, new_uint8_array, usv_string, with_utf8,
};
use crate::js::error::type_error;
use crate::js::memory::note_unseen;
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
    with::<T, _>(this, |data| data.parts().1.is_used.into())
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
    _: &mut Context,
) -> JsResult<JsValue> {
    let held = with::<T, _>(this, |data| data.parts().1.held.clone())?;
    Ok(match held {
        Content::Stream(stream) => stream.into(),
        Content::Nothing | Content::Text(_) | Content::Bytes(_) => JsValue::null(),
    })
}

/// "Clone a body": what a copy of the object has.
pub(super) fn cloned<T: HasBody>(this: &JsValue, _: &mut Context) -> JsResult<Content> {
    with::<T, _>(this, |data| {
        let body = data.parts().1;
        if body.is_used {
            return Err(type_error(format!(
                "a {} cannot be cloned once its body has been read: clone it before",
                T::NAME
            )));
        }
        Ok(body.held.clone())
    })?
}

/// A promise of what the body is turned into; whatever is wrong rejects it.
fn consume<T: HasBody>(this: &JsValue, turn: Turn, context: &mut Context) -> JsResult<JsValue> {
    let taken = with::<T, _>(this, |data| {
        let (headers, body) = data.parts();
        let held = body.take(T::NAME)?;
        let wants_type = matches!(turn, Turn::Blob);
        let content_type = if wants_type { headers.get("content-type") } else { None };
        Ok((held, content_type))
    });
    let value = taken
        .flatten()
        .and_then(|(held, content_type)| turned(held, turn, content_type.as_deref(), context));
    let promise = match value {
        Ok(value) => JsPromise::resolve(value, context)?,
        Err(error) => JsPromise::reject(error, context)?,
    };
    Ok(promise.into())
}

fn turned(
    held: Content,
    turn: Turn,
    content_type: Option<&[u8]>,
    context: &mut Context,
) -> JsResult<JsValue> {
    match turn {
        Turn::Text => Ok(text_of(held).into()),
        Turn::Json => parse_json(text_of(held), context),
        Turn::ArrayBuffer => {
            with_content(&held, |bytes| new_array_buffer(bytes, context)).map(JsValue::from)
        }
        Turn::Bytes => {
            with_content(&held, |bytes| new_uint8_array(bytes, context)).map(JsValue::from)
        }
        Turn::Blob => {
            let bytes = held.into_bytes().unwrap_or_default();
            note_unseen(bytes.len());
            let content_type = content_type.and_then(MediaType::extract);
            let content_type = content_type.map(|found| found.to_string()).unwrap_or_default();
            new_shared_blob(bytes, &content_type, context).map(JsValue::from)
        }
    }
}

fn with_content<R>(held: &Content, read: impl FnOnce(&[u8]) -> R) -> R {
    match held {
        Content::Text(text) => with_utf8(text, read),
        Content::Bytes(bytes) => read(bytes),
        Content::Nothing | Content::Stream(_) => read(b""),
    }
}

/// "UTF-8 decode", which drops a byte order mark.
fn text_of(held: Content) -> JsString {
    match held {
        Content::Text(text) => {
            let text = usv_string(text);
            let marked = text.code_unit_at(0) == Some(0xfeff);
            if marked { text.get(1..).unwrap_or_default() } else { text }
        }
        Content::Bytes(bytes) => text_of_bytes(&bytes),
        Content::Nothing | Content::Stream(_) => js_string!(),
    }
}

fn text_of_bytes(bytes: &[u8]) -> JsString {
    js_string_from_checked(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))
}

fn parse_json(text: JsString, context: &mut Context) -> JsResult<JsValue> {
    let json = context.intrinsics().objects().json();
    let parse = json.get(js_string!("parse"), context)?;
    let Some(parse) = parse.as_callable() else { return Ok(JsValue::undefined()) };
    parse.call(&json.into(), &[text.into()], context)
}
