//! `krandog types`: the types of everything that krandog has, for editors and for `tsc`.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

/// The globals and the older modules; its references name the other files.
const MAIN: &str = include_str!("../../runtime/krandog.d.ts");

/// One file for each newer module.
const PARTS: &[(&str, &str)] = &[
    ("types/async_hooks.d.ts", include_str!("../../runtime/types/async_hooks.d.ts")),
    ("types/child_process.d.ts", include_str!("../../runtime/types/child_process.d.ts")),
    ("types/dgram.d.ts", include_str!("../../runtime/types/dgram.d.ts")),
    ("types/dns.d.ts", include_str!("../../runtime/types/dns.d.ts")),
    ("types/files.d.ts", include_str!("../../runtime/types/files.d.ts")),
    ("types/fs.d.ts", include_str!("../../runtime/types/fs.d.ts")),
    ("types/kv.d.ts", include_str!("../../runtime/types/kv.d.ts")),
    ("types/nats.d.ts", include_str!("../../runtime/types/nats.d.ts")),
    ("types/net.d.ts", include_str!("../../runtime/types/net.d.ts")),
    ("types/readline.d.ts", include_str!("../../runtime/types/readline.d.ts")),
    ("types/sqlite.d.ts", include_str!("../../runtime/types/sqlite.d.ts")),
    ("types/stream.d.ts", include_str!("../../runtime/types/stream.d.ts")),
    ("types/test.d.ts", include_str!("../../runtime/types/test.d.ts")),
    ("types/tls.d.ts", include_str!("../../runtime/types/tls.d.ts")),
    ("types/zlib.d.ts", include_str!("../../runtime/types/zlib.d.ts")),
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
