//! Programs with one fault each, whose line is known: what is found must be that line, or nothing.

use std::path::Path;

use boa_engine::builtins::error::Error;
use boa_engine::builtins::promise::PromiseState;
use boa_engine::{Context, Module, Source, js_string};

use super::*;

/// Statements over `V`, which is an object with everything in it, or undefined, which throws.
const STATEMENTS: &[&str] = &[
    "V.p.q;",
    "V.m();",
    "V.m().at(0);",
    "f(V.p, 1);",
    "f(1, V.p.q, g.m(2));",
    "const { p: pN } = V;",
    "const { p: { q: qN }, list: [lN] } = V;",
    "for (const x of V.list) f(x);",
    "for (const { q } of [V.p]) { f(q); }",
    "const [aN] = V.list;",
    "f(...V.list);",
    "V.p = { q: 1 };",
    "let xN = V.p.q + 1;",
    "if (V.p) f(V.p.q); else f(g.p.q);",
    "f(`a${V.p.q}b${g.p.q}`);",
    "f([V.p, ...V.list, g.list[0]]);",
    "f({ a: V.p, ['b' + 1]: g.p, ...V.p });",
    "V.z ??= 3;",
    "V.p.q++;",
    "new C(V.p);",
    "do { f(V.p); } while (false);",
    "while (V.p && f(false)) f(1);",
    "for (let i = 0; i < V.list.length; i++) { f(g.list[i]); }",
    "switch (V.p.q) { case 9: f(g.m()); break; default: f(2); }",
    "try { f(g.m()); } finally { f(V.p); }",
    "f((() => V.p)());",
    "f(V['p']['q'], V[k]);",
    "V[k] = V[k];",
    "f(true ? V.p : g.p);",
    "f(g.none?.p.q, V.m?.());",
    "delete V.z;",
    "f(typeof V.p, !V.p, -V.p.q);",
    "g.p.q += V.p.q;",
    "f(function () { return g.m(); }, V.p);",
    "({ p: yN } = V);",
];

/// Statements that never throw, to be in the way.
const OTHERS: &[&str] = &[
    "f(1);",
    "const oN = { a: 1, b: [1, 2], c() { return g.p; } };",
    "class DN extends C { x = g.p.q; m() { return super.toString(); } static s = g.m(); }",
    "const fN = (a, { b } = {}) => { f(a, b); return g.p; };",
    "if (g.none) { f(g.p.q); }",
    "g?.none?.x.y.z();",
    "async function hN() { await g.p; }",
    "function* iN() { yield g.p; yield* g.list; }",
];

const SETUP: &str = "var f = (...a) => a[0], C = class { constructor(a) { this.a = a; } }, k = 'p', \
                     g = { p: { q: 1 }, m() { return [1]; }, list: [1] }, b;";

/// Wraps statements, the first of which is in the second line of the whole.
const WRAPPERS: &[(&str, &str)] = &[
    ("var y0;", ""),
    ("function outer(g, b) { var y0;", "} outer(g, b);"),
    ("const outer = (first, second) => { var y0;", "}; outer(1, 2);"),
    ("({ method(one) { var y0;", "} }).method();"),
    ("new (class { constructor() { var y0;", "} })();"),
    ("(function named() { const inner = () => { var y0;", "}; return inner(); })();"),
];

/// A small generator of numbers, the same every time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % limit
    }
}

/// A program, and the line that throws.
fn program(numbers: &mut Numbers) -> (String, usize) {
    let (before, after) = WRAPPERS[numbers.below(WRAPPERS.len())];
    let count = 1 + numbers.below(9);
    let faulty = numbers.below(count);
    let mut text = format!("{SETUP} {before}\n");
    for index in 0..count {
        let (statement, value) = if index == faulty {
            (STATEMENTS[numbers.below(STATEMENTS.len())], "b")
        } else if numbers.below(3) == 0 {
            (OTHERS[numbers.below(OTHERS.len())], "g")
        } else {
            (STATEMENTS[numbers.below(STATEMENTS.len())], "g")
        };
        // `yN` must be declared, the others must not clash.
        let statement = statement.replace("yN", "y0").replace('V', value);
        text.push_str(&statement.replace('N', &index.to_string()));
        text.push('\n');
    }
    text.push_str(after);
    (text, faulty + 2)
}

/// What is found out about the exception of a program.
fn find(source: &str, context: &mut Context) -> (Option<Finding>, String) {
    let text = Source::from_bytes(source).with_path(Path::new("/program.js"));
    let module = Module::parse(text, None, context).expect(source);
    let promise = module.load_link_evaluate(context);
    context.run_jobs().expect("jobs");
    let PromiseState::Rejected(thrown) = promise.state() else {
        panic!("nothing thrown: {source}")
    };
    let object = thrown.as_object().expect("an object");
    let message = object.get(js_string!("message"), context).expect("a message");
    let message = message.as_string().expect("a string").to_std_string_lossy();
    let error = object.downcast_ref::<Error>().expect("an error");
    let frame = innermost(&error).expect("a frame");
    (diagnose(&frame, &message, source, Vec::new), message)
}

#[test]
fn the_line_that_threw_is_found_or_none() {
    let mut numbers = Numbers(9);
    let (mut found, mut named, all, mut missed) = (0, 0, 2_000, Vec::new());
    for _ in 0..all {
        let (source, line) = program(&mut numbers);
        let (finding, message) = find(&source, &mut Context::default());
        if let Some(better) = finding.as_ref().and_then(|finding| finding.message.as_ref()) {
            let words = || better.split(|c: char| !c.is_alphanumeric());
            assert!(words().any(|word| word == "b"), "{better}\n{source}");
            named += 1;
        }
        match finding.map(|finding| finding.place) {
            Some(Spot::At(at, _)) => {
                assert_eq!(at, line, "{message}\n{source}");
                found += 1;
            }
            Some(Spot::Unknown) | None => missed.push(format!("{message}\n{source}")),
            Some(Spot::Engine) => panic!("{message}\n{source}"),
        }
    }
    assert!(named * 100 >= all * 90, "named {named} of {all}");
    assert!(found * 100 >= all * 97, "found {found} of {all}\n{}", missed.join("\n\n"));
}
