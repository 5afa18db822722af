//! How an operation is done: at once, or on a worker thread for a callback or a promise.

use boa_engine::{Context, JsResult, JsValue};

use super::answer::Answer;
use super::failure::Attempt;
use crate::js::ops;

/// Has an operation done as `how` says: undefined for at once, a function to be called back, anything
/// else for a promise.
pub(super) fn run(
    how: &JsValue,
    work: impl FnOnce() -> Attempt<Answer> + Send + 'static,
    context: &mut Context,
) -> JsResult<JsValue> {
    run_into(how, work, JsValue::undefined(), context)
}

/// The same for an operation that reads into views of the script.
pub(super) fn run_into(
    how: &JsValue,
    work: impl FnOnce() -> Attempt<Answer> + Send + 'static,
    target: JsValue,
    context: &mut Context,
) -> JsResult<JsValue> {
    if how.is_undefined() {
        return value(work(), target, context);
    }
    if let Some(callback) = how.as_function() {
        ops::spawn_call(work, value, target, callback, context);
        return Ok(JsValue::undefined());
    }
    Ok(ops::spawn_with(work, value, target, context).into())
}

/// What a script gets.
#[expect(clippy::needless_pass_by_value, reason = "it is what `ops` calls")]
pub(super) fn value(
    attempt: Attempt<Answer>,
    target: JsValue,
    context: &mut Context,
) -> JsResult<JsValue> {
    match attempt {
        Ok(answer) => answer.into_value(&target, context),
        Err(failure) => Err(failure.into_exception(context)),
    }
}
