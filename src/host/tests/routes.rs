//! Routes of servers: whose an opening handshake is, and what that means for the connection.

use std::io::Read;
use std::time::Duration;

use super::{OPENING, World};
use crate::host::{Acceptance, Event, OriginPattern, OriginPolicy, ServerOptions};
use crate::id::{ConnId, ServerId};
use crate::limits::UPGRADE_TIMEOUT_MS;

/// A server whose script is asked for the route of each opening handshake, and one route.
fn world(route: ServerOptions) -> (World, ServerId, ServerId) {
    let mut world = World::new(ServerOptions::default());
    let server = world.host.shared.servers.iter().next().unwrap().id;
    world.host.ask_route(server);
    let route = world.host.add_route(server, route).unwrap();
    (world, server, route)
}

/// The connection of an opening handshake that is to be decided on.
fn ask(world: &mut World, more: &str) -> ConnId {
    world.send(OPENING);
    world.send(format!("{more}\r\n"));
    let asked = (0..1000).flat_map(|_| world.turn()).find_map(|event| match event {
        Event::Upgrade { conn, .. } => Some(conn),
        _ => None,
    });
    asked.unwrap()
}

fn counts(world: &World, ids: [ServerId; 2]) -> [usize; 2] {
    ids.map(|id| world.host.shared.servers.get(id).unwrap().conns)
}

#[test]
fn a_connection_counts_for_its_route_and_for_the_server() {
    let (mut world, server, route) =
        world(ServerOptions { tells_open: true, ..ServerOptions::default() });
    let conn = ask(&mut world, "");
    assert_eq!(counts(&world, [server, route]), [1, 0]);
    assert!(world.host.choose_route(conn, route));
    assert_eq!(counts(&world, [server, route]), [1, 1]);
    world.host.accept_upgrade(conn, &Acceptance::default()).unwrap();
    let told = world.turn();
    let opened =
        |event: &Event| matches!(event, Event::Open { server: Some(id), .. } if *id == route);
    assert!(told.iter().any(opened), "{told:?}");
    assert_eq!(world.host.server_of(conn), Some(route));
    assert_eq!(world.host.websockets_of(server), [conn]);
    assert_eq!(world.host.count_websockets(server), 1);

    // The end of the server is the end of the route.
    world.host.close_server(server, 1001, "");
    world.client.shutdown(std::net::Shutdown::Both).unwrap();
    let closed = (0..1000).flat_map(|_| world.turn()).find_map(|event| match event {
        Event::ServerClosed { server } => Some(server),
        _ => None,
    });
    assert_eq!(closed, Some(server));
    assert!(world.host.shared.servers.is_empty());
    assert_eq!(world.host.add_route(server, ServerOptions::default()), None);
}

#[test]
fn a_route_that_is_full_refuses() {
    let options = ServerOptions { max_connections: Some(0), ..ServerOptions::default() };
    let (mut world, server, route) = world(options);
    let conn = ask(&mut world, "");
    assert!(!world.host.choose_route(conn, route));
    let answer = world.serve(b"(option maxConnections of the route)\n");
    assert!(answer.starts_with(b"HTTP/1.1 503 "), "{}", answer.escape_ascii());
    assert_eq!(counts(&world, [server, route])[1], 0);
    assert_eq!(world.host.shared.servers.get(server).unwrap().refused.full, 1);
}

#[test]
fn the_origin_is_looked_at_once_the_route_is_known() {
    for (origin, allowed) in [("https://a.example", true), ("https://b.example", false)] {
        let origins = OriginPolicy::List(vec![OriginPattern::new("https://a.example")]);
        let (mut world, _, route) = world(ServerOptions { origins, ..ServerOptions::default() });
        let conn = ask(&mut world, &format!("Origin: {origin}\r\n"));
        assert_eq!(world.host.choose_route(conn, route), allowed, "{origin}");
    }
    // The server itself allows its own pages alone.
    let (mut world, server, _) = world(ServerOptions::default());
    let conn = ask(&mut world, "Origin: https://a.example\r\n");
    assert!(!world.host.choose_route(conn, server));
}

#[test]
fn whoever_is_not_decided_on_in_time_leaves_the_route() {
    let (mut world, server, route) = world(ServerOptions::default());
    let conn = ask(&mut world, "");
    assert!(world.host.choose_route(conn, route));
    let asked_at = world.host.now();
    world.host.expire(asked_at + Duration::from_millis(UPGRADE_TIMEOUT_MS));
    world.serve(b"the server did not decide in time\n");
    assert!(!world.host.choose_route(conn, route));
    world.client.shutdown(std::net::Shutdown::Write).unwrap();
    while world.client.read(&mut [0]).is_ok_and(|count| count > 0) {}
    for _ in 0..1000 {
        if counts(&world, [server, route]) == [0, 0] {
            return;
        }
        world.turn();
    }
    panic!("{:?}", counts(&world, [server, route]));
}
