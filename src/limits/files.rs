//! What a script does with files.

/// The largest file that is read as a whole, as in Node.js: 2 GiB.
pub const FILE_READ_BYTES_MAX: u64 = (1 << 31) - 1;

/// How much of a whole file one call reads or writes: as much as the caches of a processor hold, and
/// how long it takes at most to notice that a script has called it off.
pub const FILE_PIECE_BYTES: usize = 512 * 1024;

/// How much is read at first of a file that has no size, such as a pipe or what the system tells of
/// itself. Each call after it reads as much as there is already.
pub const FILE_READ_AHEAD_BYTES: usize = 8 * 1024;

/// How many random names are tried for a new folder. Six letters have so many values that a second
/// try says that somebody else is trying, too.
pub const RANDOM_NAME_TRIES: usize = 100;

/// How much is read at once of what the system tells of changed files: some hundreds of changes.
pub const FILE_CHANGES_BYTES: usize = 16 * 1024;

/// Folders that a recursive watch follows. Each takes memory of the kernel, too, which has a limit of
/// its own.
pub const WATCHED_FOLDERS_MAX: usize = 100_000;
