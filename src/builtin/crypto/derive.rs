//! Keys derived from passwords and from other keys: PBKDF2 (RFC 8018), HKDF (RFC 5869) and scrypt
//! (RFC 7914). They take long on purpose, so they run on a worker thread unless a script insists.

use boa_engine::{Context, JsArgs, JsResult, JsValue};
use digest::core_api::BlockSizeUser;
use digest::{Digest, FixedOutputReset};

use super::algorithm::{Algorithm, with_hash};
use super::hash::algorithm;
use crate::js::convert::{bytes_of, new_array_buffer};
use crate::js::error::{node_error, range_error, type_error};
use crate::js::ops;

use md5::Md5;
use sha1::Sha1;
use sha2::{Sha224, Sha256, Sha384, Sha512, Sha512_256};

/// What is to be derived.
struct Wish {
    kind: Kind,
    secret: Vec<u8>,
    salt: Vec<u8>,
    length: usize,
}

enum Kind {
    Pbkdf2 { algorithm: Algorithm, rounds: u32 },
    Hkdf { algorithm: Algorithm, info: Vec<u8> },
    Scrypt { params: scrypt::Params },
}

impl Wish {
    /// `None` where so long a key cannot be derived.
    fn derive(&self) -> Option<Vec<u8>> {
        let mut key = vec![0; self.length];
        match &self.kind {
            Kind::Pbkdf2 { algorithm, rounds } => {
                with_hash!(*algorithm, pbkdf2(&self.secret, &self.salt, *rounds, &mut key));
            }
            Kind::Hkdf { algorithm, info } => {
                with_hash!(*algorithm, hkdf(&self.secret, &self.salt, info, &mut key))?;
            }
            Kind::Scrypt { params } => {
                scrypt::scrypt(&self.secret, &self.salt, params, &mut key).ok()?;
            }
        }
        Some(key)
    }
}

fn pbkdf2<D>(secret: &[u8], salt: &[u8], rounds: u32, key: &mut [u8])
where
    D: Digest + BlockSizeUser + FixedOutputReset + Clone + Sync,
{
    // An HMAC takes keys of any length, so there is nothing to fail.
    let done = pbkdf2::pbkdf2::<hmac::SimpleHmac<D>>(secret, salt, rounds, key);
    debug_assert!(done.is_ok(), "{done:?}");
}

fn hkdf<D>(secret: &[u8], salt: &[u8], info: &[u8], key: &mut [u8]) -> Option<()>
where
    D: Digest + BlockSizeUser + FixedOutputReset + Clone,
{
    hkdf::SimpleHkdf::<D>::new(Some(salt), secret).expand(info, key).ok()
}

/// `derive(wish...)`: a promise for an `ArrayBuffer`. The arguments are the kind, the hash function,
/// the secret, the salt, the length, and `rounds`, `info` or `[log2(N), r, p]`.
pub(super) fn derive(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let wish = wish(arguments, context)?;
    let promise = ops::spawn(move || wish.derive(), key, context);
    Ok(promise.into())
}

/// The same at once.
pub(super) fn derive_sync(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let derived = wish(arguments, context)?.derive();
    key(derived, context)
}

fn key(derived: Option<Vec<u8>>, context: &mut Context) -> JsResult<JsValue> {
    match derived {
        Some(bytes) => Ok(new_array_buffer(&bytes, context)?.into()),
        None => Err(node_error("ERR_CRYPTO_INVALID_KEYLEN", "Invalid key length", context)),
    }
}

fn wish(arguments: &[JsValue], context: &mut Context) -> JsResult<Wish> {
    let [kind, hash, secret, salt, length, more @ ..] = arguments else {
        return Err(type_error("arguments are missing"));
    };
    let bytes = |value: &JsValue, context: &mut Context| {
        Ok::<_, boa_engine::JsError>(bytes_of(value, context)?.unwrap_or_default())
    };
    let number = |value: &JsValue| {
        let number = value.as_number().unwrap_or_default();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the JavaScript half has checked it"
        )]
        let number = number as u32;
        number
    };
    let known = |context: &mut Context| {
        let algorithm = algorithm(std::slice::from_ref(hash), context)?;
        algorithm.ok_or_else(|| type_error("there is no such hash function"))
    };
    let kind = match &*kind.to_string(context)?.to_std_string_lossy() {
        "pbkdf2" => {
            Kind::Pbkdf2 { algorithm: known(context)?, rounds: number(more.get_or_undefined(0)) }
        }
        "hkdf" => Kind::Hkdf {
            algorithm: known(context)?,
            info: bytes(more.get_or_undefined(0), context)?,
        },
        _ => {
            let [log_n, r, p] = [0, 1, 2].map(|at| number(more.get_or_undefined(at)));
            let params = scrypt::Params::new(u8::try_from(log_n).unwrap_or(u8::MAX), r, p, 32);
            let params = params.map_err(|_| range_error("Invalid scrypt params"))?;
            Kind::Scrypt { params }
        }
    };
    let length = number(length) as usize;
    Ok(Wish { kind, secret: bytes(secret, context)?, salt: bytes(salt, context)?, length })
}
