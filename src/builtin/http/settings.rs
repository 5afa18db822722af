//! `createServer(options, handler)`: what a server is set up with, checked.

use std::rc::Rc;

use boa_engine::object::builtins::JsFunction;
use boa_engine::{Context, Finalize, JsArgs, JsData, JsObject, JsResult, JsValue, Trace};

use super::auto_reply::read_auto_replies;
use super::closing::{read_shutdown, shutdown_names};
use super::compression::{self, Compression};
use super::proxies::{read_header, read_trust};
use super::rates::{connect_rate_names, rate_limit_names, read_connect_rate, read_rate_limit};
use super::routes::SharedRoutes;
use crate::builtin::context_data::with_host;
use crate::builtin::hub::{
    BusWish, bus_of_servers, bus_wish, check_relay, give_bus, handle_of, new_hub,
};
use crate::builtin::options::{
    Given, Opt, duration, flag, function, group, millis, nested, options_of, other, read, shown,
    unless_zero, whole,
};
use crate::builtin::tls::{acceptor, server_tls, server_tls_names};
use crate::builtin::websocket::{HasWebSocketOptions, websocket_options};
use crate::host::{
    ForwardedBy, GateOptions, HubOptions, OriginPattern, OriginPolicy, Proxies, ServerOptions,
    Trust, WebSocketOptions,
};
use crate::js::argument::illegal_invocation;
use crate::js::async_context::bound;
use crate::js::error::node_error;
use crate::js::loader::call_builtin;
use crate::js::place;
use crate::js::stack::Place;
use crate::limits::{MAX_PENDING, OPTION_BODY_BYTES_MAX};
use crate::net::tls::ServerTls;
use crate::url::Url;

/// What a script gave. The `Server` object holds it, and listens with it.
#[derive(Clone, Default, Trace, Finalize, JsData)]
pub(super) struct Settings {
    #[unsafe_ignore_trace]
    pub(super) options: ServerOptions,
    /// What the script asks of TLS, for `setSecureContext` to change.
    #[unsafe_ignore_trace]
    pub(super) tls: Option<ServerTls>,
    pub(super) handler: Option<JsFunction>,
    pub(super) hooks: Hooks,
    /// Messages of one WebSocket of which the promises of the handler may be pending.
    #[unsafe_ignore_trace]
    pub(super) max_pending: MaxPending,
    /// The proxies that are believed, and where they say what they know.
    #[unsafe_ignore_trace]
    trust: Option<Trust>,
    #[unsafe_ignore_trace]
    forwarded_by: ForwardedBy,
    /// What its own hub hears others over.
    #[unsafe_ignore_trace]
    bus: Option<BusWish>,
    /// Where in the script the server was made.
    #[unsafe_ignore_trace]
    pub(super) made_at: Option<Place>,
    /// Its routes, once it has any.
    pub(super) routes: Option<SharedRoutes>,
    /// Handlers are called before the body has come.
    #[unsafe_ignore_trace]
    pub(super) streams: bool,
    /// What is compressed of its replies.
    #[unsafe_ignore_trace]
    pub(super) compression: Option<Rc<Compression>>,
}

/// Callbacks of `options.websocket`.
#[derive(Clone, Default, Trace, Finalize)]
pub(super) struct Hooks {
    /// `upgrade(req, protocols)` as the script gave it.
    pub(super) own_upgrade: Option<JsFunction>,
    /// `protocols(offered, req)`, where a function chooses.
    choose_protocol: Option<JsFunction>,
    /// `allowedOrigins(origin, req)`, where a function decides.
    allow_origin: Option<JsFunction>,
    /// All of these as one: decides on an opening handshake.
    pub(super) upgrade: Option<JsFunction>,
    /// The room that messages go to without the script, or what says which.
    pub(super) relay: Option<JsValue>,
    /// `open(ws)`.
    pub(super) open: Option<JsFunction>,
    /// `message(ws, data)`, in place of the plain handler.
    pub(super) message: Option<JsFunction>,
    /// `close(ws, code, reason)`.
    pub(super) close: Option<JsFunction>,
    /// `error(ws, error)`.
    pub(super) error: Option<JsFunction>,
    /// `ping(ws, data)`.
    pub(super) ping: Option<JsFunction>,
    /// `pong(ws, data)`.
    pub(super) pong: Option<JsFunction>,
    /// `drain(ws)`.
    pub(super) drain: Option<JsFunction>,
    /// `dropped(ws)`.
    pub(super) dropped: Option<JsFunction>,
}

/// Messages of one WebSocket of which the promises of the handler may be pending.
#[derive(Clone, Copy, Debug)]
pub(super) struct MaxPending(pub(super) usize);

