//! The object that handlers get for an HTTP request.
//!
//! It is one native object on a ready prototype, whose accessors make a value when it is first
//! asked for: building its properties for every request would cost more than the rest of its
//! way through the engine.

use std::cell::Cell;
use std::rc::Rc;

use boa_engine::object::builtins::JsArray;
use boa_engine::property::{PropertyDescriptor, PropertyKey};
use boa_engine::{Context, Finalize, JsData, JsObject, JsResult, JsValue, Trace, js_string};
use boa_gc::GcRefCell;

use super::compression::Compression;
use super::flow_state::Flow;
use super::pattern::Groups;
use crate::builtin::context_data::installed;
use crate::builtin::outcome::with_status;
use crate::builtin::request_fields::{address_value, headers_object, port_value};
use crate::builtin::tls::certificate_object;
use crate::host::{Client, Host};
use crate::id::ConnId;
use crate::js::argument::illegal_invocation;
use crate::js::collisions::NameCounter;
use crate::js::convert::{js_string_from_checked, new_uint8_array, to_utf8};
use crate::js::error::type_error;
use crate::js::interface::{Interface, set_field};
use crate::js::loader::call_builtin;
use crate::js::memory::note_unseen;
use crate::limits::REPORTED_TARGET_CHARS_MAX;
use crate::proto::http1::{Request, Version};
use crate::url::form;

/// `{type: 'http', method, url, …}`.
#[derive(Trace, Finalize, JsData)]
struct HttpRequest {
    #[unsafe_ignore_trace]
    request: Box<Request>,
    #[unsafe_ignore_trace]
    peer: Peer,
    #[unsafe_ignore_trace]
    conn: ConnId,
    /// What is compressed of its reply.
    #[unsafe_ignore_trace]
    compression: Option<Rc<Compression>>,
    /// What goes on with it bit by bit, if anything does.
    flow: GcRefCell<Option<Box<Flow>>>,
    headers: GcRefCell<Option<JsObject>>,
    query: GcRefCell<Option<JsObject>>,
    /// What the path has in the groups of its route.
    groups: GcRefCell<Groups>,
    /// The route that serves it.
    #[unsafe_ignore_trace]
    route: Cell<Option<u32>>,
}

/// Whom a request comes from.
#[derive(Default)]
pub(super) struct Peer {
    pub(super) client: Client,
    /// Its certificate in DER, if it has proved who it is.
    pub(super) certificate: Option<Box<[u8]>>,
}

/// Whom a request comes from.
pub(super) fn peer_of(host: &Host, conn: ConnId, request: &Request) -> Peer {
    let certificate = host.peer_certificate(conn).map(Box::from);
    Peer { client: host.client(conn, &request.headers), certificate }
}

struct Prototype(JsObject);

/// `GET /path` of a request's object, for the log.
pub(super) fn described(object: &JsObject) -> String {
    let described = object.downcast_ref::<HttpRequest>().map(|http| {
        let target: String = http.request.target.chars().take(REPORTED_TARGET_CHARS_MAX).collect();
        format!("{} {target}", http.request.method)
    });
    described.unwrap_or_else(|| "a request".to_owned())
}

pub(super) const HTTP_FIELDS: [&str; 9] = [
    "type",
    "method",
    "url",
    "pathname",
    "query",
    "headers",
    "body",
    "remoteAddress",
    "httpVersion",
];

const HTTP_CLASS: Interface = Interface {
    name: "HttpRequest",
    length: 0,
    constructor: illegal_constructor,
    methods: &[
        ("toJSON", 0, http_fields),
        ("arrayBuffer", 0, |this, _, context| read_whole(this, "arrayBuffer", context)),
        ("blob", 0, |this, _, context| read_whole(this, "blob", context)),
        ("formData", 0, |this, _, context| read_whole(this, "formData", context)),
        ("stream", 0, |this, _, context| read_whole(this, "stream", context)),
        ("text", 0, |this, _, context| read_whole(this, "text", context)),
    ],
    statics: &[],
    accessors: &[
        ("signal", |this, _, context| read_whole(this, "signal", context), None),
        ("method", method, None),
        ("url", url, None),
        ("pathname", pathname, None),
        ("query", query, None),
        ("params", params, None),
        ("headers", headers, None),
        ("body", body, None),
        ("bytes", bytes, None),
        ("json", json, None),
        ("remoteAddress", remote_address, None),
        ("remotePort", remote_port, None),
        ("protocol", protocol, None),
        ("host", host, None),
        ("peerCertificate", peer_certificate, None),
        ("httpVersion", http_version, None),
    ],
    constants: &[],
    shown: &HTTP_FIELDS,
};

