//! The bus of this process: hubs that name the same one hear each other.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet, VecDeque};
use std::rc::{Rc, Weak};

use slab::Slab;

use super::bus::{Bus, Inbound, Outbound};
use super::pattern::{Kind, Pattern};
use crate::limits::{BUS_BYTES_MAX, BUS_MESSAGE_BYTES};

/// All of them, by name. One is gone with the last hub that has named it.
#[derive(Default)]
pub(super) struct Exchanges(HashMap<String, Weak<RefCell<Exchange>>>);

/// The hubs that hear each other.
#[derive(Default)]
struct Exchange(Slab<Line>);

/// One hub: what it wants, and what has not been taken yet.
#[derive(Default)]
struct Line {
    rooms: HashSet<Box<str>>,
    patterns: HashMap<Box<str>, Pattern>,
    waiting: VecDeque<Inbound>,
    /// Of those, what is kept for each among them.
    bytes: usize,
}

/// The end of a hub.
struct Extension {
    exchange: Rc<RefCell<Exchange>>,
    line: usize,
}

impl Exchanges {
    /// One more end of the bus with this name.
    pub(super) fn connect(&mut self, name: &str) -> Box<dyn Bus> {
        let known = self.0.get(name).and_then(Weak::upgrade);
        let exchange = known.unwrap_or_else(|| {
            self.0.retain(|_, exchange| exchange.strong_count() > 0);
            let new = Rc::default();
            self.0.insert(name.to_owned(), Rc::downgrade(&new));
            new
        });
        let line = exchange.borrow_mut().0.insert(Line::default());
        Box::new(Extension { exchange, line })
    }
}

impl Line {
    fn wants(&self, room: Option<&str>) -> bool {
        room.is_none_or(|room| {
            self.rooms.contains(room) || self.patterns.values().any(|pattern| pattern.matches(room))
        })
    }

    fn take(&mut self, message: Inbound) -> bool {
        let bytes = message.data.len() + BUS_MESSAGE_BYTES;
        // One message may be larger than all that may wait.
        if self.bytes > 0 && self.bytes + bytes > BUS_BYTES_MAX {
            return false;
        }
        self.bytes += bytes;
        self.waiting.push_back(message);
        true
    }
}

impl Bus for Extension {
    fn set_interest(&mut self, kind: Kind, name: &str, wanted: bool) {
        let mut exchange = self.exchange.borrow_mut();
        let Some(line) = exchange.0.get_mut(self.line) else { return };
        match (kind, wanted) {
            (Kind::Room, true) => drop(line.rooms.insert(name.into())),
            (Kind::Room, false) => drop(line.rooms.remove(name)),
            (Kind::Pattern, true) => drop(line.patterns.insert(name.into(), Pattern::new(name))),
            (Kind::Pattern, false) => drop(line.patterns.remove(name)),
        }
    }

    fn publish(&mut self, message: &Outbound<'_>) -> bool {
        let mut exchange = self.exchange.borrow_mut();
        let mut inbound = None;
        let mut taken = false;
        for (index, line) in &mut exchange.0 {
            if index != self.line && line.wants(message.room) {
                let inbound = inbound.get_or_insert_with(|| Inbound::from(message));
                taken |= line.take(inbound.clone());
            }
        }
        taken
    }

    fn receive(&mut self) -> Option<Inbound> {
        let mut exchange = self.exchange.borrow_mut();
        let line = exchange.0.get_mut(self.line)?;
        let message = line.waiting.pop_front()?;
        line.bytes = line.bytes.saturating_sub(message.data.len() + BUS_MESSAGE_BYTES);
        Some(message)
    }
}

impl Drop for Extension {
    fn drop(&mut self) {
        self.exchange.borrow_mut().0.try_remove(self.line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proto::ws::MessageKind;

    fn message(room: Option<&'static str>, data: &'static [u8]) -> Outbound<'static> {
        Outbound { room, kind: MessageKind::Text, data, compress: None, key: None, except: &[] }
    }

    #[test]
    fn a_message_goes_to_whoever_wants_it_and_not_back() {
        let mut exchanges = Exchanges::default();
        let [mut one, mut two, mut other] = ["a", "a", "b"].map(|name| exchanges.connect(name));
        assert!(!one.publish(&message(Some("x"), b"nobody")));
        for bus in [&mut one, &mut two, &mut other] {
            bus.set_interest(Kind::Room, "x", true);
        }
        two.set_interest(Kind::Pattern, "game.*", true);
        assert!(one.publish(&message(Some("x"), b"1")));
        assert!(one.publish(&message(Some("game.5"), b"2")));
        assert!(one.publish(&message(None, b"3")));
        assert!(!one.publish(&message(Some("game.5.chat"), b"4")));
        let mut came = Vec::new();
        while let Some(inbound) = two.receive() {
            came.push(inbound.data.to_vec());
        }
        assert_eq!(came, [b"1", b"2", b"3"]);
        assert!(one.receive().is_none() && other.receive().is_none());
        two.set_interest(Kind::Room, "x", false);
        two.set_interest(Kind::Pattern, "game.*", false);
        assert!(!one.publish(&message(Some("x"), b"5")));
        drop(two);
        assert!(!one.publish(&message(None, b"6")));
        drop((one, other));
        let _last = exchanges.connect("c");
        assert_eq!(exchanges.0.len(), 1);
    }

    #[test]
    fn what_waits_is_bounded() {
        let mut exchanges = Exchanges::default();
        let [mut one, mut two] = ["a", "a"].map(|name| exchanges.connect(name));
        let data = vec![0; BUS_BYTES_MAX];
        let large = Outbound { data: &data, ..message(None, b"") };
        assert!(one.publish(&large));
        assert!(!one.publish(&message(None, b"small")));
        assert_eq!(two.receive().unwrap().data.len(), BUS_BYTES_MAX);
        assert!(one.publish(&message(None, b"small")));
        let mut waiting = 1;
        while one.publish(&message(None, b"small")) {
            waiting += 1;
        }
        assert_eq!(waiting, BUS_BYTES_MAX / (BUS_MESSAGE_BYTES + 5));
    }
}
