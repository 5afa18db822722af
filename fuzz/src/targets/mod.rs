//! One function a fuzz target: it takes any bytes and panics when the code breaks a promise.
//!
//! Each input starts with a few bytes that choose limits, roles and how the rest is cut; the rest
//! is what the peer sends. The module above this one is asked for `limits`, `proto` and `tls`, so
//! that the same code runs in the fuzzer and, over the committed corpus, in the ordinary tests.

pub mod deflate;
pub mod handshake;
pub mod http_request;
pub mod http_response;
pub mod proxy_header;
pub mod server_stream;
pub mod single_frames;
pub mod tls_records;
pub mod ws_frames;

mod frames;
mod http;
mod plan;

use super::{limits, proto, tls};

/// Takes any bytes; panics when a promise is broken.
pub type Target = fn(&[u8]);

/// Every target, by the name of its corpus.
pub const ALL: [(&str, Target); 9] = [
    ("http_request", http_request::run),
    ("http_response", http_response::run),
    ("handshake", handshake::run),
    ("ws_frames", ws_frames::run),
    ("deflate", deflate::run),
    ("server_stream", server_stream::run),
    ("tls_records", tls_records::run),
    ("proxy_header", proxy_header::run),
    ("single_frames", single_frames::run),
];
