//! A file that is written whole or not at all: beside it first, then in its place.
//!
//! A reader finds the old content or the new one. The new one is on the disk before it has the name,
//! and the name is on the disk at the end.

use std::ffi::OsString;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, fchown};
use std::path::{Path, PathBuf};

use super::failure::{Attempt, Failure, Named, system};
use super::folder::random_name;

/// Has a new file written and puts it in the place of `path`, whose mode and owner it keeps. Of a
/// failure nothing is left.
pub(super) fn write_atomic(
    path: &Path,
    mode: u32,
    write: impl FnOnce(&File) -> Attempt<()>,
) -> Attempt<()> {
    // What a link leads to is replaced, and not the link.
    let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let old = match fs::metadata(&place) {
        Ok(metadata) if metadata.is_dir() => {
            return Err(Failure::of_path("open", path, system(libc::EISDIR)));
        }
        // A device or a pipe is no content that could be replaced.
        Ok(metadata) if !metadata.is_file() => {
            return Err(Failure::of_path("open", path, system(libc::EINVAL)));
        }
        Ok(metadata) => Some(metadata),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(Failure::of_path("open", path, error)),
    };
    let draft = draft_of(&place).call_at("open", path)?;
    let file = OpenOptions::new().write(true).create_new(true).mode(mode).open(&draft);
    let file = file.call_at("open", path)?;
    let written = write(&file)
        .and_then(|()| keep_rights(&file, old.as_ref()).call("fchmod"))
        .and_then(|()| file.sync_all().call("fsync"))
        .and_then(|()| {
            let renamed = fs::rename(&draft, &place).call_at("rename", &draft);
            renamed.map_err(|failure| failure.to(&place))
        });
    if written.is_err() {
        // The first failure is what counts.
        fs::remove_file(&draft).unwrap_or_default();
        return written;
    }
    sync_folder(&place);
    Ok(())
}

/// The path of a file beside this one that is not there yet.
fn draft_of(place: &Path) -> io::Result<PathBuf> {
    let name = place.file_name().ok_or_else(|| system(libc::EINVAL))?;
    let mut draft = OsString::from(".");
    // A name may be as long as the system allows: the draft has room for its own part.
    let name = name.to_string_lossy();
    draft.push(name.chars().take(32).collect::<String>());
    draft.push(".");
    draft.push(random_name()?);
    Ok(place.with_file_name(draft))
}

fn keep_rights(file: &File, old: Option<&Metadata>) -> io::Result<()> {
    let Some(old) = old else { return Ok(()) };
    let new = file.metadata()?;
    if (new.uid(), new.gid()) != (old.uid(), old.gid()) {
        // Only root may give a file away; anybody else owns what they have written.
        fchown(file, Some(old.uid()), Some(old.gid())).unwrap_or_default();
    }
    file.set_permissions(old.permissions())
}

/// Has the new name on the disk. Some file systems have nothing of that kind for folders.
fn sync_folder(place: &Path) {
    let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = File::open(folder.unwrap_or_else(|| Path::new(".")));
    if let Err(error) = folder.and_then(|folder| folder.sync_all()) {
        log::debug!("a folder is not synchronised: {error}");
    }
}
