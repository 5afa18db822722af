//! Sessions on sockets whose kernel buffers are small.

use std::io;
use std::os::fd::OwnedFd;

use mio::net::UnixStream;
use socket2::{Domain, SockRef, Type};

use super::pair;
use crate::net::socket::Socket;
use crate::net::transport::Transport;

/// Two ends of a connection in TLS, over which little goes at a time.
fn transports() -> (Transport, Transport) {
    let (client, server) = UnixStream::pair().unwrap();
    for end in [&client, &server] {
        SockRef::from(end).set_send_buffer_size(4096).unwrap();
    }
    let (client_session, server_session) = pair();
    let secured = |stream, session| Transport::Plain(Socket::Unix(stream)).secured(session);
    (secured(client, client_session), secured(server, server_session))
}

/// Reads what there is.
fn read_all(transport: &mut Transport, into: &mut Vec<u8>) -> io::Result<bool> {
    let mut buffer = vec![0; 128 * 1024];
    loop {
        let progress = transport.read(&mut buffer)?;
        into.extend_from_slice(&buffer[..progress.read]);
        if progress.ended || progress.drained {
            return Ok(progress.ended);
        }
    }
}

#[test]
fn a_peer_that_takes_little_gets_everything_once_and_in_order() {
    let (mut client, mut server) = transports();
    let message: Vec<u8> = (0..=255).cycle().take(600_000).collect();
    let (mut sent, mut received, mut nothing) = (0, Vec::new(), Vec::new());
    let mut refused = 0;
    while received.len() < message.len() {
        // Whoever writes gives again what was not taken.
        let taken = client.write(&message[sent..]).unwrap();
        refused += usize::from(taken < message.len() - sent);
        sent += taken;
        assert!(sent <= message.len());
        read_all(&mut server, &mut received).unwrap();
        server.flush().unwrap();
        read_all(&mut client, &mut nothing).unwrap();
        assert!(received.len() >= sent, "what counts as sent has arrived");
    }
    assert!(received == message && nothing.is_empty() && refused > 2);
    while client.wants_write() || sent < message.len() {
        sent += client.write(&message[sent..]).unwrap();
    }
    client.shutdown_write();
    assert!(read_all(&mut server, &mut received).unwrap(), "the end arrives");
    server.farewell();
    drop(server);
    assert!(read_all(&mut client, &mut nothing).unwrap());
}

#[test]
fn pieces_are_sent_as_one_text() {
    let (mut client, mut server) = transports();
    let pieces = [vec![1; 3], Vec::new(), vec![2; 50_000], vec![3; 1]];
    let whole = pieces.concat();
    let (mut sent, mut received, mut nothing) = (0, Vec::new(), Vec::new());
    while received.len() < whole.len() {
        let mut skipped = sent;
        let slices: Vec<io::IoSlice<'_>> = pieces
            .iter()
            .map(|piece| {
                let from = skipped.min(piece.len());
                skipped -= from;
                io::IoSlice::new(&piece[from..])
            })
            .collect();
        sent += client.write_vectored(&slices).unwrap();
        read_all(&mut server, &mut received).unwrap();
        server.flush().unwrap();
        read_all(&mut client, &mut nothing).unwrap();
    }
    assert!(received == whole);
}

#[test]
fn a_peer_that_goes_without_a_word_is_noticed() {
    let (mut client, mut server) = transports();
    let (mut received, mut nothing) = (Vec::new(), Vec::new());
    for _ in 0..10 {
        client.write(b"").unwrap();
        read_all(&mut server, &mut received).unwrap();
        server.flush().unwrap();
        read_all(&mut client, &mut nothing).unwrap();
    }
    assert_eq!(client.write(b"hello").unwrap(), 5);
    read_all(&mut server, &mut received).unwrap();
    drop(client);
    let error = read_all(&mut server, &mut received).unwrap_err();
    assert!(super::Fault::of(&error).is_some_and(super::Fault::is_truncation));
    assert_eq!(received, b"hello");
}

/// Two ends with TLS, over which each write arrives by itself.
fn packets() -> (Transport, Transport) {
    let (client, server) = socket2::Socket::pair(Domain::UNIX, Type::SEQPACKET, None).unwrap();
    let (client_session, server_session) = pair();
    let secured = |socket: socket2::Socket, session| {
        socket.set_nonblocking(true).unwrap();
        let stream = std::os::unix::net::UnixStream::from(OwnedFd::from(socket));
        Transport::Plain(Socket::Unix(UnixStream::from_std(stream))).secured(session)
    };
    (secured(client, client_session), secured(server, server_session))
}

/// One read: what it brings.
fn read_once(transport: &mut Transport) -> Vec<u8> {
    let mut buffer = vec![0; 128 * 1024];
    let progress = transport.read(&mut buffer).unwrap();
    buffer.truncate(progress.read);
    buffer
}

/// Up to where the client may speak.
fn greet(client: &mut Transport, server: &mut Transport) {
    client.flush().unwrap();
    assert!(read_once(server).is_empty());
    server.flush().unwrap();
    assert!(read_once(client).is_empty());
}

#[test]
fn what_the_handshake_has_left_to_say_goes_with_the_first_words() {
    let (mut client, mut server) = packets();
    greet(&mut client, &mut server);
    assert!(client.wants_write());
    assert_eq!(client.write(b"request").unwrap(), 7);
    assert_eq!(read_once(&mut server), b"request");
    assert!(server.wants_write(), "there is a ticket to send");
    let pieces = [b"re".as_slice(), b"", b"ply"].map(io::IoSlice::new);
    assert_eq!(server.write_vectored(&pieces).unwrap(), 5);
    assert_eq!(read_once(&mut client), b"reply");
}

#[test]
fn the_last_words_and_the_end_go_together() {
    let (mut client, mut server) = packets();
    greet(&mut client, &mut server);
    client.flush().unwrap();
    assert!(read_once(&mut server).is_empty());
    server.announce_end();
    assert_eq!(server.write(b"bye").unwrap(), 3);
    assert!(read_once(&mut client).is_empty(), "nothing has gone yet");
    server.shutdown_write();
    assert!(!server.wants_write());
    assert_eq!(read_once(&mut client), b"bye");
    let mut nothing = Vec::new();
    assert!(read_all(&mut client, &mut nothing).unwrap() && nothing.is_empty());
}
