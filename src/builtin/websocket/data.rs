//! What a `WebSocket` object keeps, and how natives find it there.

use std::cell::{Cell, OnceCell, RefCell};

use boa_engine::{
    Context, Finalize, JsData, JsObject, JsResult, JsString, JsValue, Trace, js_string,
};
use boa_gc::GcRefCell;

use super::client::Client;
use super::held::Held;
use super::pings::Pings;
use super::promised::Promised;
use super::queue::{Queue, Queued};
use crate::builtin::context_data::{SharedHost, installed};
use crate::builtin::dom::event_target::EventTarget;
use crate::builtin::request_fields::headers_object;
use crate::host::{Closed, Facts, Left};
use crate::id::ConnId;
use crate::js::argument::illegal_invocation;
use crate::proto::http1::Request;
use crate::proto::ws::{Outgoing, State};

/// WHATWG's `readyState`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ReadyState {
    Connecting = 0,
    Open = 1,
    Closing = 2,
    Closed = 3,
}

/// What a script has been told of its socket. The rest of its state the host knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    Nothing,
    Open,
    Closed,
}

/// Where an accepted socket shows its `readyState`: `ready_state` says why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    ByAccessor,
    /// A script has asked for it, and is to find a property the next time.
    Asked,
    ByProperty,
}

/// What binary messages arrive as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BinaryType {
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
pub(super) struct WebSocketData {
    /// Here, since to look it up in the context costs more than to send a small message.
    #[unsafe_ignore_trace]
    pub(super) host: SharedHost,
    #[unsafe_ignore_trace]
    pub(super) conn: Cell<Option<ConnId>>,
    /// `ws.id`, which outlives the connection.
    pub(super) number: u64,
    /// A server has accepted it.
    pub(super) accepted: bool,
    /// A server has accepted it over TLS.
    pub(super) over_tls: bool,
    #[unsafe_ignore_trace]
    pub(super) told: Cell<Told>,
    /// Where an accepted socket shows its `readyState`.
    #[unsafe_ignore_trace]
    pub(super) shown: Cell<Shown>,
    #[unsafe_ignore_trace]
    pub(super) binary_type: Cell<BinaryType>,
    /// Made of the request when first asked for, where the socket was accepted.
    #[unsafe_ignore_trace]
    pub(super) url: OnceCell<JsString>,
    #[unsafe_ignore_trace]
    pub(super) pathname: JsString,
    #[unsafe_ignore_trace]
    pub(super) protocol: RefCell<JsString>,
    #[unsafe_ignore_trace]
    pub(super) extensions: RefCell<JsString>,
    /// The request that opened an accepted socket.
    #[unsafe_ignore_trace]
    pub(super) request: Option<Box<Request>>,
    #[unsafe_ignore_trace]
    pub(super) remote: Option<std::net::SocketAddr>,
    #[unsafe_ignore_trace]
    pub(super) closed: RefCell<Option<Box<CloseInfo>>>,
    /// How an outgoing socket is connected.
    pub(super) client: Option<Box<Client>>,
    /// Bytes of messages that never left, or were given after the end: WHATWG counts them as
    /// buffered for ever.
    #[unsafe_ignore_trace]
    pub(super) discarded: Cell<usize>,
    pub(super) headers: GcRefCell<Option<JsObject>>,
    /// `ws.data`: whatever the script keeps there.
    pub(super) user_data: GcRefCell<JsValue>,
    /// `ws.closeInfo`, once made.
    pub(super) close_info: GcRefCell<Option<JsObject>>,
    /// None before it is needed.
    pub(super) rare: GcRefCell<Option<Box<Rare>>>,
}

/// What few sockets need.
#[derive(Default, Trace, Finalize)]
pub(super) struct Rare {
    pub(super) pings: Pings,
    pub(super) held: Held,
    /// `ws.params`, once a script has asked for it.
    pub(super) params: Option<JsObject>,
    /// `ws.metadata`.
    pub(super) metadata: Option<JsObject>,
    pub(super) promised: Promised,
    /// Promises of the handler that are pending.
    pub(super) pending: usize,
}

