//! Where a program waits that nothing is left to wake: the line of its top-level `await`.
//!
//! The engine keeps no list of what waits. It tells whenever something begins to wait for a promise,
//! and the latest call of a module before that is known then, so the text says which `await` it is.
//! Where the text allows for several, all of them are named: a wrong line is worse than none.

use std::cell::RefCell;
use std::ops::ControlFlow;

use boa_engine::ast::expression::{Await, Expression};
use boa_engine::ast::function::{
    ClassDeclaration, ClassExpression, FormalParameterList, FunctionBody,
};
use boa_engine::ast::scope::Scope;
use boa_engine::ast::visitor::{VisitWith, Visitor};
use boa_engine::ast::{Position, Spanned, Statement};
use boa_engine::interner::Interner;
use boa_engine::parser::Parser;
use boa_engine::vm::CodeBlock;
use boa_engine::{Context, Source};
use boa_gc::Gc;

use super::activation::{self, Activation, Continuation};
use super::source::{excerpt, source_of};
use super::stack::{Place, is_internal, shown};
use super::utf16::utf16;
use crate::limits::WAITING_PLACES_MAX;

/// Where each module was when it last began to wait.
#[derive(Default)]
pub(super) struct Waiting(RefCell<Vec<Waited>>);

struct Waited {
    module: Activation,
    /// The latest call of the module by then, where the engine knows it.
    position: Option<Position>,
    /// How often something began to wait there: twice for each `await`.
    times: usize,
}

impl Waiting {
    /// Something begins to wait for a promise. If that is a module, it is for its job to hold what is
    /// returned.
    #[inline]
    pub(super) fn note(&self, context: &Context) -> Option<Continuation> {
        let frame = context.stack_trace().next()?;
        if !activation::is_module(frame.code_block()) {
            return None;
        }
        Some(self.note_module(frame.code_block(), frame.position().position))
    }

    fn note_module(&self, module: &Gc<CodeBlock>, position: Option<Position>) -> Continuation {
        let mut modules = self.0.borrow_mut();
        let known = modules.iter().position(|one| Gc::ptr_eq(one.module.code(), module));
        let at = known.unwrap_or_else(|| {
            let module = Activation::new(module.clone());
            modules.push(Waited { module, position, times: 0 });
            modules.len() - 1
        });
        let waited = &mut modules[at];
        waited.times = if waited.position == position { waited.times + 1 } else { 1 };
        waited.position = position;
        waited.module.wait()
    }

    /// Where `program` waits, or the modules that it imports: the line with a caret where that is
    /// certain, and the place or the places.
    pub(super) fn text(&self, program: &str, context: &Context) -> (Option<String>, String) {
        let modules = self.0.borrow();
        let modules: Vec<_> = modules
            .iter()
            .map(|waited| (waited.module.code().path().to_string(), waited))
            .filter(|(path, _)| !is_internal(path))
            .map(|(path, waited)| (places(shown(&path), waited, context), path))
            .collect();
        // The program itself begins when all that it imports has come to its end.
        let own = modules.iter().find(|(_, path)| shown(path) == program);
        let places: Vec<&Place> = match own {
            Some((places, _)) => places.iter().collect(),
            None => modules.iter().flat_map(|(places, _)| places).collect(),
        };
        match places.as_slice() {
            [] => (None, String::new()),
            [place] => (excerpt(place, context), format!("\n    at {place}")),
            places if places.len() > WAITING_PLACES_MAX => (None, String::new()),
            [places @ .., last] => {
                let places: Vec<String> = places.iter().map(ToString::to_string).collect();
                (None, format!("\n    at {} or {last}", places.join(", ")))
            }
        }
    }
}

/// Where a module may wait.
fn places(path: &str, waited: &Waited, context: &Context) -> Vec<Place> {
    let Some(source) = source_of(path, context) else { return Vec::new() };
    let awaits = top_level_awaits(&source).unwrap_or_default();
    candidates(&awaits, waited.position, waited.times)
        .into_iter()
        .map(|at| Place {
            path: path.to_owned(),
            line: at.line_number() as usize,
            column: at.column_number() as usize,
            known: true,
        })
        .collect()
}

/// Each `await` that may have begun to wait, the `times`th time after the call at `position`.
fn candidates(awaits: &[TopLevel], position: Option<Position>, times: usize) -> Vec<Position> {
    let inside = |one: &&TopLevel| {
        position.is_some_and(|position| one.start <= position && position <= one.end)
    };
    let innermost = awaits.iter().filter(inside).max_by_key(|one| one.start);
    // One that waits for no call leaves the position where it was, and may come after others.
    let silent = awaits.iter().filter(|one| !one.calls && Some(*one) != innermost);
    let mut found: Vec<Position> = match innermost {
        Some(_) if times <= 2 => Vec::new(),
        _ => silent.map(|one| one.start).collect(),
    };
    found.extend(innermost.map(|one| one.start));
    if found.is_empty() {
        // The engine knows of no call.
        found.extend(awaits.iter().map(|one| one.start));
    }
    found.sort_unstable();
    found
}

