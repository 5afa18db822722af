//! Keys out of DER and PEM: PKCS #1 and #8 (RFC 8017, 5958), SEC 1 (RFC 5915), public keys as
//! certificates have them (RFC 5280, 5480, 8410), and certificates.

use pkcs8::der::asn1::OctetStringRef;
use pkcs8::der::zeroize::Zeroizing;
use pkcs8::der::{Decode, Encode};
use pkcs8::spki::AlgorithmIdentifierRef;
use pkcs8::{
    EncryptedPrivateKeyInfoRef, ObjectIdentifier, PrivateKeyInfoRef, SubjectPublicKeyInfoRef,
};
use rsa::pkcs1::{self, DecodeRsaPrivateKey};
use rsa::{BoxedUint, PublicKey};

use super::curve::Curve;
use super::key::{Point, Private, PssParameters, Public, RsaUse, Scalar};
use super::pem;
use crate::builtin::crypto::algorithm::Algorithm;
use crate::builtin::crypto::fault::{BAD_DECRYPT, Fault, INVALID_KEY, NO_PASSPHRASE, NOT_A_KEY};
use crate::limits::{RSA_BITS_MAX, RSA_BITS_MIN};

pub(super) const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
pub(super) const RSA_PSS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");
pub(super) const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
pub(super) const X25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.110");
pub(super) const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");

const PRIVATE_LABELS: [&str; 4] =
    ["PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"];
const PUBLIC_LABELS: [&str; 3] = ["PUBLIC KEY", "RSA PUBLIC KEY", "CERTIFICATE"];

/// A private key in PEM.
pub(super) fn private_pem(text: &[u8], passphrase: Option<&[u8]>) -> Result<Private, Fault> {
    let found = pem::find(text, |label| PRIVATE_LABELS.contains(&label));
    let (label, der) = found.ok_or(NOT_A_KEY)?;
    let form = match &*label {
        "RSA PRIVATE KEY" => "pkcs1",
        "EC PRIVATE KEY" => "sec1",
        _ => "pkcs8",
    };
    private_der(&der, form, passphrase)
}

/// A public key in PEM, or that of a private one.
pub(super) fn public_pem(text: &[u8], passphrase: Option<&[u8]>) -> Result<Public, Fault> {
    let known = |label: &str| PUBLIC_LABELS.contains(&label) || PRIVATE_LABELS.contains(&label);
    let (label, der) = pem::find(text, known).ok_or(NOT_A_KEY)?;
    match &*label {
        "PUBLIC KEY" => public_der(&der, "spki"),
        "RSA PUBLIC KEY" => public_der(&der, "pkcs1"),
        "CERTIFICATE" => certificate(&der),
        _ => private_pem(text, passphrase).map(|key| key.public()),
    }
}

/// The public key of a certificate.
fn certificate(der: &[u8]) -> Result<Public, Fault> {
    let (_, certificate) = x509_parser::parse_x509_certificate(der).map_err(|_| NOT_A_KEY)?;
    public_der(certificate.public_key().raw, "spki")
}

/// A private key in DER: `pkcs1`, `pkcs8` or `sec1`.
pub(super) fn private_der(
    der: &[u8],
    form: &str,
    passphrase: Option<&[u8]>,
) -> Result<Private, Fault> {
    match form {
        "pkcs1" => {
            let key = rsa::PrivateKey::from_pkcs1_der(der).map_err(|_| NOT_A_KEY)?;
            rsa_private(key, RsaUse::Any)
        }
        "sec1" => sec1(der, None),
        _ => {
            if let Ok(encrypted) = EncryptedPrivateKeyInfoRef::from_der(der) {
                let passphrase = passphrase.ok_or(NO_PASSPHRASE)?;
                let plain = encrypted.decrypt(passphrase).map_err(|_| BAD_DECRYPT)?;
                return pkcs8(plain.as_bytes());
            }
            pkcs8(der)
        }
    }
}

fn pkcs8(der: &[u8]) -> Result<Private, Fault> {
    let info = PrivateKeyInfoRef::from_der(der).map_err(|_| NOT_A_KEY)?;
    let bytes = info.private_key.as_bytes();
    match info.algorithm.oid {
        RSA | RSA_PSS => {
            let purpose = rsa_use(&info.algorithm)?;
            rsa_private(rsa::PrivateKey::from_pkcs1_der(bytes).map_err(|_| NOT_A_KEY)?, purpose)
        }
        EC => sec1(bytes, Some(named_curve(&info.algorithm)?)),
        // RFC 8410 7: one string in another.
        ED25519 => Ok(Private::Ed25519(Zeroizing::new(octets(bytes)?))),
        X25519 => Ok(Private::X25519(Zeroizing::new(octets(bytes)?))),
        _ => Err(NOT_A_KEY),
    }
}

fn octets(der: &[u8]) -> Result<[u8; 32], Fault> {
    let octets = <&OctetStringRef>::from_der(der).map_err(|_| NOT_A_KEY)?;
    octets.as_bytes().try_into().map_err(|_| NOT_A_KEY)
}

