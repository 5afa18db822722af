//! The native halves of `crypto` and of what it loads: hashes, randomness, derived keys, ciphers, keys
//! and signatures. The algorithms are those of `RustCrypto`.
//!
//! Specs: <https://nodejs.org/api/crypto.html>, <https://w3c.github.io/webcrypto/>

mod algorithm;
mod arguments;
pub(super) mod cipher;
mod derive;
mod exchange;
mod fault;
mod hash;
mod keys;
mod late;
mod random;
mod rsa_encryption;
mod sign;

use crate::js::interface::Op;

/// Of `crypto`, and of the global.
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
    ("digestLater", 2, hash::digest_later),
    ("mac", 3, hash::mac),
];

/// Functions and classes of `crypto` that come late.
pub(super) const LATE_OPS: &[Op] = late::OPS;

/// Of keys.
pub(super) const KEY_OPS: &[Op] = keys::OPS;

/// Of signatures, of RSA as a cipher, and of what two agree on.
pub(super) const SIGNATURE_OPS: &[Op] = &[
    ("signData", 8, sign::sign),
    ("verifyData", 9, sign::verify),
    ("encryptRsa", 6, rsa_encryption::encrypt),
    ("decryptRsa", 6, rsa_encryption::decrypt),
    ("encryptPrivate", 3, rsa_encryption::encrypt_private),
    ("decryptPublic", 3, rsa_encryption::decrypt_public),
    ("agree", 3, exchange::agree),
];
