//! Keys, and the handles by which scripts have them.

use std::sync::Arc;

use boa_engine::{JsData, JsObject, JsValue};
use boa_gc::{Finalize, Trace};
use pkcs8::der::zeroize::Zeroizing;

use super::curve::Curve;
use crate::builtin::crypto::algorithm::Algorithm;

/// A key of any kind.
pub(in crate::builtin::crypto) enum Key {
    Secret(Zeroizing<Vec<u8>>),
    Public(Public),
    Private(Private),
}

/// A public key.
#[derive(Clone, PartialEq, Eq)]
pub(in crate::builtin::crypto) enum Public {
    Rsa(rsa::PublicKey, RsaUse),
    Ec(Point),
    Ed25519([u8; 32]),
    X25519([u8; 32]),
}

/// A private key.
pub(in crate::builtin::crypto) enum Private {
    Rsa(Box<rsa::PrivateKey>, RsaUse),
    Ec(Scalar),
    /// The seed (RFC 8032 5.1.5).
    Ed25519(Zeroizing<[u8; 32]>),
    X25519(Zeroizing<[u8; 32]>),
}

/// What an RSA key is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::builtin::crypto) enum RsaUse {
    Any,
    /// RSASSA-PSS alone, perhaps with these parameters and no others.
    Pss(Option<PssParameters>),
}

/// RFC 8017 A.2.3.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::builtin::crypto) struct PssParameters {
    pub(in crate::builtin::crypto) hash: Algorithm,
    pub(in crate::builtin::crypto) mask_hash: Algorithm,
    /// The least that a salt may have.
    pub(in crate::builtin::crypto) salt_bytes: u8,
}

/// A point of a curve, as SEC 1 2.3.3 has it without compression; it has been found to be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::builtin::crypto) struct Point {
    pub(in crate::builtin::crypto) curve: Curve,
    pub(in crate::builtin::crypto) bytes: Vec<u8>,
}

/// The number of a private key, which has been found to be one, and the point that belongs to it.
pub(in crate::builtin::crypto) struct Scalar {
    pub(in crate::builtin::crypto) bytes: Zeroizing<Vec<u8>>,
    pub(in crate::builtin::crypto) point: Point,
}

impl Private {
    /// The public key that belongs to it.
    pub(in crate::builtin::crypto) fn public(&self) -> Public {
        match self {
            Self::Rsa(key, purpose) => Public::Rsa(key.to_public_key(), purpose.clone()),
            Self::Ec(scalar) => Public::Ec(scalar.point.clone()),
            Self::Ed25519(seed) => {
                let key = ed25519_dalek::SigningKey::from_bytes(seed);
                Public::Ed25519(key.verifying_key().to_bytes())
            }
            Self::X25519(bytes) => {
                let secret = x25519_dalek::StaticSecret::from(**bytes);
                Public::X25519(x25519_dalek::PublicKey::from(&secret).to_bytes())
            }
        }
    }
}

impl Public {
    /// As `asymmetricKeyType` names it.
    pub(in crate::builtin::crypto) fn kind(&self) -> &'static str {
        match self {
            Self::Rsa(_, RsaUse::Any) => "rsa",
            Self::Rsa(_, RsaUse::Pss(_)) => "rsa-pss",
            Self::Ec(_) => "ec",
            Self::Ed25519(_) => "ed25519",
            Self::X25519(_) => "x25519",
        }
    }
}

/// What the JavaScript half holds of a key.
#[derive(Trace, Finalize, JsData)]
struct Handle(#[unsafe_ignore_trace] Arc<Key>);

/// A handle for a key.
pub(in crate::builtin::crypto) fn handle(key: Key) -> JsValue {
    JsObject::from_proto_and_data(None, Handle(Arc::new(key))).into()
}

/// The key of a handle.
pub(in crate::builtin::crypto) fn key_of(value: &JsValue) -> Option<Arc<Key>> {
    let object = value.as_object()?;
    let handle = object.downcast_ref::<Handle>()?;
    Some(handle.0.clone())
}
