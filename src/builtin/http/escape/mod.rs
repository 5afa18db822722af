//! Escape analysis: whether a function certainly lets go of its argument when it returns.
//!
//! Whoever calls such a function again and again can hand it the same object each time, with other
//! values in it. The answer is read off the function's text. Every mention of the argument must be
//! one that is known to be harmless; whatever is not understood counts as a way out.

#[cfg(test)]
mod tests;

use std::ops::ControlFlow;

use boa_engine::Source;
use boa_engine::ast::declaration::{Binding, Variable};
use boa_engine::ast::expression::access::{PropertyAccess, PropertyAccessField};
use boa_engine::ast::expression::operator::Unary;
use boa_engine::ast::expression::operator::unary::UnaryOp;
use boa_engine::ast::expression::{
    Call, Expression, Identifier, Optional, OptionalOperation, OptionalOperationKind,
    TaggedTemplate,
};
use boa_engine::ast::function::{
    ClassDeclaration, ClassExpression, FormalParameterList, FunctionBody,
};
use boa_engine::ast::pattern::{ObjectPattern, ObjectPatternElement, Pattern};
use boa_engine::ast::property::PropertyName;
use boa_engine::ast::scope::Scope;
use boa_engine::ast::visitor::{VisitWith, Visitor};
use boa_engine::ast::{Statement, StatementListItem};
use boa_engine::interner::{Interner, Sym};
use boa_engine::parser::Parser;

use crate::js::utf16::utf16;

/// Whether the function of this text does no more with its first argument than to read properties
/// of these names from it, while it runs. Generators and async functions, which run on later, never
/// do.
pub(super) fn only_reads(function: &str, fields: &[&str]) -> bool {
    // Comments in a script, which is what is parsed here, and operators in a module.
    if function.contains("<!--") || function.contains("-->") {
        return false;
    }
    reads_only(&format!("({function})"), fields) == Some(true)
}

fn reads_only(script: &str, fields: &[&str]) -> Option<bool> {
    let mut interner = Interner::default();
    let fields = fields.iter().map(|field| interner.get_or_intern(*field)).collect::<Vec<_>>();
    let units = utf16(script);
    let mut parser = Parser::new(Source::from_utf16(&units));
    let script = parser.parse_script(&Scope::new_global(), &mut interner).ok()?;
    let [StatementListItem::Statement(statement)] = script.statements().statements() else {
        return None;
    };
    let Statement::Expression(expression) = &**statement else { return None };
    let (parameters, body) = function_of(expression)?;
    let Some((first, others)) = parameters.as_ref().split_first() else { return Some(true) };
    if first.is_rest_param() {
        return None;
    }
    let mut mentions = Mentions { argument: None, fields: &fields, harmless: 0, all: 0, depth: 0 };
    match first.variable().binding() {
        Binding::Identifier(name) => mentions.argument = Some(name.sym()),
        Binding::Pattern(Pattern::Object(pattern)) if mentions.allows(pattern) => {}
        Binding::Pattern(_) => return None,
    }
    let mut visit = || {
        if first.init().is_some() {
            return ControlFlow::Break(());
        }
        if let Binding::Pattern(pattern) = first.variable().binding() {
            mentions.visit_pattern(pattern)?;
        }
        for parameter in others {
            mentions.visit_variable(parameter.variable())?;
        }
        body.visit_with(&mut mentions)
    };
    Some(visit().is_continue() && mentions.all == mentions.harmless)
}

/// The parameters and the body of a function that has run to its end when it returns.
fn function_of(expression: &Expression) -> Option<(&FormalParameterList, &FunctionBody)> {
    match bare(expression) {
        Expression::ArrowFunction(function) => Some((function.parameters(), function.body())),
        Expression::FunctionExpression(function) => Some((function.parameters(), function.body())),
        _ => None,
    }
}

fn bare(mut expression: &Expression) -> &Expression {
    while let Expression::Parenthesized(inner) = expression {
        expression = inner.expression();
    }
    expression
}

/// Counts how often the argument is mentioned at all, and how often in a harmless way. One that is
/// harmless is counted where it is recognised, and again as an identifier like every other.
struct Mentions<'a> {
    /// The argument's name, unless it is taken apart at once.
    argument: Option<Sym>,
    fields: &'a [Sym],
    harmless: usize,
    all: usize,
    /// How many nested functions and classes this is inside of.
    depth: usize,
}

