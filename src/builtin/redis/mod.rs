//! The native half of `krandog:redis`: commands out, replies as values and promises. Connections are
//! the host's; names of commands and what is built of them are JavaScript.

mod calls;
mod class;
mod options;
mod values;

use boa_engine::Context;

pub use calls::deliver;
pub(super) use class::OPS;

/// Puts the table of clients into the context.
pub(super) fn install(context: &mut Context) {
    calls::install(context);
}
