//! How the script is told what has happened to a child.

use boa_engine::object::builtins::JsFunction;
use boa_engine::{Context, JsValue};

use crate::js::executor::report_uncaught;
use crate::js::frame;

/// Calls a function of the script's; what it throws is uncaught.
pub(super) fn tell(callback: &JsFunction, arguments: Vec<JsValue>, context: &mut Context) {
    if let Err(error) = frame::call(callback, JsValue::undefined(), arguments, context) {
        report_uncaught(error, context);
    }
}
