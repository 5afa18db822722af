//! What threads agree by, under names that `tests/loom` can take for its own.

pub(super) use std::sync::{Mutex, MutexGuard};
