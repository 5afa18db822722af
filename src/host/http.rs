//! HTTP connections: decoding requests and answering them.

use std::time::UNIX_EPOCH;

use super::Host;
use super::conn::Protocol;
use super::event::Event;
use super::input::Input;
use crate::id::ConnId;
use crate::net::reactor::wall_clock;
use crate::proto::http1::{self, Response, State, UsageError};

/// A reply of a script.
#[derive(Debug, Default)]
pub struct Reply<'a> {
    /// The status code.
    pub status: u16,
    /// Fields, in order.
    pub headers: &'a [(&'a str, &'a [u8])],
    /// The content.
    pub body: &'a [u8],
}

/// The `Date` field's text, made once a second. The clock is read once a turn.
#[derive(Default)]
pub(super) struct DateText {
    second: u64,
    text: String,
    /// It is of this turn.
    fresh: bool,
}

impl DateText {
    /// The time has moved on.
    pub(super) fn begin_turn(&mut self) {
        self.fresh = false;
    }

    pub(super) fn at_wall_clock(&mut self) -> &str {
        if !std::mem::replace(&mut self.fresh, true) {
            let now = wall_clock();
            let second = now.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
            if second != self.second || self.text.is_empty() {
                self.second = second;
                self.text = httpdate::fmt_http_date(now);
            }
        }
        &self.text
    }
}

impl Host {
    /// Decodes on, up to the next event of the connection that `input` belongs to.
    pub(super) fn advance(&mut self, id: ConnId, input: &mut Input) -> Option<Event> {
        loop {
            let conn = self.conns.get_mut(id.index()).filter(|conn| conn.id == id)?;
            if !conn.takes_input() {
                conn.held_input.extend_from_slice(input.rest());
                return None;
            }
            match &mut conn.protocol {
                Protocol::Http(_) => {
                    if let Step::Done(event) = self.advance_http(id, input) {
                        return event;
                    }
                    // The script hears of the WebSocket before it hears of its first message.
                    if let Some(event) = self.queue.pop_front() {
                        return Some(event);
                    }
                }
                Protocol::WebSocket(_) => return self.advance_websocket(id, input),
                Protocol::Handshake(_) => {
                    if !self.advance_handshake(id, input) {
                        return None;
                    }
                    if let Some(event) = self.queue.pop_front() {
                        return Some(event);
                    }
                }
                Protocol::Lingering(_) | Protocol::Connecting(_) | Protocol::Upgrading(_) => {
                    return None;
                }
            }
        }
    }

    fn advance_http(&mut self, id: ConnId, input: &mut Input) -> Step {
        let now = self.now();
        let Some(conn) = self.conns.get_mut(id.index()).filter(|conn| conn.id == id) else {
            return Step::Done(None);
        };
        let Protocol::Http(http) = &mut conn.protocol else { return Step::Done(None) };
        let Some(server) = conn.server else { return Step::Done(None) };
        let out = conn.out.tail(&mut self.buffers);
        let (bytes, position) = input.parts();
        let date = &mut self.date;
        let event = http.receive(bytes, position, now, || date.at_wall_clock(), out);
        let written = !out.is_empty();
        if written {
            self.mark_dirty(id);
        }
        self.rearm(id);
        match event {
            None => {
                // What was read before the peer ended its side is no whole request.
                if self.conn(id).is_some_and(|conn| conn.ended) {
                    self.handle_end(id, false);
                }
                Step::Done(None)
            }
            Some(http1::Event::Request(request)) => {
                self.limit_wait(id);
                Step::Done(Some(Event::Request { conn: id, server, request }))
            }
            Some(http1::Event::Upgrade(request)) => {
                self.upgrade(id, server, request);
                Step::Again
            }
            Some(http1::Event::Failed(error)) => {
                log::debug!("{id} refused: {error}");
                self.linger(id);
                Step::Done(None)
            }
            Some(http1::Event::Close) => {
                self.linger(id);
                Step::Done(None)
            }
        }
    }

    /// Answers the request that `Event::Request` brought. An error names what is wrong with the
    /// reply, and the request is still to be answered. A connection that is gone takes anything.
    pub fn respond(&mut self, id: ConnId, reply: &Reply<'_>) -> Result<(), UsageError> {
        let now = self.now();
        let Some(conn) = self.conns.get_mut(id.index()).filter(|conn| conn.id == id) else {
            return Ok(());
        };
        let Protocol::Http(http) = &mut conn.protocol else { return Ok(()) };
        let response = Response {
            status: reply.status,
            reason: None,
            headers: reply.headers,
            body: reply.body,
        };
        let date = self.date.at_wall_clock();
        http.respond(&response, date, now, conn.out.tail(&mut self.buffers))?;
        self.after_reply(id);
        Ok(())
    }

    /// Answers a request that its handler failed.
    pub fn fail_request(&mut self, id: ConnId, status: u16, message: &str) {
        let now = self.now();
        let Some(conn) = self.conns.get_mut(id.index()).filter(|conn| conn.id == id) else {
            return;
        };
        let Protocol::Http(http) = &mut conn.protocol else { return };
        let date = self.date.at_wall_clock();
        http.fail(status, message, date, now, conn.out.tail(&mut self.buffers));
        self.after_reply(id);
    }

    fn after_reply(&mut self, id: ConnId) {
        self.mark_dirty(id);
        let Some(conn) = self.conn_mut(id) else { return };
        if !conn.behind {
            conn.give_up_at = None;
        }
        let Protocol::Http(http) = &conn.protocol else { return };
        if http.state() == State::Closing {
            return self.linger(id);
        }
        if conn.ended && conn.held_input.is_empty() {
            return self.linger(id);
        }
        // The next request may have come already.
        let more = !conn.held_input.is_empty() || conn.readable;
        if more {
            self.read_again(id);
        }
        self.rearm(id);
    }

    /// A peer's address.
    pub fn peer_address(&self, id: ConnId) -> Option<std::net::SocketAddr> {
        self.conn(id).and_then(|conn| conn.peer)
    }
}

enum Step {
    /// The input has been used up, or an event came.
    Done(Option<Event>),
    /// The connection speaks another protocol now: decode on.
    Again,
}

#[cfg(test)]
mod tests {
    use super::DateText;

    #[test]
    fn the_date_changes_with_the_turn() {
        let mut date = DateText { second: 1, text: "of this turn".to_owned(), fresh: true };
        assert_eq!(date.at_wall_clock(), "of this turn");
        date.begin_turn();
        let text = date.at_wall_clock().to_owned();
        assert!(httpdate::parse_http_date(&text).is_ok(), "{text}");
        assert_eq!(date.at_wall_clock(), text);
    }
}
