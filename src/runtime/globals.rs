//! Globals: each is an accessor that imports its built-in module when a script first touches it,
//! then turns into a plain property, so that a script pays only for what it uses.

use boa_engine::object::FunctionObjectBuilder;
use boa_engine::property::PropertyDescriptor;
use boa_engine::{Context, JsArgs, JsResult, JsValue, NativeFunction, js_string};

use crate::builtin::GLOBALS;
use crate::js::loader::Loader;

/// Puts every global in place.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    let global = context.global_object();
    for (index, (name, _, _)) in GLOBALS.iter().enumerate() {
        let get = FunctionObjectBuilder::new(
            context.realm(),
            NativeFunction::from_copy_closure(move |_, _, context| materialize(index, context)),
        )
        .name(js_string!(*name))
        .build();
        let set = FunctionObjectBuilder::new(
            context.realm(),
            NativeFunction::from_copy_closure(move |_, arguments, context| {
                define(index, arguments.get_or_undefined(0).clone(), context)
            }),
        )
        .name(js_string!(*name))
        .length(1)
        .build();
        let accessor =
            PropertyDescriptor::builder().get(get).set(set).enumerable(false).configurable(true);
        global.define_property_or_throw(js_string!(*name), accessor, context)?;
    }
    Ok(())
}

fn materialize(index: usize, context: &mut Context) -> JsResult<JsValue> {
    let (_, module, export) = GLOBALS[index];
    let Some(loader) = context.downcast_module_loader::<Loader>() else {
        return Ok(JsValue::undefined());
    };
    let value = loader.import_builtin(module, context)?.get_value(js_string!(export), context)?;
    define(index, value.clone(), context)?;
    Ok(value)
}

fn define(index: usize, value: JsValue, context: &mut Context) -> JsResult<JsValue> {
    let property = PropertyDescriptor::builder()
        .value(value)
        .writable(true)
        .enumerable(false)
        .configurable(true);
    let name = js_string!(GLOBALS[index].0);
    context.global_object().define_property_or_throw(name, property, context)?;
    Ok(JsValue::undefined())
}