pub(super) fn install(context: &mut Context) {
    let prototype = HTTP_CLASS.build(None, context).prototype();
    define_type(&prototype, "http");
    context.insert_data(Prototype(prototype));
}

/// `type` is the same for all of a kind, so no accessor: the engine caches where it stands.
pub(super) fn define_type(object: &JsObject, kind: &str) {
    let property = PropertyDescriptor::builder()
        .value(js_string!(kind))
        .writable(false)
        .enumerable(true)
        .configurable(true);
    object.insert_property(js_string!("type"), property);
}

pub(super) fn illegal_constructor(
    _: &JsValue,
    _: &[JsValue],
    _: &mut Context,
) -> JsResult<JsValue> {
    Err(type_error("only servers make requests"))
}

fn http_fields(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    plain(this, &HTTP_FIELDS, context)
}

/// An HTTP request.
pub(super) fn http_request(
    conn: ConnId,
    request: Box<Request>,
    (peer, compression): (Peer, Option<Rc<Compression>>),
    context: &Context,
) -> JsObject {
    let prototype = installed::<Prototype>(context).0.clone();
    note_unseen(request.body.len() + request.headers.heap_bytes());
    let data = HttpRequest {
        request,
        peer,
        conn,
        compression,
        flow: GcRefCell::new(None),
        headers: GcRefCell::new(None),
        query: GcRefCell::new(None),
        groups: GcRefCell::new(Groups::Nothing),
        route: Cell::new(None),
    };
    JsObject::new(context.root_shape(), prototype, data).upcast()
}

/// The connection of a request, if that is what an object is.
pub(super) fn conn_of(object: &JsObject) -> Option<ConnId> {
    Some(object.downcast_ref::<HttpRequest>()?.conn)
}

/// What is compressed of the reply to a request, and what its client takes.
pub(super) fn compression_of(object: &JsObject) -> Option<(Rc<Compression>, Option<String>)> {
    let http = object.downcast_ref::<HttpRequest>()?;
    let compression = http.compression.clone()?;
    let accepted = http.request.headers.get_str("accept-encoding").map(str::to_owned);
    Some((compression, accepted))
}

/// Looks at what goes on with a request bit by bit. It must not call JavaScript.
pub(super) fn with_flow<T>(object: &JsObject, look: impl FnOnce(&mut Flow) -> T) -> Option<T> {
    let http = object.downcast_ref::<HttpRequest>()?;
    let mut flow = http.flow.borrow_mut();
    flow.as_mut().map(|flow| look(flow))
}

/// Begins to do something with it bit by bit.
pub(super) fn begin_flow(object: &JsObject) {
    if let Some(http) = object.downcast_ref::<HttpRequest>() {
        http.flow.borrow_mut().get_or_insert_default();
    }
}

/// Whether it has such a thing.
#[inline]
pub(super) fn has_flow(object: &JsObject) -> bool {
    object.downcast_ref::<HttpRequest>().is_some_and(|http| http.flow.borrow().is_some())
}

/// The whole body of a request, as far as that is there at once.
pub(super) fn body_of(object: &JsObject) -> Vec<u8> {
    let http = object.downcast_ref::<HttpRequest>();
    http.map(|http| http.request.body.clone()).unwrap_or_default()
}

/// Notes the route that serves a request, by its place among those of its server.
pub(super) fn set_route(object: &JsObject, at: Option<usize>) {
    if let Some(http) = object.downcast_ref::<HttpRequest>() {
        http.route.set(at.and_then(|at| u32::try_from(at).ok()));
    }
}

/// The route that serves a request.
pub(super) fn route_of(object: &JsObject) -> Option<usize> {
    object.downcast_ref::<HttpRequest>()?.route.get().map(|at| at as usize)
}

