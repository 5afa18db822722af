//! Files of a layer use each other in one direction: a circle of files is one file in pieces.
//!
//! A file uses another where a path leads to something defined there. A path is followed as the
//! compiler does: through modules, and through a `use` of the module that it names something from,
//! so that what a `mod.rs` re-exports belongs to the file that defines it. Hence these count for
//! nothing: the declaration of a child, a re-export, and an import of a module from which nothing
//! is named. In a `mod.rs`, whose imports may be there for its children, an import counts where the
//! name is mentioned again; in any other file at once. Code for tests is left out. What this cannot
//! see is a method called on a value that came from elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use super::source::{is_name, is_test, module_path, sources, tokens};

#[test]
fn no_files_of_a_layer_use_each_other_in_a_circle() {
    let circles = Crate::new(&sources()).circles();
    let faults: Vec<String> = circles.iter().map(|files| files.join(" ")).collect();
    assert!(faults.is_empty(), "these use each other in a circle:\n{}\n", faults.join("\n"));
}

#[test]
fn a_circle_is_found() {
    let circles: &[&[(&str, &str)]] = &[
        &[("js/a.rs", "use crate::js::b::B;"), ("js/b.rs", "use super::a::A;")],
        &[("js/a.rs", "use super::b; fn f() { b::g() }"), ("js/b.rs", "fn g() { super::a::f() }")],
        &[
            ("js/a.rs", "use crate::{id::Id, js::{b::B as C, d}};"),
            ("js/b.rs", "use super::c;\nfn f<T: c::Trait>() {}"),
            ("js/c.rs", "use crate::js::a::*;"),
        ],
        // A `mod.rs` that defines something is a file like others.
        &[
            ("js/mod.rs", "mod a; pub struct S; fn f() { a::g() }"),
            ("js/a.rs", "fn g(s: super::S) {}"),
        ],
        &[
            ("js/mod.rs", "mod a; use a::g; pub struct S; fn f() { g() }"),
            ("js/a.rs", "use crate::js::S; fn g(s: S) {}"),
        ],
        &[
            ("js/b.rs", "use crate::js::x; fn f() { x::g() }"),
            ("js/x/mod.rs", "mod a; use super::b::f; fn g() { f() }"),
        ],
    ];
    for files in circles {
        assert_eq!(circles_of(files), [names(files)], "{files:?}");
    }
}

#[test]
fn a_circle_by_way_of_a_re_export_is_found() {
    let re_exports = [
        "mod a; mod b; pub use a::A; use self::b::B;",
        "mod a; mod b; pub use {a::{A, Other as X}, b::C as B};",
        "mod a; mod b; pub use a::A; pub use b::*;",
    ];
    for re_export in re_exports {
        let files = [
            ("js/a.rs", "use super::B;"),
            ("js/b.rs", "use crate::js::A;"),
            ("js/mod.rs", re_export),
        ];
        let circle = circles_of(&files).concat();
        assert_eq!(circle[..2], ["src/js/a.rs", "src/js/b.rs"], "{re_export}");
    }
}

#[test]
fn what_is_no_circle_passes() {
    let right: &[&[(&str, &str)]] = &[
        &[("js/a.rs", "use super::b::B;"), ("js/b.rs", "use crate::id::Id;")],
        &[("js/a.rs", "use super::b::B; impl B { fn f(self) { self.a() } }"), ("js/b.rs", "")],
        // Declared, re-exported and imported for the children, but not used.
        &[
            ("js/mod.rs", "mod a; pub mod b; pub use a::A; use b::f;"),
            ("js/a.rs", "use super::f; fn g() { f() }"),
            ("js/b.rs", "fn f() {}"),
        ],
        // The name of a module alone is no use of it.
        &[("js/a.rs", "use super::b;"), ("js/b.rs", "use super::a; fn f() { a::g() }")],
        // A `mod.rs` may use its children, if they do not use what it defines.
        &[
            ("js/mod.rs", "mod a; mod b; use a::A; pub fn f(a: A) { b::g() }"),
            ("js/a.rs", "use super::b; fn h() { b::g() }"),
            ("js/b.rs", "fn g() {}"),
        ],
        &[
            ("js/a.rs", "#[cfg(test)]\nmod tests { use crate::js::b::B; }"),
            ("js/b.rs", "use super::a::A; #[test] fn f() {}"),
        ],
        &[("js/tests/a.rs", "use crate::js::b::B;"), ("js/b.rs", "use super::tests::a;")],
        // Another layer is the business of `layering`.
        &[("js/a.rs", "use crate::net::b::B;"), ("net/b.rs", "use crate::js::a::A;")],
        &[
            ("js/a.rs", "// super::b::B\nconst B: &str = \"super::b::B\";"),
            ("js/b.rs", "super::a::A"),
        ],
    ];
    for files in right {
        assert_eq!(circles_of(files), Vec::<Vec<String>>::new(), "{files:?}");
    }
}

