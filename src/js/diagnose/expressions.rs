//! The expressions of a syntax tree, in the order of the engine's compiler.

use boa_engine::ast::expression::access::{PropertyAccess, PropertyAccessField};
use boa_engine::ast::expression::literal::{LiteralKind, TemplateElement, TemplateLiteral};
use boa_engine::ast::expression::operator::assign::{Assign, AssignOp, AssignTarget};
use boa_engine::ast::expression::operator::binary::{BinaryOp, RelationalOp};
use boa_engine::ast::expression::operator::unary::UnaryOp;
use boa_engine::ast::expression::operator::update::UpdateTarget;
use boa_engine::ast::expression::operator::{Binary, Unary, Update};
use boa_engine::ast::expression::{
    Call, Expression, Identifier, New, Optional, OptionalOperationKind, TaggedTemplate,
};
use boa_engine::ast::pattern::{
    ArrayPattern, ArrayPatternElement, ObjectPattern, ObjectPatternElement, Pattern,
};
use boa_engine::ast::property::PropertyName;
use boa_engine::ast::visitor::{VisitWith, Visitor};
use boa_engine::ast::{Position, Spanned};
use boa_engine::interner::Sym;

use super::outline::{Key, Kind, Range, Target, bare, name_of, range, start};
use super::walker::Walker;

impl Walker {
    pub(super) fn expression(&mut self, expression: &Expression) {
        match expression {
            Expression::Identifier(name) => self.identifier(name),
            Expression::This(this) => self.builder.step(Kind::This, this.span().start()),
            Expression::Call(call) => self.call(call),
            Expression::New(new) => self.new_object(new),
            Expression::PropertyAccess(access) => self.access(access),
            Expression::Optional(optional) => self.optional(optional),
            Expression::TaggedTemplate(template) => self.tagged(template),
            Expression::TemplateLiteral(template) => self.template(template),
            Expression::Assign(assign) => self.assign(assign),
            Expression::Update(update) => self.update(update),
            Expression::Unary(unary) => self.unary(unary),
            Expression::Binary(binary) => self.binary(binary),
            Expression::Spread(spread) => {
                self.expression(spread.target());
                let (value, name) = (range(spread.target()), name_of(spread.target()));
                self.builder.step(Kind::Iterate { value, name }, value.start);
            }
            Expression::Parenthesized(inner) => self.expression(inner.expression()),
            Expression::Literal(literal) => self.builder.fill(match literal.kind() {
                LiteralKind::Int(0 | 1) => 5,
                LiteralKind::Int(-128..128) => 6,
                LiteralKind::Int(-32_768..32_768) => 7,
                LiteralKind::String(_) | LiteralKind::BigInt(_) | LiteralKind::Int(_) => 9,
                LiteralKind::Num(_) => 13,
                _ => 5,
            }),
            Expression::ObjectLiteral(object) => {
                self.builder.fill(5);
                self.builder.blur();
                for property in object.properties() {
                    let _ = self.visit_property_definition(property);
                }
            }
            other => {
                self.builder.blur();
                let _ = other.visit_with(self);
                self.builder.fill(9);
                self.builder.blur();
            }
        }
    }

    pub(super) fn identifier(&mut self, name: &Identifier) {
        self.builder.step(Kind::Name(name.sym()), name.span().start());
    }

    fn call(&mut self, call: &Call) {
        let callee = bare(call.function());
        let (mut key, mut name, mut at) = (None, name_of(callee), start(callee));
        match callee {
            Expression::PropertyAccess(access) => {
                self.read(access);
                if let PropertyAccess::Simple(simple) = access {
                    key = Some(field(simple.field()));
                    name = name_of(simple.target());
                }
                at = property(access);
            }
            other => self.expression(other),
        }
        // The object and the function are pushed.
        self.builder.fill(10);
        let open = call.span().start();
        self.builder.enter(open);
        self.arguments(call.args());
        let arguments = call.args().iter().map(range).collect();
        let callee = range(call.function());
        self.builder.step(Kind::Call { callee, key, name, arguments, open }, at);
        self.builder.fill(5);
        self.builder.leave();
    }

