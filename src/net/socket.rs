//! A socket to a peer, of whatever family.

use std::io::{self, IoSlice, Read, Write};
use std::net::{Shutdown, SocketAddr};
use std::os::fd::{AsRawFd, RawFd};
use std::path::Path;
use std::time::Duration;

use mio::event::Source;
use mio::net::{TcpStream, UnixStream};
use mio::{Interest, Registry, Token};
use socket2::{Domain, Protocol, SockRef, TcpKeepalive, Type};

/// A connected or connecting non-blocking socket.
#[derive(Debug)]
pub enum Socket {
    /// TCP over IPv4 or IPv6.
    Tcp(TcpStream),
    /// A Unix domain socket.
    Unix(UnixStream),
}

impl Socket {
    /// Starts to connect. [`connected`](Self::connected) tells what came of it once the socket is
    /// writable.
    pub fn connect(address: SocketAddr) -> io::Result<Self> {
        TcpStream::connect(address).map(Self::Tcp)
    }

    /// The same from this address of the machine.
    pub fn connect_from(local: SocketAddr, address: SocketAddr) -> io::Result<Self> {
        if local.is_ipv4() != address.is_ipv4() {
            return Err(io::ErrorKind::AddrNotAvailable.into());
        }
        let domain = Domain::for_address(address);
        let socket = socket2::Socket::new(domain, Type::STREAM, Some(Protocol::TCP))?;
        socket.set_nonblocking(true)?;
        if local.port() != 0 {
            // As of a server: what is left of a connection before is in nobody's way.
            socket.set_reuse_address(true)?;
        }
        socket.bind(&local.into())?;
        match socket.connect(&address.into()) {
            Err(error) if !is_under_way(&error) => Err(error),
            _ => Ok(Self::Tcp(TcpStream::from_std(socket.into()))),
        }
    }

    /// Connects to a path in the file system.
    pub fn connect_unix(path: &Path) -> io::Result<Self> {
        UnixStream::connect(path).map(Self::Unix)
    }

    /// Two sockets that are connected with each other, and that nobody else can reach.
    pub fn pair() -> io::Result<(Self, Self)> {
        UnixStream::pair().map(|(one, other)| (Self::Unix(one), Self::Unix(other)))
    }

    /// Whether a connecting socket is connected; the error if it cannot be.
    pub fn connected(&self) -> io::Result<bool> {
        let error = match self {
            Self::Tcp(stream) => stream.take_error(),
            Self::Unix(stream) => stream.take_error(),
        };
        if let Some(error) = error? {
            return Err(error);
        }
        Ok(match self {
            Self::Tcp(stream) => stream.peer_addr().is_ok(),
            Self::Unix(_) => true,
        })
    }

    /// Whether the peer has neither sent anything that has not been read nor ended its side. A path
    /// in the file system does not tell, and is taken at its word.
    pub fn is_quiet(&self) -> bool {
        match self {
            Self::Tcp(stream) => {
                let peeked = stream.peek(&mut [0]);
                peeked.is_err_and(|error| error.kind() == io::ErrorKind::WouldBlock)
            }
            Self::Unix(_) => true,
        }
    }

    /// Reads once; `None` when there is nothing for now, 0 when the peer will send no more.
    #[inline]
    pub fn read(&mut self, buffer: &mut [u8]) -> io::Result<Option<usize>> {
        loop {
            let result = match self {
                Self::Tcp(stream) => stream.read(buffer),
                Self::Unix(stream) => stream.read(buffer),
            };
            return match result {
                Ok(read) => Ok(Some(read)),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(None),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => Err(error),
            };
        }
    }

    /// Writes once; `Ok(0)` when the kernel takes nothing for now.
    #[inline]
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        again(|| match self {
            Self::Tcp(stream) => stream.write(bytes),
            Self::Unix(stream) => stream.write(bytes),
        })
    }

    /// Writes several pieces in one call, as [`write`](Self::write).
    pub fn write_vectored(&mut self, pieces: &[IoSlice<'_>]) -> io::Result<usize> {
        again(|| match self {
            Self::Tcp(stream) => stream.write_vectored(pieces),
            Self::Unix(stream) => stream.write_vectored(pieces),
        })
    }

    /// Tells the peer that nothing more will be sent.
    pub fn shutdown_write(&mut self) {
        // It fails when the peer is gone already, which comes to the same.
        drop(match self {
            Self::Tcp(stream) => stream.shutdown(Shutdown::Write),
            Self::Unix(stream) => stream.shutdown(Shutdown::Write),
        });
    }

    /// Makes the coming close a reset: the kernel frees all at once and the peer sees an error.
    pub fn reset_on_close(&self) {
        if let Self::Tcp(stream) = self {
            drop(SockRef::from(stream).set_linger(Some(Duration::ZERO)));
        }
    }

    /// Whether small writes are sent at once instead of being gathered in the kernel.
    pub fn set_nodelay(&self, wanted: bool) {
        if let Self::Tcp(stream) = self {
            drop(stream.set_nodelay(wanted));
        }
    }

    /// Whether the system asks a peer that says nothing for so long whether it is there.
    pub fn set_keepalive(&self, after: Option<Duration>) {
        let Self::Tcp(stream) = self else { return };
        let socket = SockRef::from(stream);
        drop(match after {
            Some(Duration::ZERO) => socket.set_keepalive(true),
            Some(after) => socket.set_tcp_keepalive(&TcpKeepalive::new().with_time(after)),
            None => socket.set_keepalive(false),
        });
    }

    /// The address of this end, where it has one.
    pub fn local_addr(&self) -> Option<SocketAddr> {
        match self {
            Self::Tcp(stream) => stream.local_addr().ok(),
            Self::Unix(_) => None,
        }
    }

    /// The address of the peer, where it has one.
    pub fn peer_addr(&self) -> Option<SocketAddr> {
        match self {
            Self::Tcp(stream) => stream.peer_addr().ok(),
            Self::Unix(_) => None,
        }
    }
}

/// Whether a socket that does not block goes on to connect.
fn is_under_way(error: &io::Error) -> bool {
    error.raw_os_error() == Some(libc::EINPROGRESS)
}

/// Writes until no signal comes in between; nothing was taken where that would block.
#[inline]
fn again(mut write: impl FnMut() -> io::Result<usize>) -> io::Result<usize> {
    loop {
        return match write() {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(0),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            other => other,
        };
    }
}

impl AsRawFd for Socket {
    fn as_raw_fd(&self) -> RawFd {
        match self {
            Self::Tcp(stream) => stream.as_raw_fd(),
            Self::Unix(stream) => stream.as_raw_fd(),
        }
    }
}

impl Source for Socket {
    fn register(
        &mut self,
        registry: &Registry,
        token: Token,
        interest: Interest,
    ) -> io::Result<()> {
        match self {
            Self::Tcp(stream) => stream.register(registry, token, interest),
            Self::Unix(stream) => stream.register(registry, token, interest),
        }
    }

    fn reregister(
        &mut self,
        registry: &Registry,
        token: Token,
        interest: Interest,
    ) -> io::Result<()> {
        match self {
            Self::Tcp(stream) => stream.reregister(registry, token, interest),
            Self::Unix(stream) => stream.reregister(registry, token, interest),
        }
    }

    fn deregister(&mut self, registry: &Registry) -> io::Result<()> {
        match self {
            Self::Tcp(stream) => stream.deregister(registry),
            Self::Unix(stream) => stream.deregister(registry),
        }
    }
}
