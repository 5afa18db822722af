//! What the JavaScript half asks of keys.

use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsError, JsObject, JsResult, JsValue, js_string};
use pkcs8::der::zeroize::Zeroizing;
use subtle::ConstantTimeEq;

use super::curve::Curve;
use super::generate::Wish;
use super::key::{Key, Private, PssParameters, Public, RsaUse, handle};
use super::{parts, read, write};
use crate::builtin::crypto::arguments::{Arguments, buffer};
use crate::builtin::crypto::fault::{Fault, INVALID_KEY, run};
use crate::js::error::{node_error, type_error};
use crate::js::interface::set_field;

fn made(key: Result<Key, Fault>, context: &mut Context) -> JsResult<JsValue> {
    key.map(handle).map_err(|fault| fault.into_error(context))
}

fn curve(given: &Arguments<'_>, at: usize, context: &mut Context) -> JsResult<Curve> {
    let name = given.text(at, context)?;
    Curve::by_name(&name).ok_or_else(|| no_curve(context))
}

fn no_curve(context: &mut Context) -> JsError {
    node_error("ERR_CRYPTO_INVALID_CURVE", "Invalid EC curve name", context)
}

/// `secretKey(bytes)`
pub(super) fn secret(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let bytes = Arguments(arguments).bytes(0, context)?;
    Ok(handle(Key::Secret(Zeroizing::new(bytes))))
}

/// `readKey(wantsPublic, bytes, format, form, passphrase)`: a key out of `pem` or `der`. The form is
/// that of the latter. A public key can be that of a private one.
pub(super) fn read(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let given = Arguments(arguments);
    let (wants_public, bytes) = (given.flag(0), given.bytes(1, context)?);
    let (format, form) = (given.text(2, context)?, given.text(3, context)?);
    let passphrase = given.bytes_or_none(4, context)?;
    let passphrase = passphrase.as_deref();
    let key = match (&*format, wants_public) {
        ("pem", true) => read::public_pem(&bytes, passphrase).map(Key::Public),
        ("pem", false) => read::private_pem(&bytes, passphrase).map(Key::Private),
        (_, false) => read::private_der(&bytes, &form, passphrase).map(Key::Private),
        (_, true) => {
            // What is no public key may be a private one.
            let private = |fault| match read::private_der(&bytes, &form, passphrase) {
                Ok(key) => Ok(key.public()),
                Err(_) => Err(fault),
            };
            let public = match &*form {
                "pkcs8" | "sec1" => Err(INVALID_KEY),
                form => read::public_der(&bytes, form),
            };
            public.or_else(private).map(Key::Public)
        }
    };
    made(key, context)
}

/// `rsaKey(n, e, d, p, q)`: a public key where the last three are left out.
pub(super) fn rsa(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let given = Arguments(arguments);
    let (modulus, exponent) = (given.bytes(0, context)?, given.bytes(1, context)?);
    let d = given.bytes_or_none(2, context)?;
    let (p, q) = (given.bytes(3, context)?, given.bytes(4, context)?);
    let private = d.as_deref().map(|d| [d, &p[..], &q[..]]);
    made(parts::rsa(&modulus, &exponent, private), context)
}

/// `ecKey(curve, x, y, d)`: a public key where the last is left out.
pub(super) fn ec(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let given = Arguments(arguments);
    let curve = curve(&given, 0, context)?;
    let (x, y) = (given.bytes(1, context)?, given.bytes(2, context)?);
    let d = given.bytes_or_none(3, context)?;
    made(parts::ec(curve, (&x, &y), d.as_deref()), context)
}

/// `okpKey(name, x, d)`: a key of `Ed25519` or `X25519`. One of them can be left out.
pub(super) fn okp(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let given = Arguments(arguments);
    let is_ed = given.text(0, context)? == "Ed25519";
    let (x, d) = (given.bytes_or_none(1, context)?, given.bytes_or_none(2, context)?);
    made(parts::okp(is_ed, x.as_deref(), d.as_deref()), context)
}

