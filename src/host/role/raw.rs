//! A connection whose bytes a script reads and writes itself: what they mean, the script alone knows.
//!
//! ```text
//! outgoing:  Connecting ──▶ Open
//!                └──▶ Securing ──▶ Open
//! accepted:  Open, or Securing ──▶ Open
//! ```
//!
//! Each side ends by itself: the script is told of the peer's end, and says when its own has come.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Instant;

use super::context::{Flush, RoleContext};
use crate::host::effect::{Effect, Ending};
use crate::host::event::{ConnError, Event};
use crate::host::input::Input;
use crate::host::raw_news::{RawFault, RawNews};
use crate::id::ConnId;
use crate::net::tls::{Connector, Fault};

/// A connection that belongs to a script.
pub(in crate::host) struct Raw {
    /// What is to speak TLS with the peer, once there is a connection.
    tls: Option<Connector>,
    stage: Stage,
    /// The script takes what comes.
    reading: bool,
    /// The script waits until all that it has written has left.
    wants_room: bool,
    side: Side,
    /// Until when the handshake of TLS has time.
    deadline: Option<Instant>,
    /// What is wrong with the socket, once that is known.
    fault: Option<RawFault>,
    /// It keeps no process alive.
    unreferenced: Option<Unreferenced>,
}

/// How far the connection has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Connecting,
    Securing,
    Open,
}

/// This side of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Open,
    /// Ends once all is written.
    Ending,
    Ended,
}

/// Counts as one of those that keep no process alive, for as long as it is there.
pub(in crate::host) struct Unreferenced(Rc<Cell<usize>>);

impl Unreferenced {
    pub(in crate::host) fn new(count: &Rc<Cell<usize>>) -> Self {
        count.set(count.get() + 1);
        Self(count.clone())
    }
}

impl Drop for Unreferenced {
    fn drop(&mut self) {
        self.0.set(self.0.get().saturating_sub(1));
    }
}

impl Raw {
    fn new(stage: Stage) -> Box<Self> {
        Box::new(Self {
            tls: None,
            stage,
            reading: false,
            wants_room: false,
            side: Side::Open,
            deadline: None,
            fault: None,
            unreferenced: None,
        })
    }

    /// One that is to be connected.
    pub(in crate::host) fn outgoing(tls: Option<Connector>) -> Box<Self> {
        Box::new(Self { tls, ..*Self::new(Stage::Connecting) })
    }

    /// One that is there.
    pub(in crate::host) fn open() -> Box<Self> {
        Self::new(Stage::Open)
    }

    /// One that is there, and has TLS to begin with, which is to be done by then.
    pub(in crate::host) fn securing(deadline: Option<Instant>) -> Box<Self> {
        Box::new(Self { deadline, ..*Self::new(Stage::Securing) })
    }

    pub(in crate::host) fn take_tls(&mut self) -> Option<Connector> {
        self.tls.take()
    }

    /// The socket is connected. What the script is told.
    pub(in crate::host) fn connected(&mut self) -> RawNews {
        self.stage = if self.tls.is_some() { Stage::Securing } else { Stage::Open };
        RawNews::Connected
    }

    /// TLS begins on a connection that is there.
    pub(in crate::host) fn begin_tls(&mut self, deadline: Option<Instant>) {
        self.stage = Stage::Securing;
        self.deadline = deadline;
    }

    /// Whether the end of a TLS handshake is news.
    pub(in crate::host) fn is_securing(&self) -> bool {
        self.stage == Stage::Securing
    }

    /// The handshake of TLS is done.
    pub(in crate::host) fn secured(&mut self) {
        self.stage = Stage::Open;
        self.deadline = None;
    }

    pub(super) fn takes_input(&self) -> bool {
        self.reading || self.stage == Stage::Securing
    }

    pub(in crate::host) fn set_reading(&mut self, reading: bool) {
        self.reading = reading;
    }

    /// The script is to be told once all is written.
    pub(in crate::host) fn want_room(&mut self) {
        self.wants_room = true;
    }

