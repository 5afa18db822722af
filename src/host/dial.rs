//! From a name to a connected socket: look-up, then one attempt after the other, each with a head
//! start and none waiting for a silent one to fail (Happy Eyeballs). Knows no protocol; how long it
//! may take in all is the role's business.
//!
//! Spec: RFC 8305, section 5.

use std::collections::VecDeque;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::{Duration, Instant};

use super::event::ConnError;
use super::options::Target;
use crate::errno;
use crate::limits::CONNECTION_ATTEMPT_DELAY_MS;
use crate::net::tls::{Connector, Fault};
use crate::net::transport::Transport;

/// A connection to be.
#[derive(Debug)]
pub(super) struct Dial {
    host: String,
    /// What speaks TLS once there is a connection, where it is to be spoken.
    tls: Option<Connector>,
    /// Addresses that have not been tried.
    waiting: VecDeque<SocketAddr>,
    /// Sockets that are connecting, in the order in which they began.
    attempts: Vec<Attempt>,
    /// When the next address has its turn, whatever became of the others.
    next_at: Option<Instant>,
    /// Which attempts have failed, and why.
    failed: Vec<(SocketAddr, io::Error)>,
}

#[derive(Debug)]
struct Attempt {
    address: SocketAddr,
    transport: Transport,
}

/// Where a dial stands.
#[derive(Debug)]
pub(super) enum Dialed {
    /// Not connected yet.
    Pending,
    /// Connected; all other attempts are off.
    Connected(Transport),
    /// There is no address left to try.
    Failed(ConnError),
}

impl Dial {
    /// A dial that waits for the addresses of its target.
    pub(super) fn new(target: &Target) -> Self {
        Self {
            host: target.host.clone(),
            tls: None,
            waiting: VecDeque::new(),
            attempts: Vec::new(),
            next_at: None,
            failed: Vec::new(),
        }
    }

    /// The same, of a connection that speaks TLS.
    pub(super) fn with_tls(self, tls: Option<Connector>) -> Self {
        Self { tls, ..self }
    }

    /// Begins TLS on a connection, if it is to be spoken.
    pub(super) fn secure(&self, transport: Transport) -> Result<Transport, Fault> {
        match &self.tls {
            Some(tls) => tls.session().map(|session| transport.secured(session)),
            None => Ok(transport),
        }
    }

    /// When [`advance`](Self::advance) has something to do without being told by a socket.
    pub(super) fn next_deadline(&self) -> Option<Instant> {
        self.next_at
    }

    /// The addresses have been found, or not. `begin` starts an attempt.
    pub(super) fn resolved(
        &mut self,
        addresses: io::Result<Vec<SocketAddr>>,
        now: Instant,
        begin: impl FnMut(SocketAddr) -> io::Result<Transport>,
    ) -> Dialed {
        match addresses {
            Ok(addresses) => {
                self.waiting = addresses.into();
                self.next_at = Some(now);
                self.advance(now, begin)
            }
            Err(error) => Dialed::Failed(ConnError::new(
                "ENOTFOUND",
                format!("cannot find the address of {}: {error}", self.host),
            )),
        }
    }

    /// A socket may have connected or failed, or it is time for the next address.
    pub(super) fn advance(
        &mut self,
        now: Instant,
        mut begin: impl FnMut(SocketAddr) -> io::Result<Transport>,
    ) -> Dialed {
        let mut index = 0;
        while let Some(attempt) = self.attempts.get(index) {
            match attempt.transport.connected() {
                Ok(true) => {
                    let attempt = self.attempts.swap_remove(index);
                    return Dialed::Connected(attempt.transport);
                }
                Ok(false) => index += 1,
                Err(error) => {
                    self.failed.push((attempt.address, error));
                    self.attempts.remove(index);
                    // RFC 8305 5: a failure makes way for the next address at once.
                    self.next_at = Some(now);
                }
            }
        }
        while self.next_at.is_some_and(|at| at <= now) {
            let Some(address) = self.waiting.pop_front() else {
                self.next_at = None;
                break;
            };
            match begin(address) {
                Ok(transport) => {
                    self.attempts.push(Attempt { address, transport });
                    let delay = Duration::from_millis(CONNECTION_ATTEMPT_DELAY_MS);
                    self.next_at = (!self.waiting.is_empty()).then_some(now + delay);
                }
                Err(error) => self.failed.push((address, error)),
            }
        }
        if self.attempts.is_empty() && !self.failed.is_empty() {
            return Dialed::Failed(refused(&self.failed));
        }
        Dialed::Pending
    }
}

