//! `files(root, options)`: a handler that shows the files of a folder.

use std::borrow::Cow;
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use boa_engine::object::FunctionObjectBuilder;
use boa_engine::object::builtins::{JsFunction, JsPromise};
use boa_engine::property::PropertyKey;
use boa_engine::{
    Context, Finalize, JsArgs, JsData, JsObject, JsResult, JsValue, NativeFunction, Trace,
};

use super::disk::{Asked, Found, Tree};
use super::reply::{Fields, Inner, answer, coding_for};
use super::store::{Entry, Store};
use crate::builtin::http::{Rest, rest_of, with_request};
use crate::builtin::late_import::LOAD;
use crate::builtin::options::{Given, Opt, flag, options_of, other, read, whole};
use crate::js::convert::to_utf8;
use crate::js::error::{Target, node_error, system_error, type_error};
use crate::js::interface::Op;
use crate::js::ops;
use crate::limits::{CACHE_SECONDS_MAX, CACHE_SECONDS_OF_IMMUTABLE};
use crate::net::reactor::{monotonic_clock, wall_clock};
use crate::proto::http1::Request;

pub(in crate::builtin) const OPS: &[Op] = &[LOAD, ("create", 2, create)];

/// A folder that is shown, and how.
struct Site {
    tree: Arc<Tree>,
    store: Store,
    /// Fields of every reply with a file.
    fields: Fields,
    cache: Option<Cow<'static, str>>,
}

/// A site as a script's function holds it.
#[derive(Clone, Trace, Finalize, JsData)]
struct Handle(#[unsafe_ignore_trace] Rc<Site>);

struct Settings {
    tree: Tree,
    max_age: Option<usize>,
    immutable: bool,
    fields: Fields,
}

const SETTINGS: [Opt<Settings>; 8] = [
    other("index", |to, given, context| {
        to.tree.index = name(given, context)?;
        Ok(())
    }),
    other("fallback", |to, given, context| {
        to.tree.fallback = name(given, context)?;
        Ok(())
    }),
    flag("dotfiles", |to, shown| to.tree.dotfiles = shown),
    flag("listing", |to, shown| to.tree.listing = shown),
    flag("precompressed", |to, sent| to.tree.precompressed = sent),
    whole("maxAge", (0, CACHE_SECONDS_MAX), |to, seconds| to.max_age = Some(seconds)),
    flag("immutable", |to, immutable| to.immutable = immutable),
    other("headers", |to, given, context| {
        let object = given.object(context)?;
        for key in object.own_property_keys(context)? {
            let PropertyKey::String(name) = &key else { continue };
            let name = to_utf8(name);
            let value = object.get(key, context)?;
            if !value.is_null_or_undefined() {
                to.fields.push((name.into(), to_utf8(&value.to_string(context)?).into()));
            }
        }
        Ok(())
    }),
];

/// The name of a file inside, or false for none.
fn name(given: &Given<'_>, context: &mut Context) -> JsResult<Option<String>> {
    if given.value.as_boolean() == Some(false) {
        return Ok(None);
    }
    let text = given.value.as_string().map(|text| to_utf8(&text));
    let asked = text.as_ref().and_then(|text| Asked::parse(text, false, true));
    match asked.filter(|asked| !asked.is_folder) {
        Some(asked) => Ok(Some(asked.key())),
        None => Err(given.wrong_type("false or the name of a file in the folder", context)),
    }
}

/// `create(root, options)`: the handler.
fn create(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let mut settings = Settings {
        tree: Tree { index: Some("index.html".to_owned()), precompressed: true, ..Tree::default() },
        max_age: None,
        immutable: false,
        fields: Fields::new(),
    };
    if let Some(options) = options_of(arguments.get_or_undefined(1), "files", context)? {
        read(&options, "", &[&SETTINGS], &mut settings, context)?;
    }
    let Some(root) = arguments.get_or_undefined(0).as_string() else {
        return Err(type_error("files takes the path of a folder: files('./public')"));
    };
    let Settings { mut tree, max_age, immutable, fields } = settings;
    (tree.root, tree.is_file) = open_root(&to_utf8(&root), context)?;
    let has_own = fields.iter().any(|(name, _)| name.eq_ignore_ascii_case("cache-control"));
    let cache = (!has_own).then(|| cache_control(max_age, immutable));
    let site = Site { tree: Arc::new(tree), store: Store::default(), fields, cache };
    let serve = NativeFunction::from_copy_closure_with_captures(serve, Handle(Rc::new(site)));
    let serve = FunctionObjectBuilder::new(context.realm(), serve).name("files").length(2);
    Ok(serve.build().into())
}

fn open_root(given: &str, context: &mut Context) -> JsResult<(PathBuf, bool)> {
    let path = Path::new(given);
    let opened = path.canonicalize().and_then(|path| Ok((path.metadata()?.is_file(), path)));
    opened.map(|(is_file, path)| (path, is_file)).map_err(|error| {
        system_error(&error, "open", Target { path: Some(given), ..Target::default() }, context)
    })
}

/// Unless a script says for how long, a client asks each time whether it still has the latest.
fn cache_control(max_age: Option<usize>, immutable: bool) -> Cow<'static, str> {
    match (max_age, immutable) {
        (None, false) => "no-cache".into(),
        (Some(seconds), false) => format!("public, max-age={seconds}").into(),
        (seconds, true) => {
            let seconds = seconds.unwrap_or(CACHE_SECONDS_OF_IMMUTABLE);
            format!("public, max-age={seconds}, immutable").into()
        }
    }
}

/// What is known of a request while its file is sought.
#[derive(Clone, Trace, Finalize)]
struct Seeking {
    site: Handle,
    request: JsObject,
    #[unsafe_ignore_trace]
    asked: Asked,
    /// What is to be called where there is no file.
    next: Option<JsFunction>,
}

