//! One TLS connection without its socket: records go in and plaintext comes out, and the other way
//! round. It owns no buffer while nothing is incomplete: records are read into a buffer that all
//! connections share, and sealed into another.

use std::mem::take;

use rustls::client::{ClientConnectionData, UnbufferedClientConnection};
use rustls::server::{ServerConnectionData, UnbufferedServerConnection};
use rustls::unbuffered::{
    ConnectionState, EncodeError, EncodeTlsData, EncryptError, UnbufferedStatus, WriteTraffic,
};
use rustls::{CommonState, HandshakeKind, ProtocolVersion};

use super::fault::Fault;
use super::records::Records;
use crate::limits::{TLS_HELD_BYTES_MAX, TLS_PLAINTEXT_MAX, TLS_RECORD_OVERHEAD_MAX};

/// What both sides of a session have agreed on.
#[derive(Clone, Debug)]
pub struct SessionFacts {
    /// `TLSv1.3` or `TLSv1.2`.
    pub version: Option<&'static str>,
    /// The cipher suite, by the name that the registry has.
    pub suite: Option<String>,
    /// What is spoken (ALPN).
    pub protocol: Option<Vec<u8>>,
    /// The certificates that the peer has shown, its own first, in DER.
    pub chain: Vec<Vec<u8>>,
    /// An earlier session goes on.
    pub reused: bool,
}

/// What is said to the peer, and what was said.
pub struct Session {
    side: Side,
    state: State,
    /// Ciphertext of a record, or of a message of the handshake, that is not whole yet.
    held: Vec<u8>,
    /// The peer has said that it will send no more.
    peer_closed: bool,
    /// This side has.
    closed: bool,
}

enum Side {
    Client(Box<UnbufferedClientConnection>),
    Server(Box<UnbufferedServerConnection>),
}

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Nothing has come from the peer.
    New,
    /// The handshake is under way.
    Handshaking,
    /// Plaintext may be sent.
    Open,
    /// It is over: nothing more is understood or sent.
    Failed,
    /// The peer speaks no TLS.
    NotTls,
}

/// A record of this type begins every TLS connection: a message of the handshake.
const HANDSHAKE: u8 = 22;
/// An alert, which is all that a server may send instead.
const ALERT: u8 = 21;
/// A record of TLS 1.3 with an alert: header, level and description, type, and tag. No message of the
/// handshake is so short.
const SEALED_ALERT_BYTES: usize = 5 + 2 + 1 + 16;
/// As much of what is no TLS is told.
const BEGINNING: usize = 8;

impl Session {
    pub(super) fn client(connection: UnbufferedClientConnection) -> Self {
        Self::new(Side::Client(Box::new(connection)))
    }

    pub(super) fn server(connection: UnbufferedServerConnection) -> Self {
        Self::new(Side::Server(Box::new(connection)))
    }

    fn new(side: Side) -> Self {
        Self { side, state: State::New, held: Vec::new(), peer_closed: false, closed: false }
    }

    /// What a client says first.
    pub fn begin(&mut self, out: &mut Records) {
        if let Side::Client(connection) = &mut self.side {
            // Nothing has come that could be wrong.
            pump(&mut **connection, &mut [], &mut [], out);
        }
    }

    /// Whether plaintext may be sent.
    pub fn is_open(&self) -> bool {
        self.state == State::Open
    }

    /// Whether it is over, since the peer or this side broke it.
    pub fn is_over(&self) -> bool {
        matches!(self.state, State::Failed | State::NotTls)
    }

    /// Whether the peer has turned out to speak no TLS.
    pub fn is_not_tls(&self) -> bool {
        self.state == State::NotTls
    }

    /// Whether the peer has said that it will send no more.
    pub fn peer_closed(&self) -> bool {
        self.peer_closed
    }

    /// The certificate by which the peer has proved who it is.
    pub fn peer_certificate(&self) -> Option<&[u8]> {
        self.common().peer_certificates()?.first().map(AsRef::as_ref)
    }

    fn common(&self) -> &CommonState {
        match &self.side {
            Side::Client(connection) => connection,
            Side::Server(connection) => connection,
        }
    }

    /// What both sides have agreed on.
    pub fn facts(&self) -> SessionFacts {
        let common = self.common();
        let chain = common.peer_certificates().unwrap_or_default();
        SessionFacts {
            version: match common.protocol_version() {
                Some(ProtocolVersion::TLSv1_3) => Some("TLSv1.3"),
                Some(ProtocolVersion::TLSv1_2) => Some("TLSv1.2"),
                _ => None,
            },
            suite: common.negotiated_cipher_suite().map(|suite| format!("{:?}", suite.suite())),
            protocol: common.alpn_protocol().map(<[u8]>::to_vec),
            chain: chain.iter().map(|certificate| certificate.to_vec()).collect(),
            reused: common.handshake_kind() == Some(HandshakeKind::Resumed),
        }
    }

    /// How many bytes have come that are not a whole record.
    pub fn held_len(&self) -> usize {
        self.held.len()
    }

