//! `DOMException`, which is written in JavaScript (`runtime/dom_exception.js`), as Rust throws it.
//!
//! Spec: <https://webidl.spec.whatwg.org/#idl-DOMException>

use boa_engine::{Context, JsError, JsObject, js_string};

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

/// Whether this error is a `DOMException`.
pub fn is_dom_exception(error: &JsObject, context: &mut Context) -> bool {
    // Nobody has made one before its class was loaded, and that is named like this.
    let class = error.get(js_string!("constructor"), context).ok();
    let Some(class) = class.and_then(|class| class.as_object()) else { return false };
    let name = class.get(js_string!("name"), context).ok();
    if name.and_then(|name| name.as_string()).is_none_or(|name| name != js_string!("DOMException"))
    {
        return false;
    }
    let known = import_builtin("internal:dom_exception", context)
        .and_then(|module| module.get_value(js_string!("DOMException"), context));
    known.is_ok_and(|known| known.as_object().is_some_and(|known| JsObject::equals(&known, &class)))
}
