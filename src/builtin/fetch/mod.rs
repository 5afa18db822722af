//! `fetch`: requests over HTTP, natively, from the call to the body of the response.
//!
//! ```text
//! failure    what a failed call is rejected with
//! exchanges  who is told what comes of a request
//! incoming   the body of a response: a source of bytes, decoded as it is read
//! upload     the body of a request that is a stream
//! options    what krandog takes beside the standard's options
//! route      the way to a server
//! head       the fields of a request
//! redirect   where a response sends a call
//! integrity  a content that is checked before anybody gets it
//! schemes    URLs that are no requests
//! node       the same for http.request, by news to a function
//! call       one call, over all its requests
//! ```
//!
//! Spec: <https://fetch.spec.whatwg.org/>

mod call;
mod exchanges;
mod failure;
mod head;
mod incoming;
mod integrity;
mod node;
mod options;
mod redirect;
mod route;
mod schemes;
mod upload;

use crate::js::interface::Op;

pub use exchanges::deliver_exchange;
pub(super) use node::OPS as NODE_OPS;

pub(super) const OPS: &[Op] = &[("fetch", 1, call::fetch)];
