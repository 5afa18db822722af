//! `postMessage`, of whatever object: what its arguments say goes to the other end of a port.

use boa_engine::{Context, JsArgs, JsObject, JsResult, JsSymbol, JsValue, js_string};

use super::port;
use crate::builtin::dom::exception::dom_exception;
use crate::builtin::structured_clone::{Transfer, write};
use crate::js::argument::{dictionary, require_arguments, wrong_type};
use crate::js::convert::sequence;

/// Sends what the arguments of a `postMessage` say to the other end of a port.
pub(super) fn post(port: &JsObject, arguments: &[JsValue], context: &mut Context) -> JsResult<()> {
    require_arguments(arguments, &["message"], context)?;
    let values = transferred(arguments.get_or_undefined(1), context)?;
    if values.iter().any(|value| value.as_object().is_some_and(|it| JsObject::equals(&it, port))) {
        let message = "a port cannot be sent through itself";
        return Err(dom_exception("DataCloneError", message, context));
    }
    let form = write(&arguments[0], Transfer::new(&values, context)?, context)?;
    port::post(port, form, context)
}

/// The objects in the second argument of `postMessage`: a sequence, or options with one.
pub(super) fn transferred(given: &JsValue, context: &mut Context) -> JsResult<Vec<JsValue>> {
    let Some(options) = dictionary(given, "transfer", context)? else { return Ok(Vec::new()) };
    let is_sequence = !options.get(JsSymbol::iterator(), context)?.is_null_or_undefined();
    let (name, values) = if is_sequence {
        ("transfer", given.clone())
    } else {
        ("options.transfer", options.get(js_string!("transfer"), context)?)
    };
    if values.is_undefined() {
        return Ok(Vec::new());
    }
    sequence(&values, |context| wrong_type(name, "a sequence", &values, context), context)
}
