//! Files of a folder that import each other go one way: whoever reads one needs only those below it.
//!
//! A file's imports are the longest paths in its text that name another file; what stands in
//! `mod tests` does not count. A `mod.rs` imports what it re-exports.

use std::collections::{BTreeMap, BTreeSet};

use super::layering::{is_name, is_test, module_path, sources, tokens};

/// Folders without circles. Each that has none belongs here.
const FOLDERS: &[&str] = &["src/builtin/http/", "src/builtin/websocket/"];

/// Modules by their path, `builtin::http`, and the modules each of them imports.
type Imports = BTreeMap<String, BTreeSet<String>>;

#[test]
fn imports_go_one_way() {
    let files: Vec<_> = sources().into_iter().filter(|(path, _)| !is_test(path)).collect();
    let imports = imports(&files);
    let watched = |module: &String| {
        let inside = |folder: &&str| module_path(folder.trim_end_matches('/')).join("::");
        FOLDERS.iter().any(|folder| module.starts_with(&inside(folder)))
    };
    let circles: Vec<String> = imports
        .keys()
        .filter(|module| watched(module))
        .filter_map(|m| circle(m, &imports))
        .collect();
    assert!(circles.is_empty(), "\n{}\n", circles.join("\n"));
}

#[test]
fn a_circle_is_found() {
    let file = |path: &str, text: &str| (path.to_owned(), text.to_owned());
    for (last, found) in [
        ("use super::{a::A, Shared};", true),
        ("fn f() { crate::x::a::f() }", true),
        ("use crate::{\n    other,\n    x::{Y, a},\n};", true),
        ("use super::X;", true),
        ("use super::super::x::a::A;", true),
        ("// super::a::A\nuse crate::other::a;", false),
        ("pub(in crate::x) fn f() {}", false),
        ("#[cfg(test)]\nmod tests { use super::a::A; }", false),
        ("fn f(a: A) { a::<B>(value.a) }", false),
    ] {
        let files = [
            file("src/x/mod.rs", "mod a; mod b; pub use a::A;"),
            file("src/x/a.rs", "use super::b::B;"),
            file("src/x/b.rs", last),
            file("src/other.rs", ""),
        ];
        let circle = circle("x::a", &imports(&files));
        assert_eq!(circle.is_some(), found, "{last}: {circle:?}");
    }
}

fn imports(files: &[(String, String)]) -> Imports {
    let name = |path: &String| module_path(path).join("::");
    let modules: BTreeSet<String> = files.iter().map(|(path, _)| name(path)).collect();
    files.iter().map(|(path, text)| (name(path), imports_of(&name(path), text, &modules))).collect()
}

fn imports_of(module: &str, text: &str, modules: &BTreeSet<String>) -> BTreeSet<String> {
    let tokens = tokens(text);
    let tests = ["#", "[", "cfg", "(", "test", ")", "]", "mod"];
    let end = tokens.windows(tests.len()).position(|window| window == tests);
    let tokens = &tokens[..end.unwrap_or(tokens.len())];
    let here: Vec<String> = module.split("::").map(str::to_owned).collect();
    let mut found = BTreeSet::new();
    for (at, token) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).map_or("", |before| tokens[before].as_str());
        // `in` is that of `pub(in crate::builtin)`.
        let begins = !["::", ".", "in"].contains(&before);
        if !begins || tokens.get(at + 1).map(String::as_str) != Some("::") {
            continue;
        }
        let (base, rest) = match token.as_str() {
            "crate" => (Vec::new(), at + 2),
            "super" => {
                let chain = tokens[at..].chunks(2).take_while(|pair| *pair == ["super", "::"]);
                let steps = chain.count();
                (here[..here.len().saturating_sub(steps)].to_vec(), at + 2 * steps)
            }
            child if modules.contains(&format!("{module}::{child}")) => (here.clone(), at),
            _ => continue,
        };
        for path in paths(&base, &tokens[rest..]) {
            let lens = (1..=path.len()).rev();
            let mut prefixes = lens.map(|len| path[..len].join("::"));
            found.extend(prefixes.find(|prefix| modules.contains(prefix)));
        }
    }
    found.remove(module);
    found
}

/// The paths that begin with `base` and go on as the tokens say, in braces or not.
fn paths(base: &[String], tokens: &[String]) -> Vec<Vec<String>> {
    match tokens {
        [open, inside @ ..] if open == "{" => {
            let mut depth = 0;
            let mut starts = vec![0];
            for (at, token) in inside.iter().enumerate() {
                match token.as_str() {
                    "{" => depth += 1,
                    "}" if depth == 0 => break,
                    "}" => depth -= 1,
                    "," if depth == 0 => starts.push(at + 1),
                    _ => {}
                }
            }
            starts.iter().flat_map(|start| paths(base, &inside[*start..])).collect()
        }
        [name, rest @ ..] if is_name(name) => {
            let longer = [base, std::slice::from_ref(name)].concat();
            match rest {
                [colons, rest @ ..] if colons == "::" => paths(&longer, rest),
                _ => vec![longer],
            }
        }
        _ => vec![base.to_vec()],
    }
}

/// A way from `module` back to itself, if there is one.
fn circle(module: &str, imports: &Imports) -> Option<String> {
    let mut seen = BTreeSet::new();
    let mut ways = vec![vec![module.to_owned()]];
    while let Some(way) = ways.pop() {
        for next in imports.get(way.last()?)? {
            if next == module {
                return Some(format!("{} -> {module}", way.join(" -> ")));
            }
            if seen.insert(next.clone()) {
                ways.push([way.as_slice(), std::slice::from_ref(next)].concat());
            }
        }
    }
    None
}