    /// The same, where these bytes have come already.
    #[must_use]
    pub fn after(mut self, bytes: &[u8]) -> Self {
        self.held.extend_from_slice(bytes);
        self
    }

    /// Takes in `records`, whose first [`held_len`](Self::held_len) bytes are for what is held.
    /// Puts their plaintext at the beginning of `plain`, which is no shorter, and what is due to the
    /// peer behind `out`. Returns how much plaintext there is.
    pub fn open(
        &mut self,
        records: &mut [u8],
        plain: &mut [u8],
        out: &mut Records,
    ) -> Result<usize, Fault> {
        records[..self.held.len()].copy_from_slice(&take(&mut self.held));
        if self.is_over() || self.peer_closed {
            return Ok(0);
        }
        if self.state == State::New {
            let is_client = matches!(self.side, Side::Client(_));
            match records.first() {
                None => return Ok(0),
                Some(&HANDSHAKE) => self.state = State::Handshaking,
                Some(&ALERT) if is_client => self.state = State::Handshaking,
                Some(_) => {
                    self.state = State::NotTls;
                    let beginning = &records[..records.len().min(BEGINNING)];
                    return Err(Fault::not_tls(beginning, is_client));
                }
            }
        }
        let pumped = match &mut self.side {
            Side::Client(connection) => pump(&mut **connection, records, plain, out),
            Side::Server(connection) => pump(&mut **connection, records, plain, out),
        };
        self.peer_closed |= pumped.peer_closed;
        if let Some(error) = pumped.error {
            self.state = State::Failed;
            return Err(error.into());
        }
        if pumped.open {
            self.state = State::Open;
        }
        let rest = &records[pumped.taken..];
        if rest.len() > TLS_HELD_BYTES_MAX {
            self.state = State::Failed;
            let message =
                format!("a message of the handshake has more than {TLS_HELD_BYTES_MAX} bytes");
            return Err(Fault::new("ERR_SSL_EXCESSIVE_MESSAGE_SIZE", message));
        }
        if !self.peer_closed && !rest.is_empty() {
            self.held = rest.to_vec();
        }
        Ok(pumped.plain)
    }

    /// The peer has ended the connection. Whether that was to be, or why not.
    pub fn ended(&mut self) -> Result<(), Fault> {
        match (self.state, &self.side) {
            // Whoever connects and says nothing wants to know whether the port is open.
            (State::New, Side::Server(_)) | (State::Failed | State::NotTls, _) => Ok(()),
            (State::Open, _) if self.peer_closed => Ok(()),
            (State::Open, _) => {
                self.state = State::Failed;
                Err(Fault::truncated())
            }
            (State::New | State::Handshaking, _) => {
                self.state = State::Failed;
                let message = "the peer ended the connection during the TLS handshake";
                Err(Fault::new("ECONNRESET", message))
            }
        }
    }

    /// Seals plaintext, in as many records as it takes.
    pub fn seal(&mut self, plain: &[u8], out: &mut Records) -> Result<(), Fault> {
        for piece in plain.chunks(TLS_PLAINTEXT_MAX) {
            let sealed = match &mut self.side {
                Side::Client(connection) => seal(&mut **connection, &mut self.held, piece, out),
                Side::Server(connection) => seal(&mut **connection, &mut self.held, piece, out),
            };
            if let Err(error) = sealed {
                self.state = State::Failed;
                let message = format!("cannot seal a TLS record: {error}");
                return Err(Fault::new("ERR_TLS_EXHAUSTED", message));
            }
        }
        Ok(())
    }

    /// Says that this side will send no more; once.
    pub fn close(&mut self, out: &mut Records) {
        if self.state != State::Open || std::mem::replace(&mut self.closed, true) {
            return;
        }
        let ended = match &mut self.side {
            Side::Client(connection) => {
                with_traffic(&mut **connection, &mut self.held, 0, out, close_notify)
            }
            Side::Server(connection) => {
                with_traffic(&mut **connection, &mut self.held, 0, out, close_notify)
            }
        };
        if let Err(error) = ended {
            log::debug!("cannot end a TLS connection: {error}");
        }
    }
}

impl std::fmt::Debug for Session {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Session").field("state", &self.state).finish_non_exhaustive()
    }
}

/// Either side of rustls' connection that keeps no buffers.
trait Connection {
    type Data;

    fn process<'c, 'i>(&'c mut self, records: &'i mut [u8])
    -> UnbufferedStatus<'c, 'i, Self::Data>;
}

impl Connection for UnbufferedClientConnection {
    type Data = ClientConnectionData;

    fn process<'c, 'i>(
        &'c mut self,
        records: &'i mut [u8],
    ) -> UnbufferedStatus<'c, 'i, ClientConnectionData> {
        self.process_tls_records(records)
    }
}

impl Connection for UnbufferedServerConnection {
    type Data = ServerConnectionData;

    fn process<'c, 'i>(
        &'c mut self,
        records: &'i mut [u8],
    ) -> UnbufferedStatus<'c, 'i, ServerConnectionData> {
        self.process_tls_records(records)
    }
}

