//! What a connection speaks: one file a role, and one arm for it in each match below.
//!
//! A role is told what happens to its connection (`receive`, `flushed`, `ended`, `expired`,
//! `close`, `abort`) and answers with an `Effect`. It does no input or output, and never sees
//! another connection.

mod announcing;
mod answer;
mod backlog;
mod broker;
pub(super) mod context;
mod flags;
mod holding;
mod http;
mod http_client;
mod lingering;
mod opening;
mod raw;
mod tunneling;
mod unsent;
mod upgrading;
mod websocket;

use std::convert::Infallible;
use std::time::{Duration, Instant};

pub(super) use announcing::Announcing;
pub use backlog::SendError;
pub(super) use backlog::{Content, Waiting};
pub(super) use broker::Broker;
pub(super) use context::{Flush, RoleContext, Shared};
pub(super) use flags::Flags;
pub(super) use holding::Way;
pub(super) use http::HttpServer;
pub(super) use http_client::HttpClient;
use lingering::Lingering;
pub(super) use opening::{Opening, fail as fail_opening};
pub(super) use raw::{Raw, Unreferenced};
use tunneling::Reached;
pub(super) use tunneling::{Behind, Tunneling};
pub use upgrading::Acceptance;
use upgrading::Checked;
pub(super) use upgrading::{
    Upgrading, refuse as refuse_upgrade, refuse_with as refuse_upgrade_with,
};
pub(super) use websocket::WebSocket;

use super::effect::{Effect, Ending};
use super::event::{Cause, ConnError};
use super::input::Input;
use crate::net::tls::{Connector, Fault};

/// What a connection speaks at the moment.
pub(super) enum Role {
    /// An accepted connection that has to say for whom it speaks.
    Announcing(Box<Announcing>),
    /// An accepted connection, before any upgrade.
    Http(Box<HttpServer>),
    /// An opening handshake that the script decides on.
    Upgrading(Box<Upgrading>),
    /// A WebSocket, accepted or not.
    WebSocket(Box<WebSocket>),
    /// A connection that requests go out on.
    HttpClient(Box<HttpClient>),
    /// An outgoing connection that waits for its proxy.
    Tunneling(Box<Tunneling>),
    /// An outgoing WebSocket that waits for a connection or for the 101.
    Opening(Box<Opening>),
    /// An outgoing connection to a broker.
    Broker(Box<Broker>),
    /// A connection whose bytes are a script's own.
    Raw(Box<Raw>),
    /// All is said.
    Lingering(Box<Lingering>),
}

impl Role {
    /// The role of a connection that is over.
    pub(super) fn lingering(patience: Option<Duration>, cx: &RoleContext<'_>) -> Self {
        Self::Lingering(Box::new(Lingering::new(patience, cx)))
    }

    /// The role of a connection that is over before it began.
    pub(super) fn over(now: Instant) -> Self {
        Self::Lingering(Box::new(Lingering::over(now)))
    }

    /// Whether bytes may be decoded now, with so many waiting to be written. A script pauses what
    /// it is given, not what krandog talks about with the peer.
    #[inline]
    pub(super) fn takes_input(&self, paused: bool, waiting: usize) -> bool {
        match self {
            Self::Http(http) => http.takes_input(waiting),
            Self::Upgrading(_) => false,
            Self::WebSocket(_) => !paused,
            Self::Broker(broker) => broker.takes_input(),
            Self::HttpClient(client) => client.takes_input(),
            Self::Raw(raw) => raw.takes_input(),
            Self::Announcing(_) | Self::Tunneling(_) | Self::Opening(_) | Self::Lingering(_) => {
                true
            }
        }
    }

    /// When it is to be told that time has passed.
    pub(super) fn next_deadline(&self) -> Option<Instant> {
        match self {
            Self::Announcing(announcing) => Some(announcing.deadline()),
            Self::Http(http) => http.next_deadline(),
            Self::Upgrading(upgrading) => Some(upgrading.deadline),
            Self::WebSocket(websocket) => websocket.next_deadline(),
            Self::HttpClient(client) => client.next_deadline(),
            Self::Tunneling(tunneling) => tunneling.deadline(),
            Self::Opening(opening) => Some(opening.deadline),
            Self::Broker(broker) => broker.next_deadline(),
            Self::Raw(raw) => raw.next_deadline(),
            Self::Lingering(lingering) => Some(lingering.deadline),
        }
    }

