//! For `krandog test --watch`: which files a program has loaded, and whether they have changed.

use std::fs;
use std::time::UNIX_EPOCH;

use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsArgs, JsResult, JsValue, js_string};

use crate::js::error::type_error;
use crate::js::loader::Loader;
use crate::js::ops;

/// `loadedFiles()`: the paths of the modules that are files.
pub(super) fn loaded_files(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let loader = context.downcast_module_loader::<Loader>();
    let files = loader.map(|loader| loader.files()).unwrap_or_default();
    let files: Vec<JsValue> = files.into_iter().map(|file| js_string!(file).into()).collect();
    Ok(JsArray::from_iter(files, context).into())
}

/// `stampsOf(paths)`: a promise for a text that is another one when one of the files has changed.
pub(super) fn stamps_of(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let given = arguments.get_or_undefined(0).as_object();
    let given = JsArray::from_object(given.ok_or_else(|| type_error("not an array"))?)?;
    let mut paths = Vec::new();
    for index in 0..given.length(context)? {
        paths.push(given.get(index, context)?.to_string(context)?.to_std_string_lossy());
    }
    let work = move || paths.iter().map(|path| stamp(path)).collect::<Vec<_>>().join(" ");
    Ok(ops::spawn(work, |text, _| Ok(js_string!(text).into()), context).into())
}

fn stamp(path: &str) -> String {
    let Ok(facts) = fs::metadata(path) else { return "-".to_owned() };
    let changed = facts.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    format!("{}:{}", changed.unwrap_or_default().as_nanos(), facts.len())
}