impl Default for MaxPending {
    fn default() -> Self {
        Self(MAX_PENDING)
    }
}

impl Hooks {
    /// Makes one of all functions that decide on an opening handshake.
    pub(super) fn compose(&mut self, context: &mut Context) -> JsResult<()> {
        let own = [&self.own_upgrade, &self.choose_protocol, &self.allow_origin];
        self.upgrade = if own[1].is_none() && own[2].is_none() {
            self.own_upgrade.clone()
        } else {
            let given = own.map(|hook| hook.clone().map_or(JsValue::undefined(), JsValue::from));
            call_builtin("internal:http_upgrade", "compose", &given, context)?.as_function()
        };
        Ok(())
    }

    /// Whether a WebSocket needs an object although it may never say anything: hooks are handed it
    /// as it opens, or at its end.
    pub(super) fn need_objects(&self) -> bool {
        self.relay.is_some() || self.open.is_some() || self.close.is_some() || self.error.is_some()
    }
}

impl HasWebSocketOptions for Settings {
    fn websocket(&mut self) -> &mut WebSocketOptions {
        &mut self.options.websocket
    }
}

const SERVER: [Opt<Settings>; 13] = [
    nested("compress", compression::names, |to, given, context| {
        to.compression = compression::read(given, context)?.map(Rc::new);
        Ok(())
    }),
    other("body", |to, given, context| {
        to.streams = streams(given, context)?;
        Ok(())
    }),
    nested("tls", server_tls_names, |to, given, context| {
        let tls = server_tls(given, context)?;
        to.options.tls = Some(acceptor(&tls, context)?);
        to.tls = Some(tls);
        Ok(())
    }),
    group("websocket", &[&WEBSOCKET, &SHARED, &LIMITS]),
    whole("maxBody", (0, OPTION_BODY_BYTES_MAX), |to, bytes| {
        to.options.http.body_bytes_max = bytes as u64;
    }),
    millis("keepAliveTimeout", 1, |to, time| {
        to.options.http.keep_alive_timeout = duration(time);
    }),
    millis("requestTimeout", 1, |to, time| to.options.http.request_timeout = duration(time)),
    nested("shutdown", shutdown_names, |to, given, context| {
        to.options.shutdown = Some(read_shutdown(given, context)?);
        Ok(())
    }),
    other("trustProxy", |to, given, context| {
        to.trust = read_trust(given, context)?;
        Ok(())
    }),
    flag("proxyProtocol", |to, wanted| to.options.proxy_protocol = wanted),
    other("trustProxyHeader", |to, given, context| {
        to.forwarded_by = read_header(given, context)?;
        Ok(())
    }),
    other("hub", |to, given, context| {
        let hub = handle_of(&given.value);
        to.options.hub = Some(hub.ok_or_else(|| given.wrong_type("a Hub", context))?);
        Ok(())
    }),
    other("bus", |to, given, context| {
        to.bus = Some(bus_wish(given, context)?);
        Ok(())
    }),
];

/// These concern every connection, so they may stand beside `websocket` as well as in it.
const SHARED: [Opt<Settings>; 4] = [
    whole("maxConnections", (1, OPTION_BODY_BYTES_MAX), |to, count| {
        to.options.max_connections = Some(count);
    }),
    whole("maxConnectionsPerAddress", (1, OPTION_BODY_BYTES_MAX), |to, count| {
        to.options.gate.max_connections = Some(count);
    }),
    nested("connectRate", connect_rate_names, |to, given, context| {
        to.options.gate.connect_rate = read_connect_rate(given, context)?;
        Ok(())
    }),
    millis("handshakeTimeout", 1, |to, time| to.options.http.head_timeout = duration(time)),
];

const WEBSOCKET: [Opt<Settings>; 15] = [
    function("upgrade", |to, hook| to.hooks.own_upgrade = Some(hook)),
    function("open", |to, hook| to.hooks.open = Some(hook)),
    function("message", |to, hook| to.hooks.message = Some(hook)),
    function("close", |to, hook| to.hooks.close = Some(hook)),
    function("error", |to, hook| to.hooks.error = Some(hook)),
    function("ping", |to, hook| to.hooks.ping = Some(hook)),
    function("pong", |to, hook| to.hooks.pong = Some(hook)),
    function("drain", |to, hook| to.hooks.drain = Some(hook)),
    function("dropped", |to, hook| to.hooks.dropped = Some(hook)),
    whole("maxPending", (1, OPTION_BODY_BYTES_MAX), |to, count| to.max_pending.0 = count),
    other("allowedOrigins", |to, given, context| {
        to.hooks.allow_origin = given.value.as_function();
        to.options.origins = read_origins(given, context)?;
        Ok(())
    }),
    nested("rateLimit", rate_limit_names, |to, given, context| {
        to.options.websocket.rate_limit = read_rate_limit(given, context)?;
        Ok(())
    }),
    millis("maxLifetime", 0, |to, time| to.options.websocket.max_lifetime = unless_zero(time)),
    other("autoReply", |to, given, context| {
        to.options.auto_replies = read_auto_replies(given, context)?.into();
        Ok(())
    }),
    other("protocols", |to, given, context| {
        to.hooks.choose_protocol = given.value.as_function();
        to.options.subprotocols = read_protocols(given, context)?;
        Ok(())
    }),
];

