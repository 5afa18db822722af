//! Engine glue: everything between Boa and the built-ins that knows nothing of sockets.

pub mod activation;
pub mod argument;
pub mod before;
pub mod collisions;
pub mod convert;
mod diagnose;
pub mod error;
pub mod executor;
pub mod explain;
pub mod frame;
pub mod hooks;
pub mod interface;
mod load_error;
pub mod loader;
pub mod memory;
mod nesting;
pub mod ops;
pub mod place;
pub mod property;
pub mod report;
pub mod runtime_limit;
pub mod settle;
pub mod source;
pub mod stack;
mod waiting;
