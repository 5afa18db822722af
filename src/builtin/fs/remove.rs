//! `rm`: files and whole folders.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use boa_engine::{Context, JsResult, JsValue};

use super::answer::Answer;
use super::arguments::{how, offset, path, truth};
use super::failure::{Attempt, Failure, Named, system};
use super::run::run;

/// How persistent `rm` is.
struct Patience {
    retries: u64,
    /// Each pause is longer by this than the one before.
    delay: Duration,
}

/// `rm(how, path, isRecursive, isForced, retries, delay)`
pub(super) fn rm(_: &JsValue, given: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (path, is_recursive, is_forced) =
        (path(given, 1, context)?, truth(given, 2), truth(given, 3));
    let retries = offset(given, 4).unwrap_or_default();
    let delay = Duration::from_millis(offset(given, 5).unwrap_or_default());
    let work = move || {
        let removed = remove(&path, is_recursive, &Patience { retries, delay });
        let is_missing = |failure: &Failure| {
            failure.error().is_some_and(|error| error.kind() == io::ErrorKind::NotFound)
        };
        match removed {
            Err(failure) if is_forced && is_missing(&failure) => Ok(Answer::Nothing),
            other => other.map(|()| Answer::Nothing),
        }
    };
    run(how(given), work, context)
}

fn remove(path: &Path, is_recursive: bool, patience: &Patience) -> Attempt<()> {
    let metadata = fs::symlink_metadata(path).call_at("lstat", path)?;
    if !metadata.is_dir() {
        return patiently(patience, || fs::remove_file(path)).call_at("rm", path);
    }
    if !is_recursive {
        let failure = Failure::of_path("rm", path, system(libc::EISDIR));
        return Err(failure.coded("ERR_FS_EISDIR", "Path is a directory", "is a directory"));
    }
    // `link/` is the folder that a link leads to, whose content nobody has asked to remove.
    let plain: PathBuf = path.components().collect();
    if fs::symlink_metadata(&plain).is_ok_and(|found| found.is_symlink()) {
        return Err(Failure::of_path("rm", path, system(libc::ENOTDIR)));
    }
    patiently(patience, || match fs::remove_dir_all(path) {
        // Somebody else has removed it meanwhile, which is as good.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    })
    .call_at("rm", path)
}

/// Tries again where somebody is in the way who may go away.
#[expect(
    clippy::disallowed_methods,
    reason = "on a worker thread, or at once, where the script has asked to wait so long"
)]
fn patiently(patience: &Patience, mut attempt: impl FnMut() -> io::Result<()>) -> io::Result<()> {
    let mut tries = 0;
    loop {
        let error = match attempt() {
            Ok(()) => return Ok(()),
            Err(error) => error,
        };
        let number = error.raw_os_error();
        let may_pass = [libc::EBUSY, libc::EMFILE, libc::ENFILE, libc::ENOTEMPTY, libc::EPERM]
            .into_iter()
            .any(|passing| number == Some(passing));
        if !may_pass || tries >= patience.retries {
            return Err(error);
        }
        tries += 1;
        thread::sleep(patience.delay.saturating_mul(u32::try_from(tries).unwrap_or(u32::MAX)));
    }
}
