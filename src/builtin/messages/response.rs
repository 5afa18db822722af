//! `Response`.
//!
//! Spec: <https://fetch.spec.whatwg.org/#response-class>

use boa_engine::context::intrinsics::StandardConstructor;
use boa_engine::{
    Context, Finalize, JsArgs, JsData, JsObject, JsResult, JsString, JsValue, Trace, js_string,
};

use super::body::{Body, Content, extract};
use super::consume::{self, HasBody};
use super::field_list::FieldList;
use super::headers::{byte_string, fields_from};
use super::lazy_headers::LazyHeaders;
use super::pairs::MODULE;
use crate::builtin::json;
use crate::js::argument::{dictionary, prototype_for, require_arguments};
use crate::js::convert::{js_string_from_utf8, to_utf8};
use crate::js::error::{range_error, type_error};
use crate::js::interface::Interface;
use crate::js::loader::import_builtin;
use crate::js::property::property;
use crate::proto::http1::is_redirect;
use crate::url::Url;

/// The native data of a `Response`.
#[derive(Trace, Finalize, JsData)]
struct Response {
    #[unsafe_ignore_trace]
    line: StatusLine,
    headers: LazyHeaders,
    body: Body,
}

/// All of a response but its headers and its body.
#[derive(Clone, Default)]
pub struct StatusLine {
    /// Where it comes from.
    pub kind: ResponseKind,
    /// The status code: 0 for a network error.
    pub status: u16,
    /// The reason phrase.
    pub status_text: String,
    /// What the response is of: empty for one that a script has made.
    pub url: String,
    /// Whether a redirect has led there.
    pub redirected: bool,
    /// Whether the body has been decoded that its fields still tell of.
    pub is_decoded: bool,
}

/// Where a response comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ResponseKind {
    /// A script has made it.
    #[default]
    Default,
    /// The network, or another scheme.
    Basic,
    /// It is a redirect that was not followed.
    OpaqueRedirect,
    /// It stands for a network error.
    Error,
}

/// What a server sends of a response.
pub struct Taken {
    /// The status code.
    pub status: u16,
    /// Its fields.
    pub fields: FieldList,
    /// Its body.
    pub body: Content,
}

/// The prototype, once the class has been made.
struct Prototype(JsObject);

impl HasBody for Response {
    const NAME: &'static str = "Response";

    fn parts(&mut self) -> (&mut LazyHeaders, &mut Body) {
        (&mut self.headers, &mut self.body)
    }
}

const RESPONSE: Interface = Interface {
    name: "Response",
    length: 0,
    constructor: construct,
    methods: &[
        ("arrayBuffer", 0, consume::array_buffer::<Response>),
        ("blob", 0, consume::blob::<Response>),
        ("bytes", 0, consume::bytes::<Response>),
        ("clone", 0, clone),
        ("formData", 0, consume::form_data::<Response>),
        ("json", 0, consume::json::<Response>),
        ("text", 0, consume::text::<Response>),
    ],
    statics: &[("error", 0, static_error), ("json", 1, static_json), ("redirect", 1, redirect)],
    accessors: &[
        ("type", |this, _, _| with(this, |it| js_string!(it.line.kind.name()).into()), None),
        ("url", |this, _, _| with(this, |it| text(&it.line.url)), None),
        ("redirected", |this, _, _| with(this, |it| it.line.redirected.into()), None),
        ("status", |this, _, _| with(this, |it| it.line.status.into()), None),
        ("ok", |this, _, _| with(this, |it| (200..300).contains(&it.line.status).into()), None),
        ("statusText", |this, _, _| with(this, |it| text(&it.line.status_text)), None),
        ("headers", headers, None),
        ("body", consume::stream::<Response>, None),
        ("bodyUsed", consume::body_used::<Response>, None),
    ],
    constants: &[],
    shown: &["status", "statusText", "headers", "bodyUsed", "ok", "redirected", "type", "url"],
};

impl ResponseKind {
    fn name(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Basic => "basic",
            Self::OpaqueRedirect => "opaqueredirect",
            Self::Error => "error",
        }
    }

    fn is_immutable(self) -> bool {
        self != Self::Default
    }
}

