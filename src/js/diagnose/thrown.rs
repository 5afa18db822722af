//! Where a value was thrown that is no error, and so has no stack: the one `throw` of a literal like
//! it, if there is one.

use std::ops::ControlFlow;

use boa_engine::Source;
use boa_engine::ast::expression::Expression;
use boa_engine::ast::expression::literal::{LiteralKind, PropertyDefinition};
use boa_engine::ast::property::PropertyName;
use boa_engine::ast::scope::Scope;
use boa_engine::ast::statement::Throw;
use boa_engine::ast::visitor::{VisitWith, Visitor};
use boa_engine::ast::{Position, Spanned};
use boa_engine::interner::Interner;
use boa_engine::parser::Parser;

use super::outline::{bare, numbers};
use crate::js::utf16::utf16;

/// What is known of the value.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::js) enum Thrown {
    Text(String),
    /// The names of its properties.
    Object(Vec<String>),
}

/// The lines and columns in `source` where such a value is thrown.
pub(in crate::js) fn throws(thrown: &Thrown, source: &str) -> Vec<(usize, usize)> {
    let mut interner = Interner::default();
    let units = utf16(source);
    let mut parser = Parser::new(Source::from_utf16(&units));
    let Ok(module) = parser.parse_module(&Scope::new_global(), &mut interner) else {
        return Vec::new();
    };
    let mut search = Search { thrown, interner: &interner, found: Vec::new() };
    let _ = module.visit_with(&mut search);
    search.found.into_iter().map(numbers).collect()
}

struct Search<'a> {
    thrown: &'a Thrown,
    interner: &'a Interner,
    found: Vec<Position>,
}

impl<'ast> Visitor<'ast> for Search<'_> {
    type BreakTy = ();

    fn visit_throw(&mut self, throw: &'ast Throw) -> ControlFlow<()> {
        if self.is_thrown(bare(throw.target())) {
            self.found.push(throw.target().span().start());
        }
        throw.visit_with(self)
    }
}

impl Search<'_> {
    fn is_thrown(&self, expression: &Expression) -> bool {
        match (self.thrown, expression) {
            (Thrown::Text(text), Expression::Literal(literal)) => match literal.kind() {
                LiteralKind::String(own) => self.interner.resolve_expect(*own).to_string() == *text,
                _ => false,
            },
            (Thrown::Object(names), Expression::ObjectLiteral(object)) => {
                let own = object.properties().iter().map(|property| match property {
                    PropertyDefinition::IdentifierReference(name) => Some(name.sym()),
                    PropertyDefinition::Property(PropertyName::Literal(name), _) => {
                        Some(name.sym())
                    }
                    _ => None,
                });
                let own = own.map(|name| Some(self.interner.resolve_expect(name?).to_string()));
                own.collect::<Option<Vec<_>>>().is_some_and(|own| own == *names)
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_found_where_they_are_thrown() {
        let source = "const f = () => {\n  throw 'a';\n};\nif (x) throw { code: 1, b };\nthrow y;";
        let text = |text: &str| Thrown::Text(text.to_owned());
        assert_eq!(throws(&text("a"), source), [(2, 9)]);
        assert_eq!(throws(&text("b"), source), []);
        let object = Thrown::Object(vec!["code".to_owned(), "b".to_owned()]);
        assert_eq!(throws(&object, source), [(4, 14)]);
    }
}
