//! The bus of a hub over a cluster of Redis whose channels are sharded: each room goes over a
//! connection to the server that has its slot. What is for everybody goes over the main connection,
//! which also knows who has which slots.
//!
//! Until that is known, messages to rooms wait. When slots move, rooms are heard elsewhere, and the
//! hub is told of a gap. Patterns of rooms are not heard here: a server sends no sharded channel to
//! those who have subscribed to a pattern.

use std::cell::RefCell;
use std::collections::{BTreeSet, VecDeque};
use std::rc::Rc;

use super::carrier::{BusEnd, Carrier};
use super::news::{BusNews, Gap, Outage};
use super::redis::room_prefix;
use crate::host::hub::{Bus, BusCounters, Inbound, Kind, Outbound, To, is_own};
use crate::limits::BUS_MESSAGE_BYTES;
use crate::proto::redis::{SlotRange, key_slot};
use crate::proto::ws::MessageKind;

/// A server to which there is no connection yet: its address, and those of its replicas.
pub(in crate::host) struct Missing {
    pub(in crate::host) address: String,
    pub(in crate::host) replicas: Vec<String>,
}

/// What is known of the cluster.
pub(in crate::host) struct Sharded {
    main: BusEnd,
    main_carrier: Rc<RefCell<Carrier>>,
    shards: Vec<Shard>,
    ranges: Vec<SlotRange>,
    /// Rooms that are wanted.
    rooms: BTreeSet<Box<str>>,
    /// What channels of rooms begin with.
    prefix: String,
    waiting: VecDeque<Kept>,
    waiting_bytes: usize,
    queue_bytes: usize,
    dropped: u64,
    told_up: bool,
    told_of_patterns: bool,
}

struct Shard {
    address: String,
    end: BusEnd,
    carrier: Rc<RefCell<Carrier>>,
}

/// A message that waits for the slots to be known.
struct Kept {
    room: Box<str>,
    kind: MessageKind,
    data: Box<[u8]>,
    compress: Option<bool>,
    key: Option<Box<str>>,
    except: Box<[String]>,
}

impl Sharded {
    pub(in crate::host) fn new(
        main: BusEnd,
        main_carrier: Rc<RefCell<Carrier>>,
        prefix: &str,
        queue_bytes: usize,
    ) -> Self {
        Self {
            main,
            main_carrier,
            shards: Vec::new(),
            ranges: Vec::new(),
            rooms: BTreeSet::new(),
            prefix: room_prefix(prefix),
            waiting: VecDeque::new(),
            waiting_bytes: 0,
            queue_bytes,
            dropped: 0,
            told_up: false,
            told_of_patterns: false,
        }
    }

    /// The servers of an answer to which there is no connection.
    pub(in crate::host) fn missing(&self, ranges: &[SlotRange]) -> Vec<Missing> {
        let mut missing: Vec<Missing> = Vec::new();
        for SlotRange { nodes, .. } in ranges {
            let Some((address, replicas)) = nodes.split_first() else { continue };
            if self.at(address).is_none() && missing.iter().all(|known| known.address != *address) {
                missing.push(Missing { address: address.clone(), replicas: replicas.to_vec() });
            }
        }
        missing
    }

    /// There is a connection to a server.
    pub(in crate::host) fn add(
        &mut self,
        address: String,
        end: BusEnd,
        carrier: Rc<RefCell<Carrier>>,
    ) {
        self.shards.push(Shard { address, end, carrier });
    }

    /// The cluster has said who has which slots, and there is a connection to each of them.
    pub(in crate::host) fn learn(&mut self, ranges: Vec<SlotRange>) {
        if self.ranges == ranges {
            for shard in &self.shards {
                shard.carrier.borrow_mut().ask_again();
            }
            return;
        }
        let before = std::mem::replace(&mut self.ranges, ranges);
        let mut has_moved = false;
        for room in &self.rooms {
            let slot = key_slot(&channel(&self.prefix, room));
            let (from, to) = (owner(&before, slot), owner(&self.ranges, slot));
            if from == to {
                continue;
            }
            has_moved |= from.is_some();
            for (address, wanted) in [(from, false), (to, true)] {
                let shard = self.shards.iter_mut().find(|shard| Some(&*shard.address) == address);
                if let Some(shard) = shard {
                    shard.end.set_interest(Kind::Room, room, wanted);
                }
            }
        }
        for shard in &self.shards {
            shard.carrier.borrow_mut().ask_again();
        }
        // Nobody is at the others any more, whose connections end.
        let ranges = &self.ranges;
        self.shards
            .retain(|shard| ranges.iter().any(|range| range.nodes.first() == Some(&shard.address)));
        if has_moved {
            let (room, node, from, to, away) = (None, None, None, None, None);
            let gap = Gap { room, node, from, to, reason: "moved", away };
            self.main_carrier.borrow_mut().tell(BusNews::Gap(gap));
        }
        for kept in std::mem::take(&mut self.waiting) {
            self.waiting_bytes -= kept.bytes();
            if let Some(shard) = self.shard_of(&kept.room) {
                shard.end.publish(&kept.outbound());
            }
        }
    }

