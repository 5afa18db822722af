//! What a handler or a hook returned or threw: promises to wait for, and whom an exception blames.

use boa_engine::builtins::promise::{Promise, PromiseState};
use boa_engine::object::builtins::{JsFunction, JsPromise};
use boa_engine::{Context, JsError, JsNativeError, JsObject, JsResult, JsValue, js_string};

use crate::builtin::context_data::with_host;
use crate::builtin::websocket;
use crate::id::{ConnId, ServerId};
use crate::js::activation;
use crate::js::error::type_error;
use crate::js::property::property;
use crate::js::runtime_limit::recursion_after_await;
use crate::js::settle::{self, Cause, Settle};

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
#[derive(Clone)]
pub(super) struct Asked {
    pub(super) conn: ConnId,
    pub(super) server: ServerId,
    /// The object of the request.
    pub(super) request: JsObject,
}

/// Told what has become of a promise that a handler returned, for what it was asked.
pub(super) type Settled<A> = fn(&A, JsResult<JsValue>, &mut Context);

/// Calls `settled` with what becomes of a promise that the answer to `asked` is.
pub(super) fn when_settled(
    promise: &JsPromise,
    asked: Asked,
    settled: Settled<Asked>,
    context: &mut Context,
) -> JsResult<()> {
    let returned = Returned { conn: asked.conn, asked, settled, is_awaited: true };
    settle::when_settled(promise, returned, context)
}

/// Calls `settled` with what becomes of a promise for which nobody waits: it may as well never be
/// settled.
pub(super) fn watch(
    promise: &JsPromise,
    conn: ConnId,
    settled: Settled<ConnId>,
    context: &mut Context,
) -> JsResult<()> {
    let returned = Returned { conn, asked: conn, settled, is_awaited: false };
    settle::when_settled(promise, returned, context)
}

/// If a handler returned a promise, its rejection will end the connection; true then.
pub(super) fn watch_promise(
    conn: ConnId,
    value: &JsValue,
    context: &mut Context,
) -> JsResult<bool> {
    let Some(promise) = promise_of(value, context)? else { return Ok(false) };
    watch(&promise, conn, end_if_rejected, context)?;
    Ok(true)
}

/// The same for what a handler returned for a message. While more than `most` such promises of a
/// connection are pending, nothing is read from it.
pub(super) fn watch_message(
    conn: ConnId,
    value: &JsValue,
    most: usize,
    context: &mut Context,
) -> JsResult<bool> {
    let Some(promise) = promise_of(value, context)? else { return Ok(false) };
    if promise.state() != PromiseState::Pending {
        watch(&promise, conn, end_if_rejected, context)?;
        return Ok(true);
    }
    if websocket::note_pending(conn, context) > most {
        with_host(context, |host| host.set_stalled(conn, true));
    }
    let returned = Returned { conn, asked: conn, settled: end_if_rejected, is_awaited: false };
    settle::when_settled(&promise, OfMessage { returned, most }, context)?;
    Ok(true)
}

/// The promise that a handler returned for a message.
struct OfMessage {
    returned: Returned<ConnId>,
    most: usize,
}

impl OfMessage {
    fn end(&self, context: &Context) {
        let conn = self.returned.conn;
        if websocket::note_settled(conn, context) == Some(self.most) {
            with_host(context, |host| host.set_stalled(conn, false));
        }
    }
}

impl Settle for OfMessage {
    fn settled(&self, outcome: JsResult<JsValue>, context: &mut Context) {
        self.end(context);
        self.returned.settled(outcome, context);
    }

    fn abandoned(&self, cause: Cause, context: &mut Context) -> Option<JsError> {
        self.end(context);
        self.returned.abandoned(cause, context)
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the same for all that a promise is for")]
fn end_if_rejected(conn: &ConnId, settled: JsResult<JsValue>, context: &mut Context) {
    if let Err(error) = settled {
        websocket::fail(*conn, &error, context);
    }
}

/// Calls a hook of a server, or a tap. What it throws, now or later, ends its connection.
pub(super) fn call_hook(
    conn: ConnId,
    hook: &JsFunction,
    arguments: &[JsValue],
    context: &mut Context,
) {
    let called = activation::call(hook, &JsValue::undefined(), arguments, context);
    if let Err(error) = called.and_then(|value| watch_promise(conn, &value, context)) {
        websocket::fail(conn, &error, context);
    }
}

/// The promise that a handler returned.
struct Returned<A> {
    conn: ConnId,
    asked: A,
    settled: Settled<A>,
    is_awaited: bool,
}

impl<A> Settle for Returned<A> {
    fn settled(&self, outcome: JsResult<JsValue>, context: &mut Context) {
        (self.settled)(&self.asked, outcome, context);
    }

    fn abandoned(&self, cause: Cause, context: &mut Context) -> Option<JsError> {
        let waits = || with_host(context, |host| host.waits_for_script(self.conn));
        let plain = |message: &'static str| JsNativeError::error().with_message(message).into();
        let error = match cause {
            Cause::Recursion => recursion_after_await("", context),
            Cause::Suspicion => plain(
                "the promise of the handler can never be settled: nothing refers to it any more (a \
                 function that recurses too deeply after an await ends like this, too)",
            ),
            Cause::Script if self.is_awaited && waits() => plain(
                "the promise of the handler can never be settled: nothing refers to it any more",
            ),
            Cause::Script => return None,
        };
        (self.settled)(&self.asked, Err(error.clone()), context);
        (cause != Cause::Script).then_some(error)
    }
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

/// Gives an exception such a `status`, for a handler that does not catch it.
pub(super) fn with_status(error: JsError, status: u16, context: &mut Context) -> JsError {
    let Ok(value) = error.into_opaque(context) else {
        return type_error("the request cannot be read");
    };
    if let Some(object) = value.as_object() {
        // A fresh error takes any property.
        drop(object.create_data_property(js_string!("status"), status, context));
    }
    JsError::from_opaque(value)
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
    with_host(context, |host| host.fail_request(conn, 500, "internal server error"));
}
