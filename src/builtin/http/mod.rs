//! The native half of `http`: servers, and handing their requests and messages to scripts.
//!
//! Spec: <https://nodejs.org/api/http.html> for names, RFC 9110 and RFC 6455 for the rest. The
//! JavaScript half checks arguments and is the `Server` class; everything that happens once a
//! request is in here.

mod escape;
mod listen;
mod message;
mod reply;
mod request;
mod upgrade;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use boa_engine::builtins::promise::Promise;
use boa_engine::object::builtins::{JsFunction, JsPromise};
use boa_engine::{
    Context, JsArgs, JsError, JsObject, JsResult, JsValue, NativeFunction, js_string,
};

use super::with_host;
use crate::id::{ConnId, ServerId};
use crate::js::interface::Op;
use crate::proto::http1::Request;
pub use message::Handler;
pub(super) use request::{address_value, headers_object};
pub use upgrade::deliver_upgrade;

pub(super) const OPS: &[Op] = &[
    ("listen", 1, listen::listen),
    ("close", 3, listen::close),
    ("setReferenced", 2, listen::set_referenced),
    ("clients", 1, listen::clients),
    ("tellOpen", 1, listen::tell_open),
];

/// What a script gave for a server.
pub struct ServerEntry {
    id: ServerId,
    /// The `Server` object, for its events.
    pub object: JsObject,
    /// The plain handler.
    pub handler: Option<Handler>,
    /// `options.websocket`'s hooks.
    pub hooks: Hooks,
    warned: Cell<bool>,
}

impl ServerEntry {
    fn new(id: ServerId, object: JsObject, handler: Option<Handler>, hooks: Hooks) -> Self {
        Self { id, object, handler, hooks, warned: Cell::new(false) }
    }

    /// A message handler returned a value, which goes nowhere. It is said once.
    pub fn warn_of_returned_value(&self) {
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
pub struct Hooks {
    /// `upgrade(req, protocols)`: decides on an opening handshake.
    pub upgrade: Option<JsFunction>,
    /// `open(ws)`.
    pub open: Option<JsFunction>,
    /// `message(ws, data)`, in place of the plain handler.
    pub message: Option<JsFunction>,
    /// `close(ws, code, reason)`.
    pub close: Option<JsFunction>,
    /// `drain(ws)`.
    pub drain: Option<JsFunction>,
}

/// The servers that listen or still have connections. They are roots: a server lives on without
/// a variable that holds it.
#[derive(Default)]
pub struct Servers {
    entries: RefCell<Vec<Option<Rc<ServerEntry>>>>,
    /// Those whose slot has a new server before the script was told that the old one is closed.
    displaced: RefCell<Vec<Rc<ServerEntry>>>,
}

impl Servers {
    /// Finds a server.
    pub fn find(&self, id: ServerId) -> Option<Rc<ServerEntry>> {
        let entries = self.entries.borrow();
        entries.get(id.index())?.as_ref().filter(|entry| entry.id == id).cloned()
    }

    fn insert(&self, entry: ServerEntry) {
        let index = entry.id.index();
        let mut entries = self.entries.borrow_mut();
        if entries.len() <= index {
            entries.resize_with(index + 1, || None);
        }
        let before = entries[index].replace(Rc::new(entry));
        self.displaced.borrow_mut().extend(before);
    }

    /// Forgets a server that is over.
    pub fn remove(&self, id: ServerId) -> Option<Rc<ServerEntry>> {
        let mut entries = self.entries.borrow_mut();
        entries.get_mut(id.index())?.take_if(|entry| entry.id == id).or_else(|| {
            let mut displaced = self.displaced.borrow_mut();
            let at = displaced.iter().position(|entry| entry.id == id)?;
            Some(displaced.swap_remove(at))
        })
    }
}

/// Puts the tables and the prototypes into the context.
pub fn install(context: &mut Context) {
    context.insert_data(Servers::default());
    message::install(context);
    request::install(context);
}

/// Hands a request to its server's handler and answers it, at once or when a promise settles.
/// The errors are the handler's, for the caller to report.
pub fn deliver_request(
    conn: ConnId,
    entry: &ServerEntry,
    request: Box<Request>,
    context: &mut Context,
) -> JsResult<()> {
    let Some(handler) = &entry.handler else {
        answer_not_found(conn, context);
        return Ok(());
    };
    let remote = with_host(context, |host| host.peer_address(conn)).flatten();
    let object = request::http_request(request, remote, context);
    let result = handler.function.call(&JsValue::undefined(), &[object.into()], context);
    match result.and_then(|value| answer(conn, &value, context)) {
        Err(error) if !blames_client(conn, &error, context) => {
            fail(conn, context);
            Err(error)
        }
        _ => Ok(()),
    }
}

/// An exception with a `status` of 4xx, such as that of `req.json` for a body that is no JSON, is
/// the client's fault: it is answered with that status and its message, and is no news to the log.
fn blames_client(conn: ConnId, error: &JsError, context: &mut Context) -> bool {
    let Some(object) = error.as_opaque().and_then(JsValue::as_object) else { return false };
    let status = object.get(js_string!("status"), context).ok();
    let status = status.as_ref().and_then(JsValue::as_number);
    let Some(status) = status.filter(|status| (400.0..500.0).contains(status)) else {
        return false;
    };
    let message = object.get(js_string!("message"), context).unwrap_or_default();
    let message = message.as_string().map_or_else(String::new, |text| text.to_std_string_lossy());
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be between 400 and 500"
    )]
    with_host(context, |host| host.fail_request(conn, status as u16, &message));
    true
}

