//! What a handler of an accepted connection threw, for whoever reads standard error.

use boa_engine::{Context, JsError};

use crate::js::report;

/// Prints what a handler threw. The server lives on.
pub(super) fn report_handler_error(error: &JsError, during: &str, context: &mut Context) {
    let text = report::uncaught_text(error, context);
    report::print(&format!("{text}\n  while handling {during}"));
}