impl Mentions<'_> {
    fn is_argument(&self, expression: &Expression) -> bool {
        match bare(expression) {
            Expression::Identifier(name) => Some(name.sym()) == self.argument,
            _ => false,
        }
    }

    /// `argument.field`, as a value.
    fn is_read(&self, expression: &Expression) -> bool {
        let Expression::PropertyAccess(PropertyAccess::Simple(access)) = expression else {
            return false;
        };
        let PropertyAccessField::Const(field) = access.field() else { return false };
        self.is_argument(access.target()) && self.fields.contains(&field.sym())
    }

    /// `{ field, field: name }`, without a rest.
    fn allows(&self, pattern: &ObjectPattern) -> bool {
        pattern.bindings().iter().all(|element| match element {
            ObjectPatternElement::SingleName { name, .. }
            | ObjectPatternElement::Pattern { name, .. } => match name {
                PropertyName::Literal(field) => self.fields.contains(&field.sym()),
                PropertyName::Computed(_) => false,
            },
            _ => false,
        })
    }

    /// Looks into a callee or an operand that is not a plain value: there the object itself is what
    /// matters, not what is read from it.
    fn visit_reference(&mut self, expression: &Expression) -> ControlFlow<()> {
        if self.is_read(bare(expression)) {
            return ControlFlow::Break(());
        }
        self.visit_expression(expression)
    }

    /// Looks into what may run when the argument is long another one.
    fn visit_later(&mut self, node: &impl VisitWith) -> ControlFlow<()> {
        self.depth += 1;
        node.visit_with(self)?;
        self.depth -= 1;
        ControlFlow::Continue(())
    }
}

impl<'ast> Visitor<'ast> for Mentions<'_> {
    type BreakTy = ();

    fn visit_expression(&mut self, expression: &'ast Expression) -> ControlFlow<()> {
        if self.is_read(expression) {
            self.harmless += 1;
        }
        expression.visit_with(self)
    }

    fn visit_variable(&mut self, variable: &'ast Variable) -> ControlFlow<()> {
        if let Binding::Pattern(Pattern::Object(pattern)) = variable.binding()
            && variable.init().is_some_and(|init| self.is_argument(init))
            && self.allows(pattern)
        {
            self.harmless += 1;
        }
        variable.visit_with(self)
    }

    fn visit_identifier(&mut self, name: &'ast Identifier) -> ControlFlow<()> {
        // Both reach the argument without its name.
        if name.sym() == Sym::ARGUMENTS || name.sym() == Sym::EVAL {
            return ControlFlow::Break(());
        }
        if Some(name.sym()) == self.argument {
            if self.depth > 0 {
                return ControlFlow::Break(());
            }
            self.all += 1;
        }
        ControlFlow::Continue(())
    }

    fn visit_call(&mut self, call: &'ast Call) -> ControlFlow<()> {
        self.visit_reference(call.function())?;
        call.args().iter().try_for_each(|argument| self.visit_expression(argument))
    }

    fn visit_tagged_template(&mut self, template: &'ast TaggedTemplate) -> ControlFlow<()> {
        self.visit_reference(template.tag())?;
        template.exprs().iter().try_for_each(|expression| self.visit_expression(expression))
    }

    fn visit_optional(&mut self, optional: &'ast Optional) -> ControlFlow<()> {
        match optional.chain().first().map(OptionalOperation::kind) {
            Some(OptionalOperationKind::Call { .. }) => self.visit_reference(optional.target())?,
            _ => self.visit_expression(optional.target())?,
        }
        optional.chain().iter().try_for_each(|operation| operation.visit_with(self))
    }

    fn visit_unary(&mut self, unary: &'ast Unary) -> ControlFlow<()> {
        if unary.op() == UnaryOp::Delete {
            return self.visit_reference(unary.target());
        }
        self.visit_expression(unary.target())
    }

    // What is in here may run later, or again.
    fn visit_function_body(&mut self, body: &'ast FunctionBody) -> ControlFlow<()> {
        self.visit_later(body)
    }

    fn visit_formal_parameter_list(&mut self, list: &'ast FormalParameterList) -> ControlFlow<()> {
        self.visit_later(list)
    }

    fn visit_class_expression(&mut self, class: &'ast ClassExpression) -> ControlFlow<()> {
        self.visit_later(class)
    }

    fn visit_class_declaration(&mut self, class: &'ast ClassDeclaration) -> ControlFlow<()> {
        self.visit_later(class)
    }
}