const LIMITS: [Opt<Settings>; 9] = websocket_options();

/// `'stream'` or `'whole'`.
fn streams(given: &Given<'_>, context: &mut Context) -> JsResult<bool> {
    let word = given.value.as_string().map(|word| word.to_std_string_lossy());
    match word.as_deref() {
        Some("stream") => Ok(true),
        Some("whole") => Ok(false),
        _ => Err(given.wrong_type("'stream' or 'whole'", context)),
    }
}

const REQUESTS: [Opt<Option<bool>>; 1] = [other("body", |to, given, context| {
    *to = Some(streams(given, context)?);
    Ok(())
})];

/// What a route for requests may say before its handler: whether that is called before the body has
/// come.
pub(super) fn read_route(
    given: &JsValue,
    callee: &str,
    context: &mut Context,
) -> JsResult<Option<bool>> {
    let mut streams = None;
    if let Some(options) = options_of(given, callee, context)? {
        read(&options, "", &[&REQUESTS], &mut streams, context)?;
    }
    Ok(streams)
}

/// What a route may have besides.
const ROUTE: [Opt<Settings>; 2] = [
    whole("maxConnections", (1, OPTION_BODY_BYTES_MAX), |to, count| {
        to.options.max_connections = Some(count);
    }),
    other("relay", |to, given, context| {
        if !given.value.is_string() && !given.value.is_object() {
            let must = "the name of a room, { room } with options of relay, or a function of these";
            return Err(given.wrong_type(must, context));
        }
        if !given.value.is_callable() {
            check_relay(&given.value, context)?;
        }
        to.hooks.relay = Some(given.value.clone());
        Ok(())
    }),
];

/// The settings of a route of the server that has these: what `given` leaves out is the server's. A
/// function is called with each WebSocket, which is then its own.
pub(super) fn route_settings(
    server: &Settings,
    given: &JsValue,
    context: &mut Context,
) -> JsResult<Settings> {
    let mut settings = server.clone();
    (settings.routes, settings.tls) = (None, None);
    // These are for all of them together.
    let ServerOptions { tls, max_connections, gate, shutdown, .. } = &mut settings.options;
    (*tls, *max_connections, *shutdown) = (None, None, None);
    *gate = GateOptions::default();
    settings.made_at = place::caller(context);
    if let Some(function) = given.as_function() {
        settings.hooks.open = Some(bound(function, context)?);
        (settings.hooks.message, settings.handler) = (None, None);
    } else if let Some(options) = options_of(given, "server.ws", context)? {
        read(&options, "", &[&WEBSOCKET, &ROUTE, &LIMITS], &mut settings, context)?;
    }
    settings.hooks.compose(context)?;
    Ok(settings)
}

/// `readSettings(options, handler)`: the settings, for `listen`.
pub(super) fn read_settings(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let mut settings = Settings::default();
    settings.made_at = place::caller(context);
    let handler = arguments.get_or_undefined(1);
    if !handler.is_undefined() {
        let Some(handler) = handler.as_function() else {
            let message = format!("the handler must be a function, not {}", shown(handler));
            return Err(node_error("ERR_INVALID_ARG_TYPE", message, context));
        };
        settings.handler = Some(bound(handler, context)?);
    }
    let options = arguments.get_or_undefined(0);
    if let Some(options) = options_of(options, "createServer", context)? {
        read(&options, "", &[&SERVER, &SHARED], &mut settings, context)?;
    }
    let Settings { trust, forwarded_by: header, .. } = &mut settings;
    let proxies = trust.take().map(|trust| Rc::new(Proxies { trust, header: *header }));
    settings.options.proxies = proxies;
    set_hub(&mut settings, context)?;
    Ok(JsObject::from_proto_and_data(None, settings).into())
}

