//! A request that goes out, with every default in place.

use std::net::IpAddr;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use crate::host::options::{Proxy, Target};
use crate::host::table::Entry;
use crate::id::{ConnId, ExchangeId};
use crate::limits::{
    REQUEST_CONNECT_TIMEOUT_MS, RESPONSE_BODY_TIMEOUT_MS, RESPONSE_HEAD_TIMEOUT_MS,
};
use crate::net::tls::Connector;
use crate::proto::http1::RequestMethod;

/// The way to a server. Requests that go the same one may share connections.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// Where to connect: the server, or a proxy that is asked for `http:` URLs as they are.
    pub target: Target,
    /// What to go through on the way, by a tunnel.
    pub proxy: Option<Proxy>,
    /// What speaks TLS with the server.
    pub tls: Option<Connector>,
    /// The address of this machine to connect from.
    pub local_address: Option<IpAddr>,
}

/// The body of a request.
#[derive(Clone, Debug)]
pub enum RequestBody {
    /// There is none.
    Without,
    /// All of it.
    Whole(Arc<[u8]>),
    /// It comes bit by bit, with `Host::write_upload` and `Host::end_upload`.
    Stream {
        /// Whether it goes in chunks; its length has been said otherwise.
        chunked: bool,
    },
}

/// How long an exchange waits.
#[derive(Clone, Copy, Debug)]
pub struct RequestTimeouts {
    /// For a connection.
    pub connect: Duration,
    /// For the head of the response, once the request is sent.
    pub head: Duration,
    /// For the next bytes of its body.
    pub body: Duration,
}

impl Default for RequestTimeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_millis(REQUEST_CONNECT_TIMEOUT_MS),
            head: Duration::from_millis(RESPONSE_HEAD_TIMEOUT_MS),
            body: Duration::from_millis(RESPONSE_BODY_TIMEOUT_MS),
        }
    }
}

/// A request to be sent.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct HttpRequest {
    /// The way to the server.
    pub route: Rc<Route>,
    /// The head, as it goes out.
    pub head: Vec<u8>,
    /// The method, as far as it matters for where the response ends.
    pub method: RequestMethod,
    /// The body.
    pub body: RequestBody,
    /// Whether it does no harm if a server gets it twice (RFC 9110 9.2.2).
    pub repeatable: bool,
    /// Whether the connection is to end with it.
    pub is_last: bool,
    /// Whether the script wants to hear of interim responses.
    pub tells_interim: bool,
    /// Whether the script goes on by itself where the server agrees to another protocol.
    pub upgrades: bool,
    /// How long to wait.
    pub timeouts: RequestTimeouts,
}

/// A request and what has become of it.
pub(in crate::host) struct Exchange {
    pub(in crate::host) id: ExchangeId,
    pub(in crate::host) request: HttpRequest,
    /// Where it is, unless it waits for a connection.
    pub(in crate::host) conn: Option<ConnId>,
    /// It has been sent a second time.
    pub(in crate::host) retried: bool,
    /// The script takes nothing for now.
    pub(in crate::host) paused: bool,
}

impl Entry for Box<Exchange> {
    type Id = ExchangeId;

    fn id(&self) -> ExchangeId {
        self.id
    }
}
