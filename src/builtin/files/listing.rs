//! A page with the names in a folder.

use std::fs::{DirEntry, FileType};
use std::io;
use std::path::Path;

use crate::limits::LISTING_ENTRIES_MAX;

/// The page of a folder inside of `root` whose path has these segments.
pub(super) fn page(
    root: &Path,
    folder: &Path,
    segments: &[String],
    dotfiles: bool,
) -> io::Result<String> {
    let mut names = Vec::new();
    let mut is_cut = false;
    for entry in folder.read_dir()? {
        let entry = entry?;
        let Ok(mut name) = entry.file_name().into_string() else { continue };
        if name.starts_with('.') && !dotfiles || name.contains('\\') {
            continue;
        }
        // What nobody gets, such as what is outside, is not named either.
        let Some(kind) = kind(root, &entry)? else { continue };
        if !kind.is_dir() && !kind.is_file() {
            continue;
        }
        if names.len() == LISTING_ENTRIES_MAX {
            is_cut = true;
            break;
        }
        if kind.is_dir() {
            name.push('/');
        }
        names.push(name);
    }
    names.sort_unstable_by_key(|name| (!name.ends_with('/'), name.clone()));
    let title = escaped(&format!("/{}", segments.join("/")));
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width\">\n<title>{title}</title>\n<h1>{title}</h1>\n<ul>\n"
    );
    if !segments.is_empty() {
        page.push_str("<li><a href=\"../\">../</a>\n");
    }
    for name in names {
        let (href, shown) = (encoded(&name), escaped(&name));
        page.extend(["<li><a href=\"./", &href, "\">", &shown, "</a>\n"]);
    }
    page.push_str("</ul>\n");
    if is_cut {
        page.push_str("<p>There are more.\n");
    }
    Ok(page)
}

/// What a name stands for: of a link, what it leads to, if that is there and inside.
fn kind(root: &Path, entry: &DirEntry) -> io::Result<Option<FileType>> {
    let kind = entry.file_type()?;
    if !kind.is_symlink() {
        return Ok(Some(kind));
    }
    let target = entry.path().canonicalize().ok().filter(|target| target.starts_with(root));
    Ok(target.and_then(|target| target.metadata().ok()).map(|metadata| metadata.file_type()))
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            character => escaped.push(character),
        }
    }
    escaped
}

/// A name as a segment of a URL.
pub(super) fn encoded(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/!$'()*+,;=:@".contains(&byte) {
            text.push(char::from(byte));
        } else {
            let digit = |half: u8| char::from(b"0123456789ABCDEF"[usize::from(half)]);
            text.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_text_and_not_markup() {
        assert_eq!(escaped("<a href=\"&\">"), "&lt;a href=&quot;&amp;&quot;&gt;");
        assert_eq!(encoded("a b?#%<\">ü/"), "a%20b%3F%23%25%3C%22%3E%C3%BC/");
    }
}
