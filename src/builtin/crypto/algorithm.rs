//! The hash functions, by their names.

use digest::DynDigest;
use hmac::{Mac, SimpleHmac};
use md5::Md5;
use sha1::Sha1;
use sha2::{Sha224, Sha256, Sha384, Sha512, Sha512_256};

/// A hash function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Algorithm {
    Md5,
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
    Sha512t256,
}

/// All of them, by the names that `getHashes` returns.
pub(super) const ALL: [(&str, Algorithm); 7] = [
    ("md5", Algorithm::Md5),
    ("sha1", Algorithm::Sha1),
    ("sha224", Algorithm::Sha224),
    ("sha256", Algorithm::Sha256),
    ("sha384", Algorithm::Sha384),
    ("sha512", Algorithm::Sha512),
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

impl<D> Keyed for SimpleHmac<D>
where
    D: digest::Digest + digest::core_api::BlockSizeUser + Clone + 'static,
{
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
fn keyed<D>(key: &[u8]) -> Box<dyn Keyed>
where
    D: digest::Digest + digest::core_api::BlockSizeUser + Clone + 'static,
{
    Box::new(<SimpleHmac<D> as Mac>::new_from_slice(key).expect("any key does"))
}
