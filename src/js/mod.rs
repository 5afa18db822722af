//! Engine glue: everything between Boa and the built-ins that knows nothing of sockets.

pub mod activation;
pub mod argument;
pub mod before;
pub mod collisions;
mod commonjs;
pub mod convert;
mod diagnose;
pub mod error;
mod evaluate;
pub mod executor;
pub mod explain;
mod find;
pub mod frame;
pub mod hooks;
pub mod interface;
mod load_error;
pub mod loader;
pub mod memory;
pub mod module_file;
mod nesting;
pub mod ops;
pub mod packages;
pub mod place;
pub mod property;
pub mod report;
pub mod required;
mod requiring;
pub mod runtime_limit;
pub mod settle;
pub mod source;
pub mod stack;
#[cfg(feature = "typescript")]
mod strip_types;
mod typescript;
pub mod utf16;
mod waiting;
