//! The versions of HTTP that are spoken here (RFC 9112 2.3).

/// The version in a start line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// HTTP/1.0.
    Http10,
    /// HTTP/1.1.
    Http11,
}
