//! What the output of all connections has in common: spare buffers, and chunks that several of them
//! are sent.

use std::collections::HashMap;
use std::sync::{Arc, Weak};

use crate::limits::{
    POOLED_BUFFER_BYTES_MAX, POOLED_BUFFERS, SHARED_CHUNK_BYTES_MIN, SHARED_CHUNKS_COMPARED,
    STALE_CHUNK_BYTES_MAX, STALE_CHUNKS_MAX,
};

/// Busy connections take turns with a few buffers instead of owning one each.
#[derive(Default)]
pub struct BufferPool {
    spare: Vec<Vec<u8>>,
    shared: Chunks,
}

/// Chunks that wait for some connection, and some that do no more: those are looked for once they
/// may be as many as the others, or as large, so that a chunk costs the same however many wait.
#[derive(Default)]
struct Chunks {
    all: Vec<Weak<[u8]>>,
    /// Those that may be found by what is in them, by their length.
    bodies: HashMap<usize, Vec<Weak<[u8]>>>,
    bytes: usize,
    /// How many there were, and of how many bytes, when it was looked last.
    live: (usize, usize),
    /// How many have been looked at.
    #[cfg(test)]
    looks: usize,
}

impl Chunks {
    fn note(&mut self, chunk: &Arc<[u8]>) {
        self.all.push(Arc::downgrade(chunk));
        self.bytes += chunk.len();
        let (count, bytes) = self.live;
        if self.all.len() > 2 * count + STALE_CHUNKS_MAX
            || self.bytes > 2 * bytes + STALE_CHUNK_BYTES_MAX
        {
            self.sweep();
        }
    }

    /// A stale chunk keeps its memory.
    fn sweep(&mut self) {
        #[cfg(test)]
        {
            self.looks += self.all.len();
        }
        let mut bytes = 0;
        self.all.retain(|chunk| {
            let live = chunk.upgrade();
            bytes += live.as_ref().map_or(0, |chunk| chunk.len());
            live.is_some()
        });
        self.bodies.retain(|_, alike| {
            alike.retain(|chunk| chunk.strong_count() > 0);
            !alike.is_empty()
        });
        self.bytes = bytes;
        self.live = (self.all.len(), bytes);
    }

    /// A chunk with these bytes that waits for some connection.
    fn find(&mut self, bytes: &[u8]) -> Option<Arc<[u8]>> {
        let alike = self.bodies.get_mut(&bytes.len())?;
        let (mut at, mut compared) = (alike.len(), 0);
        while at > 0 && compared < SHARED_CHUNKS_COMPARED {
            at -= 1;
            #[cfg(test)]
            {
                self.looks += 1;
            }
            match alike[at].upgrade() {
                Some(chunk) if *chunk == *bytes => return Some(chunk),
                Some(_) => compared += 1,
                None => drop(alike.remove(at)),
            }
        }
        None
    }
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
    pub fn share(&mut self, bytes: &[u8]) -> Arc<[u8]> {
        if let Some(same) = self.shared.find(bytes) {
            return same;
        }
        let chunk = Arc::from(bytes);
        self.shared.bodies.entry(bytes.len()).or_default().push(Arc::downgrade(&chunk));
        self.shared.note(&chunk);
        chunk
    }

    /// Counts a chunk while it waits for some connection, if it is one that connections share.
    pub fn note_shared(&mut self, chunk: &Arc<[u8]>) {
        if chunk.len() >= SHARED_CHUNK_BYTES_MIN {
            self.shared.note(chunk);
        }
    }

    /// Bytes of shared chunks that wait for some connection.
    pub fn shared_len(&self) -> usize {
        self.shared.all.iter().filter_map(Weak::upgrade).map(|chunk| chunk.len()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chunk_costs_the_same_however_many_wait() {
        let mut pool = BufferPool::default();
        let mut waiting = Vec::new();
        for number in 0..5000_u32 {
            let frame: Arc<[u8]> = vec![0; SHARED_CHUNK_BYTES_MIN].into();
            pool.note_shared(&frame);
            waiting.push(frame);
            waiting.push(pool.share(&number.to_le_bytes().repeat(1000)));
        }
        // Those of the same length are compared with a few.
        let compared = 5000 * SHARED_CHUNKS_COMPARED;
        assert!(pool.shared.looks <= compared + 4 * waiting.len(), "{}", pool.shared.looks);
        assert_eq!(pool.shared_len(), 5000 * (SHARED_CHUNK_BYTES_MIN + 4000));
    }

    #[test]
    fn what_waits_for_nobody_any_more_is_let_go() {
        let mut pool = BufferPool::default();
        for number in 0..10_000_u32 {
            drop(pool.share(&number.to_le_bytes().repeat(10_000)));
            assert!(pool.shared.bytes <= 2 * STALE_CHUNK_BYTES_MAX, "{}", pool.shared.bytes);
            assert!(pool.shared.all.len() <= STALE_CHUNKS_MAX);
        }
        assert_eq!(pool.shared_len(), 0);
    }

    #[test]
    fn the_same_bytes_are_shared_while_they_wait() {
        let mut pool = BufferPool::default();
        let (one, other) = (vec![1; 40_000], vec![2; 40_000]);
        let first = pool.share(&one);
        let second = pool.share(&other);
        assert!(
            Arc::ptr_eq(&first, &pool.share(&one)) && Arc::ptr_eq(&second, &pool.share(&other))
        );
        drop(first);
        let again = pool.share(&one);
        assert_eq!((Arc::strong_count(&again), pool.shared_len()), (1, 80_000));
    }
}
