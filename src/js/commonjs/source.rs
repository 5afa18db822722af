//! The text of a CommonJS file as the engine gets it: the body of a function.

use std::path::Path;

use boa_engine::{Context, JsResult, JsValue, Script, Source};

use super::place::{HEAD, note};
use crate::js::frame;
use crate::js::load_error::syntax_error;
use crate::js::nesting;

const TAIL: &str = "\n})";

/// The text of the function around a file.
pub(super) fn wrapped(text: &str) -> String {
    // A line that names the interpreter is for whoever starts the file.
    let comment = if text.starts_with("#!") { "//" } else { "" };
    format!("{HEAD}{comment}{text}{TAIL}")
}

/// Makes the function of a file.
pub(in crate::js) fn compile(path: &Path, text: &str, context: &mut Context) -> JsResult<JsValue> {
    nesting::check_file(path, text)?;
    note(path);
    let source = wrapped(text);
    let script = Script::parse(Source::from_bytes(&source).with_path(path), None, context);
    let script = script.map_err(|error| syntax_error(error, path, &source, context))?;
    frame::within(move |context| script.evaluate(context), context)
}
