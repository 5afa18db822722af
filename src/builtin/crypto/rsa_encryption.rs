//! RSA as a cipher (RFC 8017 7), and its bare operations.
//!
//! Each private operation is blinded with fresh random numbers, so that its time tells nothing of what
//! is decrypted. Padding of PKCS #1 v1.5 that is wrong decrypts to random bytes, since who learns
//! whether it is right can decrypt everything (Bleichenbacher's attack).

use boa_engine::{Context, JsResult, JsValue};
use digest::{Digest, FixedOutputReset};
use getrandom::SysRng;
use md5::Md5;
use rsa::hazmat::{rsa_decrypt_and_check, rsa_encrypt};
use rsa::traits::{PaddingScheme, PublicKeyParts};
use rsa::{BoxedUint, Oaep, Pkcs1v15Encrypt, Pkcs1v15Sign};
use sha1::Sha1;
use sha2::{Sha224, Sha256, Sha384, Sha512, Sha512_224, Sha512_256};

use super::algorithm::{Algorithm, with_hash};
use super::arguments::{Arguments, buffer};
use super::fault::{
    Fault, NO_RANDOMNESS, OAEP_DECODING, RSA_PADDING_CHECK, TOO_LARGE_FOR_KEY, WRONG_KEY_KIND,
    WRONG_PADDING, run,
};
use super::keys::key::{Key, Private, Public, RsaUse};

/// Numbers of OpenSSL.
const PKCS1: i64 = 1;
const NONE: i64 = 3;
const OAEP: i64 = 4;

/// `encryptRsa(later, key, data, padding, hash, label)`: an `ArrayBuffer` or a promise for one.
pub(super) fn encrypt(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let given = Arguments(arguments);
    let (key, data, padding) = (given.key(1)?, given.bytes(2, context)?, given.number(3));
    let hash = given.algorithm(4, context)?.unwrap_or(Algorithm::Sha1);
    let label = given.bytes(5, context)?;
    let work = move || {
        let key = public(&key)?;
        match padding.unwrap_or(OAEP) {
            OAEP => with_hash!(hash, encrypt_oaep(&key, &data, label)),
            PKCS1 => {
                key.encrypt(&mut SysRng, Pkcs1v15Encrypt, &data).map_err(|error| fault(&error))
            }
            NONE => bare(&key, &data),
            _ => Err(WRONG_PADDING),
        }
    };
    run(given.flag(0), work, buffer, context)
}

/// `decryptRsa(later, key, data, padding, hash, label)`: an `ArrayBuffer` or a promise for one.
pub(super) fn decrypt(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let given = Arguments(arguments);
    let (key, data, padding) = (given.key(1)?, given.bytes(2, context)?, given.number(3));
    let hash = given.algorithm(4, context)?.unwrap_or(Algorithm::Sha1);
    let label = given.bytes(5, context)?;
    let work = move || {
        let Key::Private(Private::Rsa(key, RsaUse::Any)) = &*key else {
            return Err(WRONG_KEY_KIND);
        };
        match padding.unwrap_or(OAEP) {
            OAEP => with_hash!(hash, decrypt_oaep(key, &data, label)),
            PKCS1 => Pkcs1v15Encrypt
                .decrypt(Some(&mut SysRng), key, &data)
                .map_err(|_| RSA_PADDING_CHECK),
            NONE => bare_private(key, &data),
            _ => Err(WRONG_PADDING),
        }
    };
    run(given.flag(0), work, buffer, context)
}

/// `encryptPrivate(key, data, padding)`: what the public key makes plain again. An `ArrayBuffer`.
pub(super) fn encrypt_private(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let given = Arguments(arguments);
    let (key, data, padding) = (given.key(0)?, given.bytes(1, context)?, given.number(2));
    let work = move || {
        let Key::Private(Private::Rsa(key, RsaUse::Any)) = &*key else {
            return Err(WRONG_KEY_KIND);
        };
        match padding.unwrap_or(PKCS1) {
            PKCS1 => key
                .sign_with_rng(&mut SysRng, Pkcs1v15Sign::new_unprefixed(), &data)
                .map_err(|error| fault(&error)),
            NONE => bare_private(key, &data),
            _ => Err(WRONG_PADDING),
        }
    };
    run(false, work, buffer, context)
}

