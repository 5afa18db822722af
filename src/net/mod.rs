//! Sockets, TLS, time and threads for one event loop. No HTTP, no WebSocket and no JavaScript here.

pub mod bell;
pub mod buffer_pool;
pub mod child;
pub mod datagram;
pub mod file_range;
pub mod file_watch;
pub mod inherited;
pub mod listener;
pub mod out_buffer;
pub mod pool;
pub mod progress;
pub mod reactor;
pub mod resolve;
pub mod signals;
pub mod socket;
pub mod stdin;
mod sync;
pub mod terminal;
pub mod timers;
pub mod tls;
pub mod transport;
