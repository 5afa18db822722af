//! The native half of `child_process`: processes that a script has started, and the pipes to them.
//!
//! `start` makes one, `children` knows those that run and notices their ends, `pipes` are watched by
//! the host, `run` waits for one,
//! `tell` calls the script. What options mean is checked in `runtime/child_process*.js`.
//!
//! Spec: <https://nodejs.org/api/child_process.html>

mod children;
mod pipes;
mod run;
mod start;
mod tell;

use boa_engine::Context;

use crate::js::interface::Op;

pub use children::reap;
pub use pipes::deliver as deliver_source;

/// For a child that goes on while the script does.
pub(super) const CHILD_OPS: &[Op] = &[
    ("kill", 2, children::kill),
    ("refer", 2, children::refer),
    ("spawn", 6, start::spawn),
    super::late_import::LOAD,
];

/// For a child that the script waits for.
pub(super) const RUN_OPS: &[Op] = &[("run", 6, run::run)];

/// For the pipes of children.
pub(super) const PIPE_OPS: &[Op] = &[
    ("close", 1, pipes::close),
    ("end", 1, pipes::end),
    ("inherited", 1, pipes::inherited),
    ("messageBytesMax", 0, pipes::message_bytes_max),
    ("open", 3, pipes::open),
    ("read", 1, pipes::read),
    ("refer", 2, pipes::refer),
    ("write", 2, pipes::write),
];

/// The native half of the module, which loads the others.
pub(super) const OPS: &[Op] = super::late_import::OPS;

/// Whether a child or one of its pipes keeps the process alive.
pub fn is_alive(context: &Context) -> bool {
    children::are_alive(context) || pipes::are_alive(context)
}
