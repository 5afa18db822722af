//! Keys derived from passwords and from other keys: PBKDF2 (RFC 8018), HKDF (RFC 5869) and scrypt
//! (RFC 7914). They take long on purpose, so they run on a worker thread unless a script insists.

use boa_engine::{Context, JsResult, JsValue};
use hmac::EagerHash;

use super::algorithm::{Algorithm, with_hash};
use super::arguments::{Arguments, buffer};
use super::fault::{INVALID_KEY_LENGTH, run};
use crate::js::error::{range_error, type_error};

use md5::Md5;
use sha1::Sha1;
use sha2::{Sha224, Sha256, Sha384, Sha512, Sha512_224, Sha512_256};

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
        // Nothing is nothing, which scrypt would not hear of.
        if key.is_empty() {
            return Some(key);
        }
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

fn pbkdf2<D: EagerHash>(secret: &[u8], salt: &[u8], rounds: u32, key: &mut [u8]) {
    pbkdf2::pbkdf2_hmac::<D>(secret, salt, rounds, key);
}

fn hkdf<D: EagerHash>(secret: &[u8], salt: &[u8], info: &[u8], key: &mut [u8]) -> Option<()> {
    hkdf::Hkdf::<D>::new(Some(salt), secret).expand(info, key).ok()
}

/// `derive(later, wish...)`: an `ArrayBuffer`, or a promise for one. The arguments are the kind, the
/// hash function, the secret, the salt, the length, and `rounds`, `info` or `[log2(N), r, p]`.
pub(super) fn derive(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let given = Arguments(arguments);
    let wish = wish(&given, context)?;
    run(given.flag(0), move || wish.derive().ok_or(INVALID_KEY_LENGTH), buffer, context)
}

fn wish(given: &Arguments<'_>, context: &mut Context) -> JsResult<Wish> {
    let number = |at| u32::try_from(given.size(at)).unwrap_or(u32::MAX);
    let known = |context: &mut Context| {
        let algorithm = given.algorithm(2, context)?;
        algorithm.ok_or_else(|| type_error("there is no such hash function"))
    };
    let kind = match &*given.text(1, context)? {
        "pbkdf2" => Kind::Pbkdf2 { algorithm: known(context)?, rounds: number(6) },
        "hkdf" => Kind::Hkdf { algorithm: known(context)?, info: given.bytes(6, context)? },
        _ => {
            let log_n = u8::try_from(number(6)).unwrap_or(u8::MAX);
            let params = scrypt::Params::new(log_n, number(7), number(8));
            Kind::Scrypt { params: params.map_err(|_| range_error("Invalid scrypt params"))? }
        }
    };
    let (secret, salt) = (given.bytes(3, context)?, given.bytes(4, context)?);
    Ok(Wish { kind, secret, salt, length: given.size(5) })
}
