//! The `WebSocket` class, one for both ends: outgoing sockets are made by its constructor,
//! accepted ones by the server.
//!
//! Spec: <https://websockets.spec.whatwg.org/>. An object holds the identifier of its connection
//! and nothing else of the host; `sockets` keeps it alive while the connection is.
//!
//! Imports go one way: `address` and `options`, `queue`, `retry`, `wishes`, `redirect`,
//! `client`, `pings`, `promised`, `held` and `ends`, `data`, `facts`, `flushes`, `ready_state`,
//! `sockets`, `signal` and `failing`, `outage`, `deliver`, `control`, `iterator` and `roster`,
//! `connect` and `pair`, `closing`, `stringified` and `sending`, `frames`, `class`.

mod address;
mod class;
mod client;
mod closing;
mod connect;
mod control;
mod data;
mod deliver;
mod ends;
mod facts;
mod failing;
mod flushes;
mod frames;
mod held;
mod iterator;
mod options;
mod outage;
mod pair;
mod pings;
mod promised;
mod queue;
mod ready_state;
mod redirect;
mod request_fields;
mod retry;
mod roster;
mod sending;
mod signal;
mod sockets;
mod stringified;
mod wishes;

use boa_engine::{Context, JsResult};

pub use control::{deliver_ping, deliver_pong};
pub(super) use data::{conn_of, keep_params, left_of, params_of, url_of};
pub use data::{headers_of, pathname_of};
pub use deliver::{
    deliver_closed, deliver_drain, deliver_dropped, deliver_flushed, deliver_message, deliver_open,
    fail, fire_message, message_value,
};
pub(super) use deliver::{note_pending, note_settled};
pub use ends::latest_ends;
pub(super) use failing::error_value;
pub(super) use frames::OPS as STREAM_OPS;
pub(super) use iterator::OPS as ITERATOR_OPS;
pub(super) use options::{HasWebSocketOptions, websocket_options};
pub(super) use pair::connect_to;
pub(super) use roster::OPS as CLIENT_OPS;
pub(super) use sending::message_key;
pub use sockets::show_changes;
pub(super) use sockets::{Sockets, accepted, find, set_data, sockets};

/// Puts the class and the table of open sockets into the context.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    sockets::install(context);
    facts::install(context);
    class::install(context)
}
