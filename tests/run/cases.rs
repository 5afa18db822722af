//! Finds the cases: which files are tests, what runs them, and for how long.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::{docs, mistakes};

// A script takes milliseconds. The limit is for one that hangs, and leaves room for a busy machine.
const SCRIPT_TIMEOUT: Duration = Duration::from_secs(30);
const PEER_TIMEOUT: Duration = Duration::from_mins(1);

/// Where programs of another language test krandog from outside.
const PEER_FOLDERS: [&str; 5] = ["interop", "hostile", "examples", "browser", "types"];

/// What runs a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `tests/js/<module>/<behaviour>.js` or `.ts`, by krandog. A module may have folders of its
    /// own.
    Script,
    /// `tests/npm/<package>.js`, by krandog with the packages of `tests/package.json`.
    Package,
    /// `tests/cli/<name>/`, a command line of krandog with the output it must have.
    Golden,
    /// `tests/mistakes/<kind>/<mistake>.js` or `.ts`, by krandog, which must say what is wrong.
    Mistake,
    /// `*.py`, by Python with the packages of `tests/requirements.txt`.
    Python,
    /// `*.mjs`, by Node.js with the packages of `tests/package.json`.
    Node,
    /// `tests/browser/*.mjs`, by Node.js, which drives Chromium.
    Browser,
    /// A program and its commands in README.md or `docs/`, by krandog and a shell.
    Docs,
    /// `tests/types/*.json`, projects of the TypeScript compiler that must have no fault.
    Types,
}

/// One test.
pub(crate) struct Case {
    /// The path below `tests`, or the line of a page: what a word on the command line is looked for
    /// in.
    pub(crate) name: String,
    pub(crate) path: PathBuf,
    pub(crate) kind: Kind,
    pub(crate) timeout: Duration,
}

/// The folder of the tests.
pub(crate) fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// Every case, in the order of their names.
pub(crate) fn discover() -> Vec<Case> {
    let tests = tests();
    let mut cases = Vec::new();
    for file in entries_below(&tests.join("js")) {
        if has_extension(&file, "js") || has_extension(&file, "ts") {
            cases.push(case(file, Kind::Script, SCRIPT_TIMEOUT));
        }
    }
    for file in entries(&tests.join("npm")) {
        if has_extension(&file, "js") {
            cases.push(case(file, Kind::Package, SCRIPT_TIMEOUT));
        }
    }
    for folder in entries(&tests.join("cli")) {
        if folder.join("args").is_file() {
            cases.push(case(folder, Kind::Golden, SCRIPT_TIMEOUT));
        }
    }
    for kind in entries(&tests.join("mistakes")) {
        for file in entries(&kind) {
            let is_program = has_extension(&file, "js") || has_extension(&file, "ts");
            if is_program && mistakes::is_case(&file) {
                cases.push(case(file, Kind::Mistake, SCRIPT_TIMEOUT));
            }
        }
    }
    for folder in PEER_FOLDERS {
        for file in entries(&tests.join(folder)) {
            if has_extension(&file, "py") {
                cases.push(case(file, Kind::Python, PEER_TIMEOUT));
            } else if has_extension(&file, "mjs") {
                let kind = if folder == "browser" { Kind::Browser } else { Kind::Node };
                cases.push(case(file, kind, PEER_TIMEOUT));
            } else if folder == "types" && has_extension(&file, "json") {
                cases.push(case(file, Kind::Types, PEER_TIMEOUT));
            }
        }
    }
    cases.extend(docs::discover());
    cases
}

fn case(path: PathBuf, kind: Kind, timeout: Duration) -> Case {
    let name = path.strip_prefix(tests()).unwrap_or(&path).display().to_string();
    let timeout = own_timeout(&path).unwrap_or(timeout);
    Case { name, path, kind, timeout }
}

/// The limit that a file gives itself, in seconds: `// timeout: 30` on a line of its own.
fn own_timeout(path: &Path) -> Option<Duration> {
    let text = fs::read_to_string(path).ok()?;
    let seconds = text.lines().find_map(|line| {
        let comment = line.strip_prefix("//").or_else(|| line.strip_prefix('#'))?;
        comment.trim().strip_prefix("timeout:")?.trim().parse().ok()
    })?;
    Some(Duration::from_secs(seconds))
}

fn has_extension(path: &Path, wanted: &str) -> bool {
    path.is_file() && path.extension().is_some_and(|extension| extension == wanted)
}

/// What is in a folder, by name; nothing when there is no such folder.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let Ok(found) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> =
        found.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.sort();
    paths
}

/// What is in a folder and in those inside of it, folders left out, and packages too.
fn entries_below(folder: &Path) -> Vec<PathBuf> {
    let below = |path: PathBuf| match path.is_dir() {
        true if path.ends_with("node_modules") || path.ends_with("own") => Vec::new(),
        true => entries_below(&path),
        false => vec![path],
    };
    entries(folder).into_iter().flat_map(below).collect()
}