/// An `await` that is in no function.
#[derive(Debug, PartialEq)]
struct TopLevel {
    start: Position,
    end: Position,
    /// What it waits for is the result of a call.
    calls: bool,
    /// It is a `for await` loop.
    is_loop: bool,
}

/// Whether a module waits at its top level by `for await` loops and nothing else, which Boa 0.22
/// overlooks.
pub(super) fn waits_by_loops_only(source: &str) -> bool {
    let mut awaits = source.match_indices("await");
    awaits.any(|(at, _)| source[..at].trim_end().ends_with("for"))
        && top_level_awaits(source)
            .is_some_and(|awaits| !awaits.is_empty() && awaits.iter().all(|one| one.is_loop))
}

fn top_level_awaits(source: &str) -> Option<Vec<TopLevel>> {
    let units = utf16(source);
    let mut parser = Parser::new(Source::from_utf16(&units));
    let mut interner = Interner::default();
    let module = parser.parse_module(&Scope::new_global(), &mut interner).ok()?;
    let mut finder = Finder(Vec::new());
    let _ = module.items().visit_with(&mut finder);
    Some(finder.0)
}

struct Finder(Vec<TopLevel>);

impl<'ast> Visitor<'ast> for Finder {
    type BreakTy = ();

    fn visit_await(&mut self, node: &'ast Await) -> ControlFlow<()> {
        let (span, awaited) = (node.span(), node.target());
        let calls =
            matches!(awaited, Expression::Call(_) | Expression::New(_) | Expression::ImportCall(_));
        self.0.push(TopLevel { start: span.start(), end: span.end(), calls, is_loop: false });
        node.visit_with(self)
    }

    fn visit_statement(&mut self, node: &'ast Statement) -> ControlFlow<()> {
        if let Statement::ForOfLoop(each) = node
            && each.r#await()
        {
            // The engine calls its steps, which moves no position.
            let span = each.iterable().span();
            let (start, end) = (span.start(), span.end());
            self.0.push(TopLevel { start, end, calls: false, is_loop: true });
        }
        node.visit_with(self)
    }

    // What is in here waits by itself.
    fn visit_function_body(&mut self, _: &'ast FunctionBody) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }

    fn visit_formal_parameter_list(&mut self, _: &'ast FormalParameterList) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }

    fn visit_class_expression(&mut self, _: &'ast ClassExpression) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }

    fn visit_class_declaration(&mut self, _: &'ast ClassDeclaration) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(source: &str, position: Option<(u32, u32)>, times: usize) -> Vec<u32> {
        let awaits = top_level_awaits(source).unwrap();
        let position = position.map(|(line, column)| Position::new(line, column));
        let found = candidates(&awaits, position, times);
        found.into_iter().map(Position::line_number).collect()
    }

    #[test]
    fn an_await_is_known_by_the_call_before_it() {
        let source = "await first();\nawait second(\n  await third(),\n);\nasync () => await 4;\n";
        assert_eq!(lines(source, Some((1, 12)), 2), [1]);
        assert_eq!(lines(source, Some((3, 14)), 2), [3]);
        assert_eq!(lines(source, Some((2, 13)), 2), [2]);
        assert_eq!(lines(source, Some((2, 13)), 100), [2]);
    }

    #[test]
    fn a_module_with_no_await_but_those_of_loops_is_known() {
        for source in ["for await (const x of y) x();", "{ for\nawait (x of f()); }\n// await"] {
            assert!(waits_by_loops_only(source), "{source}");
        }
        for source in [
            "for await (const x of await y) x();",
            "for await (const x of y) await x;",
            "async () => { for await (const x of y) x(); };",
            "// for await (const x of y) x();",
            "for await (",
            "await x;",
        ] {
            assert!(!waits_by_loops_only(source), "{source}");
        }
    }

    #[test]
    fn where_several_may_wait_all_are_named() {
        let source = "await first();\nawait promise;\nfor await (const x of y) x();\n";
        assert_eq!(lines(source, Some((1, 12)), 2), [1]);
        assert_eq!(lines(source, Some((1, 12)), 4), [1, 2, 3]);
        assert_eq!(lines(source, None, 2), [2, 3]);
        assert_eq!(lines("f();\nawait promise;\nawait g();\n", Some((1, 2)), 2), [2]);
        assert_eq!(lines("await only;", None, 6), [1]);
        assert!(lines("f();", None, 2).is_empty());
    }
}
