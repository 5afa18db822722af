//! Names become addresses, in the order in which they are worth trying.

use std::collections::VecDeque;
use std::io;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};

use crate::limits::ADDRESSES_TRIED_MAX;

/// Looks a name up. It blocks: on the loop's thread only before there is anything to serve.
pub fn resolve(host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
    let addresses: Vec<SocketAddr> = (host, port).to_socket_addrs()?.collect();
    if addresses.is_empty() {
        return Err(io::Error::new(io::ErrorKind::NotFound, "the name has no address"));
    }
    Ok(interleave(addresses))
}

/// All addresses of a name, as the system orders them. It blocks.
pub fn look_up(host: &str) -> io::Result<Vec<IpAddr>> {
    let mut addresses = Vec::new();
    for address in (host, 0).to_socket_addrs()? {
        // The system may name one for each kind of socket.
        if !addresses.contains(&address.ip()) {
            addresses.push(address.ip());
        }
    }
    Ok(addresses)
}

/// Alternates between the address families, as the system prefers them (RFC 8305, section 4), so
/// that one broken family costs one attempt.
fn interleave(addresses: Vec<SocketAddr>) -> Vec<SocketAddr> {
    let first_is_v6 = addresses.first().is_some_and(SocketAddr::is_ipv6);
    let (mut preferred, mut other): (VecDeque<_>, VecDeque<_>) =
        addresses.into_iter().partition(|address| address.is_ipv6() == first_is_v6);
    let mut order = Vec::new();
    while !(preferred.is_empty() && other.is_empty()) {
        order.extend(preferred.pop_front());
        order.extend(other.pop_front());
    }
    order.truncate(ADDRESSES_TRIED_MAX);
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn address_families_alternate_beginning_with_the_preferred_one() {
        let parse = |text: &str| text.parse::<SocketAddr>().unwrap();
        let order = interleave(vec![
            parse("[::1]:1"),
            parse("[::2]:1"),
            parse("1.1.1.1:1"),
            parse("2.2.2.2:1"),
        ]);
        let shown: Vec<String> = order.iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["[::1]:1", "1.1.1.1:1", "[::2]:1", "2.2.2.2:1"]);
    }
}
