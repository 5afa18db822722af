//! The terminal behind a standard stream: raw mode, in which keys come one by one and unchanged, and
//! the way back out of it.

use std::io;
use std::sync::{Mutex, PoisonError};

/// How the terminal was set before raw mode.
static BEFORE: Mutex<Option<libc::termios>> = Mutex::new(None);

/// Whether a file descriptor is a terminal.
pub fn is_terminal(fd: i32) -> bool {
    settings(fd).is_ok()
}

/// Has standard input come key by key, or line by line again.
pub fn set_raw(raw: bool) -> io::Result<()> {
    let mut before = BEFORE.lock().unwrap_or_else(PoisonError::into_inner);
    if !raw {
        return before.take().map_or(Ok(()), |settings| apply(&settings));
    }
    if before.is_some() {
        return Ok(());
    }
    let old = settings(libc::STDIN_FILENO)?;
    let mut new = old;
    // What `cfmakeraw` does, but that output keeps its line ends.
    new.c_iflag &= !(libc::BRKINT | libc::ICRNL | libc::INPCK | libc::ISTRIP | libc::IXON);
    new.c_oflag |= libc::ONLCR;
    new.c_cflag |= libc::CS8;
    new.c_lflag &= !(libc::ECHO | libc::ICANON | libc::IEXTEN | libc::ISIG);
    new.c_cc[libc::VMIN] = 1;
    new.c_cc[libc::VTIME] = 0;
    apply(&new)?;
    *before = Some(old);
    Ok(())
}

/// Sets the terminal as it was, at the end of the process.
pub fn restore() {
    if let Err(error) = set_raw(false) {
        log::debug!("the terminal stays as it is: {error}");
    }
}

fn settings(fd: i32) -> io::Result<libc::termios> {
    let mut settings = std::mem::MaybeUninit::<libc::termios>::uninit();
    #[expect(unsafe_code, reason = "the standard library does not set terminals")]
    // SAFETY: tcgetattr fills one `termios`, and it is read only if that has worked.
    unsafe {
        match libc::tcgetattr(fd, settings.as_mut_ptr()) {
            0 => Ok(settings.assume_init()),
            _ => Err(io::Error::last_os_error()),
        }
    }
}

fn apply(settings: &libc::termios) -> io::Result<()> {
    #[expect(unsafe_code, reason = "the standard library does not set terminals")]
    // SAFETY: tcsetattr reads one `termios`, which outlives the call.
    let result = unsafe { libc::tcsetattr(libc::STDIN_FILENO, libc::TCSADRAIN, settings) };
    if result == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}
