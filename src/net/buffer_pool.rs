//! What the output of all connections has in common: spare buffers, and chunks that several of them
//! are sent.

use std::rc::{Rc, Weak};

use crate::limits::{
    POOLED_BUFFER_BYTES_MAX, POOLED_BUFFERS, SHARED_CHUNK_BYTES_MIN, SHARED_CHUNKS_COMPARED,
};

/// Busy connections take turns with a few buffers instead of owning one each.
#[derive(Default)]
pub struct BufferPool {
    spare: Vec<Vec<u8>>,
    /// Chunks that wait for some connection, and some that do no more.
    shared: Vec<Weak<[u8]>>,
}

impl BufferPool {
    pub(super) fn take(&mut self) -> Vec<u8> {
        self.spare.pop().unwrap_or_default()
    }

    pub(super) fn put(&mut self, mut buffer: Vec<u8>) {
        if self.spare.len() < POOLED_BUFFERS
            && (1..=POOLED_BUFFER_BYTES_MAX).contains(&buffer.capacity())
        {
            buffer.clear();
            self.spare.push(buffer);
        }
    }

    /// These bytes as a chunk to share: one that waits for another connection, if it has the same
    /// bytes.
    pub fn share(&mut self, bytes: &[u8]) -> Rc<[u8]> {
        self.shared.retain(|chunk| chunk.strong_count() > 0);
        let chunks = self.shared.iter().rev().filter_map(Weak::upgrade);
        let mut equal_size = chunks.filter(|chunk| chunk.len() == bytes.len());
        if let Some(same) =
            equal_size.by_ref().take(SHARED_CHUNKS_COMPARED).find(|chunk| **chunk == *bytes)
        {
            return same;
        }
        let chunk = Rc::from(bytes);
        self.shared.push(Rc::downgrade(&chunk));
        chunk
    }

    /// Counts a chunk while it waits for some connection, if it is one that connections share.
    pub fn note_shared(&mut self, chunk: &Rc<[u8]>) {
        if chunk.len() >= SHARED_CHUNK_BYTES_MIN {
            self.shared.retain(|chunk| chunk.strong_count() > 0);
            self.shared.push(Rc::downgrade(chunk));
        }
    }

    /// Bytes of shared chunks that wait for some connection.
    pub fn shared_len(&self) -> usize {
        self.shared.iter().filter_map(Weak::upgrade).map(|chunk| chunk.len()).sum()
    }
}
