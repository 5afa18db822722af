//! The short ways beside the engine's own functions, on random texts and values.

use std::thread;

use boa_engine::object::builtins::JsFunction;
use boa_engine::{Context, JsError, JsResult, JsString, JsValue, Source, js_string};

use super::{engine_function, error, install, parse, stringify};
use crate::builtin::testing::Random;

/// Whether two values are the same to a script: types, prototypes, keys in order, attributes.
const SAME: &str = r"
(function same(a, b) {
    if (Object.is(a, b)) return true;
    if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
    if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
    if (Array.isArray(a) !== Array.isArray(b) || !Object.isExtensible(b)) return false;
    const keys = Reflect.ownKeys(a);
    const others = Reflect.ownKeys(b);
    return keys.length === others.length && keys.every((key, at) => {
        const [one, other] = [a, b].map((object) => Object.getOwnPropertyDescriptor(object, key));
        return key === others[at] && one.writable === other.writable &&
            one.enumerable === other.enumerable && one.configurable === other.configurable &&
            same(one.value, other.value);
    });
})";

/// Where scripts write what they notice.
const LOG: &str = "globalThis.log = { text: '', push(entry) { this.text += entry + ' ' } }";

/// Both functions of both kinds, in one context.
struct Pair {
    context: Context,
    engine: JsFunction,
    short: JsFunction,
    same: JsFunction,
}

impl Pair {
    fn new(name: &str) -> Self {
        let mut context = Context::default();
        let engine = engine_function(JsString::from(name), &mut context).unwrap();
        install(&mut context).unwrap();
        let short = engine_function(JsString::from(name), &mut context).unwrap();
        context.eval(Source::from_bytes(LOG)).unwrap();
        let same = context.eval(Source::from_bytes(SAME)).unwrap().as_object();
        let same = same.and_then(JsFunction::from_object).unwrap();
        Self { context, engine, short, same }
    }

    fn eval(&mut self, source: &str) -> JsValue {
        self.context.eval(Source::from_bytes(source)).unwrap_or_else(|error| {
            panic!("{source}: {error}");
        })
    }

    /// Fails unless both do the same with these arguments, and leave the same in `log`.
    fn compare(&mut self, arguments: &[JsValue], what: &str) {
        let this = JsValue::undefined();
        let engine = self.engine.call(&this, arguments, &mut self.context);
        let first = arguments.first().cloned().unwrap_or_default();
        let engine = engine.map_err(|error| error::no_json(error, &first));
        let engine_log = self.take_log();
        let short = self.short.call(&this, arguments, &mut self.context);
        let short_log = self.take_log();
        assert_eq!(engine_log, short_log, "side effects of {what}");
        match (engine, short) {
            (Ok(engine), Ok(short)) => {
                let same = self.same.call(&this, &[engine, short], &mut self.context);
                assert!(same.unwrap().to_boolean(), "results for {what}");
            }
            (engine, short) => {
                let (engine, short) = (self.exception(engine), self.exception(short));
                let is_same = match (&engine, &short) {
                    // What is wrong with a text is said in our words.
                    (Some(engine), Some(short)) if engine.starts_with("\"SyntaxError\"") => {
                        short.starts_with("\"SyntaxError\"")
                    }
                    // To ECMA-262 it is infinite.
                    (Some(engine), None) => engine.contains("number out of range"),
                    _ => engine == short,
                };
                assert!(is_same, "exceptions for {what}: {engine:?}, {short:?}");
            }
        }
    }

    fn take_log(&mut self) -> String {
        self.eval("(text => { log.text = ''; return text })(log.text)").display().to_string()
    }

    fn exception(&mut self, result: JsResult<JsValue>) -> Option<String> {
        let error: JsError = result.err()?;
        let Ok(thrown) = error.into_opaque(&mut self.context) else { return None };
        let Some(object) = thrown.as_object() else { return Some(thrown.display().to_string()) };
        let name = object.get(js_string!("name"), &mut self.context).unwrap();
        let message = object.get(js_string!("message"), &mut self.context).unwrap();
        Some(format!("{}: {}", name.display(), message.display()))
    }
}

const NAMES: &[&str] = &[
    "a",
    "b",
    "type",
    "__proto__",
    "constructor",
    "toJSON",
    "0",
    "7",
    "-1",
    "00",
    "4294967294",
    "4294967295",
    "1e3",
    "",
    "é",
    "日本",
    "length",
    "a\\u0062",
    "a name that is longer than those which are remembered",
];

