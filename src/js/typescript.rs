//! TypeScript: its types become spaces, so that the rest is JavaScript and each place in it is where
//! it was. Nothing is checked, and nothing is translated: what needs a translation is refused, at its
//! place, with what to write instead.
//!
//! As in Node.js, files in `node_modules` are refused: packages publish JavaScript.

use std::borrow::Cow;
use std::path::Path;

use super::load_error::Failure;
use super::module_file::{is_in_package, read_text};
use super::using;

/// Whether a file is TypeScript, by its ending.
pub(super) fn is_typescript(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "ts" || ending == "mts" || ending == "cts")
}

/// The JavaScript in a text, if the file at the path is TypeScript; any other text as it is.
pub(super) fn javascript<'a>(path: &Path, text: &'a str) -> Result<Cow<'a, str>, Failure> {
    if !is_typescript(path) {
        using::check(path, text)?;
        return Ok(Cow::Borrowed(text));
    }
    if is_in_package(path) {
        return Err(Failure::Coded {
            code: "ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING",
            message: format!(
                "{} is TypeScript in node_modules: a package has to publish JavaScript, and types \
                 beside it in .d.ts files; compile it, or link to it from outside of node_modules",
                path.display()
            ),
        });
    }
    let stripped = strip(path, text)?;
    using::check(path, &stripped)?;
    Ok(Cow::Owned(stripped))
}

/// The JavaScript in a file that was imported.
pub(super) fn read_javascript(path: &Path, referrer: Option<&Path>) -> Result<String, Failure> {
    let text = read_text(path, referrer)?;
    let stripped = match javascript(path, &text)? {
        Cow::Borrowed(_) => None,
        Cow::Owned(stripped) => Some(stripped),
    };
    Ok(stripped.unwrap_or(text))
}

#[cfg(feature = "typescript")]
fn strip(path: &Path, text: &str) -> Result<String, Failure> {
    super::nesting::check_typescript(path, text)?;
    super::strip_types::strip(text).map_err(|refusal| Failure::Syntax {
        code: refusal.code(),
        message: refusal.message,
        path: path.to_owned(),
        place: refusal.place,
    })
}

#[cfg(not(feature = "typescript"))]
fn strip(path: &Path, _: &str) -> Result<String, Failure> {
    Err(Failure::Coded {
        code: "ERR_NO_TYPESCRIPT",
        message: format!(
            "{} is TypeScript, and this krandog was built without the feature typescript",
            path.display()
        ),
    })
}
