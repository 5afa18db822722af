//! Two cores back to back, and a splitter of byte streams: for the tests here, the integration
//! tests and the fuzzer.

use super::config::{Config, Role};
use super::connection::{Connection, Outgoing};
use super::error::{PeerError, UsageError};
use super::event::Event;
use super::frame::{FIN, Header, encode_header};
use super::opcode::MessageKind;
use super::state::State;

/// An [`Event`] that owns its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// A whole message.
    Message(MessageKind, Vec<u8>),
    /// A ping.
    Ping(Vec<u8>),
    /// A pong.
    Pong(Vec<u8>),
    /// The peer's Close.
    Close(Option<u16>, String),
    /// The peer's fault.
    Failed(PeerError),
}

/// All that one connection made of a byte stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transcript {
    /// The events, in order.
    pub events: Vec<Seen>,
    /// What it sent: the first byte and the unmasked payload of each frame.
    pub sent: Vec<(u8, Vec<u8>)>,
    /// Where it stood in the end.
    pub state: State,
}

/// Feeds one input, to the end, and collects the events.
///
/// # Panics
/// When an event does not advance the position, or the input is not consumed.
pub fn feed(connection: &mut Connection, input: &[u8], out: &mut Vec<u8>) -> Vec<Seen> {
    let mut input = input.to_vec();
    let mut events = Vec::new();
    let mut pos = 0;
    loop {
        let before = pos;
        let event = connection.receive(&mut input, &mut pos, out);
        assert!(pos >= before && pos <= input.len(), "position {before} -> {pos}");
        let Some(event) = event else { break };
        assert!(pos > before, "an event without input");
        events.push(match event {
            Event::Message { kind, payload } => Seen::Message(kind, payload.bytes(&input).to_vec()),
            Event::Ping(payload) => Seen::Ping(payload.bytes(&input).to_vec()),
            Event::Pong(payload) => Seen::Pong(payload.bytes(&input).to_vec()),
            Event::Close { code, reason } => Seen::Close(code, reason),
            Event::Failed(error) => Seen::Failed(error),
        });
    }
    assert_eq!(pos, input.len(), "input left over");
    events
}

/// Replays a stream cut into the given pieces.
pub fn replay<'a>(config: &Config, pieces: impl IntoIterator<Item = &'a [u8]>) -> Transcript {
    let mut connection = Connection::new(config.clone());
    let mut out = Vec::new();
    let events =
        pieces.into_iter().flat_map(|piece| feed(&mut connection, piece, &mut out)).collect();
    Transcript { events, sent: frames(&out), state: connection.state() }
}

/// Replays a stream whole, one byte at a time and cut in two at every point: all must come to the
/// same.
///
/// # Panics
/// When they do not.
pub fn replay_every_way(config: &Config, stream: &[u8]) -> Transcript {
    let whole = replay(config, [stream]);
    assert_eq!(replay(config, stream.chunks(1)), whole, "one byte at a time");
    for cut in 1..stream.len() {
        let (head, tail) = stream.split_at(cut);
        assert_eq!(replay(config, [head, tail]), whole, "cut at {cut} of {}", stream.len());
    }
    whole
}

/// Sends a message whose bytes are at hand.
#[inline]
pub fn send(
    connection: &mut Connection,
    kind: MessageKind,
    data: &[u8],
    out: &mut Vec<u8>,
) -> Result<bool, UsageError> {
    let message = Outgoing { kind, len: data.len(), compress: None };
    connection.send(message, out, |out| out.extend_from_slice(data))
}

/// One frame as the named role sends it, legal or not: `first` is the whole first byte.
pub fn frame(from: Role, first: u8, payload: &[u8]) -> Vec<u8> {
    let key = (from == Role::Client).then_some([0x37, 0xFA, 0x21, 0x3D]);
    let mut bytes = Vec::new();
    encode_header(first, payload.len(), key, &mut bytes);
    let key = key.unwrap_or_default();
    bytes.extend(payload.iter().zip(key.iter().cycle()).map(|(byte, key)| byte ^ key));
    bytes
}

/// The frames in well-formed output, unmasked.
///
/// # Panics
/// When the bytes are not whole frames.
#[expect(clippy::expect_used, reason = "a check that fails is what this is for")]
pub fn frames(mut bytes: &[u8]) -> Vec<(u8, Vec<u8>)> {
    let mut frames = Vec::new();
    while let Some(&first) = bytes.first() {
        let (header, size) =
            Header::decode(bytes).expect("a legal header").expect("a whole header");
        let length = usize::try_from(header.length).expect("a length that fits");
        let payload = bytes.get(size..size + length).expect("a whole payload");
        let key = header.key.unwrap_or_default();
        frames.push((
            first,
            payload.iter().zip(key.iter().cycle()).map(|(byte, key)| byte ^ key).collect(),
        ));
        bytes = &bytes[size + length..];
    }
    frames
}

/// The first byte of an unfragmented frame.
pub const fn fin(opcode: super::opcode::Opcode) -> u8 {
    FIN | opcode as u8
}

/// A client and a server joined by two byte streams that arrive in pieces of a chosen size.
#[derive(Debug)]
pub struct Pair {
    /// The client's end.
    pub client: Connection,
    /// The server's end.
    pub server: Connection,
    /// Bytes from the client that have not arrived.
    pub to_server: Vec<u8>,
    /// Bytes from the server that have not arrived.
    pub to_client: Vec<u8>,
    /// What the client saw.
    pub client_saw: Vec<Seen>,
    /// What the server saw.
    pub server_saw: Vec<Seen>,
}

impl Pair {
    /// Two fresh ends.
    pub fn new(client: Config, server: Config) -> Self {
        Self {
            client: Connection::new(client),
            server: Connection::new(server),
            to_server: Vec::new(),
            to_client: Vec::new(),
            client_saw: Vec::new(),
            server_saw: Vec::new(),
        }
    }

    /// Carries bytes both ways, in pieces of at most `size`, until none are left.
    ///
    /// # Panics
    /// When the two never fall silent.
    pub fn drive(&mut self, size: usize) {
        for _ in 0..1000 {
            let (to_server, to_client) =
                (std::mem::take(&mut self.to_server), std::mem::take(&mut self.to_client));
            if to_server.is_empty() && to_client.is_empty() {
                return;
            }
            for piece in to_server.chunks(size) {
                self.server_saw.extend(feed(&mut self.server, piece, &mut self.to_client));
            }
            for piece in to_client.chunks(size) {
                self.client_saw.extend(feed(&mut self.client, piece, &mut self.to_server));
            }
        }
        assert!(
            self.to_server.is_empty() && self.to_client.is_empty(),
            "the two never fall silent"
        );
    }
}
