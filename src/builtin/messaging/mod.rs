//! Messages between objects, in one thread and across threads: `MessageChannel` and what builds on
//! it.
//!
//! A `mailbox` says whose turn it is, an `inbox` holds what waits for one of them, `receivers` knows
//! the objects; `port` is what is behind a `MessagePort`, `class` what scripts see of it, and
//! `deliver` makes events of what has come. `worker` is a program that such messages go to and come
//! from, and a `broadcast` one for many.

mod broadcast;
mod class;
mod deliver;
pub(super) mod inbox;
mod mailbox;
pub(super) mod port;
mod post;
mod receivers;
mod worker;

pub(super) use broadcast::OPS as BROADCAST_OPS;
pub use broadcast::deliver_cast;
pub(super) use class::OPS as CHANNEL_OPS;
pub use deliver::{
    Delivered, deliver_next, give_up_overdue, has_workers, is_alive, remind_held, shut_down,
};
pub use receivers::Receivers;
pub(super) use worker::OPS as WORKER_OPS;
pub use worker::{End, Heard, Launch, Launcher, Stop, Unheard, global_object, hear};
