//! How deep brackets nest in a source text that a script made.
//!
//! The engine's parser calls itself for each level, on the native stack, and has no limit. What a
//! program builds for `eval` or `new Function` may nest without end.

use boa_engine::{JsResult, JsString};

use super::error::range_error;
use crate::limits::SOURCE_NESTING_MAX;

/// A `RangeError` if brackets nest deeper in `source` than the parser can bear.
pub(super) fn check(source: &JsString) -> JsResult<()> {
    // Brackets in strings and comments count only where there are so many that it matters.
    if depth(source.iter()) <= SOURCE_NESTING_MAX
        || depth(Code::of(source.iter())) <= SOURCE_NESTING_MAX
    {
        return Ok(());
    }
    Err(range_error(format!(
        "the source text is nested too deeply: more than {SOURCE_NESTING_MAX} brackets inside of \
         each other"
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

/// The units of a source text that are not in a string or a comment. Regular expressions and the
/// text of templates are taken for code.
struct Code<I: Iterator> {
    units: std::iter::Peekable<I>,
}

impl<I: Iterator<Item = u16>> Code<I> {
    fn of(units: I) -> Self {
        Self { units: units.peekable() }
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
    fn brackets_side_by_side_and_in_strings_are_not() {
        let many = "(".repeat(SOURCE_NESTING_MAX + 1);
        assert!(!is_refused(&"[()]{}".repeat(SOURCE_NESTING_MAX)));
        assert!(!is_refused(&format!("'{many}\\'{many}'")));
        assert!(!is_refused(&format!("\"{many}\"")));
        assert!(!is_refused(&format!("// {many}\n1")));
        assert!(!is_refused(&format!("/* {many}\n*/ 1")));
    }
}
