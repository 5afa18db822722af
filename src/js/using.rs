//! Declarations with `using`, which Boa 0.22 takes and gets wrong: at the end of a block it disposes
//! of nothing, and in a function the process ends. So a file that has one is refused.
//!
//! No other grammar has `using`, a name and `=` in a row. What is in a regular expression is taken for
//! code.

use std::path::Path;

use super::load_error::Failure;
use super::words::next_outside_of_text;

const WORD: &str = "using";

/// Refuses the file at a path if its text has such a declaration.
pub(super) fn check(path: &Path, text: &str) -> Result<(), Failure> {
    let Some(at) = declaration(text) else { return Ok(()) };
    let line_start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let line = text[..at].matches('\n').count() + 1;
    let column = text[line_start..at].encode_utf16().count() + 1;
    Err(Failure::Syntax {
        code: "ERR_UNSUPPORTED_SYNTAX",
        message: "the engine cannot declare with using: write const, and try { … } finally { … } \
                  that calls [Symbol.dispose]()"
            .to_owned(),
        path: path.to_owned(),
        place: (line, column),
    })
}

/// Where the first one is.
fn declaration(text: &str) -> Option<usize> {
    memchr::memmem::find(text.as_bytes(), WORD.as_bytes())?;
    let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '$' | '\\');
    let mut start = 0;
    loop {
        let at = start + next_outside_of_text(&text[start..], WORD)?;
        start = at + WORD.len();
        let before = text[..at].trim_end().chars().next_back();
        if text[..at].ends_with(is_part) || before == Some('.') {
            continue;
        }
        let rest = &text[start..];
        let name = rest.trim_start_matches([' ', '\t']);
        let end = name.find(|letter| !is_part(letter)).unwrap_or(name.len());
        let after = name[end..].trim_start();
        let is_assigned =
            after.starts_with('=') && !after.starts_with("==") && !after.starts_with("=>");
        let is_of =
            after.strip_prefix("of").is_some_and(|rest| rest.starts_with(char::is_whitespace));
        if name.len() < rest.len() && end > 0 && (is_assigned || is_of) && name[..end] != *"of" {
            return Some(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::declaration;

    #[test]
    fn declarations_are_found() {
        for (text, at) in [
            ("using x = f();", 0),
            ("{\n  await using file = open();\n}", 10),
            ("for (using x of all) {}", 5),
            ("f(`using`); using\ty\n= 1", 12),
        ] {
            assert_eq!(declaration(text), Some(at), "{text}");
        }
    }

    #[test]
    fn other_uses_of_the_word_are_none() {
        for text in [
            "const using = 1; using = 2",
            "a.using = using; x.using (y)",
            "// using x = 1\n'using x = 1'; `using x = 1`; /* using x = 1 */",
            "reusing x = 1",
            "using\nx = 1",
            "for (using of of) {}",
            "f(using, x == 1); using instanceof X; using in y; a(using => x)",
            "usings x = 1",
        ] {
            assert_eq!(declaration(text), None, "{text}");
        }
    }
}
