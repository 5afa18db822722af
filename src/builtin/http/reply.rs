//! What a handler returned, turned into an HTTP response.
//!
//! A reply is a string, bytes, a Blob, or an object shaped like a `Response`: `status`, `headers`
//! and `body`, with `type` as a short word for the content type and `json` for a value to be
//! encoded.

use std::borrow::Cow;

use boa_engine::object::builtins::{JsArray, JsPromise};
use boa_engine::property::PropertyKey;
use boa_engine::string::JsStrVariant;
use boa_engine::{Context, JsError, JsObject, JsResult, JsString, JsSymbol, JsValue, js_string};

use super::compression::{self, Compression, Verdict};
use super::mistakes::{REPLY_FIELDS, check_reply, is_plain, not_a_reply, wrong_type};
use super::reply_head::{BYTES, Head, Kind, TEXT};
use super::request::compression_of;
use super::{flow, flow_ends};
use crate::builtin::blob;
use crate::builtin::context_data::with_host;
use crate::builtin::files::{SentFile, file_body, file_reply};
use crate::builtin::messages::{Content, Taken, take_response};
use crate::builtin::outcome::{Asked, promise_of};
use crate::builtin::shared_bytes::SharedBytes;
use crate::builtin::streams::{is_readable, readable_from};
use crate::host::{BodyPart, Reply};
use crate::id::ConnId;
use crate::js::convert::{append_utf8, is_buffer_source, to_utf8, with_bytes};
use crate::js::error::type_error;
use crate::js::loader::call_builtin;
use crate::js::property::{property, property_of_key};
use crate::limits::REPLY_FIELDS_MAX;
use crate::proto::http1::UsageError;

const JSON: &[u8] = b"application/json; charset=utf-8";

struct Draft {
    status: u16,
    headers: Vec<(String, Vec<u8>)>,
    /// `Content-Type`, where the headers have none.
    kind: Option<Kind>,
    body: Body,
}

enum Body {
    Bytes(Vec<u8>),
    Shared(SharedBytes),
    Text(JsString),
    /// What it yields.
    Stream(JsObject),
    /// A file.
    Parts(Vec<BodyPart>),
}

impl Body {
    /// What goes on the wire: the engine's own bytes, where they are ASCII.
    fn bytes(&self) -> Cow<'_, [u8]> {
        match self {
            Self::Bytes(bytes) => Cow::Borrowed(bytes),
            Self::Shared(bytes) => Cow::Borrowed(bytes),
            Self::Text(text) => utf8(text),
            Self::Stream(_) | Self::Parts(_) => Cow::Borrowed(&[]),
        }
    }
}

/// Sends `value` as the answer to what was asked. The error says what is wrong with it. A promise is
/// for what is still to come: it is fulfilled when all of it has been sent.
pub(super) fn send(
    asked: &Asked,
    value: &JsValue,
    context: &mut Context,
) -> JsResult<Option<JsPromise>> {
    if let Some(file) = value.as_object().and_then(|object| file_reply(&object)) {
        send_file(asked.conn, &file, context)?;
        flow::release(&asked.request, context);
        return Ok(None);
    }
    let mut draft = draft(value, context)?;
    if let Some((compression, accepted)) = compression_of(&asked.request) {
        draft.compress(&compression, accepted.as_deref());
    }
    if let Body::Stream(stream) = draft.body {
        let Draft { status, headers, kind, .. } = draft;
        flow::prepare(&asked.request, Head { status, headers, kind }, context)?;
        if is_readable(&stream) {
            return flow_ends::pipe_reply(&asked.request, &stream, context).map(Some);
        }
        let arguments = [asked.request.clone().into(), stream.into()];
        let pumped = call_builtin("internal:http_bodies", "pump", &arguments, context)?;
        return promise_of(&pumped, context);
    }
    draft.with(|reply| match &draft.body {
        Body::Parts(parts) => {
            let parts = parts.clone();
            with_host(context, |host| host.respond_parts(asked.conn, reply, parts))
        }
        _ => with_host(context, |host| host.respond(asked.conn, reply)),
    })?;
    flow::release(&asked.request, context);
    Ok(None)
}

