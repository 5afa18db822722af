//! Signatures: RSASSA-PKCS1-v1_5 and RSASSA-PSS (RFC 8017 8), ECDSA (FIPS 186-5) and Ed25519
//! (RFC 8032).

use std::sync::Arc;

use boa_engine::{Context, JsResult, JsValue};
use digest::const_oid::AssociatedOid;
use digest::{Digest, FixedOutputReset};
use ed25519_dalek::{Signer, SigningKey, Verifier, VerifyingKey};
use getrandom::SysRng;
use md5::Md5;
use pkcs8::der::asn1::UintRef;
use pkcs8::der::{Decode, Encode, Reader, SliceReader};
use rsa::traits::PublicKeyParts;
use rsa::{Pkcs1v15Sign, Pss};
use sha1::Sha1;
use sha2::{Sha224, Sha256, Sha384, Sha512, Sha512_224, Sha512_256};

use super::algorithm::{Algorithm, with_hash};
use super::arguments::{Arguments, buffer};
use super::fault::{
    Fault, INVALID_DIGEST, INVALID_KEY, NO_RANDOMNESS, TOO_LARGE_FOR_KEY, WRONG_KEY_KIND,
    WRONG_PADDING, run,
};
use super::keys::key::{Key, Private, Public, RsaUse};

/// How to sign.
struct Scheme {
    hash: Option<Algorithm>,
    /// The number that Node has for it; none for the usual one of the key.
    padding: Option<i64>,
    /// How long the salt of PSS is, or one of the numbers below zero that stand for a length.
    salt: Option<i64>,
    /// Whether r and s of ECDSA are DER, or beside each other (IEEE P1363).
    is_der: bool,
}

/// Numbers of OpenSSL.
const PKCS1: i64 = 1;
const PSS: i64 = 6;
const SALT_AS_HASH: i64 = -1;
const SALT_ANY: i64 = -2;

/// What is signed.
enum Data {
    Message(Vec<u8>),
    /// The hash of it.
    Hash(Vec<u8>),
}

impl Data {
    fn hashed(self, algorithm: Algorithm) -> Vec<u8> {
        match self {
            Self::Hash(hash) => hash,
            Self::Message(message) => algorithm.digest(&message),
        }
    }
}

/// The arguments of both: the key, the hash function or nothing, whether the data is hashed, the data,
/// and how.
fn read(given: &Arguments<'_>, context: &mut Context) -> JsResult<(Arc<Key>, Scheme, Data)> {
    let scheme = Scheme {
        hash: given.algorithm(2, context)?,
        padding: given.number(5),
        salt: given.number(6),
        is_der: given.text(7, context)? != "ieee-p1363",
    };
    let data = given.bytes(4, context)?;
    let data = if given.flag(3) { Data::Hash(data) } else { Data::Message(data) };
    Ok((given.key(1)?, scheme, data))
}

/// `sign(later, key, hash, isHashed, data, padding, saltLength, encoding)`: an `ArrayBuffer`, or a
/// promise for one.
pub(super) fn sign(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let given = Arguments(arguments);
    let (key, scheme, data) = read(&given, context)?;
    let work = move || match &*key {
        Key::Private(key) => signed(key, &scheme, data),
        Key::Public(_) | Key::Secret(_) => Err(WRONG_KEY_KIND),
    };
    run(given.flag(0), work, buffer, context)
}

/// `verify(later, key, hash, isHashed, data, padding, saltLength, encoding, signature)`: a boolean, or
/// a promise for one.
pub(super) fn verify(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let given = Arguments(arguments);
    let (key, scheme, data) = read(&given, context)?;
    let signature = given.bytes(8, context)?;
    let work = move || match &*key {
        Key::Private(key) => verified(&key.public(), &scheme, data, &signature),
        Key::Public(key) => verified(key, &scheme, data, &signature),
        Key::Secret(_) => Err(WRONG_KEY_KIND),
    };
    run(given.flag(0), work, |right, _| Ok(right.into()), context)
}

