//! What a script is told of sockets that are its own: connections, and those of datagrams.

use std::io;
use std::net::SocketAddr;
use std::ops::Range;

use crate::errno;
use crate::id::ServerId;
use crate::net::listener::Address;
use crate::net::tls::Fault;

/// Something that happened on such a connection.
#[derive(Debug)]
pub enum RawNews {
    /// A server has accepted it. Nothing is read until the script wants it.
    Accepted(ServerId),
    /// It is connected. TLS may be still to come.
    Connected,
    /// The handshake of TLS is done.
    Secured,
    /// Bytes have come: where they are in the input.
    Data(Range<usize>),
    /// The peer will send no more.
    End,
    /// All that was written has left.
    Room,
    /// This side has ended: all has left, and the peer has been told that it was all.
    Finished,
    /// It is over, other than by the script's will. The identifier is dead.
    Closed(Option<Box<RawFault>>),
}

/// Why a connection is over.
#[derive(Debug, Clone)]
pub struct RawFault {
    /// Such as `ECONNRESET`.
    pub code: String,
    /// A sentence for people.
    pub message: String,
    /// The system's number, where it is the system's fault.
    pub errno: Option<i32>,
    /// What was tried: `read`, `write`, `connect`.
    pub syscall: Option<&'static str>,
    /// What became of each address.
    pub attempts: Vec<Attempt>,
}

/// An address that could not be connected to.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// The address.
    pub address: Address,
    /// The system's number, where it has one.
    pub errno: Option<i32>,
    /// Such as `ECONNREFUSED`.
    pub code: &'static str,
}

impl RawFault {
    pub(super) fn new(code: &str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { code: code.to_owned(), message, errno: None, syscall: None, attempts: Vec::new() }
    }

    pub(super) fn of(error: &io::Error, syscall: &'static str) -> Self {
        let code = errno::code(error);
        let message = format!("{syscall} {code}");
        Self { errno: error.raw_os_error(), syscall: Some(syscall), ..Self::new(code, message) }
    }

    pub(super) fn of_tls(fault: &Fault) -> Self {
        Self::new(fault.code, &*fault.message)
    }

    /// The peer has gone.
    pub(super) fn reset() -> Self {
        Self::of(&io::Error::from_raw_os_error(errno::RESET), "read")
    }
}

/// Something that happened on a socket of datagrams.
#[derive(Debug)]
pub enum DatagramNews {
    /// One has come: where it is in the input, and from whom.
    Received(Range<usize>, SocketAddr),
    /// The system has said that something is wrong. The socket goes on.
    Failed(io::Error),
}
