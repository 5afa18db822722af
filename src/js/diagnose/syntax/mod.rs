//! What a syntax error is really about. The engine says which token it did not expect; how the text
//! was meant is read off the tokens around.

mod declarations;
mod structure;
mod tokens;

use structure::{Body, Structure};
use tokens::{Kind, tokens};

use super::text::shortened;

/// A syntax error in words that help, and where to look, if that is certain.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::js) struct Complaint {
    pub(in crate::js) message: String,
    /// Line and column.
    pub(in crate::js) place: Option<(usize, usize)>,
}

/// Explains the engine's `message` about `source`; without a place it is about its end, or about the
/// whole.
pub(in crate::js) fn complaint(
    message: &str,
    place: Option<(usize, usize)>,
    source: &str,
) -> Complaint {
    let structure = Structure::new(tokens(source));
    let case = Case { message, structure: &structure, source };
    if let Some((message, place)) = case.open_token(place.unwrap_or_else(|| end(source))) {
        return Complaint { message, place: Some(place) };
    }
    if case.is_about_all() {
        return match case.anywhere() {
            Some((message, place)) => Complaint { message, place: Some(place) },
            None => Complaint { message: case.plain(), place: None },
        };
    }
    match place.and_then(|place| case.at(place)) {
        Some((message, place)) => Complaint { message, place: Some(place) },
        None => Complaint { message: case.plain(), place: place.or_else(|| Some(end(source))) },
    }
}

/// Where `name` is imported from, or passed on from, the module `specifier`.
pub(in crate::js) fn imported_at(
    name: &str,
    specifier: &str,
    source: &str,
) -> Option<(usize, usize)> {
    let tokens = tokens(source);
    let from = tokens.iter().enumerate().filter(|(index, token)| {
        token.kind == Kind::String
            && token.text.trim_matches(['\'', '"']) == specifier
            && index.checked_sub(1).is_some_and(|before| tokens[before].is("from"))
    });
    for (index, _) in from {
        let head =
            tokens[..index].iter().rposition(|token| token.is("import") || token.is("export"))?;
        let clause = &tokens[head + 1..index];
        let found = clause.iter().enumerate().find(|(at, token)| {
            let renamed = at.checked_sub(1).is_some_and(|before| clause[before].is("as"));
            token.is(name) && !renamed
        });
        if let Some((_, token)) = found {
            return Some(token.place());
        }
        if let Some(first) = clause.first().filter(|_| name == "default") {
            return Some(first.place());
        }
    }
    None
}

fn end(source: &str) -> (usize, usize) {
    let last = source.lines().last().map_or(0, |last| last.chars().count());
    (source.lines().count().max(1), last + 1)
}

type Place = (usize, usize);

struct Case<'a> {
    message: &'a str,
    structure: &'a Structure<'a>,
    source: &'a str,
}

const TYPESCRIPT: &str = "this looks like TypeScript: call the file .ts, or leave the types out";

