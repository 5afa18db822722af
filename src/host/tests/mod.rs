//! The host by itself: real sockets, and a clock that tests move.

mod client;
mod drain;
mod pair;
mod raw;
mod restraint;
mod routes;

use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

use super::{Event, Host, Input, ListenAddress, Message, Reply, ServerOptions};
use crate::id::ConnId;
use crate::limits::UPGRADE_TIMEOUT_MS;
use crate::net::listener::Address;
use crate::net::pool::Pool;
use crate::net::reactor::{Reactor, monotonic_clock};
use crate::proto::ws::Outgoing;

/// An opening handshake, but for its last line.
const OPENING: &str = "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
                       Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n";

/// A server that echoes, and one client of it.
struct World {
    reactor: Reactor,
    pool: Pool,
    host: Host,
    input: Input,
    client: TcpStream,
}

impl World {
    fn new(options: ServerOptions) -> Self {
        let reactor = Reactor::new().unwrap();
        let pool = Pool::new(reactor.waker());
        let mut host = Host::new(&reactor).unwrap();
        let address = ListenAddress::Tcp((Ipv4Addr::LOCALHOST, 0).into());
        let (_, address) = host.listen(&address, 16, options).unwrap();
        let Address::Tcp(address) = address else { panic!("{address:?}") };
        let client = TcpStream::connect(address).unwrap();
        client.set_nonblocking(true).unwrap();
        Self { reactor, pool, host, input: Input::default(), client }
    }

    /// One turn, and what the script would have been told but for messages, which are echoed.
    fn turn(&mut self) -> Vec<Event> {
        let Self { reactor, pool, host, input, .. } = self;
        let soon = monotonic_clock() + Duration::from_millis(10);
        host.poll(reactor, pool, Some(soon), false).unwrap();
        let mut told = Vec::new();
        while let Some(event) = host.next_event(input) {
            if let Event::Message(Message { conn, kind, payload, .. }) = event {
                let data = payload.bytes(input.bytes());
                let message = Outgoing { kind, len: data.len(), compress: None };
                let echo = |out: &mut Vec<u8>| out.extend_from_slice(data);
                host.send_websocket(conn, message, echo).unwrap();
            } else {
                told.push(event);
            }
        }
        host.flush();
        told
    }

    /// Turns until the client has been sent what ends with `end`; returns all of it.
    fn serve(&mut self, end: &[u8]) -> Vec<u8> {
        let mut received = Vec::new();
        for _ in 0..1000 {
            self.turn();
            let mut piece = [0; 1024];
            match self.client.read(&mut piece) {
                Ok(count) => received.extend_from_slice(&piece[..count]),
                Err(error) => assert_eq!(error.kind(), ErrorKind::WouldBlock),
            }
            if received.ends_with(end) {
                return received;
            }
        }
        panic!("{} does not end as expected", received.escape_ascii());
    }

    fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.client.write_all(bytes.as_ref()).unwrap();
    }

    /// Whether a connection owns memory for what it says.
    fn owns_buffers(&self) -> bool {
        self.host.conns.iter().any(|conn| conn.out.capacity() > 0)
    }
}

#[test]
fn a_connection_with_nothing_to_say_owns_no_buffer() {
    let mut world = World::new(ServerOptions::default());
    world.send(OPENING);
    world.send("\r\n");
    world.serve(b"\r\n\r\n");
    assert!(!world.owns_buffers(), "after the opening handshake");

    // A masking key of zeros.
    world.send(b"\x81\x82\0\0\0\0ab");
    world.serve(b"\x81\x02ab");
    assert!(!world.owns_buffers(), "after an echo");

    world.send(b"\x8A\x80\0\0\0\0\x89\x80\0\0\0\0");
    world.serve(b"\x8A\x00");
    world.send(b"\x8A\x80\0\0\0\0\x89");
    world.serve(b"");
    assert!(!world.owns_buffers(), "after what asks for no answer");
}

#[test]
fn what_came_before_a_deadline_is_read_before_it_counts() {
    let keepalive = ServerOptions::default().websocket.keepalive;
    let patience = keepalive.ping_interval.unwrap() + keepalive.pong_timeout.unwrap();
    let mut world = World::new(ServerOptions::default());
    world.send(OPENING);
    world.send("\r\n");
    world.serve(b"\r\n\r\n");
    // It is pinged, and answers in good time, but the script computes for long.
    let opened_at = world.host.now();
    world.host.expire(opened_at + keepalive.ping_interval.unwrap());
    world.turn();
    world.send(b"\x81\x82\0\0\0\0ab");
    world.serve(b"\x81\x02ab");
    world.send(b"\x81\x82\0\0\0\0cd");
    world.host.expire(opened_at + patience * 3);
    world.serve(b"\x81\x02cd");

    // A head that is whole is no late one, and half of one is.
    let mut world = World::new(ServerOptions::default());
    world.turn();
    world.send(OPENING);
    world.send("\r\n");
    world.host.expire(world.host.now() + Duration::from_mins(1));
    world.serve(b"\r\n\r\n");
    let mut world = World::new(ServerOptions::default());
    world.turn();
    world.send(OPENING);
    world.turn();
    world.host.expire(world.host.now() + Duration::from_mins(1));
    let answer = world.serve(b"\n");
    assert!(answer.starts_with(b"HTTP/1.1 408 "), "{}", answer.escape_ascii());
}

