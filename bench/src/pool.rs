//! Many non-blocking connections on one mio poll, in bytes: no protocol.

use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant};

use mio::net::TcpStream;
use mio::{Events, Interest, Poll, Token, event::Event};
use socket2::{Domain, Protocol, Socket as RawSocket, Type};

use crate::clock;
use crate::failure::Failure;
use crate::options::Target;
use crate::report::Report;
use crate::stream::Stream;
use crate::tls::Tls;

/// What is done with the bytes. Connections are named by index.
pub(crate) trait Load {
    /// The connection is established; `out` is written to it afterwards.
    fn connected(&mut self, id: usize, out: &mut Vec<u8>) -> Result<(), Failure>;

    /// Bytes have come, `now` is when. Returns how many were used; the others come again with more.
    fn received(
        &mut self,
        id: usize,
        bytes: &[u8],
        out: &mut Vec<u8>,
        now: Instant,
    ) -> Result<usize, Failure>;

    /// The server has closed the connection.
    fn ended(&mut self, id: usize, now: Instant) -> Result<(), Failure>;

    /// How many connections have finished their handshakes, since the start.
    fn ready(&self) -> usize;
}

/// All connections of a run.
pub(crate) struct Pool {
    poll: Poll,
    events: Events,
    address: SocketAddr,
    tls: Option<Tls>,
    sockets: Vec<Option<Socket>>,
    scratch: Vec<u8>,
    open: usize,
    opened: usize,
}

struct Socket {
    stream: Stream,
    connected: bool,
    /// Bytes received that do not make a whole message yet.
    pending: Vec<u8>,
    out: Vec<u8>,
    written: usize,
}

/// So many connections may be on their way at once: fewer than any listen backlog.
const BATCH: usize = 64;
/// An address has 28 000 ephemeral ports by default; the next one is used well before.
const PORTS_PER_SOURCE: usize = 20_000;
/// Without a new connection for so long, connecting has failed.
const STALL: Duration = Duration::from_secs(10);

impl Pool {
    /// A pool of `size` connections to `target`, none of which is open yet.
    pub(crate) fn new(target: &Target, size: usize) -> Result<Self, Failure> {
        Ok(Self {
            poll: Poll::new().map_err(Failure::system("creating a poll"))?,
            events: Events::with_capacity(1024),
            address: target.address,
            tls: target.tls.as_ref().map(|tls| Tls::new(tls, size)).transpose()?,
            sockets: std::iter::repeat_with(|| None).take(size).collect(),
            scratch: vec![0; 256 << 10],
            open: 0,
            opened: 0,
        })
    }

    /// How many connections are open or opening.
    pub(crate) const fn open(&self) -> usize {
        self.open
    }

    /// Adds what there is to say of TLS.
    pub(crate) fn report(&self, report: &mut Report) {
        if let Some(tls) = &self.tls {
            tls.report(report);
        }
    }

    /// Opens all connections, a bounded batch at a time, until their handshakes are done.
    pub(crate) fn connect_all<L: Load>(&mut self, load: &mut L) -> Result<(), Failure> {
        let total = self.sockets.len();
        let (mut started, mut ready, mut progress) = (0, 0, clock::now());
        while load.ready() < total {
            while started < total && started < load.ready() + BATCH {
                self.connect(started)?;
                started += 1;
            }
            self.turn(load, Duration::from_millis(100))?;
            let now = clock::now();
            if load.ready() > ready {
                (ready, progress) = (load.ready(), now);
            } else if now - progress > STALL {
                let missing = (total - ready) as u64;
                let seconds = STALL.as_secs();
                return Err(Failure::Missing { missing, what: "connections", seconds });
            }
        }
        Ok(())
    }

    /// Starts connection `id`, which must not be open.
    pub(crate) fn connect(&mut self, id: usize) -> Result<(), Failure> {
        let mut stream = start(self.address, self.opened / PORTS_PER_SOURCE)
            .map_err(Failure::system(format!("connecting number {id} to {}", self.address)))?;
        self.opened += 1;
        self.poll
            .registry()
            .register(&mut stream, Token(id), Interest::READABLE | Interest::WRITABLE)
            .map_err(Failure::system("watching a connection"))?;
        let session = self.tls.as_ref().map(|tls| tls.session(id)).transpose()?;
        let stream = Stream::new(stream, session);
        let (pending, out) = (Vec::new(), Vec::new());
        self.sockets[id] = Some(Socket { stream, connected: false, pending, out, written: 0 });
        self.open += 1;
        Ok(())
    }

