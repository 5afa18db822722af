//! The native half of `http.request`: one request, whose news go to a function of
//! `runtime/http_client.js`.
//!
//! Spec: <https://nodejs.org/api/http.html#class-httpclientrequest>

use std::cell::Cell;
use std::rc::Rc;

use boa_engine::object::builtins::JsArray;
use boa_engine::{
    Context, Finalize, JsArgs, JsData, JsError, JsObject, JsResult, JsString, JsValue, Trace,
    js_string,
};

use super::exchanges::{Exchanges, Told, send, send_on};
use super::options::{Options, options};
use super::route::{proxy_credentials, way_to};
use crate::builtin::context_data::with_host;
use crate::builtin::net;
use crate::host::{ConnError, HttpRequest, Input, News, RequestBody};
use crate::id::ExchangeId;
use crate::js::convert::{bytes_of, new_uint8_array, to_utf8, with_bytes};
use crate::js::error::{node_error, type_error};
use crate::js::executor::report_uncaught;
use crate::js::frame;
use crate::js::interface::Op;
use crate::proto::http1::{
    RequestFraming, RequestMethod, ResponseHead, Version, encode_request_head,
};
use crate::url::Url;

pub(in crate::builtin) const OPS: &[Op] = &[
    crate::builtin::late_import::LOAD,
    ("start", 2, start),
    ("write", 2, write),
    ("finish", 1, finish),
    ("pause", 2, pause),
    ("abort", 1, abort),
];

/// A request under way, for a script to hold.
#[derive(Trace, Finalize, JsData)]
struct Handle(#[unsafe_ignore_trace] Rc<Cell<Option<ExchangeId>>>);

/// Who is told.
struct Listener {
    tell: JsObject,
    exchange: Rc<Cell<Option<ExchangeId>>>,
}

/// `start(spec, tell)`: sends a request. The spec has `url`, `target`, `method`, `headers` (names and
/// values in turn), `body` (bytes, true for a stream, or nothing), `length` of a stream, `isLast`, and
/// the options of the way.
fn start(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let spec = arguments.get_or_undefined(0).as_object();
    let tell = arguments.get_or_undefined(1).as_object();
    let Some((spec, tell)) = spec.zip(tell) else { return Err(type_error("no request")) };
    let request = request(&spec, context)?;
    let exchange = Rc::new(Cell::new(None));
    let listener = Listener { tell, exchange: exchange.clone() };
    let socket = net::conn_of(&spec.get(js_string!("socket"), context)?);
    let listener = Rc::new(listener);
    exchange.set(Some(match socket {
        Some(conn) => {
            net::forget(conn, context);
            send_on(conn, request, listener, context)
        }
        None => send(request, listener, context),
    }));
    Ok(JsObject::new(context.root_shape(), None, Handle(exchange)).upcast().into())
}

fn text(spec: &JsObject, name: &str, context: &mut Context) -> JsResult<String> {
    let value = spec.get(js_string!(name), context)?;
    Ok(value.as_string().map(|text| to_utf8(&text)).unwrap_or_default())
}

fn request(spec: &JsObject, context: &mut Context) -> JsResult<HttpRequest> {
    let url = text(spec, "url", context)?;
    let Some(url) = Url::parse(&url, None) else {
        return Err(node_error("ERR_INVALID_URL", format!("'{url}' is no URL"), context));
    };
    let way = spec.get(js_string!("way"), context)?.as_object();
    let options = match way {
        Some(way) => options(&way, context)?,
        None => Options::default(),
    };
    let found = way_to(&url, &options, false, context).map_err(|error| thrown(&error, context))?;
    let (method, path) = (text(spec, "method", context)?, text(spec, "target", context)?);
    let target = match found.forwards {
        Some(_) => format!("{}{path}", url.origin()),
        None => path,
    };
    let mut fields = fields(spec, context)?;
    if let Some(credentials) = found.forwards.as_deref().and_then(proxy_credentials) {
        fields.push(("Proxy-Authorization".to_owned(), credentials.into_bytes()));
    }
    let given = spec.get(js_string!("body"), context)?;
    let (framing, body) = match (given.as_boolean(), bytes_of(&given, context)?) {
        (Some(true), _) => {
            let length = spec.get(js_string!("length"), context)?;
            match length.as_number() {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "checked to be a whole number where it is set"
                )]
                Some(length) => {
                    let framing = RequestFraming::Length(length as u64);
                    (framing, RequestBody::Stream { chunked: false })
                }
                None => (RequestFraming::Chunked, RequestBody::Stream { chunked: true }),
            }
        }
        (_, Some(bytes)) => {
            (RequestFraming::Length(bytes.len() as u64), RequestBody::Whole(bytes.into()))
        }
        _ => (RequestFraming::Without, RequestBody::Without),
    };
    let all: Vec<(&str, &[u8])> = fields.iter().map(|(name, value)| (&**name, &**value)).collect();
    let mut head = Vec::with_capacity(256);
    encode_request_head((&method, &target), &all, framing, &mut head)
        .map_err(|error| node_error("ERR_INVALID_CHAR", error.to_string(), context))?;
    let is_stream = matches!(body, RequestBody::Stream { .. });
    let is_idempotent = matches!(&*method, "GET" | "HEAD" | "OPTIONS" | "TRACE" | "PUT" | "DELETE");
    Ok(HttpRequest {
        route: found.route,
        head,
        method: match &*method {
            "HEAD" => RequestMethod::Head,
            "CONNECT" => RequestMethod::Connect,
            _ => RequestMethod::Other,
        },
        body,
        repeatable: is_idempotent && !is_stream,
        is_last: spec.get(js_string!("isLast"), context)?.to_boolean(),
        tells_interim: true,
        upgrades: spec.get(js_string!("upgrades"), context)?.to_boolean(),
        timeouts: options.timeouts,
    })
}

