//! Every connection alike, whatever it speaks: one read a turn, one write a turn, and the end.

use std::time::{Duration, Instant};

use super::Host;
use super::conn::{Linger, Protocol};
use super::event::{Cause, Event};
use super::input::Input;
use crate::id::ConnId;
use crate::limits::LINGER_TIMEOUT_MS;
use crate::net::stream::ReadOutcome;
use crate::proto::http1::{self, State};

impl Host {
    /// Reads once from a connection whose turn it is.
    pub(super) fn fill(&mut self, id: ConnId, input: &mut Input) {
        let now = self.now();
        let Some(conn) = self.conns.get_mut(id.index()).filter(|conn| conn.id == id) else {
            return;
        };
        conn.scheduled = false;
        if !conn.takes_input() {
            return;
        }
        if !conn.held_input.is_empty() {
            let held = std::mem::take(&mut conn.held_input);
            input.load(id, &held);
            if conn.readable {
                self.read_again(id);
            }
            return;
        }
        let Some(stream) = conn.stream.as_mut().filter(|_| conn.readable) else { return };
        let (outcome, full) = match input.read(id, stream) {
            Ok(read) => read,
            Err(error) => {
                log::debug!("{id} broke: {error}");
                return self.handle_end(id, true);
            }
        };
        match outcome {
            ReadOutcome::Bytes(_) => {
                conn.readable = full || conn.read_closed;
                if let Protocol::WebSocket(peer) = &mut conn.protocol {
                    peer.keepalive.handle_received(now);
                }
                if conn.readable {
                    self.read_again(id);
                }
            }
            ReadOutcome::WouldBlock => conn.readable = false,
            ReadOutcome::End => self.handle_end(id, false),
        }
    }

    /// Keeps what is still to be decoded for the connection's next turn.
    pub(super) fn put_aside(&mut self, id: ConnId, input: &mut Input) {
        if let Some(conn) = self.conn_mut(id) {
            conn.held_input.extend_from_slice(input.rest());
            let more = !conn.held_input.is_empty();
            if more {
                self.read_again(id);
            }
        }
        self.finish_input(id, input);
    }

    /// What was read from a connection has been decoded.
    pub(super) fn finish_input(&mut self, id: ConnId, input: &mut Input) {
        input.finish();
        // The decoder was lent a buffer for answers to ping and Close.
        if let Some(conn) = self.conns.get_mut(id.index()).filter(|conn| conn.id == id) {
            conn.out.settle(&mut self.buffers);
        }
    }

    /// The one write of a turn.
    pub(super) fn flush_conn(&mut self, id: ConnId) {
        let Some(conn) = self.conns.get_mut(id.index()).filter(|conn| conn.id == id) else {
            return;
        };
        conn.dirty = false;
        let Some(stream) = &mut conn.stream else { return };
        let before = conn.out.len();
        match conn.out.write_to(stream, &mut self.buffers) {
            Ok(true) => self.handle_flushed(id),
            Ok(false) => {
                let moves = conn.out.len() < before;
                if moves || !std::mem::replace(&mut conn.behind, true) {
                    conn.behind = true;
                    self.limit_wait(id);
                }
            }
            Err(error) => {
                log::debug!("{id} broke: {error}");
                conn.out.clear(&mut self.buffers);
                self.handle_end(id, true);
            }
        }
    }

    /// Begins the time after which a peer is given up that takes nothing of its reply, or that
    /// has ended its side and may not be there any more when its reply is made.
    pub(super) fn limit_wait(&mut self, id: ConnId) {
        let now = self.now();
        let Some(conn) = self.conns.get_mut(id.index()).filter(|conn| conn.id == id) else {
            return;
        };
        let server = conn.server.and_then(|server| self.servers.get(server.index()));
        if let Some(server) = server.filter(|_| conn.behind || conn.is_abandoned()) {
            conn.give_up_at = Some(now + server.options.http.request_timeout);
            self.rearm(id);
        }
    }

