//! From a request to a connection, and what a script asks of an exchange meanwhile. One that is over
//! takes anything.

use super::lines::Place;
use super::request::{Exchange, HttpRequest, RequestBody, Route};
use crate::host::conn::{Conn, Link};
use crate::host::dial::Dial;
use crate::host::effect::{Effect, Ending};
use crate::host::event::{ConnError, Event, News};
use crate::host::options::Target;
use crate::host::role::{Behind, HttpClient, Role, Tunneling};
use crate::host::turn::Host;
use crate::id::{ConnId, ExchangeId};
use crate::limits::{FLUSH_EARLY_BYTES, REQUESTS_WAITING_MAX, UPLOAD_WAITING_BYTES};

impl Host {
    /// Sends a request, on a connection that is there or on a new one. `Event::Exchange` tells what
    /// comes of it.
    pub fn send_request(&mut self, request: HttpRequest) -> ExchangeId {
        let id = self.clients.exchanges.add(|id| {
            Box::new(Exchange { id, request, conn: None, retried: false, paused: false })
        });
        self.place_exchange(id);
        id
    }

    /// The same on a connection of a script's own, be it that it is still to be connected. It is the
    /// host's from then on.
    pub fn send_request_on(&mut self, conn: ConnId, request: HttpRequest) -> ExchangeId {
        let now = self.refresh_now();
        let id = self.clients.exchanges.add(|id| {
            Box::new(Exchange { id, request, conn: Some(conn), retried: true, paused: false })
        });
        let Some(entry) = self.conns.get_mut(conn) else { return self.refuse_exchange(id) };
        let Role::Raw(raw) = &mut entry.role else { return self.refuse_exchange(id) };
        let Some(exchange) = self.clients.exchanges.get(id) else { return id };
        let (request, tls) = (&exchange.request, raw.take_tls());
        let client = HttpClient::new(request.route.clone(), id, request, now).with_tls(tls);
        let route = request.route.clone();
        entry.role = Role::HttpClient(client);
        HttpClient::write_request(request, entry.out.tail(&mut self.shared.buffers));
        self.agenda.mark_dirty(entry);
        if entry.schedule.has_input() {
            self.agenda.read_soon(entry);
        }
        self.clients.note_open(&route);
        self.rearm(conn);
        id
    }

    fn refuse_exchange(&mut self, id: ExchangeId) -> ExchangeId {
        drop(self.clients.forget(id));
        let error = Box::new(ConnError::new("ECONNRESET", "the connection is over"));
        let news = News::Failed { error, was_stale: false };
        self.queue.push_back(Event::Exchange { id, news });
        id
    }

    fn place_exchange(&mut self, id: ExchangeId) {
        loop {
            let Some(exchange) = self.clients.exchanges.get(id) else { return };
            let route = exchange.request.route.clone();
            let repeatable = exchange.request.repeatable;
            match self.clients.place(id, &route) {
                Place::Idle(conn) if self.is_usable(conn, repeatable) => {
                    return self.assign(conn, id);
                }
                // Nobody has been told that it has gone; it is not on the list any more.
                Place::Idle(conn) => {
                    self.act(conn, |_, _| Effect::End(Ending::Remove, None));
                }
                Place::New => return self.connect_exchange(id),
                Place::Wait(None) => return,
                Place::Wait(Some(idle)) => {
                    return self.act(idle, |_, _| Effect::End(Ending::Remove, None));
                }
                Place::Full => {
                    let message = format!(
                        "more than {REQUESTS_WAITING_MAX} requests wait for a connection: await \
                         some before you send more"
                    );
                    let error = Box::new(ConnError::new("ERR_TOO_MANY_REQUESTS", message));
                    drop(self.clients.forget(id));
                    let news = News::Failed { error, was_stale: false };
                    return self.queue.push_back(Event::Exchange { id, news });
                }
            }
        }
    }

    /// Whether a connection that has been idle can carry a request. A look at the socket costs a
    /// system call, which a request pays that cannot be sent again.
    fn is_usable(&self, id: ConnId, repeatable: bool) -> bool {
        let Some(conn) = self.conns.get(id) else { return false };
        let Link::Up(transport) = &conn.link else { return false };
        !conn.schedule.has_input()
            && !conn.schedule.read_closed
            && (repeatable || transport.is_quiet())
    }

