//! What a script asks of connections. One that is gone takes anything.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;

use super::conn::Link;
use super::effect::Effect;
use super::event::{Cause, ConnError};
use super::facts::Facts;
use super::proxies::Client;
use super::role::{
    Acceptance, Flags, Role, RoleContext, SendError, Way, WebSocket, fail_opening, refuse_upgrade,
    refuse_upgrade_with,
};
use super::schedule::Pauses;
use super::server::Agreed;
use super::turn::Host;
use crate::id::{ConnId, ServerId};
use crate::limits::FLUSH_EARLY_BYTES;
use crate::net::reactor::Watcher;
use crate::proto::http1::{Headers, Request, Response, UsageError};
use crate::proto::ws::{self, Outgoing, State};

/// A reply of a script.
#[derive(Debug, Default)]
pub struct Reply<'a> {
    /// The status code.
    pub status: u16,
    /// Fields, in order.
    pub headers: &'a [(&'a str, &'a [u8])],
    /// The content.
    pub body: &'a [u8],
}

/// What is known of an accepted WebSocket from its opening handshake.
#[derive(Debug)]
pub struct OpeningFacts {
    /// A number that no other WebSocket of this process has: 1 for the first.
    pub number: u64,
    /// The request.
    pub request: Box<Request>,
    /// What it agreed on.
    pub agreed: Rc<Agreed>,
    /// Whom it comes from.
    pub client: Client,
}

impl Reply<'_> {
    pub(super) fn response(&self) -> Response<'_> {
        let Self { status, headers, body } = *self;
        Response { status, reason: None, headers, body }
    }
}

/// HTTP.
impl Host {
    /// Answers the request that `Event::Request` brought. An error names what is wrong with the
    /// reply, and the request is still to be answered.
    pub fn respond(&mut self, id: ConnId, reply: &Reply<'_>) -> Result<(), UsageError> {
        let responded = self.attempt(id, |role, cx| match role {
            Role::Http(http) => http.respond(&reply.response(), cx),
            _ => Ok(Effect::Stay),
        });
        // What a turn may bring is many such replies.
        if self.conns.get(id).is_some_and(|conn| conn.out.len() > FLUSH_EARLY_BYTES) {
            self.flush_conn(id);
        }
        responded
    }

    /// Answers a request, or refuses an opening handshake, because the script failed.
    pub fn fail_request(&mut self, id: ConnId, status: u16, message: &str) {
        self.act(id, |role, cx| match role {
            Role::Http(http) => http.fail(status, message, cx),
            Role::Upgrading(_) => refuse_upgrade(status, &[], message, cx),
            _ => Effect::Stay,
        });
    }

    /// Opens the WebSocket that `Event::Upgrade` asked about. An error names what is wrong, and the
    /// handshake is still to be answered.
    pub fn accept_upgrade(&mut self, id: ConnId, wish: &Acceptance) -> Result<(), UsageError> {
        self.attempt(id, |role, cx| match role {
            Role::Upgrading(upgrading) => upgrading.accept(wish, cx),
            _ => Ok(Effect::Stay),
        })
    }

    /// Refuses the WebSocket that `Event::Upgrade` asked about. An error names what is wrong with
    /// the reply, and the handshake is still to be answered.
    pub fn refuse_upgrade_with(&mut self, id: ConnId, reply: &Reply<'_>) -> Result<(), UsageError> {
        self.attempt(id, |role, cx| match role {
            Role::Upgrading(_) => {
                log::debug!("{id} upgrade refused by the script: {}", reply.status);
                refuse_upgrade_with::<Infallible>(&reply.response(), cx)
            }
            _ => Ok(Effect::Stay),
        })
    }

    /// Whether the peer waits for an answer of the script.
    pub fn waits_for_script(&self, id: ConnId) -> bool {
        self.conns.get(id).is_some_and(|conn| match &conn.role {
            Role::Upgrading(_) => true,
            role => role.is_owed_a_reply(),
        })
    }

