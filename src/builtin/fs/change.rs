//! What is changed about files by their paths: names, links, permissions, owners, times, lengths.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::{PermissionsExt, chown as change_owner, lchown as change_owner_of_link};

use boa_engine::{Context, JsResult, JsValue};
use rustix::fs::{AtFlags, CWD, Timespec, Timestamps};

use super::answer::Answer;
use super::arguments::{bits, how, offset, path, seconds, truth};
use super::failure::{Attempt, Failure, Named};
use super::run::run;

fn done<T>(attempt: Attempt<T>) -> Attempt<Answer> {
    attempt.map(|_| Answer::Nothing)
}

/// `rename(how, from, to)`
pub(super) fn rename(_: &JsValue, given: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (from, to) = (path(given, 1, context)?, path(given, 2, context)?);
    let work = move || done(fs::rename(&from, &to).call_at("rename", &from).map_err(|e| e.to(&to)));
    run(how(given), work, context)
}

/// `link(how, existing, new)`
pub(super) fn link(_: &JsValue, given: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (from, to) = (path(given, 1, context)?, path(given, 2, context)?);
    let work =
        move || done(fs::hard_link(&from, &to).call_at("link", &from).map_err(|e| e.to(&to)));
    run(how(given), work, context)
}

/// `symlink(how, target, path)`
pub(super) fn symlink(_: &JsValue, given: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (target, path) = (path(given, 1, context)?, path(given, 2, context)?);
    let work = move || {
        let made = std::os::unix::fs::symlink(&target, &path);
        done(made.call_at("symlink", &target).map_err(|failure| failure.to(&path)))
    };
    run(how(given), work, context)
}

/// `unlink(how, path)`
pub(super) fn unlink(_: &JsValue, given: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let path = path(given, 1, context)?;
    run(how(given), move || done(fs::remove_file(&path).call_at("unlink", &path)), context)
}

/// `chmod(how, path, mode)`
pub(super) fn chmod(_: &JsValue, given: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (path, mode) = (path(given, 1, context)?, Permissions::from_mode(bits(given, 2)));
    run(how(given), move || done(fs::set_permissions(&path, mode).call_at("chmod", &path)), context)
}

/// `chown(how, path, uid, gid)`
pub(super) fn chown(_: &JsValue, given: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (path, uid, gid) = (path(given, 1, context)?, owner(given, 2), owner(given, 3));
    run(how(given), move || done(change_owner(&path, uid, gid).call_at("chown", &path)), context)
}

/// `lchown(how, path, uid, gid)`: that of the link itself.
pub(super) fn lchown(_: &JsValue, given: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (path, uid, gid) = (path(given, 1, context)?, owner(given, 2), owner(given, 3));
    let work = move || done(change_owner_of_link(&path, uid, gid).call_at("lchown", &path));
    run(how(given), work, context)
}

/// An owner; the one of all bits leaves it as it is.
pub(super) fn owner(given: &[JsValue], at: usize) -> Option<u32> {
    Some(bits(given, at)).filter(|owner| *owner != u32::MAX)
}

/// `utimes(how, path, atime, mtime, isLink)`: seconds.
pub(super) fn utimes(_: &JsValue, given: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (path, times, is_link) = (path(given, 1, context)?, times(given, 2), truth(given, 4));
    let work = move || {
        let (flags, syscall) = if is_link {
            (AtFlags::SYMLINK_NOFOLLOW, "lutime")
        } else {
            (AtFlags::empty(), "utime")
        };
        done(rustix::fs::utimensat(CWD, &path, &times, flags).call_at(syscall, &path))
    };
    run(how(given), work, context)
}

/// Two times in seconds, from that argument on.
pub(super) fn times(given: &[JsValue], at: usize) -> Timestamps {
    let [last_access, last_modification] = [at, at + 1].map(|at| timespec(seconds(given, at)));
    Timestamps { last_access, last_modification }
}

fn timespec(seconds: f64) -> Timespec {
    let whole = seconds.floor();
    // To the microsecond, which is as much as seconds since 1970 have in a number.
    let micros = ((seconds - whole) * 1_000_000.0).round();
    #[expect(clippy::cast_possible_truncation, reason = "a cast of a float saturates")]
    let (whole, micros) = (whole as i64, micros as i64);
    Timespec {
        tv_sec: whole.saturating_add(micros / 1_000_000),
        tv_nsec: micros % 1_000_000 * 1000,
    }
}

/// `truncate(how, path, length)`
pub(super) fn truncate(_: &JsValue, given: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (path, length) = (path(given, 1, context)?, offset(given, 2).unwrap_or_default());
    let work = move || {
        let file = File::options().read(true).write(true).open(&path).call_at("open", &path)?;
        done(file.set_len(length).map_err(|error| Failure::of_call("ftruncate", error)))
    };
    run(how(given), work, context)
}
