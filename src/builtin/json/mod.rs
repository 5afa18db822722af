//! `JSON.parse` and `JSON.stringify`, over the engine's own.
//!
//! What messages are made of takes a short way: texts without a reviver, and ordinary objects,
//! arrays, strings, numbers, booleans and null without a replacer or spaces. Whatever is not so
//! goes to the engine's own function, untouched: neither short way runs a script, and nobody can
//! tell how far it came. Results and exceptions are thus the engine's own, but for what messages say,
//! and for two: a text whose names were chosen to collide is refused, and so is a value whose nesting
//! the engine could not write within reason.
//!
//! Spec: <https://tc39.es/ecma262/#sec-json-object>

mod error;
mod lone;
mod parse;
mod quote;
mod stringify;
#[cfg(test)]
mod tests;

use std::cell::RefCell;

use boa_engine::object::FunctionObjectBuilder;
use boa_engine::object::builtins::JsFunction;
use boa_engine::{
    Context, Finalize, JsArgs, JsResult, JsString, JsValue, NativeFunction, Trace, js_string,
};
use boa_gc::GcRefCell;

use crate::js::error::{range_error, type_error};
use crate::js::interface::define_hidden;
use crate::limits::{JSON_DEPTH_MAX, REVIVED_UNITS_UNCHECKED};
use stringify::Refused;

/// What `JSON.parse` holds.
#[derive(Trace, Finalize)]
struct Parse {
    engine: JsFunction,
    #[unsafe_ignore_trace]
    keys: RefCell<parse::Keys>,
}

/// What `JSON.stringify` holds.
#[derive(Trace, Finalize)]
struct Stringify {
    engine: JsFunction,
    shapes: GcRefCell<stringify::Shapes>,
}

/// Puts both before the engine's own, with the same name, length and attributes.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    let keys = RefCell::default();
    let parse = Parse { engine: engine_function(js_string!("parse"), context)?, keys };
    let parse = NativeFunction::from_copy_closure_with_captures(parse_native, parse);
    replace(js_string!("parse"), 2, parse, context)?;

    let shapes = GcRefCell::default();
    let engine = engine_function(js_string!("stringify"), context)?;
    let stringify = Stringify { engine, shapes };
    let stringify = NativeFunction::from_copy_closure_with_captures(stringify_native, stringify);
    replace(js_string!("stringify"), 3, stringify, context)
}

fn engine_function(name: JsString, context: &mut Context) -> JsResult<JsFunction> {
    let json = context.intrinsics().objects().json();
    let function = json.get(name, context)?.as_object().and_then(JsFunction::from_object);
    function.ok_or_else(|| type_error("the engine has no JSON"))
}

fn replace(
    name: JsString,
    length: usize,
    native: NativeFunction,
    context: &mut Context,
) -> JsResult<()> {
    let function = FunctionObjectBuilder::new(context.realm(), native)
        .name(name.clone())
        .length(length)
        .build();
    let json = context.intrinsics().objects().json();
    define_hidden(&json, name, function, context)
}

fn parse_native(
    this: &JsValue,
    arguments: &[JsValue],
    captures: &Parse,
    context: &mut Context,
) -> JsResult<JsValue> {
    if let Some(text) = arguments.get_or_undefined(0).as_string() {
        let is_revived = arguments.get_or_undefined(1).is_callable();
        // The engine does not look for names that collide. A short text has too few of them.
        if (!is_revived || text.len() > REVIVED_UNITS_UNCHECKED)
            && let Some(value) = parse::parse(&text, &mut captures.keys.borrow_mut(), context)?
            && !is_revived
        {
            return Ok(value);
        }
    }
    if let Some(value) = parse_lone(arguments, captures, context)? {
        return Ok(value);
    }
    let parsed = captures.engine.call(this, arguments, context);
    parsed.map_err(|error| error::not_json(error, arguments.get_or_undefined(0)))
}

/// The value of a text with lone surrogates; `None` for any other.
fn parse_lone(
    arguments: &[JsValue],
    captures: &Parse,
    context: &mut Context,
) -> JsResult<Option<JsValue>> {
    let text = arguments.get_or_undefined(0).as_string();
    let Some(marked) = text.and_then(|text| lone::mark(&text)) else { return Ok(None) };
    let value = parse::parse(&marked.text, &mut captures.keys.borrow_mut(), context)?;
    let Some(value) = value else { return Ok(None) };
    let value = marked.restore(&value, context)?;
    match arguments.get_or_undefined(1).as_function() {
        Some(reviver) => lone::revive(value, &reviver, context).map(Some),
        None => Ok(Some(value)),
    }
}

fn stringify_native(
    this: &JsValue,
    arguments: &[JsValue],
    captures: &Stringify,
    context: &mut Context,
) -> JsResult<JsValue> {
    if !arguments.get_or_undefined(1).is_object() {
        let value = arguments.get_or_undefined(0);
        // With spaces it is only looked whether the engine can write it.
        match stringify::stringify(value, &mut captures.shapes.borrow_mut(), context) {
            Ok(text) if is_no_space(arguments.get_or_undefined(2)) => return Ok(text.into()),
            Err(Refused::TooDeep) => {
                return Err(range_error(format!(
                    "the value is nested too deeply for JSON: more than {JSON_DEPTH_MAX} levels"
                )));
            }
            _ => {}
        }
    }
    captures
        .engine
        .call(this, arguments, context)
        .map_err(|error| error::no_json(error, arguments.get_or_undefined(0)))
}

/// Whether this third argument asks for no spaces, as all but strings, numbers and objects do.
fn is_no_space(space: &JsValue) -> bool {
    space.is_null_or_undefined() || space.is_boolean()
}
