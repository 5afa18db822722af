//! The protocol of Redis and of what speaks like it: commands out, replies and messages in.
//!
//! The crate `redis-protocol` reads a frame that is whole. Alone it would follow arrays inside of
//! arrays until the stack is used up, and begin anew with each byte of a long one: [`Decoder`] finds
//! where a frame ends first, within limits, and goes on where it stopped.
//!
//! Spec: RESP3, <https://redis.io/docs/latest/develop/reference/protocol-spec/>.

mod command;
mod decoder;
mod error;
mod scan;
mod slots;
mod value;

#[cfg(test)]
mod tests;

pub use command::{Command, count_arguments, write_command};
pub use decoder::Decoder;
pub use error::{PeerError, Refusal};
pub use redis_protocol::redis_keyslot as key_slot;
pub use slots::{SLOTS, SlotRange, read_slots};
pub use value::Value;
