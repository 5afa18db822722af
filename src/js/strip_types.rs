//! The stripper: an adapter of `swc_ts_fast_strip`, which is what Node.js uses too.

use std::sync::{Arc, Mutex, PoisonError};

use swc_common::errors::{DiagnosticBuilder, DiagnosticId, Emitter, HANDLER, Handler};
use swc_common::sync::Lrc;
use swc_common::{GLOBALS, Globals, SourceMap};
use swc_ts_fast_strip::{Options, operate};

/// Why a text cannot be made JavaScript.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) message: String,
    /// Line and column, from 1, in characters.
    pub(super) place: (usize, usize),
    /// Whether it is TypeScript, only not of the kind that can be stripped.
    is_valid: bool,
}

impl Refusal {
    /// The code that it has in Node.js.
    pub(super) fn code(&self) -> &'static str {
        if self.is_valid {
            "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX"
        } else {
            "ERR_INVALID_TYPESCRIPT_SYNTAX"
        }
    }
}

/// The text with spaces where types were.
pub(super) fn strip(text: &str) -> Result<String, Refusal> {
    let files: Lrc<SourceMap> = Lrc::default();
    let complaints = Complaints::default();
    let handler = Handler::with_emitter(false, false, Box::new(complaints.clone()));
    let options = Options::default();
    let stripped = GLOBALS.set(&Globals::default(), || {
        HANDLER.set(&handler, || operate(&files, &handler, text.to_owned(), options))
    });
    stripped.map(|output| output.code).map_err(|error| {
        let mut found = complaints.0.lock().unwrap_or_else(PoisonError::into_inner);
        // The first in the text explains those that follow from it.
        found.sort_by_key(|complaint| complaint.at);
        match found.first() {
            Some(first) => first.refusal(text),
            None => Refusal { message: error.message, place: (1, 1), is_valid: false },
        }
    })
}

/// What the library has to say of a text.
struct Complaint {
    message: String,
    /// The byte of the text that it is about.
    at: usize,
    is_valid: bool,
}

#[derive(Clone, Default)]
struct Complaints(Arc<Mutex<Vec<Complaint>>>);

impl Emitter for Complaints {
    fn emit(&mut self, diagnostic: &mut DiagnosticBuilder<'_>) {
        let unsupported = DiagnosticId::Error("UnsupportedSyntax".into());
        let is_valid = diagnostic.code.as_ref() == Some(&unsupported);
        // The first byte of the only file has the number 1.
        let at = diagnostic.span.primary_span().map_or(0, |span| span.lo.0.saturating_sub(1));
        let message = diagnostic.message();
        let complaint = Complaint { message, at: at as usize, is_valid };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(complaint);
    }
}

impl Complaint {
    fn refusal(&self, text: &str) -> Refusal {
        let before = text.get(..self.at).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = before.matches('\n').count() + 1;
        let column = before[line_start..].chars().count() + 1;
        let rest = text.get(self.at..).unwrap_or_default();
        Refusal { message: self.words(rest), place: (line, column), is_valid: self.is_valid }
    }

    /// What it is and what to write instead. `rest` is the text from there on.
    fn words(&self, rest: &str) -> String {
        if self.is_valid {
            let known = REMEDIES.iter().find(|(word, _)| self.message.contains(word));
            return known.map_or_else(|| self.message.clone(), |(_, words)| (*words).to_owned());
        }
        if rest.starts_with('@') {
            return DECORATOR.to_owned();
        }
        // The list of all that may stand there instead is long.
        let message = self.message.split(". ").next().unwrap_or_default().trim_end_matches('.');
        let message = message
            .replace('`', "'")
            .replace("Unexpected token '<eof>'", "unexpected end of the file")
            .replace("'<eof>'", "the end of the file");
        let mut letters = message.chars();
        let first = letters.next().map(|first| first.to_ascii_lowercase());
        first.into_iter().chain(letters).collect()
    }
}

const DECORATOR: &str =
    "decorators are not run: call a function on the class or the method instead";

/// What cannot be stripped, by a word of the library's message.
const REMEDIES: &[(&str, &str)] = &[
    (
        "enum",
        "an enum is code, and not only a type: write an object instead, as in \
         const Color = { Red: 'red', Blue: 'blue' } as const",
    ),
    (
        "namespace",
        "a namespace with values is code, and not only types: write a module of its own, or an \
         object",
    ),
    (
        "`module` keyword",
        "a namespace with values is code, and not only types: write a module of its own, or an \
         object",
    ),
    (
        "import equals",
        "import x = … is not JavaScript: write import x from '…', or const x = require('…') in a \
         .cts file",
    ),
    (
        "export assignment",
        "export = … is not JavaScript: write export default …, or module.exports = … in a .cts \
         file",
    ),
    (
        "parameter property",
        "a parameter property is code, and not only a type: declare the field, and assign it in \
         the constructor, as in this.x = x",
    ),
    ("angle-bracket", "a type in angle brackets cannot be left out here: write value as T"),
    (
        "parenthesized",
        "what is left without the type is no JavaScript: put the left-hand side of ** in \
         parentheses",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> (String, (usize, usize), bool) {
        let refusal = strip(text).expect_err(text);
        (refusal.message, refusal.place, refusal.is_valid)
    }

    #[test]
    fn what_remains_is_where_it_was() {
        let text = "type A = string;\nexport const f = (a: A, b?: number): A => a + (b as any)!;\n";
        let stripped = strip(text).unwrap();
        assert_eq!(stripped.len(), text.len());
        for word in ["export const f", "(a", "b", "=> a + (b"] {
            assert_eq!(stripped.find(word), text.find(word), "{word}");
        }
        assert!(!stripped.contains("string") && !stripped.contains("any"));
    }

    #[test]
    fn what_is_not_only_a_type_is_named_with_its_place() {
        for (text, word, place) in [
            ("enum A { B }", "an enum", (1, 1)),
            ("let a;\nexport const enum A { B }", "an enum", (2, 8)),
            ("namespace A { export const b = 1 }", "a namespace", (1, 1)),
            ("class A { constructor(private b: string) {} }", "a parameter property", (1, 31)),
            ("import a = require('a')", "import x = …", (1, 1)),
            ("export = 1", "export = …", (1, 1)),
            ("let b = <string>a", "a type in angle brackets", (1, 9)),
        ] {
            let (message, at, is_valid) = refused(text);
            assert!(message.starts_with(word), "{text}: {message}");
            assert_eq!((at, is_valid), (place, true), "{text}");
        }
    }

    #[test]
    fn what_is_no_typescript_is_named_with_its_place() {
        let (message, place, is_valid) = refused("\n@sealed class A {}");
        assert!(message.starts_with("decorators"), "{message}");
        assert_eq!((place, is_valid), ((2, 1), false));
        let (message, place, is_valid) = refused("let a: = 1");
        assert_eq!(message, "unexpected token '='");
        assert_eq!((place, is_valid), ((1, 8), false));
        let (message, place, _) = refused("let a: number = {");
        assert_eq!(message, "unexpected end of the file");
        assert_eq!(place, (1, 18));
    }
}
