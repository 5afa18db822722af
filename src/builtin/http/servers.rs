//! The servers of a script: what it gave for each, and the table that finds it again.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use boa_engine::object::builtins::JsFunction;
use boa_engine::{Context, Finalize, JsData, JsObject, JsResult, JsValue, Trace};

use super::compression::Compression;
use super::message::{Handler, text_of};
use super::pattern::Pattern;
use super::routes::SharedRoutes;
use super::settings::Hooks;
use crate::builtin::context_data::installed;
use crate::builtin::id_map::IdMap;
use crate::builtin::websocket::Sockets;
use crate::id::ServerId;
use crate::js::argument::illegal_invocation;
use crate::js::place;
use crate::js::stack::Place;

/// What a script gave for a server.
pub(super) struct ServerEntry {
    /// The `Server` object, for its events.
    pub(super) object: JsObject,
    /// Where the objects of its WebSockets are.
    pub(super) sockets: Rc<Sockets>,
    /// The plain handler.
    pub(super) handler: Option<Handler>,
    /// `options.websocket`'s hooks.
    pub(super) hooks: Hooks,
    /// Messages of one WebSocket of which the promises of the handler may be pending.
    pub(super) max_pending: usize,
    /// Whether handlers are called before the body has come, unless a route says otherwise.
    pub(super) streams: bool,
    /// What is compressed of its replies.
    pub(super) compression: Option<Rc<Compression>>,
    /// Called once the last connection is gone.
    pub(super) closed: JsFunction,
    /// Where in the script it was made.
    pub(super) made_at: Option<Place>,
    /// Whether it was said that returned values go nowhere.
    pub(super) warned: Cell<bool>,
    /// Whether somebody listens for each of its WebSockets.
    pub(super) tells_open: Cell<bool>,
    /// Of a route: the paths that are its.
    pub(super) pattern: Option<Pattern>,
    /// Its routes, once it has any.
    pub(super) routes: OnceCell<SharedRoutes>,
    /// What those of them that are for WebSockets are in the host, in order.
    pub(super) opened: RefCell<Vec<ServerId>>,
}

impl ServerEntry {
    /// Whether a message of a WebSocket has somebody to go to.
    pub(super) fn takes_messages(&self) -> bool {
        self.hooks.message.is_some() || self.handler.is_some()
    }

    /// Whether a WebSocket that no route wants has somebody to go to.
    pub(super) fn takes_sockets(&self) -> bool {
        let Hooks { upgrade, open, .. } = &self.hooks;
        self.takes_messages() || upgrade.is_some() || open.is_some()
    }

    /// A message handler returned a value, which goes nowhere. It is said once.
    pub(super) fn warn_of_returned_value(&self, context: &mut Context) {
        if !self.warned.replace(true) {
            let message = self.hooks.message.as_ref();
            let handler =
                message.or_else(|| self.handler.as_ref().map(|handler| &handler.function));
            let place = handler.map(|function| self.place_of(function, context));
            log::warn!(
                "a handler returned a value for a WebSocket message, and it was ignored: answer \
                 with req.ws.send(...) and return nothing{}",
                place.unwrap_or_default()
            );
        }
    }

    /// ` (path:line:column)` of one of its functions, or of where it was made; empty if neither is
    /// known.
    pub(super) fn place_of(&self, function: &JsFunction, context: &mut Context) -> String {
        let what = if self.pattern.is_some() { "route added" } else { "server made" };
        place_of(function, self.made_at.as_ref(), what, context)
    }
}

/// ` (path:line:column)` of a function that stands in the same file as where `what` was done; empty
/// if that is not known.
pub(super) fn place_of(
    function: &JsFunction,
    made_at: Option<&Place>,
    what: &str,
    context: &mut Context,
) -> String {
    let Some(made_at) = made_at else { return String::new() };
    let text = text_of(function, context).unwrap_or_default();
    match place::of_function(&text, made_at, context) {
        Some(place) => format!(" ({place})"),
        None => format!(" (of the {what} at {made_at})"),
    }
}

/// What the `Server` class holds of a server that listens. It is opaque: as a number, the identifier
/// of a server would lose its low bits beyond 2^53.
#[derive(Trace, Finalize, JsData)]
struct Handle(#[unsafe_ignore_trace] ServerId);

/// A server for a script to hand back.
pub(super) fn handle_of(id: ServerId) -> JsObject {
    JsObject::from_proto_and_data(None, Handle(id))
}

/// The server that a script hands back.
pub(super) fn server_of(handle: &JsValue) -> JsResult<ServerId> {
    let handle = handle.as_object();
    let handle = handle.as_ref().and_then(JsObject::downcast_ref::<Handle>);
    handle.map(|handle| handle.0).ok_or_else(|| illegal_invocation("Server"))
}

/// The servers that listen or still have connections. They are roots: a server lives on without
/// a variable that holds it.
type Servers = IdMap<ServerId, Rc<ServerEntry>>;

pub(super) fn install(context: &mut Context) {
    context.insert_data(Servers::default());
}

/// Finds a server.
pub(super) fn find(id: ServerId, context: &Context) -> Option<Rc<ServerEntry>> {
    installed::<Servers>(context).find(id)
}

/// The server that stands for this object, while it listens.
pub(super) fn id_of(object: &JsObject, context: &Context) -> Option<ServerId> {
    let all = installed::<Servers>(context);
    let is_it = |id: &ServerId| {
        // Routes have the object of the server too.
        let entry = all.find(*id).filter(|entry| entry.pattern.is_none());
        entry.is_some_and(|entry| JsObject::equals(&entry.object, object))
    };
    // One that closes may still have connections.
    all.keys().into_iter().filter(is_it).max_by_key(|id| id.generation())
}

/// Keeps a server that has begun to listen.
pub(super) fn keep(id: ServerId, entry: ServerEntry, context: &Context) -> Rc<ServerEntry> {
    let entry = Rc::new(entry);
    installed::<Servers>(context).insert(id, entry.clone());
    entry
}

/// Lets go of a server that is over, and of its routes.
pub(super) fn release(id: ServerId, context: &Context) -> Option<Rc<ServerEntry>> {
    let servers = installed::<Servers>(context);
    let entry = servers.remove(id)?;
    for route in entry.opened.take() {
        servers.remove(route);
    }
    Some(entry)
}
