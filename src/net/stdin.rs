//! Standard input, read by a thread: a terminal or a file cannot be polled everywhere.

use std::io::Read;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread;

use mio::Waker;

use crate::limits::{STDIN_CHUNK_BYTES, STDIN_CHUNKS_MAX};

/// The reading thread's end in the loop.
pub struct Stdin {
    chunks: Receiver<StdinChunk>,
    waker: Arc<Waker>,
}

/// What the thread has read.
#[derive(Debug, PartialEq, Eq)]
pub enum StdinChunk {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The input has ended.
    End,
}

impl Stdin {
    /// Starts to read. The thread waits while the loop has not taken what it read.
    pub fn start(waker: Arc<Waker>) -> std::io::Result<Self> {
        let (sender, chunks) = mpsc::sync_channel(STDIN_CHUNKS_MAX);
        let thread_waker = waker.clone();
        thread::Builder::new()
            .name("krandog-stdin".to_owned())
            .spawn(move || read_all(&sender, &thread_waker))?;
        Ok(Self { chunks, waker })
    }

    /// An input that has ended already, for a program that standard input does not belong to.
    pub fn at_end(waker: Arc<Waker>) -> std::io::Result<Self> {
        let (sender, chunks) = mpsc::sync_channel(1);
        // There is room for it.
        sender.try_send(StdinChunk::End).unwrap_or_default();
        waker.wake()?;
        Ok(Self { chunks, waker })
    }

    /// Wakes the loop for chunks that came while nobody wanted them.
    pub fn resume(&self) -> std::io::Result<()> {
        self.waker.wake()
    }

    /// Takes the next chunk, if there is one.
    pub fn poll(&self) -> Option<StdinChunk> {
        self.chunks.try_recv().ok()
    }
}

fn read_all(sender: &SyncSender<StdinChunk>, waker: &Waker) {
    let mut stdin = std::io::stdin().lock();
    let mut buffer = vec![0; STDIN_CHUNK_BYTES];
    loop {
        let chunk = match stdin.read(&mut buffer) {
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Ok(0) | Err(_) => StdinChunk::End,
            Ok(count) => StdinChunk::Bytes(buffer[..count].to_vec()),
        };
        let last = chunk == StdinChunk::End;
        // Both fail only when the loop is gone.
        if sender.send(chunk).is_err() || waker.wake().is_err() || last {
            return;
        }
    }
}