/// What came of some records.
#[derive(Default)]
struct Pumped {
    /// How many of their bytes are done with.
    taken: usize,
    plain: usize,
    open: bool,
    peer_closed: bool,
    error: Option<rustls::Error>,
}

/// Has rustls take as many records as there are, and collects what it has to say.
fn pump<C: Connection>(
    connection: &mut C,
    records: &mut [u8],
    plain: &mut [u8],
    out: &mut Records,
) -> Pumped {
    let mut pumped = Pumped::default();
    loop {
        let UnbufferedStatus { mut discard, state } =
            connection.process(&mut records[pumped.taken..]);
        match state {
            Ok(ConnectionState::ReadTraffic(mut traffic)) => {
                while let Some(record) = traffic.next_record() {
                    match record {
                        Ok(record) => {
                            let end = pumped.plain + record.payload.len();
                            plain[pumped.plain..end].copy_from_slice(record.payload);
                            pumped.plain = end;
                            discard += record.discard;
                        }
                        Err(error) => pumped.error = Some(error),
                    }
                }
            }
            Ok(ConnectionState::EncodeTlsData(mut message)) => {
                encode(&mut message, out);
            }
            // It is in `out`, which will be sent.
            Ok(ConnectionState::TransmitTlsData(message)) => message.done(),
            Ok(ConnectionState::PeerClosed) => pumped.peer_closed = true,
            Ok(ConnectionState::WriteTraffic(_)) => {
                pumped.open = true;
                pumped.taken += discard;
                return pumped;
            }
            Ok(_) => {
                pumped.taken += discard;
                return pumped;
            }
            Err(error) => pumped.error = Some(error),
        }
        pumped.taken += discard;
        if pumped.error.is_some() {
            say_last(connection, &mut records[pumped.taken..], out);
            return pumped;
        }
    }
}

/// Collects what is left to say after a failure, up to the alert. What comes after it is not to be
/// asked for: rustls would look at more of what the peer has sent.
fn say_last<C: Connection>(connection: &mut C, records: &mut [u8], out: &mut Records) {
    let mut taken = 0;
    loop {
        let UnbufferedStatus { discard, state } = connection.process(&mut records[taken..]);
        match state {
            Ok(ConnectionState::EncodeTlsData(mut message)) => {
                let written = encode(&mut message, out);
                let waiting = out.waiting();
                let record = &waiting[waiting.len() - written..];
                if record.first() == Some(&ALERT) || record.len() == SEALED_ALERT_BYTES {
                    return;
                }
            }
            Ok(ConnectionState::TransmitTlsData(message)) => message.done(),
            _ => return,
        }
        taken += discard;
    }
}

/// Puts a message of the handshake behind `out`, and tells how long it is.
fn encode<D>(message: &mut EncodeTlsData<'_, D>, out: &mut Records) -> usize {
    let mut room = 0;
    loop {
        match message.encode(out.room(room)) {
            Ok(written) => {
                out.note(written, 0);
                return written;
            }
            Err(EncodeError::InsufficientSize(needed)) => room = needed.required_size,
            Err(EncodeError::AlreadyEncoded) => return 0,
        }
    }
}

fn seal<C: Connection>(
    connection: &mut C,
    held: &mut [u8],
    plain: &[u8],
    out: &mut Records,
) -> Result<(), EncryptError> {
    with_traffic(connection, held, plain.len(), out, |traffic, room| traffic.encrypt(plain, room))
}

fn close_notify<D>(
    traffic: &mut WriteTraffic<'_, D>,
    room: &mut [u8],
) -> Result<usize, EncryptError> {
    traffic.queue_close_notify(room)
}

/// Has `seal` write a record of so much plaintext behind `out`, after whatever rustls has to say
/// first.
fn with_traffic<C: Connection>(
    connection: &mut C,
    held: &mut [u8],
    plain: usize,
    out: &mut Records,
    mut seal: impl FnMut(&mut WriteTraffic<'_, C::Data>, &mut [u8]) -> Result<usize, EncryptError>,
) -> Result<(), EncryptError> {
    loop {
        // What is held is not whole, so nothing comes of it but what was waiting already.
        match connection.process(held).state {
            Ok(ConnectionState::EncodeTlsData(mut message)) => {
                encode(&mut message, out);
            }
            Ok(ConnectionState::TransmitTlsData(message)) => message.done(),
            Ok(ConnectionState::PeerClosed) => {}
            Ok(ConnectionState::WriteTraffic(mut traffic)) => {
                let mut room = plain + TLS_RECORD_OVERHEAD_MAX;
                loop {
                    match seal(&mut traffic, out.room(room)) {
                        Ok(written) => {
                            out.note(written, plain);
                            return Ok(());
                        }
                        Err(EncryptError::InsufficientSize(needed)) => room = needed.required_size,
                        Err(error) => return Err(error),
                    }
                }
            }
            _ => return Err(EncryptError::EncryptExhausted),
        }
    }
}
