//! What the connections of one thread share: compressors and decompressors in use only during a
//! message, buffers, and the count of the memory that contexts take.

use std::cell::{Cell, RefCell};

use flate2::{Compress, Compression, Decompress};

use crate::limits::{INFLATE_PIECE, PACKED_BYTES_KEPT, POOLED_COMPRESSORS, POOLED_INFLATERS};

/// What a decompressor takes: a window of 32 KiB whatever was agreed on, and tables.
pub(super) const INFLATER_BYTES: usize = 48 * 1024;

/// What a compressor takes: a window, twice, with as many links, hash heads, and buffers.
pub(super) const fn compressor_bytes(bits: u8) -> usize {
    (4 << bits) + 256 * 1024
}

struct Pool {
    inflaters: Vec<Decompress>,
    /// By window bits and level.
    compressors: Vec<((u8, u8), Compress)>,
    /// Inflated bytes on their way to a message.
    piece: Vec<u8>,
    /// A compressed message on its way to a frame.
    packed: Vec<u8>,
}

thread_local! {
    static POOL: RefCell<Pool> = const {
        RefCell::new(Pool {
            inflaters: Vec::new(),
            compressors: Vec::new(),
            piece: Vec::new(),
            packed: Vec::new(),
        })
    };
    /// Bytes that contexts kept between messages take, or may take at any time.
    static HELD: Cell<usize> = const { Cell::new(0) };
}

/// Bytes reserved for contexts on this thread.
pub(in crate::proto::ws) fn held() -> usize {
    HELD.get()
}

/// Whether a context of `bytes` fits under `limit`.
pub(super) fn has_room(bytes: usize, limit: usize) -> bool {
    held().saturating_add(bytes) <= limit
}

/// Counts a context until it is dropped.
#[derive(Debug)]
pub(super) struct Reserved(usize);

impl Reserved {
    pub(super) fn new(bytes: usize) -> Self {
        HELD.set(held() + bytes);
        Self(bytes)
    }
}

impl Drop for Reserved {
    fn drop(&mut self) {
        // At the end of a thread the count may be gone before the connection.
        let _gone = HELD.try_with(|held| held.set(held.get() - self.0));
    }
}

/// A decompressor with no context, for one message.
pub(super) fn take_inflater() -> Decompress {
    let pooled = POOL.with_borrow_mut(|pool| pool.inflaters.pop());
    pooled.unwrap_or_else(new_inflater)
}

/// Always of 15 bits: `zlib-rs` takes the full window in any case, and returns to 15 when reset.
pub(super) fn new_inflater() -> Decompress {
    Decompress::new(false)
}

/// Gives a decompressor back after its message.
pub(super) fn give_inflater(mut inflater: Decompress) {
    POOL.with_borrow_mut(|pool| {
        if pool.inflaters.len() < POOLED_INFLATERS {
            inflater.reset(false);
            pool.inflaters.push(inflater);
        }
    });
}

/// A compressor with no context.
pub(super) fn new_compressor(bits: u8, level: u8) -> Compress {
    Compress::new_with_window_bits(Compression::new(level.into()), false, bits)
}

/// Lends the shared compressor of this window and level.
pub(super) fn with_compressor<T>(bits: u8, level: u8, work: impl FnOnce(&mut Compress) -> T) -> T {
    let pooled = POOL.with_borrow_mut(|pool| {
        let index = pool.compressors.iter().position(|(kind, _)| *kind == (bits, level));
        index.map(|index| pool.compressors.swap_remove(index).1)
    });
    let mut compressor = pooled.unwrap_or_else(|| new_compressor(bits, level));
    let result = work(&mut compressor);
    compressor.reset();
    POOL.with_borrow_mut(|pool| {
        if pool.compressors.len() < POOLED_COMPRESSORS {
            pool.compressors.push(((bits, level), compressor));
        }
    });
    result
}

/// Lends the buffer that pieces of a message are inflated into.
pub(super) fn with_piece<T>(work: impl FnOnce(&mut [u8]) -> T) -> T {
    let mut piece = POOL.with_borrow_mut(|pool| std::mem::take(&mut pool.piece));
    piece.resize(INFLATE_PIECE, 0);
    let result = work(&mut piece);
    POOL.with_borrow_mut(|pool| pool.piece = piece);
    result
}

/// Lends the empty buffer that a message is compressed into.
pub(super) fn with_packed<T>(work: impl FnOnce(&mut Vec<u8>) -> T) -> T {
    let mut packed = POOL.with_borrow_mut(|pool| std::mem::take(&mut pool.packed));
    packed.clear();
    let result = work(&mut packed);
    if packed.capacity() <= PACKED_BYTES_KEPT {
        POOL.with_borrow_mut(|pool| pool.packed = packed);
    }
    result
}
