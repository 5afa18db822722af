//! Which proxies are believed, and whom a request comes from that they have passed on.
//!
//! Read from the nearest on: the socket's own peer, then what each says of the next one, up to the
//! first that is not believed. What that one says of others is its own affair.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use crate::proto::http1::Headers;
use crate::proto::http1::forwarded::{Hop, forwarded, x_forwarded};

/// The proxies of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proxies {
    /// Who is believed.
    pub trust: Trust,
    /// Where they say it.
    pub header: ForwardedBy,
}

/// Who is believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trust {
    /// Everybody.
    Everybody,
    /// So many, beginning with the socket's peer, whatever their addresses.
    Hops(usize),
    /// Those with these addresses.
    Networks(Vec<Network>),
}

/// In which fields proxies tell of their peers. Only one kind is read: a proxy that sets the one
/// passes the other on as a client has made it up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ForwardedBy {
    /// `X-Forwarded-For`, `X-Forwarded-Proto` and `X-Forwarded-Host`.
    #[default]
    XForwarded,
    /// `Forwarded` (RFC 7239).
    Forwarded,
}

/// Addresses that begin with the same bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u8,
}

/// Whom a request comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Client {
    /// Its address; without one on a Unix socket. The port is 0 where it is not known.
    pub address: Option<SocketAddr>,
    /// Whether it speaks TLS.
    pub secure: bool,
    /// The host and port that it has asked for, where a proxy has said so; else they are in the
    /// `Host` field.
    pub host: Option<Box<str>>,
}

/// RFC 6890, 4193 and 4291: what machines of one's own have.
const LOOPBACK: [&str; 2] = ["127.0.0.0/8", "::1/128"];
const LINK_LOCAL: [&str; 2] = ["169.254.0.0/16", "fe80::/10"];
const PRIVATE: [&str; 4] = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"];

impl Network {
    /// An address, one with the number of bits behind a slash, or the name of several networks:
    /// `loopback`, `private` or `linklocal`, and `uniquelocal`, which is Express's name for
    /// `private`.
    pub fn parse(text: &str) -> Option<Vec<Self>> {
        let named: &[&str] = match text {
            "loopback" => &LOOPBACK,
            "private" | "uniquelocal" => &PRIVATE,
            "linklocal" => &LINK_LOCAL,
            _ => return Self::parse_one(text).map(|network| vec![network]),
        };
        named.iter().map(|text| Self::parse_one(text)).collect()
    }

    fn parse_one(text: &str) -> Option<Self> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits.parse::<u8>().ok()?)),
            None => (text, None),
        };
        let given: IpAddr = address.parse().ok()?;
        let address = given.to_canonical();
        let width = if address.is_ipv4() { 32 } else { 128 };
        // ::ffff:10.0.0.0/104 is 10.0.0.0/8.
        let mapped = if given == address { 0 } else { 96 };
        let bits = bits.map_or(Some(width), |bits| bits.checked_sub(mapped))?;
        (bits <= width).then_some(Self { address, bits })
    }

    fn contains(&self, address: IpAddr) -> bool {
        let differing = match (self.address, address.to_canonical()) {
            (IpAddr::V4(ours), IpAddr::V4(theirs)) => {
                u128::from(ours.to_bits() ^ theirs.to_bits()) << 96
            }
            (IpAddr::V6(ours), IpAddr::V6(theirs)) => ours.to_bits() ^ theirs.to_bits(),
            _ => return false,
        };
        differing.leading_zeros() >= u32::from(self.bits)
    }
}

impl Trust {
    /// Whether the peer that is so many hops away is believed: the socket's own is 0. One on a Unix
    /// socket is of this machine.
    fn includes(&self, peer: Option<SocketAddr>, hop: usize) -> bool {
        match self {
            Self::Everybody => true,
            Self::Hops(count) => hop < *count,
            Self::Networks(networks) => {
                let address = peer.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |peer| peer.ip());
                networks.iter().any(|network| network.contains(address))
            }
        }
    }
}

impl Proxies {
    /// Whether the peer of a socket speaks for others.
    pub(super) fn trusts(&self, peer: Option<SocketAddr>) -> bool {
        self.trust.includes(peer, 0)
    }

