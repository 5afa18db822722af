//! Keys as DER: the other way round of `read`.

use pkcs8::der::asn1::{AnyRef, BitStringRef, Null, OctetStringRef};
use pkcs8::der::{Any, Encode};
use pkcs8::pkcs5::pbes2;
use pkcs8::spki::{AlgorithmIdentifier, AlgorithmIdentifierRef};
use pkcs8::{PrivateKeyInfoRef, SubjectPublicKeyInfoRef};
use rsa::pkcs1::{self, EncodeRsaPrivateKey, EncodeRsaPublicKey};

use super::key::{Private, PssParameters, Public, RsaUse, Scalar};
use super::read::{EC, ED25519, RSA, RSA_PSS, X25519};
use crate::builtin::crypto::algorithm::Algorithm;
use crate::builtin::crypto::fault::{Fault, INVALID_KEY, NO_RANDOMNESS, UNKNOWN_CIPHER};
use crate::limits::KEY_ENCRYPTION_ROUNDS;

/// A public key: `pkcs1` or `spki`.
pub(super) fn public(key: &Public, form: &str) -> Result<Vec<u8>, Fault> {
    let bytes = match key {
        Public::Rsa(key, _) => key.to_pkcs1_der().map_err(|_| INVALID_KEY)?.as_bytes().to_vec(),
        Public::Ec(point) => point.bytes.clone(),
        Public::Ed25519(bytes) | Public::X25519(bytes) => bytes.to_vec(),
    };
    if form == "pkcs1" {
        return Ok(bytes);
    }
    let parameters = parameters(key)?;
    let subject_public_key = BitStringRef::from_bytes(&bytes).map_err(|_| INVALID_KEY)?;
    let algorithm = identifier(key, parameters.as_ref());
    SubjectPublicKeyInfoRef { algorithm, subject_public_key }.to_der().map_err(|_| INVALID_KEY)
}

/// A private key: `pkcs1`, `pkcs8` or `sec1`.
pub(super) fn private(key: &Private, form: &str) -> Result<Vec<u8>, Fault> {
    let bytes = match key {
        Private::Rsa(key, _) => key.to_pkcs1_der().map_err(|_| INVALID_KEY)?.as_bytes().to_vec(),
        Private::Ec(scalar) => sec1(scalar, form == "sec1")?,
        Private::Ed25519(bytes) | Private::X25519(bytes) => {
            let octets = OctetStringRef::new(&**bytes).map_err(|_| INVALID_KEY)?;
            octets.to_der().map_err(|_| INVALID_KEY)?
        }
    };
    if form != "pkcs8" {
        return Ok(bytes);
    }
    let public = key.public();
    let parameters = parameters(&public)?;
    let bytes = OctetStringRef::new(&bytes).map_err(|_| INVALID_KEY)?;
    let info = PrivateKeyInfoRef::new(identifier(&public, parameters.as_ref()), bytes);
    info.to_der().map_err(|_| INVALID_KEY)
}

/// The curve is named by what is around the key, or in it where there is nothing around.
fn sec1(scalar: &Scalar, names_curve: bool) -> Result<Vec<u8>, Fault> {
    let identifier = scalar.point.curve.identifier();
    let key = sec1::EcPrivateKey {
        private_key: &scalar.bytes,
        parameters: names_curve.then_some(sec1::EcParameters::NamedCurve(identifier)),
        public_key: Some(&scalar.point.bytes),
    };
    key.to_der().map_err(|_| INVALID_KEY)
}

/// A private key as PKCS #8, encrypted with a passphrase (PBES2, RFC 8018 6.2).
pub(super) fn encrypted(key: &Private, cipher: &str, passphrase: &[u8]) -> Result<Vec<u8>, Fault> {
    let der = private(key, "pkcs8")?;
    let (mut salt, mut iv) = ([0; 16], [0; 16]);
    getrandom::fill(&mut salt).map_err(|_| NO_RANDOMNESS)?;
    getrandom::fill(&mut iv).map_err(|_| NO_RANDOMNESS)?;
    let kdf = pbes2::Pbkdf2Params::hmac_sha256(KEY_ENCRYPTION_ROUNDS, &salt);
    let kdf = kdf.map_err(|_| INVALID_KEY)?.into();
    let encryption = match &*cipher.to_ascii_lowercase() {
        "aes-128-cbc" | "aes128" => pbes2::EncryptionScheme::Aes128Cbc { iv },
        "aes-192-cbc" | "aes192" => pbes2::EncryptionScheme::Aes192Cbc { iv },
        "aes-256-cbc" | "aes256" => pbes2::EncryptionScheme::Aes256Cbc { iv },
        _ => return Err(UNKNOWN_CIPHER),
    };
    let parameters = pbes2::Parameters { kdf, encryption };
    let info = PrivateKeyInfoRef::try_from(&der[..]).map_err(|_| INVALID_KEY)?;
    let document = info.encrypt_with_params(parameters, passphrase).map_err(|_| INVALID_KEY)?;
    Ok(document.as_bytes().to_vec())
}

/// The parameters of a key's algorithm.
fn parameters(key: &Public) -> Result<Option<Any>, Fault> {
    let any = match key {
        Public::Rsa(_, RsaUse::Any) => Any::encode_from(&Null),
        Public::Rsa(_, RsaUse::Pss(Some(parameters))) => pss(parameters),
        Public::Ec(point) => Any::encode_from(&point.curve.identifier()),
        Public::Rsa(_, RsaUse::Pss(None)) | Public::Ed25519(_) | Public::X25519(_) => {
            return Ok(None);
        }
    };
    any.map(Some).map_err(|_| INVALID_KEY)
}

fn pss(parameters: &PssParameters) -> Result<Any, pkcs8::der::Error> {
    let hash = |algorithm: Algorithm| AlgorithmIdentifierRef {
        oid: algorithm.identifier(),
        parameters: Some(AnyRef::NULL),
    };
    let mask = ::pkcs8::ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.8");
    Any::encode_from(&pkcs1::RsaPssParams {
        hash: hash(parameters.hash),
        mask_gen: AlgorithmIdentifier { oid: mask, parameters: Some(hash(parameters.mask_hash)) },
        salt_len: parameters.salt_bytes,
        trailer_field: pkcs1::TrailerField::default(),
    })
}

fn identifier<'a>(key: &Public, parameters: Option<&'a Any>) -> AlgorithmIdentifierRef<'a> {
    let oid = match key {
        Public::Rsa(_, RsaUse::Any) => RSA,
        Public::Rsa(_, RsaUse::Pss(_)) => RSA_PSS,
        Public::Ec(_) => EC,
        Public::Ed25519(_) => ED25519,
        Public::X25519(_) => X25519,
    };
    AlgorithmIdentifierRef { oid, parameters: parameters.map(AnyRef::from) }
}
