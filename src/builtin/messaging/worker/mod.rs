//! `Worker`: a program on a thread of its own, which this one exchanges messages with.
//!
//! `source` finds the program, `launch` is what it needs of the loop, `handle` is the object of whoever
//! starts it, `scope` what it finds itself in, and `news` what it tells beside its messages.

mod handle;
mod launch;
mod news;
mod options;
mod scope;
mod source;

pub(in crate::builtin) use handle::OPS;
pub use handle::Unheard;
pub(super) use handle::{deliver, give_up, is_running, is_worker, keeps_alive, shut_down};
pub use launch::{End, Launch, Launcher, Stop};
pub use scope::{Heard, global_object, hear};
