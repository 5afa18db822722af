//! Transform streams. Each file uses those before it: `data`, `controller`, `class`.

pub(in crate::builtin::streams) mod class;
pub(in crate::builtin::streams) mod controller;
pub(in crate::builtin::streams) mod data;
