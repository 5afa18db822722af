//! What connections are held to: a rate, a lifetime, a header of the PROXY protocol, a number.

use std::io::{ErrorKind, Read};
use std::net::TcpStream;
use std::rc::Rc;
use std::time::Duration;

use super::{OPENING, World};
use crate::host::{
    GateOptions, Rate, RateAction, RateLimit, Refused, ServerOptions, WebSocketOptions,
};
use crate::id::ServerId;
use crate::limits::HEAD_TIMEOUT_MS;
use crate::proto::ws::keepalive::KeepaliveConfig;

const HOUR: Duration = Duration::from_hours(1);

/// Options of WebSockets that nothing pings.
fn quiet(options: WebSocketOptions) -> ServerOptions {
    let websocket = WebSocketOptions { keepalive: KeepaliveConfig::default(), ..options };
    ServerOptions { websocket, ..ServerOptions::default() }
}

fn opened(options: ServerOptions) -> World {
    let mut world = World::new(options);
    world.send(OPENING);
    world.send("\r\n");
    world.serve(b"\r\n\r\n");
    world
}

fn server(world: &World) -> ServerId {
    world.host.shared.servers.iter().next().unwrap().id
}

/// What has come for the client after a few turns.
fn heard(world: &mut World) -> Vec<u8> {
    let mut received = Vec::new();
    for _ in 0..5 {
        world.turn();
        let mut piece = [0; 1024];
        match world.client.read(&mut piece) {
            Ok(0) => break,
            Ok(count) => received.extend_from_slice(&piece[..count]),
            Err(error) => assert_eq!(error.kind(), ErrorKind::WouldBlock),
        }
    }
    received
}

#[test]
fn who_is_too_fast_waits_until_it_has_paid() {
    let messages = Some(Rate { count: 2, per: HOUR, burst: 2 });
    let limit = Rc::new(RateLimit { messages, bytes: None, action: RateAction::Pause });
    let mut world =
        opened(quiet(WebSocketOptions { rate_limit: Some(limit), ..WebSocketOptions::default() }));
    for letter in b'a'..=b'e' {
        world.send([0x81, 0x81, 0, 0, 0, 0, letter]);
    }
    let start = world.host.now();
    // One more than may come has come; it costs half an hour.
    assert_eq!(heard(&mut world), b"\x81\x01a\x81\x01b\x81\x01c");
    world.host.expire(start + Duration::from_mins(29));
    assert_eq!(heard(&mut world), b"");
    world.host.expire(start + HOUR / 2 + Duration::from_secs(1));
    assert_eq!(heard(&mut world), b"\x81\x01d");
    // A close of the server is not held up by it.
    let id = world.host.conns.iter().next().unwrap().id;
    world.host.close_websocket(id, Some(1000), "").unwrap();
    world.send(b"\x88\x82\0\0\0\0\x03\xE8");
    assert_eq!(heard(&mut world), b"\x88\x02\x03\xE8");
    assert!((0..100).any(|_| {
        world.turn();
        world.host.websocket_state(id) != Some(crate::proto::ws::State::Closing)
    }));
}

#[test]
fn a_lifetime_ends_within_its_last_tenth() {
    let most = Some(Duration::from_secs(1000));
    let options = WebSocketOptions { max_lifetime: most, ..WebSocketOptions::default() };
    let mut world = opened(quiet(options));
    let opened_at = world.host.now();
    world.host.expire(opened_at + Duration::from_secs(899));
    assert_eq!(heard(&mut world), b"");
    world.host.expire(opened_at + Duration::from_secs(1001));
    let said = heard(&mut world);
    assert!(said.starts_with(&[0x88, 31, 0x03, 0xF4]), "{}", said.escape_ascii());
}

#[test]
fn whoever_is_not_announced_in_time_is_refused() {
    let announced = || ServerOptions { proxy_protocol: true, ..ServerOptions::default() };
    for (half, in_time) in [("PROXY TCP4 192.0.2.1", false), ("PROXY UNKNOWN\r\n", true)] {
        let mut world = World::new(announced());
        world.send(half);
        world.turn();
        world.turn();
        let accepted_at = world.host.now();
        world.host.expire(accepted_at + Duration::from_millis(HEAD_TIMEOUT_MS));
        while world.host.has_connections() {
            world.turn();
            drop(world.client.shutdown(std::net::Shutdown::Write));
        }
        let refused = world.host.refused(server(&world));
        assert_eq!(refused.proxy_protocol, u64::from(!in_time));
    }
    let mut world = World::new(announced());
    world.send("PROXY TCP4 192.0.2.1 10.0.0.1 56324 443\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
    assert!((0..100).any(|_| !world.turn().is_empty()));
    let conn = world.host.conns.iter().next().unwrap();
    assert_eq!(conn.peer, Some("192.0.2.1:56324".parse().unwrap()));
}

#[test]
fn whoever_is_refused_takes_no_place() {
    let gate = GateOptions { max_connections: Some(2), connect_rate: None };
    for (options, status, expected) in [
        (
            ServerOptions { max_connections: Some(1), ..ServerOptions::default() },
            "HTTP/1.1 503 ",
            Refused { full: 4, ..Refused::default() },
        ),
        (
            ServerOptions { gate, ..ServerOptions::default() },
            "HTTP/1.1 429 ",
            Refused { per_address: 3, ..Refused::default() },
        ),
    ] {
        let mut world = World::new(options);
        world.turn();
        let address = world.client.peer_addr().unwrap();
        let mut clients = Vec::new();
        for _ in 0..4 {
            clients.push(TcpStream::connect(address).unwrap());
            world.turn();
        }
        let mut told = String::new();
        clients.pop().unwrap().read_to_string(&mut told).unwrap();
        assert!(told.starts_with(status), "{told}");
        assert!(told.contains("\r\nRetry-After: 5\r\n"), "{told}");
        let id = server(&world);
        assert_eq!(world.host.refused(id), expected);
        let conns = world.host.shared.servers.get(id).unwrap().conns;
        assert_eq!((conns, world.host.conns.len()), (if expected.full > 0 { 1 } else { 2 }, conns));
    }
}
