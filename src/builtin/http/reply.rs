//! What a handler returned, turned into an HTTP response.
//!
//! A reply is a string, bytes, a Blob, or an object shaped like a `Response`: `status`, `headers`
//! and `body`, with `type` as a short word for the content type and `json` for a value to be
//! encoded.

use boa_engine::object::builtins::JsArray;
use boa_engine::{
    Context, JsNativeError, JsObject, JsResult, JsString, JsSymbol, JsValue, js_string,
};

use crate::builtin::{blob, with_host};
use crate::host::Reply;
use crate::id::ConnId;
use crate::js::convert::{append_utf8, is_buffer_source, with_bytes};
use crate::limits::REPLY_FIELDS_MAX;
use crate::proto::http1::UsageError;

const TEXT: &[u8] = b"text/plain; charset=utf-8";
const JSON: &[u8] = b"application/json; charset=utf-8";
const BYTES: &[u8] = b"application/octet-stream";

struct Draft {
    status: u16,
    headers: Vec<(String, Vec<u8>)>,
    body: Vec<u8>,
}

/// Sends `value` as the answer on `conn`. The error says what is wrong with it.
pub(super) fn send(conn: ConnId, value: &JsValue, context: &mut Context) -> JsResult<()> {
    let draft = draft(value, context)?;
    draft.with(|reply| with_host(context, |host| host.respond(conn, reply)))
}

/// Sends `value` as the refusal of an opening handshake, with `status` where the value has none.
pub(super) fn refuse(
    conn: ConnId,
    value: &JsValue,
    status: Option<u16>,
    context: &mut Context,
) -> JsResult<()> {
    let mut draft = draft(value, context)?;
    draft.status = status.unwrap_or(draft.status);
    draft.with(|reply| with_host(context, |host| host.refuse_upgrade_with(conn, reply)))
}

