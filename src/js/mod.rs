//! Engine glue: everything between Boa and the built-ins that knows nothing of sockets.

pub mod error;
pub mod executor;
pub mod hooks;
pub mod loader;
