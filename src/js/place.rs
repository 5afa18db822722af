//! Where in a script something stands: the call that led into a native, and a function's text.

use boa_engine::Context;

use super::source::source_of;
use super::stack::{Place, is_internal, shown};

/// The call of a script that led here, through whatever of the runtime is in between.
pub fn caller(context: &Context) -> Option<Place> {
    context.stack_trace().find_map(|frame| {
        let location = frame.position();
        let path = location.path.to_string();
        if is_internal(&path) {
            return None;
        }
        let position = location.position?;
        Some(Place {
            path: shown(&path).to_owned(),
            line: position.line_number() as usize,
            column: position.column_number() as usize,
            known: true,
        })
    })
}

/// Where a function of this text begins in the file of a place. `None` when the file has no such
/// text, or more than one.
pub fn of_function(text: &str, file: &Place, context: &Context) -> Option<Place> {
    let source = source_of(&file.path, context)?;
    let mut found = source.match_indices(text).map(|(at, _)| at);
    let (at, None) = (found.next()?, found.next()) else { return None };
    let before = &source[..at];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    Some(Place {
        path: file.path.clone(),
        line: before.matches('\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
        known: true,
    })
}
