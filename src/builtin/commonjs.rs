//! The natives of CommonJS, which ask the loader, and those of the module `module`.

use std::path::Path;
use std::rc::Rc;

use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsArgs, JsResult, JsValue, js_string};

use crate::js::error::type_error;
use crate::js::interface::Op;
use crate::js::loader::Loader;
use crate::js::packages::resolve::Asker;
use crate::js::required::Required;

pub(super) const OPS: &[Op] =
    &[("resolve", 2, resolve), ("compile", 1, compile), ("importNow", 1, import_now)];

pub(super) const MODULE_OPS: &[Op] = &[("builtinNames", 0, builtin_names)];

/// `resolve(specifier, filename)`: `[path, false]`, or `[name, true]` for a built-in.
fn resolve(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let specifier = text(arguments, 0, context)?;
    let from = text(arguments, 1, context)?;
    let (found, is_builtin) =
        loader(context)?.resolve(&specifier, Path::new(&from), Asker::Require, context)?;
    let found = [js_string!(found).into(), is_builtin.into()];
    Ok(JsArray::from_iter(found, context).into())
}

/// `compile(path)`: `['function', f]`, `['value', v]` of a JSON file, or `['module']`.
fn compile(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let path = text(arguments, 0, context)?;
    let (kind, value) = match loader(context)?.required(Path::new(&path), context)? {
        Required::Function(function) => ("function", function),
        Required::Value(value) => ("value", value),
        Required::Module => ("module", JsValue::undefined()),
    };
    Ok(JsArray::from_iter([js_string!(kind).into(), value], context).into())
}

/// `importNow(path)`: the namespace of an ES module, or of a built-in.
fn import_now(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let name = text(arguments, 0, context)?;
    let module = loader(context)?.import_now(&name, context)?;
    Ok(module.namespace(context).into())
}

fn builtin_names(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let names: Vec<JsValue> =
        loader(context)?.public_builtins().map(|name| js_string!(name).into()).collect();
    Ok(JsArray::from_iter(names, context).into())
}

fn text(arguments: &[JsValue], index: usize, context: &mut Context) -> JsResult<String> {
    Ok(arguments.get_or_undefined(index).to_string(context)?.to_std_string_lossy())
}

fn loader(context: &Context) -> JsResult<Rc<Loader>> {
    context.downcast_module_loader().ok_or_else(|| type_error("there is no module loader"))
}