    fn new_object(&mut self, new: &New) {
        self.expression(new.constructor());
        self.builder.fill(10);
        let at = new.span().start();
        self.builder.enter(at);
        self.arguments(new.arguments());
        let arguments = new.arguments().iter().map(range).collect();
        let (callee, name) = (range(new.constructor()), name_of(new.constructor()));
        self.builder.step(Kind::New { callee, name, arguments }, at);
        self.builder.fill(5);
        self.builder.leave();
    }

    fn arguments(&mut self, arguments: &[Expression]) {
        for argument in arguments {
            self.expression(argument);
            self.builder.fill(5);
            // A name may be pushed from where it is.
            self.builder.blur();
        }
    }

    /// `object.key` as a value.
    fn access(&mut self, access: &PropertyAccess) {
        self.builder.enter(property(access));
        self.read(access);
        self.builder.leave();
    }

    /// `object.key` below the position of what is around it, as callees are.
    fn read(&mut self, access: &PropertyAccess) {
        let at = property(access);
        match access {
            PropertyAccess::Simple(simple) => {
                self.expression(simple.target());
                let key = self.key(simple.field());
                let (object, name) = (range(simple.target()), name_of(simple.target()));
                self.builder.step(Kind::Read { object, key, name }, at);
            }
            PropertyAccess::Private(private) => {
                self.expression(private.target());
                self.builder.step(Kind::Private { name: private.field().description() }, at);
            }
            PropertyAccess::Super(access) => {
                self.builder.step(Kind::This, access.span().start());
                self.key(access.field());
                self.builder.fill(9);
            }
        }
    }

    fn key(&mut self, access: &PropertyAccessField) -> Key {
        if let PropertyAccessField::Expr(expression) = access {
            self.expression(expression);
        }
        field(access)
    }

    /// `object.key = ..`
    pub(super) fn write(&mut self, access: &PropertyAccess, value: impl FnOnce(&mut Self)) {
        let at = property(access);
        match access {
            PropertyAccess::Simple(simple) => {
                self.expression(simple.target());
                let key = self.key(simple.field());
                value(self);
                let (object, name) = (range(simple.target()), name_of(simple.target()));
                self.builder.step(Kind::Write { object, key, name }, at);
            }
            PropertyAccess::Private(private) => {
                self.expression(private.target());
                value(self);
                self.builder.step(Kind::Private { name: private.field().description() }, at);
            }
            PropertyAccess::Super(access) => {
                self.key(access.field());
                value(self);
                self.builder.fill(9);
            }
        }
    }

    fn assign(&mut self, assign: &Assign) {
        self.builder.enter(assign.span().start());
        let compound = assign.op() != AssignOp::Assign;
        match assign.lhs() {
            AssignTarget::Identifier(name) => {
                if compound {
                    self.identifier(name);
                }
                self.expression(assign.rhs());
                self.builder.step(Kind::Assign(name.sym()), name.span().start());
            }
            AssignTarget::Access(access) => self.write(access, |walker| {
                walker.builder.blur();
                if compound && let PropertyAccess::Simple(simple) = access {
                    let key = field(simple.field());
                    let (object, name) = (range(simple.target()), name_of(simple.target()));
                    walker.builder.step(Kind::Read { object, key, name }, property(access));
                }
                walker.expression(assign.rhs());
            }),
            AssignTarget::Pattern(pattern) => {
                self.expression(assign.rhs());
                self.pattern(pattern, Target::Value(range(assign.rhs()), name_of(assign.rhs())));
            }
        }
        self.builder.leave();
    }

    fn update(&mut self, update: &Update) {
        self.builder.enter(update.span().start());
        match update.target() {
            UpdateTarget::Identifier(name) => {
                self.identifier(name);
                self.builder.step(Kind::Assign(name.sym()), update.span().start());
            }
            UpdateTarget::PropertyAccess(access) => {
                self.read(access);
                self.builder.blur();
                if let PropertyAccess::Simple(simple) = access {
                    let (object, name) = (range(simple.target()), name_of(simple.target()));
                    let key = field(simple.field());
                    self.builder.step(Kind::Write { object, key, name }, property(access));
                }
            }
        }
        self.builder.leave();
    }