#[test]
fn whoever_has_answered_a_ping_is_pinged_again_in_time() {
    let mut options = ServerOptions::default();
    let keepalive = &mut options.websocket.keepalive;
    keepalive.ping_interval = keepalive.pong_timeout.map(|timeout| timeout / 4);
    let mut world = World::new(options);
    world.send(OPENING);
    world.send("\r\n");
    world.serve(b"\r\n\r\n");
    for _ in 0..3 {
        let due = world.host.conns.iter().filter_map(|conn| conn.next_deadline()).min();
        world.host.expire(due.unwrap());
        world.serve(b"\x89\0");
        world.send(b"\x8A\x80\0\0\0\0");
        while !matches!(world.turn()[..], [Event::Pong { .. }]) {}
    }
}

/// Clients that ask and do not read, and the requests as the script gets them.
fn ask(world: &mut World, count: usize) -> (Vec<TcpStream>, Vec<ConnId>) {
    let address = world.client.peer_addr().unwrap();
    let clients: Vec<TcpStream> = (0..count)
        .map(|_| {
            let mut client = TcpStream::connect(address).unwrap();
            client.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").unwrap();
            client
        })
        .collect();
    let mut asked = Vec::new();
    for _ in 0..1000 {
        asked.extend(world.turn().into_iter().filter_map(|event| match event {
            Event::Request { conn, .. } => Some(conn),
            _ => None,
        }));
        if asked.len() == count {
            return (clients, asked);
        }
    }
    panic!("{} of {count} requests came", asked.len());
}

fn reply(world: &mut World, conn: ConnId, body: &[u8]) {
    world.host.respond(conn, &Reply { status: 200, headers: &[], body }).unwrap();
}

/// More than the kernel takes for a peer that does not read.
const LARGE: usize = 16 << 20;

#[test]
fn a_body_that_waits_for_many_is_there_once() {
    let mut world = World::new(ServerOptions::default());
    let (clients, asked) = ask(&mut world, 6);
    // The limit holds the body once, and not twice.
    world.host.overfull.max = LARGE * 3 / 2;
    let body = vec![b'x'; LARGE];
    for conn in asked {
        reply(&mut world, conn, &body.clone());
    }
    world.turn();
    let waiting = world.host.conns.iter().filter(|conn| !conn.out.is_empty()).count();
    assert_eq!(waiting, 6);
    for mut client in clients {
        client.set_nonblocking(true).unwrap();
        let mut received = 0;
        let mut piece = vec![0; 1 << 20];
        while received < LARGE {
            match client.read(&mut piece) {
                Ok(count) => received += count,
                Err(_) => drop(world.turn()),
            }
        }
    }
    world.turn();
    assert_eq!(world.host.unsent(), 0);
}

#[test]
fn too_much_for_all_peers_together_ends_those_for_whom_most_waits() {
    let mut world = World::new(ServerOptions::default());
    let (_clients, asked) = ask(&mut world, 6);
    world.host.overfull.max = LARGE * 3;
    for (number, conn) in (0..).zip(&asked) {
        // Different for each, and the last one is small.
        let size = if number == 5 { 10 } else { LARGE };
        reply(&mut world, *conn, &vec![b'0' + number; size]);
    }
    world.turn();
    assert!(world.host.unsent() <= world.host.overfull.max);
    let waiting = world.host.conns.iter().filter(|conn| conn.schedule.behind).count();
    assert!((1..=3).contains(&waiting), "{waiting} of 5 that do not read are still there");
    assert!(world.host.conns.get(asked[5]).is_some(), "who reads is left alone");
}

#[test]
fn an_opening_handshake_that_nobody_decides_on_is_refused_after_30_seconds() {
    let mut world = World::new(ServerOptions { asks_upgrade: true, ..ServerOptions::default() });
    world.send(OPENING);
    world.send("\r\n");
    let asked = (0..1000).any(|_| {
        world
            .turn()
            .iter()
            .any(|event| matches!(event, Event::Upgrade { offers, .. } if offers.is_empty()))
    });
    assert!(asked);

    let asked_at = world.host.now();
    world.host.expire(asked_at + Duration::from_millis(UPGRADE_TIMEOUT_MS - 1));
    world.host.flush();
    assert_eq!(world.client.read(&mut [0]).unwrap_err().kind(), ErrorKind::WouldBlock);

    world.host.expire(asked_at + Duration::from_millis(UPGRADE_TIMEOUT_MS));
    let answer = world.serve(b"the server did not decide in time\n");
    let answer = String::from_utf8_lossy(&answer);
    assert!(answer.starts_with("HTTP/1.1 503 "), "{answer}");
    assert!(answer.contains("\r\nRetry-After: 5\r\n"), "{answer}");
}

#[test]
fn a_peer_that_breaks_the_protocol_has_ended_with_the_code_that_it_was_sent() {
    for (frame, code, reason) in [
        (&b"\x81\x02ab"[..], 1002, "frame from a client is not masked"),
        (b"\x81\x81\0\0\0\0\xFF", 1007, "invalid UTF-8 in text at byte 0"),
        (b"\x81\xFF\0\0\0\0\0\x20\0\0\0\0\0\0", 1009, "message of 2097152 bytes exceeds 1048576"),
    ] {
        let mut world = World::new(ServerOptions { tells_open: true, ..ServerOptions::default() });
        world.send(OPENING);
        world.send("\r\n");
        world.send(frame);
        let closed = (0..1000).flat_map(|_| world.turn()).find_map(|event| match event {
            Event::Closed(closed) => Some(closed),
            _ => None,
        });
        let closed = closed.unwrap();
        assert_eq!((closed.code, closed.reason.as_str(), closed.was_clean), (code, reason, false));
    }
}
