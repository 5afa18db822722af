//! The native half of `krandog:nats`: messages out and in, as bytes. Connections are the host's;
//! requests, iteration and `JetStream` are JavaScript.

mod class;
mod clients;
mod options;

use boa_engine::Context;

pub(super) use class::{OPS, subject_of_room};
pub use clients::deliver;

/// Puts the table of clients into the context.
pub(super) fn install(context: &mut Context) {
    clients::install(context);
}