const NUMBERS: &[&str] = &[
    "0",
    "-0",
    "7",
    "-12",
    "2147483647",
    "2147483648",
    "-2147483648",
    "-2147483649",
    "9007199254740993",
    "18446744073709551615",
    "18446744073709551616",
    "-9223372036854775809",
    "0.1",
    "-0.0",
    "1.5e3",
    "1E-7",
    "1e21",
    "123456789012345680000",
    "5e-324",
    "2.2250738585072011e-308",
    "1.7976931348623157e308",
    "1.7976931348623159e308",
    "1e-400",
    "0.30000000000000004",
    "9.109383632e-31",
    "01",
    "+1",
    ".5",
    "1.",
    "0x10",
    "NaN",
    "Infinity",
];

/// No lone surrogates, which the engine refuses: tests/js/json/lone-surrogates.js has those.
const PIECES: &[&str] = &[
    "hello",
    " ",
    "é",
    "ÿ",
    "日本",
    "😀",
    "\u{2028}",
    "\u{feff}",
    "\u{7f}",
    "\\n",
    "\\\"",
    "\\\\",
    "\\/",
    "\\b\\f\\r\\t",
    "\\u0000",
    "\\u00e9",
    "\\u65e5",
    "\\ud83d\\ude00",
    "\\x41",
    "\\u12",
    "\t",
];

const SPACES: &[&str] = &["", "", "", "", " ", "\n", "\t", "\r", "\u{a0}", "\u{b}"];

/// A text that is JSON, but for what a few of the pieces above do to it.
fn text(random: &mut Random, depth: usize) -> String {
    let space = if random.below(4) == 0 { random.pick(SPACES) } else { "" };
    let inner = match random.below(if depth == 0 { 5 } else { 9 }) {
        0 => random.pick(&["true", "false", "null", "undefined", "tru"]).to_owned(),
        1 | 2 => random.pick(NUMBERS).to_owned(),
        3 | 4 => string(random),
        5 | 6 => {
            let items: Vec<_> = (0..random.below(5)).map(|_| text(random, depth - 1)).collect();
            format!("[{}]", items.join(","))
        }
        _ => {
            let items: Vec<_> = (0..random.below(6))
                .map(|_| format!("\"{}\":{}", random.pick(NAMES), text(random, depth - 1)))
                .collect();
            format!("{{{}}}", items.join(","))
        }
    };
    format!("{space}{inner}{}", if random.below(8) == 0 { random.pick(SPACES) } else { "" })
}

fn string(random: &mut Random) -> String {
    let pieces: String = (0..random.below(4)).map(|_| random.pick(PIECES)).collect();
    format!("\"{pieces}\"")
}

/// A text with one character lost, doubled or changed.
fn damaged(text: &str, random: &mut Random) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    if characters.is_empty() {
        return String::new();
    }
    let at = random.below(characters.len());
    match random.below(4) {
        0 => drop(characters.remove(at)),
        1 => characters.insert(at, characters[at]),
        2 => characters.truncate(at),
        _ => {
            let wrong: Vec<char> = "{}[]\",:0-e.\\ tn'/\u{0}".chars().collect();
            characters[at] = wrong[random.below(wrong.len())];
        }
    }
    characters.into_iter().collect()
}

#[test]
fn texts_are_parsed_as_the_engine_parses_them() {
    let mut random = Random::new(0x6b72_616e_646f_6731);
    let mut pair = Pair::new("parse");
    for _ in 0..1500 {
        let text = text(&mut random, 4);
        pair.compare(&[JsString::from(text.as_str()).into()], &text);
        let text = damaged(&text, &mut random);
        // The engine refuses surrogates without a partner.
        if !text.contains("\\ud") || text.contains("\\ud83d\\ude00") {
            pair.compare(&[JsString::from(text.as_str()).into()], &text);
        }
    }
}

#[test]
fn nesting_is_parsed_as_by_the_engine() {
    on_a_large_stack(|| {
        let mut pair = Pair::new("parse");
        for depth in [100, 126, 127] {
            for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
                let text = format!("{}1{}", open.repeat(depth), close.repeat(depth));
                pair.compare(&[JsString::from(text.as_str()).into()], &text);
            }
        }
    });
}

