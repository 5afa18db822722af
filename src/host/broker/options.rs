//! Where a broker is, who we are to it, and how long it may take.

use std::fmt;
use std::time::Duration;

use crate::host::options::Target;
use crate::limits::{
    BROKER_OPEN_TIMEOUT_MS, BROKER_PING_INTERVAL_MS, BROKER_PONG_TIMEOUT_MS, BROKER_QUEUE_BYTES,
    BROKER_RETRY_MAX_MS, BROKER_RETRY_MIN_MS,
};
use crate::net::tls::Connector;
use crate::proto::nats::Proof;

/// What a broker speaks.
#[derive(Clone, Debug)]
pub enum Protocol {
    /// RESP3, in TLS from the first byte if at all.
    Redis,
    /// That of NATS, with TLS behind what the server says first, and by what we prove who we are.
    Nats(Proof),
}

/// A broker, and how to be connected to it.
#[derive(Clone)]
pub struct BrokerOptions {
    /// What it speaks.
    pub protocol: Protocol,
    /// Where it is.
    pub target: Target,
    /// Other servers of the same cluster, as `host:port`.
    pub others: Vec<String>,
    /// What speaks TLS with it.
    pub tls: Option<Connector>,
    /// The user; a password may come without one.
    pub user: Option<String>,
    /// The password, or the token.
    pub password: Option<String>,
    /// The number of the database.
    pub database: u32,
    /// What this connection is called in the broker's own lists.
    pub name: String,
    /// Rooms are sharded channels of a cluster.
    pub sharded: bool,
    /// What the names of channels begin with.
    pub prefix: String,
    /// How it is shown: the URL without the password.
    pub shown: String,
    /// Time for everything up to the greeting.
    pub open_timeout: Duration,
    /// Silence after which it is pinged.
    pub ping_interval: Duration,
    /// How long it may take to answer.
    pub pong_timeout: Duration,
    /// The first wait before it is connected to again, and the longest.
    pub retry: (Duration, Duration),
    /// Bytes that may wait for it.
    pub queue_bytes: usize,
}

impl BrokerOptions {
    /// A broker without credentials, and all defaults.
    pub fn new(target: Target) -> Self {
        let ms = Duration::from_millis;
        Self {
            protocol: Protocol::Redis,
            shown: target.to_string(),
            target,
            others: Vec::new(),
            sharded: false,
            tls: None,
            user: None,
            password: None,
            database: 0,
            name: "krandog".to_owned(),
            prefix: "krandog".to_owned(),
            open_timeout: ms(BROKER_OPEN_TIMEOUT_MS),
            ping_interval: ms(BROKER_PING_INTERVAL_MS),
            pong_timeout: ms(BROKER_PONG_TIMEOUT_MS),
            retry: (ms(BROKER_RETRY_MIN_MS), ms(BROKER_RETRY_MAX_MS)),
            queue_bytes: BROKER_QUEUE_BYTES,
        }
    }
}

/// Passwords are not for logs.
impl fmt::Debug for BrokerOptions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("BrokerOptions").field(&self.shown).finish()
    }
}
