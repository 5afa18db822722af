//! Connections to brokers: made, written to and made again. What is said on them is in `broker/`.

use std::cell::RefCell;
use std::hash::{BuildHasher, RandomState};
use std::rc::Rc;
use std::time::{Duration, Instant, UNIX_EPOCH};

use super::broker::{
    BrokerOptions, BusEnd, Carrier, ClientNews, Line, NatsNews, NatsWire, Protocol, RedisWire,
    Stage, Wire,
};
use super::conn::{Conn, Link};
use super::dial::Dial;
use super::event::Event;
use super::hub::HubHandle;
use super::lines::{Entry, Owner};
use super::role::{Broker, Role};
use super::turn::Host;
use crate::id::{ConnId, HubId};
use crate::net::reactor::wall_clock;

impl Host {
    /// Connects a hub to those of other processes, over a broker.
    pub fn join_broker(&mut self, hub: &HubHandle, options: BrokerOptions) {
        let now = self.shared.now;
        let wire: Box<dyn Wire> = match &options.protocol {
            Protocol::Redis => Box::new(RedisWire::new(&options)),
            Protocol::Nats(proof) => Box::new(NatsWire::new(&options, proof.clone())),
        };
        let mut carrier = Carrier::new(wire, identity(hub.id()), options.queue_bytes, now);
        if let Some(place) = self.place.among_nodes() {
            carrier.take_place(place);
        }
        let carrier = Rc::new(RefCell::new(carrier));
        let stirred = self.lines.stirred.clone();
        let line = Line::new(options, Box::new(carrier.clone()), stirred.clone(), now);
        self.set_bus(hub.id(), Box::new(BusEnd::new(carrier.clone(), stirred)));
        let line = Rc::new(RefCell::new(line));
        self.lines.all.push(Entry { line, owner: Owner::Bus(hub.id(), carrier) });
    }

    /// Makes the connections that are due, and hands them what is to be written.
    pub(super) fn tend_lines(&mut self) {
        if !self.lines.stirred.replace(false) {
            return;
        }
        let mut has_mail = false;
        for index in 0..self.lines.all.len() {
            let Some(entry) = self.lines.all.get(index) else { break };
            let line = entry.line.clone();
            match &entry.owner {
                Owner::Bus(hub, carrier) => {
                    let news = carrier.borrow_mut().take_news();
                    has_mail |= carrier.borrow().has_mail();
                    self.queue.extend(news.into_iter().map(|news| Event::Bus(*hub, news)));
                }
                Owner::Redis(number, client) => {
                    let news = client.borrow_mut().take_news();
                    self.queue.extend(news.into_iter().map(|news| Event::Redis(*number, news)));
                }
                Owner::Nats(number, client) => {
                    let news = client.borrow_mut().take_news();
                    self.queue.extend(news.into_iter().map(|news| Event::Nats(*number, news)));
                }
            }
            let (stage, conn) = {
                let line = line.borrow();
                (line.stage, line.conn)
            };
            let is_over = line.borrow().speaker.is_over();
            match conn {
                Some(conn) if is_over => self.act(conn, |role, cx| role.close(1001, "", cx)),
                Some(conn) => self.stir(conn),
                None if is_over || self.lines.ending => {}
                None => {
                    if let Stage::Down(wait) = stage {
                        self.connect_line(&line, wait);
                    }
                }
            }
        }
        let queue = &mut self.queue;
        self.lines.all.retain(|entry| {
            let line = entry.line.borrow();
            let stays = line.conn.is_some() || !line.speaker.is_over();
            match &entry.owner {
                Owner::Redis(number, _) if !stays => {
                    queue.push_back(Event::Redis(*number, ClientNews::Closed));
                }
                Owner::Nats(number, _) if !stays => {
                    queue.push_back(Event::Nats(*number, NatsNews::Closed));
                }
                _ => {}
            }
            stays
        });
        // Before the writes of this turn.
        if has_mail {
            self.hear_buses();
        }
    }

    /// Connections to brokers that are lost from here on are not made again.
    pub(super) fn end_lines(&mut self) {
        self.lines.ending = true;
    }

    fn connect_line(&mut self, line: &Rc<RefCell<Line>>, wait: Duration) {
        let begins_at: Instant = self.shared.now + wait;
        let target = line.borrow().target();
        let dialing = Link::Dialing(Box::new(Dial::new(target, None, begins_at)));
        let role = Role::Broker(Box::new(Broker::new(line.clone())));
        let id = self.conns.add(|id| Conn::new(id, dialing, role));
        if let Some(conn) = self.conns.get_mut(id) {
            let out = conn.out.tail(&mut self.shared.buffers);
            line.borrow_mut().open(id, begins_at, out);
        }
        self.begin_dial(id);
        self.rearm(id);
    }

    /// Writes what waits, and reads again what could not be taken.
    fn stir(&mut self, id: ConnId) {
        self.act(id, Role::stir);
        if let Some(conn) = self.conns.get_mut(id)
            && conn.schedule.has_input()
            && conn.takes_input()
        {
            self.agenda.read_again(conn);
        }
    }
}

/// A node and its epoch: by chance, and by the clock.
fn identity(hub: HubId) -> (u64, u32) {
    let since = wall_clock().duration_since(UNIX_EPOCH).unwrap_or_default();
    let epoch = u32::try_from(since.as_secs() & u64::from(u32::MAX)).unwrap_or_default();
    (RandomState::new().hash_one((hub, since)), epoch)
}
