//! The tokens of a source text that has a syntax error: enough to see how it was meant. Nothing
//! depends on it but messages.

use std::iter::Peekable;
use std::str::CharIndices;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name or a keyword.
    Word,
    Number,
    String,
    Template,
    Regex,
    Punctuator,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind,
    pub(super) text: &'a str,
    /// From 1.
    pub(super) line: usize,
    /// From 1, in characters.
    pub(super) column: usize,
    /// Whether a string, a template or a regular expression has no end.
    pub(super) open: bool,
}

impl Token<'_> {
    pub(super) fn is(&self, text: &str) -> bool {
        self.text == text && matches!(self.kind, Kind::Word | Kind::Punctuator)
    }

    pub(super) fn place(&self) -> (usize, usize) {
        (self.line, self.column)
    }
}

/// Splits a source text; comments are left out.
pub(super) fn tokens(source: &str) -> Vec<Token<'_>> {
    let mut scanner =
        Scanner { source, characters: source.char_indices().peekable(), line: 1, column: 1 };
    let mut tokens: Vec<Token<'_>> = Vec::new();
    while let Some(token) = scanner.token(tokens.last()) {
        tokens.push(token);
    }
    tokens
}

struct Scanner<'a> {
    source: &'a str,
    characters: Peekable<CharIndices<'a>>,
    line: usize,
    column: usize,
}

impl<'a> Scanner<'a> {
    fn token(&mut self, before: Option<&Token<'_>>) -> Option<Token<'a>> {
        self.skip();
        let (line, column, start) = (self.line, self.column, self.at());
        let first = self.next()?;
        let (kind, open) = match first {
            '\'' | '"' => (Kind::String, self.string(first)),
            '`' => (Kind::Template, self.template()),
            '/' if !ends_value(before) => (Kind::Regex, self.regex()),
            '0'..='9' => {
                self.skip_while(|character| part(character) || character == '.');
                (Kind::Number, false)
            }
            first if part(first) => {
                self.skip_while(part);
                (Kind::Word, false)
            }
            '=' if self.peek() == Some('>') => {
                self.next();
                (Kind::Punctuator, false)
            }
            _ => (Kind::Punctuator, false),
        };
        let text = &self.source[start..self.at()];
        Some(Token { kind, text, line, column, open })
    }

    /// Space and comments.
    fn skip(&mut self) {
        loop {
            self.skip_while(char::is_whitespace);
            let rest = &self.source[self.at()..];
            if rest.starts_with("//") || (rest.starts_with("#!") && self.at() == 0) {
                self.skip_while(|character| character != '\n');
            } else if rest.starts_with("/*") {
                let end = rest.find("*/").map_or(rest.len(), |at| at + 2);
                let end = self.at() + end;
                while self.at() < end {
                    self.next();
                }
            } else {
                return;
            }
        }
    }

    fn string(&mut self, quote: char) -> bool {
        while let Some(character) = self.peek().filter(|character| *character != '\n') {
            self.next();
            match character {
                '\\' => drop(self.next()),
                character if character == quote => return false,
                _ => {}
            }
        }
        true
    }

    fn template(&mut self) -> bool {
        while let Some(character) = self.next() {
            match character {
                '\\' => drop(self.next()),
                '`' => return false,
                '$' if self.peek() == Some('{') => {
                    self.next();
                    self.substitution();
                }
                _ => {}
            }
        }
        true
    }

    /// What is in `${..}`, up to the brace that ends it.
    fn substitution(&mut self) {
        let mut depth = 1;
        while depth > 0 {
            self.skip();
            match self.next() {
                None => return,
                Some('{') => depth += 1,
                Some('}') => depth -= 1,
                Some(quote @ ('\'' | '"')) => drop(self.string(quote)),
                Some('`') => drop(self.template()),
                Some(_) => {}
            }
        }
    }

    fn regex(&mut self) -> bool {
        let mut class = false;
        while let Some(character) = self.peek().filter(|character| *character != '\n') {
            self.next();
            match character {
                '\\' => drop(self.next()),
                '[' => class = true,
                ']' => class = false,
                '/' if !class => {
                    self.skip_while(part);
                    return false;
                }
                _ => {}
            }
        }
        true
    }

    fn skip_while(&mut self, wanted: impl Fn(char) -> bool) {
        while self.peek().is_some_and(&wanted) {
            self.next();
        }
    }

    fn peek(&mut self) -> Option<char> {
        self.characters.peek().map(|(_, character)| *character)
    }

    fn at(&mut self) -> usize {
        self.characters.peek().map_or(self.source.len(), |(at, _)| *at)
    }

    fn next(&mut self) -> Option<char> {
        let (_, character) = self.characters.next()?;
        if character == '\n' {
            self.line += 1;
            self.column = 1;
        } else {
            self.column += 1;
        }
        Some(character)
    }
}

fn part(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '$')
}

/// Whether a slash after this token divides.
fn ends_value(token: Option<&Token<'_>>) -> bool {
    const OPERATORS: [&str; 14] = [
        "return",
        "typeof",
        "case",
        "do",
        "else",
        "in",
        "of",
        "instanceof",
        "new",
        "void",
        "delete",
        "throw",
        "await",
        "yield",
    ];
    token.is_some_and(|token| match token.kind {
        Kind::Word => !OPERATORS.contains(&token.text),
        Kind::Punctuator => matches!(token.text, ")" | "]" | "}"),
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<&str> {
        tokens(source).iter().map(|token| token.text).collect()
    }

    #[test]
    fn tokens_are_whole() {
        let source = "const a = /[/]\\//g; // x\nb / 2 /* { */ + `${ { a: '}' } }`;";
        let expected =
            ["const", "a", "=", "/[/]\\//g", ";", "b", "/", "2", "+", "`${ { a: '}' } }`", ";"];
        assert_eq!(texts(source), expected);
        let last = tokens(source).pop().expect("a token");
        assert_eq!(last.place(), (2, 34));
    }

    #[test]
    fn what_has_no_end_is_open() {
        assert!(tokens("'a\nb").first().is_some_and(|token| token.open && token.text == "'a"));
        assert!(tokens("`a\nb").first().is_some_and(|token| token.open));
        assert!(tokens("/a\nb").first().is_some_and(|token| token.open && token.text == "/a"));
        assert_eq!(texts("é => 1.5"), ["é", "=>", "1.5"]);
    }
}
