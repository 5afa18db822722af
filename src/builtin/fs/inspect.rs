//! What is to be known of files by their paths: whether they are there, what they are, where they lead.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use boa_engine::{Context, JsResult, JsValue};
use rustix::fs::Access;

use super::answer::Answer;
use super::arguments::{bits, fd, how, path, shape, truth};
use super::descriptors;
use super::failure::{Attempt, Failure, Named};
use super::run::run;

/// `access(how, path, mode)`
pub(super) fn access(_: &JsValue, given: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (path, mode) = (path(given, 1, context)?, Access::from_bits_truncate(bits(given, 2)));
    let work =
        move || rustix::fs::access(&path, mode).call_at("access", &path).map(|()| Answer::Nothing);
    run(how(given), work, context)
}

/// `exists(how, path)`
pub(super) fn exists(_: &JsValue, given: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let path = path(given, 1, context)?;
    let work = move || Ok(Answer::Truth(rustix::fs::access(&path, Access::EXISTS).is_ok()));
    run(how(given), work, context)
}

/// `stat(how, path, kind, isBig)`: bits of the kind are 1 for the link itself, and 2 for nothing where
/// there is no file.
pub(super) fn stat(_: &JsValue, given: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (path, kind, is_big) = (path(given, 1, context)?, bits(given, 2), truth(given, 3));
    let work = move || {
        let (found, syscall) = match kind & 1 {
            0 => (fs::metadata(&path), "stat"),
            _ => (fs::symlink_metadata(&path), "lstat"),
        };
        match found {
            Ok(metadata) => Ok(Answer::Stats(Box::new(metadata), is_big)),
            Err(error) if kind & 2 != 0 && error.kind() == io::ErrorKind::NotFound => {
                Ok(Answer::Nothing)
            }
            Err(error) => Err(Failure::of_path(syscall, &path, error)),
        }
    };
    run(how(given), work, context)
}

/// `fstat(how, fd, isBig)`
pub(super) fn fstat(_: &JsValue, given: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (file, is_big) = (descriptors::find(fd(given, 1), "fstat", context), truth(given, 2));
    let work = move || {
        let metadata = file?.metadata().call("fstat")?;
        Ok(Answer::Stats(Box::new(metadata), is_big))
    };
    run(how(given), work, context)
}

/// `statfs(how, path, isBig)`: type, bsize, blocks, bfree, bavail, files, ffree.
pub(super) fn statfs(_: &JsValue, given: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (path, is_big) = (path(given, 1, context)?, truth(given, 2));
    let work = move || {
        let found = rustix::fs::statfs(&path).call_at("statfs", &path)?;
        #[expect(
            clippy::cast_sign_loss,
            reason = "both are bits and sizes, which no system has as negative numbers"
        )]
        let (kind, size) = (found.f_type as u64, found.f_bsize as u64);
        let counts = [found.f_blocks, found.f_bfree, found.f_bavail, found.f_files, found.f_ffree];
        Ok(Answer::Numbers([&[kind, size][..], &counts].concat(), is_big))
    };
    run(how(given), work, context)
}

/// `readlink(how, path, encoding)`
pub(super) fn readlink(_: &JsValue, given: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (path, shape) = (path(given, 1, context)?, shape(given, 2));
    let work = move || {
        let target = fs::read_link(&path).call_at("readlink", &path)?;
        Ok(Answer::path(&target, shape))
    };
    run(how(given), work, context)
}

/// `realpath(how, path, encoding, isNative)`: an error names the part of the path that is wrong,
/// unless it is to be as the system has it.
pub(super) fn realpath(_: &JsValue, given: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (path, shape, is_native) = (path(given, 1, context)?, shape(given, 2), truth(given, 3));
    let work = move || match fs::canonicalize(&path) {
        Ok(real) => Ok(Answer::path(&real, shape)),
        Err(error) if is_native => Err(Failure::of_path("realpath", &path, error)),
        Err(error) => Err(wrong_part(&path, error)),
    };
    run(how(given), work, context)
}

/// The first part of a path that leads nowhere.
fn wrong_part(path: &Path, error: io::Error) -> Failure {
    let looked = |part: &Path| -> Attempt<()> {
        fs::symlink_metadata(part).call_at("lstat", part)?;
        fs::metadata(part).call_at("stat", part).map(drop)
    };
    let mut part = PathBuf::new();
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for component in whole.components() {
        match component {
            Component::ParentDir => drop(part.pop()),
            component => part.push(component),
        }
        if let Err(failure) = looked(&part) {
            return failure;
        }
    }
    Failure::of_path("realpath", path, error)
}
