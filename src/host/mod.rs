//! The host: every connection and server, driven by readiness and deadlines, seen as events.
//!
//! It owns sockets and protocol state in tables; everything above holds identifiers only, and a
//! stale one finds nothing. It knows no JavaScript: a turn is `poll`, then `next_event` until
//! there is none, then `flush`. Bytes read stay in the caller's [`Input`] while their events are
//! handled, so that a message can go from the socket into a string without a copy in between.
//!
//! ```text
//! options, event    what comes in from above, and what goes out
//! origins           whose pages may open a WebSocket
//! table, schedule   what is found by identifier; when a connection is looked at
//! input             the one buffer that all connections are read into
//! facts             what is known of a WebSocket besides its messages
//! effect, role/     what a connection speaks: one file a role, each answers with effects
//! dial              from a name to a socket
//! conn, server      the entries of the two tables
//! turn              `Host`, and what happens in a turn
//! traffic           one read and one write a turn and connection
//! apply             effects are applied, in this one place
//! bucket, gate, restraint, restrain    how fast and how many, where a server asks for it
//! overfull          what is done when too much waits for all peers together
//! drain, drains     servers that close bit by bit
//! process, place    what the hosts on several threads share, and where each stands among them
//! listening         what they listen on together
//! client/           requests that go out, and the connections that are kept for them
//! sources, watching what is only watched, for those who know what it is
//! serve, connect, command    what a script asks of servers and of connections
//! routes            what a server does otherwise for some paths
//! sending           a message for a peer for whom much waits
//! hub/              rooms, and what is sent to many at once
//! broker/, lines, tending, broker_clients    what carries messages between processes, its
//!                   connections, and those of scripts
//! raw, raw_news     connections whose bytes a script reads and writes itself
//! datagram, datagrams    sockets of datagrams, and what a script asks of them
//! takeover          what servers of Node.js' shape ask beyond others
//! warnings          what peers do that whoever runs the server should know
//! proxies           which proxies are believed, and for whom they speak
//! date              the `Date` field, made once a second
//! ```

mod apply;
mod body;
mod body_part;
mod broker;
mod broker_clients;
mod bucket;
mod client;
mod command;
mod conn;
mod connect;
mod datagram;
mod datagrams;
mod date;
mod dial;
mod drain;
mod drains;
mod effect;
mod event;
mod facts;
mod gate;
mod hub;
mod input;
mod lines;
mod listening;
mod open;
mod options;
mod origins;
mod overfull;
mod pair;
mod place;
mod process;
mod proxies;
mod raw;
mod raw_news;
mod restrain;
mod restraint;
mod role;
mod routes;
mod schedule;
mod sending;
mod serve;
mod server;
mod sources;
mod table;
mod takeover;
mod tending;
mod traffic;
mod turn;
mod warnings;
mod watching;

#[cfg(test)]
mod tests;

pub use body::Written;
pub use body_part::BodyPart;
pub use broker::{
    BrokerOptions, BusNews, ClientNews, Gap, NatsMessage, NatsNews, NatsPublish, Outage, Protocol,
};
pub use bucket::Rate;
pub use client::{HttpRequest, RequestBody, RequestTimeouts, Route};
pub use command::{OpeningFacts, Reply};
pub use event::{
    Cause, Closed, ConnError, Dropped, Event, Flushed, Message, News, Received, Refusal, Tapped,
};
pub use facts::{Facts, Traffic};
pub use gate::{GateOptions, Refused};
pub use hub::{
    AutoReply, Bus, BusCounters, Cast, Delivered, Except, HubHandle, HubOptions, Inbound,
    JoinError, Kind, LINE, Left, Outbound, Part, Payload, Publish, Recipient, RelayCounts,
    RelayRule, RoomNews, To,
};
pub use input::Input;
pub use open::OpenThing;
pub use options::{
    Backpressure, ClientOptions, Closing, ListenAddress, Proxy, ProxyKind, ServerOptions, Target,
    WebSocketOptions,
};
pub use origins::{OriginPattern, OriginPolicy};
pub use place::Place;
pub use process::Process;
pub use proxies::{Client, ForwardedBy, Network, Proxies, Trust};
pub use raw::{Ends, RawWish, Securing};
pub use raw_news::{Attempt, DatagramNews, RawFault, RawNews};
pub use restraint::{RateAction, RateLimit};
pub use role::{Acceptance, SendError};
pub use sending::SendWish;
pub use server::Agreed;
pub use turn::Host;
