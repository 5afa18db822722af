//! The hash functions, by their names.

use digest::DynDigest;
use digest::const_oid::{AssociatedOid, ObjectIdentifier};
use hmac::{EagerHash, Hmac, KeyInit, Mac};
use md5::Md5;
use sha1::Sha1;
use sha2::{Sha224, Sha256, Sha384, Sha512, Sha512_224, Sha512_256};

/// A hash function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Algorithm {
    Md5,
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
    Sha512t224,
    Sha512t256,
}

/// All of them, by the names that `getHashes` returns.
pub(super) const ALL: [(&str, Algorithm); 8] = [
    ("md5", Algorithm::Md5),
    ("sha1", Algorithm::Sha1),
    ("sha224", Algorithm::Sha224),
    ("sha256", Algorithm::Sha256),
    ("sha384", Algorithm::Sha384),
    ("sha512", Algorithm::Sha512),
    ("sha512-224", Algorithm::Sha512t224),
    ("sha512-256", Algorithm::Sha512t256),
];

/// Calls a generic function with the type of an algorithm.
macro_rules! with_hash {
    ($algorithm:expr, $function:ident($($argument:expr),*)) => {
        match $algorithm {
            Algorithm::Md5 => $function::<Md5>($($argument),*),
            Algorithm::Sha1 => $function::<Sha1>($($argument),*),
            Algorithm::Sha224 => $function::<Sha224>($($argument),*),
            Algorithm::Sha256 => $function::<Sha256>($($argument),*),
            Algorithm::Sha384 => $function::<Sha384>($($argument),*),
            Algorithm::Sha512 => $function::<Sha512>($($argument),*),
            Algorithm::Sha512t224 => $function::<Sha512_224>($($argument),*),
            Algorithm::Sha512t256 => $function::<Sha512_256>($($argument),*),
        }
    };
}
pub(super) use with_hash;

impl Algorithm {
    /// In any case, with or without the dash that others write: `SHA-256`, `RSA-SHA256`.
    pub(super) fn parse(name: &str) -> Option<Self> {
        let plain = name.to_ascii_lowercase();
        let plain = plain.strip_prefix("rsa-").unwrap_or(&plain);
        let plain =
            plain.strip_prefix("sha-").map_or_else(|| plain.to_owned(), |n| format!("sha{n}"));
        let plain = plain.replace('/', "-");
        ALL.iter().find(|(known, _)| *known == plain).map(|(_, algorithm)| *algorithm)
    }

    /// A hash of it.
    pub(super) fn hasher(self) -> Box<dyn DynDigest> {
        fn of<D: DynDigest + Default + 'static>() -> Box<dyn DynDigest> {
            Box::new(D::default())
        }
        with_hash!(self, of())
    }

    /// The hash of what is there as a whole.
    pub(super) fn digest(self, bytes: &[u8]) -> Vec<u8> {
        let mut hash = self.hasher();
        hash.update(bytes);
        hash.finalize().into_vec()
    }

    /// The length of a hash.
    pub(super) fn output_bytes(self) -> usize {
        self.hasher().output_size()
    }

    /// As `getHashes` names it.
    pub(super) fn name(self) -> &'static str {
        ALL[self as usize].0
    }

    pub(super) fn identifier(self) -> ObjectIdentifier {
        fn of<D: AssociatedOid>() -> ObjectIdentifier {
            D::OID
        }
        with_hash!(self, of())
    }

    pub(super) fn by_identifier(identifier: ObjectIdentifier) -> Option<Self> {
        let mut all = ALL.iter().map(|(_, algorithm)| *algorithm);
        all.find(|algorithm| algorithm.identifier() == identifier)
    }

    /// A keyed hash of it (RFC 2104).
    pub(super) fn keyed(self, key: &[u8]) -> Box<dyn Keyed> {
        with_hash!(self, keyed(key))
    }
}

/// A keyed hash, of any function.
pub(super) trait Keyed {
    fn update(&mut self, bytes: &[u8]);
    fn finalize(self: Box<Self>) -> Vec<u8>;
    fn copy(&self) -> Box<dyn Keyed>;
}

impl<D: EagerHash + 'static> Keyed for Hmac<D> {
    fn update(&mut self, bytes: &[u8]) {
        Mac::update(self, bytes);
    }

    fn finalize(self: Box<Self>) -> Vec<u8> {
        Mac::finalize(*self).into_bytes().to_vec()
    }

    fn copy(&self) -> Box<dyn Keyed> {
        Box::new(self.clone())
    }
}

#[expect(clippy::expect_used, reason = "RFC 2104 takes keys of any length")]
fn keyed<D: EagerHash + 'static>(key: &[u8]) -> Box<dyn Keyed> {
    Box::new(<Hmac<D> as KeyInit>::new_from_slice(key).expect("any key does"))
}