    /// A read has brought bytes, which [`receive`](Self::receive) decodes.
    #[inline]
    pub(super) fn heard(&mut self, now: Instant) {
        if let Self::WebSocket(websocket) = self {
            websocket.heard(now);
        }
    }

    /// Decodes bytes, up to the first that has an effect.
    #[inline]
    pub(super) fn receive(&mut self, input: &mut Input, cx: &mut RoleContext<'_>) -> Effect<Self> {
        match self {
            Self::WebSocket(websocket) => websocket.receive(input, cx).map(Self::from),
            Self::Http(http) => http.receive(input, cx).map(Self::from),
            Self::Announcing(announcing) => announcing.receive(input, cx).map(Self::Http),
            Self::Opening(opening) => opening.receive(input, cx).map(Self::from),
            Self::Broker(broker) => broker.receive(input, cx).map(Self::Broker),
            Self::HttpClient(client) => client.receive(input, cx).map(Self::Raw),
            Self::Raw(_) => Raw::receive(input, cx).map(Self::from),
            Self::Tunneling(tunneling) => tunneling.receive(input, cx).map(Self::from),
            Self::Upgrading(_) | Self::Lingering(_) => Effect::Stay,
        }
    }

    /// A write has been made.
    pub(super) fn flushed(&mut self, flush: Flush, cx: &mut RoleContext<'_>) -> Effect {
        match self {
            Self::Http(http) => http.flushed(flush, cx),
            Self::WebSocket(websocket) => websocket.flushed(flush, cx),
            Self::HttpClient(client) => client.flushed(flush, cx),
            Self::Lingering(lingering) => lingering.flushed(flush, cx),
            Self::Broker(broker) => broker.flushed(flush, cx),
            Self::Raw(raw) => raw.flushed(flush, cx),
            Self::Announcing(_) | Self::Upgrading(_) | Self::Tunneling(_) | Self::Opening(_) => {
                Effect::Stay
            }
        }
    }

    /// Whether the connection ends once what waits is written.
    #[inline]
    pub(super) fn is_lingering(&self) -> bool {
        matches!(self, Self::Lingering(_))
    }

    /// Whether the peer waits for the reply to a request: nothing more is read until then.
    pub(super) fn is_owed_a_reply(&self) -> bool {
        matches!(self, Self::Http(http) if http.is_owed_a_reply())
    }

    /// A peer that is owed a reply has ended its side, or the connection broke.
    pub(super) fn abandoned(&mut self, broke: bool, cx: &RoleContext<'_>) -> Effect {
        match self {
            Self::Http(http) => http.abandoned(broke, cx),
            _ => Effect::Stay,
        }
    }

    /// Bytes were written of a WebSocket that is over.
    pub(super) fn note_written(&mut self, bytes: usize, done: bool) {
        if let Self::WebSocket(websocket) = self {
            websocket.note_written(bytes, done);
        }
    }

    /// Takes the marks of messages that have been written of a WebSocket that is over.
    pub(super) fn take_flushed(&mut self) -> Vec<u64> {
        match self {
            Self::WebSocket(websocket) => websocket.take_flushed(),
            _ => Vec::new(),
        }
    }

    /// Bytes of messages that wait for their turn to be in the output: what counts against limits,
    /// and what no other connection shares.
    pub(super) fn held(&self) -> (usize, usize) {
        match self {
            Self::WebSocket(websocket) => websocket.held(),
            _ => (0, 0),
        }
    }

    /// Bytes of messages that wait for the kernel, and how many messages.
    pub(super) fn unsent(&self) -> (usize, usize) {
        match self {
            Self::WebSocket(websocket) => (websocket.unsent(), websocket.unsent_messages()),
            _ => (0, 0),
        }
    }

