//! The one read buffer, and how far its current connection has been decoded.

use std::net::SocketAddr;
use std::ops::Range;

use crate::id::ConnId;
use crate::limits::{EVENTS_PER_READ, READ_BUFFER_BYTES};
use crate::net::datagram::Datagram;
use crate::net::progress::Progress;
use crate::net::transport::Transport;

/// Bytes of the connection being read, shared by all connections in turn.
///
/// It is the caller's, not the host's, so that a payload can be looked at while the host is free
/// to be called by a script.
pub struct Input {
    buffer: Vec<u8>,
    filled: usize,
    pub(super) position: usize,
    conn: Option<ConnId>,
    /// Events that these bytes have brought so far.
    events: usize,
}

impl Default for Input {
    fn default() -> Self {
        Self { buffer: vec![0; READ_BUFFER_BYTES], filled: 0, position: 0, conn: None, events: 0 }
    }
}

impl Input {
    /// Everything that the last read brought: what payload ranges refer to.
    pub fn bytes(&self) -> &[u8] {
        &self.buffer[..self.filled]
    }

    pub(super) fn conn(&self) -> Option<ConnId> {
        self.conn
    }

    pub(super) fn finish(&mut self) {
        self.conn = None;
    }

    /// Its connection has had as many events as it may have before others are looked at.
    pub(super) fn is_exhausting(&self) -> bool {
        self.events >= EVENTS_PER_READ
    }

    pub(super) fn count_events(&mut self, count: usize) {
        self.events += count;
    }

    /// The bytes and the position in them, for a protocol core to decode.
    pub(super) fn parts(&mut self) -> (&mut [u8], &mut usize) {
        (&mut self.buffer[..self.filled], &mut self.position)
    }

    pub(super) fn rest(&self) -> &[u8] {
        &self.buffer[self.position..self.filled]
    }

    /// Reads once.
    pub(super) fn read(
        &mut self,
        id: ConnId,
        transport: &mut Transport,
    ) -> std::io::Result<Progress> {
        let progress = transport.read(&mut self.buffer)?;
        if progress.read > 0 {
            self.filled = progress.read;
            self.begin(id);
        }
        Ok(progress)
    }

    /// Reads one datagram, which is all that is in here then.
    pub(super) fn read_datagram(
        &mut self,
        socket: &Datagram,
    ) -> std::io::Result<Option<(Range<usize>, SocketAddr)>> {
        let Some((length, from)) = socket.receive(&mut self.buffer)? else { return Ok(None) };
        (self.filled, self.position) = (length, length);
        Ok(Some((0..length, from)))
    }

    /// Takes up bytes that were put aside while the connection was paused.
    pub(super) fn load(&mut self, id: ConnId, bytes: &[u8]) {
        // What was put aside came out of this buffer, so it fits.
        self.buffer[..bytes.len()].copy_from_slice(bytes);
        self.filled = bytes.len();
        self.begin(id);
    }

    fn begin(&mut self, id: ConnId) {
        self.position = 0;
        self.conn = Some(id);
        self.events = 0;
    }
}
