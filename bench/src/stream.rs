//! A connection's bytes, with and without TLS.

use std::io::{self, ErrorKind, Read as _, Write as _};

use mio::net::TcpStream;
use rustls::ClientConnection;

/// A non-blocking way to the server.
#[derive(Debug)]
pub(crate) struct Stream {
    pub(crate) tcp: TcpStream,
    tls: Option<Box<ClientConnection>>,
    /// Somebody wants to know that the handshake is done.
    handshaking: bool,
}

impl Stream {
    pub(crate) fn new(tcp: TcpStream, tls: Option<ClientConnection>) -> Self {
        let tls = tls.map(|mut tls| {
            // What is sent before the end of the handshake waits for it here.
            tls.set_buffer_limit(None);
            Box::new(tls)
        });
        let handshaking = tls.is_some();
        Self { tcp, tls, handshaking }
    }

    /// Whether a short read leaves nothing to be read.
    pub(crate) const fn reads_all(&self) -> bool {
        self.tls.is_none()
    }

    /// Reads once; 0 at the end.
    pub(crate) fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(tls) = &mut self.tls else { return self.tcp.read(buffer) };
        loop {
            match tls.reader().read(buffer) {
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                // The closing handshake of WebSocket has said whether this was to be.
                Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(0),
                other => return other,
            }
            tls.read_tls(&mut self.tcp)?;
            tls.process_new_packets()
                .map_err(|error| io::Error::new(ErrorKind::InvalidData, error))?;
        }
    }

    /// The session, once, when its handshake is done.
    pub(crate) fn established(&mut self) -> Option<&ClientConnection> {
        let tls = self.tls.as_deref().filter(|tls| self.handshaking && !tls.is_handshaking())?;
        self.handshaking = false;
        Some(tls)
    }

    /// Writes once. With TLS it takes everything, and [`flush`](Self::flush) sends it.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.tls {
            Some(tls) => tls.writer().write(bytes),
            None => self.tcp.write(bytes),
        }
    }

    /// Sends what TLS has ready.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        if let Some(tls) = &mut self.tls {
            while tls.wants_write() {
                tls.write_tls(&mut self.tcp)?;
            }
        }
        Ok(())
    }
}
