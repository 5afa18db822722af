//! The names that a CommonJS file exports, read off its text: an ES module has to know them before
//! anything runs. As in Node.js, what a file exports in other ways than these is in `default` alone.
//!
//! - `exports.a = …`, `module.exports.a = …`, `Object.defineProperty(exports, 'a', …)`
//! - `module.exports = { a, b: … }`
//! - what another file exports: `module.exports = require('./b')`, `...require('./b')` in such an
//!   object, and the loops over it that compilers write

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use boa_engine::Source;
use boa_engine::ast::declaration::{Binding, Variable};
use boa_engine::ast::expression::access::{PropertyAccess, PropertyAccessField};
use boa_engine::ast::expression::literal::{LiteralKind, PropertyDefinition};
use boa_engine::ast::expression::operator::Assign;
use boa_engine::ast::expression::operator::assign::{AssignOp, AssignTarget};
use boa_engine::ast::expression::{Call, Expression};
use boa_engine::ast::property::PropertyName;
use boa_engine::ast::scope::Scope;
use boa_engine::ast::visitor::{VisitWith, Visitor};
use boa_engine::interner::{Interner, Sym};
use boa_engine::parser::Parser;

use super::source::wrapped;
use crate::js::utf16::utf16;
use crate::limits::COMMONJS_REEXPORTS;

/// What a text says that it exports.
#[derive(Debug, Default, PartialEq, Eq)]
struct Exports {
    /// Its own names.
    names: BTreeSet<String>,
    /// The specifiers of other files, whose names it passes on.
    reexports: Vec<String>,
}

/// Reads a text; `None` if it is no CommonJS at all.
fn exports_of(text: &str) -> Option<Exports> {
    let source = wrapped(text);
    let mut interner = Interner::default();
    let units = utf16(&source);
    let mut parser = Parser::new(Source::from_utf16(&units));
    let script = parser.parse_script(&Scope::new_global(), &mut interner).ok()?;
    let mut reader =
        Reader { interner: &interner, required: HashMap::new(), found: Exports::default() };
    let _ = script.statements().visit_with(&mut reader);
    let mut found = reader.found;
    found.names.remove("default");
    Some(found)
}

/// Finds what a specifier means in the file at a path, and reads it.
type Read<'a> = dyn Fn(&str, &Path) -> Option<(PathBuf, String)> + 'a;

/// The names that a file exports, with those that it passes on; `None` if it is no CommonJS at all.
pub(in crate::js) fn all_names(
    path: &Path,
    text: &str,
    read: &Read<'_>,
) -> Option<BTreeSet<String>> {
    let exports = exports_of(text)?;
    let mut names = exports.names;
    let mut seen = HashSet::from([path.to_path_buf()]);
    let mut left: Vec<_> =
        exports.reexports.into_iter().map(|specifier| (specifier, path.to_path_buf())).collect();
    while let Some((specifier, from)) = left.pop() {
        let Some((path, text)) = read(&specifier, &from) else { continue };
        if seen.len() > COMMONJS_REEXPORTS || !seen.insert(path.clone()) {
            continue;
        }
        let Some(exports) = exports_of(&text) else { continue };
        names.extend(exports.names);
        left.extend(exports.reexports.into_iter().map(|specifier| (specifier, path.clone())));
    }
    Some(names)
}

struct Reader<'a> {
    interner: &'a Interner,
    /// Variables that hold what `require` has returned.
    required: HashMap<Sym, String>,
    found: Exports,
}

