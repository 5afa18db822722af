//! Servers of Node.js' shape: `(req, res)`, where `res` is written to. Their requests go to one
//! function of `runtime/http_node.js`, with what natives know of them.
//!
//! They are in a table of their own, so that all other servers know nothing of them.
//!
//! Spec: <https://nodejs.org/api/http.html>

use std::rc::Rc;

use boa_engine::object::builtins::{JsArray, JsFunction};
use boa_engine::{Context, JsArgs, JsError, JsObject, JsResult, JsString, JsValue, js_string};

use super::flow;
use super::listen::{described, set_referenced};
use super::request::{Peer, conn_of, http_request, with_request};
use super::servers::{self, handle_of, server_of};
use super::settings::settings_of;
use super::target::{address_of, listen_error, target_of};
use crate::builtin::context_data::with_host;
use crate::builtin::id_map::IdMap;
use crate::builtin::late_import::LOAD;
use crate::builtin::net;
use crate::builtin::request_fields::latin1;
use crate::builtin::signals::signals;
use crate::builtin::tls;
use crate::builtin::tls::certificate_object;
use crate::id::{ConnId, ServerId};
use crate::js::activation;
use crate::js::argument::illegal_invocation;
use crate::js::async_context;
use crate::js::convert::{to_utf8, with_bytes};
use crate::js::error::{node_error, type_error};
use crate::js::executor::report_uncaught;
use crate::js::interface::Op;
use crate::proto::http1::{Request, Response, UsageError, Version, reason_phrase};

pub(in crate::builtin) const NODE_OPS: &[Op] = &[
    LOAD,
    ("readSettings", 2, super::settings::read_settings),
    ("readTarget", 1, super::target::read_target),
    ("listen", 1, listen),
    ("convert", 3, convert),
    ("close", 1, close),
    ("closeConnections", 2, close_connections),
    ("setReferenced", 2, set_referenced),
    ("head", 1, head),
    ("respond", 6, respond),
    ("begin", 6, begin),
    ("finish", 2, finish),
    ("interim", 3, interim),
    ("wantBody", 1, want_body),
    ("takeOver", 1, take_over),
    ("hangUp", 1, hang_up),
    ("endsOf", 1, ends_of),
    flow::OPS[1],
    flow::OPS[2],
    flow::OPS[4],
    flow::OPS[5],
];

/// What a script gave for such a server.
struct NodeServer {
    /// `dispatch(request, hasBody)`
    dispatch: JsFunction,
    /// Called once the last connection is gone.
    closed: JsFunction,
}

/// Those that listen or still have connections. They are roots.
#[derive(Default)]
struct NodeServers(IdMap<ServerId, Rc<NodeServer>>);

fn keep(id: ServerId, server: NodeServer, context: &mut Context) {
    if context.get_data::<NodeServers>().is_none() {
        context.insert_data(NodeServers::default());
    }
    if let Some(servers) = context.get_data::<NodeServers>() {
        servers.0.insert(id, Rc::new(server));
    }
    with_host(context, |host| host.hand_over(id));
}

/// Hands a request to its server, if that is of Node's shape.
#[cold]
pub(super) fn deliver(
    (conn, server, streams): (ConnId, ServerId, bool),
    request: Box<Request>,
    context: &mut Context,
) {
    let entry = context.get_data::<NodeServers>().and_then(|servers| servers.0.find(server));
    let Some(entry) = entry else { return };
    let object = http_request(conn, request, (Peer::default(), None), context);
    if streams && let Err(error) = flow::expect_body(&object, context) {
        return report_uncaught(error, context);
    }
    let arguments = [object.into(), streams.into()];
    if let Err(error) =
        activation::call(&entry.dispatch, &JsValue::undefined(), &arguments, context)
    {
        report_uncaught(error, context);
    }
}

/// The last connection of such a server is gone.
#[cold]
pub(super) fn deliver_closed(server: ServerId, context: &mut Context) {
    let entry = context.get_data::<NodeServers>().and_then(|servers| servers.0.remove(server));
    let Some(entry) = entry else { return };
    if let Err(error) = entry.closed.call(&JsValue::undefined(), &[], context) {
        report_uncaught(error, context);
    }
}

/// `listen({settings, target, dispatch, closed})`: as that of `http`.
fn listen(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let given = arguments.get_or_undefined(0).as_object();
    let given = given.ok_or_else(|| illegal_invocation("Server"))?;
    let mut field = |name: &str| given.get(js_string!(name), context);
    let settings = settings_of(&field("settings")?)?;
    let target = target_of(&field("target")?)?;
    let dispatch = field("dispatch")?.as_function();
    let closed = field("closed")?.as_function();
    let Some((dispatch, closed)) = dispatch.zip(closed) else {
        return Err(type_error("not a function"));
    };
    let dispatch = async_context::bound(dispatch, context)?;
    let mut options = settings.options.clone();
    if options.tls.is_none() {
        options.tls = tls::development(context)?;
    }
    options.reuse_port = target.reuse_port;
    let address = address_of(&target, context)?;
    match with_host(context, |host| host.listen(&address, target.backlog, options)) {
        Ok((id, bound)) => {
            if let Some(signals) = signals(context) {
                signals.watch_ends();
            }
            keep(id, NodeServer { dispatch, closed }, context);
            described(id, Some(&bound), context)
        }
        Err(error) => Err(listen_error(&error, &address, context)),
    }
}

