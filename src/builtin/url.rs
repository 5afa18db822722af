//! `URL`, over `crate::url`, and the functions of `node:url` but for the legacy ones, which are in
//! `runtime/url_legacy.js`.
//!
//! Spec: <https://url.spec.whatwg.org/#url-class>

use std::path::PathBuf;

use boa_engine::{
    Context, Finalize, JsArgs, JsData, JsError, JsObject, JsResult, JsValue, Trace, js_string,
};

use super::object_urls;
use super::url_search_params as search_params;
use crate::js::argument::{
    illegal_invocation, prototype_for, require_arguments, wrong_type, wrong_value,
};
use crate::js::convert::{js_string_from_utf8, to_utf8};
use crate::js::error::{node_error, uri_error};
use crate::js::interface::{Interface, Op, namespace, set_field};
use crate::url::{Host, Url, domain_to_unicode, percent_decode};

pub(super) const OPS: &[Op] = &[
    ("classes", 1, classes),
    ("fileURLToPath", 1, file_url_to_path),
    ("pathToFileURL", 1, path_to_file_url),
    super::late_import::LOAD,
    ("remaining", 1, search_params::remaining),
    ("domainToASCII", 1, |_, arguments, context| {
        domain(arguments, context, |host| host.to_string())
    }),
    ("domainToUnicode", 1, |_, arguments, context| domain(arguments, context, to_unicode)),
];

/// The native data of a `URL`.
#[derive(Trace, Finalize, JsData)]
struct UrlObject {
    #[unsafe_ignore_trace]
    url: Url,
    /// Its `searchParams`, once asked for. They know this object in turn.
    params: Option<JsObject>,
}

/// The prototype, once the class has been made.
struct Prototype(JsObject);

const URL: Interface = Interface {
    name: "URL",
    length: 1,
    constructor: construct,
    methods: &[("toString", 0, |this, _, _| href(this)), ("toJSON", 0, |this, _, _| href(this))],
    statics: &[
        ("canParse", 1, can_parse),
        ("parse", 1, static_parse),
        object_urls::STATICS[0],
        object_urls::STATICS[1],
    ],
    accessors: &[
        ("href", |this, _, _| href(this), Some(set_href)),
        ("origin", |this, _, _| text(this, Url::origin), None),
        (
            "protocol",
            |this, _, _| text(this, Url::protocol),
            Some(|this, arguments, context| set(this, arguments, context, Url::set_protocol)),
        ),
        (
            "username",
            |this, _, _| text(this, |url| url.username().to_owned()),
            Some(|this, arguments, context| set(this, arguments, context, Url::set_username)),
        ),
        (
            "password",
            |this, _, _| text(this, |url| url.password().to_owned()),
            Some(|this, arguments, context| set(this, arguments, context, Url::set_password)),
        ),
        (
            "host",
            |this, _, _| text(this, Url::host),
            Some(|this, arguments, context| set(this, arguments, context, Url::set_host)),
        ),
        (
            "hostname",
            |this, _, _| text(this, |url| url.hostname().unwrap_or_default()),
            Some(|this, arguments, context| set(this, arguments, context, Url::set_hostname)),
        ),
        (
            "port",
            |this, _, _| text(this, port),
            Some(|this, arguments, context| set(this, arguments, context, Url::set_port)),
        ),
        (
            "pathname",
            |this, _, _| text(this, Url::path),
            Some(|this, arguments, context| set(this, arguments, context, Url::set_pathname)),
        ),
        (
            "search",
            |this, _, _| text(this, |url| after('?', url.query())),
            Some(|this, arguments, context| {
                set(this, arguments, context, Url::set_search)?;
                refresh_params(this)
            }),
        ),
        ("searchParams", get_search_params, None),
        (
            "hash",
            |this, _, _| text(this, |url| after('#', url.fragment())),
            Some(|this, arguments, context| set(this, arguments, context, Url::set_hash)),
        ),
    ],
    constants: &[],
    shown: &[
        "href",
        "origin",
        "protocol",
        "username",
        "password",
        "host",
        "hostname",
        "port",
        "pathname",
        "search",
        "searchParams",
        "hash",
    ],
};

