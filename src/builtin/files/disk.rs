//! Files of a folder, as a worker thread finds them. Whatever is asked for, nothing outside of the
//! folder is opened and handed out, also not by way of links.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::listing;
use crate::limits::{CACHED_FILE_BYTES_MAX, FILE_SETTLES_MS};
use crate::net::reactor::wall_clock;
use crate::proto::content::codings::Coding;
use crate::proto::content::media_type;

/// A folder, and what of it is shown.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub(super) struct Tree {
    /// Its path, without links.
    pub(super) root: PathBuf,
    /// It is no folder but one file, which is found under any path.
    pub(super) is_file: bool,
    /// What is shown of a folder.
    pub(super) index: Option<String>,
    /// What is shown where nothing is, to whoever looks at pages.
    pub(super) fallback: Option<String>,
    /// Names that begin with a dot are shown.
    pub(super) dotfiles: bool,
    /// So are the names in a folder without an index.
    pub(super) listing: bool,
    /// Compressed files are sent in the place of those that they were made of.
    pub(super) precompressed: bool,
}

/// The path that was asked for, taken apart. No part of it leads upwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) segments: Vec<String>,
    /// It ends with a slash, or is empty.
    pub(super) is_folder: bool,
}

/// What is there.
#[derive(Debug)]
pub(super) enum Found {
    File(Box<Loaded>),
    /// A folder, whose path ends with a slash.
    Redirect,
    /// A page with the names in a folder.
    Listing(String),
    Missing,
    Failed(io::Error),
}

/// A file that was found, and what is to be known of it.
#[derive(Debug)]
pub(super) struct Loaded {
    pub(super) path: PathBuf,
    pub(super) stamp: Stamp,
    /// It has not changed for so long that another state of it would have another stamp.
    pub(super) is_settled: bool,
    /// It stands for others that are not there.
    pub(super) is_fallback: bool,
    pub(super) media_type: &'static str,
    pub(super) content: Content,
    /// The same compressed.
    pub(super) variants: Vec<(Coding, Self)>,
}

#[derive(Debug)]
pub(super) enum Content {
    Memory(Vec<u8>),
    Open(File),
}

/// What tells a state of a file from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    device: u64,
    inode: u64,
    pub(super) size: u64,
    modified: (i64, i64),
    changed: (i64, i64),
}

impl Stamp {
    pub(super) fn of(metadata: &Metadata) -> Self {
        Self {
            device: metadata.dev(),
            inode: metadata.ino(),
            size: metadata.size(),
            modified: (metadata.mtime(), metadata.mtime_nsec()),
            changed: (metadata.ctime(), metadata.ctime_nsec()),
        }
    }

    /// When the content was changed last: seconds, and nanoseconds of those.
    pub(super) fn modified(&self) -> (u64, u32) {
        let (seconds, nanoseconds) = self.modified;
        (u64::try_from(seconds).unwrap_or(0), u32::try_from(nanoseconds).unwrap_or(0))
    }

    fn is_settled(&self, now: SystemTime) -> bool {
        let settles = Duration::from_millis(FILE_SETTLES_MS);
        [self.modified, self.changed].into_iter().all(|(seconds, _)| {
            let seconds = u64::try_from(seconds).unwrap_or(0);
            let at = UNIX_EPOCH.checked_add(Duration::from_secs(seconds));
            // The rest of that second may bring another change.
            let at = at.and_then(|at| at.checked_add(Duration::from_secs(1)));
            at.is_some_and(|at| now.duration_since(at).is_ok_and(|age| age >= settles))
        })
    }
}