/// The engine parses nested texts by calls, which take more than the stack of a test.
fn on_a_large_stack(test: fn()) {
    thread::Builder::new().stack_size(64 << 20).spawn(test).unwrap().join().unwrap();
}

#[test]
fn other_arguments_are_parsed_by_the_engine() {
    let mut pair = Pair::new("parse");
    for arguments in [
        "[]",
        "[undefined]",
        "[1]",
        "[Symbol()]",
        "[new String('[1]')]",
        "[{ toString() { log.push(1); return '[2]' } }]",
        "['[1,2]', (key, value) => { log.push(key); return value }]",
        "['{\"a\":1}', {}]",
        "['{\"a\":1}', function () { throw new RangeError('no') }]",
    ] {
        let list = pair.eval(arguments);
        let list = list.as_object().unwrap();
        let length = list.get(js_string!("length"), &mut pair.context).unwrap().as_i32().unwrap();
        let list: Vec<_> = (0..length).map(|at| list.get(at, &mut pair.context).unwrap()).collect();
        pair.compare(&list, arguments);
    }
}

/// Expressions for values without parts.
const LEAVES: &[&str] = &[
    "1",
    "-0",
    "0.1",
    "1e21",
    "1e-7",
    "123456789012345680000",
    "5e-324",
    "NaN",
    "-Infinity",
    "2147483648",
    "-1.5",
    "true",
    "false",
    "null",
    "undefined",
    "'text'",
    "''",
    "'é\\n\"'",
    "'日本😀\\u2028'",
    "'\\ud83d'",
    "'\\ude00x'",
    "'\\x00\\x1f\\x7f\\x80'",
    "'\\\\'",
];

/// The same, which are left to the engine.
const ODD_LEAVES: &[&str] = &[
    "Symbol('s')",
    "() => 1",
    "1n",
    "new Date(0)",
    "new Date(NaN)",
    "new Number(3)",
    "new String('boxed')",
    "new Boolean(false)",
    "Object(2n)",
    "/x/",
    "new Map([[1, 2]])",
    "new Error('e')",
    "new Uint8Array(2)",
    "JSON.rawJSON('1.0')",
    "(function () { return arguments })(1, 2)",
    "Object.assign(() => 1, { toJSON() { return 'function' } })",
];

/// An expression for a random value.
fn value(random: &mut Random, depth: usize, odd: bool) -> String {
    if depth == 0 || random.below(3) == 0 {
        let odd = odd && random.below(6) == 0;
        return format!("({})", random.pick(if odd { ODD_LEAVES } else { LEAVES }));
    }
    let count = random.below(5);
    let mut parts = Vec::new();
    for _ in 0..count {
        parts.push(value(random, depth - 1, odd));
    }
    let list = parts.join(", ");
    let members: Vec<_> = parts
        .iter()
        .map(|part| format!("[\"{}\"]: {part}, ", random.pick(NAMES)))
        .filter(|member| odd || !member.contains("toJSON") && !member.contains("__proto__"))
        .collect();
    let members = members.concat();
    match random.below(if odd { 16 } else { 7 }) {
        0 | 1 => format!("[{list}]"),
        2..=4 => format!("({{ {members} }})"),
        5 => format!("Object.assign(Object.create(null), {{ {members} }})"),
        6 => format!("Object.assign(new Point, {{ {members} }})"),
        7 => format!("[{list},, 1]"),
        8 => format!("Object.assign([{list}], {{ length: 9, name: 1 }})"),
        9 => format!("({{ {members} get seen() {{ log.push('seen'); return 1 }} }})"),
        10 => format!("({{ {members} toJSON(key) {{ log.push(key); return [{list}] }} }})"),
        11 => format!(
            "new Proxy({{ {members} }}, {{ get(o, k) {{ log.push(String(k)); return o[k] }} }})"
        ),
        12 => format!("Object.defineProperty({{ {members} }}, 'b', {{ enumerable: false }})"),
        13 => format!("Object.assign(new WithToJSON, {{ {members} }})"),
        14 => format!("Object.assign(new List, [{list}])"),
        _ => format!("(o => Object.assign(o, {{ o }}))({{ {members} }})"),
    }
}

const CLASSES: &str = "
    globalThis.Point = class { constructor() { this.x = 1; this.y = 0.5 } get z() { return 1 } };
    globalThis.WithToJSON = class extends Point { toJSON() { log.push('class'); return 'j' } };
    globalThis.List = class extends Array {};
";