    pub(in crate::host) fn set_unreferenced(&mut self, unreferenced: Option<Unreferenced>) {
        self.unreferenced = unreferenced;
    }

    /// Nothing more will be written.
    pub(in crate::host) fn end(&mut self) {
        if self.side == Side::Open {
            self.side = Side::Ending;
        }
    }

    /// Takes note of what a read or a write has met, for when the connection is over.
    pub(in crate::host) fn note_fault(&mut self, error: &std::io::Error, syscall: &'static str) {
        self.fault = Some(RawFault::of(error, syscall));
    }

    pub(super) fn next_deadline(&self) -> Option<Instant> {
        self.deadline
    }

    /// All of what one read has brought is one piece of news.
    pub(super) fn receive(input: &mut Input, cx: &RoleContext<'_>) -> Effect {
        let (bytes, position) = input.parts();
        let range = *position..bytes.len();
        if range.is_empty() {
            return Effect::Stay;
        }
        *position = bytes.len();
        tell(cx.id, RawNews::Data(range))
    }

    pub(super) fn flushed(&mut self, flush: Flush, cx: &RoleContext<'_>) -> Effect {
        if !flush.done || self.stage != Stage::Open {
            return Effect::Stay;
        }
        if self.side == Side::Ending {
            self.side = Side::Ended;
            return Effect::Shutdown(Some(Event::Raw { conn: cx.id, news: RawNews::Finished }));
        }
        if std::mem::take(&mut self.wants_room) { tell(cx.id, RawNews::Room) } else { Effect::Stay }
    }

    pub(super) fn ended(&mut self, broke: bool, cx: &RoleContext<'_>) -> Effect {
        if broke {
            let fault = self.fault.take().unwrap_or_else(RawFault::reset);
            return close(Ending::Remove, Some(fault), cx);
        }
        if self.stage != Stage::Open {
            return close(Ending::Remove, Some(RawFault::reset()), cx);
        }
        tell(cx.id, RawNews::End)
    }

    pub(super) fn unreachable(error: ConnError, cx: &RoleContext<'_>) -> Effect {
        let fault = RawFault {
            syscall: Some("connect"),
            attempts: error.attempts,
            ..RawFault::new(&error.code, error.message)
        };
        close(Ending::Remove, Some(fault), cx)
    }

    pub(super) fn failed(&mut self, fault: &Fault, cx: &RoleContext<'_>) -> Effect {
        if fault.is_truncation() && self.stage == Stage::Open {
            // What is said over it has an end of its own, or has none.
            return self.ended(false, cx);
        }
        close(Ending::Linger(None), Some(RawFault::of_tls(fault)), cx)
    }

    pub(super) fn expired(&mut self, cx: &RoleContext<'_>) -> Effect {
        if self.deadline.take().is_none_or(|deadline| deadline > cx.now()) {
            return Effect::Stay;
        }
        let fault = RawFault::new("ERR_TLS_HANDSHAKE_TIMEOUT", "TLS handshake timeout");
        close(Ending::Reset, Some(fault), cx)
    }

    /// The process ends: what is left is written.
    pub(super) fn close(cx: &RoleContext<'_>) -> Effect {
        close(Ending::Linger(None), None, cx)
    }

    /// It waits for too much, or is in somebody's way.
    pub(super) fn abort(cx: &RoleContext<'_>) -> Effect {
        let message = "too much waits for all peers together, and much of it for this one";
        close(Ending::Reset, Some(RawFault::new("ENOBUFS", message)), cx)
    }
}

fn tell(conn: ConnId, news: RawNews) -> Effect {
    Effect::Emit(Event::Raw { conn, news })
}

fn close(ending: Ending, fault: Option<RawFault>, cx: &RoleContext<'_>) -> Effect {
    let news = RawNews::Closed(fault.map(Box::new));
    Effect::End(ending, Some(Event::Raw { conn: cx.id, news }))
}