    fn handle_flushed(&mut self, id: ConnId) {
        let now = self.now();
        let Some(conn) = self.conns.get_mut(id.index()).filter(|conn| conn.id == id) else {
            return;
        };
        let drained = std::mem::take(&mut conn.behind);
        let server = conn.server;
        conn.pending_payload = 0;
        match &mut conn.protocol {
            Protocol::Lingering(linger) if !linger.shut => {
                linger.shut = true;
                linger.deadline = now + Duration::from_millis(LINGER_TIMEOUT_MS);
                if let Some(stream) = &mut conn.stream {
                    stream.shutdown_write();
                }
                if conn.ended {
                    self.remove(id);
                } else {
                    self.rearm(id);
                }
            }
            Protocol::Http(http) => {
                if drained {
                    http.handle_drained(now);
                    conn.give_up_at = None;
                }
                // The next request may have waited for this.
                let more = http.wants_input() && (!conn.held_input.is_empty() || conn.readable);
                if more {
                    self.read_again(id);
                }
                if drained {
                    self.limit_wait(id);
                    self.rearm(id);
                }
            }
            Protocol::WebSocket(peer) => {
                peer.core.flush_pong(conn.out.tail(&mut self.buffers));
                conn.out.settle(&mut self.buffers);
                if !conn.out.is_empty() {
                    self.mark_dirty(id);
                }
                if drained {
                    self.queue.push_back(Event::Drain { conn: id, server });
                }
            }
            _ => {}
        }
    }

    /// Forgets a connection with a reset: the peer is not worth waiting for.
    pub(super) fn reset(&mut self, id: ConnId) {
        if let Some(stream) = self.conn(id).and_then(|conn| conn.stream.as_ref()) {
            stream.reset_on_close();
        }
        self.remove(id);
    }

    /// Forgets a connection and closes its socket.
    pub(super) fn remove(&mut self, id: ConnId) {
        if self.conn(id).is_none() {
            return;
        }
        let mut conn = self.conns.remove(id.index());
        conn.out.clear(&mut self.buffers);
        // Closing the socket takes it out of the poll.
        drop(conn.stream.take());
        if let Some(server_id) = conn.server {
            if let Some(server) = self.server_mut(server_id) {
                server.conns -= 1;
            }
            self.note_server_closed(server_id);
            if self.accept_retry.is_some() {
                self.accept_retry = Some(self.now());
            }
        }
    }

    /// The peer has ended its side, or the connection broke.
    pub(super) fn handle_end(&mut self, id: ConnId, broke: bool) {
        let Some(conn) = self.conn_mut(id) else { return };
        conn.readable = false;
        conn.ended = true;
        match &mut conn.protocol {
            Protocol::WebSocket(_) => self.handle_websocket_end(id, broke),
            Protocol::Handshake(_) | Protocol::Connecting(_) => self.handle_opening_end(id),
            Protocol::Upgrading(_) => self.remove(id),
            Protocol::Lingering(linger) => {
                let over = broke || linger.shut;
                if over {
                    self.remove(id);
                }
            }
            Protocol::Http(_) if broke => self.remove(id),
            Protocol::Http(http) => {
                http.handle_eof();
                if http.state() != State::Responding {
                    self.linger(id);
                }
            }
        }
    }

    /// Closes every server and every connection politely.
    pub fn close_all(&mut self, code: u16, reason: &str) {
        for id in self.server_ids() {
            self.close_server(id, code, reason);
        }
        let rest: Vec<ConnId> = self.conns.iter().map(|(_, conn)| conn.id).collect();
        for id in rest {
            self.close_gracefully(id, code, reason);
        }
    }

    /// Whether any connection is left.
    pub fn has_connections(&self) -> bool {
        !self.conns.is_empty()
    }

    /// Asks a connection to end: politely, and after the reply that is under way.
    pub(super) fn close_gracefully(&mut self, id: ConnId, code: u16, reason: &str) {
        let Some(conn) = self.conn_mut(id) else { return };
        match &mut conn.protocol {
            Protocol::Http(http) => {
                http.shutdown();
                if http.state() == State::Closing {
                    self.linger(id);
                }
            }
            Protocol::WebSocket(peer) => {
                peer.cause.get_or_insert(Cause::Shutdown);
                // A code that may not be sent was refused when the script gave it.
                let _ = self.close_websocket(id, Some(code), reason);
            }
            Protocol::Upgrading(_) => {
                self.refuse_upgrade(id, 503, &[], "the server is closing");
            }
            Protocol::Connecting(_) | Protocol::Handshake(_) => self.terminate(id),
            Protocol::Lingering(_) => {}
        }
    }

    /// Writes what is left, shuts our side down and waits a moment for the peer's.
    pub(super) fn linger(&mut self, id: ConnId) {
        let deadline = self.now() + Duration::from_millis(LINGER_TIMEOUT_MS);
        let Some(conn) = self.conn_mut(id) else { return };
        let replying = matches!(conn.protocol, Protocol::Http(_));
        conn.protocol = Protocol::Lingering(Linger { deadline, shut: false, replying });
        conn.held_input = Vec::new();
        conn.paused = false;
        let again = !conn.ended && (conn.readable || conn.read_closed);
        if again {
            self.read_soon(id);
        }
        self.mark_dirty(id);
        self.rearm(id);
    }

