//! What a script asks of servers and outgoing connections, with every default in place.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::rc::Rc;
use std::time::Duration;

use super::gate::GateOptions;
use super::hub::{AutoReply, HubHandle};
use super::origins::OriginPolicy;
use super::proxies::Proxies;
use super::restraint::RateLimit;
use crate::limits::{
    CLIENT_MAX_BACKPRESSURE, CLIENT_MAX_PAYLOAD, CLIENT_PING_INTERVAL_MS, MAX_FRAGMENTS,
    PING_INTERVAL_MS, PONG_TIMEOUT_MS, SERVER_MAX_BACKPRESSURE, SERVER_MAX_PAYLOAD,
};
use crate::net::tls::{Acceptor, Connector};
use crate::proto::http1::ServerConfig;
use crate::proto::ws::deflate::{DeflateConfig, Params};
use crate::proto::ws::keepalive::KeepaliveConfig;
use crate::proto::ws::{Config, Role};

/// Where a server is to listen.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ListenAddress {
    /// A port of every address of the machine.
    AnyAddress(u16),
    /// One TCP address.
    Tcp(SocketAddr),
    /// A path in the file system.
    Unix(PathBuf),
    /// A socket that the process was started with, by the number of its file descriptor.
    Inherited(i32),
}

impl ListenAddress {
    /// The TCP port, 0 where the system is to pick one.
    pub(super) fn port(&self) -> Option<u16> {
        match self {
            Self::AnyAddress(port) => Some(*port),
            Self::Tcp(address) => Some(address.port()),
            Self::Unix(_) | Self::Inherited(_) => None,
        }
    }

    /// The same with another port, where it has one.
    pub(super) fn with_port(&self, port: u16) -> Self {
        match self {
            Self::AnyAddress(_) => Self::AnyAddress(port),
            Self::Tcp(address) => Self::Tcp(SocketAddr::new(address.ip(), port)),
            other => other.clone(),
        }
    }
}

/// How a server closes: listening stops, requests under way are answered, and WebSockets are told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// The code of the Close frames.
    pub code: u16,
    /// Their reason.
    pub reason: String,
    /// The time over which they are sent, so that not all peers come back at once.
    pub spread: Duration,
    /// The time after which whoever is left is cut off.
    pub drain: Option<Duration>,
}

/// What a server is allowed and asked for.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a wish of its own")]
pub struct ServerOptions {
    /// Limits of HTTP.
    pub http: ServerConfig,
    /// Limits of its WebSockets.
    pub websocket: WebSocketOptions,
    /// Pages that may open one.
    pub origins: OriginPolicy,
    /// Subprotocols it speaks, the preferred ones first.
    pub subprotocols: Vec<String>,
    /// Open connections at one time.
    pub max_connections: Option<usize>,
    /// The proxies in front, if they are believed.
    pub proxies: Option<Rc<Proxies>>,
    /// Whether each connection begins with the PROXY protocol.
    pub proxy_protocol: bool,
    /// How many each address may have, and how fast.
    pub gate: GateOptions,
    /// Whether the script wants to be told of each WebSocket as it opens.
    pub tells_open: bool,
    /// Whether the script decides on each opening handshake.
    pub asks_upgrade: bool,
    /// Whether the script says to which route each of them belongs.
    pub asks_route: bool,
    /// Whether the bytes of its connections are the script's own.
    pub raw: bool,
    /// Whether the script may go on in another protocol after a request: then it is asked about
    /// opening handshakes as about any other request.
    pub hands_over: bool,
    /// What speaks TLS with clients, if it is spoken.
    pub tls: Option<Acceptor>,
    /// The hub of its WebSockets.
    pub hub: Option<HubHandle>,
    /// Messages that are answered without the script.
    pub auto_replies: Rc<[AutoReply]>,
    /// Whether other processes may listen on the same port.
    pub reuse_port: bool,
    /// How it closes when a signal ends the process.
    pub shutdown: Option<Closing>,
}

/// What becomes of messages when more wait for a peer than may.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Backpressure {
    /// The peer is given up, with 1013.
    #[default]
    Close,
    /// New messages are dropped, until all that waited has been written.
    DropNew,
    /// The oldest that wait are dropped.
    DropOld,
    /// A message takes the place of one that waits and has the same key. Beyond the limit the peer is
    /// given up.
    Coalesce,
}

impl Backpressure {
    /// Whether messages wait one by one once the kernel refuses some.
    pub(in crate::host) fn keeps_messages(self) -> bool {
        matches!(self, Self::DropOld | Self::Coalesce)
    }
}

