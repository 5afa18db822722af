//! Sockets of datagrams: what comes is handed out one by one, so many a turn and socket; what the
//! kernel has no room for waits, up to a limit.

use std::collections::VecDeque;
use std::net::SocketAddr;

use super::input::Input;
use super::raw_news::DatagramNews;
use super::table::{Entry, Table};
use crate::id::DatagramId;
use crate::limits::DATAGRAMS_PER_TURN;
use crate::net::datagram::Datagram;

/// All of them.
#[derive(Default)]
pub(super) struct Datagrams {
    pub(super) table: Table<Socket>,
    /// Those to be read from in this turn.
    pub(super) ready: VecDeque<DatagramId>,
    /// Those that had more than a turn takes.
    pub(super) again: Vec<DatagramId>,
}

/// One of them.
#[expect(clippy::struct_field_names, reason = "it is the system's socket")]
pub(super) struct Socket {
    pub(super) id: DatagramId,
    /// None for the moment in which it becomes another.
    pub(super) socket: Option<Datagram>,
    pub(super) referenced: bool,
    /// It is on one of the lists.
    pub(super) scheduled: bool,
    /// How many more it may bring in this turn.
    pub(super) budget: usize,
    /// What the kernel has had no room for.
    pub(super) waiting: VecDeque<(Vec<u8>, Option<SocketAddr>)>,
    pub(super) waiting_bytes: usize,
}

impl Entry for Socket {
    type Id = DatagramId;

    fn id(&self) -> DatagramId {
        self.id
    }
}

impl Socket {
    /// Sends what has waited, as far as the kernel takes it. What fails is lost, as datagrams may be.
    pub(super) fn send_waiting(&mut self) {
        while let Some((bytes, to)) = self.waiting.front() {
            let Some(socket) = &self.socket else { return };
            match socket.send(bytes, *to) {
                Ok(false) => return,
                Ok(true) => {}
                Err(error) => log::debug!("a datagram that waited is lost: {error}"),
            }
            if let Some((bytes, _)) = self.waiting.pop_front() {
                self.waiting_bytes -= bytes.len();
            }
        }
    }
}

impl Datagrams {
    /// Whether one of them keeps the process alive.
    pub(super) fn keep_alive(&self) -> bool {
        self.table.iter().any(|socket| socket.referenced)
    }

    /// Whether some have more than has been looked at.
    pub(super) fn have_work(&self) -> bool {
        !self.ready.is_empty() || !self.again.is_empty()
    }

    /// Each of them may bring as many as in the turn before.
    pub(super) fn begin_turn(&mut self) {
        for id in self.again.drain(..) {
            if let Some(socket) = self.table.get_mut(id) {
                socket.budget = DATAGRAMS_PER_TURN;
                self.ready.push_back(id);
            }
        }
    }

    /// The next datagram of this turn.
    pub(super) fn next(&mut self, input: &mut Input) -> Option<(DatagramId, DatagramNews)> {
        let Self { table, ready, again } = self;
        while let Some(id) = ready.front().copied() {
            let Some(socket) = table.get_mut(id) else {
                ready.pop_front();
                continue;
            };
            if socket.budget == 0 {
                ready.pop_front();
                again.push(id);
                continue;
            }
            socket.budget -= 1;
            let read = match &socket.socket {
                Some(open) => input.read_datagram(open),
                None => Ok(None),
            };
            let news = match read {
                Ok(Some((range, from))) => DatagramNews::Received(range, from),
                Ok(None) => {
                    socket.scheduled = false;
                    ready.pop_front();
                    continue;
                }
                Err(error) => DatagramNews::Failed(error),
            };
            return Some((id, news));
        }
        None
    }
}
