//! A connection to a broker. What is said on it, and what comes after it, its line knows.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Instant;

use super::context::{Flush, RoleContext};
use crate::host::broker::{Line, Outage, Protocol, Stage};
use crate::host::effect::{Effect, Ending};
use crate::host::event::ConnError;
use crate::host::input::Input;
use crate::limits::BROKER_WRITE_AHEAD_BYTES;
use crate::net::tls::{Connector, Fault};

/// One of the connections of a line.
pub(in crate::host) struct Broker {
    line: Rc<RefCell<Line>>,
    /// What is to speak TLS with it, until it does.
    tls: Option<Connector>,
}

impl Broker {
    pub(in crate::host) fn new(line: Rc<RefCell<Line>>) -> Self {
        let tls = {
            let options = &line.borrow().options;
            options.tls.clone().filter(|_| matches!(options.protocol, Protocol::Redis))
        };
        Self { line, tls }
    }

    /// The same connection, which goes on in TLS.
    fn secured(&self) -> Self {
        Self { line: self.line.clone(), tls: self.line.borrow().options.tls.clone() }
    }

    pub(super) fn take_tls(&mut self) -> Option<Connector> {
        self.tls.take()
    }

    pub(super) fn takes_input(&self) -> bool {
        self.line.borrow().speaker.takes_input()
    }

    pub(super) fn next_deadline(&self) -> Option<Instant> {
        self.line.borrow().next_deadline()
    }

    pub(super) fn receive(&self, input: &mut Input, cx: &mut RoleContext<'_>) -> Effect<Box<Self>> {
        let now = cx.now();
        let (bytes, position) = input.parts();
        let mut line = self.line.borrow_mut();
        if let Err(error) = line.receive(bytes, position, cx.out(), now) {
            return lose(&mut line, &error, cx);
        }
        if line.speaker.begins_tls() {
            drop(line);
            return Effect::Become(Box::new(self.secured()), None);
        }
        write(&mut line, cx);
        Effect::Rearm
    }

    /// Something else than what came may want to be written.
    pub(super) fn stir(&self, cx: &mut RoleContext<'_>) -> Effect {
        let mut line = self.line.borrow_mut();
        if line.stage == Stage::Ready {
            write(&mut line, cx);
        }
        Effect::Rearm
    }

    pub(super) fn flushed(&self, flush: Flush, cx: &mut RoleContext<'_>) -> Effect {
        if flush.done {
            write(&mut self.line.borrow_mut(), cx);
        }
        Effect::Stay
    }

    pub(super) fn expired(&self, cx: &mut RoleContext<'_>) -> Effect {
        let now = cx.now();
        let mut line = self.line.borrow_mut();
        if let Err(error) = line.expired(cx.out(), now) {
            return lose(&mut line, &error, cx);
        }
        write(&mut line, cx);
        Effect::Stay
    }

    pub(super) fn ended(&self, broke: bool, cx: &RoleContext<'_>) -> Effect {
        let mut line = self.line.borrow_mut();
        let how = if broke { "broke" } else { "ended the connection" };
        let error = Outage::new("ECONNRESET", format!("{} {how}", line.options.shown));
        lose(&mut line, &error, cx)
    }

    pub(super) fn unreachable(&self, error: &ConnError, cx: &RoleContext<'_>) -> Effect {
        let mut line = self.line.borrow_mut();
        let message = format!("{}: {}", line.options.shown, error.message);
        lose(&mut line, &Outage::new(&error.code, message), cx)
    }

    pub(super) fn failed(&self, fault: &Fault, cx: &RoleContext<'_>) -> Effect {
        let mut line = self.line.borrow_mut();
        let message = format!("{}: {}", line.options.shown, fault.message);
        lose(&mut line, &Outage::new(fault.code, message), cx)
    }

    /// The process ends, or nobody needs it any more.
    pub(super) fn close(&self) -> Effect {
        let worked = self.line.borrow_mut().close();
        Effect::End(if worked { Ending::Linger(None) } else { Ending::Remove }, None)
    }
}

/// Writes what waits, if the kernel takes it: the rest is better off where it can be dropped.
fn write(line: &mut Line, cx: &mut RoleContext<'_>) {
    let room = BROKER_WRITE_AHEAD_BYTES.saturating_sub(cx.out.len());
    if room > 0 {
        let now = cx.now();
        line.speaker.flush(cx.out(), room, now);
    }
}

fn lose<R>(line: &mut Line, error: &Outage, cx: &RoleContext<'_>) -> Effect<R> {
    line.lose(error, cx.now());
    Effect::End(Ending::Remove, None)
}
