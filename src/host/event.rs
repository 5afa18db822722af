//! What the host tells the runtime.

use std::any::Any;
use std::ops::Range;
use std::rc::Rc;
use std::time::{Duration, SystemTime};

use super::broker::{BusNews, ClientNews, NatsNews};
use super::facts::Facts;
use super::hub::{Cast, Left, RoomNews};
use super::raw_news::{Attempt, DatagramNews, RawNews};
use crate::id::{ConnId, DatagramId, ExchangeId, HubId, OpId, ServerId, SourceId};
use crate::proto::http1::{Headers, Request, ResponseHead};
use crate::proto::ws::{MessageKind, Payload};

/// A WebSocket message, whole.
#[derive(Debug)]
pub struct Message {
    /// The connection.
    pub conn: ConnId,
    /// The server that accepted it, unless it goes out.
    pub server: Option<ServerId>,
    /// Text, known to be valid UTF-8, or binary.
    pub kind: MessageKind,
    /// Where the bytes are.
    pub payload: Payload,
}

/// A message of a room that somebody looks at.
#[derive(Debug)]
pub struct Tapped {
    /// Those who look.
    pub taps: Vec<u64>,
    /// The room.
    pub room: Rc<str>,
    /// The message, and who sent it.
    pub message: Message,
}

/// Something that happened on a connection or server.
#[derive(Debug)]
pub enum Event {
    /// Work on a worker thread has come to its end.
    Done {
        /// The work.
        id: OpId,
        /// What it returned; the message where it panicked.
        outcome: Result<Box<dyn Any + Send>, String>,
    },
    /// A complete HTTP request, to be answered with `Host::respond`.
    Request {
        /// The connection to answer on.
        conn: ConnId,
        /// The server that accepted it.
        server: ServerId,
        /// Head and body.
        request: Box<Request>,
    },
    /// The head of a request with a body, of a server that asks for it: the body comes after
    /// `Host::want_body` bit by bit, or after `Host::collect_body` in an `Event::Request`.
    Head {
        /// The connection to answer on.
        conn: ConnId,
        /// The server that accepted it.
        server: ServerId,
        /// The head.
        request: Box<Request>,
    },
    /// Bytes of that body.
    Body {
        /// The connection.
        conn: ConnId,
        /// Where they are in the input.
        range: Range<usize>,
    },
    /// That body is complete.
    BodyEnd {
        /// The connection.
        conn: ConnId,
    },
    /// What was sent of a reply has been written, and there is room for more.
    Writable {
        /// The connection.
        conn: ConnId,
    },
    /// The peer has gone, or what it sent was wrong, before its request was answered; or the server
    /// closes, and the reply is one without an end.
    PeerGone {
        /// The connection.
        conn: ConnId,
    },
    /// An opening handshake that the script is to decide on, with `Host::accept_upgrade` or
    /// `Host::refuse_upgrade_with`.
    Upgrade {
        /// The connection to answer on.
        conn: ConnId,
        /// The server that accepted it.
        server: ServerId,
        /// The request.
        request: Box<Request>,
        /// The subprotocols that the client offers.
        offers: Vec<String>,
    },
    /// A WebSocket has opened: an outgoing one, or an accepted one of a server that asked to be
    /// told.
    Open {
        /// The connection.
        conn: ConnId,
        /// The server that accepted it, unless it goes out.
        server: Option<ServerId>,
    },
    /// A WebSocket message, whole.
    Message(Message),
    /// A pong came, with its payload.
    Pong {
        /// The connection.
        conn: ConnId,
        /// The server that accepted it, unless it goes out.
        server: Option<ServerId>,
        /// What it carried.
        payload: Payload,
    },
    /// A ping came and has been answered.
    Ping {
        /// The connection.
        conn: ConnId,
        /// The server that accepted it, unless it goes out.
        server: Option<ServerId>,
        /// What it carried.
        payload: Payload,
    },
    /// All that was queued for a peer that had fallen behind has been written.
    Drain {
        /// The connection.
        conn: ConnId,
        /// The server that accepted it, unless it goes out.
        server: Option<ServerId>,
    },
    /// Messages have been handed to the kernel of which the script is to be told.
    Flushed(Box<Flushed>),
    /// Messages were dropped for a peer that reads too slowly.
    Dropped(Box<Dropped>),
    /// A WebSocket is over, or never opened. The identifier is dead.
    Closed(Box<Closed>),
    /// A server has let go of its last connection after `close`.
    ServerClosed {
        /// The server.
        server: ServerId,
    },
    /// A room has got its first member, or has lost its last one.
    Room(RoomNews),
    /// A message that a rule has sent to a room that is tapped.
    Tapped(Tapped),
    /// Hubs are gone, and these taps of their rooms with them.
    TapsGone(Vec<u64>),
    /// A message of a channel has come on a bus.
    Cast(Cast),
    /// There is something to be known of the bus of a hub.
    Bus(HubId, BusNews),
    /// A client of Redis has something for its script.
    Redis(u64, ClientNews),
    /// A client of NATS has something for its script.
    Nats(u64, NatsNews),
    /// Something came of a request that the script has sent.
    Exchange {
        /// Of which one.
        id: ExchangeId,
        /// What.
        news: News,
    },
    /// Something may be done with a source that the host only watches.
    Source {
        /// Which one.
        source: SourceId,
        /// There may be something to read.
        readable: bool,
        /// There may be room to write.
        writable: bool,
    },
    /// Something happened on a connection whose bytes are the script's own.
    Raw {
        /// The connection.
        conn: ConnId,
        /// What.
        news: RawNews,
    },
    /// Something happened on a socket of datagrams.
    Datagram {
        /// The socket.
        socket: DatagramId,
        /// What.
        news: DatagramNews,
    },
    /// A watched signal came.
    Signal,
    /// Something has happened to files that are watched.
    FilesChanged,
}

