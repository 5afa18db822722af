//! `internal:errors`: what built-ins in JavaScript say of wrong arguments. Arguments that are right
//! are told so in here; for the words, the module that has them is loaded
//! (`runtime/error_texts.js`).
//!
//! Spec: <https://nodejs.org/api/errors.html#nodejs-error-codes>

use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsArgs, JsResult, JsValue};

use crate::js::argument::ERROR_TEXTS;
use crate::js::interface::Op;
use crate::js::loader::call_builtin;

/// Everything that `runtime/error_texts.js` exports.
pub(super) const OPS: &[Op] = &[
    ("coded", 3, |_, arguments, context| ask("coded", arguments, context)),
    ("wrongType", 3, |_, arguments, context| ask("wrongType", arguments, context)),
    ("wrongValue", 2, |_, arguments, context| ask("wrongValue", arguments, context)),
    ("outOfRange", 3, |_, arguments, context| ask("outOfRange", arguments, context)),
    ("missing", 0, |_, arguments, context| ask("missing", arguments, context)),
    ("abortError", 1, |_, arguments, context| ask("abortError", arguments, context)),
    ("checkFunction", 2, |_, arguments, context| {
        check("checkFunction", JsValue::is_callable, arguments, context)
    }),
    ("checkString", 2, |_, arguments, context| {
        check("checkString", JsValue::is_string, arguments, context)
    }),
    ("checkObject", 2, |_, arguments, context| check("checkObject", is_plain, arguments, context)),
    ("checkArray", 2, |_, arguments, context| check("checkArray", is_array, arguments, context)),
    ("checkNumber", 2, check_number),
    ("checkInteger", 2, |_, arguments, context| {
        let whole = |value: &JsValue| value.as_number().is_some_and(|number| number.fract() == 0.0);
        check("checkInteger", whole, arguments, context)
    }),
    ("checkSignal", 2, |_, arguments, context| {
        check("checkSignal", JsValue::is_undefined, arguments, context)
    }),
];

/// Calls the function of this name where the texts are.
fn ask(name: &str, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    call_builtin(ERROR_TEXTS, name, arguments, context)
}

/// Is content with a value that is certainly right, and has any other looked at closely.
fn check(
    name: &str,
    is_right: impl Fn(&JsValue) -> bool,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    if is_right(arguments.get_or_undefined(0)) {
        return Ok(JsValue::undefined());
    }
    ask(name, arguments, context)
}

fn is_plain(value: &JsValue) -> bool {
    value.as_object().is_some_and(|object| object.is_ordinary())
}

fn is_array(value: &JsValue) -> bool {
    value.as_object().is_some_and(|object| JsArray::from_object(object).is_ok())
}

/// `checkNumber(value, name, least)`
fn check_number(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let least = arguments.get_or_undefined(2).as_number().unwrap_or(f64::NEG_INFINITY);
    let right = |value: &JsValue| value.as_number().is_some_and(|number| number >= least);
    check("checkNumber", right, arguments, context)
}
