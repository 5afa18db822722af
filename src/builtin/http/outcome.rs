//! What a handler returned or threw: promises to wait for, and whom an exception blames.

use boa_engine::builtins::promise::Promise;
use boa_engine::object::builtins::JsPromise;
use boa_engine::{
    Context, Finalize, JsArgs, JsError, JsObject, JsResult, JsValue, NativeFunction, Trace,
    js_string,
};

use super::reply::property;
use crate::builtin::context_data::with_host;
use crate::id::{ConnId, ServerId};

/// The value as a promise, if it is one or has a `then`.
pub(super) fn promise_of(value: &JsValue, context: &mut Context) -> JsResult<Option<JsPromise>> {
    let Some(object) = value.as_object() else { return Ok(None) };
    if object.is::<Promise>() {
        return JsPromise::from_object(object).map(Some);
    }
    if object.is_ordinary() || object.is_array() {
        let then = property(&object, js_string!("then"), context)?;
        if then.is_callable() {
            return JsPromise::resolve(object, context).map(Some);
        }
    }
    Ok(None)
}

/// What a handler or a hook was asked.
#[derive(Clone, Trace, Finalize)]
pub(super) struct Asked {
    #[unsafe_ignore_trace]
    pub(super) conn: ConnId,
    #[unsafe_ignore_trace]
    pub(super) server: ServerId,
    /// The object of the request.
    pub(super) request: JsObject,
}

/// Calls `settled` with what becomes of a promise that the answer to `asked` is.
pub(super) fn when_settled(
    promise: &JsPromise,
    asked: Asked,
    settled: fn(&Asked, JsResult<JsValue>, &mut Context),
    context: &mut Context,
) -> JsResult<()> {
    let fulfilled = NativeFunction::from_copy_closure_with_captures(
        move |_, arguments, asked, context| {
            settled(asked, Ok(arguments.get_or_undefined(0).clone()), context);
            Ok(JsValue::undefined())
        },
        asked.clone(),
    );
    let rejected = NativeFunction::from_copy_closure_with_captures(
        move |_, arguments, asked, context| {
            let error = JsError::from_opaque(arguments.get_or_undefined(0).clone());
            settled(asked, Err(error), context);
            Ok(JsValue::undefined())
        },
        asked,
    );
    let realm = context.realm().clone();
    promise.then(
        Some(fulfilled.to_js_function(&realm)),
        Some(rejected.to_js_function(&realm)),
        context,
    )?;
    Ok(())
}

/// Calls `failed` if a promise that a handler of `conn` returned is rejected.
pub(super) fn when_rejected(
    promise: &JsPromise,
    conn: ConnId,
    failed: fn(ConnId, &JsError, &mut Context),
    context: &mut Context,
) -> JsResult<()> {
    let rejected = NativeFunction::from_copy_closure(move |_, arguments, context| {
        let error = JsError::from_opaque(arguments.get_or_undefined(0).clone());
        failed(conn, &error, context);
        Ok(JsValue::undefined())
    });
    let rejected = rejected.to_js_function(context.realm());
    promise.catch(rejected, context)?;
    Ok(())
}

/// An exception with a `status` of 4xx, such as that of `req.json` for a body that is not JSON, is
/// the client's fault: it is answered with that status and its message, and is no news to the log.
pub(super) fn blames_client(conn: ConnId, error: &JsError, context: &mut Context) -> bool {
    let Some(object) = error.as_opaque().and_then(JsValue::as_object) else { return false };
    let Some(status) = client_status(&object, context) else { return false };
    let message = object.get(js_string!("message"), context).unwrap_or_default();
    let message = message.as_string().map_or_else(String::new, |text| text.to_std_string_lossy());
    with_host(context, |host| host.fail_request(conn, status, &message));
    true
}

fn client_status(object: &JsObject, context: &mut Context) -> Option<u16> {
    let status = object.get(js_string!("status"), context).ok()?.as_number()?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be between 400 and 500"
    )]
    (400.0..500.0).contains(&status).then_some(status as u16)
}

/// Answers with 500. What happened is for the log, not for the peer.
pub(super) fn fail(conn: ConnId, context: &Context) {
    with_host(context, |host| {
        host.fail_request(conn, 500, "internal server error");
        host.fail_upgrade(conn);
    });
}
