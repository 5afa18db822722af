//! TLS by itself: sessions that talk to each other at every split of the bytes, what a peer may do
//! to one, and sessions on real sockets that take little at a time.

mod explained;
mod session;
mod stream;
mod trust;

use super::{Acceptor, ClientTls, Connector, Fault, Records, ServerTls, Session, self_signed};

/// A client and a server that trust each other.
fn pair() -> (Session, Session) {
    let identity = self_signed().unwrap();
    let ca = vec![identity.cert.clone().unwrap()];
    let acceptor = Acceptor::new(&ServerTls { identity, ..ServerTls::default() }).unwrap();
    let client = ClientTls { ca, ..ClientTls::default() };
    let connector = Connector::new(&client, "localhost").unwrap();
    (connector.session().unwrap(), acceptor.session().unwrap())
}

/// One side of a simulated connection.
struct End {
    session: Session,
    out: Records,
    received: Vec<u8>,
}

impl End {
    fn new(session: Session) -> Self {
        let mut end = Self { session, out: Records::default(), received: Vec::new() };
        end.session.begin(&mut end.out);
        end
    }

    /// Takes bytes as one read would bring them.
    fn receive(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        let held = self.session.held_len();
        let mut records = vec![0; held + bytes.len()];
        records[held..].copy_from_slice(bytes);
        let mut plain = vec![0; records.len()];
        let count = self.session.open(&mut records, &mut plain, &mut self.out)?;
        self.received.extend_from_slice(&plain[..count]);
        Ok(())
    }

    /// What it has to say.
    fn take(&mut self) -> Vec<u8> {
        let bytes = self.out.waiting().to_vec();
        self.out.take(bytes.len());
        bytes
    }

    fn send(&mut self, plain: &[u8]) {
        self.session.seal(plain, &mut self.out).unwrap();
    }
}

/// Passes what both have to say on, in pieces of `size`, until neither has anything.
fn exchange(client: &mut End, server: &mut End, size: usize) -> Result<(), Fault> {
    loop {
        let (up, down) = (client.take(), server.take());
        if up.is_empty() && down.is_empty() {
            return Ok(());
        }
        for piece in up.chunks(size) {
            server.receive(piece)?;
        }
        for piece in down.chunks(size) {
            client.receive(piece)?;
        }
    }
}
