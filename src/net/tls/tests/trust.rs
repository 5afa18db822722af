//! What a session may be resumed for: only what it was checked for in full.

use super::{Acceptor, ClientTls, Connector, End, Fault, ServerTls, exchange, self_signed};
use crate::net::tls::NamedIdentity;

/// A server of its own, and what clients have to trust.
fn server(identity: &NamedIdentity) -> Acceptor {
    Acceptor::new(&ServerTls { identity: identity.clone(), ..ServerTls::default() }).unwrap()
}

fn trusting(identity: &NamedIdentity) -> ClientTls {
    ClientTls { ca: vec![identity.cert.clone().unwrap()], ..ClientTls::default() }
}

/// A whole handshake and what follows it. Tells how many bytes the server has said first, as it says
/// less if a session is resumed, and what it knows of the client.
fn connect(options: &ClientTls, acceptor: &Acceptor) -> Result<(usize, Option<Vec<u8>>), Fault> {
    let connector = Connector::new(options, "localhost")?;
    let mut client = End::new(connector.session()?);
    let mut server = End::new(acceptor.session()?);
    server.receive(&client.take())?;
    let said = server.take();
    client.receive(&said)?;
    exchange(&mut client, &mut server, usize::MAX)?;
    client.send(b"hello");
    server.send(b"hello");
    exchange(&mut client, &mut server, usize::MAX)?;
    assert_eq!((client.received, server.received), (b"hello".to_vec(), b"hello".to_vec()));
    Ok((said.len(), server.session.peer_certificate().map(<[u8]>::to_vec)))
}

#[test]
fn connections_with_the_same_options_resume() {
    let identity = self_signed().unwrap();
    let acceptor = server(&identity);
    let (full, _) = connect(&trusting(&identity), &acceptor).unwrap();
    for _ in 0..3 {
        let (resumed, _) = connect(&trusting(&identity), &acceptor).unwrap();
        assert!(resumed * 2 < full, "{resumed} bytes, {full} at first");
    }
    // Other keys of tickets, as after setSecureContext: everything is said again.
    let (again, _) = connect(&trusting(&identity), &server(&identity)).unwrap();
    assert!(again.abs_diff(full) < 16, "{again} bytes, {full} at first");
}

#[test]
fn a_session_that_nobody_checked_is_not_resumed_by_a_client_that_checks() {
    let (identity, other) = (self_signed().unwrap(), self_signed().unwrap());
    let acceptor = server(&identity);
    let any = ClientTls { accepts_any: true, ..ClientTls::default() };
    let (full, _) = connect(&any, &acceptor).unwrap();
    let (resumed, _) = connect(&any, &acceptor).unwrap();
    assert!(resumed * 2 < full, "there is a session that could be resumed");
    assert!(connect(&trusting(&other), &acceptor).is_err());
    // Nor with the same authorities beside it, which nobody looked at.
    let careless = ClientTls { accepts_any: true, ..trusting(&other) };
    connect(&careless, &acceptor).unwrap();
    assert!(connect(&trusting(&other), &acceptor).is_err());
    // Trust in one authority is none in another.
    connect(&trusting(&identity), &acceptor).unwrap();
    assert!(connect(&trusting(&other), &acceptor).is_err());
    let (full_again, _) = connect(&trusting(&other), &server(&other)).unwrap();
    assert!(full_again.abs_diff(full) < 64);
}

#[test]
fn a_client_is_who_its_own_certificate_says() {
    let (identity, first, second) =
        (self_signed().unwrap(), self_signed().unwrap(), self_signed().unwrap());
    let asking = ServerTls {
        identity: identity.clone(),
        request_cert: true,
        accepts_anonymous: true,
        ca: vec![first.cert.clone().unwrap(), second.cert.clone().unwrap()],
        ..ServerTls::default()
    };
    let acceptor = Acceptor::new(&asking).unwrap();
    let with = |own: &NamedIdentity| ClientTls { identity: own.clone(), ..trusting(&identity) };
    let nobody = trusting(&identity);
    // Each of them twice, so that sessions are resumed, and in turns.
    let mut seen = Vec::new();
    for options in [&nobody, &with(&first), &with(&second), &nobody, &with(&first), &with(&second)]
    {
        seen.push(connect(options, &acceptor).unwrap().1);
    }
    assert_eq!(seen[0], None);
    assert!(seen[1].is_some() && seen[2].is_some() && seen[1] != seen[2]);
    assert_eq!(seen[..3], seen[3..]);
    // A server that wants to know is not satisfied with the session of one that does not mind.
    let strict = Acceptor::new(&ServerTls { accepts_anonymous: false, ..asking }).unwrap();
    assert!(connect(&nobody, &strict).is_err());
    connect(&with(&first), &strict).unwrap();
}
