//! Folders: made, listed, removed.

use std::fs::{self, DirBuilder, FileType};
use std::io;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::{DirBuilderExt, FileTypeExt};
use std::path::{Path, PathBuf};

use boa_engine::{Context, JsResult, JsValue};

use super::answer::{Answer, Entry, Shape};
use super::arguments::{bits, how, path, shape, truth};
use super::failure::{Attempt, Failure, Named, system};
use super::run::run;
use crate::limits::RANDOM_NAME_TRIES;

/// `mkdir(how, path, isRecursive, mode)`: recursively, the first folder that was made, if any.
pub(super) fn mkdir(_: &JsValue, given: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (path, is_recursive, mode) = (path(given, 1, context)?, truth(given, 2), bits(given, 3));
    let work = move || {
        if is_recursive {
            return make_all(&path, mode).map(|made| match made {
                Some(first) => {
                    Answer::path(&first, Shape::Text(crate::builtin::buffer::Encoding::Utf8))
                }
                None => Answer::Nothing,
            });
        }
        make(&path, mode).call_at("mkdir", &path).map(|()| Answer::Nothing)
    };
    run(how(given), work, context)
}

fn make(path: &Path, mode: u32) -> io::Result<()> {
    DirBuilder::new().mode(mode).create(path)
}

/// Makes the folder and those that it is in. Somebody else may make some of them meanwhile.
fn make_all(path: &Path, mode: u32) -> Attempt<Option<PathBuf>> {
    let mut missing = Vec::new();
    let mut folder = path;
    loop {
        match make(folder, mode) {
            Ok(()) => break,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty());
                let Some(parent) = parent else {
                    return Err(Failure::of_path("mkdir", path, error));
                };
                missing.push(folder);
                folder = parent;
            }
            Err(error) => {
                return match fs::metadata(folder) {
                    Ok(metadata) if metadata.is_dir() => made_below(None, &missing, path, mode),
                    // What is to hold a folder is a file.
                    Ok(_) if !missing.is_empty() => {
                        Err(Failure::of_path("mkdir", path, system(libc::ENOTDIR)))
                    }
                    _ => Err(Failure::of_path("mkdir", path, error)),
                };
            }
        }
    }
    made_below(Some(folder), &missing, path, mode)
}

fn made_below(
    first: Option<&Path>,
    missing: &[&Path],
    path: &Path,
    mode: u32,
) -> Attempt<Option<PathBuf>> {
    let mut first = first;
    for folder in missing.iter().rev() {
        match make(folder, mode) {
            Ok(()) => first = first.or(Some(folder)),
            Err(_) if folder.is_dir() => {}
            Err(error) => return Err(Failure::of_path("mkdir", path, error)),
        }
    }
    Ok(first.map(Path::to_owned))
}

/// `mkdtemp(how, prefix, encoding)`
pub(super) fn mkdtemp(_: &JsValue, given: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (prefix, shape) = (path(given, 1, context)?, shape(given, 2));
    let work = move || {
        let template = PathBuf::from([prefix.as_os_str().as_bytes(), b"XXXXXX"].concat().into_os());
        for _ in 0..RANDOM_NAME_TRIES {
            let name = random_name().call_at("mkdtemp", &template)?;
            let made = [prefix.as_os_str().as_bytes(), name.as_bytes()].concat().into_os();
            match make(Path::new(&made), 0o700) {
                Ok(()) => return Ok(Answer::Name(made.into_vec(), shape)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(Failure::of_path("mkdtemp", &template, error)),
            }
        }
        Err(Failure::of_path("mkdtemp", &template, system(libc::EEXIST)))
    };
    run(how(given), work, context)
}

trait IntoOs {
    fn into_os(self) -> std::ffi::OsString;
}

impl IntoOs for Vec<u8> {
    fn into_os(self) -> std::ffi::OsString {
        std::ffi::OsString::from_vec(self)
    }
}

/// Six letters and digits that nobody can guess.
pub(super) fn random_name() -> io::Result<String> {
    const LETTERS: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let mut random = [0; 6];
    getrandom::fill(&mut random).map_err(io::Error::other)?;
    let letter = |byte: u8| char::from(LETTERS[usize::from(byte) % LETTERS.len()]);
    Ok(random.into_iter().map(letter).collect())
}

/// `rmdir(how, path)`
pub(super) fn rmdir(_: &JsValue, given: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let path = path(given, 1, context)?;
    let work = move || fs::remove_dir(&path).call_at("rmdir", &path).map(|()| Answer::Nothing);
    run(how(given), work, context)
}

/// `readdir(how, path, encoding, hasTypes, isRecursive, isOpened)`
pub(super) fn readdir(_: &JsValue, given: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (path, shape) = (path(given, 1, context)?, shape(given, 2));
    let (has_types, is_recursive) = (truth(given, 3), truth(given, 4));
    let syscall = if truth(given, 5) { "opendir" } else { "scandir" };
    let work = move || {
        let entries = list(&path, is_recursive, syscall)?;
        if has_types {
            return Ok(Answer::Entries(entries, shape));
        }
        // Names are relative to the folder that was asked for.
        let root = path.as_os_str().as_bytes();
        let names = entries.into_iter().map(|entry| {
            let below = entry.folder.get(root.len()..).unwrap_or_default();
            let below = below.strip_prefix(b"/").unwrap_or(below);
            match below {
                b"" => entry.name,
                below => [below, b"/", &entry.name].concat(),
            }
        });
        Ok(Answer::Names(names.collect(), shape))
    };
    run(how(given), work, context)
}

/// What is in a folder, each level in the order of the bytes of its names. Links are not followed.
fn list(root: &Path, is_recursive: bool, syscall: &'static str) -> Attempt<Vec<Entry>> {
    let mut entries = Vec::new();
    let mut folders = std::collections::VecDeque::from([root.to_owned()]);
    while let Some(folder) = folders.pop_front() {
        let mut here = Vec::new();
        for entry in fs::read_dir(&folder).call_at(syscall, &folder)? {
            let entry = entry.call_at(syscall, &folder)?;
            // It may have gone meanwhile.
            let kind = entry.file_type().ok();
            here.push((entry.file_name().into_vec(), kind));
        }
        here.sort_by(|(one, _), (other, _)| one.cmp(other));
        for (name, kind) in here {
            if is_recursive && kind.is_some_and(|kind| kind.is_dir()) {
                folders.push_back(folder.join(Path::new(std::ffi::OsStr::from_bytes(&name))));
            }
            let folder = folder.as_os_str().as_bytes().to_vec();
            entries.push(Entry { folder, name, kind: kind.map_or(0, number_of) });
        }
    }
    Ok(entries)
}

/// The constants `UV_DIRENT_*`.
fn number_of(kind: FileType) -> u8 {
    let kinds = [
        kind.is_file(),
        kind.is_dir(),
        kind.is_symlink(),
        kind.is_fifo(),
        kind.is_socket(),
        kind.is_char_device(),
        kind.is_block_device(),
    ];
    let at = kinds.iter().position(|is_it| *is_it);
    at.and_then(|at| u8::try_from(at + 1).ok()).unwrap_or(0)
}
