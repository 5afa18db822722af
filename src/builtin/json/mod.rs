//! `JSON.parse` and `JSON.stringify`, in place of the engine's own, which takes a text for a script
//! and checks it by parsing it before.
//!
//! `parse` is ours, but for revivers: the engine tells them the text of each value. `stringify`
//! takes a short way with what messages are made of: ordinary objects, arrays, strings, numbers,
//! booleans and null without a replacer or spaces. Whatever is not so goes to the engine's own
//! function, untouched: the short way runs no script, and nobody can tell how far it came. Refused are
//! a text whose names were chosen to collide, and what is nested beyond reason.
//!
//! Spec: <https://tc39.es/ecma262/#sec-json-object>

mod error;
mod parse;
mod quote;
mod revive;
mod scan;
mod stringify;
#[cfg(test)]
mod tests;

use std::cell::RefCell;

use boa_engine::object::FunctionObjectBuilder;
use boa_engine::object::builtins::JsFunction;
use boa_engine::{
    Context, Finalize, JsArgs, JsError, JsResult, JsString, JsValue, NativeFunction, Trace,
    js_string,
};
use boa_gc::GcRefCell;

use crate::builtin::context_data::installed;
use crate::js::collisions::TooManyCollisions;
use crate::js::error::{range_error, type_error};
use crate::js::interface::define_hidden;
use crate::limits::JSON_DEPTH_MAX;
use stringify::Refused;

/// What `JSON.parse` holds.
#[derive(Trace, Finalize)]
struct Parse {
    engine: JsFunction,
    #[unsafe_ignore_trace]
    held: RefCell<parse::Held>,
}

/// What `JSON.stringify` holds.
#[derive(Trace, Finalize)]
struct Stringify {
    engine: JsFunction,
    shapes: GcRefCell<stringify::Shapes>,
}

/// Both, as they are before any script can replace them.
struct Own {
    parse: JsFunction,
    stringify: JsFunction,
}

/// What `JSON.parse` makes of a text, whatever a script has put in its place. No script runs.
pub(super) fn value_of(text: JsString, context: &mut Context) -> JsResult<JsValue> {
    let parse = installed::<Own>(context).parse.clone();
    parse.call(&JsValue::undefined(), &[text.into()], context)
}

/// What `JSON.stringify` makes of a value, whatever a script has put in its place: undefined where
/// that has no JSON.
pub(super) fn text_of(value: &JsValue, context: &mut Context) -> JsResult<JsValue> {
    let stringify = installed::<Own>(context).stringify.clone();
    stringify.call(&JsValue::undefined(), std::slice::from_ref(value), context)
}

/// Puts both before the engine's own, with the same name, length and attributes.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    let held = RefCell::default();
    let parse = Parse { engine: engine_function(js_string!("parse"), context)?, held };
    let parse = NativeFunction::from_copy_closure_with_captures(parse_native, parse);
    let parse = replace(js_string!("parse"), 2, parse, context)?;

    let shapes = GcRefCell::default();
    let engine = engine_function(js_string!("stringify"), context)?;
    let stringify = Stringify { engine, shapes };
    let stringify = NativeFunction::from_copy_closure_with_captures(stringify_native, stringify);
    let stringify = replace(js_string!("stringify"), 3, stringify, context)?;
    context.insert_data(Own { parse, stringify });
    Ok(())
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
) -> JsResult<JsFunction> {
    let function = FunctionObjectBuilder::new(context.realm(), native)
        .name(name.clone())
        .length(length)
        .build();
    let json = context.intrinsics().objects().json();
    define_hidden(&json, name, function.clone(), context)?;
    Ok(function)
}

fn parse_native(
    this: &JsValue,
    arguments: &[JsValue],
    captures: &Parse,
    context: &mut Context,
) -> JsResult<JsValue> {
    let given = arguments.get_or_undefined(0);
    let text = match given.as_string() {
        Some(text) => text,
        None => given.to_string(context)?,
    };
    let parsed = parse::parse(&text, &mut captures.held.borrow_mut(), context);
    let parsed = parsed.map_err(|refused| match refused {
        parse::Refused::NotJson(fault) => error::not_json(&fault, &text, given),
        parse::Refused::TooDeep => too_deep("the text"),
        parse::Refused::Flooded => TooManyCollisions.into(),
    })?;
    let Some(reviver) = arguments.get_or_undefined(1).as_function() else {
        return Ok(parsed.value);
    };
    if parsed.is_beyond_engine {
        return revive::revive(parsed.value, &reviver, context);
    }
    // The engine's own tells a reviver the text of each value as well.
    captures.engine.call(this, &[text.into(), reviver.into()], context)
}

fn too_deep(what: &str) -> JsError {
    range_error(format!("{what} is nested too deeply for JSON: more than {JSON_DEPTH_MAX} levels"))
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
                return Err(too_deep("the value"));
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
