//! What `crypto` has beyond hashes and randomness: functions and classes that load their built-in when
//! they are used, so that a program that wants a hash does not pay for keys and ciphers.

use boa_engine::{Context, JsResult, JsValue};

use crate::builtin::late_class::late_classes;
use crate::js::interface::{Op, set_field};
use crate::js::loader::call_builtin;

const CIPHERS: &str = "internal:crypto_ciphers";
const DERIVATION: &str = "internal:crypto_derivation";
const EXCHANGE: &str = "internal:crypto_exchange";
const KEYS: &str = "internal:crypto_keys";
const PAIRS: &str = "internal:crypto_pairs";
const SIGNATURES: &str = "internal:crypto_signatures";

/// A row for a function of this name and length in a module.
macro_rules! late {
    ($module:expr, $name:literal, $length:literal) => {
        ($name, $length, |_: &JsValue, arguments: &[JsValue], context: &mut Context| {
            call_builtin($module, $name, arguments, context)
        })
    };
}

/// The functions.
pub(super) const OPS: &[Op] = &[
    late!(CIPHERS, "createCipheriv", 4),
    late!(CIPHERS, "createDecipheriv", 4),
    late!(CIPHERS, "getCiphers", 0),
    late!(CIPHERS, "getCipherInfo", 2),
    late!(DERIVATION, "hkdf", 6),
    late!(DERIVATION, "hkdfSync", 5),
    late!(DERIVATION, "pbkdf2", 6),
    late!(DERIVATION, "pbkdf2Sync", 5),
    late!(DERIVATION, "scrypt", 5),
    late!(DERIVATION, "scryptSync", 4),
    late!(EXCHANGE, "createECDH", 1),
    late!(EXCHANGE, "diffieHellman", 1),
    late!(EXCHANGE, "getCurves", 0),
    late!(KEYS, "createPrivateKey", 1),
    late!(KEYS, "createPublicKey", 1),
    late!(KEYS, "createSecretKey", 2),
    late!(PAIRS, "generateKey", 3),
    late!(PAIRS, "generateKeyPair", 3),
    late!(PAIRS, "generateKeyPairSync", 2),
    late!(PAIRS, "generateKeySync", 2),
    late!(SIGNATURES, "createSign", 2),
    late!(SIGNATURES, "createVerify", 2),
    late!(SIGNATURES, "privateDecrypt", 2),
    late!(SIGNATURES, "privateEncrypt", 2),
    late!(SIGNATURES, "publicDecrypt", 2),
    late!(SIGNATURES, "publicEncrypt", 2),
    late!(SIGNATURES, "sign", 4),
    late!(SIGNATURES, "verify", 5),
    ("classes", 0, classes),
    crate::builtin::late_import::LOAD,
];

/// `classes()`: an object with the classes by name.
fn classes(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let all = late_classes(KEYS, &["KeyObject"], context)?;
    let Some(all) = all.as_object() else { return Ok(all) };
    for (module, names) in [
        (CIPHERS, &["Cipheriv", "Decipheriv"][..]),
        (EXCHANGE, &["ECDH"]),
        (SIGNATURES, &["Sign", "Verify"]),
    ] {
        let some = late_classes(module, names, context)?.to_object(context)?;
        for name in names {
            let name = boa_engine::js_string!(*name);
            let class = some.get(name.clone(), context)?;
            set_field(&all, name, class);
        }
    }
    Ok(all.into())
}
