//! `NKeys`: Ed25519 keys in an alphabet of their own, by which a client proves who it is without
//! telling a secret.
//!
//! Spec: <https://github.com/nats-io/nkeys>, RFC 4648 6 (base 32).

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{Ed25519KeyPair, KeyPair};
use thiserror::Error;

const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/// What a seed begins with: S.
const SEED: u8 = 18 << 3;
/// What the key of a user begins with: U.
const USER: u8 = 20 << 3;

/// Why a text is no seed. It never shows any of it.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum KeyError {
    /// It has a character of no key, or not as many as one.
    #[error("an NKey seed has 58 characters of A to Z and 2 to 7, and begins with SU")]
    Shape,
    /// The check sum is that of another one.
    #[error("the NKey seed has a wrong check sum: is a character of it missing or mistyped?")]
    Sum,
    /// A public key, or a seed that is not a user's.
    #[error("the NKey is not the seed of a user: that begins with SU")]
    Kind,
}

/// The secret half of a user's key.
#[derive(Clone)]
pub struct Seed([u8; 32]);

impl fmt::Debug for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seed(..)")
    }
}

impl Seed {
    /// Reads `SU…`.
    pub fn read(text: &str) -> Result<Self, KeyError> {
        let bytes = decode(text.trim()).ok_or(KeyError::Shape)?;
        let (body, sum) = bytes.split_last_chunk::<2>().ok_or(KeyError::Shape)?;
        if crc16(body) != u16::from_le_bytes(*sum) {
            return Err(KeyError::Sum);
        }
        // The first byte has the upper bits of the kind behind those of a seed.
        let [first, second, key @ ..] = body else { return Err(KeyError::Shape) };
        let kind = (first & 7) << 5 | (second & 0xF8) >> 3;
        if first & 0xF8 != SEED || kind != USER {
            return Err(KeyError::Kind);
        }
        Ok(Self(key.try_into().map_err(|_| KeyError::Shape)?))
    }

    fn pair(&self) -> Option<Ed25519KeyPair> {
        Ed25519KeyPair::from_seed_unchecked(&self.0).ok()
    }

    /// The public half, `U…`.
    pub fn public(&self) -> String {
        let mut bytes = vec![USER];
        if let Some(pair) = self.pair() {
            bytes.extend_from_slice(pair.public_key().as_ref());
        }
        let sum = crc16(&bytes);
        bytes.extend_from_slice(&sum.to_le_bytes());
        encode(&bytes)
    }

    /// The signature of what a server wants to have signed.
    pub fn sign(&self, nonce: &str) -> String {
        let signed = self.pair().map(|pair| pair.sign(nonce.as_bytes()));
        signed.map(|signature| URL_SAFE_NO_PAD.encode(signature)).unwrap_or_default()
    }
}

/// RFC 4648 6, without padding.
fn encode(bytes: &[u8]) -> String {
    let mut text = String::new();
    let (mut bits, mut held) = (0_u32, 0);
    for byte in bytes {
        bits = bits << 8 | u32::from(*byte);
        held += 8;
        while held >= 5 {
            held -= 5;
            text.push(char::from(ALPHABET[(bits >> held & 31) as usize]));
        }
        bits &= (1 << held) - 1;
    }
    if held > 0 {
        text.push(char::from(ALPHABET[(bits << (5 - held) & 31) as usize]));
    }
    text
}

fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let (mut bits, mut held) = (0_u32, 0);
    for character in text.bytes() {
        let value = ALPHABET.iter().position(|known| *known == character)?;
        bits = bits << 5 | u32::try_from(value).ok()?;
        held += 5;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xFF).ok()?);
        }
        bits &= (1 << held) - 1;
    }
    Some(bytes)
}

/// CRC-16 with the polynomial 0x1021, from 0.
fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |sum: u16, byte| {
        (0..8).fold(sum ^ u16::from(*byte) << 8, |sum, _| {
            if sum & 0x8000 == 0 { sum << 1 } else { sum << 1 ^ 0x1021 }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The seed of the bytes 0, 1, .. 31.
    fn seed(kind: u8) -> String {
        let mut bytes = vec![SEED | kind >> 5, (kind & 31) << 3];
        bytes.extend(0..32);
        let sum = crc16(&bytes);
        bytes.extend_from_slice(&sum.to_le_bytes());
        encode(&bytes)
    }

    #[test]
    fn texts_are_those_of_base_32() {
        // RFC 4648 10.
        for (bytes, text) in [("", ""), ("f", "MY"), ("foob", "MZXW6YQ"), ("foobar", "MZXW6YTBOI")]
        {
            assert_eq!(encode(bytes.as_bytes()), text);
            assert_eq!(decode(text).unwrap(), bytes.as_bytes());
        }
        assert_eq!(decode("M1"), None);
        assert_eq!(crc16(b"123456789"), 0x31C3);
    }

    #[test]
    fn a_seed_has_a_public_half_and_signs() {
        let text = seed(USER);
        assert!(text.starts_with("SU") && text.len() == 58, "{text}");
        let seed = Seed::read(&text).unwrap();
        let public = seed.public();
        assert!(public.starts_with('U') && public.len() == 56, "{public}");
        let key = decode(&public).unwrap();
        let signature = URL_SAFE_NO_PAD.decode(seed.sign("a nonce")).unwrap();
        let key = ring::signature::UnparsedPublicKey::new(&ring::signature::ED25519, &key[1..33]);
        assert!(key.verify(b"a nonce", &signature).is_ok());
        assert!(!format!("{seed:?}").contains(&text));
    }

    #[test]
    fn what_is_no_seed_of_a_user_is_told_apart() {
        let public = Seed::read(&seed(USER)).unwrap().public();
        assert_eq!(Seed::read(&public).unwrap_err(), KeyError::Kind);
        assert_eq!(Seed::read(&seed(0)).unwrap_err(), KeyError::Kind);
        let mut wrong = seed(USER);
        wrong.replace_range(20..21, if &wrong[20..21] == "A" { "B" } else { "A" });
        assert_eq!(Seed::read(&wrong).unwrap_err(), KeyError::Sum);
        for text in ["", "S", "su", "not a seed"] {
            assert_eq!(Seed::read(text).unwrap_err(), KeyError::Shape, "{text}");
        }
    }
}
