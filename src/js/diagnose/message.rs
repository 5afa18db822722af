//! The words for a fault at a step: which expression, which property, what it was.

use boa_engine::interner::Sym;

use super::fault::Fault;
use super::outline::{Block, Declared, Key, Kind, Outline, Step, Target};
use super::text::Text;

/// Everything that is known of a fault.
pub(super) struct Case<'a> {
    pub(super) fault: Fault<'a>,
    pub(super) outline: &'a Outline,
    pub(super) text: &'a Text<'a>,
    pub(super) block: &'a Block,
    pub(super) step: &'a Step,
}

impl Case<'_> {
    /// The message in the words that JavaScript's programmers know, with the names of the things.
    pub(super) fn message(&self) -> Option<String> {
        let message = match (self.fault, &self.step.kind) {
            (Fault::Nullish | Fault::Destructured(_), kind) => return self.nullish(kind),
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
                format!(
                    "{} is not a constructor, so no class can extend it",
                    self.text.quote(*base)
                )
            }
            (Fault::NotIterable(kind), Kind::Iterate { value, .. }) => {
                format!("{} is not iterable: it is {}", self.text.quote(*value), a(kind))
            }
            (Fault::NotIterable(kind), Kind::Destructure { from, .. }) => {
                format!("{} is not iterable: it is {}", self.target(*from), a(kind))
            }
            (Fault::NotDefined(name), Kind::Name(sym) | Kind::Assign(sym)) => {
                match self.step.names.declared(*sym) {
                    Some(declared) if declared.has_dead_zone() => {
                        format!("Cannot access '{name}' before initialization")
                    }
                    _ => format!("{name} is not defined"),
                }
            }
            (Fault::Constant(name), Kind::Assign(sym)) => match self.step.names.declared(*sym) {
                Some(Declared::Imported) => {
                    format!(
                        "Assignment to constant variable: {name} is an import, which only the \
                             module that exports it can set"
                    )
                }
                _ => format!("Assignment to constant variable: {name} was declared with const"),
            },
            (Fault::NotIn(kind), Kind::In { key, object }) => {
                let (key, object) = (self.text.quote(*key), self.text.quote(*object));
                format!("Cannot use 'in' to search for {key} in {object}: {object} is {}", a(kind))
            }
            (Fault::NotClass(kind), Kind::InstanceOf { class }) => {
                let class = self.text.quote(*class);
                format!("Right-hand side of 'instanceof' is not callable: {class} is {}", a(kind))
            }
            (Fault::BigInt, Kind::Convert { value }) => {
                format!(
                    "Cannot mix BigInt and other types in {}: use BigInt(…) or Number(…) to \
                         convert one of them",
                    self.text.quote(*value)
                )
            }
            (Fault::Symbol, Kind::Convert { value }) => {
                let value = self.text.quote(*value);
                format!(
                    "Cannot convert a symbol to a string in {value}: use String(…) or \
                         .description"
                )
            }
            (Fault::ReadOnly(key), Kind::Write { object, .. }) => {
                let object = self.text.quote(*object);
                format!(
                    "Cannot assign to property '{key}' of {object}: it is read only, or \
                         {object} is not extensible"
                )
            }
            (Fault::NotDeleted, Kind::Delete { object, key }) => {
                let (object, key) = (self.text.quote(*object), self.key(*key));
                format!("Cannot delete property {key} of {object}: it is not configurable")
            }
            (Fault::Private, Kind::Private { name }) => {
                let name = self.outline.name(*name);
                format!(
                    "Cannot read private member #{name} of an object whose class did not \
                         declare it"
                )
            }
            _ => return None,
        };
        Some(message)
    }

    fn nullish(&self, kind: &Kind) -> Option<String> {
        let value = match self.fault {
            Fault::Destructured(value) => value,
            _ => "null or undefined",
        };
        Some(match kind {
            Kind::Read { object, key, .. } => {
                format!(
                    "Cannot read property {}: {} is {value}",
                    self.key(*key),
                    self.text.quote(*object)
                )
            }
            Kind::Write { object, key, .. } => {
                format!(
                    "Cannot set property {}: {} is {value}",
                    self.key(*key),
                    self.text.quote(*object)
                )
            }
            Kind::Delete { object, key } => {
                format!(
                    "Cannot delete property {}: {} is {value}",
                    self.key(*key),
                    self.text.quote(*object)
                )
            }
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
            Kind::Call { callee, arguments, .. } | Kind::New { callee, arguments } => {
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
