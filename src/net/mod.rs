//! Sockets, time and threads for one event loop. No protocol words and no JavaScript in here.

pub mod connect;
pub mod listener;
pub mod out_buffer;
pub mod pool;
pub mod reactor;
pub mod signals;
pub mod stdin;
pub mod stream;
pub mod timers;
