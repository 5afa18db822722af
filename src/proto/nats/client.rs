//! One connection to a server, from INFO on.
//!
//! ```text
//! Info ──▶ Securing ──▶ Greeting ──▶ Ready
//!   └─────────────────────▲
//! ```
//!
//! A server begins, with INFO. TLS comes behind that where one side wants it: whoever owns the socket
//! sees to it (`Taken::Secure`) and says when it is there (`secured`). CONNECT and a PING follow, and
//! with the PONG the server has accepted who connects. Later PINGs of ours are answered in their
//! order, each when the server has dealt with all that was sent before it.

use super::error::{PeerError, ServerError, UsageError};
use super::frame::{Frame, Message, excerpt, parse};
use super::info::ServerInfo;
use super::login::Login;
use super::write;
use crate::limits::NATS_PAYLOAD_BYTES_MAX;

/// What has come.
#[derive(Debug, PartialEq, Eq)]
pub enum Event<'a> {
    /// The server takes messages and subscriptions from now on.
    Ready,
    /// It has something new to say of itself.
    Info,
    /// A message for one of the subscriptions.
    Message(Message<'a>),
    /// It has dealt with all that was sent before one more of our PINGs.
    Pong,
    /// It complains.
    Error(ServerError),
}

/// How far a client has got with its input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// All of it is taken.
    All,
    /// TLS begins here.
    Secure,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Info,
    Securing,
    Greeting,
    Ready,
}

/// The client's end of a connection.
#[derive(Debug)]
pub struct Client {
    login: Login,
    phase: Phase,
    info: Option<ServerInfo>,
    /// The beginning of what has not come as a whole.
    partial: Vec<u8>,
}

impl Client {
    /// A client that waits for what the server says of itself.
    pub fn new(login: Login) -> Self {
        Self { login, phase: Phase::Info, info: None, partial: Vec::new() }
    }

    /// What the server has said of itself last.
    pub fn info(&self) -> Option<&ServerInfo> {
        self.info.as_ref()
    }

    /// Whether messages and subscriptions may be sent.
    pub fn is_ready(&self) -> bool {
        self.phase == Phase::Ready
    }

    /// Bytes of a message and its headers that the server takes.
    pub fn max_payload(&self) -> usize {
        self.info.as_ref().map_or(NATS_PAYLOAD_BYTES_MAX, |info| info.max_payload)
    }

    /// Takes `input`, hands on what it brings, and answers into `out`. Nothing may follow an error.
    pub fn receive(
        &mut self,
        input: &[u8],
        out: &mut Vec<u8>,
        mut hear: impl FnMut(&Self, Event<'_>),
    ) -> Result<Taken, PeerError> {
        let mut partial = std::mem::take(&mut self.partial);
        let bytes = if partial.is_empty() {
            input
        } else {
            partial.extend_from_slice(input);
            &partial
        };
        let mut taken = 0;
        while let Some((frame, length)) = self.parse(&bytes[taken..])? {
            taken += length;
            if let Some(event) = self.handle(frame, out)? {
                hear(self, event);
            }
            if self.phase == Phase::Securing {
                // Whatever is here already has come without TLS.
                if taken < bytes.len() {
                    return Err(PeerError::BeforeTls);
                }
                return Ok(Taken::Secure);
            }
        }
        if partial.is_empty() {
            self.partial.extend_from_slice(&input[taken..]);
        } else {
            partial.drain(..taken);
            // A large message leaves no large buffer behind.
            self.partial = if partial.is_empty() { Vec::new() } else { partial };
        }
        Ok(Taken::All)
    }

    /// TLS is there.
    pub fn secured(&mut self, out: &mut Vec<u8>) -> Result<(), PeerError> {
        if self.phase == Phase::Securing { self.greet(out) } else { Ok(()) }
    }

    /// Publishes to a subject, with these fields and a payload of all parts.
    pub fn publish(
        &self,
        subject: &str,
        reply: Option<&str>,
        fields: &[(&str, &str)],
        parts: &[&[u8]],
        out: &mut Vec<u8>,
    ) -> Result<(), UsageError> {
        write::publish((subject, reply), fields, parts, self.max_payload(), out)
    }

    /// Subscribes to a subject, which may have stars.
    pub fn subscribe(&self, subject: &str, sid: u64, out: &mut Vec<u8>) -> Result<(), UsageError> {
        write::subscribe(subject, sid, out)
    }

    /// Ends a subscription.
    pub fn unsubscribe(&self, sid: u64, out: &mut Vec<u8>) {
        write::unsubscribe(sid, out);
    }

    /// Asks for an `Event::Pong`.
    pub fn ping(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"PING\r\n");
    }

    fn parse<'a>(&self, bytes: &'a [u8]) -> Result<Option<(Frame<'a>, usize)>, PeerError> {
        match parse(bytes, NATS_PAYLOAD_BYTES_MAX) {
            // Whoever has never said anything right is no server of NATS at all.
            Err(PeerError::Unknown(_)) if self.phase == Phase::Info => {
                Err(PeerError::NotNats(excerpt(bytes)))
            }
            other => other,
        }
    }

    fn handle<'a>(
        &mut self,
        frame: Frame<'a>,
        out: &mut Vec<u8>,
    ) -> Result<Option<Event<'a>>, PeerError> {
        Ok(match (frame, self.phase) {
            (Frame::Info(text), phase) => {
                let info = ServerInfo::read(text)?;
                if phase == Phase::Info {
                    self.begin(info, out)?;
                } else {
                    self.info = Some(info);
                }
                Some(Event::Info)
            }
            (Frame::Error(text), _) => Some(Event::Error(ServerError::new(&text))),
            (Frame::Ping, Phase::Greeting | Phase::Ready) => {
                out.extend_from_slice(b"PONG\r\n");
                None
            }
            (Frame::Pong, Phase::Greeting) => {
                self.phase = Phase::Ready;
                Some(Event::Ready)
            }
            (Frame::Pong, Phase::Ready) => Some(Event::Pong),
            (Frame::Message(message), Phase::Ready) => Some(Event::Message(message)),
            (Frame::Ok, Phase::Greeting | Phase::Ready) => None,
            (frame, _) => return Err(PeerError::Unknown(excerpt(format!("{frame:?}").as_bytes()))),
        })
    }

    /// The server has said what it is.
    fn begin(&mut self, info: ServerInfo, out: &mut Vec<u8>) -> Result<(), PeerError> {
        if !info.headers {
            return Err(PeerError::TooOld(info.version));
        }
        let begins_tls = self.login.begins_tls(&info)?;
        self.info = Some(info);
        if begins_tls {
            self.phase = Phase::Securing;
            return Ok(());
        }
        self.greet(out)
    }

    fn greet(&mut self, out: &mut Vec<u8>) -> Result<(), PeerError> {
        let Some(info) = &self.info else { return Ok(()) };
        self.login.write(info, out)?;
        self.ping(out);
        self.phase = Phase::Greeting;
        Ok(())
    }
}
