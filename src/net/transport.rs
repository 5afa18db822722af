//! What carries a connection's bytes: a socket, or a socket with TLS on it. What the bytes mean is a
//! role's business.

use std::io::{self, IoSlice};
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use super::progress::Progress;
use super::socket::Socket;
use super::tls::{Session, SessionFacts, Tls};
use crate::limits::DISMISSED_READS_MAX;

/// A connected or connecting way to a peer, which never blocks.
#[derive(Debug)]
pub enum Transport {
    /// Bytes go over the socket as they are.
    Plain(Socket),
    /// They go in TLS records.
    Tls(Box<Tls>),
}

impl Transport {
    /// Starts to connect. [`connected`](Self::connected) tells what came of it once the socket is
    /// writable.
    pub fn connect(address: SocketAddr) -> io::Result<Self> {
        Socket::connect(address).map(Self::Plain)
    }

    /// The same from this address of the machine.
    pub fn connect_from(local: SocketAddr, address: SocketAddr) -> io::Result<Self> {
        Socket::connect_from(local, address).map(Self::Plain)
    }

    /// Connects to a path in the file system.
    pub fn connect_unix(path: &Path) -> io::Result<Self> {
        Socket::connect_unix(path).map(Self::Plain)
    }

    /// Two ends that are connected with each other, and that nobody else can reach.
    pub fn pair() -> io::Result<(Self, Self)> {
        Socket::pair().map(|(one, other)| (Self::Plain(one), Self::Plain(other)))
    }

    /// Goes on in TLS from here, as `session` has it. A transport that does so already stays as it
    /// is.
    #[must_use]
    pub fn secured(self, session: Session) -> Self {
        match self {
            Self::Plain(socket) => Self::Tls(Box::new(Tls::new(socket, session))),
            tls @ Self::Tls(_) => tls,
        }
    }

    /// Whether a connecting socket is connected; the error if it cannot be.
    pub fn connected(&self) -> io::Result<bool> {
        self.socket().connected()
    }

    /// Whether the peer has neither sent anything that has not been read nor ended its side.
    pub fn is_quiet(&self) -> bool {
        self.socket().is_quiet()
    }

    /// Reads once.
    #[inline]
    pub fn read(&mut self, buffer: &mut [u8]) -> io::Result<Progress> {
        match self {
            Self::Plain(socket) => {
                let read = socket.read(buffer)?;
                let count = read.unwrap_or(0);
                Ok(Progress {
                    read: count,
                    heard: count > 0,
                    drained: count < buffer.len(),
                    ended: read == Some(0),
                    wants_write: false,
                })
            }
            Self::Tls(tls) => tls.read(buffer),
        }
    }

    /// Writes once; `Ok(0)` when the kernel takes nothing for now. What was not taken has to come
    /// first in the next write: it may be in a record already.
    #[inline]
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(socket) => socket.write(bytes),
            Self::Tls(tls) => tls.write(bytes),
        }
    }

    /// Writes several pieces in one call, as [`write`](Self::write).
    pub fn write_vectored(&mut self, pieces: &[IoSlice<'_>]) -> io::Result<usize> {
        match self {
            Self::Plain(socket) => socket.write_vectored(pieces),
            Self::Tls(tls) => tls.write_vectored(pieces),
        }
    }

    /// Whether there is something to write that nobody has asked for.
    #[inline]
    pub fn wants_write(&self) -> bool {
        match self {
            Self::Plain(_) => false,
            Self::Tls(tls) => tls.wants_write(),
        }
    }

    /// Writes that.
    #[inline]
    pub fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(_) => Ok(()),
            Self::Tls(tls) => tls.flush(),
        }
    }

    /// The next write is the last one: [`shutdown_write`](Self::shutdown_write) or
    /// [`farewell`](Self::farewell) follows once all of it is taken. TLS sends its own end along.
    pub fn announce_end(&mut self) {
        if let Self::Tls(tls) = self {
            tls.announce_end();
        }
    }

    /// Tells whoever has just connected why it has to go, and lets go of it. What it has sent already
    /// is read, as far as it goes: a connection that is closed with bytes unread is reset, and the
    /// words may be lost with it.
    pub fn dismiss(mut self, words: &[u8]) {
        drop(self.write(words));
        self.shutdown_write();
        let mut unread = [0; 4096];
        for _ in 0..DISMISSED_READS_MAX {
            match self.read(&mut unread) {
                Ok(progress) if progress.read == unread.len() => {}
                _ => return,
            }
        }
    }

    /// Tells the peer that nothing more will be sent.
    pub fn shutdown_write(&mut self) {
        match self {
            Self::Plain(socket) => socket.shutdown_write(),
            Self::Tls(tls) => tls.shutdown_write(),
        }
    }

    /// The last words before it is dropped, where it has some.
    pub fn farewell(&mut self) {
        if let Self::Tls(tls) = self {
            tls.farewell();
        }
    }

    /// Makes the coming close a reset: the kernel frees all at once and the peer sees an error.
    pub fn reset_on_close(&self) {
        self.socket().reset_on_close();
    }

    /// Whether small writes are sent at once instead of being gathered in the kernel.
    pub fn set_nodelay(&self, wanted: bool) {
        self.socket().set_nodelay(wanted);
    }

    /// Whether the system asks a peer that says nothing for so long whether it is there.
    pub fn set_keepalive(&self, after: Option<Duration>) {
        self.socket().set_keepalive(after);
    }

    /// The address of this end, where it has one.
    pub fn local_addr(&self) -> Option<SocketAddr> {
        self.socket().local_addr()
    }

    /// Whether what is written leaves: TLS has come to the end of its handshake.
    pub fn is_open(&self) -> bool {
        match self {
            Self::Plain(_) => true,
            Self::Tls(tls) => tls.session().is_open(),
        }
    }

    /// What TLS has agreed on.
    pub fn tls_facts(&self) -> Option<SessionFacts> {
        match self {
            Self::Plain(_) => None,
            Self::Tls(tls) => Some(tls.session().facts()),
        }
    }

    /// The address of the peer, where it has one.
    pub fn peer_addr(&self) -> Option<SocketAddr> {
        self.socket().peer_addr()
    }

    /// Whether bytes go in TLS records.
    pub fn is_tls(&self) -> bool {
        matches!(self, Self::Tls(_))
    }

    /// The certificate by which the peer has proved who it is, in DER.
    pub fn peer_certificate(&self) -> Option<&[u8]> {
        match self {
            Self::Plain(_) => None,
            Self::Tls(tls) => tls.peer_certificate(),
        }
    }

    fn socket(&self) -> &Socket {
        match self {
            Self::Plain(socket) => socket,
            Self::Tls(tls) => tls.socket(),
        }
    }

    /// What to watch for readiness.
    pub fn socket_mut(&mut self) -> &mut Socket {
        match self {
            Self::Plain(socket) => socket,
            Self::Tls(tls) => tls.socket_mut(),
        }
    }
}
