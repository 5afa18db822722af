//! Goes through a syntax tree in the order of the engine's compiler, and notes for an outline what
//! can throw.

use std::ops::ControlFlow;

use boa_engine::Source;
use boa_engine::ast::declaration::{
    Binding, ImportDeclaration, ImportKind, LexicalDeclaration, Variable,
};
use boa_engine::ast::expression::literal::{ObjectMethodDefinition, PropertyDefinition};
use boa_engine::ast::expression::{Expression, Identifier};
use boa_engine::ast::function::{
    ArrowFunction, AsyncArrowFunction, AsyncFunctionDeclaration, AsyncFunctionExpression,
    AsyncGeneratorDeclaration, AsyncGeneratorExpression, ClassDeclaration, ClassElement,
    ClassElementName, ClassExpression, FormalParameterList, FunctionBody, FunctionDeclaration,
    FunctionExpression, GeneratorDeclaration, GeneratorExpression,
};
use boa_engine::ast::operations::{bound_names, lexically_declared_names, var_declared_names};
use boa_engine::ast::property::PropertyName;
use boa_engine::ast::scope::Scope;
use boa_engine::ast::statement::iteration::{
    ForInLoop, ForLoop, ForLoopInitializer, ForOfLoop, IterableLoopInitializer,
};
use boa_engine::ast::statement::{Block, Case, Catch, Return, Switch, Throw};
use boa_engine::ast::visitor::{VisitWith, Visitor};
use boa_engine::ast::{
    Declaration, Module, ModuleItem, Position, Spanned, Statement, StatementList, StatementListItem,
};
use boa_engine::interner::{Interner, Sym};
use boa_engine::parser::Parser;

use super::outline::{Declared, Kind, Outline, Range, Target, bare, name_of, range};
use super::walker::Walker;
use crate::js::utf16::utf16;

/// The outline of a module, unless it has a syntax error.
pub(super) fn outline(source: &str) -> Option<Outline> {
    let mut interner = Interner::default();
    let units = utf16(source);
    let mut parser = Parser::new(Source::from_utf16(&units));
    let module = parser.parse_module(&Scope::new_global(), &mut interner).ok()?;
    let mut walker = Walker::default();
    walker.module(&module);
    Some(Outline { blocks: walker.builder.finish(), interner })
}

/// A function of whatever kind.
struct Function<'ast> {
    name: Option<Sym>,
    parameters: &'ast FormalParameterList,
    body: &'ast FunctionBody,
    /// What the compiler notes as the position of its body.
    position: Position,
}