impl Reader<'_> {
    fn text(&self, name: Sym) -> String {
        self.interner.resolve_expect(name).to_string()
    }

    fn is(&self, expression: &Expression, name: &str) -> bool {
        matches!(plain(expression), Expression::Identifier(id) if self.text(id.sym()) == name)
    }

    /// `exports`, `module.exports`, or an assignment to one of them.
    fn is_exports(&self, expression: &Expression) -> bool {
        match plain(expression) {
            Expression::PropertyAccess(access) => self.is_module_exports(access),
            Expression::Assign(assign) => {
                matches!(assign.lhs(), AssignTarget::Access(access) if self.is_module_exports(access))
                    || self.is_exports(assign.rhs())
            }
            other => self.is(other, "exports"),
        }
    }

    fn is_module_exports(&self, access: &PropertyAccess) -> bool {
        let PropertyAccess::Simple(access) = access else { return false };
        self.is(access.target(), "module")
            && self.field(access.field()).as_deref() == Some("exports")
    }

    /// The name of a field that is written out.
    fn field(&self, field: &PropertyAccessField) -> Option<String> {
        match field {
            PropertyAccessField::Const(name) => Some(self.text(name.sym())),
            PropertyAccessField::Expr(expression) => self.string(expression),
        }
    }

    fn string(&self, expression: &Expression) -> Option<String> {
        match plain(expression) {
            Expression::Literal(literal) => match literal.kind() {
                LiteralKind::String(text) => Some(self.text(*text)),
                _ => None,
            },
            _ => None,
        }
    }

    /// The specifier, if this is a call of `require` or a variable with what one has returned.
    /// Compilers put a call of their own around it.
    fn required(&self, expression: &Expression) -> Option<String> {
        match plain(expression) {
            Expression::Call(call) if self.is(call.function(), "require") => {
                call.args().first().and_then(|argument| self.string(argument))
            }
            Expression::Call(call) => {
                let name = self.callee(call)?;
                let is_interop = ["__toESM", "__importStar", "_interopRequireWildcard"]
                    .iter()
                    .any(|known| name.ends_with(known));
                call.args().first().filter(|_| is_interop).and_then(|first| self.required(first))
            }
            Expression::Identifier(id) => self.required.get(&id.sym()).cloned(),
            _ => None,
        }
    }

    /// The last name of what is called.
    fn callee(&self, call: &Call) -> Option<String> {
        match plain(call.function()) {
            Expression::Identifier(id) => Some(self.text(id.sym())),
            Expression::PropertyAccess(PropertyAccess::Simple(access)) => {
                self.field(access.field())
            }
            // (0, tslib.__exportStar)(…)
            Expression::Binary(binary) => match plain(binary.rhs()) {
                Expression::PropertyAccess(PropertyAccess::Simple(access)) => {
                    self.field(access.field())
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// `module.exports = …`
    fn replaced_by(&mut self, value: &Expression) {
        if let Some(specifier) = self.required(value) {
            self.found.reexports.push(specifier);
        }
        let Expression::ObjectLiteral(object) = plain(value) else { return };
        for property in object.properties() {
            let name = match property {
                PropertyDefinition::IdentifierReference(id) => Some(self.text(id.sym())),
                PropertyDefinition::Property(name, _) => self.property_name(name),
                PropertyDefinition::MethodDefinition(method) => self.property_name(method.name()),
                PropertyDefinition::SpreadObject(spread) => {
                    self.found.reexports.extend(self.required(spread));
                    None
                }
                PropertyDefinition::CoverInitializedName(..) => None,
            };
            self.found.names.extend(name);
        }
    }

    fn property_name(&self, name: &PropertyName) -> Option<String> {
        match name {
            PropertyName::Literal(id) => Some(self.text(id.sym())),
            PropertyName::Computed(expression) => self.string(expression),
        }
    }
}

impl<'ast> Visitor<'ast> for Reader<'_> {
    type BreakTy = ();

    fn visit_variable(&mut self, node: &'ast Variable) -> ControlFlow<()> {
        if let (Binding::Identifier(name), Some(value)) = (node.binding(), node.init())
            && let Some(specifier) = self.required(value)
        {
            self.required.insert(name.sym(), specifier);
        }
        node.visit_with(self)
    }

    fn visit_assign(&mut self, node: &'ast Assign) -> ControlFlow<()> {
        if let AssignTarget::Access(access) = node.lhs()
            && node.op() == AssignOp::Assign
        {
            if self.is_module_exports(access) {
                self.replaced_by(last_value(node.rhs()));
            } else if let PropertyAccess::Simple(access) = access
                && self.is_exports(access.target())
                && let Some(name) = self.field(access.field())
            {
                self.found.names.insert(name);
            }
        }
        node.visit_with(self)
    }

    fn visit_call(&mut self, node: &'ast Call) -> ControlFlow<()> {
        let arguments = node.args();
        match self.callee(node).as_deref() {
            Some("defineProperty") => {
                if let [target, name, ..] = arguments
                    && self.is_exports(target)
                {
                    self.found.names.extend(self.string(name));
                }
            }
            // `Object.keys(_b).forEach(…)` is how Babel passes names on.
            Some(
                "keys" | "__exportStar" | "__export" | "__reExport" | "_exportStar"
                | "_export_star",
            ) => {
                let specifiers = arguments.iter().filter_map(|argument| self.required(argument));
                let specifiers: Vec<_> = specifiers.collect();
                self.found.reexports.extend(specifiers);
            }
            _ => {}
        }
        node.visit_with(self)
    }
}

/// Without parentheses.
fn plain(expression: &Expression) -> &Expression {
    match expression {
        Expression::Parenthesized(inner) => plain(inner.expression()),
        other => other,
    }
}

/// What `a = b = value` assigns in the end.
fn last_value(expression: &Expression) -> &Expression {
    match plain(expression) {
        Expression::Assign(assign) => last_value(assign.rhs()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> String {
        let found = exports_of(text).expect("CommonJS");
        let mut all: Vec<String> = found.names.into_iter().collect();
        all.extend(found.reexports.into_iter().map(|specifier| format!("*{specifier}")));
        all.join(" ")
    }

    #[test]
    fn assignments_to_fields_are_exports() {
        assert_eq!(
            names("exports.a = exports.b = 1; module.exports.c = 2; exports['d'] = 3"),
            "a b c d"
        );
        assert_eq!(names("function f() { exports.inner = 1 }"), "inner");
        assert_eq!(names("other.a = 1; exports[key] = 2; exports.a += 1"), "");
    }

    #[test]
    fn an_object_in_place_of_the_exports_names_them() {
        assert_eq!(
            names("module.exports = { a, b: 1, 'c': 2, d() {}, ...require('e') }"),
            "a b c d *e"
        );
        assert_eq!(names("exports = module.exports = { a }"), "a");
        assert_eq!(names("0 && (module.exports = { a, b })"), "a b");
    }

    #[test]
    fn definitions_of_properties_are_exports() {
        let text = "Object.defineProperty(exports, '__esModule', { value: true });
            Object.defineProperty(exports, 'a', { enumerable: true, get: function () { return x.a } })";
        assert_eq!(names(text), "__esModule a");
    }

    #[test]
    fn what_other_files_export_is_passed_on() {
        assert_eq!(names("module.exports = require('./a')"), "*./a");
        assert_eq!(names("__exportStar(require('./a'), exports)"), "*./a");
        assert_eq!(names("tslib_1.__exportStar(require('./a'), exports)"), "*./a");
        assert_eq!(names("(0, tslib_1.__exportStar)(require('./a'), exports)"), "*./a");
        let babel = "var _a = require('./a'); Object.keys(_a).forEach(function (key) {
            Object.defineProperty(exports, key, { get: function () { return _a[key] } }) })";
        assert_eq!(names(babel), "*./a");
        assert_eq!(names("var a = require('./a'); module.exports = a"), "*./a");
    }

    #[test]
    fn a_text_with_imports_is_no_commonjs() {
        assert_eq!(exports_of("import a from 'b'"), None);
        assert_eq!(exports_of("export const a = 1"), None);
        assert_eq!(names("#!/usr/bin/env node\nexports.a = 1; return"), "a");
    }
}
