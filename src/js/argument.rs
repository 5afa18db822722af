//! What natives say of their receivers and arguments, with the texts and codes of Node.
//!
//! The words are in `runtime/error_texts.js`, which the built-ins written in JavaScript use as well: a
//! native pays for them when something is wrong. Spec:
//! <https://nodejs.org/api/errors.html#nodejs-error-codes>

use boa_engine::object::PROTOTYPE;
use boa_engine::object::builtins::JsFunction;
use boa_engine::{Context, JsError, JsObject, JsResult, JsValue, js_string};

use super::error::{WRONG_THIS, type_error};
use super::loader::call_builtin;

/// The built-in that has the words.
pub const ERROR_TEXTS: &str = "internal:error_texts";

/// An `ERR_INVALID_ARG_TYPE` that says what was received. `wanted` reads on from "must be".
pub fn wrong_type(name: &str, wanted: &str, given: &JsValue, context: &mut Context) -> JsError {
    let arguments = [js_string!(name).into(), js_string!(wanted).into(), given.clone()];
    made("wrongType", &arguments, context)
}

/// An `ERR_INVALID_ARG_VALUE` that says what was received. `reason` reads on from the name.
pub fn wrong_value(name: &str, given: &JsValue, reason: &str, context: &mut Context) -> JsError {
    let arguments = [js_string!(name).into(), given.clone(), js_string!(reason).into()];
    made("wrongValue", &arguments, context)
}

/// An `ERR_OUT_OF_RANGE` that says what was received. `range` reads on from "must be".
pub fn out_of_range(name: &str, range: &str, given: &JsValue, context: &mut Context) -> JsError {
    let arguments = [js_string!(name).into(), js_string!(range).into(), given.clone()];
    made("outOfRange", &arguments, context)
}

/// An `ERR_MISSING_ARGS` unless a call has an argument for each of these names.
pub fn require_arguments(
    arguments: &[JsValue],
    names: &[&str],
    context: &mut Context,
) -> JsResult<()> {
    if arguments.len() >= names.len() {
        return Ok(());
    }
    let names: Vec<JsValue> = names.iter().map(|name| js_string!(*name).into()).collect();
    Err(made("missing", &names, context))
}

/// An argument that has to be a function.
pub fn function(value: &JsValue, name: &str, context: &mut Context) -> JsResult<JsFunction> {
    value.as_function().ok_or_else(|| wrong_type(name, "of type function", value, context))
}

/// An argument that has to be a number, and no less than `least`.
pub fn number_from(
    value: &JsValue,
    name: &str,
    least: f64,
    context: &mut Context,
) -> JsResult<f64> {
    match value.as_number() {
        None => Err(wrong_type(name, "of type number", value, context)),
        // NaN is not in order with anything.
        Some(number) if number >= least => Ok(number),
        Some(_) => Err(out_of_range(name, &format!(">= {least}"), value, context)),
    }
}

/// The dictionary in an argument: `None` for undefined and null, a `TypeError` for a primitive.
pub fn dictionary(
    value: &JsValue,
    name: &str,
    context: &mut Context,
) -> JsResult<Option<JsObject>> {
    match value.as_object() {
        Some(object) => Ok(Some(object)),
        None if value.is_null_or_undefined() => Ok(None),
        None => Err(wrong_type(name, "of type object", value, context)),
    }
}

/// The prototype of what `new` makes: that of `new.target`, which a subclass has replaced, or
/// `default` where it is no object. Without `new` it is a `TypeError`.
pub fn prototype_for(
    new_target: &JsValue,
    name: &str,
    default: impl FnOnce(&mut Context) -> JsObject,
    context: &mut Context,
) -> JsResult<JsObject> {
    let Some(new_target) = new_target.as_object() else {
        return Err(type_error(format!(
            "Class constructor {name} cannot be invoked without 'new'"
        )));
    };
    let prototype = new_target.get(PROTOTYPE, context)?.as_object();
    Ok(prototype.unwrap_or_else(|| default(context)))
}

/// A `TypeError` for a method called on an object of another class, which gets its `code` on the way
/// out of the method ([`Interface`](super::interface::Interface)).
pub fn illegal_invocation(name: &str) -> JsError {
    type_error(format!("{WRONG_THIS}{name}"))
}

/// What one of the functions of `runtime/error_texts.js` makes of these arguments.
fn made(maker: &str, arguments: &[JsValue], context: &mut Context) -> JsError {
    let error = call_builtin(ERROR_TEXTS, maker, arguments, context);
    error.map_or_else(|error| error, JsError::from_opaque)
}
