//! Bytes on their way to a peer: appended during a turn, written once at its end.
//!
//! A connection appends its own bytes to a buffer that is lent from a pool and goes back when all is
//! written, so one with nothing to say owns no memory here. What many connections are sent alike,
//! such as the frame of a broadcast, is a shared chunk: one allocation, however many queue it.

use std::collections::VecDeque;
use std::io::{self, IoSlice};
use std::sync::Arc;

use super::buffer_pool::BufferPool;
use super::file_range::FileRange;
use super::transport::Transport;
use crate::limits::{
    FILE_BYTES_PER_WRITE, PIECES_PER_WRITE, POOLED_BUFFER_BYTES_MAX, SHARED_CHUNK_BYTES_MIN,
};

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
    /// Those that are in files.
    in_files: usize,
    /// The last write stopped where the kernel would have taken more.
    paused: bool,
}

#[derive(Debug)]
enum Piece {
    Own(Vec<u8>),
    Shared(Arc<[u8]>),
    File(FileRange),
}

impl Piece {
    fn len(&self) -> usize {
        match self {
            Self::Own(bytes) => bytes.len(),
            Self::Shared(bytes) => bytes.len(),
            Self::File(range) => range.len,
        }
    }

    /// What is in memory.
    fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Own(bytes) => Some(bytes),
            Self::Shared(bytes) => Some(bytes),
            Self::File(_) => None,
        }
    }
}

impl OutBuffer {
    /// How many bytes wait for the kernel.
    #[inline]
    pub fn len(&self) -> usize {
        self.ahead.as_ref().map_or(0, |ahead| ahead.bytes) + self.tail.len() - self.written
    }

    /// The same without what is in files, and takes no memory.
    pub fn memory_len(&self) -> usize {
        let in_files = self.ahead.as_ref().map_or(0, |ahead| ahead.in_files);
        self.len().saturating_sub(in_files)
    }

    /// The same without what other connections may share.
    pub fn own_len(&self) -> usize {
        let shared = self.ahead.as_ref().map_or(0, |ahead| ahead.shared + ahead.in_files);
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
        self.push(Piece::Shared(chunk.clone())).shared += chunk.len();
    }

    /// Queues a part of a file, which is read when its turn comes.
    pub fn push_file(&mut self, range: FileRange) {
        let len = range.len;
        if len > 0 {
            self.push(Piece::File(range)).in_files += len;
        }
    }

    fn push(&mut self, piece: Piece) -> &mut Ahead {
        let ahead = self.ahead.get_or_insert_default();
        if !self.tail.is_empty() {
            ahead.bytes += self.tail.len();
            ahead.pieces.push_back(Piece::Own(std::mem::take(&mut self.tail)));
        }
        ahead.bytes += piece.len();
        ahead.pieces.push_back(piece);
        ahead
    }

    /// Whether the last write left something that the kernel would have taken: others have their turn
    /// first.
    #[inline]
    pub fn is_paused(&self) -> bool {
        self.ahead.as_ref().is_some_and(|ahead| ahead.paused)
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
        let (mut all, mut of_files) = (0, 0);
        loop {
            if of_files >= FILE_BYTES_PER_WRITE
                && let Some(ahead) = &mut self.ahead
            {
                ahead.paused = true;
                return Ok(all);
            }
            let written = self.written;
            let (taken, goes_on) = if let Some(range) = self.first_file() {
                let most = FILE_BYTES_PER_WRITE - of_files;
                let taken = range.write_to(written, most, transport)?;
                of_files += taken;
                // Whether the kernel has room for more, only the next call says.
                (taken, taken > 0)
            } else {
                self.write_memory(transport)?
            };
            self.written += taken;
            all += taken;
            self.release_pieces(pool);
            // More pieces than one call takes are no reason for the kernel to tell when it has room.
            if !goes_on || self.is_empty() {
                return Ok(all);
            }
        }
    }

    /// The part of a file that is next.
    fn first_file(&mut self) -> Option<&FileRange> {
        let ahead = self.ahead.as_mut()?;
        ahead.paused = false;
        match ahead.pieces.front() {
            Some(Piece::File(range)) => Some(range),
            _ => None,
        }
    }

    /// One write of what comes before the next file. Returns whether the kernel took all of it, too.
    fn write_memory(&self, transport: &mut Transport) -> io::Result<(usize, bool)> {
        let mut skipped = self.written;
        let ahead = self.ahead.iter().flat_map(|ahead| &ahead.pieces);
        let pieces = ahead.map(Piece::bytes).chain([Some(&*self.tail)]);
        let slices: Vec<IoSlice<'_>> = pieces
            .map_while(|piece| piece)
            .take(PIECES_PER_WRITE)
            .map(|piece| IoSlice::new(&piece[std::mem::take(&mut skipped)..]))
            .collect();
        let offered: usize = slices.iter().map(|slice| slice.len()).sum();
        let taken = transport.write_vectored(&slices)?;
        Ok((taken, taken == offered))
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
            let len = piece.len();
            if self.written < len {
                return;
            }
            self.written -= len;
            ahead.bytes -= len;
            match ahead.pieces.pop_front() {
                Some(Piece::Own(buffer)) => pool.put(buffer),
                Some(Piece::Shared(_)) => ahead.shared -= len,
                Some(Piece::File(_)) | None => ahead.in_files -= len,
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

    /// A file with these bytes, which has no name any more.
    fn file(bytes: &[u8]) -> std::rc::Rc<std::fs::File> {
        use std::io::Write;
        let name = format!("krandog-out-buffer-{:?}", std::thread::current().id());
        let path = std::env::temp_dir().join(format!("{name}-{}", std::process::id()));
        let mut options = std::fs::OpenOptions::new();
        let mut file =
            options.read(true).write(true).create(true).truncate(true).open(&path).unwrap();
        std::fs::remove_file(path).unwrap();
        file.write_all(bytes).unwrap();
        file.into()
    }

    #[test]
    fn parts_of_files_leave_in_their_places() {
        let (mut stream, mut peer) = pair();
        let (mut pool, mut out) = (BufferPool::default(), OutBuffer::default());
        let bytes: Vec<u8> = (0..=255).cycle().take(5 << 20).collect();
        let file = file(&bytes);
        let mut expected = Vec::new();
        for (start, len) in [(0, bytes.len()), (3, 0), (7, 1), (1 << 20, 3 << 20), (5, 100_000)] {
            out.tail(&mut pool).extend_from_slice(b"head");
            out.push_file(FileRange { file: file.clone(), start: start as u64, len });
            expected.extend_from_slice(b"head");
            expected.extend_from_slice(&bytes[start..start + len]);
            assert_eq!(out.len(), expected.len());
        }
        assert_eq!((out.memory_len(), out.own_len()), (20, 20));
        assert!(drain(&mut out, &mut stream, &mut peer) == expected);
        assert_eq!(std::rc::Rc::strong_count(&file), 1);
    }

    #[test]
    fn a_file_that_has_become_shorter_is_an_error() {
        let (mut stream, mut peer) = pair();
        let (mut pool, mut out) = (BufferPool::default(), OutBuffer::default());
        let file = file(&[1; 1000]);
        out.push_file(FileRange { file, start: 0, len: 1001 });
        let error = out.write_to(&mut stream, &mut pool).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
        peer.read_exact(&mut [0; 1000]).unwrap();
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
