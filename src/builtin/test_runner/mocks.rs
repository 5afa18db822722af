//! The natives of `mock.module`.

use std::path::PathBuf;

use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsArgs, JsResult, JsValue, js_string};

use crate::js::error::type_error;
use crate::js::loader::Loader;

/// `mockModule(specifier, from, [[name, value]..])`: has these exports stand for those of a module.
/// The key that comes back ends it.
pub(super) fn mock_module(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let specifier = arguments.get_or_undefined(0).to_string(context)?.to_std_string_lossy();
    let from = arguments.get_or_undefined(1).to_string(context)?.to_std_string_lossy();
    let pairs = array(arguments.get_or_undefined(2))?;
    let mut exports = Vec::new();
    for index in 0..pairs.length(context)? {
        let pair = array(&pairs.get(index, context)?)?;
        exports.push((pair.get(0, context)?.to_string(context)?, pair.get(1, context)?));
    }
    let Some(loader) = context.downcast_module_loader::<Loader>() else {
        return Ok(JsValue::undefined());
    };
    let key = loader.mock(&specifier, &PathBuf::from(from), exports, context)?;
    Ok(js_string!(key).into())
}

/// `unmockModule(key)`
pub(super) fn unmock_module(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let key = arguments.get_or_undefined(0).to_string(context)?.to_std_string_lossy();
    if let Some(loader) = context.downcast_module_loader::<Loader>() {
        loader.unmock(&key);
    }
    Ok(JsValue::undefined())
}

fn array(value: &JsValue) -> JsResult<JsArray> {
    JsArray::from_object(value.as_object().ok_or_else(|| type_error("not an array"))?)
}
