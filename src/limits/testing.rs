//! What tests of scripts are held to, and those who run them.

/// Things of which it is noted where a test has opened them.
pub const OPENINGS_MAX: usize = 65_536;

/// Files with tests that one command runs.
pub const TEST_FILES_MAX: usize = 100_000;

/// Folders inside of each other that are searched for tests.
pub const TEST_FOLDERS_DEEP_MAX: usize = 64;

/// Of what a test file prints, so much of the beginning and so much of the end is kept.
pub const TEST_OUTPUT_BYTES_KEPT: usize = 256 * 1024;

/// What a test file may tell of its tests: some hundred thousand of them. Beyond it, it is ended.
pub const TEST_REPORT_BYTES_MAX: usize = 128 << 20;

/// How often it is looked whether a test file is to end that tells nothing.
pub const TEST_LOOK_MS: u64 = 50;

/// How long the output of a process is waited for that has ended: one that it has left behind may
/// hold it open.
pub const TEST_OUTPUT_WAIT_MS: u64 = 500;

/// Turns in which nothing happens before simulated time goes on: what one end of a connection has
/// sent is to reach the other end first.
pub const QUIET_TURNS: usize = 3;

/// How long such a turn waits for something to happen.
pub const QUIET_TURN_MS: u64 = 1;
