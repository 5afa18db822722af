//! A CommonJS file as an ES module: runs when its turn in the graph has come, with the names that
//! its text says.

use std::path::{Path, PathBuf};

use boa_engine::module::{Module, SyntheticModuleInitializer};
use boa_engine::{Context, JsResult, JsString, JsValue, js_string};

/// All of its exports in one.
const WHOLE: &str = "module.exports";

/// Runs the file at a path, or takes it from the cache, and returns its exports. The program itself
/// is told so.
pub(in crate::js) type Run = fn(&JsString, bool, &mut Context) -> JsResult<JsValue>;

/// Makes the module. `names` are what it exports beside `default`.
pub(in crate::js) fn module(
    path: &Path,
    names: impl IntoIterator<Item = String>,
    is_main: bool,
    run: Run,
    context: &mut Context,
) -> Module {
    let all = names.into_iter().chain(["default".to_owned(), WHOLE.to_owned()]);
    let names: Vec<JsString> = all.map(JsString::from).collect();
    let file = js_string!(&*path.to_string_lossy());
    let own = names.clone();
    let initializer = SyntheticModuleInitializer::from_copy_closure_with_captures(
        move |module, (file, names), context| {
            let exports = run(file, is_main, context)?;
            for name in names {
                let value = if *name == js_string!("default") || *name == js_string!(WHOLE) {
                    exports.clone()
                } else {
                    match exports.as_object() {
                        // What a getter throws is for whoever asks for it by the whole.
                        Some(exports) => exports.get(name.clone(), context).unwrap_or_default(),
                        None => JsValue::undefined(),
                    }
                };
                module.set_export(name, value)?;
            }
            Ok(())
        },
        (file, own),
    );
    Module::synthetic(&names, initializer, Some(PathBuf::from(path)), None, context)
}
