//! `ChaCha20` and `Poly1305` (RFC 8439), bit by bit.
//!
//! The key stream is the one of `ChaCha20Rng`, whose state is that of the RFC: it has a counter of
//! 64 bits and a nonce of 64, of which the upper half of the counter is the first part of the RFC's
//! nonce. The crate's own cipher would have to be switched on for all that use it, the engine's
//! random numbers among them.

use chacha20::ChaCha20Rng;
use chacha20::rand_core::{Rng, SeedableRng};
use poly1305::Poly1305;
use poly1305::universal_hash::KeyInit;

use super::absorber::Absorber;
use super::state::Cipher;
use crate::builtin::crypto::fault::{Fault, TOO_MUCH};

/// The key stream comes in blocks of so many bytes.
const BLOCK: usize = 64;

/// So many of them are made at once.
const BLOCKS_AT_ONCE: usize = 16;

/// As many as 32 bits can count, without the first, which is the key of the hash (RFC 8439 2.8).
const BLOCKS_MAX: u64 = u32::MAX as u64;

/// A message that is being encrypted or decrypted.
pub(super) struct ChaCha {
    stream: ChaCha20Rng,
    /// The block that is being used, and how much of it has been.
    block: [u8; BLOCK],
    used: usize,
    blocks: u64,
    /// None once the tag is known.
    hash: Option<Absorber<Poly1305>>,
    decrypts: bool,
    /// How much of data there was that is authenticated only: known when the message begins.
    aad_bytes: Option<u64>,
}

impl ChaCha {
    pub(super) fn new(key: [u8; 32], nonce: [u8; 12], decrypts: bool) -> Self {
        let (high, low) = nonce.split_at(4);
        let number = |bytes: &[u8]| {
            bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
        };
        let mut stream = ChaCha20Rng::from_seed(key);
        stream.set_stream(number(low));
        stream.set_block_pos(number(high) << 32);
        let mut block = [0; BLOCK];
        stream.fill_bytes(&mut block);
        let mut hash_key = poly1305::Key::default();
        hash_key.copy_from_slice(&block[..32]);
        let hash = Some(Absorber::new(Poly1305::new(&hash_key)));
        Self { stream, block, used: BLOCK, blocks: 0, hash, decrypts, aad_bytes: None }
    }

    fn absorb(&mut self, bytes: &[u8]) {
        if let Some(hash) = &mut self.hash {
            if self.aad_bytes.is_none() {
                self.aad_bytes = Some(hash.end_part());
            }
            hash.update(bytes);
        }
    }

    fn apply(&mut self, bytes: &mut [u8]) -> Result<(), Fault> {
        let (head, rest) = bytes.split_at_mut(bytes.len().min(BLOCK - self.used));
        mask(head, &self.block[self.used..]);
        self.used += head.len();
        self.blocks += rest.len().div_ceil(BLOCK) as u64;
        if self.blocks > BLOCKS_MAX {
            return Err(TOO_MUCH);
        }
        let mut many = [0; BLOCK * BLOCKS_AT_ONCE];
        let (whole, last) = rest.split_at_mut(rest.len() - rest.len() % BLOCK);
        for part in whole.chunks_mut(many.len()) {
            let many = &mut many[..part.len()];
            self.stream.fill_bytes(many);
            mask(part, many);
        }
        if !last.is_empty() {
            self.stream.fill_bytes(&mut self.block);
            mask(last, &self.block);
            self.used = last.len();
        }
        Ok(())
    }
}

fn mask(bytes: &mut [u8], stream: &[u8]) {
    for (byte, mask) in bytes.iter_mut().zip(stream) {
        *byte ^= mask;
    }
}

impl Cipher for ChaCha {
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
        self.apply(&mut out[start..])?;
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
        let mut lengths = [0; 16];
        lengths[..8].copy_from_slice(&self.aad_bytes.unwrap_or_default().to_le_bytes());
        lengths[8..].copy_from_slice(&bytes.to_le_bytes());
        Some(hash.finish(lengths))
    }
}
