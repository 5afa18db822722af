//! Rooms, and what goes to many at once.

/// Bytes of the name of a room. Names come from paths and messages of peers, and each is kept.
pub const HUB_NAME_BYTES_MAX: usize = 256;

/// Rooms of one hub that are occupied at one time: a peer that may name rooms can fill some 30 MiB
/// with them.
pub const HUB_ROOMS_MAX: usize = 100_000;

/// Rooms of one hub that one socket may be in. They are looked through for each `join`.
pub const HUB_ROOMS_PER_SOCKET_MAX: usize = 1_000;

/// Sockets in one room. A publish fills their output in one go: some milliseconds for so many.
pub const HUB_MEMBERS_MAX: usize = 50_000;

/// Patterns of one hub. Every publish is compared with each.
pub const HUB_PATTERNS_MAX: usize = 1_000;

/// Patterns of one socket: a tenth of those of its hub, so that one peer cannot take them all.
pub const HUB_PATTERNS_PER_SOCKET_MAX: usize = 100;

/// The highest of these limits that a hub can be given.
pub const HUB_LIMIT_CEILING: u64 = 1 << 31;

/// Messages a second that a relay rule can be limited to.
pub const RELAY_RATE_MAX: u64 = 1_000_000;

/// Taps of one room. Each is counted for every message that a rule sends there.
pub const HUB_TAPS_MAX: usize = 100;

/// Events of rooms that a script is told in one turn: listeners that join and leave without end keep
/// nobody else waiting.
pub const ROOM_EVENTS_PER_TURN: usize = 1_024;

/// Bytes of messages that wait for one hub of a bus: sixteen of the largest that a server takes by
/// default. They are taken in the next turn, so more means that it cannot keep up.
pub const BUS_BYTES_MAX: usize = 16 << 20;

/// What a message on a bus counts beside its payload.
pub const BUS_MESSAGE_BYTES: usize = 64;

/// Messages of a bus that one hub takes in a turn; sockets have their turn between them.
pub const BUS_MESSAGES_PER_TURN: usize = 256;

/// Threads of one process that have connections of their own: as many as the numbers of WebSockets
/// can tell apart.
pub const PLACES_MAX: usize = 128;

/// Canned replies of one server. Each message is compared with all of them.
pub const AUTO_REPLIES_MAX: usize = 64;

/// Writes at the end of a turn before the clock is looked at.
pub const WRITES_PER_LOOK: usize = 64;

/// How long the writes of one turn may take. A publish to 10 000 sockets takes tens of milliseconds
/// to write; whoever is left is written to in the next turn, first.
pub const FLUSH_MS_MAX: u64 = 3;
