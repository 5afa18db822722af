//! What serves a request or decides on an opening handshake, of a server with routes.

use std::rc::Rc;

use boa_engine::object::builtins::{JsArray, JsFunction};
use boa_engine::{Context, JsArgs, JsError, JsObject, JsResult, JsValue, js_string};

use super::flow;
use super::pattern::Groups;
use super::request::{self, peer_of};
use super::routes::{Around, Plan, SharedRoutes, Sought};
use super::servers::{ServerEntry, place_of};
use super::socket_routes;
use crate::builtin::context_data::with_host;
use crate::builtin::outcome::Asked;
use crate::host::Reply;
use crate::id::{ConnId, ServerId};
use crate::js::activation;
use crate::js::error::type_error;
use crate::js::interface::{Op, set_field};
use crate::js::loader::call_builtin;
use crate::js::report::report_handler_error;
use crate::proto::http1::Request;

pub(in crate::builtin) const OPS: &[Op] = &[("begin", 3, begin), ("report", 2, report)];

/// Calls what serves a request, and returns what it returns.
pub(super) fn serve(
    (conn, server, streams): (ConnId, ServerId, bool),
    request: Box<Request>,
    (entry, routes): (&ServerEntry, &SharedRoutes),
    context: &mut Context,
) -> (Asked, JsResult<JsValue>) {
    let peer = peer_of(&entry.sockets.host().borrow(), conn, &request);
    let plan = routes.plan(&Sought::new(&request, &peer.client, false), context);
    let request = request::http_request(conn, request, (peer, entry.compression.clone()), context);
    let asked = Asked { conn, server, request };
    if streams && let Err(error) = flow::expect_body(&asked.request, context) {
        return (asked, Err(error));
    }
    let called = plan.and_then(|plan| call(&asked, plan, (entry, routes), context));
    (asked, called)
}

/// Whether what serves a request is to be called before its body has come.
pub(super) fn streams(
    (conn, request): (ConnId, &Request),
    (entry, routes): (&ServerEntry, &SharedRoutes),
    context: &mut Context,
) -> JsResult<bool> {
    let client = entry.sockets.host().borrow().client(conn, &request.headers);
    let plan = routes.plan(&Sought::new(request, &client, false), context)?;
    let step = plan.route.and_then(|(at, _)| routes.step(at));
    Ok(step.and_then(|step| step.streams).unwrap_or(entry.streams))
}

fn call(
    asked: &Asked,
    Plan { around, route }: Plan,
    (entry, routes): (&ServerEntry, &SharedRoutes),
    context: &mut Context,
) -> JsResult<JsValue> {
    let request = &asked.request;
    let (function, groups) = if let Some((at, groups)) = route {
        request::set_route(request, Some(at));
        (routes.function(at), groups)
    } else {
        let handler = entry.handler.as_ref().map(|handler| handler.function.clone());
        (handler, Groups::Nothing)
    };
    if around.is_empty() {
        request::set_groups(request, groups);
        return match function {
            Some(function) => {
                let argument = [request.clone().into()];
                activation::call(&function, &JsValue::undefined(), &argument, context)
            }
            None => Ok(JsValue::undefined()),
        };
    }
    let missing = match request::route_of(request) {
        Some(_) => None,
        None => missing(asked, (entry, routes), context)?,
    };
    let otherwise = missing.map(|missing| missing.object(context)).unwrap_or_default();
    let last = (function.as_ref(), groups);
    run(request, (routes, around), last, [JsValue::undefined(), otherwise], context)
}

/// Runs the functions around what is last. `more` are the subprotocols that the client offers, of an
/// opening handshake, and the reply if what is last has none.
fn run(
    request: &JsObject,
    (routes, around): (&SharedRoutes, Around),
    last: (Option<&JsFunction>, Groups),
    more: [JsValue; 2],
    context: &mut Context,
) -> JsResult<JsValue> {
    let path = request::path_of(request);
    let around = around.into_iter().map(|(at, groups)| (routes.function(at), groups, Some(at)));
    let last = (last.0.cloned(), last.1, request::route_of(request));
    let mut steps = Vec::new();
    for (function, groups, at) in around.chain([last]) {
        steps.push(function.map_or(JsValue::undefined(), JsValue::from));
        steps.push(match groups {
            Groups::Nothing => JsValue::undefined(),
            groups => groups.object(&path, context)?.into(),
        });
        steps.push(at.map_or(JsValue::undefined(), JsValue::from));
    }
    let steps = JsArray::from_iter(steps, context);
    let [offers, otherwise] = more;
    let given = [request.clone().into(), steps.into(), offers, otherwise];
    call_builtin("internal:http_routes", "run", &given, context)
}

