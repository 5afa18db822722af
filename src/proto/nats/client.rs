//! One connection to a server, from INFO on.
//!
//! A server begins, with INFO. TLS comes behind that where it was asked for: whoever owns the socket
//! sees to it (`Event::Secure`), and what is written from there on leaves in TLS. CONNECT and a PING
//! follow, and with the PONG the server has accepted who connects. Later PINGs of ours are answered in
//! their order, each when the server has dealt with all that was sent before it.

use super::error::{PeerError, ServerError, UsageError};
use super::frame::{Frame, Message, excerpt, parse};
use super::info::ServerInfo;
use super::login::Login;
use super::write;
use crate::limits::NATS_PAYLOAD_BYTES_MAX;

/// What has come.
#[derive(Debug, PartialEq, Eq)]
pub enum Event<'a> {
    /// TLS begins here, before anything that was answered is sent. Whoever has the socket sees to
    /// it.
    Secure,
    /// The server takes messages and subscriptions from now on.
    Ready,
    /// It has something new to say of itself.
    Info,
    /// It is about to end, and others of its cluster are not.
    Leaving,
    /// A message for one of the subscriptions.
    Message(Message<'a>),
    /// It has dealt with all that was sent before one more of our PINGs.
    Pong,
    /// It complains.
    Error(ServerError),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// Nothing has come.
    Info,
    /// TLS is asked for.
    Securing,
    /// CONNECT is written.
    Greeting,
    /// It is accepted.
    Ready,
}

/// The client's end of a connection.
#[derive(Debug)]
pub struct Client {
    session: Session,
    /// What has come of something that has not come as a whole, from `start` on.
    partial: Vec<u8>,
    start: usize,
}

/// How far it has come.
#[derive(Debug)]
struct Session {
    login: Login,
    phase: Phase,
    info: Option<ServerInfo>,
}

impl Client {
    /// A client that waits for what the server says of itself.
    pub fn new(login: Login) -> Self {
        let session = Session { login, phase: Phase::Info, info: None };
        Self { session, partial: Vec::new(), start: 0 }
    }

    /// What the server has said of itself last.
    pub fn info(&self) -> Option<&ServerInfo> {
        self.session.info.as_ref()
    }

    /// Whether messages and subscriptions may be sent.
    pub fn is_ready(&self) -> bool {
        self.session.phase == Phase::Ready
    }

    /// Bytes of a message and its headers that the server takes.
    pub fn max_payload(&self) -> usize {
        self.info().map_or(NATS_PAYLOAD_BYTES_MAX, |info| info.max_payload)
    }

    /// Takes what comes next from `input[*position..]`, and answers into `out`. `None`: all of it is
    /// taken. Nothing may follow an error.
    pub fn next<'a>(
        &'a mut self,
        input: &'a [u8],
        position: &mut usize,
        out: &mut Vec<u8>,
    ) -> Result<Option<Event<'a>>, PeerError> {
        let Self { session, partial, start } = self;
        if *start == partial.len() {
            // A large message leaves no large buffer behind.
            (*partial, *start) = (Vec::new(), 0);
        }
        let rest = input.get(*position..).unwrap_or_default();
        if partial.is_empty() {
            let mut taken = 0;
            let event = session.next(rest, &mut taken, out)?;
            *position += taken;
            if event.is_none() {
                partial.extend_from_slice(&rest[taken..]);
                *position = input.len();
            }
            return Ok(event);
        }
        if !rest.is_empty() {
            partial.drain(..*start);
            *start = 0;
            partial.extend_from_slice(rest);
            *position = input.len();
        }
        session.next(partial, start, out)
    }

    /// Publishes to a subject, with these fields and a payload of all parts. An answer goes to
    /// `reply`.
    pub fn publish(
        &self,
        (subject, reply): (&str, Option<&str>),
        fields: &[(&str, &str)],
        parts: &[&[u8]],
        out: &mut Vec<u8>,
    ) -> Result<(), UsageError> {
        write::publish((subject, reply), fields, parts, self.max_payload(), out)
    }

    /// Whether the server takes what [`publish`](Self::publish) has written, maybe for another one.
    pub fn check_published(&self, written: &[u8]) -> Result<(), UsageError> {
        let line = written.iter().position(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let bytes = written.len().saturating_sub(line + 2);
        let limit = self.max_payload();
        if bytes > limit {
            return Err(UsageError::PayloadTooLarge { bytes, limit });
        }
        if written.is_empty() {
            return Err(UsageError::Unwritten);
        }
        Ok(())
    }

    /// Subscribes to a subject, which may have stars. Of those with the same queue, one gets each
    /// message.
    pub fn subscribe(
        &self,
        (subject, queue): (&str, Option<&str>),
        sid: u64,
        out: &mut Vec<u8>,
    ) -> Result<(), UsageError> {
        write::subscribe((subject, queue), sid, out)
    }

    /// Ends a subscription.
    pub fn unsubscribe(&self, sid: u64, out: &mut Vec<u8>) {
        write::unsubscribe(sid, out);
    }

    /// Asks for an `Event::Pong`.
    pub fn ping(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"PING\r\n");
    }
}

impl Session {
    /// The next thing in `bytes[*start..]` that is of interest.
    fn next<'a>(
        &mut self,
        bytes: &'a [u8],
        start: &mut usize,
        out: &mut Vec<u8>,
    ) -> Result<Option<Event<'a>>, PeerError> {
        while let Some((frame, length)) = self.parse(&bytes[*start..])? {
            *start += length;
            let event = self.handle(frame, out)?;
            if event == Some(Event::Secure) {
                if *start < bytes.len() {
                    // It has come without TLS, from whomever.
                    return Err(PeerError::BeforeTls);
                }
                self.greet(out)?;
            }
            if event.is_some() {
                return Ok(event);
            }
        }
        Ok(None)
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
            (Frame::Info(text), Phase::Info) => {
                self.begin(ServerInfo::read(text)?, out)?;
                (self.phase == Phase::Securing).then_some(Event::Secure)
            }
            (Frame::Info(text), _) => {
                let info = self.info.insert(ServerInfo::read(text)?);
                let leaves = info.lame_duck && !info.connect_urls.is_empty();
                Some(if leaves { Event::Leaving } else { Event::Info })
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
        out.extend_from_slice(b"PING\r\n");
        self.phase = Phase::Greeting;
        Ok(())
    }
}
