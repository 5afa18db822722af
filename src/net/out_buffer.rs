//! Bytes on their way to a peer: appended during a turn, written once at its end.
//!
//! A connection appends its own bytes to a buffer that is lent from a pool and goes back when all is
//! written, so one with nothing to say owns no memory here. What many connections are sent alike,
//! such as the frame of a broadcast, is a shared chunk: one allocation, however many queue it.

use std::collections::VecDeque;
use std::io::{self, IoSlice};
use std::sync::Arc;

use super::buffer_pool::BufferPool;
use super::transport::Transport;
use crate::limits::{PIECES_PER_WRITE, POOLED_BUFFER_BYTES_MAX, SHARED_CHUNK_BYTES_MIN};

/// Queued bytes of one connection.
#[derive(Debug, Default)]
pub struct OutBuffer {
    /// Where own bytes are appended: the end of the queue.
    tail: Vec<u8>,
    /// How much of the first piece the kernel has taken.
    written: usize,
    /// What comes before the tail. Boxed, since most connections are never sent a shared chunk.
    ahead: Option<Box<Ahead>>,
}

/// Pieces that are complete. Never empty.
#[derive(Debug, Default)]
struct Ahead {
    pieces: VecDeque<Piece>,
    bytes: usize,
    /// Those of them that the connection does not own.
    shared: usize,
}

#[derive(Debug)]
enum Piece {
    Own(Vec<u8>),
    Shared(Arc<[u8]>),
}

impl Piece {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Own(bytes) => bytes,
            Self::Shared(bytes) => bytes,
        }
    }
}

impl OutBuffer {
    /// How many bytes wait for the kernel.
    #[inline]
    pub fn len(&self) -> usize {
        self.ahead.as_ref().map_or(0, |ahead| ahead.bytes) + self.tail.len() - self.written
    }

    /// The same without what other connections may share.
    pub fn own_len(&self) -> usize {
        let shared = self.ahead.as_ref().map_or(0, |ahead| ahead.shared);
        // What was written of a shared chunk may be more than the connection has of its own.
        self.len().saturating_sub(shared)
    }

    /// Whether nothing waits.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    #[cfg(test)]
    pub(crate) fn capacity(&self) -> usize {
        self.tail.capacity()
    }

    /// The buffer to append to. [`settle`](Self::settle) when nothing may have been.
    #[inline]
    pub fn tail(&mut self, pool: &mut BufferPool) -> &mut Vec<u8> {
        if self.tail.capacity() == 0 {
            self.tail = pool.take();
        }
        &mut self.tail
    }

    /// Queues a chunk that other connections may share. A small one is copied, which is cheaper
    /// than to count another owner and to write another piece.
    pub fn push_shared(&mut self, chunk: &Arc<[u8]>, pool: &mut BufferPool) {
        if chunk.len() < SHARED_CHUNK_BYTES_MIN {
            self.tail(pool).extend_from_slice(chunk);
            return;
        }
        let ahead = self.ahead.get_or_insert_default();
        if !self.tail.is_empty() {
            ahead.bytes += self.tail.len();
            ahead.pieces.push_back(Piece::Own(std::mem::take(&mut self.tail)));
        }
        ahead.bytes += chunk.len();
        ahead.shared += chunk.len();
        ahead.pieces.push_back(Piece::Shared(chunk.clone()));
    }

    /// Whether one write hands all of it to the kernel, if that takes it.
    #[inline]
    pub const fn is_one_piece(&self) -> bool {
        self.ahead.is_none()
    }

    /// Hands as much to the kernel as it takes, and tells how much that was. If anything is left, the
    /// kernel has refused it.
    #[inline]
    pub fn write_to(
        &mut self,
        transport: &mut Transport,
        pool: &mut BufferPool,
    ) -> io::Result<usize> {
        if self.ahead.is_some() {
            return self.write_pieces(transport, pool);
        }
        if self.tail.is_empty() {
            return transport.flush().map(|()| 0);
        }
        let taken = transport.write(&self.tail[self.written..])?;
        self.written += taken;
        self.release_tail(pool);
        Ok(taken)
    }

    #[cold]
    fn write_pieces(
        &mut self,
        transport: &mut Transport,
        pool: &mut BufferPool,
    ) -> io::Result<usize> {
        let mut all = 0;
        loop {
            let mut skipped = self.written;
            let ahead = self.ahead.iter().flat_map(|ahead| &ahead.pieces);
            let pieces = ahead.map(Piece::bytes).chain([&*self.tail]);
            let slices: Vec<IoSlice<'_>> = pieces
                .take(PIECES_PER_WRITE)
                .map(|piece| IoSlice::new(&piece[std::mem::take(&mut skipped)..]))
                .collect();
            let offered: usize = slices.iter().map(|slice| slice.len()).sum();
            let taken = transport.write_vectored(&slices)?;
            self.written += taken;
            all += taken;
            self.release_pieces(pool);
            // More pieces than one call takes are no reason for the kernel to tell when it has room.
            if taken < offered || self.is_empty() {
                return Ok(all);
            }
        }
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
        self.ahead = None;
        pool.put(std::mem::take(&mut self.tail));
    }