fn circles_of(files: &[(&str, &str)]) -> Vec<Vec<String>> {
    let files = files.iter().map(|(path, text)| (format!("src/{path}"), (*text).to_owned()));
    Crate::new(&files.collect::<Vec<_>>()).circles()
}

fn names(files: &[(&str, &str)]) -> Vec<String> {
    let mut names: Vec<String> = files.iter().map(|(path, _)| format!("src/{path}")).collect();
    names.sort();
    names
}

/// The segments of a path, or of a module's name.
type Names = Vec<String>;

/// One name that a `use` binds, and the path to what it is. `*` binds all that is there.
struct Import {
    name: String,
    path: Names,
}

/// One file: its module, what it imports, and every other path in it.
struct File {
    path: String,
    module: Names,
    imports: Vec<Import>,
    paths: Vec<Names>,
    /// Every name that is mentioned outside of a `use`.
    mentioned: BTreeSet<String>,
}

struct Crate {
    files: Vec<File>,
    /// The index of the file of each module; a folder without a `mod.rs` here has none.
    modules: BTreeMap<Names, Option<usize>>,
}

impl Crate {
    fn new(sources: &[(String, String)]) -> Self {
        let files: Vec<File> = sources
            .iter()
            .filter(|(path, _)| !is_test(path))
            .map(|(path, text)| File::read(path, text))
            .collect();
        let mut modules = BTreeMap::new();
        for (at, file) in files.iter().enumerate() {
            for depth in 0..file.module.len() {
                modules.entry(file.module[..depth].to_vec()).or_insert(None);
            }
            modules.insert(file.module.clone(), Some(at));
        }
        Self { files, modules }
    }

    /// Every set of two or more files of one layer each of which leads to all the others.
    fn circles(&self) -> Vec<Vec<String>> {
        let uses: Vec<BTreeSet<usize>> = (0..self.files.len()).map(|at| self.used_by(at)).collect();
        let reached: Vec<BTreeSet<usize>> = (0..uses.len()).map(|at| reach(at, &uses)).collect();
        let mut circles = BTreeSet::new();
        for at in 0..uses.len() {
            let circle = reached[at].iter().filter(|other| reached[**other].contains(&at));
            let mut circle: Vec<String> =
                circle.map(|file| self.files[*file].path.clone()).collect();
            circle.sort();
            if circle.len() > 1 {
                circles.insert(circle);
            }
        }
        circles.into_iter().collect()
    }

    /// The other files of its layer that a file uses.
    fn used_by(&self, at: usize) -> BTreeSet<usize> {
        let file = &self.files[at];
        let is_mod = file.path.ends_with("/mod.rs");
        let imports = file.imports.iter().filter(|import| {
            !is_mod || import.name == "*" || file.mentioned.contains(&import.name)
        });
        let paths = imports.map(|import| &import.path).chain(&file.paths);
        let mut used = BTreeSet::new();
        for path in paths {
            self.follow(path, &file.module, 0, &mut used);
        }
        used.retain(|other| {
            *other != at && self.files[*other].module.first() == file.module.first()
        });
        used
    }

    /// Adds the files that define what a path leads to from a module.
    fn follow(&self, path: &[String], from: &[String], depth: usize, found: &mut BTreeSet<usize>) {
        // As deep as re-exports of re-exports go; one that leads back to itself ends here.
        if depth > 20 {
            return;
        }
        let mut module = from.to_vec();
        let mut rest = path;
        match path.first().map(String::as_str) {
            Some("crate" | "krandog") => (module, rest) = (Vec::new(), &path[1..]),
            Some("self") => rest = &path[1..],
            Some("super") => {}
            // A bare name is one that the file declares or imports, or another crate.
            Some(name) if !self.is_module(from, name) && self.imports(from, name).is_empty() => {
                return;
            }
            _ => {}
        }
        while let Some(name) = rest.first() {
            if name == "super" {
                module.pop();
            } else if self.is_module(&module, name) {
                module.push(name.clone());
            } else {
                return self.define(rest, &module, depth, found);
            }
            rest = &rest[1..];
        }
    }

    /// Adds the file that defines what a path, which begins with no module, leads to in a module.
    fn define(
        &self,
        path: &[String],
        module: &[String],
        depth: usize,
        found: &mut BTreeSet<usize>,
    ) {
        let imports = self.imports(module, &path[0]);
        for import in &imports {
            let path = [&import.path[..], &path[1..]].concat();
            self.follow(&path, module, depth + 1, found);
        }
        if imports.iter().all(|import| import.name == "*") {
            found.extend(self.modules.get(module).copied().flatten());
        }
    }

