//! How deep a source text nests.
//!
//! The engine's parser and its compiler call themselves for each level, on the native stack, and have
//! no limit. What a program builds for `eval` or `new Function` may nest without end: by brackets,
//! or by a chain without any, such as `!!!x`, `if (a) if (b) …` and `1 + 1 + …`.

use std::path::Path;

use boa_engine::{JsResult, JsString};

use super::error::range_error;
#[cfg(feature = "typescript")]
use crate::limits::TYPESCRIPT_NESTING_MAX;
use crate::limits::{SOURCE_CHAIN_MAX, SOURCE_CHAIN_PER_BRACKET, SOURCE_NESTING_MAX};

/// A `RangeError` if `source`, which a script has made, nests deeper than the engine can bear.
pub(super) fn check(source: &JsString) -> JsResult<()> {
    check_brackets("the source text", SOURCE_NESTING_MAX, source.iter())?;
    let (brackets, chain) = (depth(source.iter()), source.len());
    // Only a long text needs a second look.
    if is_too_long(brackets, chain) && has_long_chain(Code::of(source.iter())) {
        return Err(range_error(format!(
            "the source text is nested too deeply: an expression or a statement of more than \
             {SOURCE_CHAIN_MAX} parts"
        )));
    }
    Ok(())
}

/// The same for a file, of which only the brackets are looked at.
pub(super) fn check_file(path: &Path, source: &str) -> JsResult<()> {
    if source.len() <= SOURCE_NESTING_MAX {
        return Ok(());
    }
    check_brackets(&path.to_string_lossy(), SOURCE_NESTING_MAX, source.bytes().map(u16::from))
}

/// The same for a file of TypeScript, whose parser needs more of the stack.
#[cfg(feature = "typescript")]
pub(super) fn check_typescript(path: &Path, source: &str) -> JsResult<()> {
    check_brackets(&path.to_string_lossy(), TYPESCRIPT_NESTING_MAX, source.bytes().map(u16::from))
}

fn check_brackets(
    what: &str,
    most: usize,
    units: impl Iterator<Item = u16> + Clone,
) -> JsResult<()> {
    // Brackets in strings and comments count only where there are so many that it matters.
    if depth(units.clone()) <= most || depth(Code::of(units)) <= most {
        return Ok(());
    }
    Err(range_error(format!(
        "{what} is nested too deeply: more than {most} brackets inside of each other"
    )))
}