/// Something that happened to an exchange.
#[derive(Debug)]
pub enum News {
    /// More of the response has come.
    Received(Received),
    /// An interim response.
    Interim(Box<ResponseHead>),
    /// More of the request's body is wanted, which comes bit by bit.
    Wanted,
    /// The server has agreed to another protocol. The identifier is dead, and the connection the
    /// script's own.
    Upgraded {
        /// The response.
        head: Box<ResponseHead>,
        /// The connection.
        conn: ConnId,
    },
    /// There will be no response, or no more of it. The identifier is dead.
    Failed {
        /// Why.
        error: Box<ConnError>,
        /// The connection had carried another exchange, and nothing of the response had come: the
        /// server may have closed it before it saw the request.
        was_stale: bool,
    },
}

/// What one read has brought of a response.
#[derive(Debug, Default)]
pub struct Received {
    /// The head, which comes once.
    pub head: Option<Box<ResponseHead>>,
    /// Where in the input the next bytes of the body are.
    pub body: Range<usize>,
    /// That was all. The identifier is dead.
    pub ended: bool,
}

impl Received {
    /// Whether there is nothing to tell.
    pub(super) fn is_empty(&self) -> bool {
        self.head.is_none() && self.body.is_empty() && !self.ended
    }
}

impl News {
    /// Whether nothing more comes of the exchange.
    pub fn is_last(&self) -> bool {
        match self {
            Self::Received(received) => received.ended,
            Self::Failed { .. } | Self::Upgraded { .. } => true,
            Self::Interim(_) | Self::Wanted => false,
        }
    }
}

/// Messages that have been handed to the kernel.
#[derive(Debug)]
pub struct Flushed {
    /// The connection.
    pub conn: ConnId,
    /// The server that accepted it, unless it goes out.
    pub server: Option<ServerId>,
    /// What `Host::send_marked` has returned for them.
    pub marks: Vec<u64>,
    /// The same as [`Event::Drain`] happened.
    pub drained: bool,
}

/// Messages that were dropped.
#[derive(Debug)]
pub struct Dropped {
    /// The connection.
    pub conn: ConnId,
    /// The server that accepted it, unless it goes out.
    pub server: Option<ServerId>,
    /// What `Host::send_marked` has returned for them, where it was called.
    pub marks: Vec<u64>,
    /// They are the first since everything had been written.
    pub begins: bool,
}

/// How a WebSocket ended.
#[derive(Debug)]
pub struct Closed {
    /// The connection.
    pub conn: ConnId,
    /// The server that accepted it, unless it went out.
    pub server: Option<ServerId>,
    /// The close code as a `CloseEvent` shows it.
    pub code: u16,
    /// The reason that came with it.
    pub reason: String,
    /// Whether both Close frames were exchanged.
    pub was_clean: bool,
    /// Who or what ended it.
    pub cause: Cause,
    /// What went wrong, for the `error` event that precedes `close`.
    pub error: Option<ConnError>,
    /// Bytes of messages that were never handed to the kernel.
    pub unsent: usize,
    /// Where it was.
    pub left: Left,
    /// How many messages these are of.
    pub unsent_messages: usize,
    /// What is known of it, if it was open.
    pub facts: Option<Facts>,
    /// How many messages were dropped while it was open.
    pub dropped_messages: u64,
    /// What `Host::send_marked` has returned for messages that left at the last moment.
    pub flushed: Vec<u64>,
}

