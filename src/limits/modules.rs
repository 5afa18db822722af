//! Modules on top of hubs and WebSockets: history, presence and calls.

/// Messages of a room that a history keeps.
pub const HISTORY_MESSAGES: usize = 100;

/// How long a history keeps a message: as long as people look for a network, or a laptop sleeps.
pub const HISTORY_AGE_MS: usize = 300_000;

/// Bytes of the messages of one room. All of it may be sent to a socket that comes back, and has to
/// stay far below `SERVER_MAX_BACKPRESSURE`.
pub const HISTORY_BYTES: usize = 256 * 1024;

/// Bytes of the messages of all rooms of a history.
pub const HISTORY_TOTAL_BYTES: usize = 64 << 20;

/// Rooms of which a history knows the position: some 300 bytes each without messages.
pub const HISTORY_ROOMS: usize = 10_000;

/// How long a user may be without a socket before it is told that they have left: a page that is
/// loaded again takes a second or two, a phone that changes networks some more.
pub const PRESENCE_GRACE_MS: usize = 5_000;

/// Users in one room, of whom each list is made anew.
pub const PRESENCE_MEMBERS: usize = 10_000;

/// Characters of the id of a user. Each is kept.
pub const PRESENCE_ID_LENGTH: usize = 256;

/// How often a presence tells those of other threads and processes that it is there. Three times
/// that without a word, and its users have left: long enough for a loop that is busy, or a broker
/// that is restarted.
pub const PRESENCE_HEARTBEAT_MS: usize = 5_000;

/// The least of it: more often, it would be work and no news.
pub const PRESENCE_HEARTBEAT_MIN_MS: u64 = 10;

/// Heartbeats that may fail to come before the users of whoever sends them have left.
pub const PRESENCE_SILENT_BEATS: usize = 3;

/// Presences of other threads and processes that one knows of. Each hears all others.
pub const PRESENCE_PEERS: usize = 1_000;

/// Users of all rooms that those have, each of whom takes some 500 bytes and its `info`.
pub const PRESENCE_ELSEWHERE: usize = 100_000;

/// Characters of the JSON of an `info` that others are to know of. A message has to stay below what
/// brokers take, 1 MiB by default.
pub const PRESENCE_INFO_LENGTH: usize = 64 * 1024;

/// Characters of a message that tells of many users, but for the last one of them.
pub const PRESENCE_PART_LENGTH: usize = 64 * 1024;

/// The least time between two times that a presence tells of all its users: others that ask
/// meanwhile are answered at once.
pub const PRESENCE_STATE_PAUSE_MS: usize = 1_000;

/// How long a call waits for its answer.
pub const RPC_TIMEOUT_MS: usize = 30_000;

/// Calls of one socket that wait for an answer: whoever calls faster than the other side answers
/// has to hear it.
pub const RPC_PENDING: usize = 1_000;

/// Methods that one peer has at work, and messages of a batch: a peer does not choose how much this
/// side does at a time.
pub const RPC_RUNNING: usize = 100;
