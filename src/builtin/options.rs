//! Options that a script gives as an object: tables that say what each is called and what it may
//! be, and the one reader of all of them.
//!
//! A name that no table has is an error that names the nearest one: an option that is silently
//! ignored is a limit that is silently not there. Defaults are where the options go: what a script
//! leaves out is not touched.

use std::time::Duration;

use boa_engine::object::builtins::{JsArray, JsFunction};
use boa_engine::property::PropertyKey;
use boa_engine::{Context, JsError, JsObject, JsResult, JsValue, js_string};

use crate::js::async_context::bound;
use crate::js::convert::to_utf8;
use crate::js::error::node_error;
use crate::limits::OPTION_MILLIS_MAX;

/// One option, which goes to a `T`.
pub(super) struct Opt<T: 'static> {
    name: &'static str,
    kind: Kind<T>,
}

/// What an option may be, and where it goes.
enum Kind<T: 'static> {
    Whole { least: u64, most: u64, set: fn(&mut T, usize) },
    Flag(fn(&mut T, bool)),
    Text(fn(&mut T, String)),
    Function(fn(&mut T, JsFunction)),
    Group(&'static [&'static [Opt<T>]]),
    Other(Reader<T>),
    Nested(Reader<T>, Names),
}

/// The names of some options.
pub(super) type Names = fn() -> Vec<&'static str>;

/// Reads an option of a type of its own; what it is called comes with its value.
type Reader<T> = fn(&mut T, &Given<'_>, &mut Context) -> JsResult<()>;

/// A whole number in a range.
pub(super) const fn whole<T>(
    name: &'static str,
    (least, most): (u64, u64),
    set: fn(&mut T, usize),
) -> Opt<T> {
    Opt { name, kind: Kind::Whole { least, most, set } }
}

/// Whole milliseconds, `least` or more.
pub(super) const fn millis<T>(name: &'static str, least: u64, set: fn(&mut T, usize)) -> Opt<T> {
    whole(name, (least, OPTION_MILLIS_MAX), set)
}

/// True or false.
pub(super) const fn flag<T>(name: &'static str, set: fn(&mut T, bool)) -> Opt<T> {
    Opt { name, kind: Kind::Flag(set) }
}

/// A string.
pub(super) const fn text<T>(name: &'static str, set: fn(&mut T, String)) -> Opt<T> {
    Opt { name, kind: Kind::Text(set) }
}

/// A function.
pub(super) const fn function<T>(name: &'static str, set: fn(&mut T, JsFunction)) -> Opt<T> {
    Opt { name, kind: Kind::Function(set) }
}

/// An object with options of its own.
pub(super) const fn group<T>(name: &'static str, tables: &'static [&'static [Opt<T>]]) -> Opt<T> {
    Opt { name, kind: Kind::Group(tables) }
}

/// What `read` makes of it.
pub(super) const fn other<T>(name: &'static str, read: Reader<T>) -> Opt<T> {
    Opt { name, kind: Kind::Other(read) }
}

/// What `read` makes of it: an object with options of its own, which have these names.
pub(super) const fn nested<T>(name: &'static str, names: Names, read: Reader<T>) -> Opt<T> {
    Opt { name, kind: Kind::Nested(read, names) }
}

/// The names in these tables.
pub(super) fn names_in<T>(tables: &[&[Opt<T>]]) -> Vec<&'static str> {
    tables.iter().flat_map(|table| table.iter().map(|option| option.name)).collect()
}

/// The duration of so many milliseconds, of which 0 means never.
pub(super) fn unless_zero(milliseconds: usize) -> Option<Duration> {
    (milliseconds > 0).then(|| duration(milliseconds))
}

/// The duration of so many milliseconds.
pub(super) fn duration(milliseconds: usize) -> Duration {
    Duration::from_millis(milliseconds as u64)
}

/// The object in an argument that `callee` takes options in. `None` if there is no argument.
pub(super) fn options_of(
    value: &JsValue,
    callee: &str,
    context: &mut Context,
) -> JsResult<Option<JsObject>> {
    if value.is_null_or_undefined() {
        return Ok(None);
    }
    plain_object(value).map(Some).ok_or_else(|| {
        let message = format!("{callee} takes options, not {}", shown(value));
        node_error("ERR_INVALID_ARG_TYPE", message, context)
    })
}

/// Reads all options of `object`, which stands at `path`: empty, or `websocket.` and the like.
pub(super) fn read<T>(
    object: &JsObject,
    path: &str,
    tables: &[&[Opt<T>]],
    into: &mut T,
    context: &mut Context,
) -> JsResult<()> {
    let known = || tables.iter().flat_map(|table| table.iter());
    for key in object.own_property_keys(context)? {
        let name = match &key {
            PropertyKey::String(name) => name.to_std_string_lossy(),
            PropertyKey::Index(index) => index.get().to_string(),
            PropertyKey::Symbol(_) => continue,
        };
        if !known().any(|option| option.name == name) {
            return Err(unknown(&name, path, tables, context));
        }
    }
    for option in known() {
        let value = object.get(js_string!(option.name), context)?;
        if !value.is_undefined() {
            let given = Given { path, name: option.name, value };
            option.kind.read(into, &given, context)?;
        }
    }
    Ok(())
}

/// Reads one option that stands by itself, as an argument.
pub(super) fn read_one<T>(
    name: &'static str,
    value: &JsValue,
    table: &[Opt<T>],
    into: &mut T,
    context: &mut Context,
) -> JsResult<()> {
    let given = Given { path: "", name, value: value.clone() };
    let option = table.iter().find(|option| option.name == name);
    option.map_or(Ok(()), |option| option.kind.read(into, &given, context))
}

impl<T> Kind<T> {
    fn read(&self, into: &mut T, given: &Given<'_>, context: &mut Context) -> JsResult<()> {
        match self {
            Self::Whole { least, most, set } => set(into, given.whole(*least, *most, context)?),
            Self::Flag(set) => match given.value.as_boolean() {
                Some(flag) => set(into, flag),
                None => return Err(given.wrong_type("true or false", context)),
            },
            Self::Text(set) => match given.value.as_string() {
                Some(text) => set(into, to_utf8(&text)),
                None => return Err(given.wrong_type("a string", context)),
            },
            Self::Function(set) => match given.value.as_function() {
                Some(function) => set(into, bound(function, context)?),
                None => return Err(given.wrong_type("a function", context)),
            },
            Self::Group(tables) => given.read_inner(tables, into, context)?,
            Self::Other(read) | Self::Nested(read, _) => read(into, given, context)?,
        }
        Ok(())
    }
}

/// The value of an option, and what the option is called.
pub(super) struct Given<'a> {
    path: &'a str,
    name: &'static str,
    /// The value, which is not undefined.
    pub(super) value: JsValue,
}

