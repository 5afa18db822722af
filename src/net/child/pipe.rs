//! This side of a pipe of a child process. It never blocks.

use std::io::{self, ErrorKind, Read, Write};
use std::net::Shutdown;
use std::os::unix::net::UnixStream as StdStream;

use mio::event::Source;
use mio::net::UnixStream;
use mio::unix::pipe::{Receiver, Sender};
use mio::{Interest, Registry, Token};

/// What the child's end is for.
#[derive(Debug)]
pub enum Pipe {
    /// The child writes.
    Reader(Receiver),
    /// The child reads.
    Writer(Sender),
    /// Both.
    Both(UnixStream),
}

impl Pipe {
    /// This side of a pair of sockets that block.
    pub fn of_stream(stream: StdStream) -> io::Result<Self> {
        stream.set_nonblocking(true)?;
        Ok(Self::Both(UnixStream::from_std(stream)))
    }

    /// Reads once: `None` when nothing has come yet, 0 bytes at the end.
    pub fn read(&mut self, buffer: &mut [u8]) -> io::Result<Option<usize>> {
        loop {
            let read = match self {
                Self::Reader(reader) => reader.read(buffer),
                Self::Both(stream) => stream.read(buffer),
                Self::Writer(_) => Ok(0),
            };
            match read {
                Ok(count) => return Ok(Some(count)),
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(None),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Writes as much as the kernel takes, and says how much that was.
    pub fn write(&mut self, mut bytes: &[u8]) -> io::Result<usize> {
        let wanted = bytes.len();
        while !bytes.is_empty() {
            let written = match self {
                Self::Writer(writer) => writer.write(bytes),
                Self::Both(stream) => stream.write(bytes),
                Self::Reader(_) => Err(io::Error::from_raw_os_error(libc::EBADF)),
            };
            match written {
                Ok(count) => bytes = bytes.get(count..).unwrap_or_default(),
                Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(wanted - bytes.len())
    }

    /// The other side reads to its end. What goes one way has to be dropped for that.
    pub fn shutdown_write(&self) {
        if let Self::Both(stream) = self
            && let Err(error) = stream.shutdown(Shutdown::Write)
        {
            log::debug!("a pipe of a child was closed already: {error}");
        }
    }
}

impl Source for Pipe {
    fn register(
        &mut self,
        registry: &Registry,
        token: Token,
        interest: Interest,
    ) -> io::Result<()> {
        match self {
            Self::Reader(reader) => reader.register(registry, token, interest),
            Self::Writer(writer) => writer.register(registry, token, interest),
            Self::Both(stream) => stream.register(registry, token, interest),
        }
    }

    fn reregister(
        &mut self,
        registry: &Registry,
        token: Token,
        interest: Interest,
    ) -> io::Result<()> {
        match self {
            Self::Reader(reader) => reader.reregister(registry, token, interest),
            Self::Writer(writer) => writer.reregister(registry, token, interest),
            Self::Both(stream) => stream.reregister(registry, token, interest),
        }
    }

    fn deregister(&mut self, registry: &Registry) -> io::Result<()> {
        match self {
            Self::Reader(reader) => reader.deregister(registry),
            Self::Writer(writer) => writer.deregister(registry),
            Self::Both(stream) => stream.deregister(registry),
        }
    }
}
