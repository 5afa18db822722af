//! `next`, `return` and `throw` of async generators that are inside each other.
//!
//! Boa 0.22 ends the process where a recursion reaches the engine's limit inside of one of these. A
//! recursion of generators is refused before that with an exception that a script can catch. One of
//! other functions, which a generator calls before it first awaits, cannot be seen from here.
//!
//! Spec: <https://tc39.es/ecma262/#sec-properties-of-asyncgenerator-prototype>

use std::cell::Cell;

use boa_engine::object::builtins::JsFunction;
use boa_engine::{Context, JsResult, JsValue, js_string};

use crate::js::before;
use crate::js::error::range_error;
use crate::limits::ASYNC_GENERATORS_NESTED_MAX;

thread_local! {
    /// How many are inside each other at the moment.
    static NESTED: Cell<usize> = const { Cell::new(0) };
}

/// Puts natives before the engine's own.
pub(super) fn install(context: &Context) {
    let generators = context.intrinsics().objects().async_generator();
    for name in [js_string!("next"), js_string!("return"), js_string!("throw")] {
        before::put(&generators, name, 1, resume, context);
    }
}

fn resume(
    this: &JsValue,
    arguments: &[JsValue],
    engine: &JsFunction,
    context: &mut Context,
) -> JsResult<JsValue> {
    let nested = NESTED.get();
    if nested >= ASYNC_GENERATORS_NESTED_MAX {
        return Err(range_error(format!(
            "too deep recursion: more than {ASYNC_GENERATORS_NESTED_MAX} async generators inside \
             of each other"
        )));
    }
    NESTED.set(nested + 1);
    let resumed = engine.call(this, arguments, context);
    NESTED.set(nested);
    resumed
}
