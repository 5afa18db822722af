//! The state machine of one connection after its opening handshake (RFC 6455 5, 7).
//!
//! ```text
//!                  close()                 peer's Close
//!        ┌─ Open ─────────────▶ CloseSent ─────────────▶ Complete
//!        │   │                      │                       ▲
//!        │   │ fail(), bad input    │ fail(), bad input     │
//!        │   ▼                      │                       │
//!        │ Failed ◀─────────────────┘                       │
//!        │                                                  │
//!        └─ peer's Close, answered at once ─────────────────┘
//!
//!        handle_eof() ends any of them. It stays as clean or unclean as it was.
//! ```
//!
//! Open is [`State::Open`]; the three others are [`State::Closing`]; all become [`State::Closed`]
//! at the end of TCP. A Close frame is the last thing written, ever; nothing is read after the
//! peer's, nor after a fault.

mod receive;
mod send;

pub use send::Outgoing;

use self::receive::Frame;
use super::close::{CloseInfo, code};
use super::config::{Config, Role};
use super::deflate::Codec;
use super::frame::PartialHeader;
use super::message::Assembly;

/// Where the connection stands, in the words of WHATWG's `readyState`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Messages flow both ways.
    Open,
    /// A Close frame was sent, received or both; nothing more can be sent.
    Closing,
    /// TCP has ended.
    Closed,
}

impl State {
    /// The state as a word in a sentence.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closing => "closing",
            Self::Closed => "closed",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Open,
    /// This end sent Close and waits for the peer's.
    CloseSent,
    /// Both Close frames have passed.
    Complete,
    /// This end gave up on the peer (RFC 6455 7.1.7).
    Failed,
}

/// One WebSocket connection, as seen by its bytes. Its methods are of four kinds:
///
/// - Getters take `&self`: [`state`](Self::state), [`close_info`](Self::close_info),
///   [`close_sent`](Self::close_sent),
///   [`close_received`](Self::close_received).
/// - Input from the network: [`receive`](Self::receive), called until it returns `None`, and
///   [`handle_eof`](Self::handle_eof).
/// - Commands of the application: [`send`](Self::send), [`send_with`](Self::send_with),
///   [`ping`](Self::ping),
///   [`pong`](Self::pong), [`close`](Self::close), [`fail`](Self::fail).
/// - Output: every method that may have something to send appends it to `out`, the bytes waiting to
///   be written to the
///   network, in order. When the host has drained them it calls [`flush_pong`](Self::flush_pong).
///
/// Most connections are idle most of the time, so what few of them need is boxed.
#[derive(Debug)]
pub struct Connection {
    role: Role,
    phase: Phase,
    ended: bool,
    header: PartialHeader,
    /// As in [`Config`].
    max_payload: usize,
    /// As in [`Config`].
    max_fragments: usize,
    /// The frame whose payload goes on in the next input.
    frame: Option<Frame>,
    message: Assembly,
    /// Compression, where it was agreed on.
    deflate: Option<Box<Codec>>,
    /// Control frames that did not come and go at once.
    control: Option<Box<Control>>,
}

/// What a connection keeps of control frames.
#[derive(Debug, Default)]
struct Control {
    /// The payload so far of one that came in pieces.
    partial: Vec<u8>,
    /// The latest ping that went unanswered because too much waits to be sent.
    held_ping: Option<Vec<u8>>,
    peer_close: Option<(Option<u16>, String)>,
}

impl Connection {
    /// A connection whose opening handshake is complete.
    #[expect(clippy::needless_pass_by_value, reason = "a configuration is for one connection")]
    pub fn new(config: Config) -> Self {
        let Config { role, max_payload, max_fragments, deflate } = config;
        Self {
            role,
            phase: Phase::Open,
            ended: false,
            header: PartialHeader::default(),
            max_payload,
            max_fragments,
            frame: None,
            message: Assembly::default(),
            deflate: deflate.map(|params| Box::new(Codec::new(params))),
            control: None,
        }
    }

    /// Where the connection stands.
    #[inline]
    pub fn state(&self) -> State {
        match (self.ended, self.phase) {
            (true, _) => State::Closed,
            (false, Phase::Open) => State::Open,
            (false, _) => State::Closing,
        }
    }

    /// Whether a Close frame was written.
    pub fn close_sent(&self) -> bool {
        self.phase != Phase::Open
    }

    /// Whether the peer's Close frame was read.
    pub fn close_received(&self) -> bool {
        self.phase == Phase::Complete
    }

    /// What a `CloseEvent` shows, were TCP to end now (WHATWG, "when the WebSocket connection is
    /// closed").
    pub fn close_info(&self) -> CloseInfo {
        // RFC 6455 7.1.5: 1005 for a Close frame without a code, 1006 for the lack of a Close
        // frame.
        let peer_close = self.control.as_ref().and_then(|control| control.peer_close.as_ref());
        let (code, reason) = match peer_close {
            Some((code, reason)) => (code.unwrap_or(code::NO_STATUS), reason.clone()),
            None => (code::ABNORMAL, String::new()),
        };
        CloseInfo { code, reason, was_clean: self.phase == Phase::Complete }
    }

    /// TCP has ended: no more input, nobody to send to.
    pub fn handle_eof(&mut self) {
        self.ended = true;
        self.release();
    }

    /// Drops what was kept for input that will not be read and output that will not be sent.
    fn release(&mut self) {
        self.frame = None;
        self.message = Assembly::default();
        self.deflate = None;
        if let Some(control) = &mut self.control {
            control.partial = Vec::new();
            control.held_ping = None;
        }
    }
}