/// What a script may have done to the prototypes.
const PROTOTYPES: &[&str] = &[
    "",
    "Object.prototype.toJSON = function () { log.push('object'); return this.a }",
    "Array.prototype.toJSON = function () { log.push('array'); return this.length }",
    "Object.defineProperty(Object.prototype, 'toJSON', { get() { log.push('get') } })",
    "Object.setPrototypeOf(Array.prototype, new Proxy({}, { get(o, k) { log.push('trap') } }))",
    "Array.prototype[1] = 'hole'; Object.prototype.a = 'inherited'",
    "String.prototype.toJSON = Number.prototype.toJSON = () => 'primitive'; \
     BigInt.prototype.toJSON = () => 'big'",
];

#[test]
fn values_are_written_as_the_engine_writes_them() {
    on_a_large_stack(compare_values);
}

fn compare_values() {
    let mut random = Random::new(0x6b72_616e_646f_6732);
    for prototypes in PROTOTYPES {
        let mut pair = Pair::new("stringify");
        pair.eval(CLASSES);
        pair.eval(prototypes);
        for _ in 0..200 {
            let source = value(&mut random, 4, true);
            // Some cannot be made: a prototype that is a primitive, a length that is none.
            let Ok(value) = pair.context.eval(Source::from_bytes(&source)) else { continue };
            pair.compare(&[value], &format!("{source} after {prototypes}"));
        }
    }
}

#[test]
fn replacers_and_spaces_are_applied() {
    let mut pair = Pair::new("stringify");
    let value = pair.eval("({ a: [1, { b: 2 }], c: 'x' })");
    for replacer in ["undefined", "null", "1", "['a', 'b']", "(k, v) => { log.push(k); return v }"]
    {
        for space in ["undefined", "null", "true", "0", "2", "'--'", "''", "new Number(1)", "{}"] {
            let replacer_value = pair.eval(&format!("({replacer})"));
            let space_value = pair.eval(&format!("({space})"));
            let arguments = [value.clone(), replacer_value, space_value];
            pair.compare(&arguments, &format!("{replacer}, {space}"));
        }
    }
}

#[test]
fn nesting_and_cycles_are_written_as_by_the_engine() {
    on_a_large_stack(|| {
        let mut pair = Pair::new("stringify");
        for source in [
            "(d => { let v = 1; while (d--) v = [v]; return v })(127)",
            "(d => { let v = 1; while (d--) v = { v }; return v })(129)",
            "(d => { let v = 1; while (d--) v = [v]; return v })(300)",
            "(o => { o.o = o; return o })({ a: 1 })",
            "(a => { a.push([a]); return a })([])",
            "(o => ({ one: o, two: [o, o] }))({ a: 1 })",
        ] {
            let value = pair.eval(source);
            pair.compare(&[value], source);
        }
    });
}

#[test]
fn what_is_usual_goes_the_short_way() {
    let mut random = Random::new(0x6b72_616e_646f_6733);
    let mut context = Context::default();
    context.eval(Source::from_bytes(CLASSES)).unwrap();
    let (mut held, mut shapes) = (parse::Held::default(), stringify::Shapes::default());
    for _ in 0..200 {
        let source = value(&mut random, 4, false);
        let value = context.eval(Source::from_bytes(&source)).unwrap();
        let Ok(text) = stringify::stringify(&value, &mut shapes, &context) else {
            assert!(value.is_undefined(), "{source} was left to the engine");
            continue;
        };
        assert!(parse::parse(&text, &mut held, &mut context).is_ok(), "{source}");
    }
}

#[test]
fn the_functions_look_like_those_of_the_engine() {
    let describe = "['parse', 'stringify'].map(name => {
        const property = Object.getOwnPropertyDescriptor(JSON, name);
        const { value } = property;
        return [Object.keys(JSON), Reflect.ownKeys(JSON).map(String), JSON.toString(),
            value.name, value.length, Reflect.ownKeys(value), 'prototype' in value,
            property.writable, property.enumerable, property.configurable,
            Object.getPrototypeOf(value) === Function.prototype, String(value),
            JSON.stringify(Object.getOwnPropertyDescriptors(value), null, 1)].join()
    }).join()";
    let mut context = Context::default();
    let engine = context.eval(Source::from_bytes(describe)).unwrap();
    install(&mut context).unwrap();
    let ours = context.eval(Source::from_bytes(describe)).unwrap();
    assert_eq!(engine, ours);
}