    fn is_module(&self, parent: &[String], name: &str) -> bool {
        self.modules.contains_key(&[parent, &[name.to_owned()]].concat())
    }

    /// The imports of a module that may bind a name: the one of that name, or all globs.
    fn imports(&self, module: &[String], name: &str) -> Vec<&Import> {
        let Some(Some(file)) = self.modules.get(module).map(|at| at.map(|at| &self.files[at]))
        else {
            return Vec::new();
        };
        let named: Vec<&Import> =
            file.imports.iter().filter(|import| import.name == name).collect();
        if !named.is_empty() {
            return named;
        }
        file.imports.iter().filter(|import| import.name == "*").collect()
    }
}

/// Every file that one leads to, itself among them.
fn reach(start: usize, uses: &[BTreeSet<usize>]) -> BTreeSet<usize> {
    let mut reached = BTreeSet::from([start]);
    let mut open = vec![start];
    while let Some(at) = open.pop() {
        open.extend(uses[at].iter().filter(|other| reached.insert(**other)));
    }
    reached
}

impl File {
    fn read(path: &str, text: &str) -> Self {
        let module = module_path(path).into_iter().map(str::to_owned).collect();
        let (mut imports, mut paths, mut mentioned) = (Vec::new(), Vec::new(), BTreeSet::new());
        let tokens = without_tests(&tokens(text));
        let mut at = 0;
        while at < tokens.len() {
            if tokens[at] == "use" {
                let end = tokens[at..].iter().position(|token| token == ";");
                let end = end.map_or(tokens.len(), |length| at + length);
                read_use(&tokens[at + 1..end], &[], &mut imports);
                at = end + 1;
                continue;
            }
            let path = path_at(&tokens[at..]);
            let is_first = at == 0 || ![".", "mod"].contains(&tokens[at - 1].as_str());
            at += 1 + path.len().saturating_sub(1) * 2;
            if is_first {
                mentioned.extend(path.first().cloned());
                if path.len() > 1 {
                    paths.push(path);
                }
            }
        }
        Self { path: path.to_owned(), module, imports, paths, mentioned }
    }
}

/// The names that stand here, with `::` between them.
fn path_at(tokens: &[String]) -> Names {
    let mut names = Vec::new();
    for pair in tokens.chunks(2) {
        if !is_name(&pair[0]) {
            break;
        }
        names.push(pair[0].clone());
        if pair.get(1).is_none_or(|next| next != "::") {
            break;
        }
    }
    names
}

/// Reads the tree of a `use`, which stands below `above`.
fn read_use(tokens: &[String], above: &[String], imports: &mut Vec<Import>) {
    let names = path_at(tokens);
    let path = [above, &names[..]].concat();
    let rest = tokens.get(names.len().saturating_mul(2).saturating_sub(1)..).unwrap_or_default();
    let rest = rest.strip_prefix(&["::".to_owned()][..]).unwrap_or(rest);
    match rest.first().map(String::as_str) {
        Some("{") => {
            for part in parts(&rest[1..rest.len() - 1]) {
                read_use(part, &path, imports);
            }
        }
        Some("*") => {
            let path = [&path[..], &["*".to_owned()]].concat();
            imports.push(Import { name: "*".to_owned(), path });
        }
        Some("as") => imports.push(Import { name: rest[1].clone(), path }),
        // `use a::{self}` binds `a`.
        _ => {
            let path = if names == ["self"] && !above.is_empty() { above.to_vec() } else { path };
            let name = path.last().cloned().unwrap_or_default();
            imports.push(Import { name, path });
        }
    }
}

/// What stands between the commas of a group.
fn parts(tokens: &[String]) -> Vec<&[String]> {
    let mut depth = 0;
    let split = tokens.split(|token| {
        match token.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ => {}
        }
        depth == 0 && token == ","
    });
    split.filter(|part| !part.is_empty()).collect()
}

/// The tokens, but those of `#[cfg(test)] mod name { … }`.
fn without_tests(tokens: &[String]) -> Vec<String> {
    const ATTRIBUTE: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
    let mut kept = Vec::new();
    let mut rest = tokens;
    while let Some((first, after)) = rest.split_first() {
        let is_marked = rest.len() > 9 && rest.iter().zip(ATTRIBUTE).all(|(a, b)| a == b);
        if is_marked && rest[7] == "mod" && rest[9] == "{" {
            let mut depth = 0;
            let end = rest.iter().skip(9).position(|token| {
                depth += i32::from(token == "{") - i32::from(token == "}");
                depth == 0
            });
            rest = end.map_or(&[], |end| &rest[9 + end + 1..]);
        } else {
            kept.push(first.clone());
            rest = after;
        }
    }
    kept
}