    pub(super) fn attempt<N: Into<Role>, E>(
        &mut self,
        id: ConnId,
        work: impl FnOnce(&mut Role, &mut RoleContext<'_>) -> Result<Effect<N>, E>,
    ) -> Result<(), E> {
        let result = self.command(id, |role, cx| match work(role, cx) {
            Ok(effect) => (effect, Ok(())),
            Err(error) => (Effect::Stay, Err(error)),
        });
        result.unwrap_or(Ok(()))
    }

    /// Whom a request comes from.
    pub fn client(&self, id: ConnId, headers: &Headers) -> Client {
        let Some(conn) = self.conns.get(id) else { return Client::default() };
        let over_tls = matches!(&conn.link, Link::Up(transport) if transport.is_tls());
        match conn.server.and_then(|id| self.shared.servers.get(id)) {
            Some(server) => server.client(conn.peer, over_tls, headers),
            None => Client { address: conn.peer, secure: over_tls, host: None },
        }
    }

    /// The server that accepted a connection, or the route of it.
    pub fn server_of(&self, id: ConnId) -> Option<ServerId> {
        self.conns.get(id)?.server
    }

    /// The certificate in DER by which a peer has proved who it is.
    pub fn peer_certificate(&self, id: ConnId) -> Option<&[u8]> {
        match &self.conns.get(id)?.link {
            Link::Up(transport) => transport.peer_certificate(),
            Link::Dialing(_) | Link::Changing => None,
        }
    }

    /// A peer's address.
    pub fn peer_address(&self, id: ConnId) -> Option<SocketAddr> {
        self.conns.get(id).and_then(|conn| conn.peer)
    }
}

/// WebSockets.
impl Host {
    /// Queues a message whose payload of `message.len` bytes `fill` writes. Returns how many bytes
    /// wait for the peer then, frames and all.
    pub fn send_websocket(
        &mut self,
        id: ConnId,
        message: Outgoing,
        fill: impl FnOnce(&mut Vec<u8>),
    ) -> Result<usize, SendError> {
        let mut conn = self.conns.get_mut(id).ok_or(SendError::NotOpen)?;
        let Role::WebSocket(websocket) = &conn.role else { return Err(SendError::NotOpen) };
        if websocket.is_filling(conn.out.len()) {
            if self.relieve(id)? == Way::Wait {
                return self.hold_message(id, message, None, fill);
            }
            conn = self.conns.get_mut(id).ok_or(SendError::NotOpen)?;
        }
        conn.act(&mut self.shared, |role, cx| match role {
            Role::WebSocket(websocket) => {
                websocket.send(message, cx, fill).map_err(|_| SendError::NotOpen)
            }
            _ => Err(SendError::NotOpen),
        })?;
        self.agenda.mark_dirty(conn);
        Ok(conn.out.len())
    }

    /// Sends a ping; `Event::Pong` brings the answer.
    pub fn ping_websocket(&mut self, id: ConnId, data: &[u8]) -> Result<(), ws::UsageError> {
        self.refresh_now();
        self.with_websocket(id, |websocket, cx| (Effect::Stay, websocket.ping(data, cx)))
            .unwrap_or(Err(CLOSED))
    }

    /// The same for whoever does not wait for the answer: where too much waits for the peer already,
    /// it is not sent.
    pub fn ping_unawaited(&mut self, id: ConnId, data: &[u8]) -> Result<(), ws::UsageError> {
        if self.is_filling(id) && !self.relieve_control(id) {
            return Ok(());
        }
        self.ping_websocket(id, data)
    }

    /// Sends a pong that nobody asked for.
    pub fn pong_websocket(&mut self, id: ConnId, data: &[u8]) -> Result<(), ws::UsageError> {
        // A script may answer every ping itself, and its peer read none of the answers.
        if self.is_filling(id) && !self.relieve_control(id) {
            return Ok(());
        }
        self.with_websocket(id, |websocket, cx| (Effect::Stay, websocket.pong(data, cx)))
            .unwrap_or(Err(CLOSED))
    }