    /// The peer's end has been read, or the connection broke.
    pub(super) fn ended(&mut self, broke: bool, cx: &RoleContext<'_>) -> Effect {
        match self {
            Self::Http(http) => http.ended(broke, cx),
            Self::Announcing(_) | Self::Upgrading(_) => Effect::End(Ending::Remove, None),
            Self::WebSocket(websocket) => websocket.ended(broke, cx),
            Self::HttpClient(client) => client.ended(broke, cx),
            Self::Tunneling(tunneling) => tunneling.ended(cx),
            Self::Opening(opening) => opening.ended(cx),
            Self::Broker(broker) => broker.ended(broke, cx),
            Self::Raw(raw) => raw.ended(broke, cx),
            Self::Lingering(lingering) => lingering.ended(broke),
        }
    }

    /// There is no way to whom it was to connect.
    pub(super) fn unreachable(&mut self, error: ConnError, cx: &RoleContext<'_>) -> Effect {
        match self {
            Self::HttpClient(client) => client.fail(error, cx),
            Self::Tunneling(tunneling) => tunneling.unreachable(error, cx),
            Self::Broker(broker) => broker.unreachable(&error, cx),
            Self::Raw(_) => Raw::unreachable(error, cx),
            _ => fail_opening(error, Cause::Reset, cx),
        }
    }

    /// What is to speak TLS on the way to the peer, as long as nobody has taken it: an outgoing
    /// WebSocket that goes through a proxy has it once the tunnel is there.
    pub(super) fn take_tls(&mut self) -> Option<Connector> {
        match self {
            Self::Opening(opening) => opening.take_tls(),
            Self::Broker(broker) => broker.take_tls(),
            Self::HttpClient(client) => client.take_tls(),
            Self::Raw(raw) => raw.take_tls(),
            _ => None,
        }
    }

    /// The TLS under it has failed.
    pub(super) fn failed(&mut self, fault: &Fault, cx: &mut RoleContext<'_>) -> Effect {
        match self {
            Self::Http(http) => http.failed(fault, cx),
            Self::Announcing(_) | Self::Upgrading(_) => Effect::End(Ending::Linger(None), None),
            Self::WebSocket(websocket) => websocket.failed(fault, cx),
            Self::HttpClient(client) => client.failed(fault, cx),
            Self::Tunneling(tunneling) => {
                tunneling.fail(ConnError::new(fault.code, &*fault.message), Cause::Tls, cx)
            }
            Self::Opening(_) => {
                fail_opening(ConnError::new(fault.code, &*fault.message), Cause::Tls, cx)
            }
            Self::Broker(broker) => broker.failed(fault, cx),
            Self::Raw(raw) => raw.failed(fault, cx),
            Self::Lingering(lingering) => lingering.ended(!fault.is_truncation()),
        }
    }

    /// Its deadline has passed.
    pub(super) fn expired(&mut self, cx: &mut RoleContext<'_>) -> Effect {
        match self {
            Self::Http(http) => http.expired(cx),
            Self::Announcing(announcing) => announcing.expired(cx),
            Self::Upgrading(_) => Upgrading::expired(cx),
            Self::WebSocket(websocket) => websocket.expired(cx),
            Self::HttpClient(client) => client.expired(cx),
            Self::Tunneling(tunneling) => tunneling.expired(cx),
            Self::Opening(opening) => opening.expired(cx),
            Self::Broker(broker) => broker.expired(cx),
            Self::Raw(raw) => raw.expired(cx),
            Self::Lingering(_) => Effect::End(Ending::Reset, None),
        }
    }

