//! A source text as the engine compiles it: for each function its steps that can throw, in the order
//! of the bytecode, below the positions that the compiler notes.
//!
//! The compiler of Boa 0.22 notes a position for calls, property accesses, assignments, updates,
//! `delete`, `throw` and bodies of functions. What else can throw has the position of whatever is
//! around it; outside of functions, of whatever was before it.

use std::collections::HashSet;
use std::rc::Rc;

use boa_engine::ast::expression::Expression;
use boa_engine::ast::expression::access::PropertyAccess;
use boa_engine::ast::{Position, Spanned};
use boa_engine::interner::{Interner, Sym};

/// What the functions of a source text do.
pub(super) struct Outline {
    pub(super) blocks: Vec<Block>,
    pub(super) interner: Interner,
}

/// The body of a function, or of the module.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// Its own name, where the source gives it one.
    pub(super) name: Option<Sym>,
    pub(super) parameters: Vec<Sym>,
    /// From its first to its last line; `None` for the module.
    pub(super) span: Option<Range>,
    pub(super) segments: Vec<Segment>,
    /// All positions that the compiler notes, also those that turn out to have no instructions.
    pub(super) positions: HashSet<Position>,
}

/// Consecutive instructions of one position.
#[derive(Debug)]
pub(super) struct Segment {
    pub(super) position: Option<Position>,
    pub(super) steps: Vec<Step>,
    /// The length of its instructions; 0 where there are none.
    pub(super) bytes: u32,
    /// Whether that is a guess.
    pub(super) vague: bool,
}

/// Something that can throw.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) kind: Kind,
    /// What a reader should look at.
    pub(super) at: Position,
    /// How far into the segment its instruction ends.
    pub(super) end: u32,
    /// Whether that is a guess.
    pub(super) vague: bool,
    pub(super) names: Rc<Names>,
}

/// A piece of the source text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) start: Position,
    pub(super) end: Position,
}

/// What is read from an object.
#[derive(Clone, Copy, Debug)]
pub(super) enum Key {
    Name(Sym),
    Computed(Range),
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    Read {
        object: Range,
        key: Key,
        /// An identifier, when the object is one.
        name: Option<Sym>,
    },
    Write {
        object: Range,
        key: Key,
        name: Option<Sym>,
    },
    Delete {
        object: Range,
        key: Key,
    },
    Private {
        name: Sym,
    },
    Call {
        callee: Range,
        /// Where `callee` reads a property.
        key: Option<Key>,
        /// The callee, or the object that it is read from, when that is a name.
        name: Option<Sym>,
        arguments: Vec<Range>,
        open: Position,
    },
    New {
        callee: Range,
        name: Option<Sym>,
        arguments: Vec<Range>,
    },
    Extends {
        base: Range,
    },
    Iterate {
        value: Range,
        name: Option<Sym>,
    },
    Destructure {
        from: Target,
        name: Option<Sym>,
        /// The first property that is taken.
        first: Option<Sym>,
        array: bool,
    },
    Name(Sym),
    Assign(Sym),
    In {
        key: Range,
        object: Range,
    },
    InstanceOf {
        class: Range,
    },
    Convert {
        value: Range,
    },
    This,
}

/// What a pattern takes apart.
#[derive(Clone, Copy, Debug)]
pub(super) enum Target {
    /// A value, with its name if that is all it is.
    Value(Range, Option<Sym>),
    /// The argument of that number, from 0, of the function named.
    Argument(usize),
    Property(Sym),
    Unknown,
}

impl Target {
    pub(super) fn name(self) -> Option<Sym> {
        match self {
            Self::Value(_, name) => name,
            _ => None,
        }
    }
}

/// The names that a step can see.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) own: Vec<(Sym, Declared)>,
    pub(super) outer: Option<Rc<Self>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Declared {
    /// `let` and `const`, which have a temporal dead zone.
    Lexical,
    /// As above, and never null or undefined after it.
    Object,
    Class,
    Imported,
    Function,
    /// Everything else.
    Other,
}

impl Declared {
    pub(super) fn has_dead_zone(self) -> bool {
        matches!(self, Self::Lexical | Self::Object | Self::Class | Self::Imported)
    }
}

impl Names {
    pub(super) fn declared(&self, name: Sym) -> Option<Declared> {
        let own = self.own.iter().find(|own| own.0 == name).map(|own| own.1);
        own.or_else(|| self.outer.as_ref()?.declared(name))
    }

    pub(super) fn all(&self) -> Vec<Sym> {
        let mut all: Vec<Sym> = self.own.iter().map(|own| own.0).collect();
        if let Some(outer) = &self.outer {
            all.extend(outer.all());
        }
        all
    }
}

impl Outline {
    pub(super) fn name(&self, name: Sym) -> String {
        self.interner.resolve_expect(name).to_string()
    }
}

/// The text of an expression. The engine's spans of calls are those of their arguments.
pub(super) fn range(expression: &Expression) -> Range {
    Range { start: start(expression), end: expression.span().end() }
}

/// The expression in the parentheses.
pub(super) fn bare(mut expression: &Expression) -> &Expression {
    while let Expression::Parenthesized(inner) = expression {
        expression = inner.expression();
    }
    expression
}

/// The name, if the expression is nothing else.
pub(super) fn name_of(expression: &Expression) -> Option<Sym> {
    match bare(expression) {
        Expression::Identifier(name) => Some(name.sym()),
        _ => None,
    }
}

pub(super) fn start(expression: &Expression) -> Position {
    match expression {
        Expression::Call(call) => start(call.function()),
        Expression::PropertyAccess(PropertyAccess::Simple(access)) => start(access.target()),
        Expression::PropertyAccess(PropertyAccess::Private(access)) => start(access.target()),
        Expression::Optional(optional) => start(optional.target()),
        Expression::TaggedTemplate(template) => start(template.tag()),
        Expression::Binary(binary) => start(binary.lhs()),
        Expression::Conditional(conditional) => start(conditional.condition()),
        other => other.span().start(),
    }
}

/// The line and the column.
pub(super) fn numbers(position: Position) -> (usize, usize) {
    let number = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    (number(position.line_number()), number(position.column_number()))
}
