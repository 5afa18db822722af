//! The `WebSocket` class, one for both ends: outgoing sockets are made by its constructor,
//! accepted ones by the server.
//!
//! Spec: <https://websockets.spec.whatwg.org/>. An object holds the identifier of its connection
//! and nothing else of the host; `Sockets` keeps it alive while the connection is.

mod class;
mod connect;
mod deflate;
mod deliver;
mod sockets;

use std::cell::{Cell, OnceCell, RefCell};
use std::time::Duration;

use boa_engine::builtins::promise::ResolvingFunctions;
use boa_engine::object::builtins::JsFunction;
use boa_engine::{
    Context, Finalize, JsData, JsError, JsObject, JsResult, JsString, JsValue, Trace, js_string,
};
use boa_gc::GcRefCell;

use super::http::headers_object;
use super::{report_handler_error, with_host};
use crate::builtin::dom::event_target::EventTarget;
use crate::host::Closed;
use crate::id::{ConnId, ServerId};
use crate::js::interface::illegal_invocation;
use crate::proto::http1::Request;
use crate::proto::ws::close::code::INTERNAL_ERROR;
use crate::proto::ws::keepalive::RoundTrips;

pub use deflate::read_deflate;
pub use deliver::{
    deliver_closed, deliver_drain, deliver_message, deliver_open, deliver_ping, deliver_pong,
    message_value,
};
pub use sockets::{accepted, find};

/// WHATWG's `readyState`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ReadyState {
    Connecting = 0,
    Open = 1,
    Closing = 2,
    Closed = 3,
}

/// What binary messages arrive as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BinaryType {
    /// A `Blob`: the default of browsers, and so of outgoing sockets.
    Blob,
    /// An `ArrayBuffer`.
    ArrayBuffer,
    /// A `Uint8Array`: the default of accepted sockets.
    Uint8Array,
}

/// What a `WebSocket` object keeps, inside its `EventTarget`. A server may have very many, so what
/// few of them need is boxed, and what a script may never ask for is made when it does.
#[derive(Trace, Finalize, JsData)]
pub struct WebSocketData {
    #[unsafe_ignore_trace]
    conn: Cell<Option<ConnId>>,
    /// `ws.id`, which outlives the connection.
    number: u32,
    #[unsafe_ignore_trace]
    server: Option<ServerId>,
    #[unsafe_ignore_trace]
    state: Cell<ReadyState>,
    #[unsafe_ignore_trace]
    binary_type: Cell<BinaryType>,
    /// Made of the request when first asked for, where the socket was accepted.
    #[unsafe_ignore_trace]
    url: OnceCell<JsString>,
    #[unsafe_ignore_trace]
    pathname: JsString,
    #[unsafe_ignore_trace]
    protocol: RefCell<JsString>,
    #[unsafe_ignore_trace]
    extensions: RefCell<JsString>,
    /// The request that opened an accepted socket.
    #[unsafe_ignore_trace]
    request: Option<Box<Request>>,
    #[unsafe_ignore_trace]
    remote: Option<std::net::SocketAddr>,
    #[unsafe_ignore_trace]
    closed: RefCell<Option<Box<CloseInfo>>>,
    /// Bytes of messages that were given after the end: WHATWG counts them as buffered for ever.
    #[unsafe_ignore_trace]
    discarded: Cell<usize>,
    headers: GcRefCell<Option<JsObject>>,
    /// `ws.data`: whatever the script keeps there.
    user_data: GcRefCell<JsValue>,
    /// `ws.closeInfo`, once made.
    close_info: GcRefCell<Option<JsObject>>,
    /// None before the first.
    pings: GcRefCell<Option<Box<Pings>>>,
}

/// What `closeInfo` shows.
struct CloseInfo {
    code: u16,
    reason: String,
    was_clean: bool,
    cause: &'static str,
}

/// Pings that wait for their pong.
#[derive(Default, Trace, Finalize)]
struct Pings {
    #[unsafe_ignore_trace]
    round_trips: RoundTrips<usize>,
    /// By the number that `round_trips` knows a wait by.
    waits: Vec<(usize, ResolvingFunctions)>,
    next: usize,
}

impl WebSocketData {
    fn new(conn: Option<ConnId>, server: Option<ServerId>, pathname: JsString) -> Self {
        let accepted = server.is_some();
        Self {
            conn: Cell::new(conn),
            number: conn.map_or(0, ConnId::generation),
            server,
            state: Cell::new(if accepted { ReadyState::Open } else { ReadyState::Connecting }),
            binary_type: Cell::new(if accepted {
                BinaryType::Uint8Array
            } else {
                BinaryType::Blob
            }),
            url: OnceCell::new(),
            pathname,
            protocol: RefCell::new(js_string!()),
            extensions: RefCell::new(js_string!()),
            request: None,
            remote: None,
            closed: RefCell::new(None),
            discarded: Cell::new(0),
            headers: GcRefCell::new(None),
            user_data: GcRefCell::new(JsValue::undefined()),
            close_info: GcRefCell::new(None),
            pings: GcRefCell::new(None),
        }
    }

