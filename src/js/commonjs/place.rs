//! Places in CommonJS files. The engine gets a file as the body of a function that begins on its first
//! line, so its columns there are too large.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashSet;
use std::path::Path;

/// What stands in front of the text, on its first line.
pub(super) const HEAD: &str = "(function (exports, require, module, __filename, __dirname) { ";

thread_local! {
    /// The files that were compiled.
    static COMPILED: RefCell<HashSet<String>> = RefCell::default();
}

/// A file is compiled.
pub(super) fn note(path: &Path) {
    COMPILED.with_borrow_mut(|files| files.insert(path.to_string_lossy().into_owned()));
}

/// A place as the engine has it, `path:line:column`, as it is in the file: the first line of the
/// function around it is longer.
pub(in crate::js) fn in_file(place: &str) -> Cow<'_, str> {
    let shifted = || {
        let (path, column) = place.rsplit_once(':')?;
        let path = path.strip_suffix(":1")?;
        COMPILED.with_borrow(|files| files.contains(path).then_some(()))?;
        let column = column.parse::<usize>().ok()?.checked_sub(HEAD.len())?;
        Some(format!("{path}:1:{}", column.max(1)))
    };
    shifted().map_or(Cow::Borrowed(place), Cow::Owned)
}