impl Draft {
    fn with(
        &self,
        send: impl FnOnce(&Reply<'_>) -> Option<Result<(), UsageError>>,
    ) -> JsResult<()> {
        let headers: Vec<(&str, &[u8])> =
            self.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect();
        match send(&Reply { status: self.status, headers: &headers, body: &self.body }) {
            Some(Err(error)) => Err(type_error(format!("cannot send this reply: {error}"))),
            _ => Ok(()),
        }
    }
}

/// Whether an object has anything of a reply; another one was meant as data.
fn is_reply(object: &JsObject, context: &mut Context) -> JsResult<bool> {
    if object.is_array() || object.is_callable() {
        return Ok(false);
    }
    for name in ["status", "body", "headers", "json", "type"] {
        if object.has_property(js_string!(name), context)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn not_a_reply() -> boa_engine::JsError {
    type_error(
        "a handler must return a string, bytes, a Blob or a reply { status, headers, body, type, \
         json }: for data, return { json: value }"
            .to_owned(),
    )
}

fn draft(value: &JsValue, context: &mut Context) -> JsResult<Draft> {
    if value.is_null() {
        return Err(not_a_reply());
    }
    let mut draft = Draft { status: 200, headers: Vec::new(), body: Vec::new() };
    let shaped = value.as_object().filter(|object| !is_body(object, value));
    let Some(object) = shaped else {
        let kind = set_body(&mut draft.body, value, context)?;
        draft.headers.push(("Content-Type".to_owned(), kind));
        return Ok(draft);
    };
    if !is_reply(&object, context)? {
        return Err(not_a_reply());
    }
    draft.status = status(&object.get(js_string!("status"), context)?, context)?;
    let headers = object.get(js_string!("headers"), context)?;
    set_headers(&mut draft.headers, &headers, context)?;
    let mut kind = None;
    let json = object.get(js_string!("json"), context)?;
    // A `Response` has a method of this name.
    if !json.is_undefined() && !json.is_callable() {
        append_utf8(&stringify(&json, context)?, &mut draft.body);
        kind = Some(JSON.to_vec());
    } else {
        let body = object.get(js_string!("body"), context)?;
        if !body.is_null_or_undefined() {
            kind = Some(set_body(&mut draft.body, &body, context)?);
        }
    }
    let named = object.get(js_string!("type"), context)?;
    if let Some(named) = named.as_string() {
        kind = Some(content_type(&named.to_std_string_lossy()));
    }
    if let Some(kind) = kind
        && !draft.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type"))
    {
        draft.headers.push(("Content-Type".to_owned(), kind));
    }
    Ok(draft)
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

/// Appends the body and returns its content type.
fn set_body(out: &mut Vec<u8>, value: &JsValue, context: &mut Context) -> JsResult<Vec<u8>> {
    if let Some(text) = value.as_string() {
        append_utf8(&text, out);
        return Ok(TEXT.to_vec());
    }
    if let Some(object) = value.as_object() {
        if with_bytes(value, context, |bytes| out.extend_from_slice(bytes))?.is_some() {
            return Ok(BYTES.to_vec());
        }
        if let Some(bytes) = blob::blob_bytes(&object) {
            out.extend_from_slice(&bytes);
            let kind = object.get(js_string!("type"), context)?.to_string(context)?;
            let kind = kind.to_std_string_lossy();
            return Ok(if kind.is_empty() { BYTES.to_vec() } else { kind.into_bytes() });
        }
        return Err(type_error(
            "a reply's body must be a string, an ArrayBuffer, a typed array or a Blob; for an \
             object return { json: value }"
                .to_owned(),
        ));
    }
    append_utf8(&value.to_string(context)?, out);
    Ok(TEXT.to_vec())
}

/// `html` and the like as full content types; anything with a slash as it is.
fn content_type(name: &str) -> Vec<u8> {
    match name {
        "html" | "text/html" => b"text/html; charset=utf-8".to_vec(),
        "text" | "text/plain" => TEXT.to_vec(),
        "json" | "application/json" => JSON.to_vec(),
        "css" | "text/css" => b"text/css; charset=utf-8".to_vec(),
        "js" | "text/javascript" => b"text/javascript; charset=utf-8".to_vec(),
        other => other.as_bytes().to_vec(),
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
    let object = headers.as_object().ok_or_else(|| {
        type_error("a reply's headers must be an object or a list of pairs".to_owned())
    })?;
    let iterator = object.get(JsSymbol::iterator(), context)?;
    if let Some(iterator) = iterator.as_callable() {
        return set_pairs(out, &iterator.call(headers, &[], context)?, context);
    }
    for key in object.own_property_keys(context)? {
        let boa_engine::property::PropertyKey::String(name) = &key else { continue };
        let name = name.to_std_string_lossy();
        let value = object.get(key, context)?;
        match value.as_object().filter(JsObject::is_array) {
            Some(list) => {
                let list = JsArray::from_object(list)?;
                for index in 0..list.length(context)? {
                    let value = list.get(index, context)?;
                    push_field(out, &name, &value, context)?;
                }
            }
            None => push_field(out, &name, &value, context)?,
        }
    }
    Ok(())
}

fn set_pairs(
    out: &mut Vec<(String, Vec<u8>)>,
    iterator: &JsValue,
    context: &mut Context,
) -> JsResult<()> {
    let not_pairs =
        || type_error("a reply's headers must be pairs of a name and a value".to_owned());
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
        let name = pair.get(0, context)?.to_string(context)?.to_std_string_lossy();
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
        return Err(type_error(format!("a reply has more than {REPLY_FIELDS_MAX} header fields")));
    }
    if value.is_null_or_undefined() {
        return Ok(());
    }
    // Field values are bytes: characters up to U+00FF go as they are, others as UTF-8.
    let text = value.to_string(context)?;
    let bytes = match text.as_str().as_latin1() {
        Some(latin1) => latin1.to_vec(),
        None => text.to_std_string_lossy().into_bytes(),
    };
    out.push((name.to_owned(), bytes));
    Ok(())
}

fn type_error(message: String) -> boa_engine::JsError {
    JsNativeError::typ().with_message(message).into()
}
