//! Child processes and their pipes.

/// Child processes of one thread that may run at once: a system has some thousands of processes for
/// all, and each pipe is a file descriptor.
pub const CHILDREN_MAX: usize = 1_000;

/// What is read of a pipe at once: as much as the kernel keeps in one.
pub const PIPE_READ_BYTES: usize = 64 * 1024;

/// Bytes of a message that comes over the channel between a program and its child: as long as the
/// longest string.
pub const CHANNEL_MESSAGE_BYTES_MAX: usize = 512 << 20;

/// Events of one look at what a child does that is waited for: a few pipes and a signal.
pub const CHILD_EVENTS_PER_POLL: usize = 16;
