//! Open files: how they are opened and closed, and what is changed about them.

use std::fs::{File, OpenOptions, Permissions};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt, fchown as change_owner};
use std::path::Path;

use boa_engine::{Context, JsResult, JsValue};

use super::answer::Answer;
use super::arguments::{bits, fd, how, offset, path};
use super::change::{owner, times};
use super::descriptors;
use super::failure::{Attempt, Named};
use super::run::run;

/// Opens a file with the flags of the system.
pub(super) fn open_file(path: &Path, flags: i32, mode: u32) -> Attempt<File> {
    let access = flags & libc::O_ACCMODE;
    OpenOptions::new()
        .read(access != libc::O_WRONLY)
        .write(access != libc::O_RDONLY)
        .custom_flags(flags & !libc::O_ACCMODE)
        .mode(mode)
        .open(path)
        .call_at("open", path)
}

/// `open(how, path, flags, mode)`: the number of the open file.
pub(super) fn open(_: &JsValue, given: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (path, flags, mode) =
        (path(given, 1, context)?, bits(given, 2).cast_signed(), bits(given, 3));
    run(how(given), move || open_file(&path, flags, mode).map(Answer::Opened), context)
}

/// `close(how, fd)`: the number means nothing from now on.
pub(super) fn close(_: &JsValue, given: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let file = descriptors::take(fd(given, 1), context);
    let work = move || {
        // It is closed here, unless other work has it still.
        file.map(drop).map(|()| Answer::Nothing)
    };
    run(how(given), work, context)
}

/// Has something done to the open file of the second argument.
fn run_on(
    syscall: &'static str,
    given: &[JsValue],
    work: impl FnOnce(&File) -> std::io::Result<()> + Send + 'static,
    context: &mut Context,
) -> JsResult<JsValue> {
    let file = descriptors::find(fd(given, 1), syscall, context);
    let work = move || work(&*file?).call(syscall).map(|()| Answer::Nothing);
    run(how(given), work, context)
}

/// `fchmod(how, fd, mode)`
pub(super) fn fchmod(_: &JsValue, given: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let mode = Permissions::from_mode(bits(given, 2));
    run_on("fchmod", given, |file| file.set_permissions(mode), context)
}

/// `fchown(how, fd, uid, gid)`
pub(super) fn fchown(_: &JsValue, given: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (uid, gid) = (owner(given, 2), owner(given, 3));
    run_on("fchown", given, move |file| change_owner(file, uid, gid), context)
}

/// `futimes(how, fd, atime, mtime)`
pub(super) fn futimes(_: &JsValue, given: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let times = times(given, 2);
    run_on("futime", given, move |file| Ok(rustix::fs::futimens(file, &times)?), context)
}

/// `ftruncate(how, fd, length)`
pub(super) fn ftruncate(
    _: &JsValue,
    given: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let length = offset(given, 2).unwrap_or_default();
    run_on("ftruncate", given, move |file| file.set_len(length), context)
}

/// `fsync(how, fd)`
pub(super) fn fsync(_: &JsValue, given: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    run_on("fsync", given, File::sync_all, context)
}

/// `fdatasync(how, fd)`
pub(super) fn fdatasync(
    _: &JsValue,
    given: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    run_on("fdatasync", given, File::sync_data, context)
}
