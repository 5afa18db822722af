//! `krandog types`: the types of everything that krandog has, for editors and for `tsc`.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

/// The globals and the older modules; its references name the other files.
const MAIN: &str = include_str!("../../runtime/krandog.d.ts");

macro_rules! parts {
    ($($name:literal,)*) => {
        &[$((
            concat!("types/", $name, ".d.ts"),
            include_str!(concat!("../../runtime/types/", $name, ".d.ts")),
        ),)*]
    };
}

/// One file for each newer module, as the references name them.
const PARTS: &[(&str, &str)] = parts![
    "async_hooks",
    "child_process",
    "cluster",
    "dgram",
    "dns",
    "files",
    "fs",
    "inspector",
    "kv",
    "nats",
    "net",
    "punycode",
    "readline",
    "sqlite",
    "stream",
    "test",
    "tls",
    "v8",
    "vm",
    "zlib",
];

/// What makes the compiler see a program as krandog does.
const TSCONFIG: &str = include_str!("../../runtime/init/tsconfig.json");

/// The names of the two files.
const NAMES: [&str; 2] = ["krandog.d.ts", "tsconfig.json"];

/// All types as one file.
pub fn whole() -> String {
    let own = MAIN.lines().filter(|line| reference(line).is_none());
    let mut text = format!("// The types of krandog {}.\n", env!("CARGO_PKG_VERSION"));
    for line in own {
        text.extend([line, "\n"]);
    }
    for (_, part) in PARTS {
        text.extend(["\n", part]);
    }
    text
}

/// Writes both files into a folder, and returns their names.
///
/// # Errors
/// What to tell the user: one of them is there and may not be replaced, or cannot be written.
pub fn write(folder: &Path, replace: bool) -> Result<[&'static str; 2], String> {
    if !replace && let Some(name) = NAMES.iter().find(|name| folder.join(name).exists()) {
        return Err(format!("{name} is there already: --force replaces it"));
    }
    for (name, text) in NAMES.iter().zip([whole(), TSCONFIG.to_owned()]) {
        new_file(&folder.join(name), &text, replace)
            .map_err(|error| format!("cannot write {name}: {error}"))?;
    }
    Ok(NAMES)
}

/// Writes a file, which may be there already only if it is to be replaced.
pub(super) fn new_file(path: &Path, text: &str, replace: bool) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true);
    if replace {
        options.create(true).truncate(true)
    } else {
        options.create_new(true)
    };
    let mut file = options.open(path).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => io::Error::other("it is there already"),
        _ => error,
    })?;
    file.write_all(text.as_bytes())
}

/// The path in a line such as `/// <reference path="types/fs.d.ts" />`.
fn reference(line: &str) -> Option<&str> {
    line.strip_prefix("/// <reference path=\"")?.strip_suffix("\" />")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_is_in_the_whole() {
        let named: Vec<&str> = MAIN.lines().filter_map(reference).collect();
        let parts: Vec<&str> = PARTS.iter().map(|(name, _)| *name).collect();
        assert_eq!(named, parts, "the references of runtime/krandog.d.ts");
        let whole = whole();
        assert!(!whole.contains("<reference path="));
        for (name, part) in PARTS {
            assert!(whole.contains(part), "{name}");
        }
    }
}
