//! Names and texts of system errors, as Node has them. Open to all layers.

use std::io;

/// The number of `ENOBUFS`.
pub const NO_BUFFERS: i32 = libc::ENOBUFS;

/// The number of `ECONNRESET`.
pub const RESET: i32 = libc::ECONNRESET;

/// Errors of the system: name, number, text.
pub const KNOWN: &[(&str, i32, &str)] = &[
    ("E2BIG", libc::E2BIG, "argument list too long"),
    ("EACCES", libc::EACCES, "permission denied"),
    ("EADDRINUSE", libc::EADDRINUSE, "address already in use"),
    ("EADDRNOTAVAIL", libc::EADDRNOTAVAIL, "address not available"),
    ("EAFNOSUPPORT", libc::EAFNOSUPPORT, "address family not supported"),
    ("EAGAIN", libc::EAGAIN, "resource temporarily unavailable"),
    ("EALREADY", libc::EALREADY, "connection already in progress"),
    ("EBADF", libc::EBADF, "bad file descriptor"),
    ("EBUSY", libc::EBUSY, "resource busy or locked"),
    ("ECANCELED", libc::ECANCELED, "operation canceled"),
    ("ECONNABORTED", libc::ECONNABORTED, "software caused connection abort"),
    ("ECONNREFUSED", libc::ECONNREFUSED, "connection refused"),
    ("ECONNRESET", libc::ECONNRESET, "connection reset by peer"),
    ("EDESTADDRREQ", libc::EDESTADDRREQ, "destination address required"),
    ("EEXIST", libc::EEXIST, "file already exists"),
    ("EFAULT", libc::EFAULT, "bad address in system call argument"),
    ("EFBIG", libc::EFBIG, "file too large"),
    ("EHOSTDOWN", libc::EHOSTDOWN, "host is down"),
    ("EHOSTUNREACH", libc::EHOSTUNREACH, "host is unreachable"),
    ("EILSEQ", libc::EILSEQ, "illegal byte sequence"),
    ("EINTR", libc::EINTR, "interrupted system call"),
    ("EINVAL", libc::EINVAL, "invalid argument"),
    ("EIO", libc::EIO, "i/o error"),
    ("EISCONN", libc::EISCONN, "socket is already connected"),
    ("EISDIR", libc::EISDIR, "illegal operation on a directory"),
    ("ELOOP", libc::ELOOP, "too many symbolic links encountered"),
    ("EMFILE", libc::EMFILE, "too many open files"),
    ("EMLINK", libc::EMLINK, "too many links"),
    ("EMSGSIZE", libc::EMSGSIZE, "message too long"),
    ("ENAMETOOLONG", libc::ENAMETOOLONG, "name too long"),
    ("ENETDOWN", libc::ENETDOWN, "network is down"),
    ("ENETUNREACH", libc::ENETUNREACH, "network is unreachable"),
    ("ENFILE", libc::ENFILE, "file table overflow"),
    ("ENOBUFS", libc::ENOBUFS, "no buffer space available"),
    ("ENODATA", libc::ENODATA, "no data available"),
    ("ENODEV", libc::ENODEV, "no such device"),
    ("ENOENT", libc::ENOENT, "no such file or directory"),
    ("ENOMEM", libc::ENOMEM, "not enough memory"),
    ("ENOPROTOOPT", libc::ENOPROTOOPT, "protocol not available"),
    ("ENOSPC", libc::ENOSPC, "no space left on device"),
    ("ENOSYS", libc::ENOSYS, "function not implemented"),
    ("ENOTCONN", libc::ENOTCONN, "socket is not connected"),
    ("ENOTDIR", libc::ENOTDIR, "not a directory"),
    ("ENOTEMPTY", libc::ENOTEMPTY, "directory not empty"),
    ("ENOTSOCK", libc::ENOTSOCK, "socket operation on non-socket"),
    ("ENOTSUP", libc::ENOTSUP, "operation not supported on socket"),
    ("ENOTTY", libc::ENOTTY, "inappropriate ioctl for device"),
    ("ENXIO", libc::ENXIO, "no such device or address"),
    ("EOVERFLOW", libc::EOVERFLOW, "value too large for defined data type"),
    ("EPERM", libc::EPERM, "operation not permitted"),
    ("EPIPE", libc::EPIPE, "broken pipe"),
    ("EPROTO", libc::EPROTO, "protocol error"),
    ("EPROTONOSUPPORT", libc::EPROTONOSUPPORT, "protocol not supported"),
    ("EPROTOTYPE", libc::EPROTOTYPE, "protocol wrong type for socket"),
    ("ERANGE", libc::ERANGE, "result too large"),
    ("EROFS", libc::EROFS, "read-only file system"),
    ("ESPIPE", libc::ESPIPE, "invalid seek"),
    ("ESRCH", libc::ESRCH, "no such process"),
    ("ETIMEDOUT", libc::ETIMEDOUT, "connection timed out"),
    ("ETXTBSY", libc::ETXTBSY, "text file is busy"),
    ("EXDEV", libc::EXDEV, "cross-device link not permitted"),
];

/// The short lower-case text of an I/O error, without its number.
pub fn describe(error: &io::Error) -> String {
    let code = code(error);
    if let Some((_, _, text)) = KNOWN.iter().find(|(name, ..)| *name == code) {
        return (*text).to_owned();
    }
    let text = error.to_string();
    let end = text.find(" (os error").unwrap_or(text.len());
    text[..end].to_lowercase()
}

/// Node's name of an I/O error: `ECONNREFUSED`.
pub fn code(error: &io::Error) -> &'static str {
    error.raw_os_error().map_or_else(|| by_kind(error.kind()), name)
}

fn name(number: i32) -> &'static str {
    KNOWN.iter().find(|(_, known, _)| *known == number).map_or("EUNKNOWN", |(name, ..)| name)
}

fn by_kind(kind: io::ErrorKind) -> &'static str {
    match kind {
        io::ErrorKind::NotFound => "ENOENT",
        io::ErrorKind::PermissionDenied => "EACCES",
        io::ErrorKind::ConnectionRefused => "ECONNREFUSED",
        io::ErrorKind::ConnectionReset | io::ErrorKind::UnexpectedEof => "ECONNRESET",
        io::ErrorKind::ConnectionAborted => "ECONNABORTED",
        io::ErrorKind::AddrInUse => "EADDRINUSE",
        io::ErrorKind::AddrNotAvailable => "EADDRNOTAVAIL",
        io::ErrorKind::BrokenPipe => "EPIPE",
        io::ErrorKind::AlreadyExists => "EEXIST",
        io::ErrorKind::TimedOut => "ETIMEDOUT",
        io::ErrorKind::InvalidInput => "EINVAL",
        _ => "EUNKNOWN",
    }
}
