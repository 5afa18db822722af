//! Keys: the natives that read, write, make and compare them.

pub(super) mod curve;
mod generate;
pub(super) mod key;
mod natives;
mod parts;
mod pem;
mod read;
mod write;

use crate::js::interface::Op;

pub(super) const OPS: &[Op] = &[
    ("secretKey", 1, natives::secret),
    ("readKey", 5, natives::read),
    ("rsaKey", 5, natives::rsa),
    ("ecKey", 4, natives::ec),
    ("okpKey", 3, natives::okp),
    ("pointKey", 2, natives::point_key),
    ("numberKey", 2, natives::number_key),
    ("certificateKey", 1, natives::certificate_key),
    ("publicKeyOf", 1, natives::public_of),
    ("describeKey", 1, natives::describe),
    ("writeKey", 4, natives::write),
    ("keyParts", 1, natives::parts),
    ("keyBytes", 2, natives::bytes),
    ("equalKeys", 2, natives::equal),
    ("generatePair", 4, natives::generate_pair),
];
