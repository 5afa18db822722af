//! The sources of the crate as the tests about them read them: files, module paths, tokens.

use std::fs;
use std::path::{Path, PathBuf};

/// Every file of `src/`: its path below the root of the project, and its text.
pub(crate) fn sources() -> Vec<(String, String)> {
    let files = files_below(&root().join("src"), "rs");
    files.iter().map(|path| (relative(path), fs::read_to_string(path).unwrap())).collect()
}

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn relative(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().display().to_string()
}

/// Every file of a kind in a folder and the folders in it; none when there is no such folder.
pub(crate) fn files_below(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path, extension));
        } else if path.extension().is_some_and(|found| found == extension) {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Tests in a file of their own, which may use what they compare with.
pub(crate) fn is_test(path: &str) -> bool {
    path.contains("/tests/") || path.ends_with("/tests.rs")
}

/// `src/proto/ws/frame.rs` is `proto, ws, frame`; `mod.rs` adds nothing.
pub(crate) fn module_path(path: &str) -> Vec<&str> {
    let inside = path.trim_start_matches("src/").trim_end_matches(".rs");
    inside.split('/').filter(|part| *part != "mod" && *part != "lib").collect()
}

pub(crate) fn is_name(token: &str) -> bool {
    token.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

/// Names, `::` and single signs of Rust source, without comments and the text of literals.
pub(crate) fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let taken = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |at| at + 2)
        } else if rest.starts_with("r\"") || rest.starts_with("r#") || rest.starts_with("br\"") {
            raw_literal(rest)
        } else if first == '"' {
            literal(rest, '"')
        } else if first == '\'' {
            character(rest)
        } else if is_name(rest) {
            let end = rest.find(|next: char| !next.is_alphanumeric() && next != '_');
            let end = end.unwrap_or(rest.len());
            tokens.push(rest[..end].to_owned());
            end
        } else if rest.starts_with("::") {
            tokens.push("::".to_owned());
            2
        } else {
            if !first.is_whitespace() {
                tokens.push(first.to_string());
            }
            first.len_utf8()
        };
        rest = &rest[taken..];
    }
    tokens
}

/// The length of a literal in quotes, whose quotes may be escaped.
fn literal(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, next) in text.char_indices().skip(1) {
        match next {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if next == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The length of `'x'`, or of the quote alone where it opens a lifetime.
fn character(text: &str) -> usize {
    let mut inside = text[1..].chars();
    match (inside.next(), inside.next()) {
        (Some('\\'), _) => literal(text, '\''),
        (Some(only), Some('\'')) => 2 + only.len_utf8(),
        _ => 1,
    }
}

/// The length of `r#"…"#`; of `r#name`, its first two bytes.
fn raw_literal(text: &str) -> usize {
    let Some(open) = text.find('"') else { return 2 };
    let hashes = text[..open].trim_start_matches(['b', 'r']);
    if hashes.bytes().any(|byte| byte != b'#') {
        return 2;
    }
    let close = format!("\"{hashes}");
    let inside = open + 1;
    text[inside..].find(&close).map_or(text.len(), |at| inside + at + close.len())
}
