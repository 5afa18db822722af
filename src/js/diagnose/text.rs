//! Quotes from a source text.

use boa_engine::ast::Position;

use super::outline::Range;
use crate::limits::QUOTE_CHARACTERS;

/// A source text by lines.
pub(super) struct Text<'a> {
    lines: Vec<&'a str>,
}

impl<'a> Text<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        Self { lines: source.split('\n').map(|line| line.trim_end_matches('\r')).collect() }
    }

    pub(super) fn line(&self, number: u32) -> &'a str {
        let index = usize::try_from(number).unwrap_or(usize::MAX).saturating_sub(1);
        self.lines.get(index).copied().unwrap_or_default()
    }

    /// What stands there, in one line, and not too long.
    pub(super) fn quote(&self, range: Range) -> String {
        let (first, last) = (range.start.line_number(), range.end.line_number());
        let mut words = String::new();
        for number in first..=last {
            let line = self.line(number);
            let end = if number == last { column(line, range.end) } else { line.len() };
            let start = if number == first { column(line, range.start) } else { 0 };
            let piece = line.get(start..end).unwrap_or_default();
            if number > first && !piece.trim_start().starts_with(['.', '?', ')', ']']) {
                words.push(' ');
            }
            words.push_str(piece.trim());
            if words.chars().count() > QUOTE_CHARACTERS {
                break;
            }
        }
        // The engine's span of `object[key]` ends before its bracket.
        let rest = self.line(last);
        let rest = rest.get(column(rest, range.end)..).unwrap_or_default();
        let gap = rest.len() - rest.trim_start().len();
        let (opened, closed) = (words.matches('[').count(), words.matches(']').count());
        if rest[gap..].starts_with(']') && opened > closed {
            words.push_str(&rest[..=gap]);
        }
        shortened(&without_gaps(words))
    }
}

/// A quote without the spaces that types of TypeScript have left in it.
fn without_gaps(words: String) -> String {
    if !words.contains("  ") {
        return words;
    }
    let joined = words.split_whitespace().collect::<Vec<_>>().join(" ");
    [")", "]", ".", ",", "("]
        .iter()
        .fold(joined, |joined, sign| joined.replace(&format!(" {sign}"), sign))
}

/// Where a position is in its line, in bytes.
fn column(line: &str, position: Position) -> usize {
    let skipped = usize::try_from(position.column_number()).unwrap_or(usize::MAX).saturating_sub(1);
    line.char_indices().nth(skipped).map_or(line.len(), |(at, _)| at)
}

/// The text, with an ellipsis in the middle where it is too long: its end says most.
pub(super) fn shortened(text: &str) -> String {
    let count = text.chars().count();
    if count <= QUOTE_CHARACTERS {
        return text.to_owned();
    }
    let half = QUOTE_CHARACTERS / 2;
    let head: String = text.chars().take(half).collect();
    let tail: String = text.chars().skip(count - half).collect();
    format!("{head}…{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_one_line_and_not_long() {
        let text = Text::new("const a = list\n  .map(f)\n  .join();\n");
        let range = |start: (u32, u32), end: (u32, u32)| Range {
            start: Position::new(start.0, start.1),
            end: Position::new(end.0, end.1),
        };
        assert_eq!(text.quote(range((1, 11), (3, 10))), "list.map(f).join()");
        assert_eq!(text.quote(range((1, 1), (1, 6))), "const");
        assert_eq!(text.quote(range((9, 1), (9, 6))), "");
        let text = Text::new("list[at]();\nf([o[ a[0] ]]);");
        assert_eq!(text.quote(range((1, 1), (1, 8))), "list[at]");
        assert_eq!(text.quote(range((2, 4), (2, 11))), "o[ a[0] ]");
        assert_eq!(text.quote(range((1, 6), (1, 8))), "at");
        let text = Text::new("(user        ).name      .first         (a      , b)");
        assert_eq!(text.quote(range((1, 1), (1, 60))), "(user).name.first(a, b)");
        let long = "x".repeat(500);
        assert!(shortened(&long).chars().count() <= QUOTE_CHARACTERS + 1);
    }
}