    fn unary(&mut self, unary: &Unary) {
        match (unary.op(), bare(unary.target())) {
            (
                UnaryOp::Delete,
                Expression::PropertyAccess(access @ PropertyAccess::Simple(simple)),
            ) => {
                self.builder.enter(unary.span().start());
                self.expression(simple.target());
                let key = self.key(simple.field());
                self.builder
                    .step(Kind::Delete { object: range(simple.target()), key }, property(access));
                self.builder.leave();
            }
            (UnaryOp::Delete, target) => {
                self.builder.enter(unary.span().start());
                self.expression(target);
                self.builder.leave();
            }
            // A name that is not defined does not matter.
            (UnaryOp::TypeOf, Expression::Identifier(_)) => self.builder.fill(9),
            (_, target) => {
                self.builder.blur();
                self.expression(target);
                let value = range(target);
                self.builder.step(Kind::Convert { value }, unary.span().start());
            }
        }
    }

    fn binary(&mut self, binary: &Binary) {
        self.expression(binary.lhs());
        self.builder.blur();
        self.expression(binary.rhs());
        self.builder.blur();
        let (left, right) = (range(binary.lhs()), range(binary.rhs()));
        let whole = Range { start: left.start, end: right.end };
        let kind = match binary.op() {
            BinaryOp::Relational(RelationalOp::In) => Kind::In { key: left, object: right },
            BinaryOp::Relational(RelationalOp::InstanceOf) => Kind::InstanceOf { class: right },
            BinaryOp::Logical(_) | BinaryOp::Comma => return self.builder.fill(9),
            _ => Kind::Convert { value: whole },
        };
        self.builder.step(kind, whole.start);
    }

    fn optional(&mut self, optional: &Optional) {
        self.builder.blur();
        match bare(optional.target()) {
            Expression::PropertyAccess(access) => self.read(access),
            other => self.expression(other),
        }
        let mut object =
            Range { start: start(optional.target()), end: optional.target().span().end() };
        let mut last = match bare(optional.target()) {
            Expression::PropertyAccess(access) => property(access),
            other => start(other),
        };
        let mut key = match bare(optional.target()) {
            Expression::PropertyAccess(PropertyAccess::Simple(access)) => {
                Some(field(access.field()))
            }
            _ => None,
        };
        for operation in optional.chain() {
            let whole = Range { start: object.start, end: operation.span().end() };
            match operation.kind() {
                OptionalOperationKind::SimplePropertyAccess { field: name } => {
                    let read = self.key(name);
                    last = name.span().start();
                    self.builder.step(Kind::Read { object, key: read, name: None }, last);
                    key = Some(read);
                }
                OptionalOperationKind::PrivatePropertyAccess { field: name } => {
                    self.builder
                        .step(Kind::Private { name: name.description() }, name.span().start());
                }
                OptionalOperationKind::Call { args } => {
                    self.arguments(args);
                    let arguments = args.iter().map(range).collect();
                    let open = operation.span().start();
                    let call = Kind::Call { callee: object, key, name: None, arguments, open };
                    self.builder.step(call, last);
                    key = None;
                }
            }
            object = whole;
        }
        self.builder.fill(9);
    }

    fn tagged(&mut self, template: &TaggedTemplate) {
        let tag = bare(template.tag());
        let at = match tag {
            Expression::PropertyAccess(access) => {
                self.read(access);
                property(access)
            }
            other => {
                self.expression(other);
                start(other)
            }
        };
        self.builder.blur();
        self.arguments(template.exprs());
        let arguments = template.exprs().iter().map(range).collect();
        let (callee, open) = (range(tag), template.span().start());
        self.builder.step(Kind::Call { callee, key: None, name: None, arguments, open }, at);
    }

