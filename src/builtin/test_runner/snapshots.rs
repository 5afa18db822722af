//! The files that tests keep snapshots in.

use std::fs;
use std::io::ErrorKind;

use boa_engine::{Context, JsArgs, JsResult, JsValue, js_string};

use crate::js::error::{Target, system_error};

/// `readText(path)`: undefined if there is no such file.
pub(super) fn read_text(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let path = arguments.get_or_undefined(0).to_string(context)?.to_std_string_lossy();
    match fs::read_to_string(&path) {
        Ok(text) => Ok(js_string!(text).into()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(JsValue::undefined()),
        Err(error) => {
            let target = Target { path: Some(&path), ..Target::default() };
            Err(system_error(&error, "open", target, context))
        }
    }
}

/// `writeText(path, text)`
pub(super) fn write_text(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let path = arguments.get_or_undefined(0).to_string(context)?.to_std_string_lossy();
    let text = arguments.get_or_undefined(1).to_string(context)?.to_std_string_lossy();
    match fs::write(&path, text) {
        Ok(()) => Ok(JsValue::undefined()),
        Err(error) => {
            let target = Target { path: Some(&path), ..Target::default() };
            Err(system_error(&error, "open", target, context))
        }
    }
}