/// Notes what the path of a request has in the groups of a pattern.
pub(super) fn set_groups(object: &JsObject, groups: Groups) {
    if let Some(http) = object.downcast_ref::<HttpRequest>() {
        *http.groups.borrow_mut() = groups;
    }
}

/// The path of a request.
pub(super) fn path_of(object: &JsObject) -> String {
    let http = object.downcast_ref::<HttpRequest>();
    http.map(|http| http.request.pathname().to_owned()).unwrap_or_default()
}

/// Looks at a request, if that is what an object is.
pub(in crate::builtin) fn with_request<T>(
    object: &JsObject,
    look: impl FnOnce(&Request) -> T,
) -> Option<T> {
    object.downcast_ref::<HttpRequest>().map(|http| look(&http.request))
}

/// A path, or the end of one.
pub(in crate::builtin) enum Rest {
    /// As it was sent.
    Raw(String),
    /// Without its percent-encoding.
    Decoded(String),
}

/// What stands in the place of the star of a route, or else the whole path.
pub(in crate::builtin) fn rest_of(object: &JsObject, context: &mut Context) -> JsResult<Rest> {
    let (groups, path) = {
        let Some(http) = object.downcast_ref::<HttpRequest>() else {
            return Err(illegal_invocation("HttpRequest"));
        };
        (http.groups.borrow().clone(), http.request.pathname().to_owned())
    };
    match &groups {
        Groups::Nothing => {}
        Groups::Of(plain) => {
            if let Some(rest) = plain.rest(&path) {
                return Ok(Rest::Raw(rest.to_owned()));
            }
        }
        Groups::Made(groups) => {
            if let Some(rest) = groups.get(js_string!("0"), context)?.as_string() {
                return Ok(Rest::Decoded(to_utf8(&rest)));
            }
        }
    }
    Ok(Rest::Raw(path))
}

/// The head of a request.
pub(super) fn head_of(object: &JsObject) -> Option<Request> {
    let http = object.downcast_ref::<HttpRequest>()?;
    let Request { method, target, version, headers, body: _ } = &*http.request;
    let (method, target, headers) = (method.clone(), target.clone(), headers.clone());
    Some(Request { method, target, version: *version, headers, body: Vec::new() })
}

/// What `JSON.stringify` is to see: a plain object with these fields.
pub(super) fn plain(this: &JsValue, fields: &[&str], context: &mut Context) -> JsResult<JsValue> {
    let from = this.as_object().ok_or_else(|| illegal_invocation("a request"))?;
    let object = JsObject::with_object_proto(context.intrinsics());
    for field in fields {
        let value = from.get(js_string!(*field), context)?;
        object.create_data_property_or_throw(js_string!(*field), value, context)?;
    }
    Ok(object.into())
}

fn with_http<T>(this: &JsValue, look: impl FnOnce(&HttpRequest) -> T) -> JsResult<T> {
    let object = this.as_object();
    let request = object.as_ref().and_then(JsObject::downcast_ref::<HttpRequest>);
    let request = request.ok_or_else(|| illegal_invocation("HttpRequest"))?;
    Ok(look(&request))
}

fn method(this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    with_http(this, |http| js_string!(&*http.request.method).into())
}

fn url(this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    with_http(this, |http| js_string!(&*http.request.target).into())
}

fn pathname(this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    with_http(this, |http| js_string!(http.request.pathname()).into())
}

/// What the path has in the groups of its route, as an object.
fn params(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (groups, path) =
        with_http(this, |http| (http.groups.borrow().clone(), http.request.pathname().to_owned()))?;
    let object = groups.object(&path, context)?;
    with_http(this, |http| *http.groups.borrow_mut() = Groups::Made(object.clone()))?;
    Ok(object.into())
}

