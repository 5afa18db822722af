//! Which JavaScript object stands for which connection.
//!
//! The object of an accepted connection is made when a script is first handed it, so one that
//! never says anything costs no object; from then on it is the same one for as long as the
//! connection lives.

use std::cell::RefCell;
use std::rc::Rc;

use boa_engine::{Context, JsObject, JsString, JsValue, js_string};

use super::data::{WebSocketData, prototype, url_for, with_data};
use super::ready_state;
use crate::builtin::context_data::{SharedHost, host_of, installed, on_changes};
use crate::builtin::dom::event_target::EventTarget;
use crate::builtin::id_map::IdMap;
use crate::host::OpeningFacts;
use crate::id::ConnId;
use crate::js::convert::js_string_from_utf8;

/// Objects of connections that are not over. Each is a root: a socket with only an event handler
/// must not be collected.
pub(in crate::builtin) struct Sockets {
    host: SharedHost,
    objects: IdMap<ConnId, JsObject>,
    latest: Latest,
}

/// What the latest accepted socket was opened with. Those of a server have most of it in common,
/// and then share it.
#[derive(Default)]
struct Latest {
    pathname: RefCell<JsString>,
    protocol: RefCell<JsString>,
    extensions: RefCell<JsString>,
}

pub(super) fn install(context: &mut Context) {
    let host = host_of(context);
    let sockets = Sockets { host, objects: IdMap::default(), latest: Latest::default() };
    context.insert_data(Rc::new(sockets));
    on_changes(show_changes, context);
}

/// The table, for whoever looks into it often enough to keep it.
pub(in crate::builtin) fn sockets(context: &Context) -> &Rc<Sockets> {
    installed::<Rc<Sockets>>(context)
}

/// Brings the objects of accepted sockets up to date, if the state of any may have changed. Natives
/// need not call it, since `with_host` does.
#[cold]
pub fn show_changes(context: &Context) {
    sockets(context).show_changes();
}

/// The object of a connection, if there is one.
pub(in crate::builtin) fn find(conn: ConnId, context: &Context) -> Option<JsObject> {
    sockets(context).objects.find(conn)
}

/// The object of an accepted connection, made now if need be.
pub(in crate::builtin) fn accepted(conn: ConnId, context: &Context) -> JsObject {
    sockets(context).accepted(conn, context)
}

impl Sockets {
    /// The host of their connections.
    pub(in crate::builtin) fn host(&self) -> &SharedHost {
        &self.host
    }

    /// The object of an accepted connection, made now if need be.
    pub(in crate::builtin) fn accepted(&self, conn: ConnId, context: &Context) -> JsObject {
        self.objects.find(conn).unwrap_or_else(|| self.accept(conn, context))
    }

    #[cold]
    fn accept(&self, conn: ConnId, context: &Context) -> JsObject {
        let facts = self.host.borrow_mut().take_opening_facts(conn);
        let is_open = facts.is_some();
        let data = EventTarget::with_inner(self.data_of(conn, facts));
        let object = JsObject::new(context.root_shape(), prototype(context), data).upcast();
        if is_open {
            self.objects.insert(conn, object.clone());
        }
        object
    }

    fn show_changes(&self) {
        let changed = self.host.borrow_mut().take_changed();
        for object in changed.into_iter().filter_map(|conn| self.objects.find(conn)) {
            ready_state::show(&object);
        }
    }

    fn data_of(&self, conn: ConnId, facts: Option<OpeningFacts>) -> WebSocketData {
        let host = self.host.clone();
        let Some(facts) = facts else {
            return WebSocketData::new(host, None, false, js_string!());
        };
        let pathname = js_string_from_utf8(facts.request.pathname());
        let mut data = WebSocketData::new(host, Some(conn), true, pathname);
        *data.protocol.get_mut() = js_string_from_utf8(&facts.agreed.subprotocol);
        *data.extensions.get_mut() = js_string_from_utf8(&facts.agreed.extensions);
        share(&self.latest.pathname, &mut data.pathname);
        share(&self.latest.protocol, data.protocol.get_mut());
        share(&self.latest.extensions, data.extensions.get_mut());
        data.over_tls = facts.client.secure;
        data.number = facts.number;
        data.remote = facts.client.address;
        if let Some(host) = &facts.client.host {
            let url = url_for(data.over_tls, host, &facts.request);
            // A new one has none yet.
            drop(data.url.set(url));
        }
        data.request = Some(facts.request);
        data
    }
}

/// Sets `ws.data` of an accepted connection before a script sees it.
pub(in crate::builtin) fn set_data(conn: ConnId, value: JsValue, context: &Context) {
    let socket = accepted(conn, context);
    with_data(&socket, |data| *data.user_data.borrow_mut() = value);
}

/// Puts the latest string in place of an equal one, or the other way round.
fn share(latest: &RefCell<JsString>, text: &mut JsString) {
    let mut latest = latest.borrow_mut();
    if *latest == *text {
        text.clone_from(&latest);
    } else {
        latest.clone_from(text);
    }
}

/// The outgoing sockets that are not over.
pub(super) fn outgoing(context: &Context) -> Vec<JsObject> {
    let mut all = sockets(context).objects.values();
    all.retain(|object| with_data(object, |data| !data.accepted) == Some(true));
    all
}

/// Keeps the object alive until the connection is over.
pub(super) fn keep(conn: ConnId, object: JsObject, context: &Context) {
    sockets(context).objects.insert(conn, object);
}

/// Lets go of the object of a connection that is over.
pub(super) fn release(conn: ConnId, context: &Context) -> Option<JsObject> {
    sockets(context).objects.remove(conn)
}
