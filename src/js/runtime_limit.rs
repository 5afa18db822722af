//! Limits of the engine that end a script, made into exceptions that a script can catch.
//!
//! Boa 0.22 has no `catch` and no `finally` for these. But it gives up only as far as the call with
//! which Rust entered the script, and from there on a `RangeError` can take its place: it rejects
//! promises, and listeners hear of it.

use boa_engine::error::{EngineError, RuntimeLimitError};
use boa_engine::{Context, JsError, JsNativeError};

use super::stack;
use crate::limits::RECURSION_CALLS_SHOWN;

/// What people read about a limit.
pub(super) fn message(error: &EngineError, context: &Context) -> String {
    let limits = context.runtime_limits();
    match error {
        EngineError::RuntimeLimit(RuntimeLimitError::Recursion) => too_deep(context),
        EngineError::RuntimeLimit(RuntimeLimitError::LoopIteration) => {
            format!("a loop ran more than {} times", limits.loop_iteration_limit())
        }
        EngineError::Panic(_) if is_recursion(error) => too_deep(context),
        other => other.to_string(),
    }
}

/// Whether that is what too deep a recursion comes to. An async function that is called at the limit
/// cannot make its promise, which the engine takes for impossible.
fn is_recursion(error: &EngineError) -> bool {
    match error {
        EngineError::RuntimeLimit(limit) => matches!(limit, RuntimeLimitError::Recursion),
        EngineError::Panic(panic) => panic.message() == "cannot fail per spec",
    }
}

fn too_deep(context: &Context) -> String {
    let limit = context.runtime_limits().recursion_limit();
    format!("too deep recursion: more than {limit} calls inside of each other")
}

/// The innermost calls, a line each, those of one place told once.
pub(super) fn innermost_calls(error: &JsError) -> String {
    let calls = stack::calls_of(error);
    let mut lines: Vec<&str> = calls.lines().filter(|line| !line.is_empty()).collect();
    lines.dedup();
    lines.truncate(RECURSION_CALLS_SHOWN);
    lines.iter().flat_map(|line| ["\n", line]).collect()
}

/// The exception in the place of an error with which the engine gave up; any other error is
/// returned as it is.
pub fn catchable(error: JsError, context: &mut Context) -> JsError {
    match error.as_engine() {
        Some(engine) if is_recursion(engine) || matches!(engine, EngineError::RuntimeLimit(_)) => {
            let message = message(engine, context);
            range_error(message, &innermost_calls(&error), context)
        }
        _ => error,
    }
}

/// The exception in the place of one that the engine has dropped, in a function that had awaited
/// something. `place` is what is known of where: lines of a stack, each after a line feed.
pub fn recursion_after_await(place: &str, context: &mut Context) -> JsError {
    range_error(format!("{}, after an await", too_deep(context)), place, context)
}

fn range_error(message: String, calls: &str, context: &mut Context) -> JsError {
    let text = format!("RangeError: {message}{calls}");
    let object = JsNativeError::range().with_message(message).into_opaque(context);
    // A fresh ordinary object takes any property.
    drop(stack::set_own(&object, &text, context));
    JsError::from_opaque(object.into())
}
