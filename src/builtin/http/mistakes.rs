//! What handlers and hooks return by mistake, and errors that say what was probably meant.
//!
//! Objects of classes are taken as they are, such as a `Response`; plain ones were written for
//! krandog, so a name that it does not know is a mistake.

use std::cell::RefCell;

use boa_engine::object::shape::Shape;
use boa_engine::property::PropertyKey;
use boa_engine::{Context, JsError, JsObject, JsResult, JsValue};

use crate::builtin::context_data::installed;
use crate::builtin::options::{nearest, shown};
use crate::js::error::type_error;

/// What a reply may have.
pub(super) const REPLY_FIELDS: [&str; 5] = ["status", "headers", "body", "type", "json"];

/// What the verdict of an `upgrade` hook may have that accepts.
const VERDICT_FIELDS: [&str; 4] = ["protocol", "headers", "data", "status"];

/// Words of other libraries for what a reply has.
const REPLY_SYNONYMS: [(&str, &str); 14] = [
    ("statusCode", "status"),
    ("status_code", "status"),
    ("statusText", "status"),
    ("code", "status"),
    ("header", "headers"),
    ("content", "body"),
    ("text", "body"),
    ("html", "type: 'html', body"),
    ("data", "json"),
    ("contentType", "type"),
    ("content_type", "type"),
    ("content-type", "type"),
    ("Content-Type", "type"),
    ("mimeType", "type"),
];

/// The value that a handler returned is no reply at all.
pub(super) fn not_a_reply(value: &JsValue) -> JsError {
    let instead = match value.as_number() {
        Some(status) if (200.0..600.0).contains(&status) => {
            format!("for a status, return {{ status: {status} }}")
        }
        _ => "for data, return { json: value }".to_owned(),
    };
    type_error(format!(
        "a handler must return a string, bytes, a Blob or a reply {{ status, headers, body, type, \
         json }}, not {}: {instead}",
        shown(value)
    ))
}

/// Checks the names of a reply. Without any that replies have it was meant as data.
pub(super) fn check_reply(object: &JsObject, context: &mut Context) -> JsResult<()> {
    // The replies of a handler mostly come from one object literal, and have its shape.
    let Some(shape) = shape_of(object) else { return check_names(object, context) };
    let latest = installed::<Checked>(context).0.borrow().as_ref().map(Shape::to_addr_usize);
    if latest != Some(shape.to_addr_usize()) {
        check_names(object, context)?;
        *installed::<Checked>(context).0.borrow_mut() = Some(shape);
    }
    Ok(())
}

/// The shape of the latest reply whose names are right. It is alive as long as it is held, so no
/// other shape comes to its address.
#[derive(Default)]
struct Checked(RefCell<Option<Shape>>);

/// Puts what is remembered of replies into the context.
pub(super) fn install(context: &mut Context) {
    context.insert_data(Checked::default());
}

/// What says which names an object has, if other objects of the same names share it.
fn shape_of(object: &JsObject) -> Option<Shape> {
    let object = object.borrow();
    let has_indices = object.properties().index_property_keys().next().is_some();
    let shape = object.shape();
    (shape.is_shared() && !has_indices).then(|| shape.clone())
}

fn check_names(object: &JsObject, context: &mut Context) -> JsResult<()> {
    let Some(names) = unknown_names(object, &REPLY_FIELDS, context)? else { return Ok(()) };
    let Some(name) = names.unknown.first() else {
        return if names.has_known { Ok(()) } else { Err(not_a_reply(&object.clone().into())) };
    };
    let synonym = REPLY_SYNONYMS.iter().find(|(word, _)| word == name).map(|(_, meant)| *meant);
    let near = || nearest(name, REPLY_FIELDS.into_iter());
    let Some(meant) = synonym.or_else(near) else {
        if !names.has_known {
            return Err(not_a_reply(&object.clone().into()));
        }
        return Err(unknown_field("a reply", name, "", &REPLY_FIELDS));
    };
    // `{ data: … }` and `{ code: … }` alone are data, not a reply.
    if !names.has_known && (names.unknown.len() > 1 || meant == "json") {
        return Err(not_a_reply(&object.clone().into()));
    }
    Err(unknown_field("a reply", name, &format!(": did you mean {meant}?"), &REPLY_FIELDS))
}

/// Checks the names of what an `upgrade` hook returned to accept.
pub(super) fn check_verdict(object: &JsObject, context: &mut Context) -> JsResult<()> {
    let Some(names) = unknown_names(object, &VERDICT_FIELDS, context)? else { return Ok(()) };
    let Some(name) = names.unknown.first() else { return Ok(()) };
    if REPLY_FIELDS.contains(&name.as_str()) {
        return Err(type_error(format!(
            "the upgrade hook returned {name} without a status: to refuse, return {{ status: 403, \
             {name} }}"
        )));
    }
    let meant = match nearest(name, VERDICT_FIELDS.into_iter()) {
        Some(meant) => format!(": did you mean {meant}?"),
        None => format!(": did you mean data: {{ {name} }}?"),
    };
    Err(unknown_field("what the upgrade hook returned", name, &meant, &VERDICT_FIELDS[..3]))
}

/// The type of a reply is neither a known word nor a media type.
pub(super) fn wrong_type(value: &JsValue) -> JsError {
    let words = ["html", "text", "json", "css", "js"];
    let text = value.as_string().map(|text| text.to_std_string_lossy());
    let meant = text.and_then(|text| nearest(&text, words.into_iter()));
    let meant = meant.map(|meant| format!(": did you mean '{meant}'?")).unwrap_or_default();
    type_error(format!(
        "a reply's type must be 'html', 'text', 'json', 'css', 'js' or a media type such as \
         'application/xml', not {}{meant}",
        shown(value)
    ))
}

fn unknown_field(what: &str, name: &str, meant: &str, known: &[&str]) -> JsError {
    type_error(format!("unknown field {name} in {what}{meant} (known: {})", known.join(", ")))
}

struct Names {
    unknown: Vec<String>,
    has_known: bool,
}

/// The own names of a plain object that are not among `known`. `None` for an object of a class.
fn unknown_names(
    object: &JsObject,
    known: &[&str],
    context: &mut Context,
) -> JsResult<Option<Names>> {
    if !is_plain(object, context) {
        return Ok(None);
    }
    let mut names = Names { unknown: Vec::new(), has_known: false };
    for key in object.own_property_keys(context)? {
        match key {
            PropertyKey::String(name) if known.iter().any(|known| name == *known) => {
                names.has_known = true;
            }
            PropertyKey::String(name) => names.unknown.push(name.to_std_string_lossy()),
            PropertyKey::Index(index) => names.unknown.push(index.get().to_string()),
            PropertyKey::Symbol(_) => {}
        }
    }
    Ok(Some(names))
}

/// Whether the object is of no class.
pub(super) fn is_plain(object: &JsObject, context: &Context) -> bool {
    let plain = context.intrinsics().constructors().object().prototype();
    object.is_ordinary()
        && object.prototype().is_none_or(|prototype| JsObject::equals(&prototype, &plain))
}