impl Walker {
    fn module<'ast>(&mut self, module: &'ast Module) {
        let mut names = Vec::new();
        for item in module.items().items() {
            match item {
                ModuleItem::ImportDeclaration(import) => {
                    names.extend(
                        imported(import).into_iter().map(|name| (name, Declared::Imported)),
                    );
                }
                ModuleItem::StatementListItem(item) => declare(item, &mut names),
                ModuleItem::ExportDeclaration(export) => {
                    names.extend(lexically_declared_names(&**export).into_iter().map(lexical));
                }
            }
        }
        names.extend(var_declared_names(module.items()).into_iter().map(other));
        self.builder.begin(None, Vec::new(), None);
        self.builder.declare(names);
        let items: &'ast [ModuleItem] = module.items().items();
        for item in items {
            let _ = self.visit_module_item(item);
            self.builder.blur();
        }
        self.builder.forget();
        self.builder.end();
    }

    /// A function costs its surroundings one instruction, which makes it.
    fn function(&mut self, function: &Function<'_>) {
        let Function { name, parameters, body, position } = *function;
        self.builder.fill(9);
        self.builder.blur();
        let mut names: Vec<_> = bound_names(parameters).into_iter().map(other).collect();
        let own =
            parameters.as_ref().iter().map(|parameter| match parameter.variable().binding() {
                Binding::Identifier(name) => name.sym(),
                Binding::Pattern(_) => Sym::EMPTY_STRING,
            });
        let own = own.collect();
        names.extend(name.map(other));
        names.extend(var_declared_names(body.statement_list()).into_iter().map(other));
        let span = Range { start: body.span().start(), end: body.span().end() };
        self.builder.begin(name, own, Some(span));
        self.builder.declare(names);
        self.builder.blur();
        for (index, parameter) in parameters.as_ref().iter().enumerate() {
            if let Some(init) = parameter.init() {
                let _ = self.visit_expression(init);
            }
            match parameter.variable().binding() {
                Binding::Pattern(pattern) => self.pattern(pattern, Target::Argument(index)),
                Binding::Identifier(_) => self.builder.fill(9),
            }
        }
        self.builder.enter(position);
        self.statements(body.statement_list());
        self.builder.leave();
        self.builder.forget();
        self.builder.end();
    }

    fn statements(&mut self, list: &StatementList) {
        let mut names = Vec::new();
        for item in list.statements() {
            declare(item, &mut names);
        }
        self.builder.declare(names);
        for item in list.statements() {
            let _ = self.visit_statement_list_item(item);
            self.builder.blur();
        }
        self.builder.forget();
    }

    fn class(
        &mut self,
        name: Option<Sym>,
        base: Option<&Expression>,
        constructor: Option<&FunctionExpression>,
        elements: &[ClassElement],
    ) {
        self.builder.blur();
        self.builder.declare(name.into_iter().map(lexical).collect());
        if let Some(constructor) = constructor {
            self.function(&Function {
                name,
                parameters: constructor.parameters(),
                body: constructor.body(),
                position: constructor.span().start(),
            });
        }
        if let Some(base) = base {
            let _ = self.visit_expression(base);
            let base = range(base);
            self.builder.step(Kind::Extends { base }, base.start);
        }
        for element in elements {
            self.class_element(element);
        }
        self.builder.forget();
    }

    fn class_element(&mut self, element: &ClassElement) {
        match element {
            ClassElement::MethodDefinition(method) => {
                let name = match method.name() {
                    ClassElementName::PropertyName(name) => self.property_name(name),
                    ClassElementName::PrivateName(name) => Some(name.description()),
                };
                let (parameters, body) = (method.parameters(), method.body());
                let position = body.span().start();
                self.function(&Function { name, parameters, body, position });
            }
            ClassElement::FieldDefinition(field) | ClassElement::StaticFieldDefinition(field) => {
                let name = self.property_name(field.name());
                self.field(name, field.initializer());
            }
            ClassElement::PrivateFieldDefinition(field)
            | ClassElement::PrivateStaticFieldDefinition(field) => {
                self.field(Some(field.name().description()), field.initializer());
            }
            ClassElement::StaticBlock(block) => {
                let body = block.statements();
                let parameters = &FormalParameterList::default();
                let position = body.span().start();
                self.function(&Function { name: None, parameters, body, position });
            }
        }
    }

    fn field(&mut self, name: Option<Sym>, init: Option<&Expression>) {
        let Some(init) = init else { return };
        self.builder.begin(name, Vec::new(), Some(range(init)));
        self.builder.enter(init.span().start());
        let _ = self.visit_expression(init);
        self.builder.leave();
        self.builder.end();
    }

    /// The name, if it is not computed.
    pub(super) fn property_name(&mut self, name: &PropertyName) -> Option<Sym> {
        match name {
            PropertyName::Literal(name) => Some(name.sym()),
            PropertyName::Computed(expression) => {
                let _ = self.visit_expression(expression);
                None
            }
        }
    }

    fn method(&mut self, method: &ObjectMethodDefinition) {
        let name = self.property_name(method.name());
        let (parameters, body) = (method.parameters(), method.body());
        let position = body.span().start();
        self.function(&Function { name, parameters, body, position });
    }

    fn loop_target(&mut self, target: &IterableLoopInitializer) {
        match target {
            IterableLoopInitializer::Identifier(_) => self.builder.fill(9),
            IterableLoopInitializer::Access(access) => self.write(access, |_| {}),
            IterableLoopInitializer::Var(variable) => self.binding(variable.binding()),
            IterableLoopInitializer::Let(binding) | IterableLoopInitializer::Const(binding) => {
                self.binding(binding);
            }
            IterableLoopInitializer::Pattern(pattern) => self.pattern(pattern, Target::Unknown),
        }
    }

    fn binding(&mut self, binding: &Binding) {
        match binding {
            Binding::Identifier(_) => self.builder.fill(9),
            Binding::Pattern(pattern) => self.pattern(pattern, Target::Unknown),
        }
    }
}

fn lexical(name: Sym) -> (Sym, Declared) {
    (name, Declared::Lexical)
}