    /// Whom a request comes from that has come over a socket with this peer.
    pub(super) fn client(
        &self,
        peer: Option<SocketAddr>,
        over_tls: bool,
        headers: &Headers,
    ) -> Client {
        let mut client = Client { address: peer, secure: over_tls, host: None };
        if !self.trusts(peer) {
            return client;
        }
        let hops = match self.header {
            ForwardedBy::XForwarded => x_forwarded(headers),
            ForwardedBy::Forwarded => forwarded(headers),
        };
        for (number, hop) in (1..).zip(hops) {
            let Hop { address, secure, host } = hop;
            client.secure = secure.unwrap_or(client.secure);
            client.host = host.map(String::into_boxed_str).or(client.host);
            // Whoever is not known may still be believed to have spoken TLS.
            let Some(address) = address else { break };
            client.address = Some(SocketAddr::new(address.ip().to_canonical(), address.port()));
            if !self.trust.includes(client.address, number) {
                break;
            }
        }
        client
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn networks(texts: &[&str]) -> Trust {
        Trust::Networks(texts.iter().flat_map(|text| Network::parse(text).unwrap()).collect())
    }

    fn address(text: &str) -> Option<SocketAddr> {
        Some(SocketAddr::new(text.parse().unwrap(), 0))
    }

    fn client(trust: Trust, peer: &str, value: &str) -> String {
        let headers = Headers::from_pairs([("X-Forwarded-For", value.as_bytes())]);
        let proxies = Proxies { trust, header: ForwardedBy::XForwarded };
        proxies.client(address(peer), false, &headers).address.unwrap().ip().to_string()
    }

    #[test]
    fn networks_are_their_first_bits() {
        for (network, inside, outside) in [
            ("10.0.0.0/8", &["10.1.2.3", "::ffff:10.9.9.9"][..], &["11.0.0.0", "::a00:0"][..]),
            ("192.0.2.7", &["192.0.2.7"], &["192.0.2.6"]),
            ("192.0.2.128/25", &["192.0.2.255"], &["192.0.2.127"]),
            ("2001:db8::/32", &["2001:db8:ffff::1"], &["2001:db9::", "32.1.13.184"]),
            ("::ffff:10.0.0.0/104", &["10.1.2.3"], &["11.0.0.0"]),
            ("0.0.0.0/0", &["8.8.8.8"], &["::1"]),
            ("loopback", &["127.8.8.8", "::1"], &["10.0.0.1", "::2"]),
            ("private", &["10.0.0.1", "172.31.255.1", "192.168.1.1", "fd00::1"], &["172.32.0.1"]),
            ("linklocal", &["169.254.1.1", "fe80::1"], &["169.253.1.1"]),
        ] {
            let trust = networks(&[network]);
            for text in inside {
                assert!(trust.includes(address(text), 0), "{network} {text}");
            }
            for text in outside {
                assert!(!trust.includes(address(text), 0), "{network} {text}");
            }
        }
        for text in ["", "10.0.0.0/33", "10.0.0", "::/129", "10.0.0.0/", "example.com", "Loopback"]
        {
            assert_eq!(Network::parse(text), None, "{text}");
        }
        assert!(networks(&["loopback"]).includes(None, 0), "a Unix socket is of this machine");
        assert!(!networks(&["private"]).includes(None, 0));
    }

    #[test]
    fn the_first_that_is_not_believed_is_the_client() {
        let list = || networks(&["loopback", "10.0.0.0/8"]);
        for (trust, peer, value, expected) in [
            (list(), "127.0.0.1", "6.6.6.6, 1.2.3.4", "1.2.3.4"),
            (list(), "127.0.0.1", "6.6.6.6, 1.2.3.4, 10.0.0.1", "1.2.3.4"),
            // Nobody who is not believed has a say.
            (list(), "8.8.8.8", "1.2.3.4", "8.8.8.8"),
            // All of them proxies: the farthest.
            (list(), "127.0.0.1", "10.0.0.2, 10.0.0.1", "10.0.0.2"),
            (list(), "127.0.0.1", "", "127.0.0.1"),
            // What cannot be understood is not skipped.
            (list(), "127.0.0.1", "6.6.6.6, nonsense, 10.0.0.1", "10.0.0.1"),
            (list(), "127.0.0.1", "6.6.6.6, unknown", "127.0.0.1"),
            (list(), "::1", "::ffff:1.2.3.4", "1.2.3.4"),
            (Trust::Hops(1), "8.8.8.8", "6.6.6.6, 1.2.3.4", "1.2.3.4"),
            (Trust::Hops(2), "8.8.8.8", "6.6.6.6, 1.2.3.4, 9.9.9.9", "1.2.3.4"),
            (Trust::Hops(9), "8.8.8.8", "1.2.3.4", "1.2.3.4"),
            (Trust::Everybody, "8.8.8.8", "6.6.6.6, 1.2.3.4", "6.6.6.6"),
        ] {
            assert_eq!(client(trust.clone(), peer, value), expected, "{trust:?} {peer} {value}");
        }
    }

    #[test]
    fn only_the_kind_of_field_that_was_named_is_read() {
        let headers = Headers::from_pairs([
            ("X-Forwarded-For", b"1.1.1.1".as_slice()),
            ("X-Forwarded-Proto", b"https"),
            ("Forwarded", b"for=\"2.2.2.2:80\";host=b.example"),
        ]);
        let client = |header| {
            let trust = networks(&["loopback"]);
            Proxies { trust, header }.client(address("127.0.0.1"), false, &headers)
        };
        let expected = Client { address: address("1.1.1.1"), secure: true, host: None };
        assert_eq!(client(ForwardedBy::XForwarded), expected);
        let address = Some("2.2.2.2:80".parse().unwrap());
        let expected = Client { address, secure: false, host: Some("b.example".into()) };
        assert_eq!(client(ForwardedBy::Forwarded), expected);
    }
}
