//! Sessions without sockets.

use super::{End, exchange, pair};

fn connected() -> (End, End) {
    let (client, server) = pair();
    let (mut client, mut server) = (End::new(client), End::new(server));
    exchange(&mut client, &mut server, usize::MAX).unwrap();
    assert!(client.session.is_open() && server.session.is_open());
    (client, server)
}

#[test]
fn a_connection_works_at_every_split_of_its_bytes() {
    let large: Vec<u8> = (0..=255).cycle().take(40_000).collect();
    for size in [1, 2, 3, 4, 5, 6, 7, 22, 100, 1000, 16_384, 16_405, 16_406, usize::MAX] {
        let (client, server) = pair();
        let (mut client, mut server) = (End::new(client), End::new(server));
        exchange(&mut client, &mut server, size).unwrap();
        client.send(b"hello");
        client.send(&large);
        server.send(&large);
        exchange(&mut client, &mut server, size).unwrap();
        assert!(server.received == [b"hello", &*large].concat() && client.received == large);
        // A connection with nothing under way holds nothing.
        assert_eq!((client.session.held_len(), server.session.held_len()), (0, 0));
        client.session.close(&mut client.out);
        exchange(&mut client, &mut server, size).unwrap();
        assert!(server.session.peer_closed() && !client.session.peer_closed());
        // The other direction is still open.
        server.send(b"bye");
        server.session.close(&mut server.out);
        exchange(&mut client, &mut server, size).unwrap();
        assert!(client.received.ends_with(b"bye") && client.session.peer_closed());
        assert!(client.session.ended().is_ok() && server.session.ended().is_ok());
    }
}

#[test]
fn a_byte_that_was_changed_ends_the_session_and_nothing_of_it_comes_through() {
    let (mut client, _) = connected();
    client.send(b"0123456789");
    let length = client.take().len();
    // RFC 8446 5.2: type and version in the header of a sealed record are always the same, so they
    // tell nothing and are not looked at.
    for at in 3..length {
        let (mut client, mut server) = connected();
        client.send(b"0123456789");
        let mut bytes = client.take();
        bytes[at] ^= 1;
        // A longer record is waited for, so a few more bytes come.
        let failed = server.receive(&bytes).and_then(|()| server.receive(&vec![0; 20_000]));
        assert!(failed.is_err() && server.session.is_over(), "byte {at}");
        assert_eq!(server.received, b"");
        assert!(!server.take().is_empty(), "the peer is told: byte {at}");
        // What comes after it is not looked at.
        assert!(server.receive(&bytes).is_ok());
        assert_eq!(server.received, b"");
    }
}

#[test]
fn a_connection_that_was_cut_off_is_not_taken_for_one_that_has_ended() {
    let (mut client, mut server) = connected();
    client.send(b"a part");
    exchange(&mut client, &mut server, usize::MAX).unwrap();
    let fault = server.session.ended().unwrap_err();
    assert!(fault.is_truncation() && fault.code == "ERR_TLS_TRUNCATED");

    let (client, server) = pair();
    let (mut client, mut server) = (End::new(client), End::new(server));
    assert!(server.session.ended().is_ok(), "whoever says nothing only looks");
    server.receive(&client.take()).unwrap();
    assert_eq!(server.session.ended().unwrap_err().code, "ECONNRESET");
    assert_eq!(client.session.ended().unwrap_err().code, "ECONNRESET");
}

#[test]
fn what_is_no_tls_is_told_as_it_is() {
    let (client, server) = pair();
    let (mut client, mut server) = (End::new(client), End::new(server));
    let fault = server.receive(b"GET / HTTP/1.1\r\n\r\n").unwrap_err();
    assert_eq!(fault.plain_beginning(), Some(&b"GET / HT"[..]));
    assert!(server.session.is_not_tls() && server.take().is_empty());
    let fault = client.receive(b"HTTP/1.1 400 Bad Request\r\n\r\n").unwrap_err();
    assert_eq!(fault.code, "ERR_SSL_WRONG_VERSION_NUMBER");
}

#[test]
fn a_handshake_that_never_ends_holds_little() {
    let (_, server) = pair();
    let mut server = End::new(server);
    // A ClientHello of 16 MiB, in records of 16 KiB.
    let mut record = vec![22, 3, 1, 0x40, 0];
    record.resize(5 + 0x4000, 0);
    record[5..9].copy_from_slice(&[1, 0xFF, 0xFF, 0xFF]);
    let mut held = 0;
    for _ in 0..1024 {
        if server.receive(&record).is_err() {
            return assert!(held <= crate::limits::TLS_HELD_BYTES_MAX);
        }
        held = held.max(server.session.held_len());
    }
    panic!("{held} bytes are held");
}

#[test]
fn plaintext_counts_as_gone_when_its_record_has_gone_whole() {
    let (mut client, mut server) = connected();
    client.send(&vec![7; 20_000]);
    let bytes = client.out.waiting().to_vec();
    let first = 5 + 16_384 + 17;
    assert_eq!(client.out.take(first - 1), 0);
    assert_eq!(client.out.take(1), 16_384);
    assert_eq!(client.out.take(bytes.len() - first), 20_000 - 16_384);
    assert!(client.out.is_empty());
    server.receive(&bytes).unwrap();
    assert_eq!(server.received, vec![7; 20_000]);
}

#[test]
fn a_session_is_small() {
    // What rustls keeps for it is boxed, and counted by the benchmarks.
    assert!(size_of::<super::Session>() <= 48, "{}", size_of::<super::Session>());
}
