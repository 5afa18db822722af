//! Requests that go out: what is asked for, the connections that are kept for it, and what comes
//! back.
//!
//! ```text
//! request     what a script asks for, and the way to the server
//! news        what it is told of the response
//! lines       connections by the way they go: in use, idle, and who waits for one
//! exchanges   from a request to a connection, and what is asked of it meanwhile
//! ```

mod exchanges;
mod lines;
mod news;
mod request;

pub(super) use lines::Clients;
pub use news::{News, Received};
pub use request::{HttpRequest, RequestBody, RequestTimeouts, Route};