impl Given<'_> {
    /// Reads the options in the object that this option is.
    pub(super) fn read_inner<T>(
        &self,
        tables: &[&[Opt<T>]],
        into: &mut T,
        context: &mut Context,
    ) -> JsResult<()> {
        let object = self.object(context)?;
        read(&object, &format!("{}{}.", self.path, self.name), tables, into, context)
    }

    /// `false`, `true` for the defaults, or an object with options of its own.
    pub(super) fn on_or_off<T: Default>(
        &self,
        tables: &[&[Opt<T>]],
        context: &mut Context,
    ) -> JsResult<Option<T>> {
        if let Some(wanted) = self.value.as_boolean() {
            return Ok(wanted.then(T::default));
        }
        if !self.value.is_object() {
            return Err(self.wrong_type("true, false or an object", context));
        }
        let mut options = T::default();
        self.read_inner(tables, &mut options, context)?;
        Ok(Some(options))
    }

    /// What the option is called in an error.
    pub(super) fn path(&self) -> String {
        format!("option {}{}", self.path, self.name)
    }

    /// The value as an object that is no list and no function.
    pub(super) fn object(&self, context: &mut Context) -> JsResult<JsObject> {
        plain_object(&self.value).ok_or_else(|| self.wrong_type("an object", context))
    }

    /// The value as strings, if it is an array of nothing else.
    pub(super) fn strings(&self, context: &mut Context) -> JsResult<Option<Vec<String>>> {
        let list = self.value.as_object().filter(JsObject::is_array);
        let Some(list) = list else { return Ok(None) };
        let list = JsArray::from_object(list)?;
        let mut strings = Vec::new();
        for index in 0..list.length(context)? {
            let Some(text) = list.get(index, context)?.as_string() else { return Ok(None) };
            strings.push(to_utf8(&text));
        }
        Ok(Some(strings))
    }

    /// The value as a whole number in a range.
    pub(super) fn whole(&self, least: u64, most: u64, context: &mut Context) -> JsResult<usize> {
        let number = self.value.as_number().unwrap_or(f64::NAN);
        #[expect(clippy::cast_precision_loss, reason = "the ranges end far below 2^53")]
        let inside = number.fract() == 0.0 && (least as f64..=most as f64).contains(&number);
        if !inside {
            let message = format!(
                "{} must be a whole number from {least} to {most}, not {}",
                self.path(),
                shown(&self.value)
            );
            return Err(node_error("ERR_OUT_OF_RANGE", message, context));
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked to be a whole number in range"
        )]
        Ok(number as usize)
    }

    /// The value as a number in a range.
    pub(super) fn number(&self, least: f64, most: f64, context: &mut Context) -> JsResult<f64> {
        let number = self.value.as_number().filter(|number| (least..=most).contains(number));
        number.ok_or_else(|| {
            let (path, shown) = (self.path(), shown(&self.value));
            let message = format!("{path} must be a number from {least} to {most}, not {shown}");
            node_error("ERR_OUT_OF_RANGE", message, context)
        })
    }

    /// An error for a value that is of the right type; it is not shown. `why` is a sentence.
    pub(super) fn wrong_value(&self, why: &str, context: &mut Context) -> JsError {
        node_error("ERR_INVALID_ARG_VALUE", format!("{} is wrong: {why}", self.path()), context)
    }

    /// An error for a value that this option cannot have; `must` reads on from "must be".
    pub(super) fn wrong_type(&self, must: &str, context: &mut Context) -> JsError {
        let message = format!("{} must be {must}, not {}", self.path(), shown(&self.value));
        node_error("ERR_INVALID_ARG_TYPE", message, context)
    }
}

