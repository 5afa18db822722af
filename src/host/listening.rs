//! What the threads of one program listen on together: each TCP port has a socket for each of them,
//! among which the kernel deals connections out; any other socket they share.

use std::collections::HashMap;
use std::io;
use std::net::{Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use super::options::ListenAddress;
use crate::net::inherited;
use crate::net::listener::{Address, Bound, Listener};

/// What they know of each other's sockets.
#[derive(Default)]
pub(super) struct Listening(Mutex<Known>);

#[derive(Default)]
struct Known {
    /// The port that the first has got who left it to the system.
    picked: HashMap<Asked, u16>,
    /// Who listens where: on a port each has a socket of its own.
    bound: HashMap<ListenAddress, Vec<Weak<Bound>>>,
    /// Sockets that the process was started with. Whoever has closed one cannot have it again.
    inherited: HashMap<i32, Arc<Bound>>,
    /// Which of them is meant by a name.
    passed: HashMap<(Option<String>, usize), i32>,
}

/// What a thread has asked for, and how often before: the same in all of them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Asked {
    address: ListenAddress,
    before: usize,
}

impl Asked {
    /// What hubs of the servers that listen there have in common.
    pub(super) fn bus(&self) -> String {
        format!("listen {:?} {}", self.address, self.before)
    }
}

/// How often one thread has asked for the same.
#[derive(Default)]
pub(super) struct Counts {
    ports: HashMap<ListenAddress, usize>,
    passed: HashMap<Option<String>, usize>,
}

impl Counts {
    fn count(&mut self, address: &ListenAddress) -> Asked {
        let before = if address.port() == Some(0) {
            let count = self.ports.entry(address.clone()).or_default();
            *count += 1;
            *count - 1
        } else {
            0
        };
        Asked { address: address.clone(), before }
    }
}

impl Listening {
    /// Listens, beside whoever of this program does already.
    pub(super) fn listen(
        &self,
        address: &ListenAddress,
        (backlog, reuse_port): (i32, bool),
        counts: &mut Counts,
    ) -> io::Result<(Listener, Asked)> {
        let asked = counts.count(address);
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let address = match known.picked.get(&asked) {
            Some(port) => &address.with_port(*port),
            None => address,
        };
        if let ListenAddress::Inherited(fd) = *address {
            let bound = match known.inherited.get(&fd) {
                Some(bound) => bound.clone(),
                None => Bound::inherit(fd)?,
            };
            known.inherited.insert(fd, bound.clone());
            return Ok((Listener::of(bound)?, asked));
        }
        let own = known.bound.get(address).into_iter().flatten().find_map(Weak::upgrade);
        let listener = match (address, &own) {
            (ListenAddress::Unix(_), Some(bound)) => Listener::of(bound.clone())?,
            (ListenAddress::Unix(path), None) => Listener::of(Bound::unix(path, backlog)?)?,
            (ListenAddress::AnyAddress(port), _) => {
                if own.is_none() && !reuse_port {
                    // Somebody else's port is not to be shared by accident.
                    let any = SocketAddr::new(Ipv6Addr::UNSPECIFIED.into(), *port);
                    Listener::check_free(any)?;
                }
                Listener::bind_any(*port, backlog, true)?
            }
            (ListenAddress::Tcp(tcp), _) => {
                if own.is_none() && !reuse_port {
                    Listener::check_free(*tcp)?;
                }
                Listener::bind_tcp(*tcp, backlog, true)?
            }
            (ListenAddress::Inherited(_), _) => return Err(io::ErrorKind::Unsupported.into()),
        };
        let mut address = address.clone();
        if address.port() == Some(0)
            && let Address::Tcp(bound) = listener.address()
        {
            address = address.with_port(bound.port());
            known.picked.insert(asked.clone(), bound.port());
        }
        for listeners in known.bound.values_mut() {
            listeners.retain(|bound| bound.strong_count() > 0);
        }
        known.bound.retain(|_, listeners| !listeners.is_empty());
        known.bound.entry(address).or_default().push(Arc::downgrade(listener.bound()));
        Ok((listener, asked))
    }

    /// The socket that systemd has passed on with this name, the next one of those that this thread
    /// has asked for.
    pub(super) fn passed(&self, name: Option<&str>, counts: &mut Counts) -> Option<i32> {
        let name = name.map(str::to_owned);
        let count = counts.passed.entry(name.clone()).or_default();
        *count += 1;
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (name, *count - 1);
        if let Some(fd) = known.passed.get(&key) {
            return Some(*fd);
        }
        let fd = inherited::passed(key.0.as_deref())?;
        known.passed.insert(key, fd);
        Some(fd)
    }
}
