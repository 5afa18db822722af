//! One connection: its socket, what is on its way out, and the protocol it speaks at the moment.

use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Instant;

use super::client::{Handshake, Opening};
use super::event::{Cause, ConnError};
use super::upgrade::Upgrading;
use crate::id::{ConnId, ServerId};
use crate::limits::{FLUSH_EARLY_BYTES, REPLY_BACKLOG_BYTES};
use crate::net::out_buffer::OutBuffer;
use crate::net::stream::Stream;
use crate::proto::http1::{Request, ServerConnection, State};
use crate::proto::ws::keepalive::Keepalive;
use crate::proto::ws::{self};

/// A slot of the host.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about the socket")]
pub(super) struct Conn {
    pub(super) id: ConnId,
    /// None while a name is being looked up.
    pub(super) stream: Option<Stream>,
    pub(super) out: OutBuffer,
    pub(super) protocol: Protocol,
    /// The server that accepted it.
    pub(super) server: Option<ServerId>,
    pub(super) peer: Option<SocketAddr>,
    /// Bytes that were read but may not be decoded yet: a reply is due first, or the script has
    /// paused the connection.
    pub(super) held_input: Vec<u8>,
    /// The deadline for which a timer stands in the heap.
    pub(super) timer_at: Option<Instant>,
    /// Payload bytes queued since nothing last waited, for `bufferedAmount`.
    pub(super) pending_payload: usize,
    /// The kernel may have bytes to read.
    pub(super) readable: bool,
    /// The kernel says that the peer has ended its side.
    pub(super) read_closed: bool,
    /// The end of the peer's side has been read.
    pub(super) ended: bool,
    /// It is on the list of connections to flush.
    pub(super) dirty: bool,
    /// It is on a list of connections to read from: of this turn or of the next.
    pub(super) scheduled: bool,
    /// The script does not want to be given anything.
    pub(super) paused: bool,
    /// The kernel refused bytes: `Event::Drain` is due when all are written.
    pub(super) behind: bool,
    /// When to give up on a peer that takes nothing of its reply, or that has ended its side and
    /// whose reply is still to come.
    pub(super) give_up_at: Option<Instant>,
}

/// What a connection speaks.
pub(super) enum Protocol {
    /// An accepted connection, before any upgrade.
    Http(Box<ServerConnection>),
    /// An opening handshake that the script decides on.
    Upgrading(Box<Upgrading>),
    /// A WebSocket, accepted or not.
    WebSocket(Box<Peer>),
    /// An outgoing WebSocket without a TCP connection.
    Connecting(Box<Opening>),
    /// An outgoing WebSocket that waits for the 101.
    Handshake(Box<Handshake>),
    /// All is said; the rest is written, then what the peer still sends is thrown away until it
    /// ends too, since closing with unread bytes would reset the connection under our last words.
    Lingering(Linger),
}

/// A WebSocket in its open and closing states.
pub(super) struct Peer {
    pub(super) core: ws::Connection,
    pub(super) keepalive: Keepalive,
    /// The request that opened it, kept for `req.headers` and `req.pathname`.
    pub(super) request: Option<Box<Request>>,
    pub(super) agreed: Rc<Agreed>,
    /// Bytes that may wait for the kernel before the peer counts as lost.
    pub(super) max_backpressure: usize,
    /// Who ended it, once somebody has.
    pub(super) cause: Option<Cause>,
    pub(super) error: Option<Box<ConnError>>,
}

/// What an opening handshake agreed on: mostly the same for all WebSockets of a server, which then
/// share it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Agreed {
    /// The subprotocol in use, or an empty text.
    pub subprotocol: Box<str>,
    /// The extensions in use, as the response named them, or an empty text.
    pub extensions: Box<str>,
}

/// A connection on its way out.
#[derive(Clone, Copy)]
pub(super) struct Linger {
    pub(super) deadline: Instant,
    /// Our side has been shut down: everything was written.
    pub(super) shut: bool,
    /// What is left to write is a reply, for which a slow peer gets the time it needs.
    pub(super) replying: bool,
}

impl Conn {
    pub(super) fn new(id: ConnId, stream: Option<Stream>, protocol: Protocol) -> Self {
        Self {
            id,
            stream,
            out: OutBuffer::default(),
            protocol,
            server: None,
            peer: None,
            held_input: Vec::new(),
            timer_at: None,
            pending_payload: 0,
            readable: false,
            read_closed: false,
            ended: false,
            dirty: false,
            scheduled: false,
            paused: false,
            behind: false,
            give_up_at: None,
        }
    }

    pub(super) fn is_connecting(&self) -> bool {
        matches!(self.protocol, Protocol::Connecting(_))
    }

    /// Whether so much waits to be written that it should not wait for the end of the turn.
    pub(super) fn is_filling(&self) -> bool {
        let limit = match &self.protocol {
            Protocol::WebSocket(peer) => peer.max_backpressure.min(FLUSH_EARLY_BYTES),
            _ => FLUSH_EARLY_BYTES,
        };
        self.out.len() > limit
    }

    /// Whether bytes may be decoded now.
    pub(super) fn takes_input(&self) -> bool {
        match &self.protocol {
            Protocol::Http(http) => http.wants_input() && self.out.len() <= REPLY_BACKLOG_BYTES,
            Protocol::WebSocket(_) => !self.paused,
            Protocol::Upgrading(_) | Protocol::Connecting(_) => false,
            Protocol::Handshake(_) | Protocol::Lingering(_) => true,
        }
    }

    pub(super) fn next_deadline(&self) -> Option<Instant> {
        match &self.protocol {
            Protocol::Http(http) => self.give_up_at.or_else(|| http.next_deadline()),
            Protocol::Upgrading(upgrading) => Some(upgrading.deadline),
            Protocol::WebSocket(peer) => peer.keepalive.next_deadline(),
            Protocol::Connecting(opening) => Some(opening.deadline),
            Protocol::Handshake(handshake) => Some(handshake.deadline),
            Protocol::Lingering(linger) => {
                let replying = self.give_up_at.filter(|_| linger.replying && !linger.shut);
                Some(replying.unwrap_or(linger.deadline))
            }
        }
    }

    /// Whether the peer has ended its side, and its request is still to be answered.
    pub(super) fn is_abandoned(&self) -> bool {
        self.read_closed
            && matches!(&self.protocol, Protocol::Http(http) if http.state() == State::Responding)
    }

    /// The WebSocket, if it is one.
    pub(super) fn peer_mut(&mut self) -> Option<&mut Peer> {
        match &mut self.protocol {
            Protocol::WebSocket(peer) => Some(peer),
            _ => None,
        }
    }
}

impl Peer {
    /// Notes why it failed, for the `error` event.
    pub(super) fn note_error(&mut self, code: &str, message: String) {
        self.error = Some(Box::new(ConnError { code: code.to_owned(), message, status: None }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the allocator hands out for each. One byte more, and every idle connection takes the
    /// next of its sizes: 224 and 320.
    #[test]
    fn an_idle_connection_is_small() {
        // A socket is larger where it is checked that it stays in one poll.
        let checks = size_of::<Option<Stream>>() - 8;
        assert!(size_of::<Conn>() - checks <= 192, "{}", size_of::<Conn>());
        assert!(size_of::<Peer>() <= 256, "{}", size_of::<Peer>());
    }
}
