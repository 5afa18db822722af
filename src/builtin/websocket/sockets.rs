//! Which JavaScript object stands for which connection.
//!
//! The object of an accepted connection is made when a script is first handed it, so one that
//! never says anything costs no object; from then on it is the same one for as long as the
//! connection lives.

use std::cell::RefCell;

use boa_engine::{Context, JsObject, JsString, JsValue, js_string};

use super::data::{WebSocketData, prototype, with_data};
use crate::builtin::context_data::{installed, with_host};
use crate::builtin::dom::event_target::EventTarget;
use crate::builtin::id_map::IdMap;
use crate::host::OpeningFacts;
use crate::id::ConnId;
use crate::js::convert::js_string_from_utf8;

/// Objects of connections that are not over. Each is a root: a socket with only an event handler
/// must not be collected.
#[derive(Default)]
struct Sockets {
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
    context.insert_data(Sockets::default());
}

/// The object of a connection, if there is one.
pub(super) fn find(conn: ConnId, context: &Context) -> Option<JsObject> {
    installed::<Sockets>(context).objects.find(conn)
}

/// The object of an accepted connection, made now if need be.
pub fn accepted(conn: ConnId, context: &Context) -> JsObject {
    if let Some(object) = find(conn, context) {
        return object;
    }
    let facts = with_host(context, |host| host.take_opening_facts(conn));
    let is_open = facts.is_some();
    let object = new_accepted(conn, facts, context);
    if is_open {
        keep(conn, object.clone(), context);
    }
    object
}

/// Sets `ws.data` of an accepted connection before a script sees it.
pub fn set_data(conn: ConnId, value: JsValue, context: &Context) {
    let socket = accepted(conn, context);
    with_data(&socket, |data| *data.user_data.borrow_mut() = value);
}

fn new_accepted(conn: ConnId, facts: Option<OpeningFacts>, context: &Context) -> JsObject {
    let data = match facts {
        None => WebSocketData::new(None, None, js_string!()),
        Some(facts) => {
            let pathname = js_string_from_utf8(facts.request.pathname());
            let mut data = WebSocketData::new(Some(conn), Some(facts.server), pathname);
            *data.protocol.get_mut() = js_string_from_utf8(&facts.agreed.subprotocol);
            *data.extensions.get_mut() = js_string_from_utf8(&facts.agreed.extensions);
            let latest = &installed::<Sockets>(context).latest;
            share(&latest.pathname, &mut data.pathname);
            share(&latest.protocol, data.protocol.get_mut());
            share(&latest.extensions, data.extensions.get_mut());
            data.number = facts.number;
            data.remote = facts.peer;
            data.request = Some(facts.request);
            data
        }
    };
    JsObject::new(context.root_shape(), prototype(context), EventTarget::with_inner(data)).upcast()
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

/// Keeps the object alive until the connection is over.
pub(super) fn keep(conn: ConnId, object: JsObject, context: &Context) {
    installed::<Sockets>(context).objects.insert(conn, object);
}

/// Lets go of the object of a connection that is over.
pub(super) fn release(conn: ConnId, context: &Context) -> Option<JsObject> {
    installed::<Sockets>(context).objects.remove(conn)
}
