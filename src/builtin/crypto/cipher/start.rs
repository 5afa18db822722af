//! Every cipher at the beginning of a message.

use aes::{Aes128, Aes192, Aes256};
use cipher::common::InnerInit;
use cipher::consts::U16;
use cipher::{BlockCipherDecrypt, BlockCipherEncrypt, InnerIvInit, KeyInit, StreamCipher};
use ctr::{Ctr128BE, CtrCore};
use subtle::ConstantTimeEq;

use super::blocks::{Decrypting, Encrypting, Padded};
use super::chacha::ChaCha;
use super::gcm::Gcm;
use super::state::Cipher;
use super::suite::{Mode, Suite};
use crate::builtin::crypto::fault::{Fault, INVALID_KEY_LENGTH, NOT_AUTHENTIC, TOO_MUCH};

/// A counter, each value of which is encrypted.
struct Counter<C: BlockCipherEncrypt<BlockSize = U16>>(Ctr128BE<C>);

impl<C: BlockCipherEncrypt<BlockSize = U16>> Cipher for Counter<C> {
    fn update(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> Result<(), Fault> {
        let start = out.len();
        out.extend_from_slice(bytes);
        self.0.try_apply_keystream(&mut out[start..]).map_err(|_| TOO_MUCH)
    }

    fn finish(&mut self, _: &mut Vec<u8>) -> Result<(), Fault> {
        Ok(())
    }
}

/// A cipher at the beginning of a message. The lengths of key and IV have been checked, or it is a
/// fault.
pub(super) fn start(
    suite: &Suite,
    key: &[u8],
    iv: &[u8],
    decrypts: bool,
) -> Result<Box<dyn Cipher>, Fault> {
    if key.len() != suite.key_bytes || !suite.takes_iv_of(iv.len()) {
        return Err(INVALID_KEY_LENGTH);
    }
    if suite.mode == Mode::ChaCha {
        let key = key.try_into().map_err(|_| INVALID_KEY_LENGTH)?;
        let nonce = iv.try_into().map_err(|_| INVALID_KEY_LENGTH)?;
        return Ok(Box::new(ChaCha::new(key, nonce, decrypts)));
    }
    match suite.key_bytes {
        16 => with_aes::<Aes128>(suite.mode, key, iv, decrypts),
        24 => with_aes::<Aes192>(suite.mode, key, iv, decrypts),
        _ => with_aes::<Aes256>(suite.mode, key, iv, decrypts),
    }
}

fn with_aes<C>(mode: Mode, key: &[u8], iv: &[u8], decrypts: bool) -> Result<Box<dyn Cipher>, Fault>
where
    C: BlockCipherEncrypt<BlockSize = U16>
        + BlockCipherDecrypt<BlockSize = U16>
        + KeyInit
        + 'static,
{
    let aes = C::new_from_slice(key).map_err(|_| INVALID_KEY_LENGTH)?;
    let wrong = |_| INVALID_KEY_LENGTH;
    Ok(match (mode, decrypts) {
        (Mode::Cbc, false) => {
            let mode = cbc::Encryptor::inner_iv_slice_init(aes, iv).map_err(wrong)?;
            Box::new(Padded::new(Encrypting(mode)))
        }
        (Mode::Cbc, true) => {
            let mode = cbc::Decryptor::inner_iv_slice_init(aes, iv).map_err(wrong)?;
            Box::new(Padded::new(Decrypting(mode)))
        }
        (Mode::Ecb, false) => Box::new(Padded::new(Encrypting(ecb::Encryptor::inner_init(aes)))),
        (Mode::Ecb, true) => Box::new(Padded::new(Decrypting(ecb::Decryptor::inner_init(aes)))),
        (Mode::Ctr, _) => {
            let core = CtrCore::inner_iv_slice_init(aes, iv).map_err(wrong)?;
            Box::new(Counter(Ctr128BE::from_core(core)))
        }
        (Mode::Gcm | Mode::ChaCha, _) => Box::new(Gcm::new(aes, iv, decrypts)),
    })
}

/// A tag is right as far as the given one goes, which takes as long whatever is in it.
pub(super) fn check_tag(cipher: &mut dyn Cipher, given: &[u8]) -> Result<(), Fault> {
    let tag = cipher.tag().ok_or(NOT_AUTHENTIC)?;
    let same = tag.get(..given.len()).is_some_and(|tag| bool::from(tag.ct_eq(given)));
    if same && !given.is_empty() { Ok(()) } else { Err(NOT_AUTHENTIC) }
}
