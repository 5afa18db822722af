//! Cookies, files and bodies that are sent or received bit by bit.

/// Bytes of the name and the value of a cookie together: browsers ignore any that has more.
pub const COOKIE_BYTES_MAX: usize = 4096;

/// Bytes of an attribute of a cookie, for the same reason.
pub const COOKIE_ATTRIBUTE_BYTES_MAX: usize = 1024;

/// Seconds that a cookie may be kept for: 400 days, which is all that browsers keep one for.
pub const COOKIE_SECONDS_MAX: u64 = 400 * 86_400;

/// Bytes of a key by which cookies are signed: as many as the signature has.
pub const COOKIE_KEY_BYTES_MIN: usize = 32;

/// Bytes of a reply that may wait for its peer while its handler is asked for more: enough to keep the
/// wire busy.
pub const REPLY_AHEAD_BYTES: usize = 64 * 1024;

/// Bytes of the body of a request that wait for the handler to read them. Beyond it nothing more is
/// read from the peer; one read may bring `READ_BUFFER_BYTES` more.
pub const BODY_AHEAD_BYTES: usize = 64 * 1024;

/// Silence of a stream of events after which a comment is sent: proxies give up on connections with
/// nothing to say, most of them after 30 or 60 seconds.
pub const SSE_KEEP_ALIVE_MS: usize = 15_000;

/// Ranges of one request that are sent as such: beyond it, all of the file is. Readers of documents ask
/// for a few at a time; each costs a head of its own.
pub const RANGES_MAX: usize = 32;

/// Bytes of a file that is kept in memory, so that it is served without being opened: such files are
/// most of those that a page has.
pub const CACHED_FILE_BYTES_MAX: u64 = 64 * 1024;

/// Bytes of the files that each `files()` keeps.
pub const CACHED_FILES_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// Files that each `files()` keeps, or keeps open where they are larger: far fewer than the 1024
/// descriptors that a process mostly may have.
pub const CACHED_FILES_MAX: usize = 512;

/// Larger files that it keeps open.
pub const CACHED_OPEN_FILES_MAX: usize = 64;

/// Entries that the listing of a directory shows.
pub const LISTING_ENTRIES_MAX: usize = 10_000;

/// How long a file must not have changed before it is trusted to be the same while its size and its
/// times are: longer than clocks of file systems take for one step.
pub const FILE_SETTLES_MS: u64 = 1_000;

/// How long a file is kept: what was compressed beside it since, or took its place under another name,
/// is seen after that.
pub const CACHED_FILE_MS: u64 = 10_000;

/// Seconds for which a file may be kept by those who got it: ten years.
pub const CACHE_SECONDS_MAX: u64 = 10 * 365 * 86_400;

/// The same for one that never changes: a year, which is what everybody says.
pub const CACHE_SECONDS_OF_IMMUTABLE: usize = 365 * 86_400;

/// Bytes that a reply has at least to be compressed: less goes into one packet as it is.
pub const COMPRESS_BYTES_MIN: usize = 1024;

/// How hard gzip tries, up to 9: this thread has others to serve.
pub const COMPRESS_GZIP_LEVEL: u32 = 5;

/// The same for brotli, up to 11: this takes about as long.
pub const COMPRESS_BROTLI_QUALITY: u32 = 4;

/// How far back brotli looks, as a power of two of bytes: 256 KiB, which is held for each body that
/// comes bit by bit.
pub const COMPRESS_BROTLI_WINDOW: u32 = 18;
