//! Where names are declared, in a source text that declares one too often.

use super::structure::Structure;
use super::tokens::Kind;

impl Structure<'_> {
    /// The second declaration of `name` in one scope, and the first.
    pub(super) fn redeclared(&self, name: &str) -> Option<(usize, usize)> {
        let declared: Vec<usize> =
            (0..self.tokens.len()).filter(|index| self.declares(*index, name)).collect();
        declared.iter().enumerate().find_map(|(order, second)| {
            let scope = self.scope(*second);
            let first = declared[..order].iter().find(|first| self.scope(**first) == scope);
            first.map(|first| (*second, *first))
        })
    }

    /// Whether the token is a name that is declared there.
    fn declares(&self, index: usize, name: &str) -> bool {
        let token = &self.tokens[index];
        if token.kind != Kind::Word || token.text != name {
            return false;
        }
        if self.follows(index, ".") || (self.is(index + 1, ":") && self.inside(index).is_some()) {
            return false;
        }
        let words = ["const", "let", "var", "class", "function", "import"];
        let before = |word: &&str| self.follows(index, word);
        if words.iter().any(before) {
            return true;
        }
        if self.follows(index, "*") && index > 1 && self.is(index - 2, "function") {
            return true;
        }
        self.in_pattern(index) || self.in_list(index) || self.in_parameters(index)
    }

    /// `const { name } = ..` and `import { name } from`.
    fn in_pattern(&self, index: usize) -> bool {
        let mut at = index;
        while let Some(bracket) = self.inside(at).filter(|bracket| !self.is(*bracket, "(")) {
            let opens = ["const", "let", "var", "import"];
            if opens.iter().any(|word| self.follows(bracket, word)) {
                // Behind `=` is a value.
                return !(bracket..index).any(|at| self.is(at, "=") && !self.is(at + 1, ">"))
                    || self.follows(index, ",");
            }
            at = bracket;
        }
        false
    }

    /// `let a = 1, name = 2`
    fn in_list(&self, index: usize) -> bool {
        if !self.follows(index, ",") {
            return false;
        }
        let bracket = self.inside(index);
        let start = bracket.map_or(0, |bracket| bracket + 1);
        let before = (start..index).rev().filter(|at| self.inside(*at) == bracket);
        for at in before {
            if self.is(at, ";") {
                return false;
            }
            if ["const", "let", "var"].iter().any(|word| self.is(at, word)) {
                return true;
            }
        }
        false
    }

    /// `function f(name) {`
    fn in_parameters(&self, index: usize) -> bool {
        self.body_of(index).is_some()
    }

    /// The brace of the function whose parameter the token is.
    fn body_of(&self, index: usize) -> Option<usize> {
        let mut bracket = self.inside(index)?;
        while !self.is(bracket, "(") {
            // Patterns are below the parenthesis or below each other.
            let nested = self.is_nested_pattern(bracket) || self.follows(bracket, "(");
            bracket = self.inside(bracket).filter(|_| nested)?;
        }
        let close = (bracket..self.tokens.len())
            .find(|at| self.is(*at, ")") && self.inside(*at) == self.inside(bracket))?;
        let arrow = self.is(close + 1, "=>");
        let brace = if arrow { close + 2 } else { close + 1 };
        let controls = ["if", "for", "while", "switch", "with"];
        let control = controls.iter().any(|word| self.follows(bracket, word));
        (self.is(brace, "{") && !control).then_some(brace)
    }

    /// The bracket of the block that a declared name belongs to.
    fn scope(&self, index: usize) -> Option<usize> {
        if let Some(body) = self.body_of(index) {
            return Some(body);
        }
        let mut at = index;
        loop {
            let bracket = self.inside(at)?;
            let pattern =
                ["const", "let", "var", "import"].iter().any(|word| self.follows(bracket, word));
            let braces = self.is(bracket, "{") && !pattern && !self.is_nested_pattern(bracket);
            if braces {
                return Some(bracket);
            }
            at = bracket;
        }
    }

    /// A pattern within a pattern.
    fn is_nested_pattern(&self, bracket: usize) -> bool {
        [":", ",", "["].iter().any(|text| self.follows(bracket, text))
    }
}