/// What `closeInfo` shows.
pub(super) struct CloseInfo {
    pub(super) code: u16,
    pub(super) reason: String,
    pub(super) was_clean: bool,
    pub(super) cause: &'static str,
    pub(super) facts: Option<Facts>,
    /// What `ws.rooms`, `ws.relayInfo` and `ws.publish` go on to know.
    pub(super) left: Left,
    /// What `ws.droppedMessages` goes on to show.
    pub(super) dropped_messages: u64,
}

impl WebSocketData {
    pub(super) fn new(
        host: SharedHost,
        conn: Option<ConnId>,
        accepted: bool,
        pathname: JsString,
    ) -> Self {
        Self {
            host,
            conn: Cell::new(conn),
            number: 0,
            accepted,
            over_tls: false,
            told: Cell::new(if accepted { Told::Open } else { Told::Nothing }),
            shown: Cell::new(Shown::ByAccessor),
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
            client: None,
            discarded: Cell::new(0),
            headers: GcRefCell::new(None),
            user_data: GcRefCell::new(JsValue::undefined()),
            close_info: GcRefCell::new(None),
            rare: GcRefCell::new(None),
        }
    }

    /// The absolute URL.
    pub(super) fn url(&self) -> JsString {
        let of_request = || {
            let Some(request) = &self.request else { return js_string!() };
            let host = request.headers.get_str("host").unwrap_or_default();
            url_for(self.over_tls, host, request)
        };
        self.url.get_or_init(of_request).clone()
    }

    /// `readyState`. It begins and ends with the events that tell a script so; in between a socket
    /// is closing from when either side has begun the closing handshake.
    pub(super) fn ready_state(&self) -> ReadyState {
        let told = self.told.get();
        let conn = self.conn.get().filter(|_| told != Told::Closed);
        let Some(conn) = conn else { return ReadyState::Closed };
        match (told, self.host.borrow().websocket_state(conn)) {
            // What fails by itself is told when the time has come.
            (Told::Nothing, _) if !self.is_ended_here() => ReadyState::Connecting,
            (_, Some(State::Open)) => ReadyState::Open,
            _ => ReadyState::Closing,
        }
    }

    /// Whether the script itself has ended it.
    pub(super) fn is_ended_here(&self) -> bool {
        self.client.as_ref().is_some_and(|client| client.is_ended.get())
    }

    /// The script itself ends it.
    pub(super) fn note_ended_here(&self) {
        if let Some(client) = &self.client {
            client.is_ended.set(true);
        }
    }

    /// One of its connections is over.
    pub(super) fn note_over(&self, closed: &Closed) {
        if let (Some(client), Some(facts)) = (&self.client, &closed.facts) {
            client.traffic.set(client.traffic.get().plus(facts.traffic));
        }
    }

    /// What waits for it to open.
    pub(super) fn queue(&self) -> Option<&RefCell<Queue>> {
        self.client.as_ref()?.queue.as_ref()
    }

    /// Whether it opens still, or again.
    pub(super) fn may_open(&self) -> bool {
        let again = || self.client.as_ref().is_some_and(|client| client.reconnects());
        let told = self.told.get();
        !self.is_ended_here() && (told == Told::Nothing || (told == Told::Open && again()))
    }

    /// Bytes of messages that wait for it to open.
    pub(super) fn queued(&self) -> usize {
        self.queue().map_or(0, |queue| queue.borrow().bytes())
    }

    /// It is open: what has waited for that is sent. What its connection does not take any more
    /// waits for the next one.
    pub(super) fn send_queue(&self) {
        let (Some(queue), Some(conn)) = (self.queue(), self.conn.get()) else { return };
        let (mut host, mut queue) = (self.host.borrow_mut(), queue.borrow_mut());
        while queue.send_first(|queued| {
            let Queued { kind, compress, bytes } = queued;
            let message = Outgoing { kind: *kind, len: bytes.len(), compress: *compress };
            let sent = host.send_websocket(conn, message, |out| out.extend_from_slice(bytes));
            sent.is_ok()
        }) {}
    }

