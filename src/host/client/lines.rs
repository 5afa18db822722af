//! Connections of requests, by the way they go: how many there are, which of them are idle, and
//! which requests wait for one. Knows no socket.

use std::collections::VecDeque;
use std::rc::Rc;

use super::request::{Exchange, Route};
use crate::host::table::Table;
use crate::id::{ConnId, ExchangeId};
use crate::limits::{
    CONNECTIONS_PER_SERVER, IDLE_CONNECTIONS_MAX, REQUEST_CONNECTIONS_MAX, REQUESTS_WAITING_MAX,
};

/// All exchanges, and the connections for them.
#[derive(Default)]
pub(in crate::host) struct Clients {
    pub(in crate::host) exchanges: Table<Box<Exchange>>,
    lines: Vec<Line>,
    open: usize,
    /// Idle connections, the one that has been idle for longest first.
    idle: VecDeque<(ConnId, Rc<Route>)>,
    waiting: usize,
    /// Exchanges of which nobody takes the rest.
    pub(in crate::host) dormant: usize,
}

/// Connections that go one way.
struct Line {
    route: Rc<Route>,
    open: usize,
    idle: usize,
    waiting: VecDeque<ExchangeId>,
}

/// What a request is to do.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::host) enum Place {
    /// Take this connection, which is idle no more.
    Idle(ConnId),
    /// Connect.
    New,
    /// Wait; this idle connection of another way is to make room.
    Wait(Option<ConnId>),
    /// Too many wait.
    Full,
}

impl Line {
    fn is_for(&self, route: &Rc<Route>) -> bool {
        Rc::ptr_eq(&self.route, route) || self.route == *route
    }
}

impl Clients {
    /// How many connections have no request on them.
    pub(in crate::host) fn idle(&self) -> usize {
        self.idle.len()
    }

    /// An exchange is over.
    pub(in crate::host) fn forget(&mut self, id: ExchangeId) -> Option<Box<Exchange>> {
        let exchange = self.exchanges.remove(id)?;
        self.dormant -= usize::from(exchange.paused);
        Some(exchange)
    }

    fn line(&mut self, route: &Rc<Route>) -> &mut Line {
        let found = self.lines.iter().position(|line| line.is_for(route));
        let index = found.unwrap_or_else(|| {
            let route = route.clone();
            self.lines.push(Line { route, open: 0, idle: 0, waiting: VecDeque::new() });
            self.lines.len() - 1
        });
        &mut self.lines[index]
    }

    /// Where a request goes; it stands on the list if it is to wait.
    pub(in crate::host) fn place(&mut self, id: ExchangeId, route: &Rc<Route>) -> Place {
        if let Some(conn) = self.take_idle(route) {
            return Place::Idle(conn);
        }
        let is_full = self.open >= REQUEST_CONNECTIONS_MAX;
        if !is_full && self.line(route).open < CONNECTIONS_PER_SERVER {
            return Place::New;
        }
        if self.waiting >= REQUESTS_WAITING_MAX {
            return Place::Full;
        }
        self.waiting += 1;
        self.line(route).waiting.push_back(id);
        Place::Wait(self.idle.front().filter(|_| is_full).map(|(conn, _)| *conn))
    }

    /// The connection of this way that became idle last.
    fn take_idle(&mut self, route: &Rc<Route>) -> Option<ConnId> {
        let line = self.line(route);
        line.idle = line.idle.checked_sub(1)?;
        let is_its = |(_, known): &(ConnId, Rc<Route>)| Rc::ptr_eq(known, route) || known == route;
        let at = self.idle.iter().rposition(is_its)?;
        self.idle.remove(at).map(|(conn, _)| conn)
    }

    /// A connection goes this way.
    pub(in crate::host) fn note_open(&mut self, route: &Rc<Route>) {
        self.open += 1;
        self.line(route).open += 1;
    }

    /// A connection is free: who has waited for it, or which other one is to be closed so that not
    /// too many are idle.
    pub(in crate::host) fn rest(
        &mut self,
        conn: ConnId,
        route: &Rc<Route>,
    ) -> (Option<ExchangeId>, Option<ConnId>) {
        let line = self.line(route);
        if let Some(next) = line.waiting.pop_front() {
            self.waiting -= 1;
            return (Some(next), None);
        }
        line.idle += 1;
        self.idle.push_back((conn, route.clone()));
        let oldest = self.idle.front().map(|(conn, _)| *conn);
        // Those that go another way may wait for there to be fewer.
        let is_surplus = self.idle.len() > IDLE_CONNECTIONS_MAX || self.waiting > 0;
        (None, oldest.filter(|_| is_surplus))
    }

    /// A connection has gone. Returns a request that has waited for there to be fewer.
    pub(in crate::host) fn note_gone(
        &mut self,
        conn: ConnId,
        route: &Rc<Route>,
        is_idle: bool,
    ) -> Option<ExchangeId> {
        self.open -= 1;
        self.line(route).open -= 1;
        if is_idle && let Some(at) = self.idle.iter().position(|(known, _)| *known == conn) {
            self.idle.remove(at);
            self.line(route).idle -= 1;
        }
        let next = if self.waiting == 0 { None } else { self.next_waiting() };
        self.lines.retain(|line| line.open > 0 || !line.waiting.is_empty());
        next
    }

    fn next_waiting(&mut self) -> Option<ExchangeId> {
        let may = |line: &&mut Line| !line.waiting.is_empty() && line.open < CONNECTIONS_PER_SERVER;
        let next = self.lines.iter_mut().find(may)?.waiting.pop_front();
        self.waiting -= usize::from(next.is_some());
        next
    }

    /// A request waits no longer, since nobody wants it.
    pub(in crate::host) fn forget_waiting(&mut self, id: ExchangeId, route: &Rc<Route>) {
        let line = self.line(route);
        let before = line.waiting.len();
        line.waiting.retain(|known| *known != id);
        let gone = before - line.waiting.len();
        self.waiting -= gone;
        self.lines.retain(|line| line.open > 0 || !line.waiting.is_empty());
    }
}
