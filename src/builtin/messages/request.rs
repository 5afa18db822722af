//! `Request`.
//!
//! What only a browser does with a request (its mode, credentials, cache, referrer) is checked and
//! kept, and means nothing here. Spec: <https://fetch.spec.whatwg.org/#request-class>

use boa_engine::context::intrinsics::StandardConstructor;
use boa_engine::{
    Context, Finalize, JsArgs, JsData, JsObject, JsResult, JsValue, Trace, js_string,
};

use super::body::{Body, Content, extract};
use super::consume::{self, HasBody};
use super::field_list::FieldList;
use super::headers::fields_from;
use super::lazy_headers::LazyHeaders;
use super::pairs::MODULE;
use super::request_init::{GivenSignal, Init, Settings, read_init};
use crate::builtin::dom::abort;
use crate::js::argument::{prototype_for, require_arguments};
use crate::js::convert::{js_string_from_utf8, to_utf8};
use crate::js::error::type_error;
use crate::js::interface::Interface;
use crate::js::loader::import_builtin;
use crate::url::Url;

/// The native data of a `Request`.
#[derive(Trace, Finalize, JsData)]
struct Request {
    #[unsafe_ignore_trace]
    method: String,
    #[unsafe_ignore_trace]
    url: Url,
    #[unsafe_ignore_trace]
    settings: Settings,
    headers: LazyHeaders,
    body: Body,
    signal: Signal,
}

/// The signal of a request: made when a script asks for it.
#[derive(Clone, Trace, Finalize)]
#[boa_gc(unsafe_no_drop)]
enum Signal {
    /// It follows this one, if any.
    Following(Option<JsObject>),
    /// It was asked for.
    Made(JsObject),
}

/// What a client sends of a request. Its body is taken by [`take_request_body`].
pub struct RequestParts {
    /// The method.
    pub method: String,
    /// The URL.
    pub url: Url,
    /// Its fields.
    pub fields: FieldList,
    /// What to do with a redirect: `follow`, `error` or `manual`.
    pub redirect: &'static str,
    /// The signal that ends it.
    pub signal: Option<JsObject>,
    /// The hashes of which the content must have one.
    pub integrity: String,
}

/// The prototype, once the class has been made.
struct Prototype(JsObject);

impl HasBody for Request {
    const NAME: &'static str = "Request";

    fn parts(&mut self) -> (&mut LazyHeaders, &mut Body) {
        (&mut self.headers, &mut self.body)
    }
}

const REQUEST: Interface = Interface {
    name: "Request",
    length: 1,
    constructor: construct,
    methods: &[
        ("arrayBuffer", 0, consume::array_buffer::<Request>),
        ("blob", 0, consume::blob::<Request>),
        ("bytes", 0, consume::bytes::<Request>),
        ("clone", 0, clone),
        ("formData", 0, consume::form_data::<Request>),
        ("json", 0, consume::json::<Request>),
        ("text", 0, consume::text::<Request>),
    ],
    statics: &[],
    accessors: &[
        ("method", |this, _, _| with(this, |it| text(&it.method)), None),
        ("url", |this, _, _| with(this, |it| text(&it.url.href())), None),
        (
            "headers",
            |this, _, context| consume::headers_object::<Request>(this, false, context),
            None,
        ),
        ("destination", |this, _, _| with(this, |_| js_string!().into()), None),
        ("referrer", |this, _, _| with(this, |it| text(&it.settings.referrer)), None),
        ("referrerPolicy", |this, _, _| with(this, |it| text(it.settings.referrer_policy)), None),
        ("mode", |this, _, _| with(this, |it| text(it.settings.mode)), None),
        ("credentials", |this, _, _| with(this, |it| text(it.settings.credentials)), None),
        ("cache", |this, _, _| with(this, |it| text(it.settings.cache)), None),
        ("redirect", |this, _, _| with(this, |it| text(it.settings.redirect)), None),
        ("integrity", |this, _, _| with(this, |it| it.settings.integrity.clone().into()), None),
        ("keepalive", |this, _, _| with(this, |it| it.settings.keepalive.into()), None),
        ("isReloadNavigation", |this, _, _| with(this, |_| false.into()), None),
        ("isHistoryNavigation", |this, _, _| with(this, |_| false.into()), None),
        ("signal", signal, None),
        ("duplex", |this, _, _| with(this, |_| js_string!("half").into()), None),
        ("body", consume::stream::<Request>, None),
        ("bodyUsed", consume::body_used::<Request>, None),
    ],
    constants: &[],
    shown: &[
        "method",
        "url",
        "headers",
        "bodyUsed",
        "mode",
        "credentials",
        "cache",
        "redirect",
        "referrer",
        "referrerPolicy",
        "integrity",
        "keepalive",
        "signal",
    ],
};

/// Makes the class.
pub(super) fn class(context: &mut Context) -> StandardConstructor {
    let class = REQUEST.build(None, context);
    context.insert_data(Prototype(class.prototype()));
    class
}

/// `new Request(input, init)`, for natives that take what it takes.
pub fn new_request(input: &JsValue, init: &JsValue, context: &mut Context) -> JsResult<JsObject> {
    if !context.has_data::<Prototype>() {
        import_builtin(MODULE, context)?;
    }
    let request = request(input, init, context)?;
    Ok(made(request, context))
}

/// What a client sends of a `Request`. `None` for any other object.
pub fn request_parts(object: &JsObject) -> Option<RequestParts> {
    let request = object.downcast_ref::<Request>()?;
    Some(RequestParts {
        method: request.method.clone(),
        url: request.url.clone(),
        fields: request.headers.with(FieldList::clone),
        redirect: request.settings.redirect,
        signal: request.signal.source(),
        integrity: request.settings.integrity.to_std_string_lossy(),
    })
}

