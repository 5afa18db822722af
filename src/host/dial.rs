//! From a name to a connected socket: look-up, then one attempt after the other, each with a head
//! start and none waiting for a silent one to fail (Happy Eyeballs). It may begin later. Knows no
//! protocol; how long it may take in all is the role's business.
//!
//! Spec: RFC 8305, section 5.

use std::collections::VecDeque;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::{Duration, Instant};

use super::event::ConnError;
use super::options::Target;
use super::raw_news::Attempt as Failed;
use crate::errno;
use crate::limits::CONNECTION_ATTEMPT_DELAY_MS;
use crate::net::listener::Address;
use crate::net::transport::Transport;

/// A connection to be.
#[derive(Debug)]
pub(super) struct Dial {
    target: Target,
    /// The address of this machine to connect from.
    local: Option<SocketAddr>,
    /// When it is to begin, if it has not.
    begins_at: Option<Instant>,
    /// Addresses that have not been tried.
    waiting: VecDeque<Address>,
    /// Sockets that are connecting, in the order in which they began.
    attempts: Vec<Attempt>,
    /// When the next address has its turn, whatever became of the others.
    next_at: Option<Instant>,
    /// Which attempts have failed, and why.
    failed: Vec<(Address, io::Error)>,
}

#[derive(Debug)]
struct Attempt {
    address: Address,
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
    /// A dial that waits for its time.
    pub(super) fn new(target: Target, local: Option<IpAddr>, begins_at: Instant) -> Self {
        Self {
            target,
            local: local.map(|ip| SocketAddr::new(ip, 0)),
            begins_at: Some(begins_at),
            waiting: VecDeque::new(),
            attempts: Vec::new(),
            next_at: None,
            failed: Vec::new(),
        }
    }

    /// The same from this address and port of the machine.
    pub(super) fn from(self, local: Option<SocketAddr>) -> Self {
        Self { local, ..self }
    }

    /// When [`advance`](Self::advance) has something to do without being told by a socket.
    pub(super) fn next_deadline(&self) -> Option<Instant> {
        self.begins_at.or(self.next_at)
    }

    /// What to look up, once, when it is time to begin.
    pub(super) fn begin(&mut self, now: Instant) -> Option<Target> {
        self.begins_at.take_if(|at| *at <= now).map(|_| self.target.clone())
    }

    /// Starts to connect to an address.
    pub(super) fn connect(address: &Address, local: Option<SocketAddr>) -> io::Result<Transport> {
        match (address, local) {
            (Address::Unix(path), _) => Transport::connect_unix(path),
            (Address::Tcp(address), None) => Transport::connect(*address),
            (Address::Tcp(address), Some(local)) => Transport::connect_from(local, *address),
        }
    }

    /// The addresses have been found, or not. `begin` starts an attempt.
    pub(super) fn resolved(
        &mut self,
        addresses: io::Result<Vec<Address>>,
        now: Instant,
        begin: impl FnMut(&Address, Option<SocketAddr>) -> io::Result<Transport>,
    ) -> Dialed {
        match addresses {
            Ok(addresses) => {
                self.waiting = addresses.into();
                self.next_at = Some(now);
                self.advance(now, begin)
            }
            Err(error) => Dialed::Failed(ConnError::new(
                "ENOTFOUND",
                format!("cannot find the address of {}: {error}", self.name()),
            )),
        }
    }

