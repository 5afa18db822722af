//! `Function.prototype.bind` of a function that is bound already.
//!
//! Boa 0.22 keeps each bound function for the next: a program that binds one again and again has a
//! chain, which is slow to call, and none of it is freed. Here the new one is bound to the first function
//! of the chain. A script cannot tell: a bound function takes no other `this`, and passes its own
//! arguments first.
//!
//! Spec: <https://tc39.es/ecma262/#sec-function.prototype.bind>

use boa_engine::builtins::function::BoundFunction;
use boa_engine::object::builtins::JsFunction;
use boa_engine::property::{PropertyDescriptor, PropertyKey};
use boa_engine::{Context, JsResult, JsValue, js_string};

use crate::js::before;
use crate::js::error::range_error;
use crate::limits::{BOUND_ARGUMENTS_MAX, BOUND_NAME_UNITS_MAX};

/// Puts `bind` before the engine's own.
pub(super) fn install(context: &Context) {
    let functions = context.intrinsics().constructors().function().prototype();
    before::put(&functions, js_string!("bind"), 1, bind, context);
}

fn bind(
    this: &JsValue,
    arguments: &[JsValue],
    engine: &JsFunction,
    context: &mut Context,
) -> JsResult<JsValue> {
    let bound = engine.call(this, arguments, context)?;
    let (Some(chain), Some(outer)) = (this.as_object(), bound.as_object()) else {
        return Ok(bound);
    };
    let (first, first_this, all) = {
        let Some(inner) = chain.downcast_ref::<BoundFunction>() else { return Ok(bound) };
        let more = arguments.get(1..).unwrap_or_default();
        let all = [inner.args(), more].concat();
        (inner.target_function().clone(), inner.this().clone(), all)
    };
    if all.len() > BOUND_ARGUMENTS_MAX {
        return Err(range_error(format!("more than {BOUND_ARGUMENTS_MAX} bound arguments")));
    }
    let function = BoundFunction::create(first, first_this, all, context)?;
    function.set_prototype(outer.prototype());
    for name in ["length", "name"] {
        let key = PropertyKey::from(js_string!(name));
        let value = outer.get(key.clone(), context)?;
        let value = match value.as_string() {
            // Each time it begins with one more "bound".
            Some(text) if text.len() > BOUND_NAME_UNITS_MAX => chain.get(key.clone(), context)?,
            _ => value,
        };
        let hidden = PropertyDescriptor::builder()
            .value(value)
            .writable(false)
            .enumerable(false)
            .configurable(true);
        function.insert_property(key, hidden);
    }
    Ok(function.into())
}
