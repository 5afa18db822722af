//! Threads that run one program.

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
