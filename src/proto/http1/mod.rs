//! HTTP/1.1 (RFC 9112, semantics of RFC 9110) without input and output: bytes and `now` go in,
//! events and bytes come out. No sockets, no clock, no event loop, no scripts. The server side
//! is [`ServerConnection`]; the client side, for one exchange, is [`encode_request`] and
//! [`ResponseParser`].
//!
//! Both are as strict as RFC 9112 allows: where it lets a recipient repair a message, this one
//! refuses, since a repair that another parser does not make is a hole (request smuggling).
//!
//! ```text
//!                  first byte        head accepted,            last byte
//!                  of a head         body to come              of the body
//!   new() ──► Idle ─────────► Head ────────────────► Body ─────────────────┐
//!              ▲  │             │ head accepted, no body: Event::Request   │ Event::Request
//!              │  │             │ or a handshake: Event::Upgrade           │
//!              │  │             ▼                                          │
//!              │  │         Responding ◄───────────────────────────────────┘
//!              │  │             │ respond() or fail()
//!              └──┼─────────────┤ keep-alive
//!                 │             │ close
//!                 ▼             ▼
//!              Closing ◄──── any state: Event::Failed, its answer is in `out`
//!          (Event::Close: nothing to say)
//! ```
//!
//! | file              | what                                               |
//! |-------------------|----------------------------------------------------|
//! | `version`         | the versions that are spoken here                  |
//! | `head`            | finds the end of a head, splits it                 |
//! | `headers`         | the fields of a message, in one allocation         |
//! | `request`         | a request, and whether its head is acceptable      |
//! | `body`            | where a body ends                                  |
//! | `chunk`           | the chunked coding                                 |
//! | `chunk_extension` | the grammar of what may follow a chunk's size      |
//! | `server`          | the state machine above                            |
//! | `response`        | encodes responses                                  |
//! | `client`          | encodes a request, parses its response             |
//! | `credentials`     | Basic authentication                               |
//! | `forwarded`       | what proxies say of those for whom they speak      |
//! | `status`          | reason phrases                                     |
//! | `error`           | what the peer did wrong, what the caller did wrong |

mod body;
mod chunk;
mod chunk_extension;
mod client;
mod config;
mod credentials;
mod error;
pub mod forwarded;
mod head;
mod headers;
mod incoming;
mod request;
mod response;
mod server;
mod status;
mod streamed;
#[cfg(test)]
mod testing;
mod version;

pub use client::{
    ClientConfig, ClientEvent, LAST_CHUNK, RequestFraming, RequestMethod, ResponseParser,
    encode_request, encode_request_head, push_chunk,
};
pub use config::ServerConfig;
pub use credentials::basic_credentials;
pub use error::{PeerError, UsageError};
pub use head::ResponseHead;
pub use headers::Headers;
pub use request::Request;
pub use response::{
    ReplyTo, Response, encode_interim, encode_response, encode_switching_protocols,
    encode_upgrade_refusal,
};
pub use server::{Event, ServerConnection, State};
pub use status::{is_redirect, reason_phrase};
pub use version::Version;
