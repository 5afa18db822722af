//! Connections to brokers: made, written to and made again. What is said on them is in `broker/`.

use std::cell::RefCell;
use std::hash::{BuildHasher, Hash, RandomState};
use std::rc::Rc;
use std::time::{Duration, Instant, UNIX_EPOCH};

use super::broker::{
    BrokerOptions, BusEnd, Carrier, ClientNews, Line, Missing, NatsNews, NatsWire, Part, Protocol,
    RedisWire, Sharded, ShardedEnd, Stage, Wire,
};
use super::conn::{Conn, Link};
use super::dial::Dial;
use super::event::Event;
use super::hub::HubHandle;
use super::lines::{Entry, Owner};
use super::options::Target;
use super::role::{Broker, Role};
use super::turn::Host;
use crate::id::{ConnId, HubId};
use crate::net::reactor::wall_clock;

impl Host {
    /// Connects a hub to those of other processes, over a broker.
    pub fn join_broker(&mut self, hub: &HubHandle, options: BrokerOptions) {
        let now = self.shared.now;
        let part = if options.sharded { Part::Main } else { Part::Whole };
        let wire: Box<dyn Wire> = match &options.protocol {
            Protocol::Redis => Box::new(RedisWire::new(&options, part)),
            Protocol::Nats(proof) => Box::new(NatsWire::new(&options, proof.clone())),
        };
        let mut carrier = Carrier::new(wire, identity(hub.id()), options.queue_bytes, now);
        if let Some(place) = self.place.among_nodes() {
            carrier.take_place(place);
        }
        let carrier = Rc::new(RefCell::new(carrier));
        let stirred = self.lines.stirred.clone();
        let (prefix, queue_bytes) = (options.prefix.clone(), options.queue_bytes);
        let line = Line::new(options, Box::new(carrier.clone()), stirred.clone(), now);
        let end = BusEnd::new(carrier.clone(), stirred);
        let owner = if part == Part::Main {
            let sharded = Sharded::new(end, carrier.clone(), &prefix, queue_bytes);
            let sharded = Rc::new(RefCell::new(sharded));
            let owner = Owner::Shard(hub.id(), carrier, Rc::downgrade(&sharded));
            self.set_bus(hub.id(), Box::new(ShardedEnd(sharded)));
            owner
        } else {
            self.set_bus(hub.id(), Box::new(end));
            Owner::Bus(hub.id(), carrier)
        };
        self.lines.all.push(Entry { line: Rc::new(RefCell::new(line)), owner });
    }

    /// Hands on what a connection of a sharded bus has to tell, and connects to the servers that it
    /// has named.
    fn tend_shard(
        &mut self,
        (hub, line): (HubId, &Rc<RefCell<Line>>),
        carrier: &Rc<RefCell<Carrier>>,
        sharded: &Rc<RefCell<Sharded>>,
    ) {
        let slots = carrier.borrow_mut().take_slots();
        if let Some(slots) = slots {
            let missing = sharded.borrow().missing(&slots);
            for missing in missing {
                let options = line.borrow().options.clone();
                self.add_shard(hub, options, missing, sharded);
            }
            sharded.borrow_mut().learn(slots);
            // Whoever was looked at before has something to do.
            self.lines.stirred.set(true);
        }
        if carrier.borrow_mut().take_moved() {
            sharded.borrow().note_moved();
            self.lines.stirred.set(true);
        }
        let news = carrier.borrow_mut().take_news();
        let news = news.into_iter().filter_map(|news| sharded.borrow_mut().filter(news));
        self.queue.extend(news.map(|news| Event::Bus(hub, news)));
    }

    fn add_shard(
        &mut self,
        hub: HubId,
        options: BrokerOptions,
        missing: Missing,
        sharded: &Rc<RefCell<Sharded>>,
    ) {
        let Missing { address, replicas } = missing;
        let Some(target) = Target::of_address(&address) else { return };
        let shown = format!("{address} (of {})", options.shown);
        let options = BrokerOptions { target, shown, others: replicas, ..options };
        let now = self.shared.now;
        let wire = Box::new(RedisWire::new(&options, Part::Shard));
        let identity = identity((hub, address.as_str()));
        let carrier = Carrier::of_shard(wire, identity, options.queue_bytes, now);
        let carrier = Rc::new(RefCell::new(carrier));
        let stirred = self.lines.stirred.clone();
        let line = Line::new(options, Box::new(carrier.clone()), stirred.clone(), now);
        sharded.borrow_mut().add(address, BusEnd::new(carrier.clone(), stirred), carrier.clone());
        let owner = Owner::Shard(hub, carrier, Rc::downgrade(sharded));
        self.lines.all.push(Entry { line: Rc::new(RefCell::new(line)), owner });
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
                Owner::Shard(hub, carrier, sharded) => {
                    let (hub, carrier) = (*hub, carrier.clone());
                    has_mail |= carrier.borrow().has_mail();
                    if let Some(sharded) = sharded.upgrade() {
                        self.tend_shard((hub, &line), &carrier, &sharded);
                    }
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
fn identity(of: impl Hash) -> (u64, u32) {
    let since = wall_clock().duration_since(UNIX_EPOCH).unwrap_or_default();
    let epoch = u32::try_from(since.as_secs() & u64::from(u32::MAX)).unwrap_or_default();
    (RandomState::new().hash_one((of, since)), epoch)
}
