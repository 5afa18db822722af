//! What one connection is made of, and where it stands. Knows no bytes.

use crate::proto::ws::close::CloseInfo;
use crate::proto::ws::code;
use crate::proto::ws::config::{Config, Role};
use crate::proto::ws::deflate::Codec;
use crate::proto::ws::frame::PartialHeader;
use crate::proto::ws::message::Assembly;
use crate::proto::ws::opcode::Opcode;
use crate::proto::ws::state::State;
use crate::proto::ws::utf8::Validator;

/// See the drawing in the [module](super).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
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
///   [`close_sent`](Self::close_sent), [`close_received`](Self::close_received).
/// - Input from the network: [`receive`](Self::receive), called until it returns `None`, and
///   [`handle_eof`](Self::handle_eof).
/// - Commands of the application: [`send`](Self::send),
///   [`ping`](Self::ping), [`pong`](Self::pong), [`close`](Self::close),
///   [`close_for_fault`](Self::close_for_fault), [`fail`](Self::fail).
/// - Output: every method that may have something to send appends it to `out`, the bytes waiting to
///   be written to the network, in order. When the host has drained them it calls
///   [`flush_pong`](Self::flush_pong).
///
/// Most connections are idle most of the time, so what few of them need is boxed.
#[derive(Debug)]
pub struct Connection {
    pub(super) role: Role,
    pub(super) phase: Phase,
    pub(super) ended: bool,
    pub(super) header: PartialHeader,
    /// As in [`Config`].
    pub(super) max_payload: usize,
    /// As in [`Config`].
    pub(super) max_fragments: usize,
    /// The frame whose payload goes on in the next input.
    pub(super) frame: Option<Frame>,
    pub(super) message: Assembly,
    /// Compression, where it was agreed on.
    pub(super) deflate: Option<Box<Codec>>,
    /// Control frames that did not come and go at once.
    pub(super) control: Option<Box<Control>>,
}

/// A frame whose header is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub(super) opcode: Opcode,
    pub(super) fin: bool,
    /// The masking key, which begins with what the next byte is masked with.
    pub(super) key: Option<[u8; 4]>,
    /// A part of the payload has been taken.
    pub(super) begun: bool,
    pub(super) remaining: usize,
}

impl Frame {
    /// So many bytes of the payload have been taken, and more are to come.
    pub(super) fn go_on(&mut self, taken: usize) {
        self.begun |= taken > 0;
        if let Some(key) = &mut self.key {
            key.rotate_left(taken % 4);
        }
    }
}

/// What a connection keeps of control frames.
#[derive(Debug, Default)]
pub(super) struct Control {
    /// The payload so far of one that came in pieces.
    pub(super) partial: Vec<u8>,
    /// The latest ping that went unanswered because too much waits to be sent.
    pub(super) held_ping: Option<Vec<u8>>,
    pub(super) peer_close: Option<(Option<u16>, String)>,
    /// What a server's Close said, where it ended the connection for a fault.
    pub(super) fault: Option<(u16, String)>,
    /// The message of which fragments have been sent, and not the last.
    pub(super) begun: Option<Begun>,
}

/// A message that is sent in fragments.
#[derive(Clone, Debug)]
pub(super) enum Begun {
    /// A text, of which the bytes are checked as they go.
    Text(Validator),
    /// One whose bytes may be any.
    Bytes,
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

    /// Whether a message has begun to be sent and has not ended: no other may be sent meanwhile (RFC
    /// 6455 5.4).
    pub fn is_fragmenting(&self) -> bool {
        self.control.as_ref().is_some_and(|control| control.begun.is_some())
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
    /// closed"). A server that ended the connection for a fault knows better than its peer why.
    pub fn close_info(&self) -> CloseInfo {
        let control = self.control.as_deref();
        let fault = control.and_then(|control| control.fault.as_ref());
        let peer_close = control.and_then(|control| control.peer_close.as_ref());
        // RFC 6455 7.1.5: 1005 for a Close frame without a code, 1006 for the lack of a Close
        // frame.
        let (code, reason) = match (fault, peer_close) {
            (Some((code, reason)), _) => (*code, reason.clone()),
            (None, Some((code, reason))) => (code.unwrap_or(code::NO_STATUS), reason.clone()),
            (None, None) => (code::ABNORMAL, String::new()),
        };
        CloseInfo { code, reason, was_clean: self.phase == Phase::Complete }
    }

    /// A Close frame has named a fault. A client goes by what it receives, as browsers do.
    pub(super) fn note_fault(&mut self, code: u16, reason: &str) {
        if self.role == Role::Server {
            let fault = (code, reason.to_owned());
            self.control.get_or_insert_default().fault = Some(fault);
        }
    }

    /// TCP has ended: no more input, nobody to send to.
    pub fn handle_eof(&mut self) {
        self.ended = true;
        self.release();
    }

    /// Drops what was kept for input that will not be read and output that will not be sent.
    pub(super) fn release(&mut self) {
        self.frame = None;
        self.message = Assembly::default();
        self.deflate = None;
        if let Some(control) = &mut self.control {
            control.partial = Vec::new();
            control.begun = None;
            control.held_ping = None;
        }
    }
}
