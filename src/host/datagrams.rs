//! What a script asks of its sockets of datagrams. One that is gone takes anything.

use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;

use super::datagram::Socket;
use super::event::Event;
use super::input::Input;
use super::turn::{Host, datagram_token};
use crate::id::DatagramId;
use crate::limits::{DATAGRAMS_PER_TURN, DATAGRAMS_WAITING_BYTES};
use crate::net::datagram::{Binding, Datagram};
use crate::net::reactor::Ready;

impl Host {
    /// Binds a socket; what comes is told from then on. Returns where it is bound.
    pub fn bind_datagram(
        &mut self,
        address: SocketAddr,
        binding: Binding,
    ) -> io::Result<(DatagramId, SocketAddr)> {
        let mut socket = Datagram::bind(address, binding)?;
        let local = socket.local_addr();
        let watcher = &self.watcher;
        let id = self.datagrams.table.insert(|id| {
            watcher.watch(&mut socket, datagram_token(id))?;
            let socket = Socket {
                id,
                socket: Some(socket),
                referenced: true,
                scheduled: false,
                budget: 0,
                waiting: VecDeque::new(),
                waiting_bytes: 0,
            };
            Ok::<_, io::Error>(socket)
        })?;
        Ok((id, local))
    }

    /// Sends a datagram, now or when the kernel has room for it.
    pub fn send_datagram(
        &mut self,
        id: DatagramId,
        bytes: Vec<u8>,
        to: Option<SocketAddr>,
    ) -> io::Result<()> {
        let Some(socket) = self.datagrams.table.get_mut(id) else { return Ok(()) };
        let Some(open) = &socket.socket else { return Ok(()) };
        if socket.waiting.is_empty() && open.send(&bytes, to)? {
            return Ok(());
        }
        if socket.waiting_bytes + bytes.len() > DATAGRAMS_WAITING_BYTES {
            return Err(io::Error::from_raw_os_error(crate::errno::NO_BUFFERS));
        }
        socket.waiting_bytes += bytes.len();
        socket.waiting.push_back((bytes, to));
        Ok(())
    }

    /// Bytes of datagrams that wait for the kernel, and how many these are.
    pub fn datagrams_waiting(&self, id: DatagramId) -> (usize, usize) {
        let socket = self.datagrams.table.get(id);
        socket.map_or((0, 0), |socket| (socket.waiting_bytes, socket.waiting.len()))
    }

    /// Looks at a socket, or sets something about it.
    pub fn with_datagram<T>(&self, id: DatagramId, look: impl FnOnce(&Datagram) -> T) -> Option<T> {
        self.datagrams.table.get(id)?.socket.as_ref().map(look)
    }

    /// Lets it take datagrams of all again: another socket takes its place, since the kernel undoes no
    /// `connect` that is made without unsafe code.
    pub fn disconnect_datagram(&mut self, id: DatagramId) -> io::Result<()> {
        let Some(entry) = self.datagrams.table.get_mut(id) else { return Ok(()) };
        let Some(mut socket) = entry.socket.take() else { return Ok(()) };
        self.watcher.unwatch(&mut socket);
        let mut renewed = socket.renewed()?;
        self.watcher.watch(&mut renewed, datagram_token(id))?;
        entry.socket = Some(renewed);
        Ok(())
    }

    /// Whether it keeps the process alive.
    pub fn set_datagram_referenced(&mut self, id: DatagramId, referenced: bool) {
        if let Some(socket) = self.datagrams.table.get_mut(id) {
            socket.referenced = referenced;
        }
    }

    /// Closes it. What waits for the kernel is tried once more.
    pub fn close_datagram(&mut self, id: DatagramId) {
        if let Some(mut socket) = self.datagrams.table.remove(id) {
            socket.send_waiting();
            if let Some(mut socket) = socket.socket {
                self.watcher.unwatch(&mut socket);
            }
        }
    }

    pub(super) fn note_datagram(&mut self, id: DatagramId, ready: Ready) {
        let Some(socket) = self.datagrams.table.get_mut(id) else { return };
        if ready.writable {
            socket.send_waiting();
        }
        if ready.readable && !std::mem::replace(&mut socket.scheduled, true) {
            socket.budget = DATAGRAMS_PER_TURN;
            self.datagrams.ready.push_back(id);
        }
    }

    /// The next datagram of this turn.
    pub(super) fn next_datagram(&mut self, input: &mut Input) -> Option<Event> {
        let (socket, news) = self.datagrams.next(input)?;
        Some(Event::Datagram { socket, news })
    }
}
