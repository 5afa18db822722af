//! Natives that stand before functions of the engine: with the same name, length and attributes, and
//! free to refuse, to answer themselves, or to call the engine's own.

use boa_engine::object::FunctionObjectBuilder;
use boa_engine::object::builtins::JsFunction;
use boa_engine::property::{PropertyDescriptor, PropertyKey};
use boa_engine::{Context, JsObject, JsResult, JsString, JsValue, NativeFunction};

/// What is called in the place of the engine's own function, which it is given.
pub type Before = fn(&JsValue, &[JsValue], &JsFunction, &mut Context) -> JsResult<JsValue>;

/// Puts `before` before the function that `object` has as `name`.
pub fn put(object: &JsObject, name: JsString, length: usize, before: Before, context: &Context) {
    let key = PropertyKey::from(name.clone());
    let property = object.borrow().properties().get(&key);
    let engine = property.as_ref().and_then(|property| property.value()?.as_function());
    let Some(engine) = engine else { return };
    let native = NativeFunction::from_copy_closure_with_captures(before, engine);
    let function = FunctionObjectBuilder::new(context.realm(), native).name(name);
    let hidden = PropertyDescriptor::builder()
        .value(function.length(length).build())
        .writable(true)
        .enumerable(false)
        .configurable(true);
    object.insert_property(key, hidden);
}
