//! The native half of `http`: servers, and handing their requests and messages to scripts.
//!
//! Spec: <https://nodejs.org/api/http.html> for names, RFC 9110 and RFC 6455 for the rest. The
//! JavaScript half checks arguments and is the `Server` class; everything that happens once a
//! request is in here.

mod auto_reply;
mod clients;
mod closing;
mod compression;
mod deliver;
mod escape;
mod flow;
mod flow_ends;
mod flow_state;
mod health;
mod listen;
mod message;
mod mistakes;
mod node;
mod pair;
mod params;
mod pattern;
mod proxies;
mod rates;
mod reply;
mod reply_head;
mod request;
mod requests;
mod routed;
mod routes;
mod routing;
mod secure_context;
mod servers;
mod settings;
mod socket_routes;
mod target;
mod upgrade;

use boa_engine::{Context, JsResult};

use crate::builtin::late_import::LOAD;
use crate::js::interface::Op;
pub use deliver::{
    deliver_closed, deliver_drain, deliver_dropped, deliver_flushed, deliver_head, deliver_message,
    deliver_open, deliver_ping, deliver_pong, deliver_request, deliver_server_closed,
};
pub use flow::{deliver_body, deliver_body_end, deliver_peer_gone, deliver_writable};
pub(super) use health::OPS as HEALTH_OPS;
pub use message::Handler;
pub(super) use node::NODE_OPS;
pub(super) use pair::pair;
pub(super) use params::params;
pub(super) use request::{Rest, rest_of, with_request};
pub(super) use routed::OPS as ROUTE_OPS;
pub use upgrade::deliver_upgrade;

/// Those of `internal:http_bodies`.
pub(super) const BODY_OPS: &[Op] = &[
    flow::OPS[0],
    flow::OPS[1],
    flow::OPS[2],
    flow::OPS[3],
    flow::OPS[4],
    flow::OPS[5],
    flow::OPS[6],
    flow::OPS[7],
    flow::OPS[8],
    ("bodyOf", 1, flow_ends::body_stream),
    ("report", 2, routed::report),
];

pub(super) const OPS: &[Op] = &[
    LOAD,
    ("readSettings", 2, settings::read_settings),
    ("hubOf", 2, settings::hub_of),
    ("readTarget", 1, target::read_target),
    ("listen", 1, listen::listen),
    ("close", 2, listen::close),
    ("setReferenced", 2, listen::set_referenced),
    ("setSecureContext", 3, secure_context::set_secure_context),
    ("clients", 1, clients::clients),
    ("countClients", 1, clients::count_clients),
    ("findClient", 2, clients::find_client),
    ("readFarewell", 1, clients::read_farewell),
    ("refused", 1, clients::refused),
    ("tellOpen", 1, listen::tell_open),
    ("defineRoutes", 2, routing::define_routes),
    ("request", 3, requests::request),
    ("get", 3, requests::get),
    ("clientClasses", 0, requests::classes),
    ("statusCodes", 0, node::status_codes),
    ("methods", 0, node::methods),
];

pub(super) const SECURE_CLIENT_OPS: &[Op] = &[
    LOAD,
    ("request", 3, requests::secure_request),
    ("get", 3, requests::secure_get),
    ("clientClasses", 0, requests::secure_classes),
];

/// Puts the tables and the prototypes into the context.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    servers::install(context);
    mistakes::install(context);
    flow::install(context);
    request::install(context);
    message::install(context)
}