fn signed(key: &Private, scheme: &Scheme, data: Data) -> Result<Vec<u8>, Fault> {
    // What OpenSSL takes where nothing is said.
    let hash = scheme.hash.unwrap_or(Algorithm::Sha256);
    match key {
        Private::Rsa(key, purpose) => {
            let hashed = data.hashed(hash);
            match scheme.rsa(purpose, hash)? {
                Rsa::Pkcs1 => with_hash!(hash, sign_pkcs1(key, &hashed)),
                Rsa::Pss(salt) => {
                    // RFC 8017 9.1.1: the hash, the salt and two bytes have to fit.
                    let room = usable(key.n().bit_width_vartime());
                    let most = room.checked_sub(hashed.len() + 2).ok_or(TOO_LARGE_FOR_KEY)?;
                    let salt = salt.unwrap_or(most);
                    if salt > most {
                        return Err(TOO_LARGE_FOR_KEY);
                    }
                    with_hash!(hash, sign_pss(key, &hashed, salt))
                }
            }
        }
        Private::Ec(scalar) => {
            let curve = scalar.point.curve;
            let signature = curve.sign(&scalar.bytes, &data.hashed(hash)).ok_or(NO_RANDOMNESS)?;
            if scheme.is_der { to_der(&signature) } else { Ok(signature) }
        }
        Private::Ed25519(seed) => match (scheme.hash, data) {
            (None, Data::Message(message)) => {
                Ok(SigningKey::from_bytes(seed).sign(&message).to_bytes().to_vec())
            }
            _ => Err(INVALID_DIGEST),
        },
        Private::X25519(_) => Err(WRONG_KEY_KIND),
    }
}

fn verified(key: &Public, scheme: &Scheme, data: Data, signature: &[u8]) -> Result<bool, Fault> {
    let hash = scheme.hash.unwrap_or(Algorithm::Sha256);
    match key {
        Public::Rsa(key, purpose) => {
            let hashed = data.hashed(hash);
            Ok(match scheme.rsa(purpose, hash)? {
                Rsa::Pkcs1 => with_hash!(hash, verify_pkcs1(key, &hashed, signature)),
                Rsa::Pss(salt) => with_hash!(hash, verify_pss(key, &hashed, signature, salt)),
            })
        }
        Public::Ec(point) => {
            let plain = if scheme.is_der {
                from_der(signature, point.curve.bytes())
            } else {
                Some(signature.to_vec())
            };
            let Some(plain) = plain else { return Ok(false) };
            Ok(point.curve.verify(&point.bytes, &data.hashed(hash), &plain))
        }
        Public::Ed25519(bytes) => match (scheme.hash, data) {
            (None, Data::Message(message)) => {
                let key = VerifyingKey::from_bytes(bytes).map_err(|_| INVALID_KEY)?;
                let signature = ed25519_dalek::Signature::from_slice(signature);
                Ok(signature.is_ok_and(|signature| key.verify(&message, &signature).is_ok()))
            }
            _ => Err(INVALID_DIGEST),
        },
        Public::X25519(_) => Err(WRONG_KEY_KIND),
    }
}

/// How an RSA key signs. The salt is none where any length is right: the longest for who signs.
enum Rsa {
    Pkcs1,
    Pss(Option<usize>),
}

impl Scheme {
    fn rsa(&self, purpose: &RsaUse, hash: Algorithm) -> Result<Rsa, Fault> {
        let (usual, parameters) = match purpose {
            RsaUse::Any => (PKCS1, None),
            RsaUse::Pss(parameters) => (PSS, parameters.as_ref()),
        };
        match self.padding.unwrap_or(usual) {
            PKCS1 if usual == PKCS1 => return Ok(Rsa::Pkcs1),
            PSS => {}
            _ => return Err(WRONG_PADDING),
        }
        // RFC 8017 A.2.3: a key can say what it is used with, and nothing else.
        let bound = parameters.map_or(0, |parameters| parameters.salt_bytes);
        if parameters.is_some_and(|one| one.hash != hash || one.mask_hash != hash) {
            return Err(INVALID_DIGEST);
        }
        let usual_salt = if parameters.is_some() { i64::from(bound) } else { SALT_ANY };
        let salt = match self.salt.unwrap_or(usual_salt) {
            SALT_AS_HASH => Some(hash.output_bytes()),
            SALT_ANY => return Ok(Rsa::Pss(None)),
            salt => usize::try_from(salt).ok(),
        };
        match salt {
            Some(salt) if salt >= usize::from(bound) => Ok(Rsa::Pss(Some(salt))),
            _ => Err(WRONG_PADDING),
        }
    }
}

