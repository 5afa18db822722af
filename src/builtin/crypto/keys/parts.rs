//! Keys as their numbers, for JSON Web Keys (RFC 7518 6, RFC 8037 2).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use pkcs8::der::Decode;
use pkcs8::der::zeroize::Zeroizing;
use rsa::pkcs1::{self, EncodeRsaPrivateKey};
use rsa::traits::PublicKeyParts;

use super::curve::Curve;
use super::key::{Key, Private, Public, RsaUse};
use super::read::{ec_private, ec_public, number, rsa_private, rsa_public};
use crate::builtin::crypto::fault::{Fault, INVALID_KEY};

/// The names and values of a JSON Web Key.
pub(super) type Parts = Vec<(&'static str, String)>;

pub(super) fn parts(key: &Key) -> Result<Parts, Fault> {
    Ok(match key {
        Key::Secret(bytes) => vec![("kty", "oct".to_owned()), ("k", text(bytes))],
        Key::Public(key) => public(key),
        Key::Private(key) => {
            let mut parts = public(&key.public());
            match key {
                Private::Rsa(key, _) => parts.extend(rsa_parts(key)?),
                Private::Ec(scalar) => parts.push(("d", text(&scalar.bytes))),
                Private::Ed25519(bytes) | Private::X25519(bytes) => {
                    parts.push(("d", text(&**bytes)));
                }
            }
            parts
        }
    })
}

fn public(key: &Public) -> Parts {
    let named = |kind: &str, curve: &str| vec![("kty", kind.to_owned()), ("crv", curve.to_owned())];
    match key {
        Public::Rsa(key, _) => vec![
            ("kty", "RSA".to_owned()),
            ("n", text(&key.n_bytes())),
            ("e", text(&key.e_bytes())),
        ],
        Public::Ec(point) => {
            let (x, y) = point.bytes[1..].split_at(point.curve.bytes());
            let mut parts = named("EC", point.curve.web_name());
            parts.extend([("x", text(x)), ("y", text(y))]);
            parts
        }
        Public::Ed25519(bytes) | Public::X25519(bytes) => {
            let is_ed = matches!(key, Public::Ed25519(_));
            let mut parts = named("OKP", if is_ed { "Ed25519" } else { "X25519" });
            parts.push(("x", text(bytes)));
            parts
        }
    }
}

fn rsa_parts(key: &rsa::PrivateKey) -> Result<Parts, Fault> {
    let der = key.to_pkcs1_der().map_err(|_| INVALID_KEY)?;
    let key = pkcs1::RsaPrivateKeyRef::from_der(der.as_bytes()).map_err(|_| INVALID_KEY)?;
    Ok(vec![
        ("d", text(key.private_exponent.as_bytes())),
        ("p", text(key.prime1.as_bytes())),
        ("q", text(key.prime2.as_bytes())),
        ("dp", text(key.exponent1.as_bytes())),
        ("dq", text(key.exponent2.as_bytes())),
        ("qi", text(key.coefficient.as_bytes())),
    ])
}

fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// An RSA key: modulus, exponent, and for a private one the private exponent and both primes.
pub(super) fn rsa(
    modulus: &[u8],
    exponent: &[u8],
    private: Option<[&[u8]; 3]>,
) -> Result<Key, Fault> {
    let public = rsa_public(modulus, exponent)?;
    let Some([d, p, q]) = private else { return Ok(Key::Public(Public::Rsa(public, RsaUse::Any))) };
    let primes = vec![number(p), number(q)];
    let key =
        rsa::PrivateKey::from_components(number(modulus), number(exponent), number(d), primes);
    rsa_private(key.map_err(|_| INVALID_KEY)?, RsaUse::Any).map(Key::Private)
}

/// A key of a curve: its coordinates, and for a private one its number.
pub(super) fn ec(
    curve: Curve,
    (x, y): (&[u8], &[u8]),
    number: Option<&[u8]>,
) -> Result<Key, Fault> {
    if x.len() != curve.bytes() || y.len() != curve.bytes() {
        return Err(INVALID_KEY);
    }
    let point = ec_public(curve, &[&[4], x, y].concat())?;
    let Some(number) = number else { return Ok(Key::Public(Public::Ec(point))) };
    if number.len() != curve.bytes() {
        return Err(INVALID_KEY);
    }
    let scalar = ec_private(curve, number)?;
    if scalar.point != point {
        return Err(INVALID_KEY);
    }
    Ok(Key::Private(Private::Ec(scalar)))
}

/// A key of Curve25519: its public bytes, and for a private one the others. Without public bytes, they
/// are computed.
pub(super) fn okp(is_ed: bool, x: Option<&[u8]>, d: Option<&[u8]>) -> Result<Key, Fault> {
    let sized = |bytes: &[u8]| <[u8; 32]>::try_from(bytes).map_err(|_| INVALID_KEY);
    let public = |bytes| if is_ed { Public::Ed25519(bytes) } else { Public::X25519(bytes) };
    let x = x.map(sized).transpose()?;
    let Some(d) = d else { return Ok(Key::Public(public(x.ok_or(INVALID_KEY)?))) };
    let d = Zeroizing::new(sized(d)?);
    let private = if is_ed { Private::Ed25519(d) } else { Private::X25519(d) };
    if x.is_some_and(|x| public(x) != private.public()) {
        return Err(INVALID_KEY);
    }
    Ok(Key::Private(private))
}
