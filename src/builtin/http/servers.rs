//! The servers of a script: what it gave for each, and the table that finds it again.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use boa_engine::object::builtins::JsFunction;
use boa_engine::{Context, JsObject};

use super::message::Handler;
use crate::id::ServerId;

/// What a script gave for a server.
pub(super) struct ServerEntry {
    id: ServerId,
    /// The `Server` object, for its events.
    pub(super) object: JsObject,
    /// The plain handler.
    pub(super) handler: Option<Handler>,
    /// `options.websocket`'s hooks.
    pub(super) hooks: Hooks,
    warned: Cell<bool>,
}

impl ServerEntry {
    pub(super) fn new(
        id: ServerId,
        object: JsObject,
        handler: Option<Handler>,
        hooks: Hooks,
    ) -> Self {
        Self { id, object, handler, hooks, warned: Cell::new(false) }
    }

    /// A message handler returned a value, which goes nowhere. It is said once.
    pub(super) fn warn_of_returned_value(&self) {
        if !self.warned.replace(true) {
            log::warn!(
                "a handler returned a value for a WebSocket message, and it was ignored: answer \
                 with req.ws.send(...) and return nothing"
            );
        }
    }
}

/// Callbacks of `options.websocket`.
#[derive(Default)]
pub(super) struct Hooks {
    /// `upgrade(req, protocols)`: decides on an opening handshake.
    pub(super) upgrade: Option<JsFunction>,
    /// `open(ws)`.
    pub(super) open: Option<JsFunction>,
    /// `message(ws, data)`, in place of the plain handler.
    pub(super) message: Option<JsFunction>,
    /// `close(ws, code, reason)`.
    pub(super) close: Option<JsFunction>,
    /// `drain(ws)`.
    pub(super) drain: Option<JsFunction>,
}

/// The servers that listen or still have connections. They are roots: a server lives on without
/// a variable that holds it.
#[derive(Default)]
struct Servers {
    entries: RefCell<Vec<Option<Rc<ServerEntry>>>>,
    /// Those whose slot has a new server before the script was told that the old one is closed.
    displaced: RefCell<Vec<Rc<ServerEntry>>>,
}

pub(super) fn install(context: &mut Context) {
    context.insert_data(Servers::default());
}

/// Finds a server.
pub(super) fn find(id: ServerId, context: &Context) -> Option<Rc<ServerEntry>> {
    let servers = context.get_data::<Servers>()?;
    let entries = servers.entries.borrow();
    entries.get(id.index())?.as_ref().filter(|entry| entry.id == id).cloned()
}

/// Keeps a server that has begun to listen.
pub(super) fn keep(entry: ServerEntry, context: &Context) {
    let Some(servers) = context.get_data::<Servers>() else { return };
    let index = entry.id.index();
    let mut entries = servers.entries.borrow_mut();
    if entries.len() <= index {
        entries.resize_with(index + 1, || None);
    }
    let before = entries[index].replace(Rc::new(entry));
    servers.displaced.borrow_mut().extend(before);
}

/// Lets go of a server that is over.
pub(super) fn release(id: ServerId, context: &Context) -> Option<Rc<ServerEntry>> {
    let servers = context.get_data::<Servers>()?;
    let mut entries = servers.entries.borrow_mut();
    entries.get_mut(id.index())?.take_if(|entry| entry.id == id).or_else(|| {
        let mut displaced = servers.displaced.borrow_mut();
        let at = displaced.iter().position(|entry| entry.id == id)?;
        Some(displaced.swap_remove(at))
    })
}
