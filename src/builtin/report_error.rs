//! `reportError`: an exception that a script has caught is reported as if nothing had caught it.
//!
//! Spec: <https://html.spec.whatwg.org/#dom-reporterror>

use boa_engine::{Context, JsError, JsResult, JsValue};

use crate::js::argument::require_arguments;
use crate::js::executor::report_uncaught;
use crate::js::interface::Op;

pub(super) const OPS: &[Op] = &[("reportError", 1, report_error)];

fn report_error(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    require_arguments(arguments, &["e"], context)?;
    report_uncaught(JsError::from_opaque(arguments[0].clone()), context);
    Ok(JsValue::undefined())
}
