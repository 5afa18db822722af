//! Brokers: what carries messages between hubs of different processes, over one connection for each
//! hub. What all brokers have in common is here once; what one of them speaks is one file.
//!
//! ```text
//! news       what is to be known of a broker
//! options    where a broker is, who we are to it, how long it may take
//! speaker    what a line and whoever speaks over it know of each other
//! line       one broker: connected, lost, connected again
//! envelope   a message as it travels
//! numbers    who has sent which message: duplicates, gaps
//! interest   what is wanted, and what the broker has confirmed
//! own_place  what is for one socket, in whichever process
//! outbox     what waits for the broker, or for its word that it has it
//! wire       what the protocol of a broker has to be able to do
//! redis      the same for Redis
//! nats       and for NATS
//! carrier    the bus of a hub, made of these
//! sharded    the same over several connections to a cluster
//! client     commands and replies of Redis, for a script
//! nats_client  messages of NATS, for a script
//! ```
//!
//! A protocol is a [`Wire`]: it turns subscriptions and messages into bytes, and bytes into what was
//! heard. It knows nothing of sockets, rooms or time. [`Carrier`] keeps what has to outlive a
//! connection, and [`Line`] makes the next one.

mod carrier;
mod client;
mod envelope;
mod interest;
mod line;
mod nats;
mod nats_client;
mod news;
mod numbers;
mod options;
mod outbox;
mod own_place;
mod redis;
mod sharded;
mod speaker;
mod wire;

#[cfg(test)]
mod simulation;
#[cfg(test)]
mod tests;

pub(super) use carrier::{BusEnd, Carrier};
pub use client::ClientNews;
pub(super) use client::RedisClient;
pub(super) use line::{Line, Stage};
pub(super) use nats::NatsWire;
pub(super) use nats_client::NatsClient;
pub use nats_client::{NatsMessage, NatsNews, NatsPublish};
pub use news::{BusNews, Gap, Outage};
pub use options::{BrokerOptions, Protocol};
pub(super) use redis::{Part, RedisWire};
pub(super) use sharded::{Missing, Sharded, ShardedEnd};
pub(super) use speaker::Speaker;
pub(super) use wire::Wire;
