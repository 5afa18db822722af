//! What to do about a fault, where that is known.

use super::elsewhere::instead_of;
use super::fault::Fault;
use super::message::Case;
use super::outline::{Declared, Kind, Range};
use super::similar::similar;

/// Fields of a request that are values.
const VALUES: &[&str] = &[
    "body",
    "bytes",
    "data",
    "headers",
    "httpVersion",
    "json",
    "method",
    "pathname",
    "query",
    "remoteAddress",
    "type",
    "url",
    "ws",
];

/// What other libraries call methods of a server, and what it has in their place.
const OF_SERVERS: &[(&str, &str)] = &[
    ("any", "all"),
    ("del", "delete"),
    ("middleware", "use"),
    ("remove", "delete"),
    ("route", "get"),
    ("socket", "ws"),
    ("websocket", "ws"),
];

/// Methods that scripts call most, for those who misremember their names.
const METHODS: &[&str] = &[
    "addEventListener",
    "at",
    "catch",
    "charAt",
    "charCodeAt",
    "close",
    "concat",
    "delete",
    "emit",
    "endsWith",
    "entries",
    "every",
    "filter",
    "finally",
    "find",
    "findIndex",
    "findLast",
    "flat",
    "flatMap",
    "forEach",
    "from",
    "fromEntries",
    "get",
    "has",
    "hasOwn",
    "includes",
    "indexOf",
    "isArray",
    "join",
    "keys",
    "lastIndexOf",
    "listen",
    "localeCompare",
    "log",
    "map",
    "match",
    "matchAll",
    "now",
    "off",
    "on",
    "once",
    "options",
    "padEnd",
    "padStart",
    "parse",
    "parseFloat",
    "parseInt",
    "patch",
    "pause",
    "pop",
    "post",
    "publish",
    "push",
    "reduce",
    "removeEventListener",
    "repeat",
    "replace",
    "replaceAll",
    "resume",
    "reverse",
    "send",
    "set",
    "shift",
    "slice",
    "some",
    "sort",
    "splice",
    "split",
    "startsWith",
    "stringify",
    "subscribe",
    "substring",
    "terminate",
    "test",
    "then",
    "toFixed",
    "toISOString",
    "toLowerCase",
    "toString",
    "toUpperCase",
    "trim",
    "trimEnd",
    "trimStart",
    "unref",
    "unshift",
    "values",
];

impl Case<'_> {
    /// `globals` are the names of everything global.
    pub(super) fn remedy(&self, globals: &[String]) -> Option<String> {
        match (self.fault, &self.step.kind) {
            (Fault::NotDefined(name), Kind::Name(sym) | Kind::Assign(sym)) => {
                match self.step.names.declared(*sym) {
                    Some(Declared::Imported) => Some(format!(
                        "modules that import each other: the one that exports {name} has not run \
                         yet. Use {name} later, in a function, or move it to a module of its own"
                    )),
                    Some(_) => None,
                    None => self.undeclared(name, globals),
                }
            }
            (Fault::NotCallable, Kind::Call { callee, key, name, arguments, open }) => {
                if callee.end.line_number() < open.line_number() {
                    return Some(
                        "the line before has no semicolon, so the parenthesis calls its value"
                            .to_owned(),
                    );
                }
                let super::outline::Key::Name(key) = (*key)? else { return None };
                let (key, object) = (self.name(key), *name);
                let request = object
                    .is_some_and(|object| ["req", "request"].contains(&self.name(object).as_str()));
                if request && arguments.is_empty() && VALUES.contains(&key.as_str()) {
                    let whole = self.text.quote(*callee);
                    return Some(format!(
                        "{whole} is a value, not a function: write it without parentheses"
                    ));
                }
                let server = object
                    .is_some_and(|object| ["app", "server"].contains(&self.name(object).as_str()));
                let other = OF_SERVERS.iter().find(|(word, _)| server && *word == key);
                if let Some((_, meant)) = other {
                    return Some(format!("did you mean {meant}?"));
                }
                // One that others have is no mistyped one.
                if METHODS.contains(&key.as_str()) {
                    return None;
                }
                let meant = similar(&key, METHODS.iter().copied())?;
                Some(format!("did you mean {meant}?"))
            }
            (Fault::ClassCalled, Kind::Call { callee, .. }) => {
                Some(format!("write new {}(…)", self.text.quote(*callee)))
            }
            (Fault::NotIterable("object"), kind) => self.iterable(kind),
            (Fault::Nullish, Kind::Read { name: Some(name), object, .. }) => {
                self.second_argument(*name).or_else(|| self.lost_this(*object))
            }
            (Fault::Nullish, Kind::Read { object, .. } | Kind::Write { object, .. }) => {
                self.lost_this(*object)
            }
            _ => None,
        }
    }

    fn undeclared(&self, name: &str, globals: &[String]) -> Option<String> {
        let line = self.text.line(self.step.at.line_number());
        if let Some(instead) = instead_of(name, line) {
            return Some(instead);
        }
        let own: Vec<String> =
            self.step.names.all().into_iter().map(|sym| self.name(sym)).collect();
        let known = own.iter().chain(globals).map(String::as_str);
        similar(name, known).map(|meant| format!("did you mean {meant}?"))
    }

    fn iterable(&self, kind: &Kind) -> Option<String> {
        match kind {
            Kind::Iterate { value, .. } => {
                let value = self.text.quote(*value);
                Some(format!(
                    "Object.keys({value}), Object.values({value}) and Object.entries({value}) are \
                     iterable"
                ))
            }
            Kind::Destructure { .. } => Some("an object is taken apart with { }".to_owned()),
            _ => None,
        }
    }

    /// `(req, res) => res.end()`: what Node.js calls a handler with.
    fn second_argument(&self, name: boa_engine::interner::Sym) -> Option<String> {
        let second = self.block.parameters.get(1)? == &name;
        let name = self.name(name);
        (second && ["res", "response", "reply"].contains(&name.as_str())).then(|| {
            format!(
                "a handler of krandog gets the request only, and returns its reply: return 'text', \
                 or return {{ status, headers, body }}, instead of {name}.end('text')"
            )
        })
    }

    fn lost_this(&self, object: Range) -> Option<String> {
        (self.text.quote(object) == "this").then(|| {
            if self.block.span.is_none() {
                return "this is undefined at the top level of a module".to_owned();
            }
            "a method that is passed on, or taken off its object, loses its this: call it as \
             object.method(), or bind it"
                .to_owned()
        })
    }
}
