//! What a `Request` or a `Response` carries, and how it is made of what a script gives.
//!
//! A body that is whole stays whole: a string of the engine, or shared bytes. No stream is made of
//! it, nor of a source of bytes, before a script asks for one. Spec:
//! <https://fetch.spec.whatwg.org/#body-mixin>

use boa_engine::object::builtins::JsFunction;
use boa_engine::{
    Context, Finalize, JsObject, JsResult, JsString, JsSymbol, JsValue, Trace, js_string,
};

use super::forms::encoded;
use crate::builtin::blob;
use crate::builtin::shared_bytes::SharedBytes;
use crate::builtin::streams::{ByteSource, is_disturbed, is_locked, is_readable, readable_from};
use crate::builtin::url_search_params;
use crate::js::convert::{append_utf8, bytes_of, to_utf8};
use crate::js::error::type_error;
use crate::js::loader::import_builtin;
use crate::js::memory::note_unseen;

/// What a body is made of.
#[derive(Default, Trace, Finalize)]
#[boa_gc(unsafe_no_drop)]
pub enum Content {
    /// There is none: null, which is not the same as an empty one.
    #[default]
    Nothing,
    /// Text, which goes out as UTF-8.
    Text(JsString),
    /// Bytes.
    Bytes(#[unsafe_ignore_trace] SharedBytes),
    /// Bytes that come from elsewhere, which no script has touched.
    Source(#[unsafe_ignore_trace] Box<dyn ByteSource>),
    /// A `ReadableStream`.
    Stream(JsObject),
}

/// A body, and whether somebody has read it.
#[derive(Default, Trace, Finalize)]
pub(super) struct Body {
    held: Content,
    /// Whether it was taken, unless it is a stream, which knows by itself.
    is_taken: bool,
}

/// A body as a script gives it, with the type that it has by itself.
pub(super) struct Extracted {
    pub(super) held: Content,
    pub(super) content_type: Option<String>,
}

impl Content {
    /// Whether there is a body at all.
    pub fn is_something(&self) -> bool {
        !matches!(self, Self::Nothing)
    }

    /// A copy of a body that is whole.
    fn copied(&self) -> Option<Self> {
        match self {
            Self::Nothing => Some(Self::Nothing),
            Self::Text(text) => Some(Self::Text(text.clone())),
            Self::Bytes(bytes) => Some(Self::Bytes(bytes.clone())),
            Self::Source(_) | Self::Stream(_) => None,
        }
    }

    /// The stream of a body, if there is one.
    pub(super) fn into_stream(self, context: &mut Context) -> JsResult<Option<JsObject>> {
        match self {
            Self::Nothing => Ok(None),
            Self::Text(text) => {
                let mut bytes = Vec::with_capacity(text.len());
                append_utf8(&text, &mut bytes);
                blob::stream_of(&bytes.into(), context).map(Some)
            }
            Self::Bytes(bytes) => blob::stream_of(&bytes, context).map(Some),
            Self::Source(source) => readable_from(source, context).map(Some),
            Self::Stream(stream) => Ok(Some(stream)),
        }
    }
}

impl Body {
    pub(super) fn of(held: Content) -> Self {
        Self { held, is_taken: false }
    }

    /// Whether there is a body, read or not.
    pub(super) fn is_something(&self) -> bool {
        self.is_taken || self.held.is_something()
    }

    /// Whether it is this stream.
    pub(super) fn is_stream(&self, stream: &JsObject) -> bool {
        matches!(&self.held, Content::Stream(held) if JsObject::equals(held, stream))
    }

    /// Whether somebody has read it.
    pub(super) fn is_used(&self) -> bool {
        match &self.held {
            Content::Stream(stream) => is_disturbed(stream),
            _ => self.is_taken,
        }
    }

    /// Takes what is there, which is used from now on, or once somebody reads it if it is a stream.
    /// An error if somebody has it already.
    pub(super) fn take(&mut self, owner: &str) -> JsResult<Content> {
        self.check_usable(owner)?;
        if let Content::Stream(stream) = &self.held {
            return Ok(Content::Stream(stream.clone()));
        }
        // A body that is null can be read as often as one likes.
        self.is_taken = self.held.is_something();
        Ok(std::mem::take(&mut self.held))
    }

    /// Hands everything over to another object, even a stream.
    pub(super) fn surrender(&mut self, owner: &str) -> JsResult<Self> {
        let held = self.take(owner)?;
        if held.is_something() {
            *self = Self { held: Content::Nothing, is_taken: true };
        }
        Ok(Self::of(held))
    }

    /// Takes what a stream is to be made of, and whether somebody has read it already. What the body
    /// is from then on is told with [`set_stream`](Self::set_stream).
    pub(super) fn open(&mut self) -> (Content, bool) {
        match &self.held {
            Content::Stream(stream) => (Content::Stream(stream.clone()), false),
            _ if self.is_taken => (Content::Bytes(SharedBytes::default()), true),
            _ => (std::mem::take(&mut self.held), false),
        }
    }

    /// Has the body be a stream.
    pub(super) fn set_stream(&mut self, stream: JsObject) {
        *self = Self::of(Content::Stream(stream));
    }

    /// A copy of a body that is whole. `None` for one that is or has to become a stream. An error if
    /// somebody has it already.
    pub(super) fn copied(&self, owner: &str) -> JsResult<Option<Content>> {
        self.check_usable(owner)?;
        Ok(self.held.copied())
    }

    fn check_usable(&self, owner: &str) -> JsResult<()> {
        if self.is_used() {
            return Err(type_error(format!(
                "the body of this {owner} has been read already: to read it twice, clone() it first"
            )));
        }
        if let Content::Stream(stream) = &self.held
            && is_locked(stream)
        {
            return Err(type_error(format!(
                "the body of this {owner} is locked: its stream has a reader, which has to let go"
            )));
        }
        Ok(())
    }
}

/// "Extract a body", of a value that is neither null nor undefined.
pub(super) fn extract(value: &JsValue, context: &mut Context) -> JsResult<Extracted> {
    let Some(object) = value.as_object() else {
        let held = Content::Text(value.to_string(context)?);
        let content_type = Some("text/plain;charset=UTF-8".to_owned());
        return Ok(Extracted { held, content_type });
    };
    if let Some(bytes) = blob::shared_bytes(&object) {
        let content_type = blob::content_type(&object).map(|text| to_utf8(&text));
        let content_type = content_type.filter(|content_type| !content_type.is_empty());
        return Ok(Extracted { held: Content::Bytes(bytes), content_type });
    }
    if let Some(bytes) = bytes_of(value, context)? {
        note_unseen(bytes.len());
        return Ok(Extracted { held: Content::Bytes(bytes.into()), content_type: None });
    }
    if let Some((form, content_type)) = encoded(&object) {
        note_unseen(form.len());
        return Ok(Extracted { held: Content::Bytes(form), content_type: Some(content_type) });
    }
    if let Some(query) = url_search_params::serialized(&object) {
        let held = Content::Text(JsString::from(query));
        let content_type = Some("application/x-www-form-urlencoded;charset=UTF-8".to_owned());
        return Ok(Extracted { held, content_type });
    }
    if let Some(stream) = stream_in(&object, context)? {
        return Ok(Extracted { held: Content::Stream(stream), content_type: None });
    }
    let held = Content::Text(value.to_string(context)?);
    let content_type = Some("text/plain;charset=UTF-8".to_owned());
    Ok(Extracted { held, content_type })
}

/// The stream among what a script may give, or one of an async iterable, as in Node.js.
fn stream_in(object: &JsObject, context: &mut Context) -> JsResult<Option<JsObject>> {
    if is_readable(object) {
        if is_disturbed(object) || is_locked(object) {
            let message = "a body must be a stream that nobody has read from and no reader holds";
            return Err(type_error(message));
        }
        return Ok(Some(object.clone()));
    }
    let iterator = object.get(JsSymbol::async_iterator(), context)?;
    if iterator.is_null_or_undefined() {
        return Ok(None);
    }
    let streams = import_builtin("internal:streams", context)?;
    let class = streams.get_value(js_string!("ReadableStream"), context)?.to_object(context)?;
    let from =
        class.get(js_string!("from"), context)?.as_object().and_then(JsFunction::from_object);
    let from = from.ok_or_else(|| type_error("ReadableStream.from is missing"))?;
    Ok(from.call(&class.into(), &[object.clone().into()], context)?.as_object())
}