    /// Something that was sought at a server is not there any more.
    pub(in crate::host) fn note_moved(&self) {
        self.main_carrier.borrow_mut().ask_slots();
    }

    /// What is to be told of what one of the connections has to tell: that all is well only once all
    /// of them are.
    pub(in crate::host) fn filter(&mut self, news: BusNews) -> Option<BusNews> {
        match &news {
            BusNews::Gap(_) | BusNews::Down(_, None) => Some(news),
            BusNews::Down(_, Some(_)) => {
                self.told_up = false;
                Some(news)
            }
            BusNews::Up => {
                let is_up = self.counters().connected;
                (is_up && !std::mem::replace(&mut self.told_up, true)).then_some(news)
            }
        }
    }

    fn at(&self, address: &str) -> Option<&Shard> {
        self.shards.iter().find(|shard| shard.address == address)
    }

    fn shard_of(&mut self, room: &str) -> Option<&mut Shard> {
        let address = owner(&self.ranges, key_slot(&channel(&self.prefix, room)))?;
        self.shards.iter_mut().find(|shard| shard.address == address)
    }

    fn counters(&self) -> BusCounters {
        let mut all = self.main.counters();
        all.connected &= !self.ranges.is_empty();
        all.dropped += self.dropped;
        for shard in &self.shards {
            let one = shard.end.counters();
            all.sent += one.sent;
            all.sent_bytes += one.sent_bytes;
            all.received += one.received;
            all.received_bytes += one.received_bytes;
            all.dropped += one.dropped;
            all.waiting += one.waiting;
            all.waiting_bytes += one.waiting_bytes;
            all.peers += one.peers;
            all.connected &= one.connected;
        }
        all
    }
}

fn channel(prefix: &str, room: &str) -> Vec<u8> {
    [prefix.as_bytes(), room.as_bytes()].concat()
}

/// The primary that has a slot.
fn owner(ranges: &[SlotRange], slot: u16) -> Option<&str> {
    let range = ranges.iter().find(|range| range.slots.contains(&slot))?;
    range.nodes.first().map(String::as_str)
}

impl Kept {
    fn of(room: &str, message: &Outbound<'_>) -> Self {
        Self {
            room: room.into(),
            kind: message.kind,
            data: message.data.into(),
            compress: message.compress,
            key: message.key.map(Into::into),
            except: message.except.into(),
        }
    }

    fn bytes(&self) -> usize {
        self.data.len() + self.room.len() + BUS_MESSAGE_BYTES
    }

    fn outbound(&self) -> Outbound<'_> {
        Outbound {
            to: To::Room(&self.room),
            kind: self.kind,
            data: &self.data,
            compress: self.compress,
            key: self.key.as_deref(),
            except: &self.except,
            shared: None,
        }
    }
}

/// The end that the hub has.
pub(in crate::host) struct ShardedEnd(pub(in crate::host) Rc<RefCell<Sharded>>);

impl Bus for ShardedEnd {
    fn set_interest(&mut self, kind: Kind, name: &str, wanted: bool) {
        let sharded = &mut *self.0.borrow_mut();
        match kind {
            Kind::Room if is_own(name) => sharded.main.set_interest(kind, name, wanted),
            Kind::Room => {
                if wanted {
                    sharded.rooms.insert(name.into());
                } else {
                    sharded.rooms.remove(name);
                }
                if let Some(shard) = sharded.shard_of(name) {
                    shard.end.set_interest(kind, name, wanted);
                }
            }
            Kind::Pattern => {
                if wanted && !std::mem::replace(&mut sharded.told_of_patterns, true) {
                    let message = "patterns hear only rooms of this process while the channels of \
                                   Redis are sharded: join the rooms, or leave 'sharded' out of the URL";
                    let outage = Outage::new("BUS_NO_PATTERNS", message.to_owned());
                    sharded.main_carrier.borrow_mut().tell(BusNews::Down(outage, None));
                    sharded.main.stir();
                }
            }
        }
    }

    fn publish(&mut self, message: &Outbound<'_>) -> bool {
        let sharded = &mut *self.0.borrow_mut();
        let To::Room(room) = message.to else { return sharded.main.publish(message) };
        if is_own(room) {
            return sharded.main.publish(message);
        }
        if let Some(shard) = sharded.shard_of(room) {
            return shard.end.publish(message);
        }
        let kept = Kept::of(room, message);
        let bytes = kept.bytes();
        if sharded.waiting_bytes > 0 && sharded.waiting_bytes + bytes > sharded.queue_bytes {
            sharded.dropped += 1;
            return false;
        }
        sharded.waiting_bytes += bytes;
        sharded.waiting.push_back(kept);
        true
    }

    fn receive(&mut self) -> Option<Inbound> {
        let sharded = &mut *self.0.borrow_mut();
        let main = sharded.main.receive();
        main.or_else(|| sharded.shards.iter_mut().find_map(|shard| shard.end.receive()))
    }

    fn counters(&self) -> BusCounters {
        self.0.borrow().counters()
    }
}
