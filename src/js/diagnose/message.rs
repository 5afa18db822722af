//! The words for a fault at a step: which expression, which property, what it was.

use boa_engine::interner::Sym;

use super::fault::{Fault, in_native};
use super::outline::{Block, Declared, Key, Kind, Outline, Step, Target};
use super::text::Text;

/// Everything that is known of a fault.
pub(super) struct Case<'a> {
    pub(super) fault: Fault<'a>,
    /// In the engine's words.
    pub(super) message: &'a str,
    pub(super) outline: &'a Outline,
    pub(super) text: &'a Text<'a>,
    pub(super) block: &'a Block,
    pub(super) step: &'a Step,
}

impl Case<'_> {
    /// The message in the words that JavaScript's programmers know, with the names of the things.
    pub(super) fn message(&self) -> Option<String> {
        match (self.fault, &self.step.kind) {
            (Fault::Nullish | Fault::Destructured(_), kind) => self.nullish(kind),
            (Fault::NotDefined(name), Kind::Name(sym) | Kind::Assign(sym)) => {
                Some(self.not_defined(name, *sym))
            }
            (Fault::Constant(name), Kind::Assign(sym)) => Some(self.constant(name, *sym)),
            (
                Fault::InNative,
                Kind::Call { callee, arguments, .. } | Kind::New { callee, arguments, .. },
            ) => {
                let argument = arguments.first().map(|first| self.text.quote(*first));
                let argument = argument.unwrap_or_else(|| "undefined".to_owned());
                in_native(self.message, &self.text.quote(*callee), &argument)
            }
            (_, kind) => self.wrong_call(kind).or_else(|| self.wrong_value(kind)),
        }
    }

    fn not_defined(&self, name: &str, sym: Sym) -> String {
        match self.step.names.declared(sym) {
            Some(declared) if declared.has_dead_zone() => {
                format!("Cannot access '{name}' before initialization")
            }
            _ => format!("{name} is not defined"),
        }
    }

    fn constant(&self, name: &str, sym: Sym) -> String {
        let why = match self.step.names.declared(sym) {
            Some(Declared::Imported) => "is an import, which only the module that exports it sets",
            _ => "was declared with const",
        };
        format!("Assignment to constant variable: {name} {why}")
    }

    /// Something is not what it is used as.
    fn wrong_call(&self, kind: &Kind) -> Option<String> {
        Some(match (self.fault, kind) {
            (Fault::NotCallable, Kind::Call { callee, .. }) => {
                format!("{} is not a function", self.text.quote(*callee))
            }
            (Fault::ClassCalled, Kind::Call { callee, .. }) => {
                let class = self.text.quote(*callee);
                format!("class constructor {class} cannot be called without new")
            }
            (Fault::NotConstructor, Kind::New { callee, .. }) => {
                format!("{} is not a constructor", self.text.quote(*callee))
            }
            (Fault::BadBase, Kind::Extends { base }) => {
                let base = self.text.quote(*base);
                format!("{base} is not a constructor, so no class can extend it")
            }
            (Fault::NotIterable(kind), Kind::Iterate { value, .. }) => {
                format!("{} is not iterable: it is {}", self.text.quote(*value), a(kind))
            }
            (Fault::NotIterable(kind), Kind::Destructure { from, .. }) => {
                format!("{} is not iterable: it is {}", self.target(*from), a(kind))
            }
            (Fault::NotIn(kind), Kind::In { key, object }) => {
                let (key, object) = (self.text.quote(*key), self.text.quote(*object));
                format!("Cannot use 'in' to search for {key} in {object}: {object} is {}", a(kind))
            }
            (Fault::NotClass(kind), Kind::InstanceOf { class }) => {
                let class = self.text.quote(*class);
                format!("Right-hand side of 'instanceof' is not callable: {class} is {}", a(kind))
            }
            _ => return None,
        })
    }

    /// A value or a property does not allow what is done with it.
    fn wrong_value(&self, kind: &Kind) -> Option<String> {
        Some(match (self.fault, kind) {
            (Fault::BigInt, Kind::Convert { value }) => format!(
                "Cannot mix BigInt and other types in {}: convert one of them, with BigInt(…) or \
                 Number(…)",
                self.text.quote(*value)
            ),
            (Fault::Symbol, Kind::Convert { value }) => {
                let value = self.text.quote(*value);
                format!("Cannot convert a symbol to a string: write String({value})")
            }
            (Fault::ReadOnly(key), Kind::Write { object, .. }) => {
                let object = self.text.quote(*object);
                format!(
                    "Cannot assign to property '{key}' of {object}: it is read only, or {object} is \
                     not extensible"
                )
            }
            (Fault::NotDeleted, Kind::Delete { object, key }) => {
                let (object, key) = (self.text.quote(*object), self.key(*key));
                format!("Cannot delete property {key} of {object}: it is not configurable")
            }
            (Fault::Private, Kind::Private { name }) => format!(
                "Cannot read private member #{} of an object whose class did not declare it",
                self.outline.name(*name)
            ),
            _ => return None,
        })
    }

    /// Whether a script made the error itself, with the engine's words.
    pub(super) fn is_made_by_script(&self) -> bool {
        match &self.step.kind {
            Kind::New { callee, .. } | Kind::Call { callee, .. } => {
                self.text.quote(*callee).ends_with("Error")
            }
            _ => false,
        }
    }

    fn nullish(&self, kind: &Kind) -> Option<String> {
        let value = match self.fault {
            Fault::Destructured(value) => value,
            _ => "null or undefined",
        };
        let (verb, object, key) = match kind {
            Kind::Read { object, key, .. } => ("read", object, key),
            Kind::Write { object, key, .. } => ("set", object, key),
            Kind::Delete { object, key } => ("delete", object, key),
            other => return self.taken_apart(other, value),
        };
        let (object, key) = (self.text.quote(*object), self.key(*key));
        Some(match object.as_str() {
            "null" | "undefined" => format!("Cannot {verb} property {key} of {object}"),
            object => format!("Cannot {verb} property {key}: {object} is {value}"),
        })
    }

    /// Loops and patterns over null or undefined, and natives that were given it.
    fn taken_apart(&self, kind: &Kind, value: &str) -> Option<String> {
        Some(match kind {
            Kind::Iterate { value: iterated, .. } => {
                format!("{} is not iterable: it is {value}", self.text.quote(*iterated))
            }
            Kind::Destructure { from, array: true, .. } => {
                format!("{} is not iterable: it is {value}", self.target(*from))
            }
            Kind::Destructure { from, first: Some(first), .. } => {
                let (first, from) = (self.outline.name(*first), self.target(*from));
                format!("Cannot destructure property '{first}' of {from}: it is {value}")
            }
            Kind::Destructure { from, .. } => {
                format!("Cannot destructure {}: it is {value}", self.target(*from))
            }
            Kind::Call { callee, arguments, .. } | Kind::New { callee, arguments, .. } => {
                let callee = self.text.quote(*callee);
                let given = arguments.first().map(|first| self.text.quote(*first));
                match given {
                    Some(given) => format!(
                        "Cannot convert undefined or null to object: {callee} was given {given}"
                    ),
                    None => format!(
                        "Cannot convert undefined or null to object: {callee} was given nothing"
                    ),
                }
            }
            _ => return None,
        })
    }

    fn key(&self, key: Key) -> String {
        match key {
            Key::Name(name) => format!("'{}'", self.outline.name(name)),
            Key::Computed(range) => match self.text.quote(range) {
                string if string.starts_with(['\'', '"']) => string,
                other => format!("[{other}]"),
            },
        }
    }

    fn target(&self, target: Target) -> String {
        match target {
            Target::Value(range, _) => self.text.quote(range),
            Target::Property(name) => format!("property '{}'", self.outline.name(name)),
            Target::Argument(index) => {
                let ordinal = ["first", "second", "third", "fourth"].get(index);
                let which = ordinal.map_or_else(
                    || format!("argument {}", index + 1),
                    |ordinal| format!("the {ordinal} argument"),
                );
                match self.block.name.map(|name| self.outline.name(name)) {
                    Some(name) if !name.is_empty() => format!("{which} of {name}"),
                    _ => which,
                }
            }
            Target::Unknown => "the value".to_owned(),
        }
    }

    /// The text of a name.
    pub(super) fn name(&self, name: Sym) -> String {
        self.outline.name(name)
    }
}

/// `a string`, `an object`; types that are not counted stay as they are.
fn a(kind: &str) -> String {
    match kind {
        "undefined" | "null" => kind.to_owned(),
        "object" => "an object".to_owned(),
        other => format!("a {other}"),
    }
}
