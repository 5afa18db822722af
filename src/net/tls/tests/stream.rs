//! Sessions on sockets whose kernel buffers are small.

use std::io;

use mio::net::UnixStream;
use socket2::SockRef;

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
