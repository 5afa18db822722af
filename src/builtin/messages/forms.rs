//! Forms as bytes: what a `FormData` sends, and one made of what has come.
//!
//! Spec: <https://fetch.spec.whatwg.org/#dom-body-formdata>

use boa_engine::{Context, JsError, JsObject, JsResult, JsString};

use super::form_data::{Entry, entries_of, new_form_data};
use crate::builtin::blob;
use crate::builtin::shared_bytes::SharedBytes;
use crate::js::convert::{js_string_from_utf8, to_utf8};
use crate::js::error::type_error;
use crate::limits::{FORM_PART_HEAD_BYTES_MAX, FORM_PARTS_MAX};
use crate::proto::media_type::MediaType;
use crate::proto::multipart::{self, Encoder, FormLimits, boundary};
use crate::url::form;

/// A `FormData` as `multipart/form-data`: the bytes, and the content type that has their boundary.
/// `None` for any other object.
pub(super) fn encoded(object: &JsObject) -> Option<(SharedBytes, String)> {
    let entries = entries_of(object)?;
    let boundary = boundary();
    let content_type = format!("multipart/form-data; boundary={boundary}");
    let mut encoder = Encoder::new(boundary);
    for Entry { name, value } in &entries {
        let name = to_utf8(name);
        if let Some(text) = value.as_string() {
            encoder.field(&name, &to_utf8(&text));
            continue;
        }
        let Some(file) = value.as_object() else { continue };
        let filename = blob::file_name(&file).map(|name| to_utf8(&name)).unwrap_or_default();
        let kind = blob::content_type(&file).map(|kind| to_utf8(&kind)).unwrap_or_default();
        let bytes = blob::shared_bytes(&file).unwrap_or_default();
        encoder.file(&name, &filename, &kind, &bytes);
    }
    Some((encoder.finish().into(), content_type))
}

/// A `FormData` of the body of a message with this content type. The files share its bytes.
pub fn form_data_of(
    bytes: &SharedBytes,
    content_type: Option<&[u8]>,
    context: &mut Context,
) -> JsResult<JsObject> {
    let content_type = content_type.and_then(MediaType::extract);
    let essence = content_type.as_ref().map(MediaType::essence);
    let entries = match (essence, &content_type) {
        (Some("multipart/form-data"), Some(content_type)) => {
            let boundary = content_type.parameter("boundary").unwrap_or_default();
            multipart_entries(bytes, boundary, context)?
        }
        (Some("application/x-www-form-urlencoded"), _) => query_entries(bytes)?,
        (essence, _) => {
            let what = essence.map_or_else(|| "has none".to_owned(), |it| format!("is {it}"));
            return Err(no_form(&format!(
                "its content type must be multipart/form-data or \
                 application/x-www-form-urlencoded, and it {what}"
            )));
        }
    };
    new_form_data(entries, context)
}

fn no_form(why: &str) -> JsError {
    type_error(format!("the body is no form: {why}"))
}

fn multipart_entries(
    bytes: &SharedBytes,
    boundary: &str,
    context: &mut Context,
) -> JsResult<Vec<Entry>> {
    let limits = FormLimits { parts: FORM_PARTS_MAX, head_bytes: FORM_PART_HEAD_BYTES_MAX };
    let parts = multipart::parse(bytes, boundary, limits);
    let parts = parts.map_err(|error| no_form(&error.to_string()))?;
    let mut entries = Vec::with_capacity(parts.len());
    for part in parts {
        let held = bytes.part(part.content);
        let value = match part.filename {
            Some(filename) => {
                let kind = part.content_type.unwrap_or_else(|| b"text/plain".to_vec());
                let kind = blob::normalized_type(&super::headers::byte_text(&kind));
                let filename = js_string_from_utf8(&filename);
                blob::new_file(held, kind, filename, context)?.into()
            }
            None => text(&held).into(),
        };
        entries.push(Entry { name: js_string_from_utf8(&part.name), value });
    }
    Ok(entries)
}

fn query_entries(bytes: &[u8]) -> JsResult<Vec<Entry>> {
    // One more than there may be is counted, and not parsed.
    let pairs = memchr::memchr_iter(b'&', bytes).take(FORM_PARTS_MAX + 1).count();
    if pairs > FORM_PARTS_MAX {
        return Err(no_form(&format!("it has more than {FORM_PARTS_MAX} fields")));
    }
    let query = String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
    let entry = |(name, value): (String, String)| Entry {
        name: js_string_from_utf8(&name),
        value: js_string_from_utf8(&value).into(),
    };
    Ok(form::parse(&query).into_iter().map(entry).collect())
}

/// "UTF-8 decode without BOM": a byte order mark stays.
fn text(bytes: &[u8]) -> JsString {
    js_string_from_utf8(&String::from_utf8_lossy(bytes))
}
