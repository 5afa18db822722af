//! `server.get(pattern, handler)` and its like: how a script adds routes.
//!
//! All is native but for what few routes need, so a server with routes begins as fast as others.

use boa_engine::object::FunctionObjectBuilder;
use boa_engine::object::builtins::{JsArray, JsFunction};
use boa_engine::{
    Context, Finalize, JsArgs, JsError, JsObject, JsResult, JsValue, NativeFunction, Trace,
    js_string,
};

use super::pattern::{CompiledPattern, Pattern, PlainPattern};
use super::routes::{PatternText, Routes, Serves, SharedRoutes, Step};
use super::servers::{self, server_of};
use super::settings::{Settings, read_route, route_settings, settings_of};
use super::socket_routes;
use crate::builtin::context_data::with_host;
use crate::builtin::options::shown;
use crate::js::argument::illegal_invocation;
use crate::js::async_context::bound;
use crate::js::convert::to_utf8;
use crate::js::error::node_error;
use crate::js::interface::define_hidden;
use crate::js::loader::call_builtin;
use crate::js::place;
use crate::limits::ROUTES_MAX;

/// The methods of a server that add a route, and what they add; none is a route for WebSockets.
const METHODS: [(&str, Option<Serves>); 10] = [
    ("ws", None),
    ("use", Some(Serves::Around)),
    ("all", Some(Serves::All)),
    ("get", Some(Serves::Method("GET"))),
    ("head", Some(Serves::Method("HEAD"))),
    ("post", Some(Serves::Method("POST"))),
    ("put", Some(Serves::Method("PUT"))),
    ("patch", Some(Serves::Method("PATCH"))),
    ("delete", Some(Serves::Method("DELETE"))),
    ("options", Some(Serves::Method("OPTIONS"))),
];

/// One of these methods.
#[derive(Clone, Trace, Finalize)]
struct Adder {
    #[unsafe_ignore_trace]
    name: &'static str,
    #[unsafe_ignore_trace]
    serves: Option<Serves>,
    /// Makes `[settings, handle]` of a `Server`.
    look_into: JsFunction,
}

/// `defineRoutes(prototype, lookInto)`: gives the class of servers these methods.
pub(super) fn define_routes(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let prototype = arguments.get_or_undefined(0).as_object();
    let look_into = arguments.get_or_undefined(1).as_function();
    let (Some(prototype), Some(look_into)) = (prototype, look_into) else {
        return Err(illegal_invocation("Server"));
    };
    for (name, serves) in METHODS {
        let adder = Adder { name, serves, look_into: look_into.clone() };
        let add = NativeFunction::from_copy_closure_with_captures(add, adder);
        let name = js_string!(name);
        let add = FunctionObjectBuilder::new(context.realm(), add).name(name.clone()).length(2);
        define_hidden(&prototype, name, add.build(), context)?;
    }
    Ok(JsValue::undefined())
}

fn add(
    this: &JsValue,
    arguments: &[JsValue],
    adder: &Adder,
    context: &mut Context,
) -> JsResult<JsValue> {
    let inside = adder.look_into.call(&JsValue::undefined(), std::slice::from_ref(this), context);
    let inside = inside.ok().and_then(|inside| inside.as_object());
    let inside = inside.ok_or_else(|| illegal_invocation("Server"))?;
    let (settings, handle) = (inside.get(0, context)?, inside.get(1, context)?);
    let routes = routes_of(&settings)?;
    if routes.len() >= ROUTES_MAX {
        let message = format!(
            "a server has at most {ROUTES_MAX} routes: let one with a group such as '/users/:id' \
             serve many paths"
        );
        return Err(node_error("ERR_OUT_OF_RANGE", message, context));
    }
    match adder.serves {
        Some(serves) => adder.add_step(serves, arguments, &routes, context)?,
        None => adder.add_socket(arguments, &settings_of(&settings)?, &routes, context)?,
    }
    if !handle.is_undefined()
        && let Some(entry) = servers::find(server_of(&handle)?, context)
    {
        socket_routes::open(server_of(&handle)?, &entry, &routes, context)?;
        if routes.any_streams() {
            let server = server_of(&handle)?;
            with_host(context, |host| host.ask_at_head(server));
        }
    }
    Ok(this.clone())
}

/// The routes among the settings of a server, which has some from now on.
fn routes_of(settings: &JsValue) -> JsResult<SharedRoutes> {
    let object = settings.as_object();
    let settings = object.as_ref().and_then(JsObject::downcast_mut::<Settings>);
    let mut settings = settings.ok_or_else(|| illegal_invocation("Server"))?;
    Ok(settings.routes.get_or_insert_with(|| SharedRoutes::new(Routes::default())).clone())
}

/// Whether a function was written for Express: `(req, res, next)`.
fn takes_res(function: &JsFunction, context: &mut Context) -> JsResult<bool> {
    let length = function.get(js_string!("length"), context)?;
    Ok(length.as_number().is_some_and(|length| length > 2.0))
}

