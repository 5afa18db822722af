//! Connecting out: names become addresses on a worker thread, and addresses are tried in turn.

use std::collections::VecDeque;
use std::io;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};

use mio::net::{TcpStream, UnixStream};

use super::stream::Stream;
use crate::limits::ADDRESSES_TRIED_MAX;

/// What to connect to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A host, a name or an address without brackets, and a port.
    Tcp {
        /// The name or address.
        host: String,
        /// The port.
        port: u16,
    },
    /// A path in the file system.
    Unix(std::path::PathBuf),
}

/// The addresses that are left to try.
#[derive(Debug)]
pub struct Attempts {
    addresses: VecDeque<SocketAddr>,
    /// The address being tried, for messages.
    pub current: Option<SocketAddr>,
    last_error: Option<io::Error>,
}

/// The address of a host that is not a name.
pub fn literal_address(host: &str, port: u16) -> Option<SocketAddr> {
    host.parse::<IpAddr>().ok().map(|ip| SocketAddr::new(ip, port))
}

/// Looks a name up. It blocks: only worker threads call it.
pub fn resolve(host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
    let addresses: Vec<SocketAddr> = (host, port).to_socket_addrs()?.collect();
    if addresses.is_empty() {
        return Err(io::Error::new(io::ErrorKind::NotFound, "the name has no address"));
    }
    Ok(interleave(addresses))
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

impl Attempts {
    /// Attempts at these addresses, in this order.
    pub fn new(addresses: Vec<SocketAddr>) -> Self {
        Self { addresses: addresses.into(), current: None, last_error: None }
    }

    /// Notes why the current attempt failed.
    pub fn note(&mut self, error: io::Error) {
        self.last_error = Some(error);
    }

    /// Starts the next attempt; the error of the last one when no address is left.
    pub fn next_stream(&mut self) -> io::Result<Stream> {
        while let Some(address) = self.addresses.pop_front() {
            self.current = Some(address);
            match TcpStream::connect(address) {
                Ok(stream) => return Ok(Stream::Tcp(stream)),
                Err(error) => self.note(error),
            }
        }
        Err(self.last_error.take().unwrap_or_else(|| io::ErrorKind::NotFound.into()))
    }
}

/// Connects to a Unix domain path.
pub fn connect_unix(path: &std::path::Path) -> io::Result<Stream> {
    UnixStream::connect(path).map(Stream::Unix)
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

    #[test]
    fn a_refused_address_gives_way_to_the_next_and_the_last_error_is_told() {
        let mut attempts = Attempts::new(Vec::new());
        attempts.note(io::ErrorKind::ConnectionRefused.into());
        let error = attempts.next_stream().unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::ConnectionRefused);
    }
}
