//! Engine glue: everything between Boa and the built-ins that knows nothing of sockets.

pub mod abort;
pub mod convert;
pub mod error;
pub mod escape;
pub mod event;
mod event_kinds;
pub mod event_target;
pub mod events;
pub mod executor;
pub mod frame;
pub mod hooks;
pub mod interface;
pub mod loader;
pub mod memory;
pub mod microtask;
pub mod report;
pub mod stack;