    /// A deadline of the connection has passed.
    pub(super) fn expire(&mut self, id: ConnId, now: Instant) {
        let Some(conn) = self.conns.get_mut(id.index()).filter(|conn| conn.id == id) else {
            return;
        };
        match &mut conn.protocol {
            Protocol::Http(_) if conn.give_up_at.is_some() => {
                log::debug!("{id} timed out: the peer takes no reply");
                self.reset(id);
            }
            Protocol::Http(http) => {
                let date = self.date.at_wall_clock();
                let out = conn.out.tail(&mut self.buffers);
                match http.handle_deadline(now, date, out) {
                    None => {}
                    Some(http1::Event::Failed(error)) => {
                        log::debug!("{id} timed out: {error}");
                        self.linger(id);
                    }
                    Some(_) => self.linger(id),
                }
            }
            Protocol::Upgrading(_) => self.expire_upgrade(id),
            Protocol::WebSocket(_) => self.expire_websocket(id, now),
            Protocol::Connecting(_) | Protocol::Handshake(_) => self.expire_opening(id),
            Protocol::Lingering(_) => self.reset(id),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{ErrorKind, Read, Write};
    use std::net::{Ipv4Addr, TcpStream};

    use super::*;
    use crate::host::{ListenAddress, Message, ServerOptions};
    use crate::net::listener::Address;
    use crate::net::reactor::monotonic_clock;
    use crate::proto::ws::Outgoing;

    /// An echo server.
    struct Echo {
        host: Host,
        input: Input,
    }

    impl Echo {
        /// Turns until `client` has been sent what ends with `end`.
        fn serve(&mut self, client: &mut TcpStream, end: &[u8]) {
            let Self { host, input } = self;
            let mut received = Vec::new();
            for _ in 0..1000 {
                let soon = monotonic_clock() + Duration::from_millis(10);
                host.poll(Some(soon), false).unwrap();
                while let Some(event) = host.next_event(input) {
                    if let Event::Message(Message { conn, kind, payload, .. }) = event {
                        let data = payload.bytes(input.bytes());
                        let message = Outgoing { kind, len: data.len(), compress: None };
                        let echo = |out: &mut Vec<u8>| out.extend_from_slice(data);
                        host.send_websocket(conn, message, echo).unwrap();
                    }
                }
                host.flush();
                let mut piece = [0; 1024];
                match client.read(&mut piece) {
                    Ok(count) => received.extend_from_slice(&piece[..count]),
                    Err(error) => assert_eq!(error.kind(), ErrorKind::WouldBlock),
                }
                if received.ends_with(end) {
                    return;
                }
            }
            panic!("{} does not end as expected", received.escape_ascii());
        }

        /// Whether a connection owns memory for what it says.
        fn owns_buffers(&self) -> bool {
            self.host.conns.iter().any(|(_, conn)| conn.out.capacity() > 0)
        }
    }

    #[test]
    fn a_connection_with_nothing_to_say_owns_no_buffer() {
        let mut host = Host::new().unwrap();
        let address = ListenAddress::Tcp((Ipv4Addr::LOCALHOST, 0).into());
        let (_, address) = host.listen(&address, 16, ServerOptions::default()).unwrap();
        let Address::Tcp(address) = address else { panic!("{address:?}") };
        let mut echo = Echo { host, input: Input::default() };
        let mut client = TcpStream::connect(address).unwrap();
        client.set_nonblocking(true).unwrap();

        let opening = "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
                       Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n";
        client.write_all(opening.as_bytes()).unwrap();
        client.write_all(b"\r\n").unwrap();
        echo.serve(&mut client, b"\r\n\r\n");
        assert!(!echo.owns_buffers(), "after the opening handshake");

        // A masking key of zeros.
        client.write_all(b"\x81\x82\0\0\0\0ab").unwrap();
        echo.serve(&mut client, b"\x81\x02ab");
        assert!(!echo.owns_buffers(), "after an echo");

        client.write_all(b"\x8A\x80\0\0\0\0\x89\x80\0\0\0\0").unwrap();
        echo.serve(&mut client, b"\x8A\x00");
        client.write_all(b"\x8A\x80\0\0\0\0\x89").unwrap();
        echo.serve(&mut client, b"");
        assert!(!echo.owns_buffers(), "after what asks for no answer");
    }
}