fn other(name: Sym) -> (Sym, Declared) {
    (name, Declared::Other)
}

/// The names that an item of a list of statements declares for the whole list.
fn declare(item: &StatementListItem, names: &mut Vec<(Sym, Declared)>) {
    let StatementListItem::Declaration(declaration) = item else { return };
    let mut all = |declared| {
        names.extend(bound_names(&**declaration).into_iter().map(|name| (name, declared)));
    };
    match &**declaration {
        Declaration::Lexical(LexicalDeclaration::Const(list)) => {
            for variable in list.as_ref() {
                let object = variable.init().is_some_and(is_object)
                    && matches!(variable.binding(), Binding::Identifier(_));
                let declared = if object { Declared::Object } else { Declared::Lexical };
                names.extend(bound_names(variable).into_iter().map(|name| (name, declared)));
            }
        }
        Declaration::Lexical(_) => all(Declared::Lexical),
        Declaration::ClassDeclaration(_) => all(Declared::Class),
        _ => all(Declared::Function),
    }
}

/// Whether a value is certainly neither null nor undefined.
fn is_object(expression: &Expression) -> bool {
    matches!(
        bare(expression),
        Expression::ObjectLiteral(_)
            | Expression::ArrayLiteral(_)
            | Expression::ArrowFunction(_)
            | Expression::AsyncArrowFunction(_)
            | Expression::FunctionExpression(_)
            | Expression::ClassExpression(_)
            | Expression::TemplateLiteral(_)
            | Expression::New(_)
    )
}

pub(super) fn imported(import: &ImportDeclaration) -> Vec<Sym> {
    let mut names: Vec<Sym> = import.default().map(Identifier::sym).into_iter().collect();
    match import.kind() {
        ImportKind::DefaultOrUnnamed => {}
        ImportKind::Namespaced { binding } => names.push(binding.sym()),
        ImportKind::Named { names: list } => {
            names.extend(list.iter().map(|specifier| specifier.binding().sym()));
        }
    }
    names
}

type Flow = ControlFlow<()>;

const ON: Flow = ControlFlow::Continue(());

/// The visits of functions, which differ in their types only.
macro_rules! functions {
    ($($visit:ident: $node:ident, $name:expr;)*) => {
        $(fn $visit(&mut self, node: &'ast $node) -> Flow {
            let name: fn(&$node) -> Option<Sym> = $name;
            let (parameters, body) = (node.parameters(), node.body());
            let position = body.span().start();
            self.function(&Function { name: name(node), parameters, body, position });
            ON
        })*
    };
}

impl<'ast> Visitor<'ast> for Walker {
    type BreakTy = ();

    functions! {
        visit_function_expression: FunctionExpression, |node| node.name().map(Identifier::sym);
        visit_function_declaration: FunctionDeclaration, |node| Some(node.name().sym());
        visit_generator_expression: GeneratorExpression, |node| node.name().map(Identifier::sym);
        visit_generator_declaration: GeneratorDeclaration, |node| Some(node.name().sym());
        visit_async_function_expression: AsyncFunctionExpression,
            |node| node.name().map(Identifier::sym);
        visit_async_function_declaration: AsyncFunctionDeclaration, |node| Some(node.name().sym());
        visit_async_generator_expression: AsyncGeneratorExpression,
            |node| node.name().map(Identifier::sym);
        visit_async_generator_declaration: AsyncGeneratorDeclaration,
            |node| Some(node.name().sym());
        visit_arrow_function: ArrowFunction, |node| node.name().map(Identifier::sym);
        visit_async_arrow_function: AsyncArrowFunction, |node| node.name().map(Identifier::sym);
    }

    fn visit_class_declaration(&mut self, class: &'ast ClassDeclaration) -> Flow {
        let name = Some(class.name().sym());
        self.class(name, class.super_ref(), class.constructor(), class.elements());
        ON
    }

    fn visit_class_expression(&mut self, class: &'ast ClassExpression) -> Flow {
        let name = class.name().map(Identifier::sym);
        self.class(name, class.super_ref(), class.constructor(), class.elements());
        ON
    }

    fn visit_property_definition(&mut self, definition: &'ast PropertyDefinition) -> Flow {
        match definition {
            PropertyDefinition::MethodDefinition(method) => self.method(method),
            PropertyDefinition::IdentifierReference(name) => self.identifier(name),
            other => return other.visit_with(self),
        }
        ON
    }

