//! Threads that run one program, and those that scripts start.

/// Workers of a program: more than a machine has cores help nobody, and half of all places are left to
/// threads that scripts start.
pub const WORKERS_MAX: usize = 64;

/// How long a worker that has failed waits before it starts anew, at first: whoever was connected to
/// it comes back meanwhile, to another one.
pub const WORKER_RESTART_MIN_MS: u64 = 100;

/// The longest of these waits, which double: a worker that fails again and again is to leave the
/// processor to the others.
pub const WORKER_RESTART_MAX_MS: u64 = 10_000;

/// How long a worker has to run for its next failure to count as the first.
pub const WORKER_STABLE_MS: u64 = 10_000;

/// Failures of one worker in a row before it has slept once, after which the program ends: what it
/// needs at its start is not there and does not come.
pub const WORKER_FALSE_STARTS_MAX: u32 = 5;

/// How long `process.exit` in one worker waits for the others, which write what they have to say.
pub const WORKER_STOP_MS: u64 = 1_000;

// --- threads that scripts start, and messages between them ---

/// Ports, channels and workers of one thread that may be open: each is there until it is closed, so
/// more means that a script does not close them.
pub const PORTS_MAX: usize = 100_000;

/// The largest number of times that a worker may be told its loops may go around: 2^53, which no
/// loop ever reaches.
pub const LOOP_ITERATIONS_CEILING: u64 = 1 << 53;

/// How long a worker that is to end is waited for. JavaScript cannot be interrupted: one that has not
/// ended by then loops, and goes on until the process ends.
pub const WORKER_END_MS: u64 = 2_000;

/// Workers that the scripts of a process have started and that may run: each is a thread and some MiB,
/// and more than there are processors gain little. There are places for a few more.
pub const SCRIPT_WORKERS_MAX: usize = 100;

/// Bytes of messages that wait for one receiver: two of the largest that an outgoing WebSocket takes.
/// More means that it does not keep up, or does not listen.
pub const INBOX_BYTES_MAX: usize = 128 << 20;

/// What is kept for each of them beside its bytes.
pub const INBOX_MESSAGE_BYTES: usize = 256;

/// Messages from ports and channels that a script is given in one turn: those who send without end
/// keep nobody else waiting.
pub const PORT_MESSAGES_PER_TURN: usize = 1_024;