    pub(super) fn note_closed(&self, closed: &Closed) {
        self.told.set(Told::Closed);
        self.conn.set(None);
        let queued = self.queue().map_or(0, |queue| queue.borrow_mut().clear());
        self.discarded.set(self.discarded.get() + queued + closed.unsent);
        *self.closed.borrow_mut() = Some(Box::new(CloseInfo {
            code: closed.code,
            reason: closed.reason.clone(),
            was_clean: closed.was_clean,
            cause: closed.cause.as_str(),
            facts: closed.facts,
            left: closed.left.clone(),
            dropped_messages: closed.dropped_messages,
        }));
    }
}

/// The absolute URL of an accepted socket, whose client has asked for this host.
pub(super) fn url_for(over_tls: bool, host: &str, request: &Request) -> JsString {
    let scheme = if over_tls { "wss" } else { "ws" };
    js_string!(format!("{scheme}://{host}{}", request.target))
}

/// `WebSocket.prototype`, where native code finds it without asking the global.
struct Prototype(JsObject);

/// Notes the prototype that the class was made with.
pub(super) fn install_prototype(prototype: JsObject, context: &mut Context) {
    context.insert_data(Prototype(prototype));
}

/// `WebSocket.prototype`.
pub(super) fn prototype(context: &Context) -> JsObject {
    installed::<Prototype>(context).0.clone()
}

/// Looks at the data of a `WebSocket`. No JavaScript may run in `look`.
pub(super) fn with_data<T>(object: &JsObject, look: impl FnOnce(&WebSocketData) -> T) -> Option<T> {
    let target = object.downcast_ref::<EventTarget>()?;
    target.inner::<WebSocketData>().map(look)
}

/// The same for the receiver of a method, which must be a `WebSocket`.
pub(super) fn with_this<T>(this: &JsValue, look: impl FnOnce(&WebSocketData) -> T) -> JsResult<T> {
    this.as_object()
        .and_then(|object| with_data(&object, look))
        .ok_or_else(|| illegal_invocation("WebSocket"))
}

/// A connection that is over.
#[derive(Clone, Copy, Debug)]
pub(in crate::builtin) struct Ended;

/// The connection of a `WebSocket`. `None` for another object.
#[inline]
pub(in crate::builtin) fn conn_of(object: &JsObject) -> Option<Result<ConnId, Ended>> {
    with_data(object, |data| data.conn.get().ok_or(Ended))
}

/// Where an accepted socket was when it closed.
pub(in crate::builtin) fn left_of(socket: &JsObject) -> Left {
    let left =
        with_data(socket, |data| data.closed.borrow().as_ref().map(|info| info.left.clone()));
    left.flatten().unwrap_or_default()
}

/// Whether a script has asked for this event.
pub(super) fn listens(socket: &JsObject, event_type: &JsString) -> bool {
    socket.downcast_ref::<EventTarget>().is_some_and(|target| target.has_listeners(event_type))
}

/// The path that an accepted socket was opened with.
pub fn pathname_of(socket: &JsObject) -> JsValue {
    with_data(socket, |data| data.pathname.clone()).map_or(JsValue::undefined(), Into::into)
}

/// The absolute URL of a socket.
pub(in crate::builtin) fn url_of(socket: &JsObject) -> String {
    with_data(socket, |data| data.url().to_std_string_lossy()).unwrap_or_default()
}

/// `ws.params`, if it was made.
pub(in crate::builtin) fn params_of(socket: &JsObject) -> Option<JsObject> {
    with_data(socket, |data| data.rare.borrow().as_ref()?.params.clone()).flatten()
}

/// Notes what `ws.params` is from now on.
pub(in crate::builtin) fn keep_params(socket: &JsObject, params: JsObject) {
    with_data(socket, |data| {
        data.rare.borrow_mut().get_or_insert_default().params = Some(params);
    });
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

#[cfg(test)]
mod tests {
    use super::*;

    /// What the allocator hands out. One byte more, and every socket that a script has seen takes
    /// the next of its sizes: 256.
    #[test]
    fn the_data_of_a_socket_is_small() {
        assert!(size_of::<WebSocketData>() <= 224, "{}", size_of::<WebSocketData>());
    }
}
