//! `copyFile`: the content and the permissions of one file to another.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use boa_engine::{Context, JsResult, JsValue};

use super::answer::Answer;
use super::arguments::{bits, how, path};
use super::failure::Named;
use super::run::run;

/// The constants `COPYFILE_*`.
const EXCLUSIVE: u32 = 1;
const CLONE: u32 = 2;
const CLONE_ONLY: u32 = 4;

/// `copyFile(how, from, to, mode)`
pub(super) fn copy_file(
    _: &JsValue,
    given: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let (from, to, mode) = (path(given, 1, context)?, path(given, 2, context)?, bits(given, 3));
    let work = move || {
        let copied = copy(&from, &to, mode).call_at("copyfile", &from);
        copied.map(|()| Answer::Nothing).map_err(|failure| failure.to(&to))
    };
    run(how(given), work, context)
}

fn copy(from: &Path, to: &Path, mode: u32) -> io::Result<()> {
    let mut source = File::open(from)?;
    let metadata = source.metadata()?;
    if metadata.is_dir() {
        return Err(io::Error::from_raw_os_error(libc::EISDIR));
    }
    let mut options = OpenOptions::new();
    // Not emptied yet: it may be the same file.
    options.write(true).mode(metadata.permissions().mode());
    if mode & EXCLUSIVE != 0 {
        options.create_new(true);
    } else {
        options.create(true).truncate(false);
    }
    let mut target = options.open(to)?;
    let there = target.metadata()?;
    if (there.dev(), there.ino()) == (metadata.dev(), metadata.ino()) {
        return Ok(());
    }
    if there.is_file() {
        target.set_len(0)?;
        target.set_permissions(metadata.permissions())?;
    }
    if mode & (CLONE | CLONE_ONLY) != 0 {
        match clone(&target, &source) {
            Err(error) if mode & CLONE_ONLY != 0 => return Err(error),
            Err(_) => {}
            Ok(()) => return Ok(()),
        }
    }
    io::copy(&mut source, &mut target).map(drop)
}

#[cfg(target_os = "linux")]
fn clone(target: &File, source: &File) -> io::Result<()> {
    Ok(rustix::fs::ioctl_ficlone(target, source)?)
}

#[cfg(not(target_os = "linux"))]
fn clone(_: &File, _: &File) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
