//! Routes for WebSockets of a server that listens: each is a server of its own to the host, and has
//! hooks of its own in the table of servers.

use std::cell::{Cell, OnceCell, RefCell};
use std::mem::take;
use std::rc::Rc;

use boa_engine::{Context, JsResult, JsValue};

use super::message::Handler;
use super::routes::SharedRoutes;
use super::servers::{self, ServerEntry};
use super::settings::settings_of;
use crate::builtin::context_data::with_host;
use crate::id::ServerId;

/// Gives a server that listens the routes that have been added, as far as it has not got them.
pub(super) fn open(
    id: ServerId,
    entry: &ServerEntry,
    routes: &SharedRoutes,
    context: &mut Context,
) -> JsResult<()> {
    let routes = entry.routes.get_or_init(|| routes.clone());
    if routes.concerns_sockets() {
        with_host(context, |host| host.ask_route(id));
    }
    loop {
        let opened = entry.opened.borrow().len();
        let Some((pattern, settings)) = routes.socket(opened) else { return Ok(()) };
        let mut settings = settings_of(&JsValue::from(settings))?;
        let hooks = take(&mut settings.hooks);
        let mut options = take(&mut settings.options);
        options.tells_open = entry.tells_open.get() || hooks.need_objects();
        let handler =
            settings.handler.take().map(|handler| Handler::new(handler, context)).transpose()?;
        let added = with_host(context, |host| host.add_route(id, options));
        let Some(added) = added else { return Ok(()) };
        entry.opened.borrow_mut().push(added);
        let entry = ServerEntry {
            object: entry.object.clone(),
            sockets: entry.sockets.clone(),
            handler,
            hooks,
            max_pending: settings.max_pending.0,
            streams: false,
            compression: None,
            closed: entry.closed.clone(),
            made_at: settings.made_at.take(),
            warned: Cell::new(false),
            tells_open: Cell::new(false),
            pattern: Some(pattern),
            routes: OnceCell::new(),
            opened: RefCell::default(),
        };
        servers::keep(added, entry, context);
    }
}

/// The entry of a route.
pub(super) fn find(
    entry: &ServerEntry,
    at: usize,
    context: &Context,
) -> Option<(ServerId, Rc<ServerEntry>)> {
    let id = entry.opened.borrow().get(at).copied()?;
    Some((id, servers::find(id, context)?))
}
