//! `DOMException`, which is written in JavaScript (`runtime/dom_exception.js`), as Rust throws it.
//!
//! Spec: <https://webidl.spec.whatwg.org/#idl-DOMException>

use boa_engine::{Context, JsError, js_string};

use crate::js::error::type_error;
use crate::js::loader::import_builtin;

/// An exception as web APIs throw: `name` is `SyntaxError`, `InvalidStateError`, ...
pub fn dom_exception(name: &str, message: &str, context: &mut Context) -> JsError {
    let arguments = [js_string!(message).into(), js_string!(name).into()];
    let made = import_builtin("internal:dom_exception", context)
        .and_then(|module| module.get_value(js_string!("DOMException"), context))
        .and_then(|class| {
            let class = class.as_object().ok_or_else(|| type_error(message))?;
            class.construct(&arguments, None, context)
        });
    match made {
        Ok(exception) => JsError::from_opaque(exception.into()),
        Err(error) => error,
    }
}