/// How many brackets are open at once.
fn depth(units: impl Iterator<Item = u16>) -> usize {
    let (mut open, mut deepest) = (0_usize, 0);
    for unit in units {
        match u8::try_from(unit) {
            Ok(b'(' | b'[' | b'{') => {
                open += 1;
                deepest = deepest.max(open);
            }
            Ok(b')' | b']' | b'}') => open = open.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

fn is_too_long(brackets: usize, chain: usize) -> bool {
    brackets * SOURCE_CHAIN_PER_BRACKET + chain > SOURCE_CHAIN_MAX
}

/// Whether the words and signs are too many that may belong to each other: those since the last `;`
/// or `,`, and those before each bracket that is open.
fn has_long_chain(units: impl Iterator<Item = u16>) -> bool {
    let mut outer = Vec::new();
    // Of the levels around this one, and of this one.
    let (mut around, mut here) = (0, 0);
    let mut in_word = false;
    for unit in units {
        let was_in_word = std::mem::replace(&mut in_word, false);
        match u8::try_from(unit) {
            Ok(b'(' | b'[' | b'{') => {
                outer.push(here);
                around += here;
                here = 0;
            }
            Ok(b')' | b']' | b'}') => {
                here = outer.pop().unwrap_or_default();
                around -= here;
            }
            Ok(b';' | b',') => here = 0,
            Ok(unit) if unit.is_ascii_whitespace() => {}
            Ok(unit) if unit.is_ascii_punctuation() && !matches!(unit, b'_' | b'$') => here += 1,
            _ => {
                in_word = true;
                here += usize::from(!was_in_word);
            }
        }
        if is_too_long(outer.len(), around + here) {
            return true;
        }
    }
    false
}

/// The units of a source text that are not in a string, a comment or the text of a template. Regular
/// expressions are taken for code.
struct Code<I: Iterator> {
    units: std::iter::Peekable<I>,
    /// Braces that are open.
    braces: usize,
    /// How many are where a template goes on.
    templates: Vec<usize>,
}

impl<I: Iterator<Item = u16>> Code<I> {
    fn of(units: I) -> Self {
        Self { units: units.peekable(), braces: 0, templates: Vec::new() }
    }

    /// Skips a string, to its quote or the end of its line.
    fn skip_string(&mut self, quote: u16) {
        while let Some(unit) = self.units.next() {
            if unit == u16::from(b'\\') {
                self.units.next();
            } else if unit == quote || unit == u16::from(b'\n') {
                return;
            }
        }
    }

    /// Skips the text of a template, to its end or up to its next expression.
    fn skip_template(&mut self) {
        while let Some(unit) = self.units.next() {
            match u8::try_from(unit) {
                Ok(b'\\') => drop(self.units.next()),
                Ok(b'`') => return,
                Ok(b'$') if self.units.peek() == Some(&u16::from(b'{')) => {
                    return self.templates.push(self.braces);
                }
                _ => {}
            }
        }
    }

    fn skip_comment(&mut self, is_block: bool) {
        let mut before = 0;
        for unit in self.units.by_ref() {
            let ends = if is_block {
                (before, unit) == (u16::from(b'*'), u16::from(b'/'))
            } else {
                unit == u16::from(b'\n')
            };
            if ends {
                return;
            }
            before = unit;
        }
    }
}

impl<I: Iterator<Item = u16>> Iterator for Code<I> {
    type Item = u16;

    fn next(&mut self) -> Option<u16> {
        loop {
            let unit = self.units.next()?;
            match u8::try_from(unit) {
                Ok(b'"' | b'\'') => self.skip_string(unit),
                Ok(b'`') => self.skip_template(),
                Ok(b'{') => {
                    self.braces += 1;
                    return Some(unit);
                }
                Ok(b'}') => {
                    self.braces = self.braces.saturating_sub(1);
                    if self.templates.pop_if(|braces| *braces == self.braces).is_some() {
                        self.skip_template();
                    }
                    return Some(unit);
                }
                Ok(b'/') => match self.units.peek().and_then(|unit| u8::try_from(*unit).ok()) {
                    Some(second @ (b'*' | b'/')) => {
                        self.units.next();
                        self.skip_comment(second == b'*');
                    }
                    _ => return Some(unit),
                },
                _ => return Some(unit),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use boa_engine::js_string;

    use super::*;

    fn is_refused(source: &str) -> bool {
        check(&js_string!(source)).is_err()
    }

    #[test]
    fn brackets_that_nest_too_deeply_are_refused() {
        let deep = SOURCE_NESTING_MAX;
        for (open, close) in [("(", ")"), ("[", "]"), ("{", "}"), ("`${", "}`"), ("f({a:[", "]})")]
        {
            let levels = deep / open.chars().filter(|unit| "([{".contains(*unit)).count();
            assert!(!is_refused(&(open.repeat(levels) + &close.repeat(levels))), "{open}");
            assert!(is_refused(&(open.repeat(levels + 1) + &close.repeat(levels + 1))), "{open}");
        }
        assert!(is_refused(&("/* ' */ // \"\n".to_owned() + &"[".repeat(deep + 1))));
    }

    #[test]
    fn a_chain_without_brackets_is_refused() {
        for (part, parts) in [
            ("!", 1),
            ("await ", 1),
            ("1+", 2),
            ("a=", 2),
            ("if(x)", 1),
            ("if (x) {} else ", 2),
            ("x=>", 3),
            ("for (;0;) ", 1),
            (".a", 2),
            ("'a'+", 1),
            ("`a, ${1}`+", 1),
        ] {
            let fits = SOURCE_CHAIN_MAX / parts - 2 * SOURCE_CHAIN_PER_BRACKET;
            assert!(!is_refused(&format!("{}1", part.repeat(fits))), "{part}");
            let many = SOURCE_CHAIN_MAX / parts + 1;
            assert!(is_refused(&format!("{}1", part.repeat(many))), "{part}");
            // Wherever it goes on in brackets.
            let half = part.repeat(many / 2);
            assert!(is_refused(&format!("{half}({half}({half}1))")), "{part}");
        }
    }

    #[test]
    fn a_long_text_is_not() {
        let many = SOURCE_CHAIN_MAX;
        assert!(!is_refused(&"f(a + 1);\n".repeat(many)));
        assert!(!is_refused(&format!("[{}]", "1 + 1, ".repeat(many))));
        assert!(!is_refused(&format!("f`{} ${{`{0}`}} {0}`", "some words ".repeat(many))));
        assert!(!is_refused(&format!("'{}'", "some words ".repeat(many))));
        assert!(!is_refused(&"function f() { return a }\n".repeat(many / 10)));
    }

    #[test]
    fn brackets_side_by_side_and_in_strings_are_not() {
        let many = "(".repeat(SOURCE_NESTING_MAX + 1);
        assert!(!is_refused(&"[()]{}".repeat(SOURCE_NESTING_MAX)));
        assert!(!is_refused(&format!("'{many}\\'{many}'")));
        assert!(!is_refused(&format!("\"{many}\"")));
        assert!(!is_refused(&format!("// {many}\n1")));
        assert!(!is_refused(&format!("/* {many}\n*/ 1")));
    }
}
