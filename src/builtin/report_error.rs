//! `reportError`: an exception that a script has caught is reported as if nothing had caught it.
//!
//! Spec: <https://html.spec.whatwg.org/#dom-reporterror>

use boa_engine::{Context, JsError, JsResult, JsValue};

use crate::js::argument::require_arguments;
use crate::js::executor::Executor;
use crate::js::interface::Op;

pub(super) const OPS: &[Op] = &[("reportError", 1, report_error)];

fn report_error(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    require_arguments(arguments, &["e"], context)?;
    if let Some(executor) = context.downcast_job_executor::<Executor>() {
        executor.report(JsError::from_opaque(arguments[0].clone()));
    }
    Ok(JsValue::undefined())
}