/// `convert(handle, dispatch)`: a server that listens and has no handler of its own gets one of this
/// shape.
fn convert(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let id = server_of(arguments.get_or_undefined(0))?;
    let dispatch = arguments.get_or_undefined(1).as_function();
    let entry = servers::release(id, context);
    if let Some((dispatch, entry)) = dispatch.zip(entry) {
        let dispatch = async_context::bound(dispatch, context)?;
        keep(id, NodeServer { dispatch, closed: entry.closed.clone() }, context);
    }
    Ok(handle_of(id).into())
}

/// `close(handle)`
fn close(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let id = server_of(arguments.get_or_undefined(0))?;
    with_host(context, |host| host.close_http(id));
    Ok(JsValue::undefined())
}

/// `closeConnections(handle, all)`: all of them, or those that are idle.
fn close_connections(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let id = server_of(arguments.get_or_undefined(0))?;
    let all = arguments.get_or_undefined(1).to_boolean();
    with_host(context, |host| host.close_connections(id, all));
    Ok(JsValue::undefined())
}

fn request_of(arguments: &[JsValue]) -> JsResult<(JsObject, ConnId)> {
    let request = arguments.get_or_undefined(0).as_object();
    let found = request.and_then(|request| conn_of(&request).map(|conn| (request, conn)));
    found.ok_or_else(|| illegal_invocation("HttpRequest"))
}

/// `head(request)`: `[method, url, httpVersion, rawHeaders]`
fn head(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (request, _) = request_of(arguments)?;
    let known = with_request(&request, |request| {
        let mut raw: Vec<JsValue> = Vec::with_capacity(request.headers.len() * 2);
        for (name, value) in request.headers.iter() {
            raw.push(JsString::from(name).into());
            raw.push(latin1(value).into());
        }
        let version = if request.version == Version::Http10 { "1.0" } else { "1.1" };
        let method = JsString::from(&*request.method);
        (method, JsString::from(request.target.as_str()), version, raw)
    });
    let Some((method, url, version, raw)) = known else { return Ok(JsValue::undefined()) };
    let raw = JsArray::from_iter(raw, context);
    let values = [method.into(), url.into(), js_string!(version).into(), raw.into()];
    Ok(JsArray::from_iter(values, context).into())
}

/// What a reply begins with: status, reason, and fields, with names and values in turn.
struct Head {
    status: u16,
    reason: Option<String>,
    fields: Vec<(String, Vec<u8>)>,
}

impl Head {
    fn read(arguments: &[JsValue], context: &mut Context) -> JsResult<Self> {
        let reason = arguments.get_or_undefined(2).as_string().map(|reason| to_utf8(&reason));
        Ok(Self {
            status: net::port(arguments.get_or_undefined(1)),
            reason,
            fields: fields(arguments.get_or_undefined(3), context)?,
        })
    }

    fn with<T>(&self, body: &[u8], send: impl FnOnce(&Response<'_>) -> T) -> T {
        let headers: Vec<(&str, &[u8])> =
            self.fields.iter().map(|(name, value)| (&**name, &**value)).collect();
        let reason = self.reason.as_deref();
        send(&Response { status: self.status, reason, headers: &headers, body })
    }
}

/// Fields that the JavaScript half has checked: their characters are bytes.
fn fields(value: &JsValue, context: &mut Context) -> JsResult<Vec<(String, Vec<u8>)>> {
    let Some(list) = value.as_object() else { return Ok(Vec::new()) };
    let list = JsArray::from_object(list)?;
    let mut fields = Vec::new();
    for index in (0..list.length(context)?).step_by(2) {
        let name = list.get(index, context)?.to_string(context)?;
        let value = list.get(index + 1, context)?.to_string(context)?;
        let bytes = value.iter().map(|unit| u8::try_from(unit).unwrap_or(b'?')).collect();
        fields.push((to_utf8(&name), bytes));
    }
    Ok(fields)
}

fn cannot_send(error: &UsageError, context: &mut Context) -> JsError {
    let code = match error {
        UsageError::BodyTooLong | UsageError::BodyTooShort(_) => "ERR_HTTP_CONTENT_LENGTH_MISMATCH",
        _ => "ERR_INVALID_ARG_VALUE",
    };
    node_error(code, format!("cannot send this reply: {error}"), context)
}

/// `respond(request, status, reason, fields, body, dated)`: the whole reply.
fn respond(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (request, conn) = request_of(arguments)?;
    let head = Head::read(arguments, context)?;
    let dated = arguments.get_or_undefined(5).to_boolean();
    let given = arguments.get_or_undefined(4);
    let body = match given.as_string() {
        Some(text) => Some(to_utf8(&text).into_bytes()),
        None => with_bytes(given, context, <[u8]>::to_vec)?,
    };
    let body = body.unwrap_or_default();
    let sent =
        head.with(&body, |reply| with_host(context, |host| host.respond_as(conn, reply, dated)));
    sent.map_err(|error| cannot_send(&error, context))?;
    flow::release(&request, context);
    Ok(JsValue::undefined())
}

/// `begin(request, status, reason, fields, length, dated)`: the head of a reply. Whether a body may
/// follow; undefined where nobody waits for it.
fn begin(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (request, conn) = request_of(arguments)?;
    let head = Head::read(arguments, context)?;
    let length = arguments.get_or_undefined(4).as_number();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be a whole number where it is set"
    )]
    let length = length.map(|length| length as u64);
    let dated = arguments.get_or_undefined(5).to_boolean();
    flow::watch(&request, context)?;
    if !with_host(context, |host| host.waits_for_script(conn)) {
        return Ok(JsValue::undefined());
    }
    let begun = head
        .with(&[], |reply| with_host(context, |host| host.begin_as(conn, reply, length, dated)));
    let follows = begun.map_err(|error| cannot_send(&error, context))?;
    if !follows {
        flow::release(&request, context);
    }
    Ok(follows.into())
}