fn plain_object(value: &JsValue) -> Option<JsObject> {
    value.as_object().filter(|object| !object.is_array() && !object.is_callable())
}

/// A value for an error message.
pub(super) fn shown(value: &JsValue) -> String {
    match (value.as_string(), value.as_object()) {
        (Some(text), _) => format!("'{}'", text.to_std_string_lossy()),
        (_, Some(object)) if object.is_callable() => "a function".to_owned(),
        (_, Some(object)) if object.is_array() => "an array".to_owned(),
        (_, Some(_)) => "an object".to_owned(),
        _ => value.display().to_string(),
    }
}

fn unknown<T>(name: &str, path: &str, tables: &[&[Opt<T>]], context: &mut Context) -> JsError {
    let names = names_in(tables);
    let inside = || tables.iter().copied().flatten().find_map(|option| option.nearest_inside(name));
    let meant = nearest(name, names.iter().copied()).map(str::to_owned).or_else(inside);
    let meant = meant.map(|meant| format!(": did you mean {meant}?")).unwrap_or_default();
    let message = format!("unknown option {path}{name}{meant} (known: {})", names.join(", "));
    node_error("ERR_INVALID_ARG_VALUE", message, context)
}

impl<T> Opt<T> {
    /// The name in this group that was probably meant.
    fn nearest_inside(&self, name: &str) -> Option<String> {
        let names = match self.kind {
            Kind::Group(tables) => names_in(tables),
            Kind::Nested(_, names) => names(),
            _ => return None,
        };
        nearest(name, names.into_iter()).map(|meant| format!("{}.{meant}", self.name))
    }
}

/// The known name that was probably meant.
pub(super) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_lowercase();
    // Others call a hook `onOpen`.
    let bare = name.strip_prefix("on").unwrap_or_default();
    let distance = |known: &str| match known.to_lowercase() {
        known if known == bare => 0,
        known => strsim::damerau_levenshtein(&name, &known),
    };
    known
        .map(|known| (distance(known), known))
        .filter(|(distance, known)| *distance <= known.len().min(name.len()) / 3)
        .min()
        .map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_name_is_found() {
        let known = ["port", "host", "path", "backlog", "maxPayload", "pongTimeout", "code"];
        for (name, meant) in [
            ("prot", Some("port")),
            ("Port", Some("port")),
            ("cod", Some("code")),
            ("maxpayload", Some("maxPayload")),
            ("max_payload", Some("maxPayload")),
            ("maxPayloud", Some("maxPayload")),
            ("pingTimeout", Some("pongTimeout")),
            ("onCode", Some("code")),
            ("on", None),
            ("xyz", None),
            ("", None),
            ("length", None),
        ] {
            assert_eq!(nearest(name, known.into_iter()), meant, "{name}");
        }
    }
}
