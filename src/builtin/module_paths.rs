//! `__dirname` and `__filename`: accessors on the global object that answer for the module which
//! reads them. A module may still declare constants of these names. `require`, `module` and
//! `exports` do not exist, so `typeof require` tells the truth to code that asks.

use std::path::{Path, PathBuf};

use boa_engine::object::FunctionObjectBuilder;
use boa_engine::property::PropertyDescriptor;
use boa_engine::vm::ActiveRunnable;
use boa_engine::{
    Context, JsResult, JsValue, NativeFunction, js_string, native_function::NativeFunctionPointer,
};

use crate::js::error::reference_error;

/// Puts both accessors in place.
pub fn install(context: &mut Context) -> JsResult<()> {
    define("__dirname", dirname, context)?;
    define("__filename", filename, context)
}

fn define(name: &'static str, body: NativeFunctionPointer, context: &mut Context) -> JsResult<()> {
    let get = FunctionObjectBuilder::new(context.realm(), NativeFunction::from_fn_ptr(body))
        .name(js_string!(name))
        .build();
    let accessor = PropertyDescriptor::builder().get(get).enumerable(false).configurable(true);
    context.global_object().define_property_or_throw(js_string!(name), accessor, context)?;
    Ok(())
}

fn dirname(_this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let path = module_path("__dirname", context)?;
    let directory = path.parent().unwrap_or(&path);
    Ok(js_string!(&*directory.to_string_lossy()).into())
}

fn filename(_this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let path = module_path("__filename", context)?;
    Ok(js_string!(&*path.to_string_lossy()).into())
}

/// The path of the module whose code runs.
fn module_path(name: &str, context: &Context) -> JsResult<PathBuf> {
    match context.get_active_script_or_module() {
        Some(ActiveRunnable::Module(module)) => module.path().map(Path::to_path_buf),
        _ => None,
    }
    .filter(|path| path.is_absolute())
    .ok_or_else(|| reference_error(format!("{name} is not defined")))
}
