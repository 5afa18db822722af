//! TLS records from a peer that has no keys, or that changes what one with keys has sent: whatever
//! comes is refused or waited for, at every cut, and nothing comes through that was not sent.

use std::cell::OnceCell;

use super::limits::TLS_HELD_BYTES_MAX;
use super::plan::Plan;
use super::tls::{Acceptor, ClientTls, Connector, Records, ServerTls, Session, self_signed};

/// More than this is never due to a peer that has said nothing to earn it: a server's certificate,
/// tickets and an alert.
const ANSWER_BYTES_MAX: usize = 8 * 1024;

thread_local! {
    static SIDES: OnceCell<(Connector, Acceptor)> = const { OnceCell::new() };
}

/// The target.
pub fn run(input: &[u8]) {
    let Some((mut plan, stream)) = Plan::of(input) else { return };
    match plan.flags % 3 {
        0 => stranger(sessions().1, stream, &mut plan),
        1 => stranger(sessions().0, stream, &mut plan),
        _ => meddler(stream, &mut plan),
    }
}

/// A client and a server that trust each other.
fn sessions() -> (Session, Session) {
    SIDES.with(|sides| {
        let (connector, acceptor) = sides.get_or_init(|| {
            let identity = self_signed().expect("an identity");
            let ca = identity.cert.clone().into_iter().collect();
            let client = ClientTls { ca, ..ClientTls::default() };
            let connector = Connector::new(&client, "localhost").expect("a client");
            let server = ServerTls { identity, ..ServerTls::default() };
            (connector, Acceptor::new(&server).expect("a server"))
        });
        let client = connector.session().expect("a session");
        (client, acceptor.session().expect("a session"))
    })
}

/// One side, and all that has come to it.
struct End {
    session: Session,
    out: Records,
    received: Vec<u8>,
    said: usize,
    fault: Option<&'static str>,
}

impl End {
    fn new(session: Session) -> Self {
        let (out, received) = (Records::default(), Vec::new());
        let mut end = Self { session, out, received, said: 0, fault: None };
        end.session.begin(&mut end.out);
        end
    }

    /// Takes bytes as one read of the host brings them.
    fn receive(&mut self, bytes: &[u8]) {
        let held = self.session.held_len();
        assert!(held <= TLS_HELD_BYTES_MAX, "{held} bytes are held");
        let over = self.session.is_over();
        let mut records = vec![0; held + bytes.len()];
        records[held..].copy_from_slice(bytes);
        let mut plain = vec![0; records.len()];
        match self.session.open(&mut records, &mut plain, &mut self.out) {
            Ok(count) => {
                assert!(count <= records.len(), "more comes out than went in");
                assert!(!over || count == 0, "something comes after a failure");
                self.received.extend_from_slice(&plain[..count]);
            }
            Err(fault) => {
                assert!(self.session.is_over(), "a failure is for ever");
                assert!(self.fault.is_none(), "a second failure: {fault}");
                assert!(!fault.message.is_empty() && fault.message.len() < 1000, "{fault}");
                self.fault = Some(fault.code);
            }
        }
    }

    fn take(&mut self) -> Vec<u8> {
        let bytes = self.out.waiting().to_vec();
        self.out.take(bytes.len());
        self.said += bytes.len();
        bytes
    }
}

/// Bytes of somebody who has no keys.
fn stranger(session: Session, stream: &[u8], plan: &mut Plan) {
    let mut end = End::new(session);
    end.take();
    end.said = 0;
    for piece in plan.pieces(stream) {
        end.receive(piece);
        end.take();
    }
    assert!(end.received.is_empty(), "something comes through without keys");
    assert!(!end.session.is_open(), "a handshake without keys");
    assert!(end.session.peer_certificate().is_none(), "somebody is known by nothing");
    assert!(end.said <= ANSWER_BYTES_MAX, "{} bytes for a stranger", end.said);
    // Whatever is said of the end, it is not that all is well, unless nothing was begun.
    let well = end.session.ended().is_ok();
    assert!(!well || end.session.is_over() || stream.is_empty() || end.session.peer_closed());
    end.session.close(&mut end.out);
}

/// A handshake and messages between two that have keys, with somebody in between.
fn meddler(stream: &[u8], plan: &mut Plan) {
    let (client, server) = sessions();
    let (mut client, mut server) = (End::new(client), End::new(server));
    // Bytes that pass before somebody meddles: some handshakes are whole by then.
    let mut untouched = plan.below(4000);
    let mut how = stream.iter().copied();
    let (mut sent, mut turns) = ([Vec::new(), Vec::new()], 0);
    while turns < 12 {
        turns += 1;
        let up = meddle(client.take(), &mut untouched, &mut how);
        let down = meddle(server.take(), &mut untouched, &mut how);
        plan.pieces(&up).into_iter().for_each(|piece| server.receive(piece));
        plan.pieces(&down).into_iter().for_each(|piece| client.receive(piece));
        for (end, sent) in [&mut client, &mut server].into_iter().zip(&mut sent) {
            if end.session.is_open() && plan.below(2) == 0 {
                let message = vec![plan.more ^ turns; plan.below(3000)];
                assert!(end.session.seal(&message, &mut end.out).is_ok(), "an open session seals");
                sent.extend(message);
            }
        }
    }
    let [up, down] = sent;
    assert!(up.starts_with(&server.received), "what comes is what was sent");
    assert!(down.starts_with(&client.received), "what comes is what was sent");
}

/// What becomes of bytes that somebody can reach: for each two bytes of `how`, one of them is
/// changed, left out or said twice.
fn meddle(
    mut bytes: Vec<u8>,
    untouched: &mut usize,
    how: &mut impl Iterator<Item = u8>,
) -> Vec<u8> {
    let mut at = *untouched;
    *untouched = untouched.saturating_sub(bytes.len());
    while at < bytes.len() {
        let (Some(what), Some(step)) = (how.next(), how.next()) else { break };
        match what % 4 {
            0 => bytes[at] ^= 1 << (what >> 5),
            1 => drop(bytes.remove(at)),
            2 => bytes.insert(at, what),
            _ => {}
        }
        at += 1 + usize::from(step) * 4;
    }
    bytes
}