    /// Puts a request on a connection that is free.
    fn assign(&mut self, conn: ConnId, id: ExchangeId) {
        let Some(exchange) = self.clients.exchanges.get_mut(id) else { return };
        exchange.conn = Some(conn);
        let request = &exchange.request;
        let Some(entry) = self.conns.get_mut(conn) else { return };
        entry.act(&mut self.shared, |role, cx| {
            if let Role::HttpClient(client) = role {
                client.begin(id, request, cx);
            }
        });
        self.agenda.mark_dirty(entry);
        self.rearm(conn);
    }

    /// Connects for a request.
    fn connect_exchange(&mut self, id: ExchangeId) {
        let Some(exchange) = self.clients.exchanges.get_mut(id) else { return };
        let route = exchange.request.route.clone();
        let Route { target, proxy, local_address, .. } = &*route;
        let target = match proxy {
            Some(proxy) => Target::Tcp { host: proxy.host.clone(), port: proxy.port },
            None => target.clone(),
        };
        let now = self.shared.now;
        let link = Link::Dialing(Box::new(Dial::new(target, *local_address, now)));
        let request = &exchange.request;
        let client = HttpClient::new(route.clone(), id, request, now);
        let mut out = Vec::new();
        let role = match proxy {
            None => {
                HttpClient::write_request(request, &mut out);
                Ok(Role::HttpClient(client))
            }
            Some(proxy) => {
                let behind = Behind::Http(client);
                Tunneling::new(behind, proxy, &route.target, &mut out).map(Role::Tunneling)
            }
        };
        let (role, error) = match role {
            Ok(role) => (role, None),
            Err(error) => (Role::over(now), Some(error)),
        };
        let conn = self.conns.add(|id| Conn::new(id, link, role));
        if let Some(exchange) = self.clients.exchanges.get_mut(id) {
            exchange.conn = Some(conn);
        }
        if let Some(error) = error {
            self.act(conn, |_, cx| fail(id, error, cx.id));
            return;
        }
        if let Some(entry) = self.conns.get_mut(conn) {
            entry.out.tail(&mut self.shared.buffers).extend_from_slice(&out);
        }
        self.clients.note_open(&route);
        self.begin_dial(conn);
        self.rearm(conn);
    }

    /// The tunnel of a proxy is there for a request.
    pub(in crate::host) fn begin_request(&mut self, conn: ConnId) {
        let Some(entry) = self.conns.get_mut(conn) else { return };
        let Role::HttpClient(client) = &entry.role else { return };
        let exchange = client.exchange().and_then(|id| self.clients.exchanges.get(id));
        let Some(exchange) = exchange else { return };
        HttpClient::write_request(&exchange.request, entry.out.tail(&mut self.shared.buffers));
        self.agenda.mark_dirty(entry);
    }

    /// Takes note of what the script is to be told of an exchange: one that may be sent again is,
    /// and it is told nothing.
    pub(in crate::host) fn settle_exchange(&mut self, event: Option<Event>) -> Option<Event> {
        let Some(Event::Exchange { id, news }) = event else { return event };
        if let News::Failed { was_stale: true, .. } = &news
            && let Some(exchange) = self.clients.exchanges.get_mut(id)
            && exchange.request.repeatable
            && !exchange.retried
            && !matches!(exchange.request.body, RequestBody::Stream { .. })
        {
            (exchange.retried, exchange.conn) = (true, None);
            log::debug!("a request is sent again on a new connection");
            self.connect_exchange(id);
            return None;
        }
        if news.is_last() && self.clients.forget(id).is_none() {
            // The script has given it up.
            return None;
        }
        Some(Event::Exchange { id, news })
    }

    /// A connection is free for the next request.
    pub(in crate::host) fn rest(&mut self, id: ConnId) {
        let Some(Role::HttpClient(client)) = self.conns.get(id).map(|conn| &conn.role) else {
            return;
        };
        let route = client.route.clone();
        let (next, surplus) = self.clients.rest(id, &route);
        if let Some(next) = next {
            return self.assign(id, next);
        }
        self.rearm(id);
        if let Some(surplus) = surplus {
            self.act(surplus, |_, _| Effect::End(Ending::Remove, None));
        }
    }

