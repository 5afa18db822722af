//! Content codings (RFC 9110 8.4.1): `gzip`, `deflate`, `br` and `zstd`, decoded as bytes come and as
//! far as they are asked for. Knows no message.
//!
//! | file      | what                                                 |
//! |-----------|------------------------------------------------------|
//! | `error`   | what is wrong with a content                         |
//! | `step`    | where a coding stands                                |
//! | `zstd`    | that coding                                          |
//! | `codec`   | one coding                                           |
//! | `decoder` | several, one over the other, and how much they grow  |

mod codec;
mod decoder;
mod error;
mod step;
mod zstd;

pub use decoder::{Decoded, Decoder};
pub use error::CodingError;