/// `classes(iteratorPrototype)`: makes `URL` and `URLSearchParams`.
fn classes(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let url = URL.build(None, context);
    context.insert_data(Prototype(url.prototype()));
    let params = search_params::class(arguments.get_or_undefined(0), context)?;
    namespace(&[("URL", url), ("URLSearchParams", params)], context)
}

fn string(text: &str) -> JsValue {
    js_string_from_utf8(text).into()
}

fn with<R>(this: &JsValue, read: impl FnOnce(&UrlObject) -> R) -> JsResult<R> {
    let object = this.as_object();
    let url = object.as_ref().and_then(JsObject::downcast_ref::<UrlObject>);
    url.map(|url| read(&url)).ok_or_else(|| illegal_invocation("URL"))
}

fn with_mut<R>(this: &JsValue, change: impl FnOnce(&mut UrlObject) -> R) -> JsResult<R> {
    let object = this.as_object();
    let url = object.as_ref().and_then(JsObject::downcast_mut::<UrlObject>);
    url.map(|mut url| change(&mut url)).ok_or_else(|| illegal_invocation("URL"))
}

fn text(this: &JsValue, part: impl FnOnce(&Url) -> String) -> JsResult<JsValue> {
    with(this, |it| string(&part(&it.url)))
}

fn href(this: &JsValue) -> JsResult<JsValue> {
    text(this, Url::href)
}

fn port(url: &Url) -> String {
    url.port().map(|port| port.to_string()).unwrap_or_default()
}

/// A part with the mark before it; an empty one shows no mark.
fn after(mark: char, part: Option<&str>) -> String {
    match part {
        None | Some("") => String::new(),
        Some(part) => format!("{mark}{part}"),
    }
}

/// A setter. URL 5.1: a value that does not fit is ignored.
fn set<R>(
    this: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
    change: impl FnOnce(&mut Url, &str) -> R,
) -> JsResult<JsValue> {
    with(this, |_| ())?;
    let text = to_utf8(&arguments.get_or_undefined(0).to_string(context)?);
    with_mut(this, |it| change(&mut it.url, &text))?;
    Ok(JsValue::undefined())
}

fn set_href(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    with(this, |_| ())?;
    let text = to_utf8(&arguments.get_or_undefined(0).to_string(context)?);
    let url = Url::parse(&text, None);
    let url = url.ok_or_else(|| invalid((&text, None), context))?;
    with_mut(this, |it| it.url = url)?;
    refresh_params(this)
}

/// Has `searchParams` follow a new query.
fn refresh_params(this: &JsValue) -> JsResult<JsValue> {
    let (params, query) =
        with(this, |it| (it.params.clone(), it.url.query().unwrap_or_default().to_owned()))?;
    if let Some(params) = params {
        search_params::replace(&params, &query);
    }
    Ok(JsValue::undefined())
}

/// Has a URL follow its `searchParams`. URL 5.2, "update".
fn update_query(url: &JsObject, query: &str) {
    if let Some(mut it) = url.downcast_mut::<UrlObject>() {
        it.url.set_query((!query.is_empty()).then(|| query.to_owned()));
    }
}

fn get_search_params(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (known, query) =
        with(this, |it| (it.params.clone(), it.url.query().unwrap_or_default().to_owned()))?;
    if let Some(known) = known {
        return Ok(known.into());
    }
    let url = this.to_object(context)?;
    let params = search_params::linked(&query, url, update_query, context);
    with_mut(this, |it| it.params = Some(params.clone()))?;
    Ok(params.into())
}

fn construct(
    new_target: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let default = |context: &mut Context| prototype(context);
    let prototype = prototype_for(new_target, "URL", default, context)?;
    require_arguments(arguments, &["url"], context)?;
    let url = parse(arguments, context)?;
    let url = url.map_err(|(input, base)| invalid((&input, base.as_deref()), context))?;
    let url = UrlObject { url, params: None };
    Ok(JsObject::new(context.root_shape(), prototype, url).upcast().into())
}

fn prototype(context: &Context) -> JsObject {
    let known = context.get_data::<Prototype>().map(|known| known.0.clone());
    known.unwrap_or_else(|| JsObject::with_object_proto(context.intrinsics()))
}

