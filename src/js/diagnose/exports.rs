//! What modules import from each other and what they export, read off their sources: for an import
//! of something that does not exist. The engine says its name, but not which module wants it.

use boa_engine::Source;
use boa_engine::ast::Module;
use boa_engine::ast::declaration::{ExportEntry, ImportName, ReExportImportName};
use boa_engine::ast::scope::Scope;
use boa_engine::interner::{Interner, Sym};
use boa_engine::parser::Parser;

use super::similar::similar;
use super::syntax::imported_at;
use crate::js::utf16::utf16;
use crate::limits::{EXPORTS_SHOWN, REEXPORTS_FOLLOWED};

/// A module that was loaded.
pub(in crate::js) struct Loaded {
    pub(in crate::js) path: String,
    pub(in crate::js) source: String,
}

/// An import of something that the module does not export.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::js) struct MissingExport {
    pub(in crate::js) message: String,
    pub(in crate::js) remedy: String,
    pub(in crate::js) path: String,
    pub(in crate::js) line: usize,
    pub(in crate::js) column: usize,
}

/// Finds the import of `name` that cannot be met. `resolve` finds the path of the module that a
/// specifier means in the module at a path.
pub(in crate::js) fn missing_export(
    name: &str,
    loaded: &[Loaded],
    resolve: &dyn Fn(&str, &str) -> Option<String>,
) -> Option<MissingExport> {
    let modules: Vec<Parsed<'_>> = loaded.iter().filter_map(Parsed::of).collect();
    let graph = Graph { modules: &modules, resolve };
    modules.iter().find_map(|importer| {
        importer.wanted(name).into_iter().find_map(|specifier| {
            let target = graph.find(&specifier, importer.path)?;
            let exported = graph.exports(target, REEXPORTS_FOLLOWED);
            let missing = !exported.iter().any(|own| own == name);
            let place = imported_at(name, &specifier, importer.source).filter(|_| missing)?;
            Some(complaint(name, &specifier, &exported, importer.path, place))
        })
    })
}

fn complaint(
    name: &str,
    specifier: &str,
    exported: &[String],
    path: &str,
    (line, column): (usize, usize),
) -> MissingExport {
    let remedy = remedy(name, specifier, exported);
    let what = match name {
        "default" => "has no default export".to_owned(),
        name => format!("does not provide an export named '{name}'"),
    };
    let message = format!("the requested module '{specifier}' {what}");
    MissingExport { message, remedy, path: path.to_owned(), line, column }
}

fn remedy(name: &str, specifier: &str, exported: &[String]) -> String {
    let named: Vec<&str> = exported.iter().map(String::as_str).collect();
    let listed = match &named[..] {
        [] => "it exports nothing".to_owned(),
        _ => format!("it exports {}", list(&named)),
    };
    match (name, similar(name, named.iter().copied())) {
        (_, Some(meant)) => format!("did you mean {meant}? {listed}"),
        ("default", None) if !named.is_empty() => {
            format!("{listed}: write import {{ {} }} from '{specifier}'", named[0])
        }
        (name, None) if named == ["default"] => {
            format!("{listed} only: write import {name} from '{specifier}', without braces")
        }
        _ => listed,
    }
}

/// `a, b and c`, and how many more there are.
fn list(names: &[&str]) -> String {
    let (shown, rest) = names.split_at(names.len().min(EXPORTS_SHOWN));
    match (shown, rest.len()) {
        (shown, more @ 1..) => format!("{} and {more} more", shown.join(", ")),
        ([one], _) => (*one).to_owned(),
        ([first @ .., last], _) => format!("{} and {last}", first.join(", ")),
        ([], _) => String::new(),
    }
}

struct Graph<'a> {
    modules: &'a [Parsed<'a>],
    resolve: &'a dyn Fn(&str, &str) -> Option<String>,
}