    /// Drops the pieces that the kernel has taken whole.
    fn release_pieces(&mut self, pool: &mut BufferPool) {
        let Some(ahead) = &mut self.ahead else { return self.release_tail(pool) };
        while let Some(piece) = ahead.pieces.front() {
            let len = piece.bytes().len();
            if self.written < len {
                return;
            }
            self.written -= len;
            ahead.bytes -= len;
            match ahead.pieces.pop_front() {
                Some(Piece::Own(buffer)) => pool.put(buffer),
                _ => ahead.shared -= len,
            }
        }
        self.ahead = None;
        self.release_tail(pool);
    }

    #[inline]
    fn release_tail(&mut self, pool: &mut BufferPool) {
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
    use crate::net::socket::Socket;

    fn pair() -> (Transport, std::os::unix::net::UnixStream) {
        let (ours, theirs) = std::os::unix::net::UnixStream::pair().unwrap();
        ours.set_nonblocking(true).unwrap();
        (Transport::Plain(Socket::Unix(mio::net::UnixStream::from_std(ours))), theirs)
    }

    #[test]
    fn a_peer_that_does_not_read_keeps_bytes_here_and_loses_none() {
        let (mut stream, mut peer) = pair();
        let mut pool = BufferPool::default();
        let mut out = OutBuffer::default();
        let message: Vec<u8> = (0..=255).cycle().take(3 << 20).collect();
        out.tail(&mut pool).extend_from_slice(&message);
        assert!(out.write_to(&mut stream, &mut pool).unwrap() > 0);
        assert!(!out.is_empty());
        assert!(drain(&mut out, &mut stream, &mut peer) == message);
    }

    /// Everything that is queued, as the peer gets it.
    fn drain(
        out: &mut OutBuffer,
        stream: &mut Transport,
        peer: &mut std::os::unix::net::UnixStream,
    ) -> Vec<u8> {
        let mut pool = BufferPool::default();
        peer.set_nonblocking(true).unwrap();
        let mut received = Vec::new();
        let mut piece = vec![0; 1 << 16];
        loop {
            match peer.read(&mut piece) {
                Ok(count) => received.extend_from_slice(&piece[..count]),
                Err(_) if out.is_empty() => return received,
                Err(_) => {}
            }
            let before = out.len();
            let taken = out.write_to(stream, &mut pool).unwrap();
            assert_eq!(out.len(), before - taken);
        }
    }

    #[test]
    fn shared_chunks_and_own_bytes_leave_in_the_order_in_which_they_were_queued() {
        let (mut stream, mut peer) = pair();
        let mut pool = BufferPool::default();
        let mut out = OutBuffer::default();
        let mut expected = Vec::new();
        let large: Arc<[u8]> = (0..=255).cycle().take(100_000).collect();
        let small: Arc<[u8]> = [b's'; 10].into();
        // More pieces than one call takes, and more bytes than the kernel does.
        for round in 0..50_u8 {
            out.push_shared(&large, &mut pool);
            out.tail(&mut pool).push(round);
            out.push_shared(&small, &mut pool);
            out.push_shared(&large, &mut pool);
            for piece in [&*large, &[round], &*small, &*large] {
                expected.extend_from_slice(piece);
            }
            assert_eq!(out.len(), expected.len());
        }
        assert_eq!(Arc::strong_count(&large), 101, "one allocation for all of them");
        assert!(drain(&mut out, &mut stream, &mut peer) == expected);
        assert_eq!(Arc::strong_count(&large), 1);
    }

    #[test]
    fn more_pieces_than_one_call_takes_are_written_as_long_as_the_kernel_has_room() {
        let (mut stream, mut peer) = pair();
        let (mut pool, mut out) = (BufferPool::default(), OutBuffer::default());
        let chunk: Arc<[u8]> = vec![1; 1024].into();
        for count in [PIECES_PER_WRITE - 1, PIECES_PER_WRITE, PIECES_PER_WRITE + 6] {
            for _ in 0..count {
                out.push_shared(&chunk, &mut pool);
            }
            out.tail(&mut pool).push(2);
            assert_eq!(out.write_to(&mut stream, &mut pool).unwrap(), count * 1024 + 1);
            assert!(out.is_empty());
            peer.read_exact(&mut vec![0; count * 1024 + 1]).unwrap();
        }
    }

    #[test]
    fn a_cleared_queue_lets_go_of_what_it_shared() {
        let (mut pool, mut out) = (BufferPool::default(), OutBuffer::default());
        let chunk: Arc<[u8]> = vec![1; 10_000].into();
        out.tail(&mut pool).push(1);
        out.push_shared(&chunk, &mut pool);
        out.clear(&mut pool);
        assert!(out.is_empty() && Arc::strong_count(&chunk) == 1);
    }
}