/// Who or what ended a WebSocket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The peer began the closing handshake.
    Peer,
    /// This side began it.
    Local,
    /// The peer fell silent.
    Timeout,
    /// The peer broke the protocol.
    Protocol,
    /// A limit was passed: message size, fragments or backpressure.
    Limit,
    /// The TCP connection ended without a Close frame, or was never made.
    Reset,
    /// TLS failed: the server's certificate was refused, say, or a record was changed on its way.
    Tls,
    /// The process is ending.
    Shutdown,
}

impl Closed {
    /// How an outgoing one has ended, for tests.
    #[cfg(test)]
    pub fn sample(code: u16, cause: Cause, error: Option<ConnError>) -> Self {
        Self {
            conn: ConnId::new(0, 1),
            server: None,
            code,
            reason: String::new(),
            was_clean: error.is_none(),
            cause,
            error,
            unsent: 0,
            unsent_messages: 0,
            facts: None,
            left: Left::default(),
            dropped_messages: 0,
            flushed: Vec::new(),
        }
    }

    /// Whether the script itself ended it before it was open, or with a signal.
    pub fn is_aborted(&self) -> bool {
        self.error.as_ref().is_some_and(|error| [ABORTED, ConnError::ABORT].contains(&&*error.code))
    }
}

impl Cause {
    /// The name that `closeInfo.cause` shows.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Peer => "peer",
            Self::Local => "local",
            Self::Timeout => "timeout",
            Self::Protocol => "protocol",
            Self::Limit => "limit",
            Self::Reset => "reset",
            Self::Tls => "tls",
            Self::Shutdown => "shutdown",
        }
    }
}

/// The code of an outgoing WebSocket that its script has closed before it was open.
pub(super) const ABORTED: &str = "ECONNABORTED";

impl ConnError {
    /// The code of what a script has aborted with a signal.
    pub const ABORT: &str = "ABORT_ERR";

    /// One that no HTTP status belongs to.
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            message: message.into(),
            status: None,
            refusal: None,
            attempts: Vec::new(),
        }
    }
}

/// Why a WebSocket failed, in terms a script can act on.
#[derive(Debug, Clone)]
pub struct ConnError {
    /// A stable code: `ECONNREFUSED`, `ENOTFOUND`, `HTTP_401`, `WS_PROTOCOL`, …
    pub code: String,
    /// A sentence for people.
    pub message: String,
    /// The HTTP status of a refused opening handshake.
    pub status: Option<u16>,
    /// What came with that status.
    pub refusal: Option<Box<Refusal>>,
    /// What became of each address that was tried.
    pub attempts: Vec<Attempt>,
}

/// An answer other than the one that was hoped for.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// Its fields.
    pub headers: Headers,
    /// The beginning of its body, as far as it has come.
    pub body: Vec<u8>,
}

impl Refusal {
    /// How long the server asks to wait (RFC 9110 10.2.3): seconds, or until a date.
    pub fn retry_after(&self, now: SystemTime) -> Option<Duration> {
        let text = self.headers.get_str("retry-after")?.trim();
        if let Ok(seconds) = text.parse() {
            return Some(Duration::from_secs(seconds));
        }
        let at = httpdate::parse_http_date(text).ok()?;
        Some(at.duration_since(now).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now = httpdate::parse_http_date("Mon, 30 Nov 2026 12:00:00 GMT").unwrap();
        for (text, seconds) in [
            ("7", Some(7)),
            (" 0 ", Some(0)),
            ("Mon, 30 Nov 2026 12:01:30 GMT", Some(90)),
            ("Mon, 30 Nov 2026 11:00:00 GMT", Some(0)),
            ("-1", None),
            ("soon", None),
            ("99999999999999999999999", None),
        ] {
            let headers = Headers::from_pairs([("Retry-After", text.as_bytes())]);
            let refusal = Refusal { headers, body: Vec::new() };
            assert_eq!(refusal.retry_after(now), seconds.map(Duration::from_secs), "{text}");
        }
    }
}
