//! The reviver of `JSON.parse`, for texts that the engine's own function refuses.
//!
//! Spec: <https://tc39.es/ecma262/#sec-internalizejsonproperty>

use boa_engine::object::builtins::JsFunction;
use boa_engine::property::PropertyKey;
use boa_engine::{Context, JsObject, JsResult, JsValue, js_string};

/// Has the reviver look at every value, the innermost first.
pub(super) fn revive(
    value: JsValue,
    reviver: &JsFunction,
    context: &mut Context,
) -> JsResult<JsValue> {
    let root = JsObject::with_object_proto(context.intrinsics());
    root.create_data_property_or_throw(js_string!(), value, context)?;
    revive_property(&root, &js_string!().into(), reviver, context)
}

fn revive_property(
    holder: &JsObject,
    key: &PropertyKey,
    reviver: &JsFunction,
    context: &mut Context,
) -> JsResult<JsValue> {
    let value = holder.get(key.clone(), context)?;
    if let Some(object) = value.as_object() {
        let keys: Vec<PropertyKey> = if object.is_array() {
            let length = object.get(js_string!("length"), context)?.to_length(context)?;
            (0..length).map(|index| PropertyKey::from(js_string!(index.to_string()))).collect()
        } else {
            let keys = object.own_property_keys(context)?;
            keys.into_iter().filter(|key| !matches!(key, PropertyKey::Symbol(_))).collect()
        };
        for key in keys {
            let value = revive_property(&object, &key, reviver, context)?;
            if value.is_undefined() {
                object.delete_property_or_throw(key, context)?;
            } else {
                object.create_data_property(key, value, context)?;
            }
        }
    }
    let name = JsValue::from(key).to_string(context)?;
    reviver.call(&holder.clone().into(), &[name.into(), value], context)
}
