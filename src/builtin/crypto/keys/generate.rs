//! New keys.

use getrandom::SysRng;
use pkcs8::der::zeroize::Zeroizing;
use rsa::BoxedUint;

use super::curve::Curve;
use super::key::{Private, RsaUse};
use super::read::ec_private;
use crate::builtin::crypto::fault::{Fault, INVALID_KEY, NO_RANDOMNESS};

/// What is to be made.
pub(super) enum Wish {
    Rsa { bits: usize, exponent: u64, purpose: RsaUse },
    Ec(Curve),
    Ed25519,
    X25519,
}

impl Wish {
    pub(super) fn generate(self) -> Result<Private, Fault> {
        match self {
            Self::Rsa { bits, exponent, purpose } => {
                let exponent = BoxedUint::from(exponent);
                let key = rsa::PrivateKey::new_with_exp_unchecked(&mut SysRng, bits, exponent);
                let key = key.map_err(|error| match error {
                    rsa::Error::Rng => NO_RANDOMNESS,
                    _ => INVALID_KEY,
                })?;
                Ok(Private::Rsa(Box::new(key), purpose))
            }
            Self::Ec(curve) => {
                let number = Zeroizing::new(curve.generate().ok_or(NO_RANDOMNESS)?);
                ec_private(curve, &number).map(Private::Ec)
            }
            Self::Ed25519 => random().map(Private::Ed25519),
            Self::X25519 => random().map(Private::X25519),
        }
    }
}

fn random() -> Result<Zeroizing<[u8; 32]>, Fault> {
    let mut bytes = Zeroizing::new([0; 32]);
    getrandom::fill(&mut *bytes).map_err(|_| NO_RANDOMNESS)?;
    Ok(bytes)
}