/// The address of a host that is not a name.
pub(super) fn literal_address(target: &Target) -> Option<SocketAddr> {
    target.host.parse::<IpAddr>().ok().map(|ip| SocketAddr::new(ip, target.port))
}

/// What became of each address; those with the same fault share its description.
fn refused(failed: &[(SocketAddr, io::Error)]) -> ConnError {
    let mut causes: Vec<(&str, String, Vec<String>)> = Vec::new();
    for (address, error) in failed {
        let (code, why) = (errno::code(error), errno::describe(error));
        match causes.iter_mut().find(|cause| cause.0 == code) {
            Some(cause) => cause.2.push(address.to_string()),
            None => causes.push((code, why, vec![address.to_string()])),
        }
    }
    let told: Vec<String> = causes
        .iter()
        .map(|(code, why, addresses)| format!("connect {code} {}: {why}", addresses.join(", ")))
        .collect();
    let code = failed.last().map_or("ECONNREFUSED", |(_, error)| errno::code(error));
    ConnError::new(code, told.join("; "))
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, TcpListener};

    use super::*;
    use crate::net::listener::{Address, Listener};
    use crate::net::reactor::{Reactor, monotonic_clock};

    const DELAY: Duration = Duration::from_millis(CONNECTION_ATTEMPT_DELAY_MS);

    /// An address where nobody answers: its backlog is full, and the kernel drops what else comes.
    struct BlackHole {
        address: SocketAddr,
        _listener: Listener,
        _backlog: Vec<Transport>,
    }

    impl BlackHole {
        fn new() -> Self {
            let listener = Listener::bind_tcp((Ipv4Addr::LOCALHOST, 0).into(), 0).unwrap();
            let &Address::Tcp(address) = listener.address() else { panic!("{listener:?}") };
            let backlog = (0..8).map(|_| Transport::connect(address).unwrap()).collect();
            Self { address, _listener: listener, _backlog: backlog }
        }
    }

    fn closed_port() -> SocketAddr {
        TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap()
    }

    fn dial() -> Dial {
        Dial::new(&Target { host: "several.example".to_owned(), port: 80 })
    }

    /// Advances at `now` until the dial is settled, as sockets become ready.
    fn settle(dial: &mut Dial, mut dialed: Dialed, now: Instant) -> Dialed {
        let mut reactor = Reactor::new().unwrap();
        while matches!(dialed, Dialed::Pending) {
            reactor.wait(Some(Duration::from_millis(1))).unwrap();
            dialed = dial.advance(now, Transport::connect);
        }
        dialed
    }

    #[test]
    fn a_black_hole_delays_the_next_address_by_no_more_than_its_head_start() {
        let (hole, listener) =
            (BlackHole::new(), TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap());
        let good = listener.local_addr().unwrap();
        let (mut dial, now) = (dial(), monotonic_clock());
        let dialed = dial.resolved(Ok(vec![hole.address, good]), now, Transport::connect);
        assert!(matches!(dialed, Dialed::Pending));
        assert_eq!(dial.next_deadline(), Some(now + DELAY));
        assert_eq!(dial.attempts.len(), 1, "the second waits for its turn");
        let now = now + DELAY;
        let dialed = dial.advance(now, Transport::connect);
        match settle(&mut dial, dialed, now) {
            Dialed::Connected(transport) => assert_eq!(transport.peer_addr(), Some(good)),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_refusal_gives_way_to_the_next_address_at_once() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let good = listener.local_addr().unwrap();
        let (mut dial, now) = (dial(), monotonic_clock());
        let dialed = dial.resolved(Ok(vec![closed_port(), good]), now, Transport::connect);
        // Time stands still.
        assert!(matches!(settle(&mut dial, dialed, now), Dialed::Connected(_)));
    }

    #[test]
    fn every_refusal_is_told() {
        let (mut dial, now) = (dial(), monotonic_clock());
        let (first, last) = (closed_port(), closed_port());
        let dialed = dial.resolved(Ok(vec![first, last]), now, Transport::connect);
        match settle(&mut dial, dialed, now) {
            Dialed::Failed(error) => {
                let told = format!("connect ECONNREFUSED {first}, {last}: connection refused");
                assert_eq!((error.code.as_str(), error.message), ("ECONNREFUSED", told));
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_name_without_an_address_is_told() {
        let nothing = Err(io::Error::new(io::ErrorKind::NotFound, "the name has no address"));
        match dial().resolved(nothing, monotonic_clock(), Transport::connect) {
            Dialed::Failed(error) => assert_eq!(
                error.message,
                "cannot find the address of several.example: the name has no address"
            ),
            other => panic!("{other:?}"),
        }
    }
}