/// `pointKey(curve, bytes)`: a public key of its point.
pub(super) fn point_key(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let given = Arguments(arguments);
    let (curve, bytes) = (curve(&given, 0, context)?, given.bytes(1, context)?);
    made(read::ec_public(curve, &bytes).map(Public::Ec).map(Key::Public), context)
}

/// `numberKey(curve, bytes)`: a private key of its number.
pub(super) fn number_key(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let given = Arguments(arguments);
    let (curve, bytes) = (curve(&given, 0, context)?, given.bytes(1, context)?);
    made(read::ec_private(curve, &bytes).map(Private::Ec).map(Key::Private), context)
}

/// `certificateKey(der)`: the public key of a certificate.
pub(super) fn certificate_key(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let bytes = Arguments(arguments).bytes(0, context)?;
    made(read::certificate(&bytes).map(Key::Public), context)
}

/// `publicKeyOf(key)`
pub(super) fn public_of(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let key = Arguments(arguments).key(0)?;
    let public = match &*key {
        Key::Private(key) => Ok(Key::Public(key.public())),
        Key::Public(key) => Ok(Key::Public(key.clone())),
        Key::Secret(_) => Err(INVALID_KEY),
    };
    made(public, context)
}

/// `describeKey(key)`: an object with `type`, and what else is known of the key: `size`, or `kind`
/// and the details of that kind.
pub(super) fn describe(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let key = Arguments(arguments).key(0)?;
    let object = JsObject::with_object_proto(context.intrinsics());
    let public = match &*key {
        Key::Secret(bytes) => {
            set_field(&object, js_string!("type"), js_string!("secret"));
            set_field(&object, js_string!("size"), JsValue::from(bytes.len()));
            return Ok(object.into());
        }
        Key::Public(key) => key.clone(),
        Key::Private(key) => key.public(),
    };
    let is_private = matches!(&*key, Key::Private(_));
    let kind = if is_private { "private" } else { "public" };
    set_field(&object, js_string!("type"), js_string!(kind));
    set_field(&object, js_string!("kind"), js_string!(public.kind()));
    match &public {
        Public::Rsa(key, purpose) => {
            use rsa::traits::PublicKeyParts;
            set_field(&object, js_string!("bits"), key.n().bit_width_vartime());
            let exponent = buffer(key.e_bytes().into_vec(), context)?;
            set_field(&object, js_string!("exponent"), exponent);
            if let RsaUse::Pss(Some(PssParameters { hash, mask_hash, salt_bytes })) = purpose {
                set_field(&object, js_string!("hash"), js_string!(hash.name()));
                set_field(&object, js_string!("maskHash"), js_string!(mask_hash.name()));
                set_field(&object, js_string!("saltLength"), i32::from(*salt_bytes));
            }
        }
        Public::Ec(point) => {
            set_field(&object, js_string!("curve"), js_string!(point.curve.name()));
            set_field(&object, js_string!("webCurve"), js_string!(point.curve.web_name()));
        }
        Public::Ed25519(_) | Public::X25519(_) => {}
    }
    Ok(object.into())
}

/// `writeKey(key, form, cipher, passphrase)`: DER. With a passphrase, it is encrypted `pkcs8`.
pub(super) fn write(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let given = Arguments(arguments);
    let (key, form) = (given.key(0)?, given.text(1, context)?);
    let (cipher, passphrase) = (given.text(2, context)?, given.bytes_or_none(3, context)?);
    let der = match (&*key, passphrase) {
        (Key::Private(key), Some(passphrase)) => write::encrypted(key, &cipher, &passphrase),
        (Key::Private(key), None) => write::private(key, &form),
        (Key::Public(key), _) => write::public(key, &form),
        (Key::Secret(_), _) => Err(INVALID_KEY),
    };
    let der = der.map_err(|fault| fault.into_error(context))?;
    buffer(der, context)
}