/// Gives a server a hub of its own, if it has none, and that a bus, if there is one for it.
fn set_hub(settings: &mut Settings, context: &mut Context) -> JsResult<()> {
    let bus = settings.bus.take();
    if settings.options.hub.is_some() {
        if bus.is_some() {
            let message =
                "a server with the option hub has none for bus: give it to new Hub({ bus })";
            return Err(node_error("ERR_INVALID_ARG_VALUE", message, context));
        }
        return Ok(());
    }
    let hub = with_host(context, |host| host.add_hub(HubOptions::default()));
    let bus = if bus.is_some() { bus } else { bus_of_servers(context)? };
    if let Some(bus) = bus {
        give_bus(&hub, bus, context);
    }
    settings.options.hub = Some(hub);
    Ok(())
}

/// `hubOf(settings, prototype)`: an object for the hub of a server.
pub(super) fn hub_of(_: &JsValue, arguments: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    let settings = settings_of(arguments.get_or_undefined(0))?;
    let hub = settings.options.hub.clone();
    let made = hub.zip(arguments.get_or_undefined(1).as_object());
    Ok(made.map_or(JsValue::undefined(), |(hub, prototype)| new_hub(hub, prototype).into()))
}

/// The settings that `readSettings` made.
pub(super) fn settings_of(value: &JsValue) -> JsResult<Settings> {
    let object = value.as_object();
    let settings = object.as_ref().and_then(JsObject::downcast_ref::<Settings>);
    settings.map(|settings| settings.clone()).ok_or_else(|| illegal_invocation("Server"))
}

/// A function decides in the `upgrade` hook, see [`Hooks::compose`].
fn read_origins(given: &Given<'_>, context: &mut Context) -> JsResult<OriginPolicy> {
    if given.value.is_callable() {
        return Ok(OriginPolicy::Any);
    }
    let word = given.value.as_string().map(|word| word.to_std_string_lossy());
    match word.as_deref() {
        Some("*") => return Ok(OriginPolicy::Any),
        Some("same-origin") => return Ok(OriginPolicy::SameOrigin),
        _ => {}
    }
    let must = "'same-origin', '*', a list of origins such as ['https://example.com'] or a \
                function";
    let Some(origins) = given.strings(context)? else {
        return Err(given.wrong_type(must, context));
    };
    match origins.iter().find_map(|origin| Some((origin, misspelt_origin(origin)?))) {
        Some((origin, meant)) => {
            let message =
                format!("{} has '{origin}', which no browser sends: {meant}", given.path());
            Err(node_error("ERR_INVALID_ARG_VALUE", message, context))
        }
        None => Ok(OriginPolicy::List(origins.iter().map(|it| OriginPattern::new(it)).collect())),
    }
}

/// What to write instead of a text that is no origin as browsers send it (RFC 6454 6.1): scheme and
/// host, and the port unless it is the scheme's own; or `null`. A star may stand for the names below
/// a host, and for the port.
fn misspelt_origin(origin: &str) -> Option<String> {
    if origin == "null" {
        return None;
    }
    if origin == "*" {
        return Some("did you mean allowedOrigins: '*'?".to_owned());
    }
    let Some((scheme, host)) = origin.split_once("://") else {
        return Some(format!("did you mean 'https://{origin}'?"));
    };
    let bare = host.strip_suffix(":*").unwrap_or(host);
    let bare = bare.strip_prefix("*.").unwrap_or(bare);
    if scheme.contains('*') || bare.contains('*') {
        let stars = "a star stands for names below a host, as in 'https://*.example.com', or for \
                     the port, as in 'http://localhost:*'; for anything else pass a function \
                     (origin) => boolean";
        return Some(stars.to_owned());
    }
    // Browser extensions have schemes of their own.
    if !["http", "https"].contains(&scheme.to_ascii_lowercase().as_str()) {
        return None;
    }
    let without_stars = format!("{scheme}://{bare}");
    let Some(url) = Url::parse(&without_stars, None) else {
        return Some("an origin looks like 'https://example.com'".to_owned());
    };
    let exact = url.origin();
    (!exact.eq_ignore_ascii_case(&without_stars)).then(|| {
        let stars = if origin.contains("://*.") { "://*." } else { "://" };
        let port = if origin.ends_with(":*") { ":*" } else { "" };
        format!("did you mean '{}{port}'?", exact.replacen("://", stars, 1))
    })
}

/// A function chooses in the `upgrade` hook, see [`Hooks::compose`].
fn read_protocols(given: &Given<'_>, context: &mut Context) -> JsResult<Vec<String>> {
    if given.value.is_callable() {
        return Ok(Vec::new());
    }
    let must = "a list of names or a function";
    given.strings(context)?.ok_or_else(|| given.wrong_type(must, context))
}
