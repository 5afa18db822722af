//! The modules that pack and keep data: `zlib`, `krandog:sqlite` and `krandog:kv`.

/// Input that an asynchronous call of `zlib` compresses at once, and output that it may make so: a
/// millisecond or two. What takes longer goes to a worker thread.
pub const ZLIB_INLINE_BYTES: usize = 64 * 1024;

/// The same for brotli and zstd, whose default levels take up to a hundred times as long.
pub const ZLIB_INLINE_BYTES_SLOW: usize = 1024;

/// The first room that the output of a whole call gets: most are small, and it doubles.
pub const ZLIB_FIRST_ROOM_BYTES: usize = 4096;
