//! The modules that pack and keep data: `zlib`, `krandog:sqlite` and `krandog:kv`.

/// Input that an asynchronous call of `zlib` compresses at once, and output that it may make so: a
/// millisecond or two. What takes longer goes to a worker thread.
pub const ZLIB_INLINE_BYTES: usize = 64 * 1024;

/// The same for brotli and zstd, whose default levels take up to a hundred times as long.
pub const ZLIB_INLINE_BYTES_SLOW: usize = 1024;

/// The first room that the output of a whole call gets: most are small, and it doubles.
pub const ZLIB_FIRST_ROOM_BYTES: usize = 4096;

/// Bytes of the values that one call of `all` or `values` may return: more is for `iterate`.
pub const SQLITE_RESULT_BYTES: usize = 512 << 20;

/// What a value counts for in that beside its text or bytes.
pub const SQLITE_VALUE_BYTES: usize = 16;

/// The longest text, BLOB or row: what a string of the engine can hold, and a Buffer.
pub const SQLITE_LENGTH_MAX: i32 = 512 << 20;

/// The longest statement.
pub const SQLITE_SQL_BYTES_MAX: i32 = 1 << 20;

/// Calls of a function in JavaScript by a query that such a function has made, and so on: each takes
/// some KiB of the stack.
pub const SQLITE_CALLS_DEEP: usize = 16;

/// How long a query waits for another connection to let go of the database.
pub const SQLITE_BUSY_TIMEOUT_MS: usize = 5_000;

/// Statements that `query` keeps prepared: the SQL of a program is known, that of a fault is not.
pub const SQLITE_QUERIES_KEPT: usize = 100;

/// Calls of `db.async` that wait for a connection.
pub const SQLITE_PENDING_MAX: usize = 1_000;

/// Connections of `db.async` that read: they share the worker threads with everything else.
pub const SQLITE_READERS: usize = 2;

/// Steps of a query of `db.async` between two looks at whether it was called off: some microseconds.
pub const SQLITE_STEPS_UNWATCHED: i32 = 1_000;

/// Pages that a backup copies before it lets go of the database for a moment.
pub const SQLITE_BACKUP_PAGES: i32 = 1_000;

/// How long that moment is where somebody else wants to write.
pub const SQLITE_BACKUP_PAUSE_MS: u64 = 10;

/// How often a backup waits for so long for a database that is locked.
pub const SQLITE_BACKUP_TRIES: usize = 500;

/// How long a history in a database may keep a message: a hundred years. No timer waits for that.
pub const SQLITE_HISTORY_AGE_MAX_MS: u64 = 100 * 365 * 24 * 60 * 60 * 1000;

/// Bytes of a key of `krandog:kv`. Each is in an index, of which a page has 4 KiB.
pub const KV_KEY_BYTES: usize = 2048;

/// Bytes of a value: it is read and written as a whole, and waits in memory.
pub const KV_VALUE_BYTES: usize = 4 << 20;

/// Writes and checks of one atomic operation: others wait until it is done.
pub const KV_WRITES: usize = 1_000;

/// Operations that one commit takes along, so that they wait for the disk together.
pub const KV_GROUPS_PER_COMMIT: usize = 256;

/// Bytes of the operations that wait for a commit: whoever writes faster than the disk has to hear it.
pub const KV_PENDING_BYTES: usize = 64 << 20;

/// Entries that a list reads at a time.
pub const KV_PAGE_ENTRIES: usize = 100;

/// Changes that wait for who watches and does not ask.
pub const KV_WATCHED: usize = 1_000;

/// Entries whose time is over that one commit removes.
pub const KV_SWEPT: usize = 100;
