//! Servers that close bit by bit.

use std::io::{ErrorKind, Read};
use std::time::Duration;

use super::{LARGE, OPENING, World};
use crate::host::{Closing, Event, ServerOptions};
use crate::id::{ConnId, ServerId};
use crate::limits::{CLOSE_TIMEOUT_MS, DRAIN_IDLE_MS};
use crate::proto::ws::{MessageKind, Outgoing};

/// Less than the time after which it pings.
const SPREAD: Duration = Duration::from_secs(20);
const MINUTE: Duration = Duration::from_mins(1);

fn closing(spread: Duration, drain: Option<Duration>) -> Closing {
    Closing { code: 1012, reason: "bye".to_owned(), spread, drain }
}

fn server(world: &World) -> ServerId {
    world.host.shared.servers.iter().next().unwrap().id
}

/// What the client gets up to its end.
fn rest(world: &mut World) -> Vec<u8> {
    let mut received = Vec::new();
    for _ in 0..1000 {
        world.turn();
        let mut piece = [0; 1024];
        match world.client.read(&mut piece) {
            Ok(0) => return received,
            Ok(count) => received.extend_from_slice(&piece[..count]),
            Err(error) => assert_eq!(error.kind(), ErrorKind::WouldBlock),
        }
    }
    panic!("it does not end after {}", received.escape_ascii());
}

fn has_closed(world: &mut World) -> bool {
    (0..1000).any(|_| world.turn().iter().any(|event| matches!(event, Event::ServerClosed { .. })))
}

#[test]
fn an_idle_connection_stays_for_a_second_and_what_it_asks_is_refused() {
    for asks in [true, false] {
        let mut world = World::new(ServerOptions::default());
        // It waits in the kernel, and is not reset.
        let id = server(&world);
        world.host.drain_server(id, &closing(Duration::ZERO, Some(MINUTE)));
        assert!(world.host.has_accepted());
        let began = world.host.now();
        world.host.expire(began + Duration::from_millis(DRAIN_IDLE_MS - 1));
        assert!(world.host.has_accepted());
        if asks {
            world.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            let reply = String::from_utf8(rest(&mut world)).unwrap();
            assert!(reply.starts_with("HTTP/1.1 503 "), "{reply}");
        } else {
            world.host.expire(began + Duration::from_millis(DRAIN_IDLE_MS));
            assert_eq!(rest(&mut world), b"");
        }
        drop(world.client.shutdown(std::net::Shutdown::Both));
        assert!(has_closed(&mut world));
        assert!(!world.host.is_alive());
    }
}

/// An open WebSocket.
fn opened(options: ServerOptions) -> (World, ConnId) {
    let mut world = World::new(options);
    world.send(OPENING);
    world.send("\r\n");
    world.serve(b"\r\n\r\n");
    let conn = world.host.conns.iter().next().unwrap().id;
    (world, conn)
}

#[test]
fn a_websocket_is_told_when_its_turn_comes() {
    let (mut world, conn) = opened(ServerOptions::default());
    let id = server(&world);
    world.host.drain_server(id, &closing(SPREAD, None));
    let began = world.host.now();
    // Until then it is served.
    world.send(b"\x81\x82\0\0\0\0ab");
    world.serve(b"\x81\x02ab");
    world.host.expire(began + Duration::from_secs(19));
    world.host.flush();
    assert_eq!(world.client.read(&mut [0]).unwrap_err().kind(), ErrorKind::WouldBlock);
    world.host.expire(began + SPREAD);
    world.serve(b"\x88\x05\x03\xF4bye");
    assert!(world.host.conns.get(conn).is_some());
    world.send(b"\x88\x82\0\0\0\0\x03\xF4");
    assert_eq!(rest(&mut world), b"");
}

#[test]
fn a_slow_peer_has_until_the_drain_ends() {
    let patient = Some(MINUTE);
    for (drain, stays) in [(patient, true), (None, false)] {
        let (mut world, conn) = opened(ServerOptions::default());
        let outgoing = Outgoing { kind: MessageKind::Binary, len: LARGE, compress: None };
        let fill = |out: &mut Vec<u8>| out.resize(out.len() + LARGE, 0);
        world.host.send_websocket(conn, outgoing, fill).unwrap();
        world.host.flush();
        let id = server(&world);
        world.host.drain_server(id, &closing(Duration::from_millis(1), drain));
        let began = world.host.now();
        world.host.expire(began + Duration::from_millis(1));
        for seconds in [1, CLOSE_TIMEOUT_MS / 1000 + 1, 2 * CLOSE_TIMEOUT_MS / 1000 + 2, 59] {
            world.host.expire(began + Duration::from_secs(seconds));
        }
        assert_eq!(world.host.conns.get(conn).is_some(), stays);
        world.host.expire(began + MINUTE);
        assert!(world.host.conns.get(conn).is_none());
        assert!(has_closed(&mut world));
    }
}