/// The bytes of what is encoded for PSS, of which a bit less is used than the modulus has.
fn usable(bits: u32) -> usize {
    (bits.saturating_sub(1) as usize).div_ceil(8)
}

fn sign_pkcs1<D: Digest + AssociatedOid>(
    key: &rsa::PrivateKey,
    hashed: &[u8],
) -> Result<Vec<u8>, Fault> {
    key.sign_with_rng(&mut SysRng, Pkcs1v15Sign::new::<D>(), hashed).map_err(|error| fault(&error))
}

fn sign_pss<D: Digest + FixedOutputReset>(
    key: &rsa::PrivateKey,
    hashed: &[u8],
    salt: usize,
) -> Result<Vec<u8>, Fault> {
    let scheme = Pss::<D>::new_with_salt(salt);
    key.sign_with_rng(&mut SysRng, scheme, hashed).map_err(|error| fault(&error))
}

fn fault(error: &rsa::Error) -> Fault {
    match error {
        rsa::Error::Rng => NO_RANDOMNESS,
        rsa::Error::InputNotHashed => INVALID_DIGEST,
        _ => TOO_LARGE_FOR_KEY,
    }
}

fn verify_pkcs1<D: Digest + AssociatedOid>(
    key: &rsa::PublicKey,
    hashed: &[u8],
    signature: &[u8],
) -> bool {
    key.verify(Pkcs1v15Sign::new::<D>(), hashed, signature).is_ok()
}

fn verify_pss<D: Digest + FixedOutputReset>(
    key: &rsa::PublicKey,
    hashed: &[u8],
    signature: &[u8],
    salt: Option<usize>,
) -> bool {
    let scheme = Pss::<D> { blinded: true, digest: D::new(), salt_len: salt };
    key.verify(scheme, hashed, signature).is_ok()
}

/// r and s as DER (RFC 3279 2.2.3).
fn to_der(signature: &[u8]) -> Result<Vec<u8>, Fault> {
    let (r, s) = signature.split_at(signature.len() / 2);
    let integer = |bytes| UintRef::new(bytes).and_then(|number| number.to_der());
    let body = [integer(r), integer(s)].into_iter().collect::<Result<Vec<_>, _>>();
    let body = body.map_err(|_| INVALID_KEY)?.concat();
    let mut der = vec![0x30];
    // 2 * 68 bytes at most.
    match u8::try_from(body.len()) {
        Ok(length @ 0..0x80) => der.push(length),
        Ok(length) => der.extend([0x81, length]),
        Err(_) => return Err(INVALID_KEY),
    }
    der.extend(body);
    Ok(der)
}

/// The other way round; none if it is none.
fn from_der(signature: &[u8], bytes: usize) -> Option<Vec<u8>> {
    let mut reader = SliceReader::new(signature).ok()?;
    let (r, s) = reader
        .sequence::<_, _, pkcs8::der::Error>(|reader| {
            Ok((UintRef::decode(reader)?, UintRef::decode(reader)?))
        })
        .ok()?;
    if !reader.is_finished() {
        return None;
    }
    let mut plain = Vec::with_capacity(2 * bytes);
    for number in [r.as_bytes(), s.as_bytes()] {
        let missing = bytes.checked_sub(number.len())?;
        plain.extend(std::iter::repeat_n(0, missing));
        plain.extend_from_slice(number);
    }
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_survive_der() {
        for (first, last) in [(0x00, 0x01), (0x7F, 0x80), (0xFF, 0xFF)] {
            for bytes in [32, 48, 66] {
                let mut plain = vec![0x11; 2 * bytes];
                plain[0] = first;
                plain[bytes] = last;
                let der = to_der(&plain).unwrap();
                assert_eq!(from_der(&der, bytes), Some(plain));
                assert_eq!(from_der(&der[..der.len() - 1], bytes), None);
                assert_eq!(from_der(&[&der[..], &[0]].concat(), bytes), None);
            }
        }
    }
}
