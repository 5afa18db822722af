//! A TLS session on a socket: one read opens the records that have come, one write seals what is to
//! be sent. The buffers for both are the thread's, so that a connection with nothing under way has
//! none.

use std::cell::RefCell;
use std::io::{self, IoSlice};
use std::mem::take;

use super::records::Records;
use super::session::Session;
use crate::limits::{TLS_PLAINTEXT_MAX, TLS_SEALED_AHEAD_BYTES};
use crate::net::progress::Progress;
use crate::net::socket::Socket;

thread_local! {
    /// Records as they come from the kernel.
    static INCOMING: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    /// Records as they go to the kernel, which nearly always takes all of them.
    static OUTGOING: RefCell<Records> = RefCell::default();
}

/// A socket that speaks TLS.
#[derive(Debug)]
pub struct Tls {
    socket: Socket,
    session: Session,
    /// What the kernel has refused, and what the handshake has to say.
    waiting: Records,
    /// What is held has come before TLS began, and has not been looked at.
    unread: bool,
    /// What is written next is the last, and goes with what ends the connection.
    ends_soon: bool,
    /// When all is said, the peer is told that nothing more comes.
    ending: bool,
}

impl Tls {
    /// Begins TLS on a socket that is connected.
    pub(in crate::net) fn new(socket: Socket, mut session: Session) -> Self {
        let mut waiting = Records::default();
        session.begin(&mut waiting);
        let unread = session.held_len() > 0;
        Self { socket, session, waiting, unread, ends_soon: false, ending: false }
    }

    pub(in crate::net) fn read(&mut self, plain: &mut [u8]) -> io::Result<Progress> {
        if self.session.peer_closed() {
            return Ok(self.progress(0, false, true));
        }
        INCOMING.with_borrow_mut(|records| {
            if records.len() < plain.len() {
                records.resize(plain.len(), 0);
            }
            let records = &mut records[..plain.len()];
            let held = self.session.held_len();
            let space = records.len() - held;
            let unread = take(&mut self.unread);
            let count = match self.socket.read(&mut records[held..])? {
                None if !unread => return Ok(self.progress(0, false, true)),
                // The next read finds the end again.
                Some(0) if unread => None,
                count => count,
            };
            let (count, ended) = (count.unwrap_or(0), count == Some(0));
            if ended {
                self.session.ended()?;
                return Ok(Progress { ended: true, ..self.progress(0, false, true) });
            }
            let was_open = self.session.is_open();
            let read = self.session.open(&mut records[..held + count], plain, &mut self.waiting)?;
            let progress = self.progress(read, true, count < space);
            // What has waited for the end of the handshake may go.
            let opened = !was_open && self.session.is_open();
            Ok(Progress { wants_write: progress.wants_write || opened, ..progress })
        })
    }

    fn progress(&self, read: usize, heard: bool, drained: bool) -> Progress {
        let closed = self.session.peer_closed();
        Progress {
            read,
            heard: heard && !self.session.is_over(),
            // What came before the end is looked at first.
            drained: drained && !(closed && read > 0),
            ended: closed && read == 0,
            wants_write: self.wants_write(),
        }
    }

    pub(in crate::net) fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_vectored(&[IoSlice::new(bytes)])
    }

    pub(in crate::net) fn write_vectored(&mut self, pieces: &[IoSlice<'_>]) -> io::Result<usize> {
        let mut taken = 0;
        let is_open = self.session.is_open();
        if !is_open || self.waiting.has_plaintext() {
            // The first bytes may be in records that wait.
            taken = self.write_waiting()?;
        }
        if self.session.is_not_tls() {
            let piece = pieces.iter().find(|piece| !piece.is_empty());
            return piece.map_or(Ok(0), |piece| self.socket.write(piece));
        }
        if self.session.is_over() {
            // Nobody will understand it.
            return Ok(pieces.iter().map(|piece| piece.len()).sum());
        }
        if !is_open || self.ending || self.waiting.has_plaintext() {
            return Ok(taken);
        }
        // What the handshake still has to say goes in the same write.
        let mut records =
            if self.waiting.is_empty() { OUTGOING.take() } else { take(&mut self.waiting) };
        let sealed = self.seal_and_write(pieces, taken, &mut records)?;
        if records.is_empty() {
            OUTGOING.with_borrow_mut(|kept| {
                if kept.capacity() < records.capacity() {
                    *kept = records;
                }
            });
        } else {
            self.waiting = records;
        }
        Ok(taken + sealed)
    }

    /// Seals all but the first `skipped` bytes behind `records`, and writes until the kernel takes
    /// no more. Tells how many of those bytes have gone.
    fn seal_and_write(
        &mut self,
        pieces: &[IoSlice<'_>],
        mut skipped: usize,
        records: &mut Records,
    ) -> io::Result<usize> {
        let (mut taken, mut ahead) = (0, 0);
        for piece in pieces {
            let rest = &piece[skipped.min(piece.len())..];
            skipped -= piece.len() - rest.len();
            for part in rest.chunks(TLS_PLAINTEXT_MAX) {
                if ahead + part.len() > TLS_SEALED_AHEAD_BYTES {
                    taken += records.write_with(|bytes| self.socket.write(bytes))?;
                    if !records.is_empty() {
                        return Ok(taken);
                    }
                    ahead = 0;
                }
                self.session.seal(part, records)?;
                ahead += part.len();
            }
        }
        if self.ends_soon && ahead <= TLS_PLAINTEXT_MAX {
            return Ok(taken + records.forget_plaintext());
        }
        Ok(taken + records.write_with(|bytes| self.socket.write(bytes))?)
    }

    pub(in crate::net) fn announce_end(&mut self) {
        self.ends_soon = true;
    }

    /// Writes what waits. Tells how much plaintext was in it.
    fn write_waiting(&mut self) -> io::Result<usize> {
        if self.waiting.is_empty() {
            return Ok(0);
        }
        let taken = self.waiting.write_with(|bytes| self.socket.write(bytes))?;
        if self.waiting.is_empty() {
            self.waiting = Records::default();
            if self.ending {
                self.socket.shutdown_write();
            }
        }
        Ok(taken)
    }

    #[inline]
    pub(in crate::net) fn wants_write(&self) -> bool {
        !self.waiting.is_empty()
    }

    pub(in crate::net) fn flush(&mut self) -> io::Result<()> {
        self.write_waiting().map(|_| ())
    }

    pub(in crate::net) fn shutdown_write(&mut self) {
        self.session.close(&mut self.waiting);
        self.ending = true;
        if self.waiting.is_empty() {
            self.socket.shutdown_write();
        } else if let Err(error) = self.flush() {
            log::debug!("cannot end a TLS connection: {error}");
        }
    }

    pub(in crate::net) fn farewell(&mut self) {
        self.session.close(&mut self.waiting);
        if let Err(error) = self.flush() {
            log::debug!("cannot end a TLS connection: {error}");
        }
    }

    pub(in crate::net) fn peer_certificate(&self) -> Option<&[u8]> {
        self.session.peer_certificate()
    }

    pub(in crate::net) fn session(&self) -> &Session {
        &self.session
    }

    pub(in crate::net) fn socket(&self) -> &Socket {
        &self.socket
    }

    pub(in crate::net) fn socket_mut(&mut self) -> &mut Socket {
        &mut self.socket
    }
}
