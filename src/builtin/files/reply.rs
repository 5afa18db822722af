//! A reply with a file, or with a part of one.

use boa_engine::{Context, Finalize, JsData, JsObject, JsResult, JsValue, Trace, js_string};
use std::borrow::Cow;
use std::hash::{BuildHasher, RandomState};
use std::ops::Range;
use std::rc::Rc;

use super::store::{Data, Entry};
use crate::host::BodyPart;
use crate::js::argument::illegal_invocation;
use crate::js::convert::js_string_from_utf8;
use crate::js::error::type_error;
use crate::js::interface::{Interface, set_field};
use crate::net::file_range::FileRange;
use crate::proto::content::codings::{self, Coding};
use crate::proto::content::conditions::{Validators, Verdict, judge};
use crate::proto::content::ranges::{Wanted, wanted};
use crate::proto::http1::Request;

/// Names and values of fields.
pub(super) type Fields = Vec<(Cow<'static, str>, Cow<'static, str>)>;

/// What is sent. A script sees `status`, `headers` and `body`.
#[derive(Clone, Debug, Trace, Finalize, JsData)]
pub(in crate::builtin) struct FileReply {
    #[unsafe_ignore_trace]
    inner: Rc<Inner>,
}

#[derive(Debug)]
pub(in crate::builtin) struct Inner {
    pub(in crate::builtin) status: u16,
    pub(in crate::builtin) fields: Fields,
    pub(in crate::builtin) parts: Vec<BodyPart>,
}

