//! The parameters of a statement: by name from an object that comes first, and in their order.

use boa_engine::property::PropertyKey;
use boa_engine::{Context, JsError, JsObject, JsResult, JsValue};
use rusqlite::Statement;
use rusqlite::types::Value;

use super::fault::{Fault, Style};
use super::value::{Lent, Unfit, keep, lend};
use crate::js::convert::{is_buffer_source, to_utf8};

/// Whether a script may be inexact.
#[derive(Clone, Copy)]
pub(super) struct Leave {
    pub(super) style: Style,
    /// Names may stand without their `:`, `$` or `@`.
    pub(super) bare: bool,
    /// Names that the statement does not have are left out.
    pub(super) unknown: bool,
}

/// The values of parameters, away from the engine.
#[derive(Default)]
pub(super) struct Kept {
    named: Vec<(String, Value)>,
    others: Vec<Value>,
}

/// Binds what a script has given. What is missing is an error, or NULL as in Node.
pub(super) fn bind(
    statement: &mut Statement<'_>,
    given: &[JsValue],
    leave: Leave,
    context: &mut Context,
) -> JsResult<()> {
    let names = names_in(given);
    // Nothing stays from the last time.
    statement.clear_bindings();
    let mut taken = Taken::new(statement, names.is_some());
    if let Some(names) = &names {
        for (name, key) in own_names(names, context)? {
            let Some(index) = named(statement, &name, leave, context)? else { continue };
            if leave.style == Style::Krandog {
                let free = taken.take(statement, index);
                free.map_err(|fault| fault.into_error(leave.style, context))?;
            }
            let value = names.get(key, context)?;
            one(statement, index, &value, leave, context)?;
        }
    }
    let others = &given[usize::from(names.is_some())..];
    let mut index = 0;
    for value in others {
        index = following(statement, index, names.is_some());
        if leave.style == Style::Krandog {
            let free = taken.take(statement, index);
            free.map_err(|fault| fault.into_error(leave.style, context))?;
        }
        one(statement, index, value, leave, context)?;
    }
    if leave.style == Style::Node {
        return Ok(());
    }
    taken.check(statement).map_err(|fault| fault.into_error(leave.style, context))
}

/// Takes the values of a call along.
pub(super) fn keep_all(given: &[JsValue], context: &mut Context) -> JsResult<Kept> {
    let style = Style::Krandog;
    let mut kept = Kept::default();
    let names = names_in(given);
    if let Some(names) = &names {
        for (name, key) in own_names(names, context)? {
            let value = names.get(key, context)?;
            let value = keep(&value, style, context)?;
            let value = value.map_err(|why| unfit(&why, &format!("'{name}'"), context))?;
            kept.named.push((name, value));
        }
    }
    for (index, value) in given[usize::from(names.is_some())..].iter().enumerate() {
        let value = keep(value, style, context)?;
        let value = value.map_err(|why| unfit(&why, &(index + 1).to_string(), context))?;
        kept.others.push(value);
    }
    Ok(kept)
}

/// Binds them on another thread.
pub(super) fn bind_kept(
    statement: &mut Statement<'_>,
    kept: &Kept,
    sql: &str,
) -> Result<(), Fault> {
    let fault = |error: rusqlite::Error| Fault::new(&error, sql, 0);
    let has_names = !kept.named.is_empty();
    statement.clear_bindings();
    let mut taken = Taken::new(statement, has_names);
    for (name, value) in &kept.named {
        let index = index_of(statement, name, true).ok_or_else(|| unknown(name))?;
        taken.take(statement, index)?;
        statement.raw_bind_parameter(index, value).map_err(fault)?;
    }
    let mut index = 0;
    for value in &kept.others {
        index = following(statement, index, has_names);
        taken.take(statement, index)?;
        if index <= statement.parameter_count() {
            statement.raw_bind_parameter(index, value).map_err(fault)?;
        }
    }
    taken.check(statement)
}

/// The object with names that comes first, if there is one.
fn names_in(given: &[JsValue]) -> Option<JsObject> {
    let first = given.first()?;
    let object = first.as_object()?;
    let is_plain = !object.is_array() && !object.is_callable() && !is_buffer_source(first);
    is_plain.then_some(object)
}