/// What nothing has served.
pub(super) struct Missing {
    status: u16,
    field: (&'static str, String),
    text: &'static str,
}

/// What a request is answered that nothing has served, where the routes know more than that there
/// is nothing.
pub(super) fn missing(
    asked: &Asked,
    (entry, routes): (&ServerEntry, &SharedRoutes),
    context: &mut Context,
) -> JsResult<Option<Missing>> {
    let Some(request) = request::head_of(&asked.request) else { return Ok(None) };
    let client = entry.sockets.host().borrow().client(asked.conn, &request.headers);
    let sought = Sought::new(&request, &client, false);
    let allowed = routes.allowed(&sought, context)?;
    if !allowed.is_empty() {
        let field = ("Allow", allowed);
        return Ok(Some(match sought.method {
            // RFC 9110 9.3.7.
            "OPTIONS" => Missing { status: 204, field, text: "" },
            // RFC 9110 15.5.6.
            _ => Missing { status: 405, field, text: "method not allowed\n" },
        }));
    }
    let is_read = ["GET", "HEAD"].contains(&sought.method);
    if is_read && routes.find_socket(&Sought::new(&request, &client, true), context)?.is_some() {
        // RFC 9110 15.5.22.
        let field = ("Upgrade", "websocket".to_owned());
        let text = "a WebSocket is expected here\n";
        return Ok(Some(Missing { status: 426, field, text }));
    }
    Ok(None)
}

impl Missing {
    pub(super) fn send(&self, conn: ConnId, context: &Context) {
        let (name, value) = &self.field;
        let headers =
            [(*name, value.as_bytes()), ("Content-Type", b"text/plain; charset=utf-8".as_slice())];
        let headers = if self.text.is_empty() { &headers[..1] } else { &headers };
        let reply = Reply { status: self.status, headers, body: self.text.as_bytes() };
        if let Err(error) = with_host(context, |host| host.respond(conn, &reply)) {
            log::warn!("cannot say that nothing serves a request: {error}");
        }
    }

    /// The same as a reply for a script to see.
    fn object(&self, context: &Context) -> JsValue {
        let (name, value) = &self.field;
        let headers = JsObject::with_object_proto(context.intrinsics());
        set_field(&headers, js_string!(name.to_ascii_lowercase()), js_string!(&**value));
        let reply = JsObject::with_object_proto(context.intrinsics());
        set_field(&reply, js_string!("status"), self.status);
        set_field(&reply, js_string!("headers"), headers);
        if !self.text.is_empty() {
            set_field(&reply, js_string!("body"), js_string!(self.text));
        }
        reply.into()
    }
}

/// Where the function stands that was to serve a request, as for an error.
pub(super) fn place_of_handler(
    asked: &Asked,
    entry: &ServerEntry,
    context: &mut Context,
) -> String {
    let step = request::route_of(&asked.request).zip(entry.routes.get());
    if let Some(step) = step.and_then(|(at, routes)| routes.step(at)) {
        return place_of(&step.function, step.made_at.as_ref(), "route added", context);
    }
    let handler = entry.handler.as_ref();
    handler.map(|handler| entry.place_of(&handler.function, context)).unwrap_or_default()
}

/// Whose an opening handshake is.
pub(super) struct Place {
    pub(super) server: ServerId,
    pub(super) entry: Rc<ServerEntry>,
    /// Those of the server, if it has any.
    routes: Option<SharedRoutes>,
    around: Around,
    groups: Groups,
}

impl Place {
    /// Of a server without routes.
    pub(super) fn only(server: ServerId, entry: Rc<ServerEntry>) -> Self {
        Self { server, entry, routes: None, around: Vec::new(), groups: Groups::Nothing }
    }

    /// Finds the route of an opening handshake. `None` if there is none, and nobody else who would
    /// want it.
    pub(super) fn find(
        (conn, server): (ConnId, ServerId),
        request: &Request,
        (entry, routes): (Rc<ServerEntry>, &SharedRoutes),
        context: &mut Context,
    ) -> JsResult<Option<Self>> {
        let client = entry.sockets.host().borrow().client(conn, &request.headers);
        let Plan { around, route } =
            routes.plan_socket(&Sought::new(request, &client, true), context)?;
        if let Some((at, groups)) = route
            && let Some((server, entry)) = socket_routes::find(&entry, at, context)
        {
            let routes = Some(routes.clone());
            return Ok(Some(Self { server, entry, routes, around, groups }));
        }
        let is_wanted = !routes.has_sockets() || entry.takes_sockets();
        let routes = Some(routes.clone());
        Ok(is_wanted.then_some(Self { server, entry, routes, around, groups: Groups::Nothing }))
    }

    /// Asks whoever is to decide. `None` if nobody is.
    pub(super) fn ask(
        &self,
        request: &JsObject,
        offers: JsArray,
        context: &mut Context,
    ) -> JsResult<Option<JsValue>> {
        request::set_groups(request, self.groups.clone());
        let hook = self.entry.hooks.upgrade.as_ref();
        if let Some(routes) = self.routes.as_ref().filter(|_| !self.around.is_empty()) {
            let last = (hook, self.groups.clone());
            let more = [offers.into(), JsValue::undefined()];
            let around = (routes, self.around.clone());
            return run(request, around, last, more, context).map(Some);
        }
        let Some(hook) = hook else { return Ok(None) };
        let arguments = [request.clone().into(), offers.into()];
        activation::call(hook, &JsValue::undefined(), &arguments, context).map(Some)
    }
}

/// `begin(req, params, at)`: a step begins, or what is last. From now on this is `req.params`.
fn begin(_: &JsValue, arguments: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    let request = arguments.get_or_undefined(0).as_object();
    let request = request.ok_or_else(|| type_error("not a request"))?;
    let groups = arguments.get_or_undefined(1).as_object().map_or(Groups::Nothing, Groups::Made);
    request::set_groups(&request, groups);
    let at = arguments.get_or_undefined(2).as_number();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is one of the numbers of steps that were passed on"
    )]
    request::set_route(&request, at.map(|at| at as usize));
    Ok(JsValue::undefined())
}

/// `report(error, req)`: something was thrown for which nobody waits any more.
pub(super) fn report(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let error = JsError::from_opaque(arguments.get_or_undefined(0).clone());
    let request = arguments.get_or_undefined(1).as_object();
    let during = request.map_or_else(String::new, |request| request::described(&request));
    report_handler_error(&error, &format!("{during}, which was answered already"), context);
    Ok(JsValue::undefined())
}
