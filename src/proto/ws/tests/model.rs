//! Every order of events around the closing handshake, against what must hold after each of them.

use super::config;
use crate::proto::ws::opcode::MessageKind;
use crate::proto::ws::testing::{Seen, feed, frame, frames, send};
use crate::proto::ws::{Connection, Role, State};

/// What can happen to a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    LocalClose,
    LocalFail,
    LocalSend,
    PeerClose,
    PeerData,
    PeerFragment,
    PeerPing,
    PeerFault,
    Drained,
    Eof,
}

const STEPS: [Step; 10] = [
    Step::LocalClose,
    Step::LocalFail,
    Step::LocalSend,
    Step::PeerClose,
    Step::PeerData,
    Step::PeerFragment,
    Step::PeerPing,
    Step::PeerFault,
    Step::Drained,
    Step::Eof,
];

/// The connection, and what an observer knows of it.
struct Observed {
    connection: Connection,
    peer: Role,
    out: Vec<u8>,
    events: Vec<Seen>,
    /// A whole message may follow; a fragment was sent otherwise.
    between_messages: bool,
    local_closed: bool,
    ended: bool,
}

impl Observed {
    fn new(role: Role) -> Self {
        let peer = if role == Role::Client { Role::Server } else { Role::Client };
        let connection = Connection::new(config(role));
        let (out, events) = (Vec::new(), Vec::new());
        Self {
            connection,
            peer,
            out,
            events,
            between_messages: true,
            local_closed: false,
            ended: false,
        }
    }

    fn input(&mut self, first: u8, payload: &[u8]) {
        let bytes = frame(self.peer, first, payload);
        self.events.extend(feed(&mut self.connection, &bytes, &mut self.out));
    }

    fn step(&mut self, step: Step) {
        match step {
            Step::LocalClose => {
                assert_eq!(self.connection.close(Some(4001), "", &mut self.out), Ok(()));
                self.local_closed |= !self.ended;
            }
            Step::LocalFail => {
                self.connection.fail(1011, "", &mut self.out);
                self.local_closed |= !self.ended;
            }
            Step::LocalSend => {
                let open = self.connection.state() == State::Open;
                assert_eq!(
                    send(&mut self.connection, MessageKind::Text, b"x", &mut self.out).is_ok(),
                    open
                );
            }
            Step::PeerClose => self.input(0x88, b"\x0F\xA2"),
            Step::PeerData if self.between_messages => self.input(0x82, b"data"),
            Step::PeerData => {
                self.input(0x80, b"end");
                self.between_messages = true;
            }
            Step::PeerFragment => {
                self.input(if self.between_messages { 0x02 } else { 0x00 }, b"part");
                self.between_messages = false;
            }
            Step::PeerPing => self.input(0x89, b""),
            Step::PeerFault => self.input(0xF0, b""),
            Step::Drained => self.connection.flush_pong(&mut self.out),
            Step::Eof => {
                self.connection.handle_eof();
                self.ended = true;
            }
        }
    }

    fn check(&self) {
        let sent = frames(&self.out);
        let closes = sent.iter().filter(|(first, _)| *first == 0x88).count();
        let last_is_close = sent.last().is_some_and(|(first, _)| *first == 0x88);
        assert!(closes <= 1, "at most one Close frame");
        assert_eq!(closes == 1, last_is_close, "Close is the last frame");

        let ends = |event: &Seen| matches!(event, Seen::Close(..) | Seen::Failed(_));
        let end = self.events.iter().position(ends);
        assert!(end.is_none_or(|at| at + 1 == self.events.len()), "no event after the last");
        let peer_closed = self.events.iter().any(|event| matches!(event, Seen::Close(..)));

        let expected = match (self.ended, closes > 0) {
            (true, _) => State::Closed,
            (_, true) => State::Closing,
            _ => State::Open,
        };
        assert_eq!(self.connection.state(), expected);
        assert_eq!(self.connection.close_received(), peer_closed);
        let closing = self.local_closed || end.is_some();
        assert_eq!(
            closes == 1,
            closing,
            "one Close frame exactly when one end closes or a fault is seen"
        );

        let info = self.connection.close_info();
        assert_eq!(info.was_clean, peer_closed && closes == 1);
        let said = sent.iter().find(|(first, _)| *first == 0x88);
        let said = said.and_then(|(_, payload)| Some(u16::from_be_bytes(*payload.first_chunk()?)));
        let expected = match said {
            Some(code @ (1002 | 1011)) if self.peer == Role::Client => code,
            _ if peer_closed => 4002,
            _ => 1006,
        };
        assert_eq!(info.code, expected);
    }
}

#[test]
fn every_order_of_five_events_keeps_the_promises() {
    for role in [Role::Client, Role::Server] {
        for order in 0..STEPS.len().pow(5) {
            let mut observed = Observed::new(role);
            let mut order = order;
            for _ in 0..5 {
                observed.step(STEPS[order % STEPS.len()]);
                observed.check();
                order /= STEPS.len();
            }
        }
    }
}

#[test]
fn long_random_orders_keep_the_promises() {
    let mut numbers = super::Numbers(13);
    for round in 0..2000 {
        let mut observed = Observed::new(if round % 2 == 0 { Role::Client } else { Role::Server });
        for _ in 0..30 {
            // Endings are rare, so that long lives are walked too.
            let step = STEPS[numbers.below(STEPS.len())];
            let ending =
                matches!(step, Step::LocalFail | Step::PeerFault | Step::Eof | Step::PeerClose);
            if ending && numbers.below(8) > 0 {
                continue;
            }
            observed.step(step);
            observed.check();
        }
    }
}
