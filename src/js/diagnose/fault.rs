//! What the engine's messages mean: the one table of its wording.
//!
//! Only the text that is printed is put into other words. `error.message` stays as the engine has
//! it: to change it where the error is made, the engine would have to call us for every exception,
//! also for those that a script catches and never looks at.

use boa_engine::interner::Sym;

use super::outline::{Declared, Key, Kind, Step};

/// What went wrong, as far as the engine's message tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault<'a> {
    /// A property of `null` or `undefined`, or a loop over it.
    Nullish,
    Destructured(&'a str),
    NotCallable,
    NotConstructor,
    ClassCalled,
    /// With the type of the value.
    NotIterable(&'a str),
    BadBase,
    /// With the name.
    NotDefined(&'a str),
    Constant(&'a str),
    /// With the type of the value.
    NotIn(&'a str),
    NotClass(&'a str),
    BigInt,
    Symbol,
    /// With the property.
    ReadOnly(&'a str),
    NotDeleted,
    Private,
    /// Whatever a native throws; its own words are kept.
    InNative,
}

/// What the engine says, `{}` for what varies, and what it means.
type Rule = (&'static str, for<'a> fn(&'a str) -> Fault<'a>);

const RULES: &[Rule] = &[
    ("cannot convert 'null' or 'undefined' to object", |_| Fault::Nullish),
    ("Cannot destructure '{}' value", |it| Fault::Destructured(it)),
    ("not a callable function", |_| Fault::NotCallable),
    ("not a constructor", |_| Fault::NotConstructor),
    ("class constructor cannot be invoked without 'new'", |_| Fault::ClassCalled),
    ("value with type `{}` is not iterable", |it| Fault::NotIterable(it)),
    ("superclass must be a constructor", |_| Fault::BadBase),
    ("cannot assign to uninitialized global property `{}`", |it| Fault::NotDefined(it)),
    ("{} is not defined", |it| Fault::NotDefined(it)),
    ("cannot mutate an immutable binding '{}'", |it| Fault::Constant(it)),
    ("right-hand side of 'in' should be an object, got `{}`", |it| Fault::NotIn(it)),
    ("right-hand side of 'instanceof' should be an object, got `{}`", |it| Fault::NotClass(it)),
    ("right-hand side of 'instanceof' is not callable", |_| Fault::NotClass("object")),
    ("cannot mix BigInt and other types, use explicit conversions", |_| Fault::BigInt),
    ("can't convert symbol to string", |_| Fault::Symbol),
    ("cannot set non-writable property: {}", |it| Fault::ReadOnly(it)),
    ("Cannot delete property", |_| Fault::NotDeleted),
    ("Private element does not exist on object", |_| Fault::Private),
];

/// What natives say, and what is printed: `{}` is what varies, `{argument}` the text of the first
/// argument, and `{callee}` that of the function.
const NATIVES: &[(&str, &str)] = &[
    ("failed to create matcher: {}", "invalid regular expression: {}"),
    (
        "Array.prototype.{}: Callbackfn is not callable",
        "{argument} is not a function: {callee} calls it",
    ),
    (
        "Array.prototype.{}: invalid callback function",
        "{argument} is not a function: {callee} calls it",
    ),
    ("Promise executor is not callable", "{argument} is not a function: new Promise calls it"),
    ("String.prototype.repeat: count must be {}", "invalid count {argument}: it must be {}"),
    ("invalid array length", "invalid array length {argument}"),
    ("cannot convert string '{}' to bigint primitive", "cannot convert '{}' to a BigInt"),
    (
        "the string to be decoded is not correctly encoded",
        "malformed URI: {argument} is not correctly encoded",
    ),
    (
        "trying to encode an invalid string",
        "malformed URI: {argument} has half of a surrogate pair",
    ),
];

/// A native's message in other words, if it has some.
pub(super) fn in_native(message: &str, callee: &str, argument: &str) -> Option<String> {
    NATIVES.iter().find_map(|(pattern, words)| {
        let varying = varying(pattern, message)?;
        let words = words.replace("{argument}", argument).replace("{callee}", callee);
        Some(words.replace("{}", varying))
    })
}

/// What stands in a message for `{}` in its pattern.
fn varying<'a>(pattern: &str, message: &'a str) -> Option<&'a str> {
    let (before, after) = pattern.split_once("{}").unwrap_or((pattern, ""));
    let varying = message.strip_prefix(before)?.strip_suffix(after)?;
    (pattern.contains("{}") || varying.is_empty()).then_some(varying)
}

impl<'a> Fault<'a> {
    pub(super) fn of(message: &'a str) -> Self {
        let rule = |(pattern, fault): &Rule| varying(pattern, message).map(fault);
        RULES.iter().find_map(rule).unwrap_or(Self::InNative)
    }

    /// Whether this step can throw this. `name_of` tells the text of a name.
    pub(super) fn fits(self, step: &Step, name_of: impl Fn(Sym) -> String) -> bool {
        let declared = |name: &Option<Sym>| name.and_then(|name| step.names.declared(name));
        match (self, &step.kind) {
            (
                Self::Nullish,
                Kind::Read { name, .. }
                | Kind::Write { name, .. }
                | Kind::Iterate { name, .. }
                | Kind::Destructure { name, .. },
            )
            | (Self::Destructured(_), Kind::Destructure { name, .. }) => {
                let global =
                    name.is_some_and(|own| name_of(own) != "undefined" && declared(name).is_none());
                let object = matches!(
                    declared(name),
                    Some(Declared::Object | Declared::Class | Declared::Function)
                );
                !global && !object
            }
            (Self::ReadOnly(_), Kind::Write { key: Key::Computed(_), .. })
            | (Self::Nullish | Self::NotDeleted, Kind::Delete { .. })
            | (Self::NotCallable | Self::ClassCalled, Kind::Call { .. })
            | (Self::NotConstructor, Kind::New { .. })
            | (Self::InNative, Kind::Call { .. } | Kind::New { .. })
            | (
                Self::NotIterable(_),
                Kind::Iterate { .. } | Kind::Destructure { array: true, .. },
            )
            | (Self::BadBase, Kind::Extends { .. })
            | (Self::NotIn(_), Kind::In { .. })
            | (Self::NotClass(_), Kind::InstanceOf { .. })
            | (Self::BigInt | Self::Symbol, Kind::Convert { .. })
            | (Self::Private, Kind::Private { .. }) => true,
            (Self::ReadOnly(wanted), Kind::Write { key: Key::Name(own), .. }) => {
                name_of(*own) == wanted
            }
            (Self::NotDefined(wanted), Kind::Name(own) | Kind::Assign(own))
            | (Self::Constant(wanted), Kind::Assign(own)) => name_of(*own) == wanted,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_mean_what_the_table_says() {
        assert_eq!(Fault::of("x is not defined"), Fault::NotDefined("x"));
        assert_eq!(Fault::of("Cannot destructure 'null' value"), Fault::Destructured("null"));
        assert_eq!(Fault::of("not a callable function"), Fault::NotCallable);
        assert_eq!(Fault::of("not a callable function, said I"), Fault::InNative);
        assert_eq!(Fault::of("bad age"), Fault::InNative);
    }
}
