//! The curves of ECDSA and ECDH (SEC 2, FIPS 186-5).

use ecdsa::elliptic_curve::sec1::{FromSec1Point, ModulusSize, ToSec1Point};
use ecdsa::elliptic_curve::{
    AffinePoint, CurveArithmetic, FieldBytesSize, Generate, PublicKey, SecretKey,
};
use ecdsa::hazmat::{sign_prehashed_rfc6979, verify_prehashed};
use ecdsa::{DigestAlgorithm, EcdsaCurve, Signature};
use getrandom::SysRng;
use pkcs8::ObjectIdentifier;

/// A curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::builtin::crypto) enum Curve {
    P256,
    P384,
    P521,
    K256,
}

/// All of them: the names of OpenSSL and of NIST or SEC, and the identifiers.
const ALL: [(Curve, &str, &str, ObjectIdentifier); 4] = [
    (Curve::P256, "prime256v1", "P-256", ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7")),
    (Curve::P384, "secp384r1", "P-384", ObjectIdentifier::new_unwrap("1.3.132.0.34")),
    (Curve::P521, "secp521r1", "P-521", ObjectIdentifier::new_unwrap("1.3.132.0.35")),
    (Curve::K256, "secp256k1", "secp256k1", ObjectIdentifier::new_unwrap("1.3.132.0.10")),
];

/// Calls a generic function with the type of a curve.
macro_rules! with_curve {
    ($curve:expr, $function:ident($($argument:expr),*)) => {
        match $curve {
            Curve::P256 => $function::<p256::NistP256>($($argument),*),
            Curve::P384 => $function::<p384::NistP384>($($argument),*),
            Curve::P521 => $function::<p521::NistP521>($($argument),*),
            Curve::K256 => $function::<k256::Secp256k1>($($argument),*),
        }
    };
}

impl Curve {
    /// By either name.
    pub(super) fn by_name(name: &str) -> Option<Self> {
        let found = ALL.iter().find(|(_, long, short, _)| *long == name || *short == name);
        found.map(|(curve, ..)| *curve)
    }

    pub(super) fn by_identifier(identifier: ObjectIdentifier) -> Option<Self> {
        ALL.iter().find(|(.., other)| *other == identifier).map(|(curve, ..)| *curve)
    }

    fn row(self) -> &'static (Self, &'static str, &'static str, ObjectIdentifier) {
        &ALL[self as usize]
    }

    /// As OpenSSL names it.
    pub(super) fn name(self) -> &'static str {
        self.row().1
    }

    /// As JSON Web Keys name it (RFC 7518 6.2.1.1, RFC 8812 3.1).
    pub(super) fn web_name(self) -> &'static str {
        self.row().2
    }

    pub(super) fn identifier(self) -> ObjectIdentifier {
        self.row().3
    }

    /// The length of a coordinate.
    pub(in crate::builtin::crypto) fn bytes(self) -> usize {
        match self {
            Self::P256 | Self::K256 => 32,
            Self::P384 => 48,
            Self::P521 => 66,
        }
    }

    /// A point in any form of SEC 1 2.3.3, without compression; none if it is not on the curve.
    pub(super) fn point(self, bytes: &[u8]) -> Option<Vec<u8>> {
        with_curve!(self, point(bytes, false))
    }

    /// The same compressed.
    pub(super) fn compressed(self, bytes: &[u8]) -> Option<Vec<u8>> {
        with_curve!(self, point(bytes, true))
    }

    /// The point that belongs to a scalar; none if that is none.
    pub(super) fn public(self, scalar: &[u8]) -> Option<Vec<u8>> {
        with_curve!(self, public(scalar))
    }

    /// A random scalar; none if the system has no random bytes.
    pub(super) fn generate(self) -> Option<Vec<u8>> {
        with_curve!(self, generate())
    }

    /// The x coordinate that two keys agree on.
    pub(in crate::builtin::crypto) fn agree(self, scalar: &[u8], point: &[u8]) -> Option<Vec<u8>> {
        with_curve!(self, agree(scalar, point))
    }

    /// An ECDSA signature of a hash: r and s, each as long as a coordinate.
    pub(in crate::builtin::crypto) fn sign(self, scalar: &[u8], hash: &[u8]) -> Option<Vec<u8>> {
        with_curve!(self, sign(scalar, hash))
    }

    /// Whether such a signature is right.
    pub(in crate::builtin::crypto) fn verify(
        self,
        point: &[u8],
        hash: &[u8],
        signature: &[u8],
    ) -> bool {
        with_curve!(self, verify(point, hash, signature)).is_some()
    }
}

fn point<C: CurveArithmetic>(bytes: &[u8], compressed: bool) -> Option<Vec<u8>>
where
    AffinePoint<C>: FromSec1Point<C> + ToSec1Point<C>,
    FieldBytesSize<C>: ModulusSize,
{
    let key = PublicKey::<C>::from_sec1_bytes(bytes).ok()?;
    Some(key.to_sec1_point(compressed).as_bytes().to_vec())
}

fn public<C: CurveArithmetic>(scalar: &[u8]) -> Option<Vec<u8>>
where
    AffinePoint<C>: FromSec1Point<C> + ToSec1Point<C>,
    FieldBytesSize<C>: ModulusSize,
{
    let key = SecretKey::<C>::from_slice(scalar).ok()?;
    Some(key.public_key().to_sec1_point(false).as_bytes().to_vec())
}

fn generate<C: CurveArithmetic>() -> Option<Vec<u8>> {
    let key = SecretKey::<C>::try_generate_from_rng(&mut SysRng).ok()?;
    Some(key.to_bytes().to_vec())
}

fn agree<C: CurveArithmetic>(scalar: &[u8], point: &[u8]) -> Option<Vec<u8>>
where
    AffinePoint<C>: FromSec1Point<C> + ToSec1Point<C>,
    FieldBytesSize<C>: ModulusSize,
{
    let key = SecretKey::<C>::from_slice(scalar).ok()?;
    let shared = key.diffie_hellman(&PublicKey::<C>::from_sec1_bytes(point).ok()?);
    Some(shared.raw_secret_bytes().to_vec())
}

fn sign<C: EcdsaCurve + CurveArithmetic + DigestAlgorithm>(
    scalar: &[u8],
    hash: &[u8],
) -> Option<Vec<u8>> {
    let key = SecretKey::<C>::from_slice(scalar).ok()?.to_nonzero_scalar();
    // The nonce is that of RFC 6979 with random bytes added (3.6): no weak random number can give the
    // key away, and no fault of the machine that would make two signatures of one nonce.
    let mut added = [0; 32];
    getrandom::fill(&mut added).ok()?;
    let (signature, _) = sign_prehashed_rfc6979::<C, C::Digest>(&key, hash, &added);
    Some(signature.to_bytes().to_vec())
}

fn verify<C: EcdsaCurve + CurveArithmetic>(
    point: &[u8],
    hash: &[u8],
    signature: &[u8],
) -> Option<()>
where
    AffinePoint<C>: FromSec1Point<C> + ToSec1Point<C>,
    FieldBytesSize<C>: ModulusSize,
{
    let key = PublicKey::<C>::from_sec1_bytes(point).ok()?;
    let mut signature = Signature::<C>::from_slice(signature).ok()?;
    // Of the two that are right, the crate takes but one for secp256k1; others make either.
    if C::NORMALIZE_S {
        signature = signature.normalize_s();
    }
    verify_prehashed(&key.to_projective(), hash, &signature).ok()
}
