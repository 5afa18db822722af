//! Requests that go out: what is asked for, the connections that are kept for it, and what comes
//! back.
//!
//! ```text
//! request     what a script asks for, and the way to the server
//! lines       connections by the way they go: in use, idle, and who waits for one
//! exchanges   from a request to a connection, and what is asked of it meanwhile
//! ```

mod exchanges;
mod lines;
mod request;

pub(super) use lines::Clients;
pub use request::{HttpRequest, RequestBody, RequestTimeouts, Route};
