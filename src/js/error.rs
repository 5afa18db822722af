//! Exceptions: built for scripts from what went wrong below, and printed for people.

use boa_engine::{Context, JsError};

/// The text for an exception that nothing caught: name, message and stack.
pub fn uncaught_text(error: &JsError, _context: &mut Context) -> String {
    format!("Uncaught {error}")
}