impl<'a> Graph<'a> {
    fn find(&self, specifier: &str, from: &str) -> Option<&'a Parsed<'a>> {
        let path = (self.resolve)(specifier, from)?;
        self.modules.iter().find(|module| module.path == path)
    }

    /// What a module exports; names of others that it passes on go `depth` modules deep.
    fn exports(&self, module: &Parsed<'_>, depth: usize) -> Vec<String> {
        let mut names = Vec::new();
        for entry in module.module.items().export_entries() {
            match entry {
                ExportEntry::Ordinary(entry) => names.push(module.text(entry.export_name())),
                ExportEntry::ReExport(entry) => names.push(module.text(entry.export_name())),
                ExportEntry::StarReExport { module_request, .. } => {
                    let from = module.text(module_request);
                    if let Some(other) = self.find(&from, module.path).filter(|_| depth > 0) {
                        let passed = self.exports(other, depth - 1);
                        names.extend(passed.into_iter().filter(|name| name != "default"));
                    }
                }
            }
        }
        names
    }
}

struct Parsed<'a> {
    path: &'a str,
    source: &'a str,
    module: Module,
    interner: Interner,
}

impl<'a> Parsed<'a> {
    fn of(loaded: &'a Loaded) -> Option<Self> {
        let mut interner = Interner::default();
        let units = utf16(&loaded.source);
        let mut parser = Parser::new(Source::from_utf16(&units));
        let module = parser.parse_module(&Scope::new_global(), &mut interner).ok()?;
        Some(Self { path: &loaded.path, source: &loaded.source, module, interner })
    }

    fn text(&self, name: Sym) -> String {
        self.interner.resolve_expect(name).to_string()
    }

    /// From which modules it wants `name`.
    fn wanted(&self, name: &str) -> Vec<String> {
        let items = self.module.items();
        let imports =
            items.import_entries().into_iter().filter_map(|entry| match entry.import_name() {
                ImportName::Name(own) if self.text(own) == name => Some(entry.module_request()),
                _ => None,
            });
        let passed = items.export_entries().into_iter().filter_map(|entry| match entry {
            ExportEntry::ReExport(entry) => match entry.import_name() {
                ReExportImportName::Name(own) if self.text(own) == name => {
                    Some(entry.module_request())
                }
                _ => None,
            },
            _ => None,
        });
        imports.chain(passed).map(|specifier| self.text(specifier)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn missing(name: &str, modules: &[(&str, &str)]) -> Option<MissingExport> {
        let loaded: Vec<Loaded> = modules
            .iter()
            .map(|(path, source)| Loaded { path: (*path).into(), source: (*source).into() })
            .collect();
        missing_export(name, &loaded, &|specifier, _| Some(specifier.to_owned()))
    }

    #[test]
    fn the_import_that_cannot_be_met_is_named() {
        let modules = [
            ("main", "import { a, b } from 'one';\nimport { b as c } from 'two';"),
            ("one", "export const a = 1; export * from 'three';"),
            ("two", "export default 1; export function bb() {}"),
            ("three", "export const b = 1;"),
        ];
        let found = missing("b", &modules).expect("a missing export");
        assert_eq!((found.path.as_str(), found.line, found.column), ("main", 2, 10));
        assert_eq!(
            found.message,
            "the requested module 'two' does not provide an export named 'b'"
        );
        assert_eq!(found.remedy, "it exports default and bb");
        assert_eq!(missing("a", &modules), None);
    }

    #[test]
    fn modules_that_pass_on_each_other_end() {
        let modules = [
            ("main", "import { x } from 'one';"),
            ("one", "export * from 'two';"),
            ("two", "export * from 'one';"),
        ];
        assert_eq!(
            missing("x", &modules).map(|found| found.remedy).as_deref(),
            Some("it exports nothing")
        );
    }

    #[test]
    fn names_are_listed_up_to_a_limit() {
        assert_eq!(list(&["a"]), "a");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
        let many = ["x"; EXPORTS_SHOWN + 3];
        assert!(list(&many).ends_with(" and 3 more"));
    }
}
