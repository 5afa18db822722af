//! Which files have tests: by their names, or because they are in a folder of tests.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsArgs, JsResult, JsValue, js_string};

use crate::js::error::{Target, system_error, type_error};
use crate::js::ops;
use crate::limits::{TEST_FILES_MAX, TEST_FOLDERS_DEEP_MAX};

const EXTENSIONS: [&str; 6] = ["js", "mjs", "cjs", "ts", "mts", "cts"];

/// Folders whose scripts are all tests.
const FOLDERS: [&str; 2] = ["test", "tests"];

/// Why there is no list.
enum Problem {
    Io(io::Error, PathBuf),
    TooMany,
}

/// `findFiles(paths)`: a promise for the files with tests: the files that are named, those in the
/// folders that are named, or those below the current folder. In order, and each once.
pub(super) fn find_files(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let given = arguments.get_or_undefined(0).as_object();
    let given = JsArray::from_object(given.ok_or_else(|| type_error("not an array"))?)?;
    let mut paths = Vec::new();
    for index in 0..given.length(context)? {
        paths.push(given.get(index, context)?.to_string(context)?.to_std_string_lossy());
    }
    let work = move || find(&paths);
    Ok(ops::spawn(work, to_value, context).into())
}

fn to_value(found: Result<Vec<PathBuf>, Problem>, context: &mut Context) -> JsResult<JsValue> {
    match found {
        Ok(files) => {
            let files = files.iter().map(|file| js_string!(&*file.to_string_lossy()).into());
            let files: Vec<JsValue> = files.collect();
            Ok(JsArray::from_iter(files, context).into())
        }
        Err(Problem::Io(error, path)) => {
            let path = path.to_string_lossy();
            let target = Target { path: Some(&path), ..Target::default() };
            Err(system_error(&error, "open", target, context))
        }
        Err(Problem::TooMany) => {
            Err(type_error(format!("there are more than {TEST_FILES_MAX} files with tests")))
        }
    }
}

fn find(paths: &[String]) -> Result<Vec<PathBuf>, Problem> {
    let mut found = Vec::new();
    let mut all: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
    if all.is_empty() {
        all.push(PathBuf::from("."));
    }
    for path in &all {
        let problem = |error| Problem::Io(error, path.clone());
        let whole = path.canonicalize().map_err(problem)?;
        if whole.is_dir() {
            // A folder of tests that is named is one, as below another.
            let are_tests = !paths.is_empty() && is_folder_of_tests(&whole);
            search(&whole, are_tests, TEST_FOLDERS_DEEP_MAX, &mut found)?;
        } else {
            found.push(whole);
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

/// Whatever cannot be read in it is left out.
fn search(
    folder: &Path,
    are_tests: bool,
    depth: usize,
    found: &mut Vec<PathBuf>,
) -> Result<(), Problem> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) if depth > 0 => entries,
        _ => return Ok(()),
    };
    for entry in entries.flatten() {
        let (name, path) = (entry.file_name(), entry.path());
        let name = name.to_string_lossy();
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() {
            if name != "node_modules" && !name.starts_with('.') {
                search(&path, are_tests || is_folder_of_tests(&path), depth - 1, found)?;
            }
        } else if is_test(&name, are_tests) {
            found.push(path);
            if found.len() > TEST_FILES_MAX {
                return Err(Problem::TooMany);
            }
        }
    }
    Ok(())
}

fn is_folder_of_tests(path: &Path) -> bool {
    path.file_name().is_some_and(|name| FOLDERS.iter().any(|folder| name == *folder))
}

/// Whether a file of this name has tests.
fn is_test(name: &str, in_folder_of_tests: bool) -> bool {
    let Some((stem, extension)) = name.rsplit_once('.') else { return false };
    // Types have nothing that runs.
    let are_types = stem.rsplit_once('.').is_some_and(|(_, end)| end == "d");
    if !EXTENSIONS.contains(&extension) || are_types {
        return false;
    }
    in_folder_of_tests
        || stem == "test"
        || stem.starts_with("test-")
        || [".test", "_test", "-test"].iter().any(|end| stem.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_is_a_test() {
        for name in ["a.test.js", "a.test.mts", "a_test.cjs", "a-test.ts", "test-a.js", "test.mjs"]
        {
            assert!(is_test(name, false), "{name}");
        }
        for name in ["a.js", "contest.js", "a.test.json", "a.test.d.ts", "a_test", "tests.js"] {
            assert!(!is_test(name, false), "{name}");
        }
        assert!(is_test("a.js", true) && !is_test("a.json", true) && !is_test("a.d.ts", true));
    }
}