/// `decryptPublic(key, data, padding)`: an `ArrayBuffer`.
pub(super) fn decrypt_public(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let given = Arguments(arguments);
    let (key, data, padding) = (given.key(0)?, given.bytes(1, context)?, given.number(2));
    let work = move || {
        let plain = bare(&public(&key)?, &data)?;
        match padding.unwrap_or(PKCS1) {
            PKCS1 => unpadded(&plain).ok_or(RSA_PADDING_CHECK),
            NONE => Ok(plain),
            _ => Err(WRONG_PADDING),
        }
    };
    run(false, work, buffer, context)
}

fn public(key: &Key) -> Result<rsa::PublicKey, Fault> {
    match key {
        Key::Public(Public::Rsa(key, RsaUse::Any)) => Ok(key.clone()),
        Key::Private(Private::Rsa(key, RsaUse::Any)) => Ok(key.to_public_key()),
        _ => Err(WRONG_KEY_KIND),
    }
}

fn encrypt_oaep<D: Digest + FixedOutputReset>(
    key: &rsa::PublicKey,
    data: &[u8],
    label: Vec<u8>,
) -> Result<Vec<u8>, Fault> {
    let padding = Oaep::<D>::new_with_label(label);
    key.encrypt(&mut SysRng, padding, data).map_err(|error| fault(&error))
}

fn decrypt_oaep<D: Digest + FixedOutputReset>(
    key: &rsa::PrivateKey,
    data: &[u8],
    label: Vec<u8>,
) -> Result<Vec<u8>, Fault> {
    let padding = Oaep::<D>::new_with_label(label);
    padding.decrypt(Some(&mut SysRng), key, data).map_err(|error| match error {
        rsa::Error::Rng => NO_RANDOMNESS,
        _ => OAEP_DECODING,
    })
}

fn fault(error: &rsa::Error) -> Fault {
    match error {
        rsa::Error::Rng => NO_RANDOMNESS,
        _ => TOO_LARGE_FOR_KEY,
    }
}

/// A number that is as long as the modulus, and smaller.
fn representative(key: &impl PublicKeyParts, data: &[u8]) -> Result<BoxedUint, Fault> {
    if data.len() != key.size() {
        return Err(TOO_LARGE_FOR_KEY);
    }
    let number = BoxedUint::from_be_slice(data, key.n_bits_precision());
    number.ok().filter(|number| number < key.n().as_ref()).ok_or(TOO_LARGE_FOR_KEY)
}

/// The bytes of a number, as many as the modulus has.
fn octets(key: &impl PublicKeyParts, number: &BoxedUint) -> Vec<u8> {
    let bytes = number.to_be_bytes();
    bytes[bytes.len().saturating_sub(key.size())..].to_vec()
}

fn bare(key: &rsa::PublicKey, data: &[u8]) -> Result<Vec<u8>, Fault> {
    let number = representative(key, data)?;
    let number = rsa_encrypt(key, &number).map_err(|error| fault(&error))?;
    Ok(octets(key, &number))
}

fn bare_private(key: &rsa::PrivateKey, data: &[u8]) -> Result<Vec<u8>, Fault> {
    let number = representative(key, data)?;
    let number = rsa_decrypt_and_check(key, Some(&mut SysRng), &number);
    Ok(octets(key, &number.map_err(|error| fault(&error))?))
}

/// What is behind the padding of PKCS #1 v1.5 that a private key made, which is no secret: 0, 1, at
/// least eight times 255, 0 (RFC 8017 9.2).
fn unpadded(bytes: &[u8]) -> Option<Vec<u8>> {
    let rest = bytes.strip_prefix(&[0, 1])?;
    let filled = rest.iter().take_while(|byte| **byte == 0xFF).count();
    let (0, data) = rest[filled..].split_first()? else { return None };
    (filled >= 8).then(|| data.to_vec())
}