/// `finish(request, trailers)`: that was all of a reply.
fn finish(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (request, conn) = request_of(arguments)?;
    let trailers = fields(arguments.get_or_undefined(1), context)?;
    let trailers: Vec<(&str, &[u8])> =
        trailers.iter().map(|(name, value)| (&**name, &**value)).collect();
    let finished = with_host(context, |host| host.finish_with(conn, &trailers));
    flow::release(&request, context);
    finished.map_err(|error| cannot_send(&error, context))?;
    Ok(JsValue::undefined())
}

/// `interim(request, status, fields)`: a response before the response.
fn interim(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (_, conn) = request_of(arguments)?;
    let status = net::port(arguments.get_or_undefined(1));
    let fields = fields(arguments.get_or_undefined(2), context)?;
    let fields: Vec<(&str, &[u8])> =
        fields.iter().map(|(name, value)| (&**name, &**value)).collect();
    let sent = with_host(context, |host| host.send_interim(conn, status, &fields));
    sent.map_err(|error| cannot_send(&error, context))?;
    Ok(JsValue::undefined())
}

/// `wantBody(request)`: the client may send the body that it has announced.
fn want_body(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (_, conn) = request_of(arguments)?;
    with_host(context, |host| host.want_body(conn, true));
    Ok(JsValue::undefined())
}

/// `takeOver(request)`: a handle of its connection, which is the script's own from now on; undefined
/// where nobody waits for an answer any more.
fn take_over(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (request, conn) = request_of(arguments)?;
    flow::release(&request, context);
    if !with_host(context, |host| host.take_over(conn)) {
        return Ok(JsValue::undefined());
    }
    Ok(net::adopt(conn, context).into())
}

/// `hangUp(request)`: ends its connection at once.
fn hang_up(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (_, conn) = request_of(arguments)?;
    with_host(context, |host| host.terminate(conn));
    Ok(JsValue::undefined())
}

/// `endsOf(request)`: the addresses of both ends, this one first, then whether it comes over TLS, and
/// the certificate of the client.
fn ends_of(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (_, conn) = request_of(arguments)?;
    let (ends, is_tls, certificate) = with_host(context, |host| {
        let certificate = host.peer_certificate(conn).map(<[u8]>::to_vec);
        (host.ends_of(conn), host.tls_facts(conn).is_some(), certificate)
    });
    let mut values = net::end_values(&ends);
    values.push(is_tls.into());
    values.push(match certificate {
        Some(der) => certificate_object(&der, context)?,
        None => JsValue::undefined(),
    });
    Ok(JsArray::from_iter(values, context).into())
}

/// `statusCodes()`: the reason phrases of all registered codes.
pub(super) fn status_codes(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let object = JsObject::with_object_proto(context.intrinsics());
    for status in 100..600_u16 {
        let phrase = reason_phrase(status);
        if !phrase.is_empty() {
            object.create_data_property_or_throw(status, js_string!(phrase), context)?;
        }
    }
    Ok(object.into())
}

/// The methods that Node.js knows.
const METHODS: [&str; 35] = [
    "ACL",
    "BIND",
    "CHECKOUT",
    "CONNECT",
    "COPY",
    "DELETE",
    "GET",
    "HEAD",
    "LINK",
    "LOCK",
    "M-SEARCH",
    "MERGE",
    "MKACTIVITY",
    "MKCALENDAR",
    "MKCOL",
    "MOVE",
    "NOTIFY",
    "OPTIONS",
    "PATCH",
    "POST",
    "PROPFIND",
    "PROPPATCH",
    "PURGE",
    "PUT",
    "QUERY",
    "REBIND",
    "REPORT",
    "SEARCH",
    "SOURCE",
    "SUBSCRIBE",
    "TRACE",
    "UNBIND",
    "UNLINK",
    "UNLOCK",
    "UNSUBSCRIBE",
];

/// `methods()`: all of them.
pub(super) fn methods(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let methods: Vec<JsValue> = METHODS.iter().map(|name| js_string!(*name).into()).collect();
    Ok(JsArray::from_iter(methods, context).into())
}