/// Makes the class.
pub(super) fn class(context: &mut Context) -> StandardConstructor {
    let class = RESPONSE.build(None, context);
    context.insert_data(Prototype(class.prototype()));
    class
}

/// A `Response` of the network, whose headers cannot be changed.
pub fn new_response(
    line: StatusLine,
    fields: FieldList,
    held: Content,
    context: &mut Context,
) -> JsResult<JsObject> {
    if !context.has_data::<Prototype>() {
        import_builtin(MODULE, context)?;
    }
    Ok(made(line, LazyHeaders::List(fields), Body::of(held), context))
}

/// Takes a `Response` apart for a server that sends it: its body is used from then on. `None` for
/// any other object. An error if the body has been used, or if there is nothing to send.
pub fn take_response(object: &JsObject) -> Option<JsResult<Taken>> {
    let mut response = object.downcast_mut::<Response>()?;
    if response.line.kind == ResponseKind::Error {
        let message = "Response.error() cannot be sent: return a Response with a status";
        return Some(Err(type_error(message)));
    }
    let body = match response.body.take(Response::NAME) {
        Ok(body) => body,
        Err(error) => return Some(Err(error)),
    };
    let status = response.line.status;
    let mut fields = response.headers.with(FieldList::clone);
    if response.line.is_decoded {
        // These are true of what came, and not of what goes.
        fields.delete("content-encoding");
        fields.delete("content-length");
    }
    Some(Ok(Taken { status, fields, body }))
}

fn made(line: StatusLine, headers: LazyHeaders, body: Body, context: &Context) -> JsObject {
    let prototype = context.get_data::<Prototype>().map(|known| known.0.clone());
    let response = Response { line, headers, body };
    JsObject::new(context.root_shape(), prototype, response).upcast()
}

fn with<R>(this: &JsValue, read: impl FnOnce(&mut Response) -> R) -> JsResult<R> {
    consume::with(this, read)
}

fn text(text: &str) -> JsValue {
    js_string_from_utf8(text).into()
}

fn headers(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let is_immutable = with(this, |response| response.line.kind.is_immutable())?;
    consume::headers_object::<Response>(this, is_immutable, context)
}

/// What a script says of a response besides its body.
struct Init {
    status: u16,
    status_text: String,
    fields: FieldList,
}

fn read_init(value: &JsValue, context: &mut Context) -> JsResult<Init> {
    let mut init = Init { status: 200, status_text: String::new(), fields: FieldList::default() };
    let Some(options) = dictionary(value, "init", context)? else { return Ok(init) };
    let headers = property(&options, js_string!("headers"), context)?;
    init.fields = fields_from(&headers, "init.headers", context)?;
    let status = property(&options, js_string!("status"), context)?;
    if !status.is_undefined() {
        init.status = self::status(&status, (200, 599), context)?;
    }
    let status_text = property(&options, js_string!("statusText"), context)?;
    if !status_text.is_undefined() {
        let phrase = byte_string(&status_text, context)?;
        let is_phrase = phrase.iter().all(|byte| matches!(byte, b'\t' | 0x20..=0x7e | 0x80..));
        if !is_phrase {
            return Err(type_error("init.statusText must be one line of printable characters"));
        }
        init.status_text = phrase.iter().map(|&byte| char::from(byte)).collect();
    }
    Ok(init)
}

/// Web IDL, `unsigned short`, which a status is, and its range.
fn status(value: &JsValue, (least, most): (u16, u16), context: &mut Context) -> JsResult<u16> {
    let number = value.to_uint16(context)?;
    if (least..=most).contains(&number) {
        return Ok(number);
    }
    Err(range_error(format!(
        "the status of a Response must be a whole number from {least} to {most}, not {}",
        value.display()
    )))
}