impl Adder {
    fn add_step(
        &self,
        serves: Serves,
        arguments: &[JsValue],
        routes: &SharedRoutes,
        context: &mut Context,
    ) -> JsResult<()> {
        let name = self.name;
        let (pattern, options, function, more) = match arguments {
            [function] if serves == Serves::Around => (None, None, function, 0),
            [pattern, options, function]
                if serves != Serves::Around && options.is_object() && !options.is_callable() =>
            {
                (Some(pattern), Some(options), function, 0)
            }
            [pattern, function, more @ ..] => (Some(pattern), None, function, more.len()),
            _ => return Err(self.wrong_arguments(context)),
        };
        if more > 0 || pattern.is_some_and(JsValue::is_callable) {
            return Err(self.wrong_arguments(context));
        }
        let Some(function) = function.as_function() else {
            let message =
                format!("server.{name}: the handler must be a function, not {}", shown(function));
            return Err(node_error("ERR_INVALID_ARG_TYPE", message, context));
        };
        if serves == Serves::Around && takes_res(&function, context)? {
            let message = "server.use: the function gets (req, next), and returns a reply or next(): \
                           there is no res";
            return Err(node_error("ERR_INVALID_ARG_VALUE", message, context));
        }
        let streams = match options {
            Some(options) => read_route(options, &format!("server.{name}"), context)?,
            None => None,
        };
        let pattern = pattern.map(|pattern| self.pattern(pattern, context)).transpose()?;
        let (pattern, text) = match pattern {
            Some((pattern, text)) => (Some(pattern), text),
            None => (None, PatternText { given: String::new(), shape: String::new() }),
        };
        self.check_reached(Some(serves), &text, routes, context)?;
        let made_at = place::caller(context);
        let function = bound(function, context)?;
        routes.push(Step { serves, pattern, text, function, streams, made_at });
        Ok(())
    }

    fn add_socket(
        &self,
        arguments: &[JsValue],
        server: &Settings,
        routes: &SharedRoutes,
        context: &mut Context,
    ) -> JsResult<()> {
        let [pattern, hooks] = arguments else { return Err(self.wrong_arguments(context)) };
        if !hooks.is_object() {
            return Err(self.wrong_arguments(context));
        }
        let (pattern, text) = self.pattern(pattern, context)?;
        self.check_reached(None, &text, routes, context)?;
        let settings = route_settings(server, hooks, context)?;
        routes.push_socket(pattern, text, JsObject::from_proto_and_data(None, settings));
        Ok(())
    }

    /// A route that would never be reached is a mistake.
    fn check_reached(
        &self,
        serves: Option<Serves>,
        text: &PatternText,
        routes: &SharedRoutes,
        context: &mut Context,
    ) -> JsResult<()> {
        let Some(before) = routes.hides(serves, &text.shape) else { return Ok(()) };
        let message = format!(
            "server.{}: nothing ever reaches '{}', since a route for '{before}' was added before it",
            self.name, text.given
        );
        Err(node_error("ERR_INVALID_ARG_VALUE", message, context))
    }

    fn pattern(&self, given: &JsValue, context: &mut Context) -> JsResult<(Pattern, PatternText)> {
        if let Some(text) = given.as_string() {
            let given = to_utf8(&text);
            if !given.starts_with(['/', '*', '{', '(']) {
                let meant = if given.contains("://") {
                    format!("for whole URLs pass new URLPattern('{given}')")
                } else {
                    format!("did you mean '/{given}'?")
                };
                let message = format!(
                    "server.{}: the pattern '{given}' must begin with a slash: {meant}",
                    self.name
                );
                return Err(node_error("ERR_INVALID_ARG_VALUE", message, context));
            }
            if let Some(plain) = PlainPattern::parse(&given) {
                let shape = plain.shape();
                return Ok((Pattern::Plain(plain.into()), PatternText { given, shape }));
            }
        } else if !given.is_object() || given.is_callable() {
            let message = format!(
                "server.{}: the pattern must be a path such as '/chat/:room' or a URLPattern, not {}",
                self.name,
                shown(given)
            );
            return Err(node_error("ERR_INVALID_ARG_TYPE", message, context));
        }
        self.compile(given, context)
    }

    /// A pattern that only the JavaScript half understands.
    fn compile(&self, given: &JsValue, context: &mut Context) -> JsResult<(Pattern, PatternText)> {
        let arguments = [given.clone(), js_string!(self.name).into()];
        let compiled =
            call_builtin("internal:http_patterns", "compilePattern", &arguments, context)?;
        let compiled = JsArray::from_object(
            compiled.as_object().ok_or_else(|| illegal_invocation("URLPattern"))?,
        )?;
        let function = compiled.get(0, context)?.as_function();
        let function = function.ok_or_else(|| illegal_invocation("URLPattern"))?;
        let text = to_utf8(&compiled.get(1, context)?.to_string(context)?);
        let takes_url = !given.is_string();
        let text = PatternText { given: text.clone(), shape: text };
        Ok((Pattern::Compiled(CompiledPattern { function, takes_url }), text))
    }

    fn wrong_arguments(&self, context: &mut Context) -> JsError {
        let name = self.name;
        let message = match self.serves {
            None => "server.ws takes a pattern and hooks: server.ws('/chat/:room', { message(ws, \
                     data) {} }), or a function that is called with each WebSocket"
                .to_owned(),
            Some(Serves::Around) => {
                "server.use takes one function, and a pattern before it: server.use('/admin/*', \
                 (req, next) => next())"
                    .to_owned()
            }
            Some(_) => format!(
                "server.{name} takes a pattern and one handler: server.{name}('/path', (req) => \
                 'hello'); what is to run before it goes into server.use('/path', (req, next) => \
                 next())"
            ),
        };
        node_error("ERR_INVALID_ARG_TYPE", message, context)
    }
}
