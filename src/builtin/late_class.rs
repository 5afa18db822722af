//! Classes of a built-in that is loaded when a script first does something with one of them: a module
//! may export them and stay short.
//!
//! Each is a proxy for the real one. `new`, `extends`, `instanceof` and static members work as ever.

use boa_engine::object::FunctionObjectBuilder;
use boa_engine::object::builtins::{JsArray, JsFunction, JsProxyBuilder};
use boa_engine::property::PropertyKey;
use boa_engine::{
    Context, JsArgs, JsObject, JsResult, JsString, JsValue, NativeFunction, js_string,
};

use crate::js::convert::to_utf8;
use crate::js::error::type_error;
use crate::js::interface::set_field;
use crate::js::loader::import_builtin;

/// An object with classes by name that are exports of `module`.
pub(super) fn late_classes(
    module: &str,
    names: &[&str],
    context: &mut Context,
) -> JsResult<JsValue> {
    let classes = JsObject::with_object_proto(context.intrinsics());
    for name in names {
        // No script gets at the target of a proxy: it tells the traps, which call it, its module.
        let told = NativeFunction::from_copy_closure_with_captures(
            |_, _, module: &JsString, _| Ok(module.clone().into()),
            JsString::from(module),
        );
        let target = FunctionObjectBuilder::new(context.realm(), told)
            .name(JsString::from(*name))
            .constructor(true)
            .build();
        let proxy = JsProxyBuilder::new(target.into())
            .apply(apply)
            .construct(construct)
            .get(get)
            .has(has)
            .own_keys(own_keys)
            .get_prototype_of(prototype_of)
            .build(context)?;
        set_field(&classes, js_string!(*name), JsObject::from(proxy));
    }
    Ok(classes.into())
}

/// The class that a proxy stands for.
fn real(arguments: &[JsValue], context: &mut Context) -> JsResult<JsFunction> {
    let target = arguments.get_or_undefined(0).as_object();
    let target = target.ok_or_else(|| type_error("no class"))?;
    let module = target.call(&JsValue::undefined(), &[], context)?.to_string(context)?;
    let name = target.get(js_string!("name"), context)?.to_string(context)?;
    let class = import_builtin(&to_utf8(&module), context)?.get_value(name, context)?;
    class.as_function().ok_or_else(|| type_error("no class"))
}

/// Classes are called with `new`: the real one says so, unless it is a function of old.
fn apply(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let given = listed(arguments, context)?;
    real(arguments, context)?.call(arguments.get_or_undefined(1), &given, context)
}

fn construct(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let class = real(arguments, context)?;
    let given = listed(&arguments[..2.min(arguments.len())], context)?;
    let new_target = arguments.get_or_undefined(2).as_object();
    class.construct(&given, new_target.as_ref(), context).map(JsValue::from)
}

/// The arguments of the call: the last argument of the trap.
fn listed(arguments: &[JsValue], context: &mut Context) -> JsResult<Vec<JsValue>> {
    let Some(list) = arguments.last().and_then(JsValue::as_object) else { return Ok(Vec::new()) };
    let list = JsArray::from_object(list)?;
    (0..list.length(context)?).map(|index| list.get(index, context)).collect()
}

fn key(arguments: &[JsValue], context: &mut Context) -> JsResult<PropertyKey> {
    arguments.get_or_undefined(1).to_property_key(context)
}

fn get(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let key = key(arguments, context)?;
    real(arguments, context)?.get(key, context)
}

fn has(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let key = key(arguments, context)?;
    Ok(real(arguments, context)?.has_property(key, context)?.into())
}

fn own_keys(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let keys = real(arguments, context)?.own_property_keys(context)?;
    Ok(JsArray::from_iter(keys.iter().map(JsValue::from), context).into())
}

fn prototype_of(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let prototype = real(arguments, context)?.prototype();
    Ok(prototype.map_or_else(JsValue::null, JsValue::from))
}