fn send_file(conn: ConnId, file: &SentFile, context: &Context) -> JsResult<()> {
    let fields = file.fields.iter().map(|(name, value)| (&**name, value.as_bytes()));
    let headers: Vec<(&str, &[u8])> = fields.collect();
    let reply = Reply { status: file.status, headers: &headers, body: &[] };
    let sent = with_host(context, |host| match &file.parts[..] {
        [] => host.respond(conn, &reply),
        parts => host.respond_parts(conn, &reply, parts.to_vec()),
    });
    sent.map_err(|error| type_error(format!("cannot send this reply: {error}")))
}

/// Sends `value` as the refusal of an opening handshake, with `status` where the value has none.
pub(super) fn refuse(
    conn: ConnId,
    value: &JsValue,
    status: Option<u16>,
    context: &mut Context,
) -> JsResult<()> {
    let mut draft = draft(value, context)?;
    if let Body::Stream(_) | Body::Parts(_) = draft.body {
        return Err(type_error(
            "the refusal of an opening handshake is neither a stream nor a file",
        ));
    }
    draft.status = status.unwrap_or(draft.status);
    draft.with(|reply| with_host(context, |host| host.refuse_upgrade_with(conn, reply)))
}

impl Draft {
    /// Makes a body smaller that is all there.
    fn compress(&mut self, compression: &Compression, accepted: Option<&str>) {
        if let Body::Stream(_) | Body::Parts(_) = self.body {
            return;
        }
        let about = (&self.headers, self.kind.as_deref());
        let verdict = compression.judge(self.status, about, accepted);
        let Verdict::Varies(coding) = verdict else { return };
        let compressed = coding.and_then(|coding| compression.compress(coding, &self.body.bytes()));
        compression::mark(&mut self.headers, coding.filter(|_| compressed.is_some()));
        if let Some(compressed) = compressed {
            self.body = Body::Bytes(compressed);
        }
    }

    fn with(&self, send: impl FnOnce(&Reply<'_>) -> Result<(), UsageError>) -> JsResult<()> {
        let kind = self.kind.as_ref().map(|kind| ("Content-Type", kind.as_ref()));
        let own = self.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice()));
        let body = self.body.bytes();
        let outcome = match kind {
            // Most replies have no other field.
            Some(kind) if self.headers.is_empty() => {
                send(&Reply { status: self.status, headers: &[kind], body: &body })
            }
            kind => {
                let headers: Vec<(&str, &[u8])> = own.chain(kind).collect();
                send(&Reply { status: self.status, headers: &headers, body: &body })
            }
        };
        outcome.map_err(|error| type_error(format!("cannot send this reply: {error}")))
    }
}

fn draft(value: &JsValue, context: &mut Context) -> JsResult<Draft> {
    let shaped = value.as_object().filter(|object| object.is_ordinary() || !is_body(object, value));
    let Some(object) = shaped else {
        if !value.is_string() && !value.is_object() {
            return Err(not_a_reply(value));
        }
        let (body, kind) = body(value, context)?;
        return Ok(Draft { status: 200, headers: Vec::new(), kind, body });
    };
    if !object.is_ordinary()
        && let Some(taken) = take_response(&object)
    {
        return taken.and_then(|response| of_response(response, context));
    }
    let status = property(&object, js_string!("status"), context)?;
    if !has_shape(&object, &status, context)? {
        if !is_stream(&object, context)? {
            return Err(not_a_reply(value));
        }
        let body = Body::Stream(object);
        return Ok(Draft { status: 200, headers: Vec::new(), kind: None, body });
    }
    let status = self::status(&status, context)?;
    let mut headers = Vec::new();
    set_headers(&mut headers, &property(&object, js_string!("headers"), context)?, context)?;
    let mut given = None;
    let json = property(&object, js_string!("json"), context)?;
    // A `Response` has a method of this name.
    if !json.is_undefined() && !json.is_callable() {
        given = Some((Body::Text(stringify(&json, context)?), Some(JSON.into())));
    } else {
        let value = property(&object, js_string!("body"), context)?;
        if !value.is_null_or_undefined() {
            given = Some(body(&value, context)?);
        }
    }
    let (body, mut kind) = match given {
        Some(given) => given,
        None => (Body::Bytes(Vec::new()), None),
    };
    let named = property(&object, js_string!("type"), context)?;
    if !named.is_undefined() {
        kind = content_type(&object, &named, context)?.or(kind);
    }
    if headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
        kind = None;
    }
    Ok(Draft { status, headers, kind, body })
}