    /// A connection has gone, and others may have waited for that.
    pub(in crate::host) fn note_client_gone(&mut self, id: ConnId, role: &Role) {
        let (route, is_idle) = match role {
            Role::HttpClient(client) => (client.route.clone(), client.is_idle()),
            Role::Tunneling(tunneling) => match tunneling.route() {
                Some(route) => (route, false),
                None => return,
            },
            _ => return,
        };
        if let Some(next) = self.clients.note_gone(id, &route, is_idle) {
            self.place_exchange(next);
        }
    }

    /// Sends the next bytes of a request's body. Returns whether more is wanted at once; if not,
    /// `News::Wanted` says when.
    pub fn write_upload(&mut self, id: ExchangeId, bytes: &[u8]) -> bool {
        let Some(conn) = self.conn_of(id) else { return false };
        let wrote = self.with_client(conn, |client, out| client.write(bytes, out));
        if self.conns.get(conn).is_some_and(|conn| conn.out.len() > FLUSH_EARLY_BYTES) {
            self.flush_conn(conn);
        }
        let waiting = self.conns.get(conn).map_or(0, |conn| conn.out.len());
        let wants_more = waiting < UPLOAD_WAITING_BYTES;
        if !wants_more {
            self.with_client(conn, |client, _| client.asks_again());
        }
        wrote.is_some() && wants_more
    }

    /// That was all of a request's body.
    pub fn end_upload(&mut self, id: ExchangeId) {
        if let Some(conn) = self.conn_of(id) {
            self.with_client(conn, HttpClient::end_writing);
        }
    }

    /// Stops reading a response, or goes on; the server feels it as backpressure.
    pub fn pause_response(&mut self, id: ExchangeId, paused: bool) {
        let now = self.shared.now;
        let Some(exchange) = self.clients.exchanges.get_mut(id) else { return };
        let Some(conn) = exchange.conn else { return };
        if std::mem::replace(&mut exchange.paused, paused) == paused {
            return;
        }
        if paused {
            self.clients.dormant += 1;
        } else {
            self.clients.dormant -= 1;
        }
        self.with_client(conn, |client, _| client.pause(paused, now));
        if let Some(entry) = self.conns.get_mut(conn).filter(|_| !paused) {
            if entry.schedule.has_input() {
                self.agenda.read_soon(entry);
            }
            self.rearm(conn);
        }
    }

    /// Gives an exchange up: its connection ends, and nothing more is told of it.
    pub fn abort_exchange(&mut self, id: ExchangeId) {
        let Some(exchange) = self.clients.forget(id) else { return };
        match exchange.conn {
            Some(conn) => self.act(conn, |_, _| Effect::End(Ending::Reset, None)),
            None => self.clients.forget_waiting(id, &exchange.request.route),
        }
    }

    fn conn_of(&self, id: ExchangeId) -> Option<ConnId> {
        self.clients.exchanges.get(id)?.conn
    }

    fn with_client(
        &mut self,
        conn: ConnId,
        work: impl FnOnce(&mut HttpClient, &mut Vec<u8>),
    ) -> Option<()> {
        self.command(conn, |role, cx| match role {
            Role::HttpClient(client) => {
                work(client, cx.out());
                (Effect::<Role>::Stay, Some(()))
            }
            Role::Tunneling(tunneling) => {
                // Nothing of the request goes to the proxy.
                if let Some(client) = tunneling.client() {
                    work(client, &mut Vec::new());
                }
                (Effect::Stay, Some(()))
            }
            _ => (Effect::Stay, None),
        })
        .flatten()
    }
}

/// The effect of an exchange that fails.
fn fail(id: ExchangeId, error: ConnError, conn: ConnId) -> Effect {
    log::debug!("{conn} failed: {}", error.message);
    let news = News::Failed { error: Box::new(error), was_stale: false };
    Effect::End(Ending::Remove, Some(Event::Exchange { id, news }))
}