/// The query as an object: a name that stands more than once has an array of its values.
fn query(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (made, text) = with_http(this, |http| {
        (http.query.borrow().clone(), http.request.query().unwrap_or_default().to_owned())
    })?;
    if let Some(made) = made {
        return Ok(made.into());
    }
    let object = JsObject::with_null_proto();
    let mut names = NameCounter::default();
    for (name, value) in form::parse(&text) {
        let key = PropertyKey::from(js_string!(&*name));
        let value = JsValue::from(js_string!(&*value));
        let before = object.get(key.clone(), context)?;
        let value = if before.is_undefined() {
            names.note(&key).map_err(|error| with_status(error.into(), 400, context))?;
            value
        } else if let Some(list) = before.as_object() {
            JsArray::from_object(list.clone())?.push(value, context)?;
            before
        } else {
            JsArray::from_iter([before, value], context).into()
        };
        set_field(&object, key, value);
    }
    with_http(this, |http| *http.query.borrow_mut() = Some(object.clone()))?;
    Ok(object.into())
}

fn headers(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (made, fields) = with_http(this, |http| {
        let made = http.headers.borrow().clone();
        let fields = if made.is_none() { Some(http.request.headers.clone()) } else { None };
        (made, fields)
    })?;
    if let Some(made) = made {
        return Ok(made.into());
    }
    let object = headers_object(&fields.unwrap_or_default(), context)?;
    with_http(this, |http| *http.headers.borrow_mut() = Some(object.clone()))?;
    Ok(object.into())
}

/// What the JavaScript half does with requests of which something may still be to come.
fn read_whole(this: &JsValue, what: &str, context: &mut Context) -> JsResult<JsValue> {
    with_http(this, |_| ())?;
    call_builtin("internal:http_bodies", what, std::slice::from_ref(this), context)
}

/// The body of a request that is handed on as it comes is not here.
fn check_whole(this: &JsValue, name: &str) -> JsResult<()> {
    let object = this.as_object();
    let streams = object.and_then(|object| with_flow(&object, |flow| flow.streams()));
    if streams == Some(true) {
        return Err(type_error(format!(
            "req.{name} is not there, since the body comes as a stream (option body: 'stream'): \
             call await req.text(), arrayBuffer(), blob() or formData(), or read req.stream()"
        )));
    }
    Ok(())
}

/// The body as text; bytes that are not UTF-8 become U+FFFD.
fn body(this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    check_whole(this, "body")?;
    with_http(this, |http| js_string_from_checked(&http.request.body).into())
}

fn bytes(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    check_whole(this, "bytes")?;
    let bytes = with_http(this, |http| http.request.body.clone())?;
    Ok(new_uint8_array(&bytes, context)?.into())
}

/// The body parsed as JSON. What it throws for a body that is none is the client's fault.
fn json(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    check_whole(this, "json")?;
    let text = with_http(this, |http| js_string_from_checked(&http.request.body))?;
    let json = context.intrinsics().objects().json();
    let parse = json.get(js_string!("parse"), context)?;
    let Some(parse) = parse.as_callable() else { return Ok(JsValue::undefined()) };
    parse
        .call(&json.into(), &[text.into()], context)
        .map_err(|error| with_status(error, 400, context))
}

fn remote_address(this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    with_http(this, |http| address_value(http.peer.client.address))
}

fn remote_port(this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    with_http(this, |http| port_value(http.peer.client.address))
}

/// The scheme of the URL that the client has asked for.
fn protocol(this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    with_http(this, |http| {
        let secure = http.peer.client.secure;
        if secure { js_string!("https") } else { js_string!("http") }.into()
    })
}

/// Its host, and its port where that is not the scheme's own.
fn host(this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    with_http(this, |http| {
        let named = http.peer.client.host.as_deref();
        let host = named.or_else(|| http.request.headers.get_str("host"));
        js_string!(host.unwrap_or_default()).into()
    })
}

/// The certificate by which the client has proved who it is, of a server that asks for one.
fn peer_certificate(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    match with_http(this, |http| http.peer.certificate.clone())? {
        Some(der) => certificate_object(&der, context),
        None => Ok(JsValue::undefined()),
    }
}

fn http_version(this: &JsValue, _: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    with_http(this, |http| match http.request.version {
        Version::Http10 => js_string!("1.0").into(),
        Version::Http11 => js_string!("1.1").into(),
    })
}

#[cfg(test)]
#[path = "tests/request.rs"]
mod tests;