    /// The absolute URL.
    fn url(&self) -> JsString {
        let of_request = || {
            let Some(request) = &self.request else { return js_string!() };
            let host = request.headers.get_str("host").unwrap_or_default();
            js_string!(format!("ws://{host}{}", request.target))
        };
        self.url.get_or_init(of_request).clone()
    }

    fn note_closed(&self, closed: &Closed) {
        self.state.set(ReadyState::Closed);
        self.conn.set(None);
        *self.closed.borrow_mut() = Some(Box::new(CloseInfo {
            code: closed.code,
            reason: closed.reason.clone(),
            was_clean: closed.was_clean,
            cause: closed.cause.as_str(),
        }));
    }
}

/// Puts the class and the table of open sockets into the context.
pub fn install(context: &mut Context) -> JsResult<()> {
    sockets::install(context);
    class::install(context)
}

/// Looks at the data of a `WebSocket`. No JavaScript may run in `look`.
fn with_data<T>(object: &JsObject, look: impl FnOnce(&WebSocketData) -> T) -> Option<T> {
    let target = object.downcast_ref::<EventTarget>()?;
    target.inner::<WebSocketData>().map(look)
}

/// The same for the receiver of a method, which must be a `WebSocket`.
fn with_this<T>(this: &JsValue, look: impl FnOnce(&WebSocketData) -> T) -> JsResult<T> {
    this.as_object()
        .and_then(|object| with_data(&object, look))
        .ok_or_else(|| illegal_invocation("WebSocket"))
}

/// Whether a socket's `readyState` is `OPEN`.
pub fn is_open(socket: &JsObject) -> bool {
    with_data(socket, |data| data.state.get() == ReadyState::Open).unwrap_or(false)
}

/// Whether the socket of a connection was accepted by a server.
pub fn is_accepted(conn: ConnId, context: &Context) -> bool {
    find(conn, context)
        .and_then(|socket| with_data(&socket, |data| data.server.is_some()))
        .unwrap_or(false)
}

/// Sets `ws.data` of an accepted connection before a script sees it.
pub fn set_data(conn: ConnId, value: JsValue, context: &Context) {
    let socket = accepted(conn, context);
    with_data(&socket, |data| *data.user_data.borrow_mut() = value);
}

/// A handler of an accepted connection threw: print it and close that connection.
pub fn fail(conn: ConnId, error: &JsError, context: &mut Context) {
    let socket = find(conn, context);
    let path = socket
        .as_ref()
        .and_then(|socket| with_data(socket, |data| data.pathname.to_std_string_lossy()));
    let place = path.map_or_else(
        || "a WebSocket".to_owned(),
        |path| format!("WebSocket {conn} of {path}, which is closed with 1011"),
    );
    report_handler_error(error, &place, context);
    if let Some(socket) = socket {
        with_data(&socket, |data| data.state.set(ReadyState::Closing));
    }
    // One that is closing already needs no second Close.
    with_host(context, |host| host.close_websocket(conn, Some(INTERNAL_ERROR), "internal error"));
}

/// The path that an accepted socket was opened with.
pub fn pathname_of(socket: &JsObject) -> JsValue {
    with_data(socket, |data| data.pathname.clone()).map_or(JsValue::undefined(), Into::into)
}

/// The fields of the request that opened an accepted socket, made when first asked for.
pub fn headers_of(socket: &JsObject, context: &mut Context) -> JsResult<JsValue> {
    let found = with_data(socket, |data| {
        let made = data.headers.borrow().clone();
        let fields = match (&made, &data.request) {
            (None, Some(request)) => Some(request.headers.clone()),
            _ => None,
        };
        (made, fields)
    });
    match found {
        Some((Some(made), _)) => Ok(made.into()),
        Some((None, Some(fields))) => {
            let object = headers_object(&fields, context)?;
            with_data(socket, |data| *data.headers.borrow_mut() = Some(object.clone()));
            Ok(object.into())
        }
        _ => Ok(JsValue::undefined()),
    }
}

/// Settles a ping with its round trip, in milliseconds.
fn resolve_ping(
    functions: &ResolvingFunctions,
    round_trip: Duration,
    context: &mut Context,
) -> JsResult<()> {
    let milliseconds = round_trip.as_secs_f64() * 1000.0;
    call(&functions.resolve, milliseconds.into(), context)
}

/// Settles pings whose connection is over.
fn reject_ping(
    functions: &ResolvingFunctions,
    error: &JsError,
    context: &mut Context,
) -> JsResult<()> {
    let reason = error.clone().into_opaque(context)?;
    call(&functions.reject, reason, context)
}

fn call(function: &JsFunction, argument: JsValue, context: &mut Context) -> JsResult<()> {
    function.call(&JsValue::undefined(), &[argument], context).map(|_| ())
}
