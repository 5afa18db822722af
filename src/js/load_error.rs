//! What goes wrong when a module is loaded, pointed at the line and the column that are to blame.

use std::path::{Path, PathBuf};

use boa_engine::{Context, JsError, JsNativeError};

use super::commonjs::place::in_file;
use super::diagnose::{Complaint, complaint};
use super::error::{coded_syntax_error, node_error, type_error};
use super::packages::error::ResolveError;
use super::packages::resolve::Asker;
use super::stack::set_own;

/// Why a module cannot be loaded.
pub(super) enum Failure {
    /// What the engine or the file itself has thrown.
    Thrown(JsError),
    /// With the code that it has in Node.js.
    Coded { code: &'static str, message: String },
    /// A text that is not what its file should be, at this line and column.
    #[cfg_attr(
        not(feature = "typescript"),
        expect(dead_code, reason = "only the stripper of types finds one")
    )]
    Syntax { code: &'static str, message: String, path: PathBuf, place: (usize, usize) },
}

impl From<JsError> for Failure {
    fn from(error: JsError) -> Self {
        Self::Thrown(error)
    }
}

impl From<ResolveError> for Failure {
    fn from(error: ResolveError) -> Self {
        Self::Coded { code: error.code(), message: error.to_string() }
    }
}

impl Failure {
    /// There is nothing that this specifier means.
    pub(super) fn not_found(specifier: &str, why: &str) -> Self {
        let message = format!("cannot find module '{specifier}': {why}");
        Self::Coded { code: "ERR_MODULE_NOT_FOUND", message }
    }

    /// There is something, and it is not what it should be.
    pub(super) fn wrong(message: String) -> Self {
        Self::Thrown(type_error(message))
    }

    /// The exception. `require` has another code for what does not exist.
    pub(super) fn into_error(self, asker: Asker, context: &mut Context) -> JsError {
        match self {
            Self::Thrown(error) => error,
            Self::Coded { code: "ERR_MODULE_NOT_FOUND", message } if asker == Asker::Require => {
                node_error("MODULE_NOT_FOUND", message, context)
            }
            Self::Coded { code, message } => node_error(code, message, context),
            Self::Syntax { code, message, path, place: (line, column) } => {
                let error = coded_syntax_error(code, message, context);
                at_place(error, &format!("{}:{line}:{column}", path.display()), context)
            }
        }
    }
}

/// Turns a complaint of the parser, which knows only line and column, into a `SyntaxError` whose
/// stack names the file.
pub(super) fn syntax_error(
    error: JsError,
    path: &Path,
    text: &str,
    context: &mut Context,
) -> JsError {
    let Some(message) = error.as_native().map(|native| native.message().to_owned()) else {
        return error;
    };
    let (message, place) = match located(&message) {
        Some((message, line, column)) => (message, Some((line, column))),
        None => (message.as_str(), None),
    };
    let Complaint { message, place } = complaint(message, place, text);
    let native = JsNativeError::syntax().with_message(message);
    let name = path.file_name().map(|name| name.to_string_lossy());
    let path = match name.as_deref() {
        Some(name @ ("[eval]" | "[stdin]")) => name.to_owned(),
        _ => path.display().to_string(),
    };
    let at = match place {
        Some((line, column)) => format!("{path}:{line}:{column}"),
        None => path,
    };
    at_place(native.into(), &in_file(&at), context)
}

/// A JSON module that is none: the reason, in the file.
pub(super) fn json_error(error: &JsError, path: &Path, context: &mut Context) -> JsError {
    let text = error.as_native().map(|native| native.message().to_owned()).unwrap_or_default();
    let (reason, line, column) = text
        .rsplit_once(" at line ")
        .and_then(|(reason, place)| {
            let (line, column) = place.split_once(" column ")?;
            Some((reason, line.parse().ok()?, column.parse().ok()?))
        })
        .unwrap_or((text.as_str(), 1, 1));
    let path = path.display().to_string();
    let message = format!("{path} is not valid JSON: {reason}");
    let error = JsNativeError::syntax().with_message(message).into();
    at_place(error, &format!("{path}:{line}:{column}"), context)
}

/// Points an error of the loader at the import in `referrer` that asked for `specifier`.
pub(super) fn import_error(
    failure: Failure,
    referrer: Option<&Path>,
    specifier: &str,
    context: &mut Context,
) -> JsError {
    let is_ours = match &failure {
        Failure::Coded { .. } => true,
        Failure::Thrown(error) => error.as_native().is_some(),
        Failure::Syntax { .. } => false,
    };
    let error = failure.into_error(Asker::Import, context);
    let place = referrer.filter(|_| is_ours).and_then(|path| {
        let source = std::fs::read_to_string(path).ok()?;
        let (line, column) = literal_import(&source, specifier).or_else(|| import_call(&source))?;
        Some(format!("{}:{line}:{column}", path.display()))
    });
    match place {
        Some(place) => at_place(error, &place, context),
        None => error,
    }
}

/// Where a specifier is written out.
fn literal_import(source: &str, specifier: &str) -> Option<(usize, usize)> {
    source.lines().enumerate().find_map(|(index, line)| {
        let word = line.contains("import") || line.contains("from");
        let at =
            ['\'', '"'].iter().find_map(|quote| line.find(&format!("{quote}{specifier}{quote}")));
        at.filter(|_| word).map(|at| (index + 1, line[..at].chars().count() + 1))
    })
}

/// The one call of `import` whose specifier is made when it runs.
fn import_call(source: &str) -> Option<(usize, usize)> {
    let mut calls = source.lines().enumerate().flat_map(|(index, line)| {
        let calls = line.match_indices("import(").filter(|(at, _)| {
            let after = line[at + "import(".len()..].trim_start();
            !after.starts_with(['\'', '"'])
        });
        calls.map(move |(at, _)| (index + 1, line[..at].chars().count() + 1))
    });
    let first = calls.next()?;
    calls.next().is_none().then_some(first)
}

fn at_place(error: JsError, place: &str, context: &mut Context) -> JsError {
    let Ok(value) = error.clone().into_opaque(context) else { return error };
    let Some(object) = value.as_object() else { return error };
    let Ok(native) = error.try_native(context) else { return error };
    let header = format!("{}: {}", native.kind(), native.message());
    let stack = format!("{header}\n    at {place}");
    match set_own(&object, &stack, context) {
        Ok(()) => JsError::from_opaque(object.into()),
        Err(_) => error,
    }
}

/// Splits `message at line 3, col 7`.
fn located(message: &str) -> Option<(&str, usize, usize)> {
    let (text, place) = message.rsplit_once(" at line ")?;
    let (line, column) = place.split_once(", col ")?;
    Some((text, line.parse().ok()?, column.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn located_takes_the_place_off_the_message() {
        let message = "expected token ';', got 'x' in statement at line 3, col 17";
        let text = "expected token ';', got 'x' in statement";
        assert_eq!(located(message), Some((text, 3, 17)));
        assert_eq!(located("abrupt end"), None);
    }
}
