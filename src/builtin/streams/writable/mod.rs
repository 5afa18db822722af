//! Writable streams. Each file uses those before it: `data`, `state`, `controller`, `operations`,
//! `writer` and `class`.

pub(in crate::builtin::streams) mod class;
pub(in crate::builtin::streams) mod controller;
pub(in crate::builtin::streams) mod data;
pub(in crate::builtin::streams) mod operations;
pub(in crate::builtin::streams) mod state;
pub(in crate::builtin::streams) mod writer;
