//! A bus that only writes down what a hub tells it, and says what a test wants.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use super::bus::{Bus, Inbound, Outbound, To};
use super::looking::Except;
use super::options::HubOptions;
use super::pattern::Kind;
use super::publish::Publish;
use crate::host::turn::Host;
use crate::id::{ConnId, HubId};
use crate::limits::BUS_MESSAGES_PER_TURN;
use crate::net::reactor::Reactor;
use crate::proto::ws::{MessageKind, SharedMessage};

/// What has passed over the bus.
#[derive(Default)]
struct Log {
    told: Vec<String>,
    waiting: VecDeque<Inbound>,
}

#[derive(Clone, Default)]
struct Recorder(Rc<RefCell<Log>>);

impl Bus for Recorder {
    fn set_interest(&mut self, kind: Kind, name: &str, wanted: bool) {
        self.0.borrow_mut().told.push(format!("{kind:?} {name} {wanted}"));
    }

    fn publish(&mut self, message: &Outbound<'_>) -> bool {
        let Outbound { to, data, except, .. } = *message;
        let data = String::from_utf8_lossy(data);
        self.0.borrow_mut().told.push(format!("{to:?} {data} {except:?}"));
        data != "nobody"
    }

    fn receive(&mut self) -> Option<Inbound> {
        self.0.borrow_mut().waiting.pop_front()
    }
}

impl Recorder {
    fn told(&self) -> Vec<String> {
        std::mem::take(&mut self.0.borrow_mut().told)
    }
}

fn host() -> Host {
    Host::new(&Reactor::new().unwrap()).unwrap()
}

#[test]
fn a_bus_hears_what_is_wanted() {
    let (mut host, bus) = (host(), Recorder::default());
    let handle = host.add_hub(HubOptions::default());
    let hub = handle.id();
    let conns = [0, 1].map(|slot| ConnId::new(slot, 1));
    let rooms = &mut host.hubs.rooms;
    rooms.join(hub, conns[0], "before", Kind::Room).unwrap();
    rooms.pin(hub, "pinned").unwrap();

    host.set_bus(hub, Box::new(bus.clone()));
    assert_eq!(bus.told(), ["Room before true"]);
    let rooms = &mut host.hubs.rooms;
    for conn in conns {
        rooms.join(hub, conn, "game", Kind::Room).unwrap();
    }
    rooms.join(hub, conns[1], "game.*", Kind::Pattern).unwrap();
    assert_eq!(bus.told(), ["Room game true", "Pattern game.* true"]);
    host.hubs.rooms.leave(hub, conns[0], "game", Kind::Room);
    assert!(bus.told().is_empty());
    host.hubs.rooms.leave_all(conns[1]);
    assert_eq!(bus.told(), ["Room game false", "Pattern game.* false"]);

    // It goes with its hub.
    drop(handle);
    host.hubs.forget_unused();
    assert_eq!(Rc::strong_count(&bus.0), 1);
    host.hear_buses();
}

fn publish(host: &mut Host, hub: HubId, to: Publish<'_>, data: &str, except: &[&str]) -> bool {
    let rooms = except.iter().map(|room| (*room).to_owned()).collect();
    let except = Except { conns: vec![ConnId::new(0, 1)], rooms };
    let mut message = SharedMessage::new(MessageKind::Text, data.as_bytes(), None);
    host.publish(hub, to, &except, &mut message).forwarded
}

#[test]
fn a_bus_takes_what_is_for_rooms_and_everybody() {
    let (mut host, bus) = (host(), Recorder::default());
    let handle = host.add_hub(HubOptions::default());
    let hub = handle.id();
    host.set_bus(hub, Box::new(bus.clone()));
    assert!(publish(&mut host, hub, Publish::Room("game"), "one", &["muted"]));
    assert!(!publish(&mut host, hub, Publish::Room("game"), "nobody", &[]));
    assert!(publish(&mut host, hub, Publish::Everybody, "two", &[]));
    assert!(!publish(&mut host, hub, Publish::Conns(&[ConnId::new(0, 1)]), "three", &[]));
    assert!(publish(&mut host, hub, Publish::Number(5), "four", &[]));
    let expected = [
        r#"Room("game") one ["muted"]"#,
        r#"Room("game") nobody []"#,
        "Everybody two []",
        "Socket(5) four []",
    ];
    assert_eq!(bus.told(), expected);
}

#[test]
fn what_comes_is_taken_piece_by_piece_and_not_handed_on_again() {
    let (mut host, bus) = (host(), Recorder::default());
    let handle = host.add_hub(HubOptions::default());
    host.set_bus(handle.id(), Box::new(bus.clone()));
    let (to, kind, compress, key) = (To::Room("game"), MessageKind::Text, None, None);
    let message = Outbound { to, kind, data: b"four", compress, key, except: &[], shared: None };
    bus.0.borrow_mut().waiting = vec![Inbound::from(&message); BUS_MESSAGES_PER_TURN + 1].into();
    host.hear_buses();
    // It does not sleep before it has all.
    assert!(host.has_work());
    host.hear_buses();
    assert!(!host.has_work());
    assert!(bus.0.borrow().waiting.is_empty());
    assert!(bus.told().is_empty());
}