/// Its body, for whoever makes another reply of it.
#[derive(Trace, Finalize, JsData)]
struct FileBody(#[unsafe_ignore_trace] Rc<Inner>);

struct Prototype(JsObject);

const CLASS: Interface = Interface {
    name: "FileReply",
    length: 0,
    constructor: |_, _, _| Err(type_error("only files() makes such replies")),
    methods: &[],
    statics: &[],
    accessors: &[
        ("status", |this, _, _| with(this, |inner| inner.status.into()), None),
        ("headers", headers, None),
        ("body", body, None),
    ],
    constants: &[],
    shown: &["status", "headers"],
};

fn with<T>(this: &JsValue, look: impl FnOnce(&Rc<Inner>) -> T) -> JsResult<T> {
    let object = this.as_object();
    let reply = object.as_ref().and_then(JsObject::downcast_ref::<FileReply>);
    reply.map(|reply| look(&reply.inner)).ok_or_else(|| illegal_invocation("FileReply"))
}

fn headers(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let object = JsObject::with_object_proto(context.intrinsics());
    with(this, |inner| {
        for (name, value) in &inner.fields {
            let name = js_string!(name.to_ascii_lowercase());
            set_field(&object, name, js_string_from_utf8(value));
        }
    })?;
    Ok(object.into())
}

fn body(this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    let inner = with(this, Rc::clone)?;
    Ok(JsObject::from_proto_and_data(None, FileBody(inner)).into())
}

/// What a reply of a file sends, if an object is one.
pub(in crate::builtin) fn file_reply(object: &JsObject) -> Option<Rc<Inner>> {
    Some(object.downcast_ref::<FileReply>()?.inner.clone())
}

/// What the body of such a reply sends, if an object is one.
pub(in crate::builtin) fn file_body(object: &JsObject) -> Option<Vec<BodyPart>> {
    Some(object.downcast_ref::<FileBody>()?.0.parts.clone())
}

impl Inner {
    /// A reply of some text.
    pub(super) fn text(status: u16, mut fields: Fields, kind: &'static str, text: &str) -> Self {
        fields.push(("Content-Type".into(), kind.into()));
        Self { status, fields, parts: vec![BodyPart::Bytes(text.as_bytes().to_vec())] }
    }

    pub(super) fn object(self, context: &mut Context) -> JsObject {
        if context.get_data::<Prototype>().is_none() {
            let prototype = CLASS.build(None, context).prototype();
            context.insert_data(Prototype(prototype));
        }
        let prototype = context.get_data::<Prototype>().map(|known| known.0.clone());
        let reply = FileReply { inner: Rc::new(self) };
        JsObject::new(context.root_shape(), prototype, reply).upcast()
    }
}

/// The coding in which a file is sent to whoever has sent this request.
pub(super) fn coding_for(entry: &Entry, request: &Request) -> Option<Coding> {
    if entry.variants.is_empty() {
        return None;
    }
    let offered = entry.variants.iter().map(|(coding, _)| *coding);
    codings::choose(request.headers.get_str("accept-encoding"), offered)
}

/// Answers a request with a file. `fields` are those of all files, and `cache` is `Cache-Control`.
pub(super) fn answer(
    entry: &Entry,
    request: &Request,
    fields: &Fields,
    cache: Option<&Cow<'static, str>>,
) -> Inner {
    let coding = coding_for(entry, request);
    let chosen = entry.in_coding(coding);
    let mut fields = fields.clone();
    if let Some(cache) = cache {
        fields.push(("Cache-Control".into(), cache.clone()));
    }
    if !entry.variants.is_empty() {
        fields.push(("Vary".into(), "Accept-Encoding".into()));
    }
    let validators = Validators { etag: &chosen.etag, modified: chosen.modified };
    let ranges_hold = match judge(&request.headers, validators, read_date) {
        Verdict::Go { ranges_hold } => ranges_hold,
        Verdict::NotModified => {
            push_validators(chosen, &mut fields);
            return Inner { status: 304, fields, parts: Vec::new() };
        }
        Verdict::Failed => {
            return Inner::text(412, fields, PLAIN, "the file is not as the client expects it\n");
        }
    };
    let range = request.headers.get_str("range").filter(|_| request.method == "GET" && ranges_hold);
    let size = chosen.size();
    let asked = range.map_or(Wanted::Whole, |range| wanted(range, size));
    if asked == Wanted::Unsatisfiable {
        fields.push(("Content-Range".into(), format!("bytes */{size}").into()));
        return Inner::text(416, fields, PLAIN, "the file has none of these bytes\n");
    }
    push_validators(chosen, &mut fields);
    fields.push(("Accept-Ranges".into(), "bytes".into()));
    if let Some(coding) = coding {
        fields.push(("Content-Encoding".into(), coding.name().into()));
    }
    let (status, kind, parts) = match asked {
        Wanted::Parts(ranges) if ranges.len() > 1 => {
            let (kind, parts) = several(entry, chosen, ranges);
            (206, kind.into(), parts)
        }
        Wanted::Parts(ranges) => {
            let parts = ranges.into_iter().map(|range| {
                fields.push(("Content-Range".into(), content_range(&range, size).into()));
                part(&chosen.data, range)
            });
            let parts = parts.collect();
            (206, entry.media_type.into(), parts)
        }
        Wanted::Whole | Wanted::Unsatisfiable => {
            (200, entry.media_type.into(), vec![part(&chosen.data, 0..size)])
        }
    };
    fields.push(("Content-Type".into(), kind));
    Inner { status, fields, parts }
}

const PLAIN: &str = "text/plain; charset=utf-8";

/// An HTTP date as seconds since 1970.
fn read_date(text: &str) -> Option<u64> {
    let date = httpdate::parse_http_date(text).ok()?;
    Some(date.duration_since(std::time::UNIX_EPOCH).ok()?.as_secs())
}

fn push_validators(entry: &Entry, fields: &mut Fields) {
    fields.push(("ETag".into(), entry.etag.clone().into()));
    fields.push(("Last-Modified".into(), entry.last_modified.clone().into()));
}

fn content_range(range: &Range<u64>, size: u64) -> String {
    format!("bytes {}-{}/{size}", range.start, range.end - 1)
}

fn part(data: &Data, range: Range<u64>) -> BodyPart {
    let len = usize::try_from(range.end - range.start).unwrap_or(usize::MAX);
    match data {
        Data::Memory(bytes) if len == bytes.len() => BodyPart::Shared(bytes.clone()),
        Data::Memory(bytes) => {
            let start = usize::try_from(range.start).unwrap_or(usize::MAX);
            let bytes = bytes.get(start..start.saturating_add(len)).unwrap_or_default();
            BodyPart::Bytes(bytes.to_vec())
        }
        Data::File(file) => {
            BodyPart::File(FileRange { file: file.clone(), start: range.start, len })
        }
    }
}

/// RFC 9110 14.6: several ranges as the parts of one body.
fn several(entry: &Entry, chosen: &Entry, ranges: Vec<Range<u64>>) -> (String, Vec<BodyPart>) {
    // Whoever does not know it beforehand cannot have put it into the file.
    let random = RandomState::new();
    let boundary = format!("{:016x}{:016x}", random.hash_one(0), random.hash_one(1));
    let mut parts = Vec::with_capacity(ranges.len() * 2 + 1);
    for range in ranges {
        let head = format!(
            "\r\n--{boundary}\r\nContent-Type: {}\r\nContent-Range: {}\r\n\r\n",
            entry.media_type,
            content_range(&range, chosen.size())
        );
        parts.push(BodyPart::Bytes(head.into_bytes()));
        parts.push(part(&chosen.data, range));
    }
    parts.push(BodyPart::Bytes(format!("\r\n--{boundary}--\r\n").into_bytes()));
    (format!("multipart/byteranges; boundary={boundary}"), parts)
}