/// "Initialize a response".
fn initialized(
    init: Init,
    held: Content,
    content_type: Option<&str>,
) -> JsResult<(StatusLine, LazyHeaders, Body)> {
    let Init { status, status_text, fields } = init;
    let mut headers = LazyHeaders::List(fields);
    if held.is_something() {
        if matches!(status, 101 | 103 | 204 | 205 | 304) {
            return Err(type_error(format!(
                "a Response with status {status} has no body: pass null as the body"
            )));
        }
        if let Some(content_type) = content_type {
            headers.add_missing("Content-Type", content_type.as_bytes());
        }
    }
    let line = StatusLine { status, status_text, ..StatusLine::default() };
    Ok((line, headers, Body::of(held)))
}

fn construct(
    new_target: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let default = |context: &mut Context| {
        let known = context.get_data::<Prototype>().map(|known| known.0.clone());
        known.unwrap_or_else(|| JsObject::with_object_proto(context.intrinsics()))
    };
    let prototype = prototype_for(new_target, "Response", default, context)?;
    let given = arguments.get_or_undefined(0);
    let is_given = !given.is_null_or_undefined();
    let extracted = if is_given { Some(extract(given, context)?) } else { None };
    let init = read_init(arguments.get_or_undefined(1), context)?;
    let (held, content_type) = match extracted {
        Some(extracted) => (extracted.held, extracted.content_type),
        None => (Content::Nothing, None),
    };
    let is_decoded = is_body_of(&held, arguments.get_or_undefined(1));
    let (mut line, headers, body) = initialized(init, held, content_type.as_deref())?;
    line.is_decoded = is_decoded;
    let response = Response { line, headers, body };
    Ok(JsObject::new(context.root_shape(), prototype, response).upcast().into())
}

/// Whether a body is that of a response which was decoded, whose fields come with it, as in
/// `new Response(response.body, response)`.
fn is_body_of(held: &Content, init: &JsValue) -> bool {
    let Content::Stream(stream) = held else { return false };
    let init = init.as_object();
    let response = init.as_ref().and_then(JsObject::downcast_ref::<Response>);
    response.is_some_and(|it| it.line.is_decoded && it.body.is_stream(stream))
}

fn clone(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let held = consume::cloned::<Response>(this, context)?;
    let (line, fields) =
        with(this, |response| (response.line.clone(), response.headers.with(FieldList::clone)))?;
    Ok(made(line, LazyHeaders::List(fields), Body::of(held), context).into())
}

fn static_error(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let line = StatusLine { kind: ResponseKind::Error, ..StatusLine::default() };
    let headers = LazyHeaders::List(FieldList::default());
    Ok(made(line, headers, Body::default(), context).into())
}

/// `Response.json(data, init?)`
fn static_json(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    require_arguments(arguments, &["data"], context)?;
    let json = stringified(&arguments[0], context)?;
    let init = read_init(arguments.get_or_undefined(1), context)?;
    let held = Content::Text(json);
    let (line, headers, body) = initialized(init, held, Some("application/json"))?;
    Ok(made(line, headers, body, context).into())
}

fn stringified(value: &JsValue, context: &mut Context) -> JsResult<JsString> {
    let text = json::text_of(value, context)?.as_string();
    text.ok_or_else(|| type_error("Response.json: this value has no JSON"))
}

/// `Response.redirect(url, status?)`
fn redirect(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    require_arguments(arguments, &["url"], context)?;
    let url = to_utf8(&arguments[0].to_string(context)?);
    let given = arguments.get_or_undefined(1);
    let status = if given.is_undefined() { 302 } else { given.to_uint16(context)? };
    let Some(location) = Url::parse(&url, None) else {
        return Err(type_error(format!(
            "Response.redirect needs a whole URL, not '{url}': for a path use new Response(null, {{ \
             status: {status}, headers: {{ location: '/path' }} }})"
        )));
    };
    if !is_redirect(status) {
        return Err(range_error(format!(
            "the status of a redirect must be 301, 302, 303, 307 or 308, not {}",
            given.display()
        )));
    }
    let mut fields = FieldList::default();
    fields.append("Location", location.href().into_bytes());
    let line = StatusLine { status, ..StatusLine::default() };
    Ok(made(line, LazyHeaders::List(fields), Body::default(), context).into())
}
