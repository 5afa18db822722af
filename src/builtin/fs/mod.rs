//! The native half of `fs` and `fs/promises`.
//!
//! An operation is a closure over plain data that finds an [`answer::Answer`] or a
//! [`failure::Failure`]. `run` has it done at once or on a worker thread, as the first argument of its
//! native says, so the three forms of each function of `fs` are one piece of code. Arguments have been
//! checked by the JavaScript half.
//!
//! Spec: <https://nodejs.org/api/fs.html>

mod answer;
mod arguments;
mod cancel;
mod change;
mod constants;
mod copy;
mod descriptors;
mod failure;
mod folder;
mod handle;
mod inspect;
mod remove;
mod run;
mod transfer;
mod watch;
mod whole;
mod write_atomic;

use super::late_class::late_classes;
use super::late_import::LOAD;
use crate::js::interface::Op;
pub use watch::{has_watchers, take_changes};

/// The natives of `internal:fs_natives`. The first argument of all but the last few says how: nothing
/// for at once, a function to be called back, anything else for a promise.
pub(super) const OPS: &[Op] = &[
    LOAD,
    ("streams", 0, |_, _, context| {
        late_classes("internal:fs_streams", &["ReadStream", "WriteStream"], context)
    }),
    ("watchers", 0, |_, _, context| late_classes("internal:fs_watch", &["FSWatcher"], context)),
    ("folders", 0, |_, _, context| late_classes("internal:fs_dir", &["Dir"], context)),
    ("access", 3, inspect::access),
    ("exists", 2, inspect::exists),
    ("stat", 4, inspect::stat),
    ("fstat", 3, inspect::fstat),
    ("statfs", 3, inspect::statfs),
    ("readlink", 3, inspect::readlink),
    ("realpath", 3, inspect::realpath),
    ("rename", 3, change::rename),
    ("link", 3, change::link),
    ("symlink", 3, change::symlink),
    ("unlink", 2, change::unlink),
    ("chmod", 3, change::chmod),
    ("chown", 4, change::chown),
    ("lchown", 4, change::lchown),
    ("utimes", 5, change::utimes),
    ("truncate", 3, change::truncate),
    ("mkdir", 4, folder::mkdir),
    ("mkdtemp", 3, folder::mkdtemp),
    ("rmdir", 2, folder::rmdir),
    ("readdir", 6, folder::readdir),
    ("rm", 6, remove::rm),
    ("copyFile", 4, copy::copy_file),
    ("open", 4, handle::open),
    ("close", 2, handle::close),
    ("fchmod", 3, handle::fchmod),
    ("fchown", 4, handle::fchown),
    ("futimes", 4, handle::futimes),
    ("ftruncate", 3, handle::ftruncate),
    ("fsync", 2, handle::fsync),
    ("fdatasync", 2, handle::fdatasync),
    ("read", 4, transfer::read),
    ("readv", 4, transfer::readv),
    ("write", 4, transfer::write),
    ("writev", 4, transfer::writev),
    ("readFile", 5, whole::read_file),
    ("writeFile", 8, whole::write_file),
    ("constants", 0, constants::constants),
    ("newCancel", 0, cancel::new_cancel),
    ("cancel", 1, cancel::cancel),
    ("watch", 4, watch::watch),
    ("unwatch", 1, watch::unwatch),
    ("refWatch", 2, watch::ref_watch),
];
