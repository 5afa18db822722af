//! Cookies, files and bodies that are sent or received bit by bit.

/// Bytes of the name and the value of a cookie together: browsers ignore any that has more.
pub const COOKIE_BYTES_MAX: usize = 4096;

/// Bytes of an attribute of a cookie, for the same reason.
pub const COOKIE_ATTRIBUTE_BYTES_MAX: usize = 1024;

/// Seconds that a cookie may be kept for: 400 days, which is all that browsers keep one for.
pub const COOKIE_SECONDS_MAX: u64 = 400 * 86_400;

/// Bytes of a key by which cookies are signed: as many as the signature has.
pub const COOKIE_KEY_BYTES_MIN: usize = 32;
