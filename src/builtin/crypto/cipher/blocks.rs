//! Modes that take whole blocks, ECB and CBC, with the padding of PKCS #7 (RFC 5652 6.3) around
//! them.

use cipher::consts::U16;
use cipher::{Array, BlockModeDecrypt, BlockModeEncrypt};

use super::state::Cipher;
use crate::builtin::crypto::fault::{BAD_DECRYPT, Fault, WRONG_FINAL_BLOCK};

const BLOCK: usize = 16;
type Block = Array<u8, U16>;

/// A mode in one direction.
pub(super) trait Blocks {
    const DECRYPTS: bool;
    fn run(&mut self, blocks: &mut [Block]);
}

/// A mode that encrypts.
pub(super) struct Encrypting<M>(pub(super) M);

/// A mode that decrypts.
pub(super) struct Decrypting<M>(pub(super) M);

impl<M: BlockModeEncrypt<BlockSize = U16>> Blocks for Encrypting<M> {
    const DECRYPTS: bool = false;

    fn run(&mut self, blocks: &mut [Block]) {
        self.0.encrypt_blocks(blocks);
    }
}

impl<M: BlockModeDecrypt<BlockSize = U16>> Blocks for Decrypting<M> {
    const DECRYPTS: bool = true;

    fn run(&mut self, blocks: &mut [Block]) {
        self.0.decrypt_blocks(blocks);
    }
}

/// A mode, and what it has not been given yet: what fills no block, or may be padding.
pub(super) struct Padded<B> {
    blocks: B,
    pads: bool,
    held: Vec<u8>,
}

impl<B: Blocks> Padded<B> {
    pub(super) fn new(blocks: B) -> Self {
        Self { blocks, pads: true, held: Vec::new() }
    }

    /// Gives the mode what is in `out` from `start` on, which is whole blocks.
    fn run(&mut self, start: usize, out: &mut [u8]) {
        let (blocks, _) = Array::slice_as_chunks_mut(&mut out[start..]);
        self.blocks.run(blocks);
    }
}

impl<B: Blocks> Cipher for Padded<B> {
    fn set_padding(&mut self, pads: bool) {
        self.pads = pads;
    }

    fn update(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> Result<(), Fault> {
        let start = out.len();
        out.append(&mut self.held);
        out.extend_from_slice(bytes);
        let total = out.len() - start;
        let kept = match total % BLOCK {
            0 if B::DECRYPTS && self.pads && total > 0 => BLOCK,
            rest => rest,
        };
        self.held = out.split_off(out.len() - kept);
        self.run(start, out);
        Ok(())
    }

    fn finish(&mut self, out: &mut Vec<u8>) -> Result<(), Fault> {
        let start = out.len();
        out.append(&mut self.held);
        let held = out.len() - start;
        if !self.pads {
            return if held == 0 { Ok(()) } else { Err(WRONG_FINAL_BLOCK) };
        }
        if !B::DECRYPTS {
            let missing = BLOCK - held % BLOCK;
            #[expect(clippy::cast_possible_truncation, reason = "16 at most")]
            out.extend(std::iter::repeat_n(missing as u8, missing));
            self.run(start, out);
            return Ok(());
        }
        if held != BLOCK {
            return Err(WRONG_FINAL_BLOCK);
        }
        self.run(start, out);
        let last = &out[start..];
        let padding = usize::from(last[BLOCK - 1]);
        if padding == 0 || padding > BLOCK {
            return Err(BAD_DECRYPT);
        }
        // Each byte is looked at, wherever the first wrong one is.
        let wrong =
            last[BLOCK - padding..].iter().fold(0, |wrong, byte| wrong | (byte ^ last[BLOCK - 1]));
        if wrong != 0 {
            return Err(BAD_DECRYPT);
        }
        out.truncate(out.len() - padding);
        Ok(())
    }
}
