//! krandog: a scriptable runtime for realtime programs.
//!
//! `krandog script.js` runs a JavaScript file on a single-threaded mio event loop that hosts the
//! Boa engine. The crate is built in layers; each may use only what stands above it here, and
//! `tests/rust/layering.rs` fails on any other arrow, `tests/rust/circles.rs` on files of a layer that
//! use each other in a circle:
//!
//! ```text
//! limits, id, errno   constants, identifiers, names of errors: open to all
//! url                 the URL standard: text in, parts out
//! proto               http1, ws, socks5: sans-IO; bytes and `now` in, events and bytes out
//! net                 sockets, TLS, timers, threads, signals: no HTTP or WebSocket, no JavaScript
//! host   = proto+net  connections and servers; emits `host::Event`
//! js                  engine glue: executor, module loader, frames, exceptions; knows no host
//! builtin = js+host   the native half of each built-in, one file or folder each
//! event_loop          builds the context, turns, dispatches host events into JavaScript
//! project             what is written into a project: types and templates; knows no engine
//! cli, main           arguments and exit codes
//! ```

#[cfg(feature = "script")]
pub mod builtin;
#[cfg(feature = "script")]
pub mod cli;
pub mod errno;
#[cfg(feature = "script")]
pub mod event_loop;
pub mod host;
pub mod id;
#[cfg(feature = "script")]
pub mod js;
pub mod limits;
#[cfg(feature = "script")]
pub mod logger;
pub mod net;
#[cfg(feature = "script")]
pub mod project;
pub mod proto;
#[cfg(feature = "script")]
pub mod url;
