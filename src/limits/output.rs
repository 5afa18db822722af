//! Bytes and messages on their way out.

/// Spare output buffers kept for reuse.
pub const POOLED_BUFFERS: usize = 64;

/// A buffer that grew beyond this is given back to the system instead of kept.
pub const POOLED_BUFFER_BYTES_MAX: usize = 64 * 1024;

/// Spare records of what connections have to send, kept for reuse: one for each connection of a
/// broadcast, at some 150 bytes each.
pub const POOLED_RECORDS: usize = 1024;

/// Messages that the record of what a connection has to send may have room for and still be kept
/// for reuse.
pub const POOLED_MESSAGES_MAX: usize = 1024;

/// A chunk that several connections are sent is shared from this size on; a smaller one is copied,
/// which costs less than to keep track of it.
pub const SHARED_CHUNK_BYTES_MIN: usize = 1024;

/// The body of a reply is shared by all connections that it waits for from this size on.
pub const SHARED_BODY_BYTES_MIN: usize = 32 * 1024;

/// Shared chunks of the same size that are compared with a new one: each takes as long as copying
/// it would.
pub const SHARED_CHUNKS_COMPARED: usize = 8;

/// Shared chunks that may wait for nobody any more before they are looked for, beside as many as do
/// wait: few enough to be no memory to speak of.
pub const STALE_CHUNKS_MAX: usize = 64;

/// The same for their bytes.
pub const STALE_CHUNK_BYTES_MAX: usize = 1024 * 1024;

/// Bytes that may wait for all peers of the process together. Beyond it, the connections for which
/// most waits are ended: memory is worth more than a peer that does not read.
pub const UNSENT_BYTES_MAX: usize = 512 * 1024 * 1024;

/// It is counted each time so large a part of it has been refused by the kernel: a sixteenth.
pub const UNSENT_CHECKS: usize = 16;

/// How long not to repeat that connections were ended for it.
pub const UNSENT_WARNING_INTERVAL_MS: u64 = 60_000;

/// Pieces of a connection's output that go into one system call.
pub const PIECES_PER_WRITE: usize = 64;

/// Beyond this a `send` writes at once instead of at the end of the turn, so that a long run of
/// sends is not held against a peer that would read.
pub const FLUSH_EARLY_BYTES: usize = 256 * 1024;

/// Bytes of replies that may wait for a peer before its next request is taken: enough to keep the
/// wire busy, and all that requests sent ahead can make the server hold beside one reply.
pub const REPLY_BACKLOG_BYTES: usize = 256 * 1024;

/// Bytes that may wait for the peer of an accepted WebSocket before it is closed with 1013: as
/// much as any peer can make a server hold for it.
pub const SERVER_MAX_BACKPRESSURE: usize = 1024 * 1024;

/// The same for an outgoing WebSocket, whose server the script chose.
pub const CLIENT_MAX_BACKPRESSURE: usize = 64 * 1024 * 1024;

/// What a message that waits by itself counts beside its bytes, so that empty ones are bounded too:
/// about what its record takes.
pub const BACKLOG_MESSAGE_BYTES: usize = 64;

/// Of messages that wait by themselves, so many bytes go to the output at once when all before them
/// has been written: enough for one write, and all that can be neither dropped nor replaced.
pub const BACKLOG_FEED_BYTES: usize = 64 * 1024;

/// Bytes of the key of a message: it is kept while the message waits.
pub const MESSAGE_KEY_BYTES_MAX: usize = 256;

/// Bytes of a file that are handed to the kernel before other connections have their turn: a peer on
/// the same machine may take a large file as fast as it is sent.
pub const FILE_BYTES_PER_WRITE: usize = 1024 * 1024;

/// Bytes of a file that are read at once where the kernel cannot send them itself, as over TLS: four
/// records.
pub const FILE_CHUNK_BYTES: usize = 64 * 1024;