    fn template(&mut self, template: &TemplateLiteral) {
        self.builder.fill(9);
        self.builder.blur();
        for element in template.elements() {
            if let TemplateElement::Expr(expression) = element {
                self.expression(expression);
                let value = range(expression);
                self.builder.step(Kind::Convert { value }, value.start);
            }
        }
    }

    pub(super) fn pattern(&mut self, pattern: &Pattern, from: Target) {
        let at = match from {
            Target::Value(range, _) => range.start,
            _ => pattern.span().start(),
        };
        match pattern {
            Pattern::Object(pattern) => self.object_pattern(pattern, from, at),
            Pattern::Array(pattern) => self.array_pattern(pattern, from, at),
        }
    }

    fn object_pattern(&mut self, pattern: &ObjectPattern, from: Target, at: Position) {
        let first = pattern.bindings().first().and_then(|element| match element {
            ObjectPatternElement::SingleName { name, .. }
            | ObjectPatternElement::Pattern { name, .. }
            | ObjectPatternElement::AssignmentPropertyAccess { name, .. } => literal(name),
            _ => None,
        });
        let name = from.name();
        self.builder.step(Kind::Destructure { from, name, first, array: false }, at);
        self.builder.blur();
        for element in pattern.bindings() {
            match element {
                ObjectPatternElement::SingleName { name, default_init, .. } => {
                    self.property_name(name);
                    self.builder.fill(22);
                    self.default(default_init.as_ref());
                }
                ObjectPatternElement::Pattern { name, pattern, default_init } => {
                    self.property_name(name);
                    self.builder.fill(13);
                    self.default(default_init.as_ref());
                    self.pattern(pattern, literal(name).map_or(Target::Unknown, Target::Property));
                }
                ObjectPatternElement::AssignmentPropertyAccess { name, access, default_init } => {
                    self.property_name(name);
                    self.write(access, |walker| walker.default(default_init.as_ref()));
                }
                ObjectPatternElement::AssignmentRestPropertyAccess { access } => {
                    self.write(access, |_| {});
                }
                ObjectPatternElement::RestProperty { .. } => self.builder.fill(9),
            }
        }
    }

    fn array_pattern(&mut self, pattern: &ArrayPattern, from: Target, at: Position) {
        let name = from.name();
        self.builder.step(Kind::Destructure { from, name, first: None, array: true }, at);
        self.builder.blur();
        for element in pattern.bindings() {
            match element {
                ArrayPatternElement::SingleName { default_init, .. } => {
                    self.builder.fill(9);
                    self.default(default_init.as_ref());
                }
                ArrayPatternElement::Pattern { pattern, default_init } => {
                    self.default(default_init.as_ref());
                    self.pattern(pattern, Target::Unknown);
                }
                ArrayPatternElement::PatternRest { pattern } => {
                    self.pattern(pattern, Target::Unknown);
                }
                ArrayPatternElement::PropertyAccess { access, default_init } => {
                    self.write(access, |walker| walker.default(default_init.as_ref()));
                }
                ArrayPatternElement::PropertyAccessRest { access } => self.write(access, |_| {}),
                ArrayPatternElement::Elision | ArrayPatternElement::SingleNameRest { .. } => {
                    self.builder.fill(9);
                }
            }
        }
    }

    fn default(&mut self, value: Option<&Expression>) {
        if let Some(value) = value {
            self.expression(value);
        }
    }
}

fn literal(name: &PropertyName) -> Option<Sym> {
    match name {
        PropertyName::Literal(name) => Some(name.sym()),
        PropertyName::Computed(_) => None,
    }
}

fn field(field: &PropertyAccessField) -> Key {
    match field {
        PropertyAccessField::Const(name) => Key::Name(name.sym()),
        PropertyAccessField::Expr(expression) => Key::Computed(range(expression)),
    }
}

/// Where the property is named.
fn property(access: &PropertyAccess) -> Position {
    match access {
        PropertyAccess::Simple(access) => access.field().span().start(),
        PropertyAccess::Private(access) => access.field().span().start(),
        PropertyAccess::Super(access) => access.field().span().start(),
    }
}
