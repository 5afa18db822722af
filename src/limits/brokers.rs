//! Connections to brokers (Redis, NATS): what a server may answer, and how much waits for it.

/// Bytes of one reply of Redis: as much as an outgoing WebSocket takes in one message.
pub const REDIS_FRAME_BYTES_MAX: usize = 64 << 20;

/// Bytes of a line of RESP3: errors, words and digits. Servers send some hundreds.
pub const REDIS_LINE_BYTES_MAX: usize = 64 * 1024;

/// Elements of one reply, those of arrays inside of arrays together: each takes some 100 bytes
/// besides its own.
pub const REDIS_ELEMENTS_MAX: usize = 1 << 20;

/// Arrays inside of arrays: they are read by a function that calls itself. Replies of Redis have up
/// to ten.
pub const REDIS_DEPTH_MAX: usize = 64;

/// Bytes of messages that wait for a broker, or for its word that it has them: what 64 hubs of this
/// process may hold for each other would not fit beside a broker that is away for long.
pub const BROKER_QUEUE_BYTES: usize = 16 << 20;

/// How long a broker may take to let a connection in: look-up, connect, TLS and greeting.
pub const BROKER_OPEN_TIMEOUT_MS: u64 = 10_000;

/// Silence after which a broker is pinged: a half-open connection is known a third of a minute later,
/// and its messages are lost until then.
pub const BROKER_PING_INTERVAL_MS: u64 = 10_000;

/// How long it may take to answer anything.
pub const BROKER_PONG_TIMEOUT_MS: u64 = 10_000;

/// The longest first wait before a broker is connected to again, which doubles: most restarts take
/// less than a second.
pub const BROKER_RETRY_MIN_MS: u64 = 100;

/// The longest of all waits: many nodes come back to a broker within this time, spread at random.
pub const BROKER_RETRY_MAX_MS: u64 = 5_000;

/// Names in one command that subscribes: a server handles it in one go, and keeps others waiting.
pub const BROKER_NAMES_PER_COMMAND: usize = 500;

/// How long a room that was left stays subscribed to: people who change rooms come back.
pub const BROKER_LEAVE_DELAY_MS: u64 = 1_000;

/// Rooms of which a node knows its own last number, and those of another: twice as many at most.
pub const BROKER_STREAMS_MAX: usize = 50_000;

/// Nodes whose numbers are known in one room. They are looked through for each message.
pub const BROKER_NODES_PER_ROOM_MAX: usize = 256;

/// Rooms that a message on a bus may leave out.
pub const HUB_EXCEPT_MAX: usize = 1_000;

/// Gaps that wait for the script: what comes beyond them is told as one.
pub const BROKER_NEWS_MAX: usize = 1_000;

/// Bytes that are written to a broker ahead of what the kernel takes. The rest waits where it is
/// bounded, and is written again if the connection is lost.
pub const BROKER_WRITE_AHEAD_BYTES: usize = 256 * 1024;

/// Bytes of replies and messages that a client reads ahead of its script.
pub const BROKER_NEWS_BYTES_MAX: usize = 1 << 20;

/// Connections to Redis that fail one after the other before the commands that wait for one fail
/// too: as many as in ioredis, which takes a minute and a half.
pub const REDIS_FAILURES_MAX: u32 = 20;

/// Arguments of one command: as many as Redis takes.
pub const REDIS_ARGUMENTS_MAX: u64 = 1 << 20;

/// Connections to NATS that fail one after the other before the flushes that wait for one fail too:
/// as long as with Redis.
pub const NATS_FAILURES_MAX: u32 = 20;

/// Fields that a script may give a message of NATS.
pub const NATS_FIELDS_MAX: usize = 100;

/// Servers that may each keep a copy of a stream: as many as NATS allows.
pub const NATS_REPLICAS_MAX: u64 = 5;

/// Time between two questions to a cluster about who has which slots, while rooms are sought.
pub const BROKER_SLOTS_PAUSE_MS: u64 = 500;
