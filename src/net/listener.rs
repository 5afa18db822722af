//! Listening sockets: TCP on both address families at once, or a Unix domain path.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use mio::event::Source;
use mio::{Interest, Registry, Token};
use socket2::{Domain, Protocol, SockAddr, Socket, Type};

use super::inherited;
use super::socket::Socket as Peer;
use super::transport::Transport;

/// Where a listener is bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// A TCP address.
    Tcp(SocketAddr),
    /// A path in the file system.
    Unix(PathBuf),
}

/// A bound and listening, non-blocking socket.
#[derive(Debug)]
pub struct Listener {
    kind: Kind,
    bound: Arc<Bound>,
}

/// What is bound, which listeners of several threads may have in common.
#[derive(Debug)]
pub struct Bound {
    address: Address,
    /// Whoever started the process made it, and may have given it to others too.
    inherited: bool,
    /// Where each of them has the same socket, that.
    socket: Option<Socket>,
}

#[derive(Debug)]
enum Kind {
    Tcp(mio::net::TcpListener),
    Unix(mio::net::UnixListener),
}

impl Listener {
    /// Listens on `port` of every IPv6 and IPv4 address, or of every IPv4 address where the
    /// machine has no IPv6.
    pub fn bind_any(port: u16, backlog: i32, shared: bool) -> io::Result<Self> {
        let v6 = SocketAddr::new(IpAddr::V6(Ipv6Addr::UNSPECIFIED), port);
        match Self::bind_tcp(v6, backlog, shared) {
            Err(error) if no_ipv6(&error) => {
                let v4 = SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), port);
                Self::bind_tcp(v4, backlog, shared)
            }
            other => other,
        }
    }

    /// Listens on one TCP address. Port 0 lets the system pick one. With `shared`, other processes
    /// of the same user may listen there as well, and the kernel deals connections out.
    pub fn bind_tcp(address: SocketAddr, backlog: i32, shared: bool) -> io::Result<Self> {
        let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
        if address.ip() == IpAddr::V6(Ipv6Addr::UNSPECIFIED) {
            socket.set_only_v6(false)?;
        }
        // A restarted server takes its port back at once; two live ones still cannot share it.
        socket.set_reuse_address(true)?;
        if shared {
            socket.set_reuse_port(true)?;
        }
        socket.set_nonblocking(true)?;
        socket.bind(&address.into())?;
        socket.listen(backlog)?;
        let listener = mio::net::TcpListener::from_std(socket.into());
        let address = Address::Tcp(listener.local_addr()?);
        let bound = Bound { address, inherited: false, socket: None };
        Ok(Self { kind: Kind::Tcp(listener), bound: Arc::new(bound) })
    }

    /// Whether nobody listens on a TCP address: an error if somebody does, even such as would share it.
    pub fn check_free(address: SocketAddr) -> io::Result<()> {
        let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
        if address.ip() == IpAddr::V6(Ipv6Addr::UNSPECIFIED) {
            socket.set_only_v6(false)?;
        }
        socket.set_reuse_address(true)?;
        match socket.bind(&address.into()) {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => Err(error),
            // What else there is to say, whoever listens is told.
            _ => Ok(()),
        }
    }

    /// Listens on a Unix domain path. A socket file that nobody listens on is replaced.
    pub fn bind_unix(path: &Path, backlog: i32) -> io::Result<Self> {
        let socket = unix_socket(path, backlog)?;
        let kind = Kind::Unix(mio::net::UnixListener::from_std(socket.into()));
        let address = Address::Unix(path.to_path_buf());
        Ok(Self { kind, bound: Arc::new(Bound { address, inherited: false, socket: None }) })
    }

    /// The same where nothing is: a socket file that is there is never touched, as in Node.js.
    pub fn bind_new_unix(path: &Path, backlog: i32) -> io::Result<Self> {
        let socket = Socket::new(Domain::UNIX, Type::STREAM, None)?;
        socket.set_nonblocking(true)?;
        socket.bind(&SockAddr::unix(path)?)?;
        socket.listen(backlog)?;
        let kind = Kind::Unix(mio::net::UnixListener::from_std(socket.into()));
        let address = Address::Unix(path.to_path_buf());
        Ok(Self { kind, bound: Arc::new(Bound { address, inherited: false, socket: None }) })
    }

    /// Listens on a socket that the process was started with, by the number of its file descriptor.
    pub fn inherit(fd: i32) -> io::Result<Self> {
        let (socket, address) = inherited_socket(fd)?;
        let kind = Kind::of(socket, &address);
        Ok(Self { kind, bound: Arc::new(Bound { address, inherited: true, socket: None }) })
    }

    /// Listens on what others may listen on too: each connection goes to one of them.
    pub fn of(bound: Arc<Bound>) -> io::Result<Self> {
        let socket = bound.socket.as_ref().ok_or(io::ErrorKind::Unsupported)?.try_clone()?;
        Ok(Self { kind: Kind::of(socket, &bound.address), bound })
    }

    /// What it has in common with others.
    pub fn bound(&self) -> &Arc<Bound> {
        &self.bound
    }

    /// Whether it was there before the process.
    pub fn is_inherited(&self) -> bool {
        self.bound.inherited
    }

    /// Where it listens; the port is the real one.
    pub fn address(&self) -> &Address {
        &self.bound.address
    }

    /// Takes one connection that waits, with its peer's address; `None` when there is none.
    pub fn accept(&mut self) -> io::Result<Option<(Transport, Option<SocketAddr>)>> {
        let accepted = match &self.kind {
            Kind::Tcp(listener) => listener
                .accept()
                .map(|(stream, peer)| (Transport::Plain(Peer::Tcp(stream)), Some(peer))),
            Kind::Unix(listener) => {
                listener.accept().map(|(stream, _)| (Transport::Plain(Peer::Unix(stream)), None))
            }
        };
        match accepted {
            Ok(accepted) => Ok(Some(accepted)),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl Kind {
    fn of(socket: Socket, address: &Address) -> Self {
        match address {
            Address::Tcp(_) => Self::Tcp(mio::net::TcpListener::from_std(socket.into())),
            Address::Unix(_) => Self::Unix(mio::net::UnixListener::from_std(socket.into())),
        }
    }
}

impl Bound {
    /// A Unix domain path, for listeners that share it. The file goes with the last of them.
    pub fn unix(path: &Path, backlog: i32) -> io::Result<Arc<Self>> {
        let socket = Some(unix_socket(path, backlog)?);
        let address = Address::Unix(path.to_path_buf());
        Ok(Arc::new(Self { address, inherited: false, socket }))
    }

    /// A socket that the process was started with, for listeners that share it.
    pub fn inherit(fd: i32) -> io::Result<Arc<Self>> {
        let (socket, address) = inherited_socket(fd)?;
        Ok(Arc::new(Self { address, inherited: true, socket: Some(socket) }))
    }
}

fn unix_socket(path: &Path, backlog: i32) -> io::Result<Socket> {
    let socket = Socket::new(Domain::UNIX, Type::STREAM, None)?;
    socket.set_nonblocking(true)?;
    let address = SockAddr::unix(path)?;
    match socket.bind(&address) {
        Err(error) if error.kind() == io::ErrorKind::AddrInUse && is_stale(path) => {
            std::fs::remove_file(path)?;
            socket.bind(&address)?;
        }
        bound => bound?,
    }
    socket.listen(backlog)?;
    Ok(socket)
}

fn inherited_socket(fd: i32) -> io::Result<(Socket, Address)> {
    let socket = inherited::take_listener(fd)?;
    socket.set_nonblocking(true)?;
    let local = socket.local_addr()?;
    let address = match local.as_socket() {
        Some(address) => Address::Tcp(address),
        None => Address::Unix(local.as_pathname().map(Path::to_path_buf).unwrap_or_default()),
    };
    Ok((socket, address))
}

impl Drop for Bound {
    fn drop(&mut self) {
        if let Address::Unix(path) = &self.address
            && !self.inherited
        {
            // It may be gone already; there is nothing else to do about it.
            drop(std::fs::remove_file(path));
        }
    }
}

impl Source for Listener {
    fn register(
        &mut self,
        registry: &Registry,
        token: Token,
        interest: Interest,
    ) -> io::Result<()> {
        match &mut self.kind {
            Kind::Tcp(listener) => listener.register(registry, token, interest),
            Kind::Unix(listener) => listener.register(registry, token, interest),
        }
    }

    fn reregister(
        &mut self,
        registry: &Registry,
        token: Token,
        interest: Interest,
    ) -> io::Result<()> {
        match &mut self.kind {
            Kind::Tcp(listener) => listener.reregister(registry, token, interest),
            Kind::Unix(listener) => listener.reregister(registry, token, interest),
        }
    }

    fn deregister(&mut self, registry: &Registry) -> io::Result<()> {
        match &mut self.kind {
            Kind::Tcp(listener) => listener.deregister(registry),
            Kind::Unix(listener) => listener.deregister(registry),
        }
    }
}

fn no_ipv6(error: &io::Error) -> bool {
    error.raw_os_error() == Some(libc::EAFNOSUPPORT)
        || error.kind() == io::ErrorKind::AddrNotAvailable
}

/// A socket that nobody listens on. Any other file refuses connections too, and is not ours.
fn is_stale(path: &Path) -> bool {
    let is_socket = std::fs::symlink_metadata(path).is_ok_and(|file| file.file_type().is_socket());
    is_socket
        && matches!(
            std::os::unix::net::UnixStream::connect(path),
            Err(error) if error.kind() == io::ErrorKind::ConnectionRefused
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::reactor::wall_clock;

    #[test]
    fn a_unix_path_takes_as_many_waiting_connections_as_its_backlog_says() {
        let now = wall_clock().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos();
        let path = std::env::temp_dir().join(format!("krandog-test-backlog-{now}.sock"));
        for backlog in [0, 5] {
            let listener = Listener::bind_unix(&path, backlog).unwrap();
            let mut waiting = Vec::new();
            while let Ok(transport) = Transport::connect_unix(&path)
                && waiting.len() < 20
            {
                waiting.push(transport);
            }
            // The kernel takes one more than it was told, and refuses the rest at once.
            assert_eq!(waiting.len(), usize::try_from(backlog).unwrap() + 1);
            drop(listener);
        }
    }
}