/// Emits an event of a `Server` object.
pub fn emit(
    server: &JsObject,
    event: &str,
    argument: &JsObject,
    context: &mut Context,
) -> JsResult<()> {
    let emit = server.get(js_string!("emit"), context)?;
    let Some(emit) = emit.as_callable() else { return Ok(()) };
    let arguments = [js_string!(event).into(), argument.clone().into()];
    emit.call(&server.clone().into(), &arguments, context).map(|_| ())
}

/// Tells a `Server` object that its last connection is gone.
pub fn tell_closed(server: &JsObject, context: &mut Context) -> JsResult<()> {
    let symbol = context.intrinsics().constructors().symbol().constructor();
    let registered = symbol.get(js_string!("for"), context)?;
    let Some(registered) = registered.as_callable() else { return Ok(()) };
    let name = js_string!("krandog.closed").into();
    let symbol = registered.call(&symbol.into(), &[name], context)?;
    let Some(symbol) = symbol.as_symbol() else { return Ok(()) };
    let method = server.get(symbol, context)?;
    let Some(method) = method.as_callable() else { return Ok(()) };
    method.call(&server.clone().into(), &[], context).map(|_| ())
}

fn answer(conn: ConnId, value: &JsValue, context: &mut Context) -> JsResult<()> {
    if value.is_undefined() {
        answer_not_found(conn, context);
        return Ok(());
    }
    let Some(promise) = promise_of(value, context)? else {
        return reply::send(conn, value, context);
    };
    let id = conn.as_u64();
    let fulfilled = NativeFunction::from_copy_closure(move |_, arguments, context| {
        let conn = ConnId::from(id);
        let value = arguments.get_or_undefined(0).clone();
        let answered = if value.is_undefined() {
            answer_not_found(conn, context);
            Ok(())
        } else {
            reply::send(conn, &value, context)
        };
        if let Err(error) = answered {
            fail(conn, context);
            super::report_handler_error(&error, "an HTTP request", context);
        }
        Ok(JsValue::undefined())
    });
    let rejected = NativeFunction::from_copy_closure(move |_, arguments, context| {
        let conn = ConnId::from(id);
        let error = JsError::from_opaque(arguments.get_or_undefined(0).clone());
        if !blames_client(conn, &error, context) {
            fail(conn, context);
            super::report_handler_error(&error, "an HTTP request", context);
        }
        Ok(JsValue::undefined())
    });
    let realm = context.realm().clone();
    promise.then(
        Some(fulfilled.to_js_function(&realm)),
        Some(rejected.to_js_function(&realm)),
        context,
    )?;
    Ok(())
}

/// The value as a promise, if it is one or has a `then`.
pub fn promise_of(value: &JsValue, context: &mut Context) -> JsResult<Option<JsPromise>> {
    let Some(object) = value.as_object() else { return Ok(None) };
    if object.is::<Promise>() {
        return JsPromise::from_object(object).map(Some);
    }
    if object.is_ordinary() || object.is_array() {
        let then = reply::property(&object, js_string!("then"), context)?;
        if then.is_callable() {
            return JsPromise::resolve(object, context).map(Some);
        }
    }
    Ok(None)
}

fn answer_not_found(conn: ConnId, context: &Context) {
    with_host(context, |host| host.fail_request(conn, 404, "not found"));
}

fn fail(conn: ConnId, context: &Context) {
    // What happened is for the log, not for the peer.
    with_host(context, |host| {
        host.fail_request(conn, 500, "internal server error");
        host.fail_upgrade(conn);
    });
}
