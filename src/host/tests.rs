//! The host by itself, with real sockets.

use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

use super::{Event, Host, Input, ListenAddress, Message, ServerOptions};
use crate::net::listener::Address;
use crate::net::pool::Pool;
use crate::net::reactor::{Reactor, monotonic_clock};
use crate::proto::ws::Outgoing;

/// An echo server.
struct Echo {
    reactor: Reactor,
    pool: Pool,
    host: Host,
    input: Input,
}

impl Echo {
    /// Turns until `client` has been sent what ends with `end`.
    fn serve(&mut self, client: &mut TcpStream, end: &[u8]) {
        let Self { reactor, pool, host, input } = self;
        let mut received = Vec::new();
        for _ in 0..1000 {
            let soon = monotonic_clock() + Duration::from_millis(10);
            host.poll(reactor, pool, Some(soon), false).unwrap();
            while let Some(event) = host.next_event(input) {
                if let Event::Message(Message { conn, kind, payload, .. }) = event {
                    let data = payload.bytes(input.bytes());
                    let message = Outgoing { kind, len: data.len(), compress: None };
                    let echo = |out: &mut Vec<u8>| out.extend_from_slice(data);
                    host.send_websocket(conn, message, echo).unwrap();
                }
            }
            host.flush();
            let mut piece = [0; 1024];
            match client.read(&mut piece) {
                Ok(count) => received.extend_from_slice(&piece[..count]),
                Err(error) => assert_eq!(error.kind(), ErrorKind::WouldBlock),
            }
            if received.ends_with(end) {
                return;
            }
        }
        panic!("{} does not end as expected", received.escape_ascii());
    }

    /// Whether a connection owns memory for what it says.
    fn owns_buffers(&self) -> bool {
        self.host.conns.iter().any(|conn| conn.out.capacity() > 0)
    }
}

#[test]
fn a_connection_with_nothing_to_say_owns_no_buffer() {
    let reactor = Reactor::new().unwrap();
    let mut host = Host::new(&reactor).unwrap();
    let address = ListenAddress::Tcp((Ipv4Addr::LOCALHOST, 0).into());
    let (_, address) = host.listen(&address, 16, ServerOptions::default()).unwrap();
    let Address::Tcp(address) = address else { panic!("{address:?}") };
    let pool = Pool::new(reactor.waker());
    let mut echo = Echo { reactor, pool, host, input: Input::default() };
    let mut client = TcpStream::connect(address).unwrap();
    client.set_nonblocking(true).unwrap();

    let opening = "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
                   Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n";
    client.write_all(opening.as_bytes()).unwrap();
    client.write_all(b"\r\n").unwrap();
    echo.serve(&mut client, b"\r\n\r\n");
    assert!(!echo.owns_buffers(), "after the opening handshake");

    // A masking key of zeros.
    client.write_all(b"\x81\x82\0\0\0\0ab").unwrap();
    echo.serve(&mut client, b"\x81\x02ab");
    assert!(!echo.owns_buffers(), "after an echo");

    client.write_all(b"\x8A\x80\0\0\0\0\x89\x80\0\0\0\0").unwrap();
    echo.serve(&mut client, b"\x8A\x00");
    client.write_all(b"\x8A\x80\0\0\0\0\x89").unwrap();
    echo.serve(&mut client, b"");
    assert!(!echo.owns_buffers(), "after what asks for no answer");
}