/// `(req)`, `(req, next)` or `(req, path)`: a reply, or a promise of one.
fn serve(
    _: &JsValue,
    arguments: &[JsValue],
    site: &Handle,
    context: &mut Context,
) -> JsResult<JsValue> {
    let request = arguments.get_or_undefined(0).as_object();
    let more = arguments.get_or_undefined(1);
    let Some(request) = request.filter(|request| with_request(request, |_| ()).is_some()) else {
        return Err(type_error(
            "the function that files() makes takes a request: server.get('/*', files('./public')), \
             or return files(..)(req)",
        ));
    };
    let Site { tree, store, .. } = &*site.0;
    let next = more.as_function();
    let is_read = with_request(&request, |http| http.method == "GET" || http.method == "HEAD");
    if is_read != Some(true) {
        if let Some(next) = &next {
            return next.call(&JsValue::undefined(), &[], context);
        }
        let fields = vec![("Allow".into(), "GET, HEAD".into())];
        let text = "files can only be read\n";
        return Ok(Inner::text(405, fields, PLAIN, text).object(context).into());
    }
    let given = more.as_string().map(|path| Rest::Decoded(to_utf8(&path)));
    let rest = match given {
        Some(given) => given,
        None => rest_of(&request, context)?,
    };
    let asked = match &rest {
        Rest::Raw(path) => Asked::parse(path, true, tree.dotfiles),
        Rest::Decoded(path) => Asked::parse(path, false, tree.dotfiles),
    };
    let Some(asked) = asked else { return missing(next.as_ref(), context) };
    let key = asked.key();
    let now = monotonic_clock();
    let known = with_request(&request, |http| {
        let entry = store.find(&key, now, |entry| coding_for(entry, http))?;
        Some(site.0.answer(&entry, http))
    });
    if let Some(reply) = known.flatten() {
        return Ok(reply.object(context).into());
    }
    let seeking = Seeking { site: site.clone(), request, asked, next };
    seek(seeking, context)
}

/// Has a worker thread look for the file.
fn seek(seeking: Seeking, context: &mut Context) -> JsResult<JsValue> {
    let (tree, asked) = (seeking.site.0.tree.clone(), seeking.asked.clone());
    let wants_page = with_request(&seeking.request, |http| {
        http.headers.get_str("accept").is_some_and(|accept| accept.contains("text/html"))
    });
    let work = move || tree.find(&asked, wants_page == Some(true));
    let found: JsPromise = ops::spawn(
        work,
        |found, _| {
            let found = Sought(RefCell::new(Some(found)));
            Ok(JsObject::from_proto_and_data(None, found).into())
        },
        context,
    );
    let reply = NativeFunction::from_copy_closure_with_captures(
        |_, arguments, seeking, context| {
            let sought = arguments.get_or_undefined(0).as_object();
            let sought = sought.as_ref().and_then(JsObject::downcast_ref::<Sought>);
            let found = sought.and_then(|sought| sought.0.borrow_mut().take());
            reply_with(found.unwrap_or(Found::Missing), seeking, context)
        },
        seeking,
    );
    let reply = reply.to_js_function(context.realm());
    Ok(found.then(Some(reply), None, context)?.into())
}

/// What a worker thread found, on its way through a promise.
#[derive(Trace, Finalize, JsData)]
struct Sought(#[unsafe_ignore_trace] RefCell<Option<Found>>);

fn reply_with(found: Found, seeking: &Seeking, context: &mut Context) -> JsResult<JsValue> {
    let Seeking { site: Handle(site), request, asked, next } = seeking;
    let reply = match found {
        Found::File(loaded) => {
            let entry = Rc::new(Entry::new(*loaded, monotonic_clock(), wall_clock()));
            site.store.keep(asked.key(), &entry);
            with_request(request, |http| site.answer(&entry, http))
        }
        Found::Redirect => with_request(request, redirect),
        Found::Listing(page) => {
            let mut fields = site.fields.clone();
            fields.push(("Cache-Control".into(), "no-cache".into()));
            Some(Inner::text(200, fields, "text/html; charset=utf-8", &page))
        }
        Found::Missing => return missing(next.as_ref(), context),
        Found::Failed(error) => {
            let path = asked.key();
            let target = Target { path: Some(&path), ..Target::default() };
            return Err(system_error(&error, "open", target, context));
        }
    };
    match reply {
        Some(reply) => Ok(reply.object(context).into()),
        None => Err(node_error("ERR_INVALID_STATE", "the request is gone", context)),
    }
}

/// To the same path with a slash behind it: by its last segment alone, which leads to no other host.
fn redirect(request: &Request) -> Inner {
    let path = request.pathname();
    let last = path.rsplit('/').next().unwrap_or_default();
    let query = request.query().map(|query| format!("?{query}")).unwrap_or_default();
    let fields = vec![("Location".into(), format!("./{last}/{query}").into())];
    Inner::text(301, fields, PLAIN, "this is a folder: its path ends with a slash\n")
}

const PLAIN: &str = "text/plain; charset=utf-8";

fn missing(next: Option<&JsFunction>, context: &mut Context) -> JsResult<JsValue> {
    match next {
        Some(next) => next.call(&JsValue::undefined(), &[], context),
        None => Ok(JsValue::undefined()),
    }
}

impl Site {
    fn answer(&self, entry: &Entry, request: &Request) -> Inner {
        // What stands for others would be kept in their place.
        let cache = match &self.cache {
            Some(_) if entry.is_fallback => Some(Cow::Borrowed("no-cache")),
            cache => cache.clone(),
        };
        answer(entry, request, &self.fields, cache.as_ref())
    }
}
