//! Galois/Counter Mode (NIST SP 800-38D), bit by bit, with an IV of any length.

use cipher::consts::U16;
use cipher::{Array, BlockCipherEncrypt, InnerIvInit, StreamCipher};
use ctr::{Ctr32BE, CtrCore};
use ghash::GHash;

use super::absorber::Absorber;
use super::state::Cipher;
use crate::builtin::crypto::fault::{Fault, TOO_MUCH};

/// A message that is being encrypted or decrypted.
pub(super) struct Gcm<C: BlockCipherEncrypt<BlockSize = U16>> {
    counter: Ctr32BE<C>,
    /// None once the tag is known.
    hash: Option<Absorber<GHash>>,
    /// What the hash is masked with.
    mask: [u8; 16],
    decrypts: bool,
    /// How much of data there was that is authenticated only: known when the message begins.
    aad_bytes: Option<u64>,
}

impl<C: BlockCipherEncrypt<BlockSize = U16>> Gcm<C> {
    pub(super) fn new(aes: C, iv: &[u8], decrypts: bool) -> Self {
        let mut subkey = Array::default();
        aes.encrypt_block(&mut subkey);
        let mut first = [0; 16];
        if iv.len() == 12 {
            first[..12].copy_from_slice(iv);
            first[15] = 1;
        } else {
            let mut hash = Absorber::new(GHash::new(&subkey));
            hash.update(iv);
            let bytes = hash.end_part();
            first = hash.finish(lengths(0, bytes));
        }
        let mut counter = Ctr32BE::from_core(CtrCore::inner_iv_init(aes, &Array::from(first)));
        let mut mask = [0; 16];
        counter.apply_keystream(&mut mask);
        let hash = Some(Absorber::new(GHash::new(&subkey)));
        Self { counter, hash, mask, decrypts, aad_bytes: None }
    }

    fn absorb(&mut self, bytes: &[u8]) {
        if let Some(hash) = &mut self.hash {
            if self.aad_bytes.is_none() {
                self.aad_bytes = Some(hash.end_part());
            }
            hash.update(bytes);
        }
    }
}

/// Two lengths, in bits.
fn lengths(first: u64, second: u64) -> [u8; 16] {
    let mut block = [0; 16];
    block[..8].copy_from_slice(&(first << 3).to_be_bytes());
    block[8..].copy_from_slice(&(second << 3).to_be_bytes());
    block
}

impl<C: BlockCipherEncrypt<BlockSize = U16>> Cipher for Gcm<C> {
    fn aad(&mut self, bytes: &[u8]) {
        if let Some(hash) = &mut self.hash {
            hash.update(bytes);
        }
    }

    fn update(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> Result<(), Fault> {
        let start = out.len();
        out.extend_from_slice(bytes);
        if self.decrypts {
            self.absorb(bytes);
        }
        self.counter.try_apply_keystream(&mut out[start..]).map_err(|_| TOO_MUCH)?;
        if !self.decrypts {
            self.absorb(&out[start..]);
        }
        Ok(())
    }

    fn finish(&mut self, _: &mut Vec<u8>) -> Result<(), Fault> {
        Ok(())
    }

    fn tag(&mut self) -> Option<[u8; 16]> {
        self.absorb(&[]);
        let mut hash = self.hash.take()?;
        let bytes = hash.end_part();
        let mut tag = hash.finish(lengths(self.aad_bytes.unwrap_or_default(), bytes));
        for (byte, mask) in tag.iter_mut().zip(self.mask) {
            *byte ^= mask;
        }
        Some(tag)
    }
}