    /// It is to end politely, after the reply that is under way.
    pub(super) fn close(&mut self, code: u16, reason: &str, cx: &mut RoleContext<'_>) -> Effect {
        match self {
            // Of a client, nobody is left to be told: the process ends.
            Self::Announcing(_) | Self::HttpClient(_) => Effect::End(Ending::Remove, None),
            Self::Http(http) => http.close(cx),
            Self::Upgrading(_) => upgrading::refuse_closing(cx),
            Self::WebSocket(websocket) => {
                let closed = websocket.close(Some(code), reason, Cause::Shutdown, cx);
                // A code that may not be sent was refused when the script gave it.
                closed.unwrap_or(Effect::Stay)
            }
            Self::Tunneling(tunneling) if tunneling.route().is_some() => {
                Effect::End(Ending::Remove, None)
            }
            Self::Tunneling(_) | Self::Opening(_) => opening::abort(cx),
            Self::Broker(broker) => broker.close(),
            Self::Raw(_) => Raw::close(cx),
            Self::Lingering(_) => Effect::Stay,
        }
    }

    /// There may be something to write to a broker, which others than its connection know of.
    pub(super) fn stir(&mut self, cx: &mut RoleContext<'_>) -> Effect {
        match self {
            Self::Broker(broker) => broker.stir(cx),
            _ => Effect::Stay,
        }
    }

    /// The messages of its peer come too fast.
    pub(super) fn fail_fast(&mut self, what: &str, cx: &mut RoleContext<'_>) -> Effect {
        match self {
            Self::WebSocket(websocket) => websocket.fail_fast(what, cx),
            _ => Effect::Stay,
        }
    }

    /// It has lasted for as long as it may.
    pub(super) fn retire(&mut self, cx: &mut RoleContext<'_>) -> Effect {
        match self {
            Self::WebSocket(websocket) => websocket.retire(cx),
            _ => Effect::Stay,
        }
    }

    /// Its server takes nothing new, and closes WebSockets one after the other.
    pub(super) fn drain(&mut self, until: Instant, cx: &mut RoleContext<'_>) -> Effect {
        match self {
            Self::Announcing(announcing) => announcing.drain(until),
            Self::Http(http) => http.drain(until, cx),
            Self::Upgrading(_) => upgrading::refuse_closing(cx),
            // Its turn comes; it has come; no server has accepted it.
            Self::WebSocket(_)
            | Self::Lingering(_)
            | Self::Tunneling(_)
            | Self::Opening(_)
            | Self::HttpClient(_)
            | Self::Raw(_)
            | Self::Broker(_) => Effect::Stay,
        }
    }

    /// Memory is short, and much of it is for this peer.
    pub(super) fn shed(&mut self, cx: &mut RoleContext<'_>) -> Effect {
        match self {
            Self::WebSocket(websocket) => websocket.shed(cx),
            Self::Broker(_) => Effect::Stay,
            role => role.abort(cx),
        }
    }

    /// It is to end at once.
    pub(super) fn abort(&mut self, cx: &RoleContext<'_>) -> Effect {
        match self {
            Self::WebSocket(websocket) => websocket.abort(cx),
            Self::HttpClient(client) => client.fail(ended_here(), cx),
            Self::Tunneling(tunneling) if tunneling.route().is_some() => {
                tunneling.fail(ended_here(), Cause::Local, cx)
            }
            Self::Tunneling(_) | Self::Opening(_) => opening::abort(cx),
            Self::Broker(broker) => broker.close(),
            Self::Raw(_) => Raw::abort(cx),
            Self::Http(http) => http.abort(cx),
            Self::Announcing(_) | Self::Upgrading(_) | Self::Lingering(_) => {
                Effect::End(Ending::Reset, None)
            }
        }
    }
}

/// Why an exchange has no end of its own.
fn ended_here() -> ConnError {
    ConnError::new("ECONNABORTED", "the connection was ended on this side")
}

impl From<Reached> for Role {
    fn from(reached: Reached) -> Self {
        match reached {
            Reached::Opening(opening) => Self::Opening(opening),
            Reached::Http(client) => Self::HttpClient(client),
        }
    }
}

impl From<Checked> for Role {
    fn from(checked: Checked) -> Self {
        match checked {
            Checked::Asked(upgrading) => Self::Upgrading(upgrading),
            Checked::Opened(websocket) => Self::WebSocket(websocket),
        }
    }
}

impl From<Infallible> for Role {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

impl From<Box<WebSocket>> for Role {
    fn from(websocket: Box<WebSocket>) -> Self {
        Self::WebSocket(websocket)
    }
}
