//! The WebSocket protocol, RFC 6455 and RFC 7692, as a pure core for both roles.
//!
//! Bytes and `now` come in, events and bytes go out. Nothing here knows a socket, a clock, an event
//! loop or a script.
//!
//! | File | Holds | Specification |
//! |---|---|---|
//! | `connection` | the state machine: one [`Connection`] | RFC 6455 5, 7 |
//! | `state` | open, closing or closed | |
//! | `config` | role and limits | |
//! | `event` | what a connection reports | |
//! | `frame` | the frame header, both ways | RFC 6455 5.2 |
//! | `decoder` | frames out of bytes, for whoever wants no messages | RFC 6455 5.2 |
//! | `opcode` | opcodes and message kinds | RFC 6455 5.2, 11.8 |
//! | `mask` | masking and masking keys | RFC 6455 5.3 |
//! | `message` | reassembly of fragments and its limits | RFC 6455 5.4 |
//! | `utf8` | text checked as it arrives | RFC 6455 8.1 |
//! | `code` | close codes by name | RFC 6455 7.4.1 |
//! | `close` | which codes may be sent, and the payload of a Close frame | RFC 6455 5.5.1, 7.4 |
//! | `handshake` | the opening handshake, over any kind of header map | RFC 6455 4 |
//! | `extension` | the grammar of `Sec-WebSocket-Extensions` | RFC 6455 9.1 |
//! | `deflate` | compressed messages | RFC 7692 |
//! | `keepalive` | when to ping, when to give up, round-trip times | RFC 6455 5.5.2, 7.1.1 |
//! | `error` | what a peer can do wrong, and what a caller can | RFC 6455 7.4.1 |
//! | `testing` | two cores back to back, and a splitter of byte streams | |

pub mod close;
pub mod code;
pub mod config;
pub mod connection;
pub mod decoder;
pub mod deflate;
pub mod error;
pub mod event;
pub mod extension;
pub mod frame;
pub mod handshake;
pub mod keepalive;
#[doc(hidden)]
pub mod mask;
mod message;
pub mod opcode;
mod state;
#[doc(hidden)]
pub mod testing;
#[doc(hidden)]
pub mod utf8;

#[cfg(test)]
mod tests;

pub use close::CloseInfo;
pub use config::{Config, Role};
pub use connection::{Connection, Encoding, Fragment, Frames, Outgoing, SharedMessage};
pub use deflate::DeflateConfig;
pub use error::{PeerError, UsageError};
pub use event::{Event, Payload};
pub use frame::encode_frame;
pub use handshake::{Accepted, HandshakeError, HeaderLookup, RequestInfo};
pub use keepalive::{Action, Keepalive, KeepaliveConfig, RoundTrips};
pub use opcode::MessageKind;
pub use state::State;
