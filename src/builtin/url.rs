//! `URL`, over the `url` crate, and the functions of `node:url`.
//!
//! The legacy parser of `node:url` (`parse`, `resolve`, `format`) is left out.
//! Spec: <https://url.spec.whatwg.org/#url-class>

use std::path::Path;

use boa_engine::{Context, Finalize, JsArgs, JsData, JsError, JsObject, JsResult, JsValue, Trace};
use url::{Url, quirks};

use super::url_search_params as search_params;
use crate::js::argument::{illegal_invocation, prototype_for, require_arguments};
use crate::js::convert::{js_string_from_utf8, to_utf8};
use crate::js::error::{node_error, type_error};
use crate::js::interface::{Interface, Op, namespace};

pub(super) const OPS: &[Op] = &[
    ("classes", 1, classes),
    ("fileURLToPath", 1, file_url_to_path),
    ("pathToFileURL", 1, path_to_file_url),
    ("remaining", 1, search_params::remaining),
    ("domainToASCII", 1, |_, arguments, context| {
        domain(arguments, context, quirks::domain_to_ascii)
    }),
    ("domainToUnicode", 1, |_, arguments, context| {
        domain(arguments, context, quirks::domain_to_unicode)
    }),
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
    statics: &[("canParse", 1, can_parse), ("parse", 1, static_parse)],
    accessors: &[
        ("href", |this, _, _| href(this), Some(set_href)),
        ("origin", |this, _, _| with(this, |it| string(&quirks::origin(&it.url))), None),
        (
            "protocol",
            |this, _, _| with(this, |it| string(quirks::protocol(&it.url))),
            Some(|this, arguments, context| set(this, arguments, context, quirks::set_protocol)),
        ),
        (
            "username",
            |this, _, _| with(this, |it| string(quirks::username(&it.url))),
            Some(|this, arguments, context| set(this, arguments, context, quirks::set_username)),
        ),
        (
            "password",
            |this, _, _| with(this, |it| string(quirks::password(&it.url))),
            Some(|this, arguments, context| set(this, arguments, context, quirks::set_password)),
        ),
        (
            "host",
            |this, _, _| with(this, |it| string(quirks::host(&it.url))),
            Some(|this, arguments, context| set(this, arguments, context, quirks::set_host)),
        ),
        (
            "hostname",
            |this, _, _| with(this, |it| string(quirks::hostname(&it.url))),
            Some(|this, arguments, context| set(this, arguments, context, quirks::set_hostname)),
        ),
        (
            "port",
            |this, _, _| with(this, |it| string(quirks::port(&it.url))),
            Some(|this, arguments, context| set(this, arguments, context, quirks::set_port)),
        ),
        (
            "pathname",
            |this, _, _| with(this, |it| string(quirks::pathname(&it.url))),
            Some(|this, arguments, context| set(this, arguments, context, quirks::set_pathname)),
        ),
        (
            "search",
            |this, _, _| with(this, |it| string(quirks::search(&it.url))),
            Some(|this, arguments, context| {
                set(this, arguments, context, quirks::set_search)?;
                refresh_params(this)
            }),
        ),
        ("searchParams", get_search_params, None),
        (
            "hash",
            |this, _, _| with(this, |it| string(quirks::hash(&it.url))),
            Some(|this, arguments, context| set(this, arguments, context, quirks::set_hash)),
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

fn href(this: &JsValue) -> JsResult<JsValue> {
    with(this, |it| string(it.url.as_str()))
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
    let url = Url::parse(&text).map_err(|_| invalid(&text, context))?;
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
        it.url.set_query((!query.is_empty()).then_some(query));
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
    let url = parse(arguments, context)?.map_err(|input| invalid(&input, context))?;
    let url = UrlObject { url, params: None };
    Ok(JsObject::new(context.root_shape(), prototype, url).upcast().into())
}

fn prototype(context: &Context) -> JsObject {
    let known = context.get_data::<Prototype>().map(|known| known.0.clone());
    known.unwrap_or_else(|| JsObject::with_object_proto(context.intrinsics()))
}

/// Parses `(url, base)`; the inner error is the input that is none.
fn parse(arguments: &[JsValue], context: &mut Context) -> JsResult<Result<Url, String>> {
    let input = to_utf8(&arguments.get_or_undefined(0).to_string(context)?);
    let base = match arguments.get_or_undefined(1) {
        base if base.is_undefined() => None,
        base => {
            let base = to_utf8(&base.to_string(context)?);
            match Url::parse(&base) {
                Ok(base) => Some(base),
                Err(_) => return Ok(Err(base)),
            }
        }
    };
    Ok(Url::options().base_url(base.as_ref()).parse(&input).map_err(|_| input))
}

fn invalid(input: &str, context: &mut Context) -> JsError {
    node_error("ERR_INVALID_URL", format!("Invalid URL: '{input}'"), context)
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
            Url::parse(&text).map_err(|_| invalid(&text, context))?
        }
        Err(_) => {
            let message = "The \"path\" argument must be of type string or an instance of URL";
            return Err(node_error("ERR_INVALID_ARG_TYPE", message, context));
        }
    };
    if url.scheme() != "file" {
        let message = "The URL must be of scheme file";
        return Err(node_error("ERR_INVALID_URL_SCHEME", message, context));
    }
    if url.path().to_ascii_lowercase().contains("%2f") {
        let message = "File URL path must not include encoded / characters";
        return Err(node_error("ERR_INVALID_FILE_URL_PATH", message, context));
    }
    let Ok(path) = url.to_file_path() else {
        let message = "File URL host must be \"localhost\" or empty on linux";
        return Err(node_error("ERR_INVALID_FILE_URL_HOST", message, context));
    };
    Ok(string(&path.to_string_lossy()))
}

fn path_to_file_url(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let given = arguments.get_or_undefined(0);
    if !given.is_string() {
        let message = "The \"path\" argument must be of type string";
        return Err(node_error("ERR_INVALID_ARG_TYPE", message, context));
    }
    let text = to_utf8(&given.to_string(context)?);
    // Absolute, and without the components that a URL would resolve.
    let absolute = std::path::absolute(Path::new(&text)).unwrap_or_default();
    let url = if text.ends_with('/') {
        Url::from_directory_path(absolute)
    } else {
        Url::from_file_path(absolute)
    };
    let mut url = url.map_err(|()| type_error(format!("'{text}' is not a usable path")))?;
    // Dot segments are resolved when parsed, not when made from a path.
    if let Ok(parsed) = Url::parse(url.as_str()) {
        url = parsed;
    }
    Ok(object(url, context).into())
}

fn domain(
    arguments: &[JsValue],
    context: &mut Context,
    convert: fn(&str) -> String,
) -> JsResult<JsValue> {
    let name = to_utf8(&arguments.get_or_undefined(0).to_string(context)?);
    Ok(string(&convert(&name)))
}
