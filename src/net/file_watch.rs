//! Changed files as readiness: what the kernel tells of paths, through a descriptor that the reactor
//! watches. It knows no more of a path than the number that it has for the kernel.

use std::io;
use std::mem::MaybeUninit;
use std::os::fd::{AsRawFd, OwnedFd};
use std::path::Path;

use mio::unix::SourceFd;
use rustix::fs::inotify::{self, CreateFlags, ReadFlags, WatchFlags};
use rustix::io::Errno;

use super::reactor::Watcher;
use crate::limits::FILE_CHANGES_BYTES;

/// Paths that are watched.
#[derive(Debug)]
pub struct FileWatch(OwnedFd);

/// What has happened to a path, or below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The number of the path; none where changes were lost, which may be of any.
    pub number: Option<i32>,
    /// The name in the folder that is watched; none for what happened to the path itself.
    pub name: Option<Vec<u8>>,
    /// What.
    pub kind: ChangeKind,
    /// It happened to a folder.
    pub is_folder: bool,
}

/// What has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// The content or what else is known of it.
    Content,
    /// It has come.
    Come,
    /// It has gone, or has another name.
    Gone,
    /// The number means nothing any more.
    Forgotten,
    /// The kernel had no room for what happened.
    Lost,
}

const WATCHED: WatchFlags = WatchFlags::ATTRIB
    .union(WatchFlags::CREATE)
    .union(WatchFlags::MODIFY)
    .union(WatchFlags::DELETE)
    .union(WatchFlags::DELETE_SELF)
    .union(WatchFlags::MOVE_SELF)
    .union(WatchFlags::MOVED_FROM)
    .union(WatchFlags::MOVED_TO);

impl FileWatch {
    /// Nothing is watched yet.
    pub fn new(watcher: &Watcher) -> io::Result<Self> {
        let files = inotify::init(CreateFlags::NONBLOCK | CreateFlags::CLOEXEC)?;
        watcher.watch_files(&mut SourceFd(&files.as_raw_fd()))?;
        Ok(Self(files))
    }

    /// Watches a file, or a folder and the files in it. Returns its number, which is the one that the
    /// same file has already if it is watched.
    pub fn add(&self, path: &Path) -> io::Result<i32> {
        Ok(inotify::add_watch(&self.0, path, WATCHED)?)
    }

    /// Watches it no more.
    pub fn remove(&self, number: i32) {
        if let Err(error) = inotify::remove_watch(&self.0, number) {
            log::debug!("a file was not watched any more: {error}");
        }
    }

    /// Takes what has happened since the last call, oldest first. The kernel keeps some thousands of
    /// changes.
    pub fn take(&self) -> io::Result<Vec<Change>> {
        let mut changes = Vec::new();
        let mut buffer = vec![MaybeUninit::uninit(); FILE_CHANGES_BYTES];
        let mut reader = inotify::Reader::new(&self.0, &mut buffer);
        loop {
            match reader.next() {
                Ok(event) => changes.push(Change {
                    number: (event.wd() >= 0).then_some(event.wd()),
                    name: event.file_name().map(|name| name.to_bytes().to_vec()),
                    kind: kind(event.events()),
                    is_folder: event.events().contains(ReadFlags::ISDIR),
                }),
                Err(Errno::WOULDBLOCK) => return Ok(changes),
                Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}

fn kind(flags: ReadFlags) -> ChangeKind {
    if flags.contains(ReadFlags::QUEUE_OVERFLOW) {
        ChangeKind::Lost
    } else if flags.contains(ReadFlags::IGNORED) {
        ChangeKind::Forgotten
    } else if flags.intersects(ReadFlags::ATTRIB | ReadFlags::MODIFY) {
        ChangeKind::Content
    } else if flags.intersects(ReadFlags::CREATE | ReadFlags::MOVED_TO) {
        ChangeKind::Come
    } else {
        ChangeKind::Gone
    }
}
