//! The native half of the module `crypto`: hashes, keyed hashes, randomness, and keys derived from
//! passwords. The algorithms are those of `RustCrypto`.
//!
//! Specs: <https://nodejs.org/api/crypto.html>, <https://w3c.github.io/webcrypto/>

mod algorithm;
mod derive;
mod hash;
mod random;

use crate::js::interface::Op;

pub(super) const OPS: &[Op] = &[
    ("names", 0, hash::names),
    ("newHash", 2, hash::new_hash),
    ("update", 2, hash::update),
    ("digest", 1, hash::digest),
    ("copy", 1, hash::copy),
    ("isEqual", 2, hash::is_equal),
    ("fillRandom", 3, random::fill),
    ("randomBelow", 1, random::below),
    ("randomUUID", 0, random::uuid),
    ("derive", 2, derive::derive),
    ("deriveSync", 2, derive::derive_sync),
    ("digestLater", 2, hash::digest_later),
];
