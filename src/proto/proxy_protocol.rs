//! The header of the PROXY protocol, versions 1 and 2, by which a balancer says for whom it speaks
//! before it passes bytes on. Knows no sockets and no time, and not whether to believe it.
//!
//! Spec: <https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt>

use std::net::IpAddr;
use std::net::Ipv4Addr;
use std::net::Ipv6Addr;
use std::net::SocketAddr;

use thiserror::Error;

use crate::limits::PROXY_HEADER_BYTES_MAX;

/// Section 2.1: "PROXY" and one space.
const V1: &[u8] = b"PROXY ";
/// The longest line, with its end.
const V1_BYTES_MAX: usize = 107;
/// Section 2.2.
const V2: &[u8] = b"\r\n\r\n\0\r\nQUIT\n";
/// Signature, version and command, family, length.
const V2_FIXED: usize = 16;

/// What a connection begins with instead, or what is wrong with its header.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum PeerError {
    /// It is none.
    #[error("it does not begin with a header of the PROXY protocol")]
    Missing,
    /// Section 2.1.
    #[error("its PROXY line is longer than {V1_BYTES_MAX} bytes")]
    LineTooLong,
    /// Section 2.1.
    #[error("its PROXY line is malformed")]
    Line,
    /// Section 2.2: 2.
    #[error("the version of its PROXY header is {0}")]
    Version(u8),
    /// LOCAL is 0, PROXY is 1.
    #[error("its PROXY header has the unknown command {0}")]
    Command(u8),
    /// Of addresses.
    #[error("its PROXY header has the unknown family {0:#04x}")]
    Family(u8),
    /// Shorter than its addresses.
    #[error("its PROXY header is too short, with {0} bytes, for its addresses")]
    TooShort(usize),
    /// Longer than is taken.
    #[error("its PROXY header has {0} bytes, more than {PROXY_HEADER_BYTES_MAX}")]
    TooLong(usize),
}

/// For whom a connection speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Announced {
    /// For itself, as checks of a balancer do, or it does not know.
    Itself,
    /// For a client with this address.
    Client(SocketAddr),
}

/// A header that is still to come.
#[derive(Debug, Default)]
pub struct Receiver {
    partial: Vec<u8>,
}

impl Receiver {
    /// Takes bytes of the header from `input[*pos..]`, and none beyond its end.
    pub fn receive(
        &mut self,
        input: &[u8],
        pos: &mut usize,
    ) -> Result<Option<Announced>, PeerError> {
        loop {
            let missing = self.length()? - self.partial.len();
            if missing == 0 {
                return self.announced().map(Some);
            }
            let unread = input.get(*pos..).unwrap_or_default();
            if unread.is_empty() {
                return Ok(None);
            }
            let taken = missing.min(unread.len());
            self.partial.extend_from_slice(&unread[..taken]);
            *pos += taken;
        }
    }

    /// Bytes of the header, as far as they are known: as many as have come when it is whole.
    fn length(&self) -> Result<usize, PeerError> {
        let seen = &*self.partial;
        if V2.starts_with(seen) || seen.starts_with(V2) {
            // The two signatures begin with different bytes.
            return match seen {
                [] => Ok(1),
                [.., a, b] if seen.len() == V2_FIXED => v2_length([*a, *b]),
                _ if seen.len() < V2.len() => Ok(seen.len() + 1),
                _ if seen.len() < V2_FIXED => Ok(V2_FIXED),
                _ => v2_length([seen[14], seen[15]]),
            };
        }
        if !(V1.starts_with(seen) || seen.starts_with(V1)) {
            return Err(PeerError::Missing);
        }
        match seen.last() {
            Some(b'\n') => Ok(seen.len()),
            _ if seen.len() >= V1_BYTES_MAX => Err(PeerError::LineTooLong),
            _ => Ok(seen.len() + 1),
        }
    }

    fn announced(&self) -> Result<Announced, PeerError> {
        if self.partial.starts_with(V2) { v2(&self.partial) } else { v1(&self.partial) }
    }
}

fn v2_length(length: [u8; 2]) -> Result<usize, PeerError> {
    let length = V2_FIXED + usize::from(u16::from_be_bytes(length));
    if length > PROXY_HEADER_BYTES_MAX { Err(PeerError::TooLong(length)) } else { Ok(length) }
}

