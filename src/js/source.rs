//! The source texts of a program, for what is said about them.

use std::borrow::Cow;
use std::path::Path;

use boa_engine::Context;

use super::stack::Place;
use super::typescript::javascript;
use crate::limits::EXCERPT_COLUMNS;

/// The text of a program that came from no file; `Context` data.
pub struct ProgramText {
    /// `[eval]` or `[stdin]`.
    pub name: String,
    /// The source.
    pub text: String,
}

impl ProgramText {
    /// `path` is where the program pretends to be: a directory and `[eval]` or `[stdin]`.
    pub fn new(path: &Path, text: &str) -> Self {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        Self { name: name.unwrap_or_default(), text: text.to_owned() }
    }
}

/// `path:line`, the source line, and a caret under the column.
pub(super) fn excerpt(place: &Place, context: &Context) -> Option<String> {
    let source = written(&place.path, context).filter(|_| place.known)?;
    let line = source.lines().nth(place.line.checked_sub(1)?)?;
    let column = place.column.saturating_sub(1);
    let start = column.saturating_sub(EXCERPT_COLUMNS - 20);
    let shown: String = line.chars().skip(start).take(EXCERPT_COLUMNS).collect();
    let margin: String = shown
        .chars()
        .take(column - start)
        .map(|character| if character == '\t' { '\t' } else { ' ' })
        .collect();
    Some(format!("{}:{}\n{shown}\n{margin}^\n", place.path, place.line))
}

/// Whether the body of a function begins there, or a constructor: no expression that can throw. The
/// engine puts there what it has no position for, such as `super(…)`.
pub(super) fn begins_function(place: &Place, context: &Context) -> bool {
    let source = source_of(&place.path, context).filter(|_| place.known).unwrap_or_default();
    let line = source.lines().nth(place.line.saturating_sub(1)).unwrap_or_default();
    let rest: String = line.chars().skip(place.column.saturating_sub(1)).collect();
    rest.starts_with('{') || rest.starts_with("constructor")
}

/// The JavaScript at a path, or that of the program that came from no file. Where it was
/// TypeScript, every place in it is still the same.
pub(super) fn source_of(path: &str, context: &Context) -> Option<String> {
    let text = written(path, context)?;
    let stripped = match javascript(Path::new(path), &text).ok()? {
        Cow::Borrowed(_) => None,
        Cow::Owned(stripped) => Some(stripped),
    };
    Some(stripped.unwrap_or(text))
}

/// The text at a path as somebody has written it.
fn written(path: &str, context: &Context) -> Option<String> {
    match context.get_data::<ProgramText>() {
        Some(program) if Path::new(path).file_name().is_some_and(|name| *name == *program.name) => {
            Some(program.text.clone())
        }
        _ => std::fs::read_to_string(path).ok(),
    }
}