/// A reply of what a `Response` has.
fn of_response(response: Taken, context: &mut Context) -> JsResult<Draft> {
    let Taken { status, fields, body } = response;
    if fields.len() > REPLY_FIELDS_MAX {
        return Err(too_many_fields());
    }
    let body = match body {
        Content::Text(text) => Body::Text(text),
        Content::Bytes(bytes) => Body::Shared(bytes),
        Content::Nothing => Body::Bytes(Vec::new()),
        Content::Stream(stream) => Body::Stream(stream),
        Content::Source(source) => Body::Stream(readable_from(source, context)?),
    };
    Ok(Draft { status, headers: fields.into_fields(), kind: None, body })
}

fn too_many_fields() -> JsError {
    type_error(format!("a reply has more than {REPLY_FIELDS_MAX} header fields"))
}

/// Whether an object is shaped like a reply. Refuses a name that no reply has.
fn has_shape(object: &JsObject, status: &JsValue, context: &mut Context) -> JsResult<bool> {
    if object.is_array() || object.is_callable() {
        return Ok(false);
    }
    if is_plain(object, context) {
        return check_reply(object, context).map(|()| true);
    }
    if !status.is_undefined() {
        return Ok(true);
    }
    for name in REPLY_FIELDS {
        if object.has_property(js_string!(name), context)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether an object yields what a body is made of: a `ReadableStream`, or what `for await` takes, but
/// for arrays and the like.
fn is_stream(object: &JsObject, context: &mut Context) -> JsResult<bool> {
    if object.is_array() {
        return Ok(false);
    }
    let mut has = |key: PropertyKey| -> JsResult<bool> {
        Ok(property_of_key(object, key, context)?.is_callable())
    };
    Ok(has(JsSymbol::async_iterator().into())?
        || has(js_string!("getReader").into())?
        || has(js_string!("next").into())? && has(JsSymbol::iterator().into())?)
}

fn is_body(object: &JsObject, value: &JsValue) -> bool {
    is_buffer_source(value) || blob::is_blob(object)
}

fn status(value: &JsValue, context: &mut Context) -> JsResult<u16> {
    if value.is_undefined() {
        return Ok(200);
    }
    let number = value.to_number(context)?;
    if number.fract() == 0.0 && (200.0..=599.0).contains(&number) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked to be a whole number from 200 to 599"
        )]
        return Ok(number as u16);
    }
    Err(type_error(format!(
        "a reply's status must be a whole number from 200 to 599, not {}",
        value.display()
    )))
}

/// The body and its content type.
fn body(value: &JsValue, context: &mut Context) -> JsResult<(Body, Option<Kind>)> {
    if let Some(text) = value.as_string() {
        return Ok((Body::Text(text), Some(TEXT.into())));
    }
    if let Some(object) = value.as_object() {
        if let Some(bytes) = with_bytes(value, context, <[u8]>::to_vec)? {
            return Ok((Body::Bytes(bytes), Some(BYTES.into())));
        }
        if let Some(bytes) = blob::blob_bytes(&object) {
            let kind = to_utf8(&object.get(js_string!("type"), context)?.to_string(context)?);
            let kind = if kind.is_empty() { BYTES.into() } else { kind.into_bytes().into() };
            return Ok((Body::Bytes(bytes), Some(kind)));
        }
        if let Some(parts) = file_body(&object) {
            return Ok((Body::Parts(parts), None));
        }
        if is_stream(&object, context)? {
            return Ok((Body::Stream(object), None));
        }
        return Err(type_error(
            "a reply's body must be a string, an ArrayBuffer, a typed array, a Blob, a stream or an \
             async generator; for an object return { json: value }"
                .to_owned(),
        ));
    }
    Ok((Body::Text(value.to_string(context)?), Some(TEXT.into())))
}

/// `html` and the like as full content types; anything with a slash as it is. A `Response` may say
/// something else by its `type`.
fn content_type(reply: &JsObject, given: &JsValue, context: &Context) -> JsResult<Option<Kind>> {
    let name = given.as_string();
    let name = name.as_ref().map_or(Cow::Borrowed([].as_slice()), utf8);
    Ok(Some(match &*name {
        b"html" | b"text/html" => b"text/html; charset=utf-8".as_slice().into(),
        b"text" | b"text/plain" => TEXT.into(),
        b"json" | b"application/json" => JSON.into(),
        b"css" | b"text/css" => b"text/css; charset=utf-8".as_slice().into(),
        b"js" | b"text/javascript" => b"text/javascript; charset=utf-8".as_slice().into(),
        media if media.contains(&b'/') => name.into_owned().into(),
        _ if is_plain(reply, context) => return Err(wrong_type(given)),
        _ => return Ok(None),
    }))
}