/// Parses `(url, base)`; the inner error has both of them.
fn parse(
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<Result<Url, (String, Option<String>)>> {
    let input = to_utf8(&arguments.get_or_undefined(0).to_string(context)?);
    let base = match arguments.get_or_undefined(1) {
        base if base.is_undefined() => None,
        base => Some(to_utf8(&base.to_string(context)?)),
    };
    let url = match &base {
        None => Url::parse(&input, None),
        Some(base) => Url::parse(base, None).and_then(|base| Url::parse(&input, Some(&base))),
    };
    Ok(url.ok_or((input, base)))
}

fn invalid((input, base): (&str, Option<&str>), context: &mut Context) -> JsError {
    let error = node_error("ERR_INVALID_URL", "Invalid URL", context);
    if let Ok(object) = error.clone().into_opaque(context)
        && let Some(object) = object.as_object()
    {
        set_field(&object, js_string!("input"), js_string_from_utf8(input));
        if let Some(base) = base {
            set_field(&object, js_string!("base"), js_string_from_utf8(base));
        }
    }
    error
}

fn can_parse(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    require_arguments(arguments, &["url"], context)?;
    parse(arguments, context).map(|url| url.is_ok().into())
}

fn static_parse(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    require_arguments(arguments, &["url"], context)?;
    let url = parse(arguments, context)?;
    Ok(url.map_or_else(|_| JsValue::null(), |url| object(url, context).into()))
}

fn object(url: Url, context: &Context) -> JsObject {
    let url = UrlObject { url, params: None };
    JsObject::new(context.root_shape(), prototype(context), url).upcast()
}

fn file_url_to_path(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let given = arguments.get_or_undefined(0);
    let url = match with(given, |it| it.url.clone()) {
        Ok(url) => url,
        Err(_) if given.is_string() => {
            let text = to_utf8(&given.to_string(context)?);
            Url::parse(&text, None).ok_or_else(|| invalid((&text, None), context))?
        }
        Err(_) => {
            let wanted = "of type string or an instance of URL";
            return Err(wrong_type("path", wanted, given, context));
        }
    };
    if url.scheme() != "file" {
        let message = "The URL must be of scheme file";
        return Err(node_error("ERR_INVALID_URL_SCHEME", message, context));
    }
    if url.hostname().is_some_and(|host| !host.is_empty()) {
        let system = std::env::consts::OS;
        let message = format!("File URL host must be \"localhost\" or empty on {system}");
        return Err(node_error("ERR_INVALID_FILE_URL_HOST", message, context));
    }
    let path = url.path();
    if path.to_ascii_lowercase().contains("%2f") {
        let message = "File URL path must not include encoded / characters";
        return Err(node_error("ERR_INVALID_FILE_URL_PATH", message, context));
    }
    let Ok(path) = String::from_utf8(percent_decode(&path)) else {
        return Err(uri_error("URI malformed"));
    };
    Ok(string(&path))
}

fn path_to_file_url(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let given = arguments.get_or_undefined(0);
    if !given.is_string() {
        return Err(wrong_type("path", "of type string", given, context));
    }
    let text = to_utf8(&given.to_string(context)?);
    // A URL resolves the components that lead up.
    let absolute = match text.trim_start_matches('/') {
        "" if text.is_empty() => std::env::current_dir().unwrap_or_default(),
        rest if rest.len() < text.len() => PathBuf::from(format!("/{rest}")),
        relative => std::env::current_dir().unwrap_or_default().join(relative),
    };
    let url = Url::from_path(&absolute);
    let url = url.ok_or_else(|| wrong_value("path", given, "is not a usable path", context))?;
    Ok(object(url, context).into())
}

/// `domainToASCII(domain)`, or to Unicode: the empty string for what is no domain.
fn domain(
    arguments: &[JsValue],
    context: &mut Context,
    convert: fn(Host) -> String,
) -> JsResult<JsValue> {
    require_arguments(arguments, &["domain"], context)?;
    let name = to_utf8(&arguments.get_or_undefined(0).to_string(context)?);
    let host = Host::parse(&name, false);
    Ok(string(&host.map(convert).unwrap_or_default()))
}

fn to_unicode(host: Host) -> String {
    match host {
        Host::Domain(name) => domain_to_unicode(&name),
        host => host.to_string(),
    }
}
