//! A WebSocket between a host and its own server, without a port.

use std::time::Duration;

use super::World;
use crate::host::{ClientOptions, Event, ServerOptions, Target, WebSocketOptions};
use crate::id::ServerId;

fn options() -> ClientOptions {
    ClientOptions {
        // Nobody is asked for it.
        target: Target::Tcp { host: "nowhere.invalid".to_owned(), port: 1 },
        proxy: None,
        local_address: None,
        delay: Duration::ZERO,
        number: None,
        host: "memory".to_owned(),
        path: "/".to_owned(),
        subprotocols: Vec::new(),
        headers: Vec::new(),
        follows_redirects: false,
        handshake_timeout: Duration::from_secs(10),
        websocket: WebSocketOptions::default(),
        tls: None,
    }
}

/// Turns until both ends have said that they are open: the client's, then that of `server`.
fn open(world: &mut World, server: ServerId) -> Vec<Event> {
    let mut told = Vec::new();
    for _ in 0..1000 {
        told.extend(world.turn());
        let opened = |wanted: Option<ServerId>| {
            told.iter()
                .any(|event| matches!(event, Event::Open { server, .. } if *server == wanted))
        };
        if opened(None) && opened(Some(server)) {
            break;
        }
    }
    told
}

#[test]
fn a_pair_opens_without_a_port() {
    let mut world = World::new(ServerOptions::default());
    let options_of_server = ServerOptions { tells_open: true, ..ServerOptions::default() };
    let server = world.host.listen_in_memory(options_of_server);
    let (conn, _) = world.host.connect_to_own(options(), server).unwrap();
    let told = open(&mut world, server);
    let opened = |event: &Event| matches!(event, Event::Open { conn: id, .. } if *id == conn);
    assert!(told.iter().any(opened), "{told:?}");
    assert_eq!(world.host.count_websockets(server), 1);
    let end = |event: &Event| matches!(event, Event::Closed(_));
    world.host.close_server(server, 1001, "");
    let closed = (0..1000).flat_map(|_| world.turn()).filter(end).take(2).count();
    assert_eq!(closed, 2, "both ends are told");
}

#[test]
fn a_server_in_memory_keeps_nothing_alive() {
    let mut world = World::new(ServerOptions::default());
    let before = world.host.open_things().len();
    world.host.listen_in_memory(ServerOptions::default());
    assert_eq!(world.host.open_things().len(), before);
}