/// A string as UTF-8, without a copy where it is ASCII.
fn utf8(text: &JsString) -> Cow<'_, [u8]> {
    match text.as_str().variant() {
        JsStrVariant::Latin1(bytes) if bytes.is_ascii() => Cow::Borrowed(bytes),
        _ => {
            let mut bytes = Vec::new();
            append_utf8(text, &mut bytes);
            Cow::Owned(bytes)
        }
    }
}

fn stringify(value: &JsValue, context: &mut Context) -> JsResult<JsString> {
    let json = context.intrinsics().objects().json();
    let stringify = json.get(js_string!("stringify"), context)?;
    let Some(stringify) = stringify.as_callable() else { return Ok(js_string!()) };
    stringify.call(&json.into(), std::slice::from_ref(value), context)?.to_string(context)
}

/// Fields from a plain object, a list of pairs, a `Map` or a `Headers`.
pub(super) fn set_headers(
    out: &mut Vec<(String, Vec<u8>)>,
    headers: &JsValue,
    context: &mut Context,
) -> JsResult<()> {
    if headers.is_null_or_undefined() {
        return Ok(());
    }
    let object = headers
        .as_object()
        .ok_or_else(|| type_error("a reply's headers must be an object or a list of pairs"))?;
    let iterator = property_of_key(&object, JsSymbol::iterator().into(), context)?;
    if let Some(iterator) = iterator.as_callable() {
        return set_pairs(out, &iterator.call(headers, &[], context)?, context);
    }
    for key in object.own_property_keys(context)? {
        let name = match &key {
            PropertyKey::String(name) => name.clone(),
            PropertyKey::Index(index) => js_string!(index.get().to_string()),
            PropertyKey::Symbol(_) => continue,
        };
        let value = property_of_key(&object, key, context)?;
        let name = utf8(&name);
        let name = str::from_utf8(&name).unwrap_or_default();
        match value.as_object().filter(JsObject::is_array) {
            Some(list) => {
                let list = JsArray::from_object(list)?;
                for index in 0..list.length(context)? {
                    let value = list.get(index, context)?;
                    push_field(out, name, &value, context)?;
                }
            }
            None => push_field(out, name, &value, context)?,
        }
    }
    Ok(())
}

fn set_pairs(
    out: &mut Vec<(String, Vec<u8>)>,
    iterator: &JsValue,
    context: &mut Context,
) -> JsResult<()> {
    let not_pairs = || type_error("a reply's headers must be pairs of a name and a value");
    let iterator = iterator.as_object().ok_or_else(not_pairs)?;
    let next = iterator.get(js_string!("next"), context)?;
    let next = next.as_callable().ok_or_else(not_pairs)?;
    loop {
        let step = next.call(&iterator.clone().into(), &[], context)?;
        let step = step.as_object().ok_or_else(not_pairs)?;
        if step.get(js_string!("done"), context)?.to_boolean() {
            return Ok(());
        }
        let pair = step.get(js_string!("value"), context)?;
        let pair = pair.as_object().ok_or_else(not_pairs)?;
        let name = to_utf8(&pair.get(0, context)?.to_string(context)?);
        let value = pair.get(1, context)?;
        push_field(out, &name, &value, context)?;
    }
}

fn push_field(
    out: &mut Vec<(String, Vec<u8>)>,
    name: &str,
    value: &JsValue,
    context: &mut Context,
) -> JsResult<()> {
    if out.len() == REPLY_FIELDS_MAX {
        return Err(too_many_fields());
    }
    if value.is_null_or_undefined() {
        return Ok(());
    }
    // Field values are bytes: characters up to U+00FF go as they are, others as UTF-8.
    let text = value.to_string(context)?;
    let bytes = match text.as_str().as_latin1() {
        Some(latin1) => latin1.to_vec(),
        None => to_utf8(&text).into_bytes(),
    };
    out.push((name.to_owned(), bytes));
    Ok(())
}

#[cfg(test)]
#[path = "tests/reply.rs"]
mod tests;