/// Section 2.1: words between single spaces, and CRLF.
fn v1(line: &[u8]) -> Result<Announced, PeerError> {
    let line = line.strip_suffix(b"\r\n").and_then(|line| std::str::from_utf8(line).ok());
    let mut words = line.ok_or(PeerError::Line)?.split(' ').skip(1);
    let family = words.next();
    if family == Some("UNKNOWN") {
        return Ok(Announced::Itself);
    }
    let [Some(source), Some(destination), Some(port), Some(to), None] =
        [words.next(), words.next(), words.next(), words.next(), words.next()]
    else {
        return Err(PeerError::Line);
    };
    let port = number(port).zip(number(to)).map(|(port, _)| port);
    let source = match family {
        Some("TCP4") => pair::<Ipv4Addr>(source, destination).map(IpAddr::from),
        Some("TCP6") => pair::<Ipv6Addr>(source, destination).map(IpAddr::from),
        _ => None,
    };
    let source = source.zip(port).ok_or(PeerError::Line)?;
    Ok(Announced::Client(SocketAddr::from(source)))
}

fn pair<T: std::str::FromStr>(source: &str, destination: &str) -> Option<T> {
    source.parse().ok().zip(destination.parse::<T>().ok()).map(|(source, _)| source)
}

fn number(text: &str) -> Option<u16> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// Section 2.2. What follows the addresses are facts that nobody here asks for.
fn v2(header: &[u8]) -> Result<Announced, PeerError> {
    let (command, family) = (header[12], header[13]);
    if command >> 4 != 2 {
        return Err(PeerError::Version(command >> 4));
    }
    match command & 0x0F {
        // "the receiver must accept this connection as valid and must use the real connection
        // endpoints and discard the protocol block".
        0 => return Ok(Announced::Itself),
        1 => {}
        command => return Err(PeerError::Command(command)),
    }
    if family >> 4 > 3 || family & 0x0F > 2 {
        return Err(PeerError::Family(family));
    }
    let body = &header[V2_FIXED..];
    let too_short = PeerError::TooShort(body.len());
    match family {
        0x11 => {
            let addresses = body.first_chunk::<12>().ok_or(too_short)?;
            let [a, b, c, d, _, _, _, _, high, low, ..] = *addresses;
            let port = u16::from_be_bytes([high, low]);
            Ok(Announced::Client((Ipv4Addr::new(a, b, c, d), port).into()))
        }
        0x21 => {
            let addresses = body.first_chunk::<36>().ok_or(too_short)?;
            let source = addresses.first_chunk::<16>().ok_or(too_short)?;
            let port = u16::from_be_bytes([addresses[32], addresses[33]]);
            Ok(Announced::Client((Ipv6Addr::from(*source), port).into()))
        }
        // Unix sockets have no address worth the name, and datagrams bring no connection.
        _ => Ok(Announced::Itself),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What comes of some bytes, and how many of them it took; the same however they are split.
    fn receive(bytes: &[u8]) -> (Result<Option<Announced>, PeerError>, usize) {
        let mut pos = 0;
        let whole = Receiver::default().receive(bytes, &mut pos);
        for split in 0..bytes.len() {
            let (mut receiver, mut taken) = (Receiver::default(), 0);
            let first = receiver.receive(&bytes[..split], &mut taken);
            let second = match first {
                Ok(None) => receiver.receive(bytes, &mut taken),
                other => other,
            };
            assert_eq!(second, whole, "split at {split}");
            if second.is_ok() {
                assert_eq!(taken, pos, "split at {split}");
            }
        }
        (whole, pos)
    }

    fn client(text: &str) -> Result<Option<Announced>, PeerError> {
        Ok(Some(Announced::Client(text.parse().unwrap())))
    }

    fn header(command: u8, family: u8, body: &[u8]) -> Vec<u8> {
        let length = u16::try_from(body.len()).unwrap().to_be_bytes();
        [V2, &[command, family], &length, body].concat()
    }

    #[test]
    fn lines_of_version_1() {
        for (line, expected) in [
            ("PROXY TCP4 192.0.2.1 10.0.0.1 56324 443\r\n", client("192.0.2.1:56324")),
            ("PROXY TCP6 2001:db8::1 ::1 65535 0\r\n", client("[2001:db8::1]:65535")),
            ("PROXY UNKNOWN\r\n", Ok(Some(Announced::Itself))),
            ("PROXY UNKNOWN ffff::1 ffff::2 65535 65535\r\n", Ok(Some(Announced::Itself))),
            ("PROXY TCP4 192.0.2.1 10.0.0.1 56324\r\n", Err(PeerError::Line)),
            ("PROXY TCP4 192.0.2.1 10.0.0.1 56324 443 1\r\n", Err(PeerError::Line)),
            ("PROXY TCP4 192.0.2.1 10.0.0.1 +56324 443\r\n", Err(PeerError::Line)),
            ("PROXY TCP4 192.0.2.1 10.0.0.1 65536 443\r\n", Err(PeerError::Line)),
            ("PROXY TCP4  192.0.2.1 10.0.0.1 1 443\r\n", Err(PeerError::Line)),
            ("PROXY TCP4 ::1 ::1 1 443\r\n", Err(PeerError::Line)),
            ("PROXY TCP5 192.0.2.1 10.0.0.1 1 443\r\n", Err(PeerError::Line)),
            ("PROXY TCP4 192.0.2.1 10.0.0.1 1 443\n", Err(PeerError::Line)),
            ("PROXY \r\n", Err(PeerError::Line)),
            ("PROXY", Ok(None)),
            ("PROXX ", Err(PeerError::Missing)),
            ("GET / HTTP/1.1\r\n", Err(PeerError::Missing)),
            ("\r\n\r\nGET", Err(PeerError::Missing)),
            ("\u{16}\u{3}\u{1}", Err(PeerError::Missing)),
            ("", Ok(None)),
        ] {
            let (found, taken) = receive(line.as_bytes());
            assert_eq!(found, expected, "{line:?}");
            if let Ok(Some(_)) = found {
                let behind = format!("{line}GET / HTTP/1.1");
                assert_eq!(receive(behind.as_bytes()), (expected, taken));
            }
        }
        let long = format!("PROXY UNKNOWN {}\r\n", "x".repeat(200));
        assert_eq!(receive(long.as_bytes()).0, Err(PeerError::LineTooLong));
        let just = format!("PROXY UNKNOWN {}\r\n", "x".repeat(107 - 16));
        assert_eq!(receive(just.as_bytes()).0, Ok(Some(Announced::Itself)));
    }

    #[test]
    fn headers_of_version_2() {
        let v4 = [192, 0, 2, 1, 10, 0, 0, 1, 0xDC, 0x04, 1, 0xBB];
        let mut v6 = [0; 36];
        v6[..2].copy_from_slice(&[0x20, 0x01]);
        (v6[15], v6[32], v6[33]) = (1, 0x12, 0x67);
        let facts = [&v4[..], &[3, 0, 4, 1, 2, 3, 4]].concat();
        for (bytes, expected) in [
            (header(0x21, 0x11, &v4), client("192.0.2.1:56324")),
            (header(0x21, 0x11, &facts), client("192.0.2.1:56324")),
            (header(0x21, 0x21, &v6), client("[2001::1]:4711")),
            (header(0x20, 0x00, &[]), Ok(Some(Announced::Itself))),
            (header(0x20, 0xFF, &v4), Ok(Some(Announced::Itself))),
            (header(0x21, 0x31, &[0; 216]), Ok(Some(Announced::Itself))),
            (header(0x21, 0x00, &[1, 2, 3]), Ok(Some(Announced::Itself))),
            (header(0x21, 0x11, &v4[..11]), Err(PeerError::TooShort(11))),
            (header(0x21, 0x21, &v6[..35]), Err(PeerError::TooShort(35))),
            (header(0x11, 0x11, &v4), Err(PeerError::Version(1))),
            (header(0x22, 0x11, &v4), Err(PeerError::Command(2))),
            (header(0x21, 0x41, &v4), Err(PeerError::Family(0x41))),
            (header(0x21, 0x13, &v4), Err(PeerError::Family(0x13))),
        ] {
            let (found, taken) = receive(&bytes);
            assert_eq!(found, expected, "{bytes:?}");
            if found.is_ok() {
                assert_eq!(taken, bytes.len());
                let behind = [&bytes[..], b"\x16\x03\x01"].concat();
                assert_eq!(receive(&behind), (expected, taken));
            }
            for half in 0..bytes.len() {
                assert_eq!(Receiver::default().receive(&bytes[..half], &mut 0), Ok(None), "{half}");
            }
        }
        let long = header(0x21, 0x11, &vec![0; PROXY_HEADER_BYTES_MAX]);
        assert_eq!(receive(&long).0, Err(PeerError::TooLong(PROXY_HEADER_BYTES_MAX + 16)));
        assert_eq!(receive(&long[..16]).0, Err(PeerError::TooLong(PROXY_HEADER_BYTES_MAX + 16)));
    }
}
