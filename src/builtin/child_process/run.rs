//! A child that the script waits for.

use std::time::Duration;

use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsArgs, JsResult, JsValue, js_string};

use super::children::how_ended;
use super::start::{list, wanted};
use crate::js::convert::{bytes_of, new_array_buffer};
use crate::js::error::{Target, system_error};
use crate::net::child::{self, Run, Stop};

/// `run(file, args, env, options, stdio, [input, timeout, killSignal, maxBuffer])`: a list of the
/// process's number, its exit code or null, its signal or null, what it has written to its output and
/// error, null where they were no pipes, and the code of the error that has ended it, if there was
/// one. Times are in milliseconds, 0 for as long as it takes.
pub(super) fn run(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let start = wanted(arguments, context)?;
    let more = list(arguments.get_or_undefined(5), context)?;
    let number = |index: usize| more.get(index).and_then(JsValue::as_number).unwrap_or_default();
    let input = more.first().cloned().unwrap_or_default();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be 0 or more; infinity becomes the largest"
    )]
    let run = Run {
        start,
        input: bytes_of(&input, context)?.unwrap_or_default(),
        timeout: Some(number(1)).filter(|ms| *ms > 0.0).map(|ms| Duration::from_millis(ms as u64)),
        kill_signal: number(2) as i32,
        output_max: number(3) as usize,
    };
    let ran = match child::run(run) {
        Ok(ran) => ran,
        Err(error) => return Err(system_error(&error, "spawnSync", Target::default(), context)),
    };
    let mut all: Vec<JsValue> = vec![ran.pid.into()];
    all.extend(how_ended(ran.status));
    for output in ran.output {
        all.push(match output {
            Some(bytes) => new_array_buffer(&bytes, context)?.into(),
            None => JsValue::null(),
        });
    }
    all.push(match ran.stopped {
        Some(Stop::TimedOut) => js_string!("ETIMEDOUT").into(),
        Some(Stop::Overflowed) => js_string!("ENOBUFS").into(),
        None => JsValue::undefined(),
    });
    Ok(JsArray::from_iter(all, context).into())
}
