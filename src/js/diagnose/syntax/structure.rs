//! Which brackets of a source text belong together, and which functions they are the bodies of.

use super::tokens::{Kind, Token};

pub(super) struct Structure<'a> {
    pub(super) tokens: Vec<Token<'a>>,
    /// For each token the index of the bracket that it is in.
    inside: Vec<Option<usize>>,
    /// For each bracket the index of its partner.
    partner: Vec<Option<usize>>,
}

/// What a brace, or an arrow, begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Body {
    /// A function; with the index of its first token, and whether it is asynchronous.
    Function {
        first: usize,
        is_async: bool,
    },
    /// What can be left with `break`.
    Loop,
    Other,
}

impl<'a> Structure<'a> {
    pub(super) fn new(tokens: Vec<Token<'a>>) -> Self {
        let mut open: Vec<usize> = Vec::new();
        let mut inside = Vec::with_capacity(tokens.len());
        let mut partner = vec![None; tokens.len()];
        for (index, token) in tokens.iter().enumerate() {
            let closes = token.kind == Kind::Punctuator && matches!(token.text, ")" | "]" | "}");
            if closes {
                // One that fits nothing takes the last away all the same.
                let opener = open.pop().filter(|opener| fits(tokens[*opener].text, token.text));
                if let Some(opener) = opener {
                    partner[index] = Some(opener);
                    partner[opener] = Some(index);
                }
            }
            inside.push(open.last().copied());
            if token.kind == Kind::Punctuator && matches!(token.text, "(" | "[" | "{") {
                open.push(index);
            }
        }
        Self { tokens, inside, partner }
    }

    /// The token at a place, or the next one.
    pub(super) fn at(&self, place: (usize, usize)) -> Option<usize> {
        self.tokens.iter().position(|token| token.place() >= place)
    }

    pub(super) fn is(&self, index: usize, text: &str) -> bool {
        self.tokens.get(index).is_some_and(|token| token.is(text))
    }

    /// The token before, if it is the text.
    pub(super) fn follows(&self, index: usize, text: &str) -> bool {
        index.checked_sub(1).is_some_and(|before| self.is(before, text))
    }

    pub(super) fn inside(&self, index: usize) -> Option<usize> {
        self.inside.get(index).copied().flatten()
    }

    /// The bracket that lacks its partner and is to blame: the one whose line is indented more than
    /// the closing bracket that was taken for its own, or the last that is left open.
    pub(super) fn unclosed(&self) -> Option<usize> {
        let left = (0..self.tokens.len())
            .rfind(|index| self.partner[*index].is_none() && self.opens(*index))?;
        let indentation = |index: usize| {
            let line = self.tokens[index].line;
            let first = self.tokens.iter().find(|token| token.line == line);
            first.map_or(0, |first| first.column)
        };
        let misled = (0..self.tokens.len()).find(|index| {
            let closer = self.partner[*index].filter(|_| self.opens(*index));
            closer.is_some_and(|closer| {
                let alone = indentation(closer) == self.tokens[closer].column;
                alone && indentation(closer) < indentation(*index)
            })
        });
        Some(misled.unwrap_or(left))
    }

    fn opens(&self, index: usize) -> bool {
        let token = &self.tokens[index];
        token.kind == Kind::Punctuator && matches!(token.text, "(" | "[" | "{")
    }

    /// The innermost function that a token is in.
    pub(super) fn function_of(&self, index: usize) -> Option<(usize, bool)> {
        self.bodies(index).find_map(|body| match body {
            Body::Function { first, is_async } => Some((first, is_async)),
            _ => None,
        })
    }

    /// Everything that a token is in, from the inside out.
    pub(super) fn bodies(&self, index: usize) -> impl Iterator<Item = Body> + '_ {
        let arrow = self.bare_arrow(index);
        let mut at = index;
        let braces = std::iter::from_fn(move || {
            at = self.inside(at)?;
            Some(if self.is(at, "{") { self.body(at) } else { Body::Other })
        });
        arrow.into_iter().chain(braces)
    }

    /// `x => ..` without braces around the token.
    fn bare_arrow(&self, index: usize) -> Option<Body> {
        let bracket = self.inside(index);
        let before = (0..index).rev().take_while(|at| Some(*at) != bracket);
        for at in before.filter(|at| self.inside(*at) == bracket) {
            if self.is(at, "=>") {
                return Some(self.arrow(at));
            }
            if [",", ";", "{", "}"].iter().any(|text| self.is(at, text)) {
                return None;
            }
        }
        None
    }

    /// What the brace at `index` begins.
    fn body(&self, index: usize) -> Body {
        let Some(before) = index.checked_sub(1) else { return Body::Other };
        if self.is(before, "=>") {
            return self.arrow(before);
        }
        if self.is(before, "do") {
            return Body::Loop;
        }
        if !self.is(before, ")") {
            return Body::Other;
        }
        let Some(name) = self.partner[before].and_then(|open| open.checked_sub(1)) else {
            return Body::Other;
        };
        match self.tokens[name].text {
            "for" | "while" | "switch" | "await" => Body::Loop,
            "if" | "catch" | "with" => Body::Other,
            _ => self.named(name),
        }
    }

    /// A function whose parameters come after the token at `name`: its name, or `function`.
    fn named(&self, name: usize) -> Body {
        let mut first = name;
        while first > 0
            && ["function", "*", "async", "get", "set", "static"]
                .iter()
                .any(|word| self.is(first - 1, word))
        {
            first -= 1;
        }
        let is_async = (first..=name).any(|index| self.is(index, "async"));
        Body::Function { first, is_async }
    }

    fn arrow(&self, arrow: usize) -> Body {
        let Some(before) = arrow.checked_sub(1) else { return Body::Other };
        let first = if self.is(before, ")") { self.partner[before] } else { Some(before) };
        let Some(first) = first else { return Body::Other };
        let is_async = self.follows(first, "async");
        Body::Function { first: if is_async { first - 1 } else { first }, is_async }
    }
}

fn fits(opener: &str, closer: &str) -> bool {
    matches!((opener, closer), ("(", ")") | ("[", "]") | ("{", "}"))
}