    /// Begins the closing handshake. Without a code the Close frame has none.
    pub fn close_websocket(
        &mut self,
        id: ConnId,
        code: Option<u16>,
        reason: &str,
    ) -> Result<(), ws::UsageError> {
        self.begin_close(id, |websocket, cx| websocket.close(code, reason, Cause::Local, cx))
    }

    /// The same because the script failed: an accepted WebSocket has ended with that code, whatever
    /// its peer answers.
    pub fn fail_websocket(
        &mut self,
        id: ConnId,
        code: u16,
        reason: &str,
    ) -> Result<(), ws::UsageError> {
        self.begin_close(id, |websocket, cx| websocket.close_for_fault(code, reason, cx))
    }

    fn begin_close(
        &mut self,
        id: ConnId,
        close: impl FnOnce(&mut WebSocket, &mut RoleContext<'_>) -> Result<Effect, ws::UsageError>,
    ) -> Result<(), ws::UsageError> {
        // The time for the peer's answer begins now, however long the script has computed.
        self.refresh_now();
        self.with_websocket(id, |websocket, cx| match close(websocket, cx) {
            Ok(effect) => (effect, Ok(())),
            Err(error) => (Effect::Stay, Err(error)),
        })
        .unwrap_or(Err(CLOSED))
    }

    pub(super) fn with_websocket<R>(
        &mut self,
        id: ConnId,
        work: impl FnOnce(&mut WebSocket, &mut RoleContext<'_>) -> (Effect, R),
    ) -> Option<R> {
        self.command(id, |role, cx| match role {
            Role::WebSocket(websocket) => {
                let (effect, result) = work(websocket, cx);
                (effect, Some(result))
            }
            _ => (Effect::Stay, None),
        })
        .flatten()
    }

    fn is_filling(&self, id: ConnId) -> bool {
        self.conns.get(id).is_some_and(|conn| match &conn.role {
            Role::WebSocket(websocket) => websocket.writes_early(conn.out.len()),
            _ => false,
        })
    }

    /// Ends a connection at once, in any state: the peer sees a reset.
    pub fn terminate(&mut self, id: ConnId) {
        self.act(id, |role, cx| role.abort(cx));
    }

    /// Ends an outgoing WebSocket at once, in any state, with this error.
    pub fn fail_outgoing(&mut self, id: ConnId, error: ConnError) {
        self.act(id, |role, cx| match role {
            Role::WebSocket(websocket) => websocket.abort_with(error, cx),
            Role::Opening(_) | Role::Tunneling(_) => fail_opening(error, Cause::Local, cx),
            role => role.abort(cx),
        });
    }

    /// Stops giving the script what the peer sends; the peer feels it as backpressure.
    pub fn set_paused(&mut self, id: ConnId, paused: bool) {
        // One that is closing is to hear the peer's answer.
        let is_over = matches!(self.websocket_state(id), Some(State::Closing | State::Closed));
        self.set_pause(id, Pauses::SCRIPT, paused && !is_over);
    }

    /// The same because the script is behind with what it has been given. An open WebSocket alone
    /// can be.
    pub fn set_stalled(&mut self, id: ConnId, stalled: bool) {
        let is_open = self.websocket_state(id) == Some(State::Open);
        self.set_pause(id, Pauses::PENDING, stalled && is_open);
    }

    fn set_pause(&mut self, id: ConnId, reason: u8, holds: bool) {
        let Some(conn) = self.conns.get_mut(id) else { return };
        conn.schedule.pauses.set(reason, holds);
        if !conn.schedule.pauses.any() && conn.schedule.has_input() {
            self.agenda.read_soon(conn);
        }
    }

    /// Bytes of messages that wait for the kernel. `Event::Drain` follows once none does.
    pub fn buffered_amount(&mut self, id: ConnId) -> usize {
        match self.conns.get_mut(id).map(|conn| &mut conn.role) {
            Some(Role::WebSocket(websocket)) => websocket.buffered_amount(),
            _ => 0,
        }
    }

    /// What is known of a WebSocket that is open or closing.
    pub fn websocket_facts(&self, id: ConnId) -> Option<Facts> {
        match &self.conns.get(id)?.role {
            Role::WebSocket(websocket) => Some(websocket.facts()),
            _ => None,
        }
    }

    /// A ping that the script sent has been answered after so long.
    pub fn note_round_trip(&mut self, id: ConnId, round_trip: Duration) {
        if let Some(Role::WebSocket(websocket)) = self.conns.get_mut(id).map(|conn| &mut conn.role)
        {
            websocket.note_round_trip(round_trip);
        }
    }

    /// The state of a connection; one that is gone is closed. `None` while it is not open yet.
    pub fn websocket_state(&self, id: ConnId) -> Option<State> {
        match self.conns.get(id).map(|conn| &conn.role) {
            Some(Role::WebSocket(websocket)) => Some(websocket.state()),
            Some(Role::Opening(_) | Role::Tunneling(_)) => None,
            _ => Some(State::Closed),
        }
    }

    /// Has [`take_changed`](Self::take_changed) return a WebSocket, now and whenever its state may
    /// have changed.
    pub fn show_state(&mut self, id: ConnId) {
        if let Some(Role::WebSocket(websocket)) = self.conns.get_mut(id).map(|conn| &mut conn.role)
        {
            websocket.flags.set(Flags::SHOWN, true);
            self.changed.push(id);
        }
    }

    /// What has sources watched that are not the host's own.
    pub fn watcher(&self) -> &Watcher {
        &self.watcher
    }

    /// Whether there is anything for [`take_changed`](Self::take_changed) to return.
    #[inline]
    pub fn has_changed(&self) -> bool {
        !self.changed.is_empty()
    }

    /// Takes which WebSockets may have changed their state since the last time, of those for which
    /// [`show_state`](Self::show_state) has asked.
    pub fn take_changed(&mut self) -> Vec<ConnId> {
        std::mem::take(&mut self.changed)
    }

    /// Takes what the opening handshake of an accepted WebSocket said; once.
    pub fn take_opening_facts(&mut self, id: ConnId) -> Option<OpeningFacts> {
        let Role::WebSocket(websocket) = &mut self.conns.get_mut(id)?.role else { return None };
        let request = websocket.take_request()?;
        let (number, agreed) = (websocket.number, websocket.agreed.clone());
        let client = self.client(id, &request.headers);
        Some(OpeningFacts { number, request, agreed, client })
    }

    /// What a WebSocket's opening handshake agreed on.
    pub fn agreed(&self, id: ConnId) -> Option<Rc<Agreed>> {
        match self.conns.get(id).map(|conn| &conn.role) {
            Some(Role::WebSocket(websocket)) => Some(websocket.agreed.clone()),
            _ => None,
        }
    }

    /// How many WebSockets of a server, and of its routes, are open.
    pub fn count_websockets(&self, server: ServerId) -> usize {
        let open = |id: ServerId| self.shared.servers.get(id).map_or(0, |server| server.open);
        let routes = self.shared.servers.get(server).map(|server| &server.routes[..]);
        open(server) + routes.unwrap_or_default().iter().map(|route| open(*route)).sum::<usize>()
    }

    /// The open WebSocket of a server with this number.
    pub fn find_websocket(&mut self, server: ServerId, number: u64) -> Option<ConnId> {
        let conn = self.find_numbered(number)?;
        let is_its = self.is_of(self.conns.get(conn)?, server);
        (is_its && self.websocket_state(conn) == Some(State::Open)).then_some(conn)
    }

    /// The open WebSockets of a server, and of its routes.
    pub fn websockets_of(&self, server: ServerId) -> Vec<ConnId> {
        self.conns
            .iter()
            .filter(|conn| self.is_of(conn, server))
            .filter(|conn| match &conn.role {
                Role::WebSocket(websocket) => websocket.state() == State::Open,
                _ => false,
            })
            .map(|conn| conn.id)
            .collect()
    }
}

const CLOSED: ws::UsageError = ws::UsageError::NotOpen { state: State::Closed };
