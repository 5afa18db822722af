//! What the module `stream` asks of web streams without locking them: their state, when they are
//! over, and that they fail.
//!
//! Spec: <https://nodejs.org/api/stream.html#streamfinishedstream-options-callback>

use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsArgs, JsResult, JsValue, js_string};

use super::promises::Deferred;
use super::readable::data::{Controller, ReadableStream, State as ReadableState};
use super::readable::{byte_controller, default_controller};
use super::writable::controller::error_if_needed;
use super::writable::data::{State as WritableState, WritableStream};
use crate::js::argument::illegal_invocation;
use crate::js::interface::Op;

pub(super) const FACTS_OF: Op = ("factsOf", 1, facts_of);
pub(super) const WHEN_OVER: Op = ("whenOver", 1, when_over);
pub(super) const FAIL: Op = ("failStream", 2, fail_stream);

/// `factsOf(stream)`: the name of its state, and whether it was read from.
fn facts_of(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let object = arguments.get_or_undefined(0).as_object();
    let object = object.ok_or_else(|| illegal_invocation("ReadableStream"))?;
    let (state, disturbed) = if let Some(stream) = object.downcast_ref::<ReadableStream>() {
        let state = match stream.state {
            ReadableState::Readable => js_string!("readable"),
            ReadableState::Closed => js_string!("closed"),
            ReadableState::Errored => js_string!("errored"),
        };
        (state, stream.disturbed)
    } else if let Some(stream) = object.downcast_ref::<WritableStream>() {
        let state = match stream.state {
            WritableState::Writable => js_string!("writable"),
            WritableState::Erroring | WritableState::Errored => js_string!("errored"),
            WritableState::Closed => js_string!("closed"),
        };
        (state, false)
    } else {
        return Err(illegal_invocation("ReadableStream"));
    };
    Ok(JsArray::from_iter([state.into(), disturbed.into()], context).into())
}

/// `whenOver(stream)`: a promise that settles as that of a reader or a writer does.
fn when_over(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let object = arguments.get_or_undefined(0).as_object();
    let object = object.ok_or_else(|| illegal_invocation("ReadableStream"))?;
    let (known, is_closed, reason) = if let Some(stream) = object.downcast_ref::<ReadableStream>() {
        let failed = stream.state == ReadableState::Errored;
        let reason = failed.then(|| stream.stored_error.clone());
        (stream.over.clone(), stream.state == ReadableState::Closed, reason)
    } else if let Some(stream) = object.downcast_ref::<WritableStream>() {
        let failed = stream.state == WritableState::Errored;
        let reason = failed.then(|| stream.stored_error.clone());
        (stream.over.clone(), stream.state == WritableState::Closed, reason)
    } else {
        return Err(illegal_invocation("ReadableStream"));
    };
    if let Some(known) = known {
        return Ok(known.value());
    }
    let over = match reason {
        Some(reason) => Deferred::rejected(reason, context),
        None if is_closed => Deferred::resolved(context),
        None => Deferred::pending(context),
    };
    let promise = over.value();
    if let Some(mut stream) = object.downcast_mut::<ReadableStream>() {
        stream.over = Some(over);
    } else if let Some(mut stream) = object.downcast_mut::<WritableStream>() {
        stream.over = Some(over);
    }
    Ok(promise)
}

/// `failStream(stream, reason)`: as its own controller would.
fn fail_stream(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let object = arguments.get_or_undefined(0).as_object();
    let object = object.ok_or_else(|| illegal_invocation("ReadableStream"))?;
    let reason = arguments.get_or_undefined(1);
    let readable = object.downcast_ref::<ReadableStream>().map(|stream| stream.controller.clone());
    let writable = object.downcast_ref::<WritableStream>().map(|stream| stream.controller.clone());
    match readable.flatten() {
        Some(Controller::Default(controller)) => {
            default_controller::error(&controller, reason, context);
        }
        Some(Controller::Byte(controller)) => byte_controller::error(&controller, reason, context),
        None => {}
    }
    if let Some(controller) = writable.flatten() {
        error_if_needed(&controller, reason, context);
    }
    Ok(JsValue::undefined())
}
