//! Descriptors that are known by their numbers: sockets that the process was started with, alone or as
//! systemd passes them on, and what a child of the process is to have.
//!
//! Spec: <https://www.freedesktop.org/software/systemd/man/latest/sd_listen_fds.html>

use std::io::{self, ErrorKind};
use std::os::fd::{BorrowedFd, FromRawFd, IntoRawFd, OwnedFd};
use std::os::unix::net::UnixStream;

use socket2::{Socket, Type};

use crate::limits::PASSED_SOCKETS_MAX;

/// Where the descriptors begin that systemd passes on.
const FIRST: i32 = 3;

/// Takes over a listening socket that the process was started with. Nobody can take it again.
pub(super) fn take_listener(fd: i32) -> io::Result<Socket> {
    if fd < FIRST {
        let message = "0, 1 and 2 are standard input and output";
        return Err(io::Error::new(ErrorKind::InvalidInput, message));
    }
    let socket = Socket::from(take(fd)?);
    if matches!(socket.r#type(), Ok(Type::STREAM)) && matches!(socket.is_listener(), Ok(true)) {
        // From here on everybody sees that it has an owner.
        socket.set_cloexec(true)?;
        return Ok(socket);
    }
    // It is something else, and stays what it was.
    let _: i32 = socket.into_raw_fd();
    Err(io::Error::new(ErrorKind::InvalidInput, "it is no stream socket that listens"))
}

/// Takes over a connected socket that the process was started with.
pub fn take_stream(fd: i32) -> io::Result<UnixStream> {
    let socket = Socket::from(take(fd)?);
    socket.set_cloexec(true)?;
    Ok(UnixStream::from(OwnedFd::from(socket)))
}

/// Another descriptor for what a descriptor is of that is known by its number. It is closed by an
/// exec.
#[expect(unsafe_code, reason = "a descriptor that is known by its number is had in no other way")]
pub(super) fn duplicate(fd: i32) -> io::Result<OwnedFd> {
    if fd < 0 {
        return Err(io::Error::from_raw_os_error(libc::EBADF));
    }
    // SAFETY: it is used for one call, which fails if it is not open.
    unsafe { BorrowedFd::borrow_raw(fd) }.try_clone_to_owned()
}

#[expect(unsafe_code, reason = "a descriptor that is known by its number is had in no other way")]
fn take(fd: i32) -> io::Result<OwnedFd> {
    if !is_free(fd)? {
        let message = "it was not passed to this process, or is in use already";
        return Err(io::Error::new(ErrorKind::InvalidInput, message));
    }
    // SAFETY: it is open, and nobody in this process owns it, as `is_free` has found out.
    Ok(unsafe { OwnedFd::from_raw_fd(fd) })
}

/// Whether an open descriptor has come with the process and has no owner yet. Whatever the process
/// opens is closed by an exec, as the standard library and all crates have it; what is not has come
/// through one.
#[expect(unsafe_code, reason = "the standard library does not tell the flags of a descriptor")]
fn is_free(fd: i32) -> io::Result<bool> {
    // SAFETY: it takes no pointer, and changes nothing.
    let flags = unsafe { libc::fcntl(fd, libc::F_GETFD) };
    if flags == -1 { Err(io::Error::last_os_error()) } else { Ok(flags & libc::FD_CLOEXEC == 0) }
}

/// The descriptor of a socket that systemd has passed on and that nobody has taken: the one with
/// this name, or the first one. `None` if there are none.
pub fn passed(name: Option<&str>) -> Option<i32> {
    let variable = |name: &str| std::env::var(name).ok();
    let numbers = passed_to(
        std::process::id(),
        (variable("LISTEN_PID"), variable("LISTEN_FDS"), variable("LISTEN_FDNAMES")),
        name,
    );
    numbers.into_iter().find(|fd| is_free(*fd).is_ok_and(|free| free))
}

/// The descriptors that these variables pass to this process, of those with this name.
fn passed_to(
    pid: u32,
    (to, count, names): (Option<String>, Option<String>, Option<String>),
    name: Option<&str>,
) -> Vec<i32> {
    let count = count.and_then(|count| count.parse::<i32>().ok()).unwrap_or(0);
    if to.and_then(|to| to.parse().ok()) != Some(pid) {
        return Vec::new();
    }
    let names = names.unwrap_or_default();
    let mut names = names.split(':');
    (FIRST..)
        .take(usize::try_from(count).unwrap_or(0).min(PASSED_SOCKETS_MAX))
        .filter(|_| {
            let known = names.next().unwrap_or_default();
            name.is_none_or(|name| name == known)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sockets_are_passed_to_one_process_and_found_by_name() {
        let some = |text: &str| Some(text.to_owned());
        let given = || (some("7"), some("3"), some("http:https:http"));
        assert_eq!(passed_to(7, given(), None), [3, 4, 5]);
        assert_eq!(passed_to(7, given(), Some("http")), [3, 5]);
        assert_eq!(passed_to(7, given(), Some("ftp")), [0; 0]);
        assert_eq!(passed_to(8, given(), None), [0; 0]);
        assert_eq!(passed_to(7, (some("7"), some("2"), None), None), [3, 4]);
        for wrong in ["", "-1", "x", "0"] {
            assert_eq!(passed_to(7, (some("7"), some(wrong), None), None), [0; 0], "{wrong}");
        }
        let many = passed_to(7, (some("7"), some("2000000000"), None), None);
        assert_eq!(many.len(), PASSED_SOCKETS_MAX);
    }

    #[test]
    fn what_this_process_has_opened_is_not_taken_over() {
        use std::os::fd::AsRawFd;
        let own = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let error = take_listener(own.as_raw_fd()).unwrap_err();
        assert!(error.to_string().contains("in use already"), "{error}");
        assert!(own.local_addr().is_ok());
        assert_eq!(take_listener(2).unwrap_err().kind(), ErrorKind::InvalidInput);
        assert_eq!(take_listener(1 << 20).unwrap_err().raw_os_error(), Some(libc::EBADF));
    }
}
