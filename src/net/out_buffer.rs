//! Bytes on their way to a peer: appended during a turn, written once at its end.
//!
//! A connection with nothing to say owns no memory here: the buffer it appends to is lent from a
//! pool and goes back when all is written.

use std::collections::VecDeque;
use std::io::{self, IoSlice};
use std::rc::Rc;

use super::stream::Stream;
use crate::limits::{
    POOLED_BUFFER_BYTES_MAX, POOLED_BUFFERS, SHARED_CHUNK_BYTES_MIN, SLICES_PER_WRITE,
};

/// Spare buffers, so that busy connections take turns with a few instead of owning one each.
#[derive(Default)]
pub struct BufferPool {
    spare: Vec<Vec<u8>>,
}

impl BufferPool {
    fn take(&mut self) -> Vec<u8> {
        self.spare.pop().unwrap_or_default()
    }

    fn put(&mut self, mut buffer: Vec<u8>) {
        if self.spare.len() < POOLED_BUFFERS
            && (1..=POOLED_BUFFER_BYTES_MAX).contains(&buffer.capacity())
        {
            buffer.clear();
            self.spare.push(buffer);
        }
    }
}

#[derive(Debug)]
enum Chunk {
    Owned(Vec<u8>),
    Shared(Rc<[u8]>),
}

impl Chunk {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Owned(bytes) => bytes,
            Self::Shared(bytes) => bytes,
        }
    }
}

/// Queued bytes of one connection.
#[derive(Debug, Default)]
pub struct OutBuffer {
    /// Full chunks before `tail`; nearly always empty.
    chunks: VecDeque<Chunk>,
    /// Where bytes are appended.
    tail: Vec<u8>,
    /// How much of the first chunk (or of `tail`) the kernel has taken.
    written: usize,
    /// Bytes in `chunks`.
    chunk_bytes: usize,
}

impl OutBuffer {
    /// How many bytes wait for the kernel.
    pub fn len(&self) -> usize {
        self.chunk_bytes + self.tail.len() - self.written
    }

    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The buffer to append to.
    pub fn tail(&mut self, pool: &mut BufferPool) -> &mut Vec<u8> {
        if self.tail.capacity() == 0 {
            self.tail = pool.take();
        }
        &mut self.tail
    }

    /// Queues bytes that many connections share: large ones without a copy, since for small ones
    /// a copy is cheaper than another piece in the write.
    pub fn push_shared(&mut self, bytes: &Rc<[u8]>, pool: &mut BufferPool) {
        if bytes.len() < SHARED_CHUNK_BYTES_MIN {
            self.tail(pool).extend_from_slice(bytes);
            return;
        }
        if !self.tail.is_empty() {
            let tail = std::mem::take(&mut self.tail);
            self.chunk_bytes += tail.len();
            self.chunks.push_back(Chunk::Owned(tail));
        }
        self.chunk_bytes += bytes.len();
        self.chunks.push_back(Chunk::Shared(bytes.clone()));
    }

    /// Hands as much to the kernel as it takes in one call. `Ok(true)` when nothing is left.
    pub fn write_to(&mut self, stream: &mut Stream, pool: &mut BufferPool) -> io::Result<bool> {
        if self.is_empty() {
            return Ok(true);
        }
        let taken = if self.chunks.is_empty() {
            stream.write(&self.tail[self.written..])?
        } else {
            stream.write_vectored(&self.slices())?
        };
        self.consume(taken, pool);
        Ok(self.is_empty())
    }

    /// Drops everything that waits.
    pub fn clear(&mut self, pool: &mut BufferPool) {
        self.chunks.clear();
        self.chunk_bytes = 0;
        self.written = 0;
        pool.put(std::mem::take(&mut self.tail));
    }

    fn slices(&self) -> Vec<IoSlice<'_>> {
        let mut slices: Vec<IoSlice<'_>> = Vec::with_capacity(SLICES_PER_WRITE);
        let pieces = self.chunks.iter().map(Chunk::bytes).chain(std::iter::once(&self.tail[..]));
        for (index, piece) in pieces.take(SLICES_PER_WRITE).enumerate() {
            let piece = if index == 0 { &piece[self.written..] } else { piece };
            if !piece.is_empty() {
                slices.push(IoSlice::new(piece));
            }
        }
        slices
    }

    fn consume(&mut self, taken: usize, pool: &mut BufferPool) {
        self.written += taken;
        while let Some(first) = self.chunks.front() {
            let size = first.bytes().len();
            if self.written < size {
                return;
            }
            self.written -= size;
            self.chunk_bytes -= size;
            if let Some(Chunk::Owned(buffer)) = self.chunks.pop_front() {
                pool.put(buffer);
            }
        }
        if self.written == self.tail.len() {
            self.written = 0;
            pool.put(std::mem::take(&mut self.tail));
        } else if self.written > POOLED_BUFFER_BYTES_MAX && self.written * 2 > self.tail.len() {
            // A slow reader: give back what it has read. Only from the half on, or what is left of
            // a large reply would be moved again and again.
            self.tail.drain(..self.written);
            self.written = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn pair() -> (Stream, std::os::unix::net::UnixStream) {
        let (ours, theirs) = std::os::unix::net::UnixStream::pair().unwrap();
        ours.set_nonblocking(true).unwrap();
        (Stream::Unix(mio::net::UnixStream::from_std(ours)), theirs)
    }

    #[test]
    fn owned_and_shared_bytes_leave_in_order() {
        let (mut stream, mut peer) = pair();
        let mut pool = BufferPool::default();
        let mut out = OutBuffer::default();
        let shared: Rc<[u8]> = vec![b's'; SHARED_CHUNK_BYTES_MIN].into();
        let mut expected = Vec::new();
        for round in 0..3_u8 {
            out.tail(&mut pool).extend_from_slice(&[b'a' + round; 10]);
            expected.extend_from_slice(&[b'a' + round; 10]);
            out.push_shared(&shared, &mut pool);
            expected.extend_from_slice(&shared);
        }
        assert_eq!(out.len(), expected.len());
        let mut received = Vec::new();
        while !out.write_to(&mut stream, &mut pool).unwrap() {
            let mut chunk = [0; 4096];
            let count = peer.read(&mut chunk).unwrap();
            received.extend_from_slice(&chunk[..count]);
        }
        drop(stream);
        peer.read_to_end(&mut received).unwrap();
        assert_eq!(received, expected);
    }

    #[test]
    fn a_peer_that_does_not_read_keeps_bytes_here_and_loses_none() {
        let (mut stream, mut peer) = pair();
        let mut pool = BufferPool::default();
        let mut out = OutBuffer::default();
        let message: Vec<u8> = (0..=255).cycle().take(3 << 20).collect();
        out.tail(&mut pool).extend_from_slice(&message);
        assert!(!out.write_to(&mut stream, &mut pool).unwrap());
        let mut received = vec![0; message.len()];
        let mut filled = 0;
        while filled < received.len() {
            filled += peer.read(&mut received[filled..]).unwrap();
            out.write_to(&mut stream, &mut pool).unwrap();
        }
        assert!(out.is_empty());
        assert!(received == message);
    }
}
