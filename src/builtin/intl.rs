//! `toLocaleString` and its kin, before the engine's own, which know no language. What they do is
//! written in JavaScript (`runtime/intl.js`) and loaded with the first call.
//!
//! Spec: <https://tc39.es/ecma402/#locale-sensitive-functions>

use boa_engine::native_function::NativeFunctionPointer;
use boa_engine::object::FunctionObjectBuilder;
use boa_engine::object::builtins::{JsArray, JsDate};
use boa_engine::{
    Context, JsArgs, JsObject, JsResult, JsString, JsValue, NativeFunction, js_string,
};

use crate::js::error::type_error;
use crate::js::interface::define_hidden;
use crate::js::loader::import_builtin;

/// Puts the functions in the place of the engine's.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    let constructors = context.intrinsics().constructors();
    let (number, bigint) = (constructors.number().prototype(), constructors.bigint().prototype());
    let date = constructors.date().prototype();
    let array = constructors.array().prototype();
    let typed_array = constructors.typed_array().prototype();
    let functions: [(&JsObject, JsString, NativeFunctionPointer); 7] = [
        (&array, js_string!("toLocaleString"), list_text),
        (&typed_array, js_string!("toLocaleString"), list_text),
        (&number, js_string!("toLocaleString"), number_text),
        (&bigint, js_string!("toLocaleString"), number_text),
        (&date, js_string!("toLocaleString"), |this, arguments, context| {
            date_text(this, arguments, ["any", "all"], context)
        }),
        (&date, js_string!("toLocaleDateString"), |this, arguments, context| {
            date_text(this, arguments, ["date", "date only"], context)
        }),
        (&date, js_string!("toLocaleTimeString"), |this, arguments, context| {
            date_text(this, arguments, ["time", "time"], context)
        }),
    ];
    for (prototype, name, body) in functions {
        let function =
            FunctionObjectBuilder::new(context.realm(), NativeFunction::from_fn_ptr(body))
                .name(name.clone())
                .build();
        define_hidden(prototype, name, function, context)?;
    }
    Ok(())
}

fn number_text(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let object = this.as_object();
    let boxed = object.as_ref().and_then(|object| {
        let number = object.downcast_ref::<f64>().map(|number| JsValue::from(*number));
        number.or_else(|| {
            object.downcast_ref::<boa_engine::JsBigInt>().map(|number| number.clone().into())
        })
    });
    let value = boxed.unwrap_or_else(|| this.clone());
    if !value.is_number() && !value.is_bigint() {
        return Err(type_error("toLocaleString needs a number"));
    }
    let (locales, options) = (arguments.get_or_undefined(0), arguments.get_or_undefined(1));
    call("number", &[value, locales.clone(), options.clone()], context)
}

fn list_text(this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let object = this.to_object(context)?;
    let (locales, options) = (arguments.get_or_undefined(0), arguments.get_or_undefined(1));
    call("list", &[object.into(), locales.clone(), options.clone()], context)
}

fn date_text(
    this: &JsValue,
    arguments: &[JsValue],
    defaults: [&str; 2],
    context: &mut Context,
) -> JsResult<JsValue> {
    let object = this.as_object().ok_or_else(|| type_error("this is not a Date object."))?;
    let time = JsDate::from_object(object)?.get_time(context)?;
    let defaults = JsArray::from_iter(defaults.map(|text| js_string!(text).into()), context);
    let (locales, options) = (arguments.get_or_undefined(0), arguments.get_or_undefined(1));
    call("date", &[time, locales.clone(), options.clone(), defaults.into()], context)
}

/// Calls one of the functions in `toLocale`.
fn call(name: &str, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let module = import_builtin("internal:intl", context)?;
    let functions = module.get_value(js_string!("toLocale"), context)?.to_object(context)?;
    let function = functions.get(js_string!(name), context)?.as_function();
    let function = function.ok_or_else(|| type_error("not a function"))?;
    function.call(&JsValue::undefined(), arguments, context)
}
