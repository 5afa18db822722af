//! Child processes: how one is started, what its pipes are, and how one is waited for.
//!
//! Nothing here knows who asks. `start` makes the process, `signal` reaches it, `pipe` is this side of what it reads and
//! writes, `run` waits for one from its start to its end.

mod pipe;
mod run;
mod signal;
mod start;

pub use pipe::Pipe;
pub use run::{Ran, Run, Stop, run};
pub use signal::kill;
pub use start::{Start, Started, Stdio, start};