/// Limits and timers of a WebSocket.
#[derive(Clone, Debug)]
pub struct WebSocketOptions {
    /// Largest message taken, in bytes.
    pub max_payload: usize,
    /// Most fragments of one message.
    pub max_fragments: usize,
    /// Bytes that may wait for a peer that does not read.
    pub max_backpressure: usize,
    /// What becomes of messages beyond it.
    pub backpressure: Backpressure,
    /// When to ping and when to give up.
    pub keepalive: KeepaliveConfig,
    /// Compression, where the peer agrees.
    pub deflate: Option<DeflateConfig>,
    /// How fast messages of the peer may come.
    pub rate_limit: Option<Rc<RateLimit>>,
    /// How long it may last.
    pub max_lifetime: Option<Duration>,
}

/// What to connect to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A port of a machine.
    Tcp {
        /// A name, or an address without brackets.
        host: String,
        /// The port.
        port: u16,
    },
    /// A path in the file system.
    Unix(PathBuf),
}

impl Target {
    /// The one that `host:port` means, with brackets around an IPv6 address.
    pub fn of_address(text: &str) -> Option<Self> {
        let (host, port) = text.rsplit_once(':')?;
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        Some(Self::Tcp { host, port: port.parse().ok()? })
    }
}

/// What a proxy speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProxyKind {
    /// HTTP, of which the method CONNECT is used.
    Http,
    /// SOCKS 5.
    Socks5,
}

/// A proxy, which connects to the target in our place, and looks its name up.
#[derive(Clone, PartialEq, Eq)]
pub struct Proxy {
    /// What it speaks.
    pub kind: ProxyKind,
    /// A name, or an address without brackets.
    pub host: String,
    /// The port.
    pub port: u16,
    /// A user name and a password for it.
    pub credentials: Option<(Vec<u8>, Vec<u8>)>,
}

/// An outgoing WebSocket to be.
#[derive(Clone, Debug)]
pub struct ClientOptions {
    /// Where to connect.
    pub target: Target,
    /// What to go through on the way.
    pub proxy: Option<Proxy>,
    /// The address of this machine to connect from.
    pub local_address: Option<IpAddr>,
    /// How long to wait before anything is done.
    pub delay: Duration,
    /// The number of the WebSocket, where it is not a new one.
    pub number: Option<u64>,
    /// The `Host` field: host and port as the URL has them.
    pub host: String,
    /// Path and query.
    pub path: String,
    /// Subprotocols offered.
    pub subprotocols: Vec<String>,
    /// Further fields of the request.
    pub headers: Vec<(String, String)>,
    /// Whether a redirect is as good as an answer: nobody waits for its body.
    pub follows_redirects: bool,
    /// Time for everything up to the 101.
    pub handshake_timeout: Duration,
    /// Limits and timers once it is open.
    pub websocket: WebSocketOptions,
    /// What speaks TLS with the server, of a `wss:` URL.
    pub tls: Option<Connector>,
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp { host, port } => write_authority(host, *port, f),
            Self::Unix(path) => write!(f, "{}", path.display()),
        }
    }
}

/// Without credentials, which are nobody's business.
impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            ProxyKind::Http => "http://",
            ProxyKind::Socks5 => "socks5://",
        })?;
        write_authority(&self.host, self.port, f)
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

fn write_authority(host: &str, port: u16, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if host.contains(':') { write!(f, "[{host}]:{port}") } else { write!(f, "{host}:{port}") }
}

impl WebSocketOptions {
    /// The defaults of an outgoing WebSocket: generous, since the script chose its server.
    pub fn client() -> Self {
        Self {
            max_payload: CLIENT_MAX_PAYLOAD,
            max_backpressure: CLIENT_MAX_BACKPRESSURE,
            keepalive: keepalive(CLIENT_PING_INTERVAL_MS),
            // Offered, as browsers do; the server decides.
            deflate: Some(DeflateConfig::default()),
            ..Self::default()
        }
    }

    pub(super) fn config(&self, role: Role, deflate: Option<Params>) -> Config {
        Config {
            deflate,
            max_payload: self.max_payload,
            max_fragments: self.max_fragments,
            ..Config::new(role)
        }
    }
}

impl Default for WebSocketOptions {
    /// The defaults of an accepted WebSocket: safe against any peer.
    fn default() -> Self {
        Self {
            max_payload: SERVER_MAX_PAYLOAD,
            max_fragments: MAX_FRAGMENTS,
            max_backpressure: SERVER_MAX_BACKPRESSURE,
            backpressure: Backpressure::Close,
            keepalive: keepalive(PING_INTERVAL_MS),
            // It costs more than it saves on short messages and fast links.
            deflate: None,
            // What is fast for one program is slow for another.
            rate_limit: None,
            max_lifetime: None,
        }
    }
}

fn keepalive(ping_interval_ms: u64) -> KeepaliveConfig {
    KeepaliveConfig {
        ping_interval: Some(Duration::from_millis(ping_interval_ms)),
        pong_timeout: Some(Duration::from_millis(PONG_TIMEOUT_MS)),
        ..KeepaliveConfig::default()
    }
}