impl Asked {
    /// Takes a path apart. `None` if there is nothing that it may mean.
    pub(super) fn parse(path: &str, is_encoded: bool, dotfiles: bool) -> Option<Self> {
        let mut segments = Vec::new();
        for segment in path.split('/').filter(|segment| !segment.is_empty()) {
            let segment = if is_encoded { decoded(segment)? } else { segment.to_owned() };
            let leads_away = matches!(&*segment, "." | "..") || segment.contains(['/', '\\', '\0']);
            // RFC 8615: such files are meant for everybody.
            let is_hidden = segment.starts_with('.')
                && !dotfiles
                && !(segments.is_empty() && segment == ".well-known");
            if leads_away || is_hidden || segment.is_empty() {
                return None;
            }
            segments.push(segment);
        }
        let is_folder = segments.is_empty() || path.ends_with('/');
        Some(Self { segments, is_folder })
    }

    /// What it is known by.
    pub(super) fn key(&self) -> String {
        let mut key = self.segments.join("/");
        if self.is_folder {
            key.push('/');
        }
        key
    }
}

/// A segment without its percent-encoding; `None` if that is malformed, or not UTF-8.
fn decoded(segment: &str) -> Option<String> {
    if !segment.contains('%') {
        return Some(segment.to_owned());
    }
    let mut bytes = Vec::with_capacity(segment.len());
    let mut rest = segment.bytes();
    while let Some(byte) = rest.next() {
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
        bytes.push(match byte {
            b'%' => u8::try_from(digit(rest.next())? * 16 + digit(rest.next())?).ok()?,
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

impl Tree {
    /// Finds what is to be shown. `wants_page` is whoever looks at pages.
    pub(super) fn find(&self, asked: &Asked, wants_page: bool) -> Found {
        let found = self.look(asked).unwrap_or_else(failed);
        let Some(fallback) = self.fallback.as_ref().filter(|_| wants_page) else { return found };
        if !matches!(found, Found::Missing) {
            return found;
        }
        match self.load(&self.root.join(fallback)) {
            Ok(Some(mut loaded)) => {
                loaded.is_fallback = true;
                Found::File(Box::new(loaded))
            }
            Ok(None) => Found::Missing,
            Err(error) => failed(error),
        }
    }

    fn look(&self, asked: &Asked) -> io::Result<Found> {
        let file = |loaded: Option<Loaded>| {
            loaded.map_or(Found::Missing, |loaded| Found::File(Box::new(loaded)))
        };
        if self.is_file {
            return self.load(&self.root).map(file);
        }
        let mut path = self.root.clone();
        path.extend(&asked.segments);
        let metadata = fs::metadata(&path)?;
        if !metadata.is_dir() {
            return if asked.is_folder { Ok(Found::Missing) } else { self.load(&path).map(file) };
        }
        let Some(inside) = self.inside(&path)? else { return Ok(Found::Missing) };
        if !asked.is_folder {
            return Ok(Found::Redirect);
        }
        if let Some(index) = &self.index {
            match self.load(&inside.join(index)) {
                Ok(Some(loaded)) => return Ok(Found::File(Box::new(loaded))),
                Ok(None) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        if !self.listing {
            return Ok(Found::Missing);
        }
        Ok(Found::Listing(listing::page(&self.root, &inside, &asked.segments, self.dotfiles)?))
    }

    /// The path without links, if that is inside.
    fn inside(&self, path: &Path) -> io::Result<Option<PathBuf>> {
        let path = path.canonicalize()?;
        let is_inside = path.starts_with(&self.root);
        if !is_inside {
            log::debug!(
                "{} is not shown: it is outside of {}",
                path.display(),
                self.root.display()
            );
        }
        Ok(is_inside.then_some(path))
    }

    /// Opens a file, and reads it if it is small. `None` if it is none, or outside.
    fn load(&self, path: &Path) -> io::Result<Option<Loaded>> {
        let Some(mut loaded) = self.load_one(path)? else { return Ok(None) };
        if self.precompressed && media_type::is_compressible(loaded.media_type) {
            for coding in Coding::ALL {
                let mut name = path.as_os_str().to_owned();
                name.push(coding.suffix());
                // One that is older was made of something else.
                let variant = self.load_one(Path::new(&name)).unwrap_or_default();
                let variant = variant.filter(|one| one.stamp.modified >= loaded.stamp.modified);
                loaded.variants.extend(variant.map(|variant| (coding, variant)));
            }
        }
        Ok(Some(loaded))
    }

    fn load_one(&self, path: &Path) -> io::Result<Option<Loaded>> {
        // What is no file, such as a pipe, must not be waited for.
        let flags = libc::O_NONBLOCK | libc::O_NOCTTY;
        let mut file = OpenOptions::new().read(true).custom_flags(flags).open(path)?;
        let metadata = file.metadata()?;
        if !metadata.is_file() {
            return Ok(None);
        }
        // That it is inside is true of what is open: a link may have changed since.
        let Some(inside) = self.inside(path)? else { return Ok(None) };
        let there = fs::metadata(&inside)?;
        if (there.dev(), there.ino()) != (metadata.dev(), metadata.ino()) {
            return Ok(None);
        }
        let mut stamp = Stamp::of(&metadata);
        let mut is_settled = stamp.is_settled(wall_clock());
        let content = if stamp.size <= CACHED_FILE_BYTES_MAX {
            let mut bytes = Vec::new();
            file.by_ref().take(CACHED_FILE_BYTES_MAX + 1).read_to_end(&mut bytes)?;
            is_settled &= bytes.len() as u64 == stamp.size;
            stamp.size = bytes.len() as u64;
            Content::Memory(bytes)
        } else {
            Content::Open(file)
        };
        Ok(Some(Loaded {
            path: path.to_owned(),
            stamp,
            is_settled,
            is_fallback: false,
            media_type: media_type::of_file(&path.to_string_lossy()),
            content,
            variants: Vec::new(),
        }))
    }
}

/// What cannot be looked at is not there, but for faults of the machine.
fn failed(error: io::Error) -> Found {
    let is_missing = matches!(
        error.raw_os_error(),
        Some(
            libc::ENOENT
                | libc::ENOTDIR
                | libc::EACCES
                | libc::EPERM
                | libc::ELOOP
                | libc::ENAMETOOLONG
                | libc::EINVAL
                | libc::ENXIO
                | libc::ENODEV
        )
    );
    if is_missing { Found::Missing } else { Found::Failed(error) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(path: &str, is_encoded: bool) -> Option<String> {
        Asked::parse(path, is_encoded, false).map(|asked| asked.key())
    }

    #[test]
    fn no_path_leads_out() {
        for path in [
            "..",
            "../a",
            "a/..",
            "a/../b",
            ".",
            "a/./b",
            "%2e%2e",
            "%2E%2e/a",
            ".%2e/a",
            "a%2fb",
            "a%2F..%2Fb",
            "..%5ca",
            "a\\b",
            "a%5Cb",
            "a%00",
            "a%00.html",
            "%",
            "%4",
            "%zz",
            "a%",
            "%c0%ae%c0%ae/a",
            "%ff",
            ".git/config",
            "a/.env",
            "%2eenv",
            "a/.well-known/b",
        ] {
            assert_eq!(parsed(path, true), None, "{path}");
        }
        for (path, key) in [
            ("", "/"),
            ("/", "/"),
            ("//", "/"),
            ("a", "a"),
            ("/a//b/", "a/b/"),
            ("a%20b", "a b"),
            ("%c3%bc", "ü"),
            ("a%2520", "a%20"),
            (".well-known/acme", ".well-known/acme"),
            ("...", "..."),
        ] {
            let expected = if path == "..." { None } else { Some(key.to_owned()) };
            assert_eq!(parsed(path, true), expected, "{path}");
        }
        // What was decoded already is not decoded again.
        assert_eq!(parsed("%2e%2e", false), Some("%2e%2e".to_owned()));
        assert_eq!(parsed("../a", false), None);
        assert_eq!(Asked::parse(".env", true, true).map(|asked| asked.key()), Some(".env".into()));
        assert_eq!(Asked::parse("..", true, true), None);
    }
}
