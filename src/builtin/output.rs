//! Writing to standard output and standard error, for `console` and `process`.

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::time::Duration;

/// A standard stream of this process.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stream {
    Stdout,
    Stderr,
}

impl Stream {
    /// The stream with this file descriptor; standard output for any but 2.
    pub(super) const fn from_fd(fd: u32) -> Self {
        if fd == 2 { Self::Stderr } else { Self::Stdout }
    }

    pub(super) fn is_terminal(self) -> bool {
        match self {
            Self::Stdout => io::stdout().is_terminal(),
            Self::Stderr => io::stderr().is_terminal(),
        }
    }

    /// Whether texts for this stream are coloured. `NO_COLOR` and `FORCE_COLOR` decide first.
    pub(super) fn has_colors(self) -> bool {
        let variable = |name| std::env::var(name).ok();
        match variable("FORCE_COLOR").as_deref() {
            Some("0" | "false") => return false,
            Some(_) => return true,
            None => {}
        }
        let silenced = variable("NO_COLOR").is_some_and(|value| !value.is_empty());
        !silenced && self.is_terminal() && variable("TERM").is_none_or(|term| term != "dumb")
    }

    /// `(columns, rows)` of the terminal, when the stream is one; 0 where it does not know.
    pub(super) fn terminal_size(self) -> Option<(u16, u16)> {
        if !self.is_terminal() {
            return None;
        }
        let fd = if self == Self::Stderr { libc::STDERR_FILENO } else { libc::STDOUT_FILENO };
        let mut size = libc::winsize { ws_row: 0, ws_col: 0, ws_xpixel: 0, ws_ypixel: 0 };
        #[expect(unsafe_code, reason = "the standard library does not tell the size of a terminal")]
        // SAFETY: TIOCGWINSZ writes one `winsize`, and `size` is one that outlives the call.
        let result = unsafe { libc::ioctl(fd, libc::TIOCGWINSZ, &raw mut size) };
        Some(if result == 0 { (size.ws_col, size.ws_row) } else { (0, 0) })
    }

    /// Writes all of `bytes`, for who cannot be told when the stream is closed.
    pub(super) fn write(self, bytes: &[u8]) {
        if let Err(error) = self.try_write(bytes) {
            log::debug!("a standard stream is closed: {error}");
        }
    }

    /// Writes all of `bytes`.
    pub(super) fn try_write(self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Stdout => {
                let mut stdout = io::stdout().lock();
                write_all(&mut stdout, bytes).and_then(|()| flush(&mut stdout))
            }
            Self::Stderr => write_all(&mut io::stderr().lock(), bytes),
        }
    }
}

fn write_all(stream: &mut impl Write, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match stream.write(bytes) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(count) => bytes = &bytes[count..],
            Err(error) => wait_if_full(error)?,
        }
    }
    Ok(())
}

fn flush(stream: &mut impl Write) -> io::Result<()> {
    while let Err(error) = stream.flush() {
        wait_if_full(error)?;
    }
    Ok(())
}

/// Another process may have made a shared pipe or terminal non-blocking: output is not lost then.
fn wait_if_full(error: io::Error) -> io::Result<()> {
    match error.kind() {
        ErrorKind::Interrupted => Ok(()),
        ErrorKind::WouldBlock => {
            #[expect(clippy::disallowed_methods, reason = "console output blocks by contract")]
            std::thread::sleep(Duration::from_millis(1));
            Ok(())
        }
        _ => Err(error),
    }
}