    fn visit_import_declaration(&mut self, _: &'ast ImportDeclaration) -> Flow {
        ON
    }

    fn visit_block(&mut self, block: &'ast Block) -> Flow {
        self.statements(block.statement_list());
        ON
    }

    fn visit_catch(&mut self, catch: &'ast Catch) -> Flow {
        let names = catch.parameter().map(bound_names).unwrap_or_default();
        self.builder.declare(names.into_iter().map(other).collect());
        if let Some(parameter) = catch.parameter() {
            self.binding(parameter);
        }
        self.statements(catch.block().statement_list());
        self.builder.forget();
        ON
    }

    fn visit_switch(&mut self, switch: &'ast Switch) -> Flow {
        self.visit_expression(switch.val())?;
        let mut names = Vec::new();
        let bodies = switch.cases().iter().map(Case::body).chain(switch.default());
        for item in bodies.clone().flat_map(StatementList::statements) {
            declare(item, &mut names);
        }
        self.builder.declare(names);
        for case in switch.cases() {
            if let Some(condition) = case.condition() {
                self.visit_expression(condition)?;
            }
        }
        for item in switch.cases().iter().flat_map(|case| case.body().statements()) {
            self.visit_statement_list_item(item)?;
        }
        self.builder.forget();
        ON
    }

    fn visit_variable(&mut self, variable: &'ast Variable) -> Flow {
        if let Some(init) = variable.init() {
            self.visit_expression(init)?;
        }
        match (variable.binding(), variable.init()) {
            (Binding::Pattern(pattern), Some(init)) => {
                self.pattern(pattern, Target::Value(range(init), name_of(init)));
            }
            (binding, _) => self.binding(binding),
        }
        ON
    }

    fn visit_for_loop(&mut self, node: &'ast ForLoop) -> Flow {
        let names = match node.init() {
            Some(ForLoopInitializer::Lexical(lexical)) => bound_names(lexical.declaration()),
            _ => Vec::new(),
        };
        self.builder.declare(names.into_iter().map(lexical).collect());
        if let Some(init) = node.init() {
            self.visit_for_loop_initializer(init)?;
        }
        self.builder.fill(9);
        // The compiler puts it before the body.
        if let Some(last) = node.final_expr() {
            self.visit_expression(last)?;
        }
        if let Some(condition) = node.condition() {
            self.visit_expression(condition)?;
        }
        self.visit_statement(node.body())?;
        self.builder.forget();
        ON
    }

    fn visit_for_of_loop(&mut self, node: &'ast ForOfLoop) -> Flow {
        self.visit_expression(node.iterable())?;
        let (value, name) = (range(node.iterable()), name_of(node.iterable()));
        self.builder.step(Kind::Iterate { value, name }, value.start);
        // The next item, and whether there is one.
        self.builder.fill(26);
        self.builder.blur();
        self.loop_body(node.initializer(), node.body())
    }

    fn visit_for_in_loop(&mut self, node: &'ast ForInLoop) -> Flow {
        self.visit_expression(node.target())?;
        self.builder.fill(9);
        self.loop_body(node.initializer(), node.body())
    }

    fn visit_return(&mut self, node: &'ast Return) -> Flow {
        if let Some(target) = node.target() {
            self.visit_expression(target)?;
        }
        self.builder.fill(6);
        ON
    }

    fn visit_throw(&mut self, throw: &'ast Throw) -> Flow {
        self.builder.enter(throw.target().span().start());
        self.visit_expression(throw.target())?;
        self.builder.fill(9);
        self.builder.leave();
        ON
    }

    fn visit_expression(&mut self, expression: &'ast Expression) -> Flow {
        self.expression(expression);
        ON
    }
}

impl Walker {
    fn loop_body(&mut self, target: &IterableLoopInitializer, body: &Statement) -> Flow {
        let names = match target {
            IterableLoopInitializer::Let(binding) | IterableLoopInitializer::Const(binding) => {
                bound_names(binding)
            }
            _ => Vec::new(),
        };
        self.builder.declare(names.into_iter().map(lexical).collect());
        self.loop_target(target);
        self.visit_statement(body)?;
        self.builder.forget();
        ON
    }
}
