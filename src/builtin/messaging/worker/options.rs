//! The options of `new Worker`.

use boa_engine::{Context, JsResult, JsValue};

use crate::builtin::options::{Opt, flag, options_of, other, read, text, whole};
use crate::limits::LOOP_ITERATIONS_CEILING;

/// What they are read into.
#[derive(Default)]
pub(super) struct Options {
    pub(super) name: String,
    pub(super) data: Option<JsValue>,
    pub(super) transfer: JsValue,
    /// The first argument is a program, not where one is.
    pub(super) is_code: bool,
    pub(super) is_unreferenced: bool,
    /// How often a loop may go around in one call.
    pub(super) loop_max: Option<u64>,
    /// What stands behind the program in `process.argv`.
    pub(super) arguments: Vec<String>,
}

const TABLE: [Opt<Options>; 8] = [
    other("type", |_, given, context| match given.value.as_string() {
        Some(kind) if kind.to_std_string_lossy() == "module" => Ok(()),
        Some(kind) if kind.to_std_string_lossy() == "classic" => {
            let why = "programs are ES modules, and so are workers: import takes the place of \
                       importScripts";
            Err(given.wrong_value(why, context))
        }
        _ => Err(given.wrong_type("'module'", context)),
    }),
    text("name", |to, name| to.name = name),
    other("workerData", |to, given, _| {
        to.data = Some(given.value.clone());
        Ok(())
    }),
    other("transferList", |to, given, _| {
        to.transfer = given.value.clone();
        Ok(())
    }),
    flag("eval", |to, is_code| to.is_code = is_code),
    flag("ref", |to, is_referenced| to.is_unreferenced = !is_referenced),
    whole("maxLoopIterations", (1, LOOP_ITERATIONS_CEILING), |to, most| {
        to.loop_max = Some(most as u64);
    }),
    other("argv", |to, given, context| match given.strings(context)? {
        Some(arguments) => {
            to.arguments = arguments;
            Ok(())
        }
        None => Err(given.wrong_type("an array of strings", context)),
    }),
];

pub(super) fn read_options(given: &JsValue, context: &mut Context) -> JsResult<Options> {
    let mut options = Options::default();
    if let Some(object) = options_of(given, "Worker", context)? {
        read(&object, "", &[&TABLE], &mut options, context)?;
    }
    Ok(options)
}
