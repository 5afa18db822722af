//! The files that were found lately, ready to be served again.
//!
//! A file is looked at before it is served from here: a call of the kernel that takes a microsecond
//! tells whether it is still the same.

use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};
use std::fs::{self, File};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::disk::{Content, Loaded, Stamp};
use crate::limits::{
    CACHED_FILE_MS, CACHED_FILES_BYTES_MAX, CACHED_FILES_MAX, CACHED_OPEN_FILES_MAX,
};
use crate::proto::content::codings::Coding;

/// A file as it is served.
#[derive(Debug)]
pub(super) struct Entry {
    path: PathBuf,
    stamp: Stamp,
    is_settled: bool,
    loaded_at: Instant,
    pub(super) is_fallback: bool,
    pub(super) media_type: &'static str,
    pub(super) data: Data,
    pub(super) etag: String,
    /// When it was changed last: seconds, and as HTTP says it.
    pub(super) modified: u64,
    pub(super) last_modified: String,
    /// The same compressed.
    pub(super) variants: Vec<(Coding, Self)>,
}

/// Where its bytes are.
#[derive(Clone, Debug)]
pub(super) enum Data {
    Memory(Arc<[u8]>),
    File(Rc<File>),
}

impl Entry {
    pub(super) fn new(loaded: Loaded, now: Instant, wall_clock: SystemTime) -> Self {
        Self::coded(loaded, None, (now, wall_clock))
    }

    fn coded(loaded: Loaded, coding: Option<Coding>, now: (Instant, SystemTime)) -> Self {
        let Loaded { path, stamp, is_settled, is_fallback, media_type, content, variants } = loaded;
        let (seconds, nanoseconds) = stamp.modified();
        let data = match content {
            Content::Memory(bytes) => Data::Memory(bytes.into()),
            Content::Open(file) => Data::File(file.into()),
        };
        // RFC 9110 8.8.1: a tag is weak that another state of the file may have, too.
        let weak = if is_settled { "" } else { "W/" };
        let coding = coding.map(|coding| format!("-{}", coding.name())).unwrap_or_default();
        let etag = format!("{weak}\"{:x}-{seconds:x}.{nanoseconds:x}{coding}\"", stamp.size);
        // RFC 9110 8.8.2.1: never later than the date of the reply.
        let latest = now.1.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        let modified = seconds.min(latest);
        let last_modified = httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(modified));
        let variants = variants.into_iter();
        let variants =
            variants.map(|(coding, loaded)| (coding, Self::coded(loaded, Some(coding), now)));
        Self {
            path,
            stamp,
            is_settled,
            loaded_at: now.0,
            is_fallback,
            media_type,
            data,
            etag,
            modified,
            last_modified,
            variants: variants.collect(),
        }
    }

    pub(super) fn size(&self) -> u64 {
        self.stamp.size
    }

    /// Whether it is still what is on the disk.
    fn is_current(&self) -> bool {
        fs::metadata(&self.path).is_ok_and(|there| Stamp::of(&there) == self.stamp)
    }

    /// The file, or what stands for it in this coding.
    pub(super) fn in_coding(&self, coding: Option<Coding>) -> &Self {
        let variant = self.variants.iter().find(|(known, _)| Some(*known) == coding);
        variant.map_or(self, |(_, variant)| variant)
    }

    /// Bytes in memory, and files that are open.
    fn weight(&self) -> (u64, usize) {
        let of_variants = self.variants.iter().map(|(_, variant)| variant.weight());
        let own = match self.data {
            Data::Memory(_) => (self.size(), 0),
            Data::File(_) => (0, 1),
        };
        of_variants.fold(own, |(bytes, open), (more, files)| (bytes + more, open + files))
    }
}

/// Entries by what they were asked for as, the oldest ones first.
#[derive(Debug, Default)]
pub(super) struct Store {
    inside: RefCell<Inside>,
}

#[derive(Debug, Default)]
struct Inside {
    entries: HashMap<String, Rc<Entry>>,
    order: VecDeque<String>,
    bytes: u64,
    open: usize,
}

impl Store {
    /// The entry that is to be served in the coding that `choose` wants of it, if it is as on the disk.
    pub(super) fn find(
        &self,
        key: &str,
        now: Instant,
        choose: impl FnOnce(&Entry) -> Option<Coding>,
    ) -> Option<Rc<Entry>> {
        let entry = self.inside.borrow().entries.get(key).cloned()?;
        let age = now.saturating_duration_since(entry.loaded_at);
        let chosen = entry.in_coding(choose(&entry));
        let is_fresh = age < Duration::from_millis(CACHED_FILE_MS)
            && entry.is_current()
            && (std::ptr::eq(chosen, &raw const *entry) || chosen.is_current());
        if !is_fresh {
            self.inside.borrow_mut().forget(key);
        }
        is_fresh.then_some(entry)
    }

    /// Keeps an entry, unless it may have changed without anybody being able to tell.
    pub(super) fn keep(&self, key: String, entry: &Rc<Entry>) {
        let is_settled = |entry: &Entry| entry.is_settled;
        let all_settled =
            is_settled(entry) && entry.variants.iter().all(|(_, variant)| is_settled(variant));
        if !all_settled || entry.is_fallback {
            return;
        }
        let mut inside = self.inside.borrow_mut();
        inside.forget(&key);
        let (bytes, open) = entry.weight();
        inside.bytes += bytes;
        inside.open += open;
        inside.order.push_back(key.clone());
        inside.entries.insert(key, entry.clone());
        while inside.bytes > CACHED_FILES_BYTES_MAX
            || inside.open > CACHED_OPEN_FILES_MAX
            || inside.entries.len() > CACHED_FILES_MAX
        {
            let Some(oldest) = inside.order.front().cloned() else { return };
            inside.forget(&oldest);
        }
    }
}

impl Inside {
    fn forget(&mut self, key: &str) {
        if let Some(entry) = self.entries.remove(key) {
            let (bytes, open) = entry.weight();
            self.bytes -= bytes;
            self.open -= open;
            self.order.retain(|known| known != key);
        }
    }
}
