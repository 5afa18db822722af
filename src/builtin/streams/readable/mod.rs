//! Readable streams. Each file uses those above it here: `data`, `state`, `default_controller` and
//! `byte_queue`, `byte_controller`, `operations`, the readers, `iterator`, `tee`, `byte_tee` and `from`,
//! `class`.

pub(in crate::builtin::streams) mod byob_reader;
pub(in crate::builtin::streams) mod byte_controller;
pub(in crate::builtin::streams) mod byte_queue;
mod byte_tee;
pub(in crate::builtin::streams) mod class;
pub(in crate::builtin::streams) mod data;
pub(in crate::builtin::streams) mod default_controller;
mod from;
pub(in crate::builtin::streams) mod iterator;
pub(in crate::builtin::streams) mod operations;
pub(in crate::builtin::streams) mod reader;
mod state;
mod tee;
