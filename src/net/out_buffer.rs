//! Bytes on their way to a peer: appended during a turn, written once at its end.
//!
//! A connection with nothing to say owns no memory here: the buffer it appends to is lent from a
//! pool and goes back when all is written.

use std::io;

use super::stream::Stream;
use crate::limits::{POOLED_BUFFER_BYTES_MAX, POOLED_BUFFERS};

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

/// Queued bytes of one connection.
#[derive(Debug, Default)]
pub struct OutBuffer {
    /// Where bytes are appended.
    tail: Vec<u8>,
    /// How much of `tail` the kernel has taken.
    written: usize,
}

impl OutBuffer {
    /// How many bytes wait for the kernel.
    pub fn len(&self) -> usize {
        self.tail.len() - self.written
    }

    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    #[cfg(test)]
    pub(crate) fn capacity(&self) -> usize {
        self.tail.capacity()
    }

    /// The buffer to append to. [`settle`](Self::settle) when nothing may have been.
    pub fn tail(&mut self, pool: &mut BufferPool) -> &mut Vec<u8> {
        if self.tail.capacity() == 0 {
            self.tail = pool.take();
        }
        &mut self.tail
    }

    /// Hands as much to the kernel as it takes in one call. `Ok(true)` when nothing is left.
    pub fn write_to(&mut self, stream: &mut Stream, pool: &mut BufferPool) -> io::Result<bool> {
        if self.is_empty() {
            return Ok(true);
        }
        let taken = stream.write(&self.tail[self.written..])?;
        self.consume(taken, pool);
        Ok(self.is_empty())
    }

    /// Gives a buffer back that nothing was appended to.
    #[inline]
    pub fn settle(&mut self, pool: &mut BufferPool) {
        if self.tail.is_empty() && self.tail.capacity() > 0 {
            pool.put(std::mem::take(&mut self.tail));
        }
    }

    /// Drops everything that waits.
    pub fn clear(&mut self, pool: &mut BufferPool) {
        self.written = 0;
        pool.put(std::mem::take(&mut self.tail));
    }

    fn consume(&mut self, taken: usize, pool: &mut BufferPool) {
        self.written += taken;
        if self.written == self.tail.len() {
            self.clear(pool);
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