/// Takes the body of a `Request`, which is used from then on.
pub fn take_request_body(object: &JsObject) -> JsResult<Content> {
    let request = object.downcast_mut::<Request>();
    request.map_or(Ok(Content::Nothing), |mut request| request.body.take(Request::NAME))
}

impl Signal {
    /// The signal that aborts it.
    fn source(&self) -> Option<JsObject> {
        match self {
            Self::Following(source) => source.clone(),
            Self::Made(signal) => Some(signal.clone()),
        }
    }
}

fn made(request: Request, context: &Context) -> JsObject {
    let prototype = context.get_data::<Prototype>().map(|known| known.0.clone());
    JsObject::new(context.root_shape(), prototype, request).upcast()
}

fn with<R>(this: &JsValue, read: impl FnOnce(&mut Request) -> R) -> JsResult<R> {
    consume::with(this, read)
}

fn text(text: &str) -> JsValue {
    js_string_from_utf8(text).into()
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
    let prototype = prototype_for(new_target, "Request", default, context)?;
    require_arguments(arguments, &["input"], context)?;
    let request = request(&arguments[0], arguments.get_or_undefined(1), context)?;
    Ok(JsObject::new(context.root_shape(), prototype, request).upcast().into())
}

/// The constructor's steps.
fn request(input: &JsValue, init: &JsValue, context: &mut Context) -> JsResult<Request> {
    let from = input.as_object().filter(JsObject::is::<Request>);
    let mut request = match &from {
        Some(object) => like(object),
        None => None,
    };
    if request.is_none() {
        let url = url_in(input, context)?;
        request = Some(Request {
            method: "GET".to_owned(),
            url,
            settings: Settings::default(),
            headers: LazyHeaders::List(FieldList::default()),
            body: Body::default(),
            signal: Signal::Following(None),
        });
    }
    let Some(mut request) = request else { return Err(type_error("no request")) };
    let Init { body, headers, method, signal, has_duplex, .. } =
        read_init(init, &mut request.settings, context)?;
    match signal {
        GivenSignal::Same => {}
        GivenSignal::Null => request.signal = Signal::Following(None),
        GivenSignal::Signal(signal) => request.signal = Signal::Following(Some(signal)),
    }
    if let Some(method) = method {
        request.method = method;
    }
    if let Some(headers) = headers {
        request.headers = LazyHeaders::List(fields_from(&headers, "init.headers", context)?);
    }
    let has_own_body = !body.is_null_or_undefined();
    let inherited = from.as_ref().is_some_and(|from| {
        from.downcast_ref::<Request>().is_some_and(|from| from.body.is_something())
    });
    if (has_own_body || inherited) && matches!(request.method.as_str(), "GET" | "HEAD") {
        let method = &request.method;
        return Err(type_error(format!(
            "a {method} request has no body: use another method, or leave the body out"
        )));
    }
    if has_own_body {
        let extracted = extract(&body, context)?;
        if let Some(content_type) = extracted.content_type {
            request.headers.add_missing("Content-Type", content_type.as_bytes());
        }
        if matches!(extracted.held, Content::Stream(_)) && !has_duplex {
            let message = "a request whose body is a stream needs the option duplex: 'half'";
            return Err(type_error(message));
        }
        request.body = Body::of(extracted.held);
    } else if let Some(from) = from {
        let body =
            consume::with::<Request, _>(&from.into(), |it| it.body.surrender(Request::NAME))?;
        request.body = body?;
    }
    Ok(request)
}

/// A request like this one, without its body.
fn like(object: &JsObject) -> Option<Request> {
    let request = object.downcast_ref::<Request>()?;
    Some(Request {
        method: request.method.clone(),
        url: request.url.clone(),
        settings: request.settings.clone(),
        headers: LazyHeaders::List(request.headers.with(FieldList::clone)),
        body: Body::default(),
        signal: Signal::Following(request.signal.source()),
    })
}

/// The URL in an argument.
fn url_in(input: &JsValue, context: &mut Context) -> JsResult<Url> {
    let given = to_utf8(&input.to_string(context)?);
    let Some(url) = Url::parse(&given, None) else {
        let remedy = if given.starts_with('/') {
            ": there is no page that it belongs to, so write a whole URL, such as \
             http://localhost:3000/path"
        } else {
            ""
        };
        return Err(type_error(format!("Failed to parse URL from {given}{remedy}")));
    };
    if !url.username().is_empty() || !url.password().is_empty() {
        return Err(type_error(
            "a request's URL cannot have a user name and a password: send them in the header \
             authorization",
        ));
    }
    Ok(url)
}

/// `signal`: a signal of its own, which follows the one that was given.
fn signal(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let source = match with(this, |request| request.signal.clone())? {
        Signal::Made(signal) => return Ok(signal.into()),
        Signal::Following(source) => source,
    };
    import_builtin("internal:abort", context)?;
    let signal = abort::following(source.into_iter().collect(), context);
    with(this, |request| request.signal = Signal::Made(signal.clone()))?;
    Ok(signal.into())
}

fn clone(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let held = consume::cloned::<Request>(this, context)?;
    let copy = this.as_object().and_then(|object| like(&object));
    let Some(mut copy) = copy else { return Ok(JsValue::undefined()) };
    copy.body = Body::of(held);
    Ok(made(copy, context).into())
}
