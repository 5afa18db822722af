//! A part of a file on its way to a socket: the kernel copies it where it can, and nobody else reads
//! it.

use std::cell::RefCell;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::rc::Rc;

use super::transport::Transport;
use crate::limits::FILE_CHUNK_BYTES;

thread_local! {
    /// Where bytes of files are read to that the kernel cannot copy.
    static CHUNK: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Bytes of a file.
#[derive(Clone, Debug)]
pub struct FileRange {
    /// The file. Its own position is of no consequence.
    pub file: Rc<File>,
    /// Where they begin.
    pub start: u64,
    /// How many there are.
    pub len: usize,
}

impl FileRange {
    /// Hands at most about `most` bytes from the one at `done` on to the kernel, and tells how many it
    /// took: 0 when it takes nothing for now. A file that has become shorter is an error.
    pub(super) fn write_to(
        &self,
        done: usize,
        most: usize,
        transport: &mut Transport,
    ) -> io::Result<usize> {
        let (start, left) = (self.start + done as u64, self.len - done);
        #[cfg(target_os = "linux")]
        if let Transport::Plain(socket) = transport {
            return send(&self.file, start, left.min(most), socket);
        }
        // What TLS has sealed of it already has to be offered again, however much may be written.
        CHUNK.with_borrow_mut(|chunk| {
            chunk.resize(FILE_CHUNK_BYTES, 0);
            let chunk = &mut chunk[..left.min(FILE_CHUNK_BYTES)];
            self.file.read_exact_at(chunk, start).map_err(|error| match error.kind() {
                io::ErrorKind::UnexpectedEof => cut_off(),
                _ => error,
            })?;
            transport.write(chunk)
        })
    }
}

#[cfg(target_os = "linux")]
fn send(file: &File, start: u64, most: usize, socket: &super::socket::Socket) -> io::Result<usize> {
    use std::os::fd::AsRawFd;

    let Ok(mut offset) = libc::off_t::try_from(start) else { return Err(cut_off()) };
    loop {
        #[expect(
            unsafe_code,
            reason = "the standard library sends files to blocking sockets alone"
        )]
        // SAFETY: both descriptors are borrowed from their owners for the call, which writes nothing
        // but `offset`.
        let sent =
            unsafe { libc::sendfile(socket.as_raw_fd(), file.as_raw_fd(), &raw mut offset, most) };
        return match usize::try_from(sent) {
            Ok(0) if most > 0 => Err(cut_off()),
            Ok(sent) => Ok(sent),
            Err(_) => match io::Error::last_os_error() {
                error if error.kind() == io::ErrorKind::WouldBlock => Ok(0),
                error if error.kind() == io::ErrorKind::Interrupted => continue,
                error => Err(error),
            },
        };
    }
}

fn cut_off() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "the file became shorter while it was sent")
}
