//! Files import one way: none uses a file that, by way of others, uses it. So each can be read
//! without those above it. It reads the paths of `use` and those that stand in the code.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::layering::{is_name, is_test, module_path, sources, tokens};

/// The layers that have come so far.
const WITHOUT_CIRCLES: &[&str] = &["net", "proto"];

/// A file as the path of its module: `proto::ws::frame`.
type Module = Vec<String>;

/// What each file uses.
type Graph = BTreeMap<Module, BTreeSet<Module>>;

#[test]
fn files_import_one_way() {
    let graph = read(&sources());
    for layer in WITHOUT_CIRCLES {
        let circle = find_circle(&graph, layer);
        assert!(circle.is_none(), "a circle of files: {}", shown(&circle.unwrap()));
    }
}

#[test]
fn a_circle_is_found() {
    let files = [
        ("src/proto/a.rs", "use super::b::B; fn f() {}"),
        ("src/proto/b.rs", "use crate::{limits, proto::{c::{self, C}, d}};"),
        ("src/proto/c/mod.rs", "mod inner; pub use inner::Inner;"),
        ("src/proto/c/inner.rs", "fn f() { super::super::a::f(); }"),
        (
            "src/proto/d.rs",
            "pub(in crate::proto::a) struct D;\n#[cfg(test)]\nmod tests { use super::super::a; }",
        ),
        ("src/proto/mod.rs", ""),
        ("src/limits.rs", ""),
    ];
    let graph = read(&files.map(|(path, text)| (path.to_owned(), text.to_owned())));
    let circle = find_circle(&graph, "proto").unwrap();
    assert_eq!(shown(&circle), "proto::a -> proto::b -> proto::c -> proto::c::inner -> proto::a");
    let b = &graph[&module("proto::b")];
    let expected = ["limits", "proto::c", "proto::d"].map(module);
    assert_eq!(*b, BTreeSet::from(expected));
    assert!(graph[&module("proto::d")].is_empty());
    assert!(find_circle(&graph, "limits").is_none());
}

fn module(path: &str) -> Module {
    path.split("::").map(str::to_owned).collect()
}

fn shown(circle: &[Module]) -> String {
    circle.iter().map(|module| module.join("::")).collect::<Vec<_>>().join(" -> ")
}

/// The shortest circle of files in a layer, from a file back to itself.
fn find_circle(graph: &Graph, layer: &str) -> Option<Vec<Module>> {
    let inside = |module: &Module| module.first().is_some_and(|first| first == layer);
    graph
        .keys()
        .filter(|module| inside(module))
        .filter_map(|start| way_back(graph, start, inside))
        .min_by_key(Vec::len)
}

fn way_back(
    graph: &Graph,
    start: &Module,
    inside: impl Fn(&Module) -> bool,
) -> Option<Vec<Module>> {
    let mut ways = VecDeque::from([vec![start.clone()]]);
    let mut seen = BTreeSet::new();
    while let Some(way) = ways.pop_front() {
        for next in graph.get(way.last()?)?.iter().filter(|next| inside(next)) {
            let way = [way.as_slice(), std::slice::from_ref(next)].concat();
            if next == start {
                return Some(way);
            }
            if seen.insert(next.clone()) {
                ways.push_back(way);
            }
        }
    }
    None
}

fn read(sources: &[(String, String)]) -> Graph {
    let files: Vec<(Module, &str)> = sources
        .iter()
        .filter(|(path, _)| !is_test(path))
        .map(|(path, text)| (module(&module_path(path).join("::")), text.as_str()))
        .collect();
    let known: BTreeSet<&Module> = files.iter().map(|(module, _)| module).collect();
    let used_by = |(module, text): &(Module, &str)| {
        let tokens = without_tests(tokens(text));
        let used = paths(&tokens).into_iter().filter_map(|path| resolve(&path, module, &known));
        (module.clone(), used.filter(|used| used != module).collect())
    };
    files.iter().map(used_by).collect()
}

/// Up to the tests at the end of a file.
fn without_tests(mut tokens: Vec<String>) -> Vec<String> {
    const MARK: [&str; 8] = ["#", "[", "cfg", "(", "test", ")", "]", "mod"];
    let end = tokens.windows(MARK.len() + 2).position(|window| {
        window.iter().zip(MARK).all(|(token, mark)| token == mark)
            && window.last().is_some_and(|last| last == "{")
    });
    tokens.truncate(end.unwrap_or(tokens.len()));
    tokens
}

/// Every path of a `use`, and every other one that begins with `crate`, `super` or `self`.
fn paths(tokens: &[String]) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).map_or("", |before| tokens[before].as_str());
        let is_root = ["crate", "super", "self"].contains(&token.as_str())
            && tokens.get(at + 1).is_some_and(|after| after == "::");
        // Of `pub(in crate::x)` nothing is used.
        let begins = before == "use" || is_root && !["::", ".", "in", "use"].contains(&before);
        if begins && is_name(token) {
            expand(&tokens[at..], &[], &mut found);
        }
    }
    found
}

/// The paths of a tree such as `a::{b, c::{self, d}}`; the number of tokens it takes.
fn expand(tokens: &[String], above: &[String], found: &mut Vec<Vec<String>>) -> usize {
    let mut path = above.to_vec();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if token == "{" {
            at += 1;
            while let Some(token) = tokens.get(at).filter(|token| *token != "}") {
                at += if token == "," { 1 } else { expand(&tokens[at..], &path, found).max(1) };
            }
            return at + 1;
        }
        if !is_name(token) {
            break;
        }
        path.push(token.clone());
        at += 1;
        if tokens.get(at).is_none_or(|token| token != "::") {
            break;
        }
        at += 1;
    }
    found.push(path);
    at
}

/// The file that a path leads into.
fn resolve(path: &[String], from: &Module, known: &BTreeSet<&Module>) -> Option<Module> {
    let mut path = path.iter().peekable();
    let mut module = match path.peek().map(|first| first.as_str()) {
        Some("crate") => {
            path.next();
            Module::new()
        }
        _ => from.clone(),
    };
    while let Some(step) = path.next_if(|step| ["super", "self"].contains(&step.as_str())) {
        if step == "super" {
            module.pop();
        }
    }
    for step in path {
        module.push(step.clone());
        if !known.contains(&module) {
            module.pop();
            break;
        }
    }
    known.contains(&module).then_some(module)
}