fn own_names(object: &JsObject, context: &mut Context) -> JsResult<Vec<(String, PropertyKey)>> {
    let keys = object.own_property_keys(context)?;
    let name = |key: PropertyKey| match &key {
        PropertyKey::String(name) => Some((to_utf8(name), key)),
        PropertyKey::Index(index) => Some((index.get().to_string(), key)),
        PropertyKey::Symbol(_) => None,
    };
    Ok(keys.into_iter().filter_map(name).collect())
}

fn index_of(statement: &Statement<'_>, name: &str, bare: bool) -> Option<usize> {
    let find = |name: &str| statement.parameter_index(name).ok().flatten();
    find(name).or_else(|| {
        let prefixes = if bare { &[":", "$", "@"][..] } else { &[] };
        prefixes.iter().find_map(|prefix| find(&format!("{prefix}{name}")))
    })
}

fn named(
    statement: &Statement<'_>,
    name: &str,
    leave: Leave,
    context: &mut Context,
) -> JsResult<Option<usize>> {
    match index_of(statement, name, leave.bare) {
        None if leave.unknown => Ok(None),
        None => Err(unknown(name).into_error(leave.style, context)),
        found => Ok(found),
    }
}

fn unknown(name: &str) -> Fault {
    Fault::of("ERR_INVALID_STATE", format!("Unknown named parameter '{name}'"))
}

/// The parameter behind `index` that takes a value without a name.
fn following(statement: &Statement<'_>, mut index: usize, has_names: bool) -> usize {
    index += 1;
    let is_named =
        |index| statement.parameter_name(index).is_some_and(|name| !name.starts_with('?'));
    while has_names && index <= statement.parameter_count() && is_named(index) {
        index += 1;
    }
    index
}

fn one(
    statement: &mut Statement<'_>,
    index: usize,
    value: &JsValue,
    leave: Leave,
    context: &mut Context,
) -> JsResult<()> {
    if leave.style == Style::Krandog && index > statement.parameter_count() {
        // The count is told at the end.
        return Ok(());
    }
    let bound = lend(value, leave.style, context, |value| {
        statement.raw_bind_parameter(index, Lent(value))
    })?;
    match bound {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(Fault::new(&error, "", 0).into_error(leave.style, context)),
        Err(why) => Err(unfit(&why, &index.to_string(), context)),
    }
}

fn unfit(why: &Unfit, which: &str, context: &mut Context) -> JsError {
    let fault = match why {
        Unfit::Type => {
            let message = format!("Provided value cannot be bound to SQLite parameter {which}.");
            Fault::of("ERR_INVALID_ARG_TYPE", message)
        }
        Unfit::Large => Fault::of("ERR_INVALID_ARG_VALUE", "BigInt value is too large to bind."),
    };
    fault.into_error(Style::Node, context)
}

/// Which parameters have a value: each needs one, and takes no other.
struct Taken {
    /// Not looked at where values only come in their order.
    places: Option<Vec<bool>>,
    values: usize,
}

impl Taken {
    fn new(statement: &Statement<'_>, has_names: bool) -> Self {
        let places = has_names.then(|| vec![false; statement.parameter_count()]);
        Self { places, values: 0 }
    }

    /// Notes a value for the parameter `index`, which there may not be.
    fn take(&mut self, statement: &Statement<'_>, index: usize) -> Result<(), Fault> {
        self.values += 1;
        let Some(place) = self.places.as_mut().and_then(|all| all.get_mut(index - 1)) else {
            return Ok(());
        };
        if *place {
            let message = format!("{} is given twice", title(statement, index));
            return Err(Fault::of("ERR_INVALID_ARG_VALUE", message));
        }
        *place = true;
        Ok(())
    }

    /// A value for each parameter, and a parameter for each value: what is missing is a mistake.
    fn check(&self, statement: &Statement<'_>) -> Result<(), Fault> {
        let count = statement.parameter_count();
        let values = self.values;
        if values != count {
            let parameters = if count == 1 { "parameter" } else { "parameters" };
            let message =
                format!("the statement has {count} {parameters}, and got {values} values");
            return Err(Fault::of("ERR_INVALID_ARG_VALUE", message));
        }
        match self.places.as_ref().and_then(|all| all.iter().position(|taken| !taken)) {
            None => Ok(()),
            Some(place) => {
                let message = format!("{} has no value", title(statement, place + 1));
                Err(Fault::of("ERR_INVALID_ARG_VALUE", message))
            }
        }
    }
}

fn title(statement: &Statement<'_>, index: usize) -> String {
    match statement.parameter_name(index) {
        Some(name) => format!("the parameter '{name}'"),
        None => format!("the parameter {index}"),
    }
}