    /// A socket may have connected or failed, or it is time for the next address.
    pub(super) fn advance(
        &mut self,
        now: Instant,
        mut begin: impl FnMut(&Address, Option<SocketAddr>) -> io::Result<Transport>,
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
                    let attempt = self.attempts.remove(index);
                    self.failed.push((attempt.address, error));
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
            match begin(&address, self.local) {
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

    fn name(&self) -> String {
        match &self.target {
            Target::Tcp { host, .. } => host.clone(),
            target @ Target::Unix(_) => target.to_string(),
        }
    }
}

fn shown(address: &Address) -> String {
    match address {
        Address::Tcp(address) => address.to_string(),
        Address::Unix(path) => path.display().to_string(),
    }
}

/// What became of each address; those with the same fault share its description.
fn refused(failed: &[(Address, io::Error)]) -> ConnError {
    let mut causes: Vec<(&str, String, Vec<String>)> = Vec::new();
    for (address, error) in failed {
        let (code, why) = (errno::code(error), errno::describe(error));
        match causes.iter_mut().find(|cause| cause.0 == code) {
            Some(cause) => cause.2.push(shown(address)),
            None => causes.push((code, why, vec![shown(address)])),
        }
    }
    let told: Vec<String> = causes
        .iter()
        .map(|(code, why, addresses)| format!("connect {code} {}: {why}", addresses.join(", ")))
        .collect();
    let code = failed.last().map_or("ECONNREFUSED", |(_, error)| errno::code(error));
    let attempts = failed
        .iter()
        .map(|(address, error)| Failed {
            address: address.clone(),
            errno: error.raw_os_error(),
            code: errno::code(error),
        })
        .collect();
    ConnError { attempts, ..ConnError::new(code, told.join("; ")) }
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, TcpListener};

    use super::*;
    use crate::net::listener::Listener;
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
            let listener = Listener::bind_tcp((Ipv4Addr::LOCALHOST, 0).into(), 0, false).unwrap();
            let &Address::Tcp(address) = listener.address() else { panic!("{listener:?}") };
            let backlog = (0..8).map(|_| Transport::connect(address).unwrap()).collect();
            Self { address, _listener: listener, _backlog: backlog }
        }
    }

    fn closed_port() -> SocketAddr {
        TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap()
    }

    fn dial() -> Dial {
        let target = Target::Tcp { host: "several.example".to_owned(), port: 80 };
        let mut dial = Dial::new(target, None, monotonic_clock());
        assert!(dial.begin(monotonic_clock()).is_some());
        dial
    }

    #[expect(clippy::unnecessary_wraps, reason = "as a look-up has them")]
    fn addresses(all: &[SocketAddr]) -> io::Result<Vec<Address>> {
        Ok(all.iter().copied().map(Address::Tcp).collect())
    }

    /// Advances at `now` until the dial is settled, as sockets become ready.
    fn settle(dial: &mut Dial, mut dialed: Dialed, now: Instant) -> Dialed {
        let mut reactor = Reactor::new().unwrap();
        while matches!(dialed, Dialed::Pending) {
            reactor.wait(Some(Duration::from_millis(1))).unwrap();
            dialed = dial.advance(now, Dial::connect);
        }
        dialed
    }

    #[test]
    fn a_black_hole_delays_the_next_address_by_no_more_than_its_head_start() {
        let (hole, listener) =
            (BlackHole::new(), TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap());
        let good = listener.local_addr().unwrap();
        let (mut dial, now) = (dial(), monotonic_clock());
        let dialed = dial.resolved(addresses(&[hole.address, good]), now, Dial::connect);
        assert!(matches!(dialed, Dialed::Pending));
        assert_eq!(dial.next_deadline(), Some(now + DELAY));
        assert_eq!(dial.attempts.len(), 1, "the second waits for its turn");
        let now = now + DELAY;
        let dialed = dial.advance(now, Dial::connect);
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
        let dialed = dial.resolved(addresses(&[closed_port(), good]), now, Dial::connect);
        // Time stands still.
        assert!(matches!(settle(&mut dial, dialed, now), Dialed::Connected(_)));
    }

    #[test]
    fn every_refusal_is_told() {
        let (mut dial, now) = (dial(), monotonic_clock());
        let (first, last) = (closed_port(), closed_port());
        let dialed = dial.resolved(addresses(&[first, last]), now, Dial::connect);
        match settle(&mut dial, dialed, now) {
            Dialed::Failed(error) => {
                let told = format!("connect ECONNREFUSED {first}, {last}: connection refused");
                assert_eq!((error.code.as_str(), error.message), ("ECONNREFUSED", told));
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn it_begins_once_and_in_its_time() {
        let now = monotonic_clock();
        let target = Target::Unix("/tmp/x".into());
        let mut dial = Dial::new(target.clone(), None, now + DELAY);
        assert_eq!(dial.next_deadline(), Some(now + DELAY));
        assert_eq!(dial.begin(now), None);
        assert_eq!(dial.begin(now + DELAY), Some(target));
        assert_eq!((dial.begin(now + DELAY), dial.next_deadline()), (None, None));
    }

    #[test]
    fn a_name_without_an_address_is_told() {
        let nothing = Err(io::Error::new(io::ErrorKind::NotFound, "the name has no address"));
        match dial().resolved(nothing, monotonic_clock(), Dial::connect) {
            Dialed::Failed(error) => assert_eq!(
                error.message,
                "cannot find the address of several.example: the name has no address"
            ),
            other => panic!("{other:?}"),
        }
    }
}
