//! The header of the PROXY protocol: cut in pieces it must come to the same, whatever follows it,
//! and an address must be the one that a plain reading of the header finds.

use std::net::{IpAddr, SocketAddr};

use super::limits::PROXY_HEADER_BYTES_MAX;
use super::plan::Plan;
use super::proto::proxy_protocol::{Announced, PeerError, Receiver};

type Outcome = Result<Option<Announced>, PeerError>;

/// The target.
pub fn run(input: &[u8]) {
    let Some((mut plan, stream)) = Plan::of(input) else { return };
    let (whole, taken) = receive([stream]);
    assert_eq!(receive(plan.pieces(stream)), (whole, taken), "cut differently");
    assert!(taken <= PROXY_HEADER_BYTES_MAX, "{taken} bytes of header");
    match whole {
        Ok(None) => assert_eq!(taken, stream.len(), "it waits for more and has left some"),
        Ok(Some(announced)) => {
            let header = &stream[..taken];
            assert_eq!(receive([header]), (whole, taken), "what follows made a difference");
            if let Announced::Client(address) = announced {
                assert_eq!(Some(address), read(header), "against the plain reading");
            }
        }
        Err(_) => {}
    }
}

/// What comes of a stream, and how much of it is header.
fn receive<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> (Outcome, usize) {
    let mut receiver = Receiver::default();
    let mut taken = 0;
    for piece in pieces {
        let mut pos = 0;
        let outcome = receiver.receive(piece, &mut pos);
        assert!(pos <= piece.len(), "beyond its input");
        taken += pos;
        if !matches!(outcome, Ok(None)) {
            return (outcome, taken);
        }
    }
    (Ok(None), taken)
}

/// The client's address, out of a whole header.
fn read(header: &[u8]) -> Option<SocketAddr> {
    if let Some(line) = header.strip_prefix(b"PROXY ") {
        let words: Vec<&str> = std::str::from_utf8(line).ok()?.trim_end().split(' ').collect();
        let &[_, client, _, port, _] = &words[..] else { return None };
        return Some(SocketAddr::new(client.parse().ok()?, port.parse().ok()?));
    }
    let (family, addresses) = (header[13] >> 4, &header[16..]);
    let (address, ports): (IpAddr, _) = match family {
        1 => (<[u8; 4]>::try_from(&addresses[..4]).ok()?.into(), &addresses[8..]),
        _ => (<[u8; 16]>::try_from(&addresses[..16]).ok()?.into(), &addresses[32..]),
    };
    Some(SocketAddr::new(address, u16::from(ports[0]) << 8 | u16::from(ports[1])))
}
