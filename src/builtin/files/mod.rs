//! The native half of `krandog:files`: the files of a folder, for GET and HEAD.

mod disk;
mod handler;
mod listing;
mod reply;
mod store;

pub(super) use handler::OPS;
pub(super) use reply::{Inner as SentFile, file_body, file_reply};
