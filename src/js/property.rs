//! Properties of the objects that scripts hand over.

use boa_engine::property::PropertyKey;
use boa_engine::{Context, JsObject, JsResult, JsString, JsValue};

/// Reads a property, as `object.get` does. Along plain objects and prototypes, which is where
/// nearly all replies have or lack theirs, it takes a shorter way than the engine's.
pub fn property(object: &JsObject, name: JsString, context: &mut Context) -> JsResult<JsValue> {
    property_of_key(object, PropertyKey::String(name), context)
}

/// The same by a key.
pub fn property_of_key(
    object: &JsObject,
    key: PropertyKey,
    context: &mut Context,
) -> JsResult<JsValue> {
    let mut holder = Some(object.clone());
    while let Some(plain) = holder.take_if(|holder| holder.is_ordinary()) {
        let found = plain.borrow().properties().get(&key);
        let Some(found) = found else {
            let Some(prototype) = plain.prototype() else { return Ok(JsValue::undefined()) };
            holder = Some(prototype);
            continue;
        };
        if let Some(value) = found.value() {
            return Ok(value.clone());
        }
        break;
    }
    object.get(key, context)
}