impl Case<'_> {
    /// Errors at a token.
    fn at(&self, place: Place) -> Option<(String, Place)> {
        let Self { structure, .. } = *self;
        let index = structure.at(place)?;
        let token = structure.tokens[index];
        if let Some(message) = self.line_of(token.line) {
            return Some((message, (token.line, 1)));
        }
        self.keyword(index)
            .or_else(|| self.typescript(index).map(|place| (self.with(TYPESCRIPT), place)))
            .or_else(|| self.punctuation(index).map(|remedy| (self.with(&remedy), token.place())))
            .or_else(|| self.initializer(index))
            .or_else(|| {
                // A brace that is missing shows only later.
                let open = structure.unclosed()?;
                let at = structure.tokens[open];
                let closing = matches!(token.text, ")" | "]" | "}");
                (at.line < token.line && !closing).then(|| {
                    let hint = format!("the '{}' in line {} may not be closed", at.text, at.line);
                    (self.with(&hint), token.place())
                })
            })
    }

    /// A whole line that is no JavaScript.
    fn line_of(&self, line: usize) -> Option<String> {
        let text = self.source.lines().nth(line - 1)?;
        ["<<<<<<<", "=======", ">>>>>>>"]
            .iter()
            .any(|mark| text.starts_with(mark))
            .then(|| format!("unexpected {}: this is left of a merge conflict", &text[..7]))
    }

    /// Strings, templates and regular expressions without an end.
    fn open_token(&self, place: Place) -> Option<(String, Place)> {
        let what = [
            ("unterminated string", Kind::String, "the string has no closing quote"),
            ("unterminated template", Kind::Template, "the template has no closing backtick"),
            ("regular expressions", Kind::Regex, "the regular expression has no closing slash"),
        ];
        let (_, kind, hint) = what.iter().find(|row| self.message.contains(row.0))?;
        let mut tokens = self.structure.tokens.iter();
        let token = tokens.find(|token| token.kind == *kind && token.open)?;
        if token.place() > place {
            return None;
        }
        let first = match kind {
            Kind::Regex => "unterminated regular expression",
            _ => self.message,
        };
        Some((format!("{first}: {hint}"), token.place()))
    }

    /// Keywords in the wrong place.
    fn keyword(&self, index: usize) -> Option<(String, Place)> {
        let Self { structure, .. } = *self;
        // `import x from` is noticed at the name.
        let import = structure.follows(index, "import") && self.message.contains("import.meta");
        let index = if import { index - 1 } else { index };
        let token = structure.tokens[index];
        let function = structure.function_of(index);
        let message = match token.text {
            "await" => self.awaited(index)?,
            "import" if structure.inside(index).is_some() => format!(
                "import declarations belong at the top of a module: to import later, write \
                 await import({})",
                self.specifier(index)
            ),
            "export" if structure.inside(index).is_some() => {
                "export declarations belong at the top level of a module".to_owned()
            }
            "return" if function.is_none() => {
                "return outside of a function: a module ends by itself; to stop early, put the \
                 code into a function, or call process.exit()"
                    .to_owned()
            }
            _ => return None,
        };
        Some((message, token.place()))
    }

    fn awaited(&self, index: usize) -> Option<String> {
        let structure = self.structure;
        let (first, is_async) = structure.function_of(index)?;
        if is_async {
            return None;
        }
        let start = structure.tokens[first];
        let end = (first..index).find(|at| structure.is(*at, "{") || structure.is(*at, "=>"))?;
        let head: Vec<&str> = structure.tokens[first..end].iter().map(|token| token.text).collect();
        let head = shortened(&spaced(&head));
        let arrow = if structure.is(end, "=>") { " =>" } else { "" };
        Some(format!(
            "await is only valid in async functions and at the top level of a module: write async \
             {head}{arrow} in line {}",
            start.line
        ))
    }

    /// The module that an import names.
    fn specifier(&self, index: usize) -> String {
        let tokens = self.structure.tokens[index..].iter();
        let string = tokens.take(20).find(|token| token.kind == Kind::String);
        string.map_or_else(|| "'module'".to_owned(), |token| token.text.to_owned())
    }

    /// Where types begin, if the error is about them.
    fn typescript(&self, index: usize) -> Option<Place> {
        let structure = self.structure;
        let token = structure.tokens[index];
        let before = index.checked_sub(1).map(|before| structure.tokens[before]);
        let after = structure.tokens.get(index + 1);
        let word =
            |token: Option<&tokens::Token<'_>>| token.is_some_and(|token| token.kind == Kind::Word);
        let modifier = [
            "type",
            "declare",
            "namespace",
            "abstract",
            "interface",
            "enum",
            "private",
            "public",
            "protected",
            "readonly",
        ];
        let declares = before.is_some_and(|before| modifier.contains(&before.text));
        let found = match token.text {
            ":" => {
                word(before.as_ref())
                    .then_some(())
                    .or_else(|| {
                        before
                            .is_some_and(|before| matches!(before.text, ")" | "]" | "}" | "?"))
                            .then_some(())
                    })
                    .is_some()
                    && self.types(index)
            }
            "interface" | "enum" | "declare" | "private" | "public" | "protected" | "readonly"
            | "namespace" | "as" | "satisfies" => word(after),
            "<" => word(before.as_ref()) && self.message.contains("expected"),
            "{" => before.is_some_and(|before| before.text == "type"),
            "!" => after.is_some_and(|after| after.text == "."),
            _ => declares && token.kind == Kind::Word,
        };
        found.then(|| token.place())
    }

    /// Whether a colon is followed by a type rather than by a value.
    fn types(&self, index: usize) -> bool {
        let structure = self.structure;
        let Some(after) = structure.tokens.get(index + 1) else { return false };
        // `=> { id: 1, name: 2 }` is an object that lacks its parentheses.
        let brace = structure.inside(index).filter(|bracket| structure.is(*bracket, "{"));
        if brace.is_some_and(|brace| structure.follows(brace, "=>")) {
            return false;
        }
        after.kind == Kind::Word || matches!(after.text, "{" | "[" | "(")
    }

    /// Characters that mean something elsewhere.
    fn punctuation(&self, index: usize) -> Option<String> {
        let structure = self.structure;
        let token = structure.tokens[index];
        let after = structure.tokens.get(index + 1);
        let brace = structure.inside(index).filter(|bracket| structure.is(*bracket, "{"));
        match token.text {
            "<" if after.is_some_and(|after| after.kind == Kind::Word || after.text == ">") => {
                Some("this looks like JSX, which krandog does not run: compile it first".to_owned())
            }
            "#" => Some("a comment begins with //".to_owned()),
            "“" | "”" | "‘" | "’" | "„" | "´" => {
                Some("typographic quotes are no quotes of JavaScript: write ' or \"".to_owned())
            }
            ":" if brace.is_some_and(|brace| structure.follows(brace, "=>")) => Some(
                "to return an object from an arrow function, write => ({ … }) with parentheses"
                    .to_owned(),
            ),
            number if token.kind == Kind::Number && self.message.contains("octal") => {
                Some(format!("write 0o{}", number.trim_start_matches('0')))
            }
            _ => None,
        }
    }

    /// `const name;`
    fn initializer(&self, index: usize) -> Option<(String, Place)> {
        if !self.message.contains("initializer for const") {
            return None;
        }
        let name = self.structure.tokens[index.checked_sub(1)?];
        Some((format!("missing initializer: const {} needs a value", name.text), name.place()))
    }

    /// Whether the engine's place is that of the whole text, or of a whole block.
    fn is_about_all(&self) -> bool {
        ["abrupt end", "declared", "exported", "illegal break", "illegal continue", " target: "]
            .iter()
            .any(|words| self.message.contains(words))
    }

    /// Errors whose place the engine does not know.
    fn anywhere(&self) -> Option<(String, Place)> {
        let name = self.message.split('`').nth(1);
        if self.message == "abrupt end" {
            Some(self.unfinished())
        } else if self.message.contains("export") {
            self.wrong_export(name?)
        } else if self.message.contains("declared") {
            self.redeclared(name)
        } else {
            self.wrong_jump()
        }
    }

    fn unfinished(&self) -> (String, Place) {
        let Some(open) = self.structure.unclosed() else {
            return (self.plain(), end(self.source));
        };
        let open = self.structure.tokens[open];
        let message = format!(
            "unexpected end of the source: this '{}' has no matching '{}'",
            open.text,
            closing(open.text)
        );
        (message, open.place())
    }

    fn wrong_export(&self, name: &str) -> Option<(String, Place)> {
        let place = |index: usize| self.structure.tokens[index].place();
        if self.message.contains("multiple times") {
            let last = self.exported(name).last()?;
            return Some((format!("duplicate export of '{name}'"), place(last)));
        }
        let first = self.exported(name).next()?;
        Some((format!("'{name}' is exported, but nothing declares it"), place(first)))
    }

    fn redeclared(&self, name: Option<&str>) -> Option<(String, Place)> {
        let structure = self.structure;
        let words = structure.tokens.iter().filter(|token| token.kind == Kind::Word);
        let (second, first) = match name {
            Some(name) => structure.redeclared(name)?,
            None => words.map(|token| token.text).find_map(|name| structure.redeclared(name))?,
        };
        let (second, first) = (structure.tokens[second], structure.tokens[first]);
        let message = format!(
            "identifier '{}' has already been declared, in line {}",
            second.text, first.line
        );
        Some((message, second.place()))
    }

    /// A `break` or a `continue` that leads nowhere.
    fn wrong_jump(&self) -> Option<(String, Place)> {
        let structure = self.structure;
        let all = || 0..structure.tokens.len();
        let word = if self.message.contains("continue") { "continue" } else { "break" };
        let (mut found, message) = if let Some((_, label)) = self.message.split_once(" target: ") {
            let found: Vec<usize> = all()
                .filter(|index| structure.is(*index, label) && structure.follows(*index, word))
                .collect();
            (found, format!("{word} {label}: nothing around has that label"))
        } else {
            let found = all().filter(|index| structure.is(*index, word) && !self.in_loop(*index));
            (found.collect(), format!("{word} outside of a loop in its function"))
        };
        let only = found.pop().filter(|_| found.is_empty())?;
        Some((message, structure.tokens[only].place()))
    }

    /// Whether `break` can leave something in its own function.
    fn in_loop(&self, index: usize) -> bool {
        for body in self.structure.bodies(index) {
            match body {
                Body::Loop => return true,
                Body::Function { .. } => return false,
                Body::Other => {}
            }
        }
        false
    }

    /// Where `name` stands in an export.
    fn exported(&self, name: &str) -> impl Iterator<Item = usize> {
        let structure = self.structure;
        (0..structure.tokens.len()).filter(move |index| {
            let token = &structure.tokens[*index];
            let listed = structure.inside(*index).is_some_and(|at| structure.follows(at, "export"));
            let renamed = structure.is(*index + 1, "as");
            let declared = ["const", "let", "var", "function", "class"]
                .iter()
                .any(|word| structure.follows(*index, word))
                && index.checked_sub(2).is_some_and(|at| structure.is(at, "export"));
            token.kind == Kind::Word && token.text == name && ((listed && !renamed) || declared)
        })
    }

    fn with(&self, remedy: &str) -> String {
        format!("{}: {remedy}", self.plain())
    }

    /// The engine's message without the names of its productions.
    fn plain(&self) -> String {
        let message = self.message;
        if message == "abrupt end" {
            return "unexpected end of the source".to_owned();
        }
        if let Some(rest) = message.strip_prefix("unexpected token ")
            && let Some((token, why)) = rest.rsplit_once(", ")
        {
            return match why {
                "expected comma or end of array" => {
                    format!("unexpected {token}, expected ',' or ']'")
                }
                _ => format!("unexpected {token}"),
            };
        }
        let expected = message
            .strip_prefix("expected token ")
            .or_else(|| message.strip_prefix("expected one of "))
            .and_then(|rest| rest.rsplit_once(", got "));
        if let Some((expected, got)) = expected {
            let got = got.rsplit_once(" in ").map_or(got, |(got, _)| got);
            let expected = expected.replace("'line terminator'", "a new line");
            return format!("unexpected {got}, expected {expected}");
        }
        if message.starts_with("Abrupt end") {
            return "unexpected '#'".to_owned();
        }
        let mut characters = message.chars();
        characters
            .next()
            .map_or_else(String::new, |first| first.to_lowercase().chain(characters).collect())
    }
}

fn closing(opener: &str) -> &'static str {
    match opener {
        "(" => ")",
        "[" => "]",
        _ => "}",
    }
}

/// Tokens as people write them in the head of a function.
fn spaced(tokens: &[&str]) -> String {
    let mut text = String::new();
    for (index, token) in tokens.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| tokens[before]);
        let tight = matches!(*token, ")" | "," | "(" | "]" | "}" | ".")
            || before.is_none_or(|before| matches!(before, "(" | "[" | "{" | "."));
        if !tight {
            text.push(' ');
        }
        text.push_str(token);
    }
    text
}
