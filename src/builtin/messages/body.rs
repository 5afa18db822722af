//! What a `Request` or a `Response` carries, and how it is made of what a script gives.
//!
//! A body that is whole stays whole: a string of the engine, or shared bytes. No stream is made of
//! it before a script asks for one. Spec: <https://fetch.spec.whatwg.org/#body-mixin>

use boa_engine::{Context, Finalize, JsObject, JsResult, JsString, JsValue, Trace};

use crate::builtin::blob;
use crate::builtin::shared_bytes::SharedBytes;
use crate::builtin::url_search_params;
use crate::js::convert::{append_utf8, bytes_of, to_utf8};
use crate::js::error::type_error;
use crate::js::memory::note_unseen;

/// What a body is made of.
#[derive(Clone, Default, Trace, Finalize)]
#[boa_gc(unsafe_no_drop)]
pub enum Content {
    /// There is none: null, which is not the same as an empty one.
    #[default]
    Nothing,
    /// Text, which goes out as UTF-8.
    Text(JsString),
    /// Bytes.
    Bytes(#[unsafe_ignore_trace] SharedBytes),
    /// A `ReadableStream`.
    Stream(JsObject),
}

/// A body, and whether somebody has read it.
#[derive(Default, Trace, Finalize)]
pub(super) struct Body {
    pub(super) held: Content,
    pub(super) is_used: bool,
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

    /// The bytes of a body that is whole: none of a stream.
    pub fn into_bytes(self) -> Option<SharedBytes> {
        match self {
            Self::Nothing => Some(SharedBytes::default()),
            Self::Text(text) => {
                let mut bytes = Vec::with_capacity(text.len());
                append_utf8(&text, &mut bytes);
                Some(bytes.into())
            }
            Self::Bytes(bytes) => Some(bytes),
            Self::Stream(_) => None,
        }
    }
}

impl Body {
    pub(super) fn of(held: Content) -> Self {
        Self { held, is_used: false }
    }

    /// Whether there is a body, read or not.
    pub(super) fn has_content(&self) -> bool {
        self.is_used || self.held.is_something()
    }

    /// Takes what is there, which is used from now on. An error if somebody has it already.
    pub(super) fn take(&mut self, owner: &str) -> JsResult<Content> {
        if self.is_used {
            return Err(type_error(format!(
                "the body of this {owner} has been read already: to read it twice, clone() it first"
            )));
        }
        // A body that is null can be read as often as one likes.
        if self.held.is_something() {
            self.is_used = true;
        }
        Ok(std::mem::take(&mut self.held))
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
    if let Some(query) = url_search_params::serialized(&object) {
        let held = Content::Text(JsString::from(query));
        let content_type = Some("application/x-www-form-urlencoded;charset=UTF-8".to_owned());
        return Ok(Extracted { held, content_type });
    }
    let held = Content::Text(value.to_string(context)?);
    let content_type = Some("text/plain;charset=UTF-8".to_owned());
    Ok(Extracted { held, content_type })
}
