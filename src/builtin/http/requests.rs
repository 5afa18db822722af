//! The client half of `http` and `https`: functions and classes that load their built-in when they are
//! used.

use boa_engine::{Context, JsResult, JsValue};

use crate::builtin::late_class::late_classes;
use crate::js::loader::call_builtin;

const MODULE: &str = "internal:http_client";

pub(super) fn request(_: &JsValue, given: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    call_builtin(MODULE, "request", given, context)
}

pub(super) fn get(_: &JsValue, given: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    call_builtin(MODULE, "get", given, context)
}

pub(super) fn secure_request(
    _: &JsValue,
    given: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    call_builtin(MODULE, "secureRequest", given, context)
}

pub(super) fn secure_get(
    _: &JsValue,
    given: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    call_builtin(MODULE, "secureGet", given, context)
}

/// `clientClasses()`
pub(super) fn classes(_: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    late_classes(
        MODULE,
        &["Agent", "ClientRequest", "IncomingMessage", "OutgoingMessage", "ServerResponse"],
        context,
    )
}

/// The same of `https`.
pub(super) fn secure_classes(
    _: &JsValue,
    _: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    late_classes(MODULE, &["SecureAgent"], context)
}