/// `keyParts(key)`: a JSON Web Key, without what says how it is to be used.
pub(super) fn parts(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let key = Arguments(arguments).key(0)?;
    let parts = parts::parts(&key).map_err(|fault| fault.into_error(context))?;
    let object = JsObject::with_object_proto(context.intrinsics());
    for (name, value) in parts {
        set_field(&object, js_string!(name), js_string!(value));
    }
    Ok(object.into())
}

/// `keyBytes(key, compressed)`: the bytes of a secret key, the number of a private one, the point of
/// a public one; undefined for RSA keys.
pub(super) fn bytes(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let given = Arguments(arguments);
    let key = given.key(0)?;
    let bytes = match &*key {
        Key::Secret(bytes) => bytes.to_vec(),
        Key::Public(Public::Ec(point)) if given.flag(1) => {
            point.curve.compressed(&point.bytes).unwrap_or_default()
        }
        Key::Public(Public::Ec(point)) => point.bytes.clone(),
        Key::Public(Public::Ed25519(bytes) | Public::X25519(bytes)) => bytes.to_vec(),
        Key::Private(Private::Ec(scalar)) => scalar.bytes.to_vec(),
        Key::Private(Private::Ed25519(bytes) | Private::X25519(bytes)) => bytes.to_vec(),
        Key::Public(Public::Rsa(..)) | Key::Private(Private::Rsa(..)) => {
            return Ok(JsValue::undefined());
        }
    };
    buffer(bytes, context)
}

/// `equalKeys(a, b)`
pub(super) fn equal(_: &JsValue, arguments: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    let given = Arguments(arguments);
    let (a, b) = (given.key(0)?, given.key(1)?);
    let equal = match (&*a, &*b) {
        (Key::Secret(a), Key::Secret(b)) => bool::from(a[..].ct_eq(&b[..])),
        (Key::Public(a), Key::Public(b)) => a == b,
        // A private key belongs to one public key.
        (Key::Private(a), Key::Private(b)) => a.public() == b.public(),
        _ => false,
    };
    Ok(equal.into())
}

/// `generatePair(later, kind, ...)`: `[public, private]`, or a promise for them. For RSA: the bits, the
/// exponent, and for keys that are for PSS alone the hash functions and the length of the salt, where
/// those are to be fixed. For `ec`: the curve.
pub(super) fn generate_pair(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let given = Arguments(arguments);
    let wish = match &*given.text(1, context)? {
        kind @ ("rsa" | "rsa-pss") => {
            let hash = given.algorithm(4, context)?;
            let mask_hash = given.algorithm(5, context)?.or(hash);
            let salt = given.number(6).and_then(|salt| u8::try_from(salt).ok());
            let purpose = match (kind, hash.or(mask_hash)) {
                ("rsa", _) => RsaUse::Any,
                (_, None) => RsaUse::Pss(None),
                (_, Some(fallback)) => RsaUse::Pss(Some(PssParameters {
                    hash: hash.unwrap_or(fallback),
                    mask_hash: mask_hash.unwrap_or(fallback),
                    salt_bytes: salt.unwrap_or_default(),
                })),
            };
            let exponent = u64::try_from(given.size(3)).unwrap_or(u64::MAX);
            Wish::Rsa { bits: given.size(2), exponent, purpose }
        }
        "ec" => Wish::Ec(curve(&given, 2, context)?),
        "ed25519" => Wish::Ed25519,
        "x25519" => Wish::X25519,
        kind => return Err(type_error(format!("there are no keys of the kind {kind}"))),
    };
    run(given.flag(0), move || wish.generate(), pair, context)
}

fn pair(private: Private, context: &mut Context) -> JsResult<JsValue> {
    let public = handle(Key::Public(private.public()));
    Ok(JsArray::from_iter([public, handle(Key::Private(private))], context).into())
}
