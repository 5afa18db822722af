//! The text of a CommonJS file as the engine gets it: the body of a function.

use std::path::Path;

use boa_engine::{Context, JsResult, JsValue, Script, Source};

use super::place::{HEAD, note};
use crate::js::frame;
use crate::js::load_error::syntax_error;
use crate::js::nesting;
use crate::js::utf16::utf16;
use crate::js::words::next_outside_of_text;

const TAIL: &str = "\n})";

/// The text of the function around a file.
pub(super) fn wrapped(text: &str) -> String {
    // A line that names the interpreter is for whoever starts the file.
    let comment = if text.starts_with("#!") { "//" } else { "" };
    format!("{HEAD}{comment}{text}{TAIL}")
}

/// Makes the function of a file.
pub(in crate::js) fn compile(path: &Path, text: &str, context: &mut Context) -> JsResult<JsValue> {
    nesting::check_file(path, text)?;
    note(path);
    let source = wrapped(text);
    let script = match parse(path, &source, context) {
        Ok(script) => script,
        Err(error) => {
            // Boa 0.22 has no variables of this name, and rxjs has.
            let renamed = rename_using(&source).map(|source| parse(path, &source, context));
            let Some(Ok(script)) = renamed else {
                return Err(syntax_error(error, path, &source, context));
            };
            script
        }
    };
    frame::within(move |context| script.evaluate(context), context)
}

fn parse(path: &Path, source: &str, context: &mut Context) -> JsResult<Script> {
    Script::parse(Source::from_utf16(&utf16(source)).with_path(path), None, context)
}

/// The source with variables that are called `using` by another name of the same length; `None` if
/// there are none. Names of properties stay as they are.
fn rename_using(source: &str) -> Option<String> {
    const WORD: &str = "using";
    let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '$' | '\\');
    let mut renamed = String::with_capacity(source.len() + 16);
    let mut rest = source;
    let mut found = false;
    while let Some(at) = next_outside_of_text(rest, WORD) {
        let (before, after) = (&rest[..at], &rest[at + WORD.len()..]);
        let all_before = || renamed.trim_end().chars().next_back();
        let last = before.trim_end().chars().next_back().or_else(all_before);
        let is_word = !before.ends_with(is_part) && !after.starts_with(is_part);
        let is_property = last == Some('.') || after.trim_start().starts_with(':');
        renamed.push_str(before);
        renamed.push_str(if is_word && !is_property { "usin\u{261}" } else { WORD });
        found |= is_word && !is_property;
        rest = after;
    }
    renamed.push_str(rest);
    found.then_some(renamed)
}

#[cfg(test)]
mod tests {
    use super::rename_using;

    #[test]
    fn variables_called_using_get_another_name() {
        let renamed = |source: &str| rename_using(source).map(|text| text.replace('\u{261}', "G"));
        let is = |source: &str, wanted: &str| assert_eq!(renamed(source).as_deref(), Some(wanted));
        is("exports.using = using; // using", "exports.using = usinG; // using");
        is(
            "function using() {} /* using */ a('using')",
            "function usinG() {} /* using */ a('using')",
        );
        assert_eq!(renamed("a.using({ using: 1, reusing, 'x': \"using\" })"), None);
    }
}