fn fields(spec: &JsObject, context: &mut Context) -> JsResult<Vec<(String, Vec<u8>)>> {
    let Some(list) = spec.get(js_string!("headers"), context)?.as_object() else {
        return Ok(Vec::new());
    };
    let list = JsArray::from_object(list)?;
    let mut fields = Vec::new();
    for index in (0..list.length(context)?).step_by(2) {
        let name = list.get(index, context)?.to_string(context)?;
        let value = list.get(index + 1, context)?.to_string(context)?;
        let bytes: Result<Vec<u8>, _> = value.iter().map(u8::try_from).collect();
        let name = to_utf8(&name);
        let Ok(bytes) = bytes else {
            let message = format!("the value of header {name} has characters that are no bytes");
            return Err(node_error("ERR_INVALID_CHAR", message, context));
        };
        fields.push((name, bytes));
    }
    Ok(fields)
}

fn thrown(error: &ConnError, context: &mut Context) -> JsError {
    node_error(&error.code, error.message.clone(), context)
}

fn exchange_of(value: &JsValue) -> Option<ExchangeId> {
    let object = value.as_object()?;
    let handle = object.downcast_ref::<Handle>()?;
    handle.0.get()
}

/// `write(handle, bytes)`: whether more is wanted at once.
fn write(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let Some(id) = exchange_of(arguments.get_or_undefined(0)) else { return Ok(false.into()) };
    let bytes = with_bytes(arguments.get_or_undefined(1), context, <[u8]>::to_vec)?;
    let bytes = bytes.unwrap_or_default();
    Ok(with_host(context, |host| host.write_upload(id, &bytes)).into())
}

fn finish(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    if let Some(id) = exchange_of(arguments.get_or_undefined(0)) {
        with_host(context, |host| host.end_upload(id));
    }
    Ok(JsValue::undefined())
}

fn pause(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let paused = arguments.get_or_undefined(1).to_boolean();
    if let Some(id) = exchange_of(arguments.get_or_undefined(0)) {
        with_host(context, |host| host.pause_response(id, paused));
    }
    Ok(JsValue::undefined())
}

fn abort(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    if let Some(id) = exchange_of(arguments.get_or_undefined(0)) {
        Exchanges::of(context).give_up(id);
    }
    Ok(JsValue::undefined())
}

impl Listener {
    fn tell(&self, arguments: Vec<JsValue>, context: &mut Context) {
        if let Err(error) = frame::call(&self.tell, JsValue::undefined(), arguments, context) {
            report_uncaught(error, context);
        }
    }

    fn tell_head(&self, kind: &str, head: &ResponseHead, context: &mut Context) {
        let latin1 = |bytes: &[u8]| JsString::from(boa_engine::string::JsStr::latin1(bytes));
        let mut raw: Vec<JsValue> = Vec::with_capacity(head.headers.len() * 2);
        for (name, value) in head.headers.iter() {
            raw.push(latin1(name.as_bytes()).into());
            raw.push(latin1(value).into());
        }
        let raw = JsArray::from_iter(raw, context);
        let version = if head.version == Version::Http10 { "1.0" } else { "1.1" };
        let arguments = vec![
            js_string!(kind).into(),
            head.status.into(),
            latin1(head.reason.as_bytes()).into(),
            raw.into(),
            js_string!(version).into(),
        ];
        self.tell(arguments, context);
    }
}

impl Told for Listener {
    fn told(self: Rc<Self>, news: News, input: &Input, context: &mut Context) {
        if news.is_last() {
            self.exchange.set(None);
        }
        match news {
            News::Received(received) => {
                if let Some(head) = &received.head {
                    self.tell_head("response", head, context);
                }
                if !received.body.is_empty() {
                    match new_uint8_array(&input.bytes()[received.body], context) {
                        Ok(chunk) => {
                            self.tell(vec![js_string!("data").into(), chunk.into()], context);
                        }
                        Err(error) => report_uncaught(error, context),
                    }
                }
                if received.ended {
                    self.tell(vec![js_string!("end").into()], context);
                }
            }
            News::Interim(head) => self.tell_head("information", &head, context),
            News::Upgraded { head, conn } => {
                let handle = net::adopt(conn, context);
                self.tell(vec![js_string!("socket").into(), handle.into()], context);
                self.tell_head("upgrade", &head, context);
            }
            News::Wanted => self.tell(vec![js_string!("drain").into()], context),
            News::Failed { error, .. } => {
                let error = thrown(&error, context).into_opaque(context).unwrap_or_default();
                self.tell(vec![js_string!("error").into(), error], context);
            }
        }
    }
}
