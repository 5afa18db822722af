//! `internal:test`: what tests need of the runtime: the line to the `krandog test` that has started
//! them, what is still open when they are done, and, for `krandog test` itself, the files with tests
//! and the processes that they run in.

mod channel;
mod children;
mod clock;
mod find;
mod handles;
mod mocks;
mod output;
mod snapshots;
mod stamps;

pub use channel::{Progress, TestWorker};
pub(super) use clock::OPS as CLOCK_OPS;
pub use clock::{is_advancing, pass};

use crate::js::interface::Op;

pub(super) const OPS: &[Op] = &[
    ("callSite", 0, channel::call_site),
    ("endFiles", 0, children::end_files),
    ("findFiles", 1, find::find_files),
    ("isSettled", 0, channel::is_settled),
    super::late_import::LOAD,
    ("loadedFiles", 0, stamps::loaded_files),
    ("mockModule", 3, mocks::mock_module),
    ("nextFile", 0, children::next_file),
    ("now", 0, clock::now),
    ("openHandles", 0, handles::open_handles),
    ("options", 0, channel::options),
    ("readText", 1, snapshots::read_text),
    ("send", 1, channel::send),
    ("setTest", 1, handles::set_test),
    ("stampsOf", 1, stamps::stamps_of),
    ("startFile", 1, children::start_file),
    ("unmockModule", 1, mocks::unmock_module),
    ("watchHandles", 0, handles::watch_handles),
    ("writeText", 2, snapshots::write_text),
];