    /// Lets `write` append to what goes out on connection `id`, if it is open, and writes it.
    pub(crate) fn send(
        &mut self,
        id: usize,
        write: impl FnOnce(&mut Vec<u8>),
    ) -> Result<(), Failure> {
        let Some(socket) = &mut self.sockets[id] else { return Ok(()) };
        write(&mut socket.out);
        socket.flush().map_err(Failure::system(format!("writing to connection {id}")))
    }

    /// Waits at most `timeout` for events and hands them to `load`.
    pub(crate) fn turn<L: Load>(&mut self, load: &mut L, timeout: Duration) -> Result<(), Failure> {
        match self.poll.poll(&mut self.events, Some(timeout)) {
            Err(error) if error.kind() != ErrorKind::Interrupted => {
                return Err(Failure::system("polling")(error));
            }
            _ => {}
        }
        for event in &self.events {
            let id = event.token().0;
            let Some(socket) = &mut self.sockets[id] else { continue };
            let ended = socket.ready(id, event, &mut self.scratch, load)?;
            if let (Some(tls), Some(session)) = (&mut self.tls, socket.stream.established()) {
                tls.established(id, session)?;
            }
            if ended {
                self.sockets[id] = None;
                self.open -= 1;
                load.ended(id, clock::now())?;
            }
        }
        Ok(())
    }
}

/// A connection under way, from the `source`-th address of 127/8.
fn start(address: SocketAddr, source: usize) -> std::io::Result<TcpStream> {
    let socket = RawSocket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    socket.set_nonblocking(true)?;
    socket.set_tcp_nodelay(true)?;
    if source > 0 && address.is_ipv4() {
        let last = u8::try_from(source % 250).unwrap_or(0) + 1;
        socket.bind(&SocketAddr::new(IpAddr::V4(Ipv4Addr::new(127, 0, 0, last)), 0).into())?;
    }
    match socket.connect(&address.into()) {
        Err(error) if error.raw_os_error() != Some(libc::EINPROGRESS) => Err(error),
        _ => Ok(TcpStream::from_std(socket.into())),
    }
}

impl Socket {
    /// Deals with one event; true when the server has closed the connection.
    fn ready<L: Load>(
        &mut self,
        id: usize,
        event: &Event,
        scratch: &mut [u8],
        load: &mut L,
    ) -> Result<bool, Failure> {
        let failed = |error| Failure::system(format!("on connection {id}"))(error);
        if !self.connected {
            if let Some(error) = self.stream.tcp.take_error().map_err(failed)? {
                return Err(Failure::system(format!("connecting number {id}"))(error));
            }
            if self.stream.tcp.peer_addr().is_err() {
                return Ok(false);
            }
            self.connected = true;
            load.connected(id, &mut self.out)?;
        }
        let mut ended = false;
        if event.is_readable() {
            ended = self.read(id, event.is_read_closed(), scratch, load)?;
        }
        match self.flush() {
            // What the server will not read any more is no failure of its own.
            Err(error) if !ended => Err(failed(error)),
            _ => Ok(ended),
        }
    }

    /// Reads until there is no more; true at the end of the stream.
    fn read<L: Load>(
        &mut self,
        id: usize,
        to_the_end: bool,
        scratch: &mut [u8],
        load: &mut L,
    ) -> Result<bool, Failure> {
        loop {
            let count = match self.stream.read(scratch) {
                Ok(0) => return Ok(true),
                Ok(count) => count,
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(false),
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) if error.kind() == ErrorKind::ConnectionReset => return Ok(true),
                Err(error) => return Err(Failure::system(format!("on connection {id}"))(error)),
            };
            let now = clock::now();
            let fresh = &scratch[..count];
            if self.pending.is_empty() {
                let used = load.received(id, fresh, &mut self.out, now)?;
                self.pending.extend_from_slice(&fresh[used..]);
            } else {
                self.pending.extend_from_slice(fresh);
                let used = load.received(id, &self.pending, &mut self.out, now)?;
                self.pending.drain(..used);
            }
            // A short read has emptied the socket, and the next bytes bring an event of their own.
            if count < scratch.len() && !to_the_end && self.stream.reads_all() {
                return Ok(false);
            }
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        while self.connected && self.written < self.out.len() {
            match self.stream.write(&self.out[self.written..]) {
                Ok(count) => self.written += count,
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(()),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        if self.connected {
            self.out.clear();
            self.written = 0;
            match self.stream.flush() {
                Err(error) if error.kind() != ErrorKind::WouldBlock => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }
}
