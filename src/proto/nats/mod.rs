//! The client's side of the NATS protocol, with headers: what a server is sent and what it says.
//!
//! ```text
//! error    whose fault it is, and what a server complains of
//! json     what INFO and CONNECT are written in, as far as they need it
//! info     what a server says of itself
//! nkey     keys by which a client proves who it is
//! login    what a client says of itself
//! subject  subjects, and the names of rooms as such
//! headers  fields of a message
//! frame    one thing that a server says
//! write    what a client says
//! client   one connection, from INFO on
//! ```
//!
//! Spec: <https://docs.nats.io/reference/reference-protocols/nats-protocol>, ADR-4 (headers).

mod client;
mod error;
mod frame;
mod headers;
mod info;
mod json;
mod login;
mod nkey;
pub mod subject;
mod write;

#[cfg(test)]
mod tests;

pub use client::{Client, Event};
pub use error::{PeerError, ServerError, UsageError};
pub use frame::Message;
pub use headers::Headers;
pub use info::ServerInfo;
pub use login::{Login, Proof};
pub use nkey::{KeyError, Seed};