fn sec1(der: &[u8], curve: Option<Curve>) -> Result<Private, Fault> {
    let key = sec1::EcPrivateKey::from_der(der).map_err(|_| NOT_A_KEY)?;
    let named = key.parameters.and_then(sec1::EcParameters::named_curve);
    let curve = curve.or_else(|| named.and_then(Curve::by_identifier)).ok_or(NOT_A_KEY)?;
    ec_private(curve, key.private_key).map(Private::Ec)
}

/// A private key of its number, with or without zeros before it.
pub(super) fn ec_private(curve: Curve, number: &[u8]) -> Result<Scalar, Fault> {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    let number = &number[zeros..];
    let missing = curve.bytes().checked_sub(number.len()).ok_or(INVALID_KEY)?;
    let mut bytes = Zeroizing::new(vec![0; missing]);
    bytes.extend_from_slice(number);
    let point = curve.public(&bytes).ok_or(INVALID_KEY)?;
    Ok(Scalar { bytes, point: Point { curve, bytes: point } })
}

/// A public key of its point, in any form.
pub(super) fn ec_public(curve: Curve, bytes: &[u8]) -> Result<Point, Fault> {
    let mut bytes = bytes.to_vec();
    // The hybrid form says twice which of two points it is (SEC 1 leaves it out, OpenSSL has it).
    if let (Some(&form @ (6 | 7)), Some(&last)) = (bytes.first(), bytes.last())
        && form & 1 == last & 1
    {
        bytes[0] = 4;
    }
    let bytes = curve.point(&bytes).ok_or(INVALID_KEY)?;
    Ok(Point { curve, bytes })
}

/// A public key in DER: `pkcs1` or `spki`.
pub(super) fn public_der(der: &[u8], form: &str) -> Result<Public, Fault> {
    if form == "pkcs1" {
        return pkcs1_public(der, RsaUse::Any);
    }
    let info = SubjectPublicKeyInfoRef::from_der(der).map_err(|_| NOT_A_KEY)?;
    let bytes = info.subject_public_key.as_bytes().ok_or(NOT_A_KEY)?;
    match info.algorithm.oid {
        RSA | RSA_PSS => pkcs1_public(bytes, rsa_use(&info.algorithm)?),
        EC => ec_public(named_curve(&info.algorithm)?, bytes).map(Public::Ec),
        ED25519 => Ok(Public::Ed25519(bytes.try_into().map_err(|_| NOT_A_KEY)?)),
        X25519 => Ok(Public::X25519(bytes.try_into().map_err(|_| NOT_A_KEY)?)),
        _ => Err(NOT_A_KEY),
    }
}

fn pkcs1_public(der: &[u8], purpose: RsaUse) -> Result<Public, Fault> {
    let key = pkcs1::RsaPublicKeyRef::from_der(der).map_err(|_| NOT_A_KEY)?;
    let key = rsa_public(key.modulus.as_bytes(), key.public_exponent.as_bytes())?;
    Ok(Public::Rsa(key, purpose))
}

/// A public RSA key of its modulus and exponent.
pub(super) fn rsa_public(modulus: &[u8], exponent: &[u8]) -> Result<PublicKey, Fault> {
    let (modulus, exponent) = (number(modulus), number(exponent));
    PublicKey::new_with_size_limits(modulus, exponent, RSA_BITS_MIN..=RSA_BITS_MAX)
        .map_err(|_| INVALID_KEY)
}

/// A number of the bytes that it has, without zeros before them.
pub(super) fn number(bytes: &[u8]) -> BoxedUint {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    BoxedUint::from_be_slice_vartime(&bytes[zeros..])
}

/// A private RSA key, if it is of a size that can be used.
pub(super) fn rsa_private(key: rsa::PrivateKey, purpose: RsaUse) -> Result<Private, Fault> {
    use rsa::traits::PublicKeyParts;
    let bits = usize::try_from(key.n().bit_width_vartime()).unwrap_or(usize::MAX);
    if !(RSA_BITS_MIN..=RSA_BITS_MAX).contains(&bits) {
        return Err(INVALID_KEY);
    }
    Ok(Private::Rsa(Box::new(key), purpose))
}

fn named_curve(algorithm: &AlgorithmIdentifierRef<'_>) -> Result<Curve, Fault> {
    let identifier = algorithm.parameters_oid().map_err(|_| NOT_A_KEY)?;
    Curve::by_identifier(identifier).ok_or(NOT_A_KEY)
}

fn rsa_use(algorithm: &AlgorithmIdentifierRef<'_>) -> Result<RsaUse, Fault> {
    let Some(parameters) = algorithm.parameters.filter(|_| algorithm.oid == RSA_PSS) else {
        return Ok(if algorithm.oid == RSA_PSS { RsaUse::Pss(None) } else { RsaUse::Any });
    };
    let der = parameters.to_der().map_err(|_| NOT_A_KEY)?;
    let parameters = pkcs1::RsaPssParamsOwned::from_der(&der).map_err(|_| NOT_A_KEY)?;
    let hash = Algorithm::by_identifier(parameters.hash.oid).ok_or(NOT_A_KEY)?;
    let mask = parameters.mask_gen.parameters.ok_or(NOT_A_KEY)?;
    let mask_hash = Algorithm::by_identifier(mask.oid).ok_or(NOT_A_KEY)?;
    Ok(RsaUse::Pss(Some(PssParameters { hash, mask_hash, salt_bytes: parameters.salt_len })))
}
