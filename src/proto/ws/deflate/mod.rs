//! permessage-deflate (RFC 7692): messages compressed one by one, each connection by agreement.
//!
//! `config` is what can be agreed on, `negotiate` agrees on it, `codec` compresses and inflates,
//! `pool` holds what all connections of a thread share. A connection that agreed to no context
//! takeover keeps nothing between messages; one that may keep a context makes it at its first
//! compressed message.

mod codec;
mod config;
mod negotiate;
mod pool;

pub(super) use codec::{Codec, Packed, encode_deflated, inflatable};
pub use config::{DeflateConfig, NAME, Params};
pub use negotiate::{ParameterError, accept, negotiate, offer};
#[cfg(test)]
pub(super) use pool::held;
