//! What can be done with a writable stream: make one, lock it, write to it, close and abort it.
//!
//! Spec: <https://streams.spec.whatwg.org/#ws-abstract-ops>

use boa_engine::object::builtins::JsPromise;
use boa_engine::{Context, JsObject, JsResult, JsValue};

use super::controller;
use super::data::{PendingAbort, Sink, State, Stream, WritableStream, Writer};
use super::state;
use crate::builtin::streams::promises::{Deferred, Outcome, reason_of};
use crate::builtin::streams::strategy::Strategy;
use crate::builtin::streams::this::{Class, new_object};
use crate::js::error::invalid_state;

/// `CreateWritableStream`
pub(in crate::builtin::streams) fn create(
    sink: Sink,
    strategy: Strategy,
    started: Outcome,
    context: &mut Context,
) -> JsResult<Stream> {
    let stream = new_object(Class::WritableStream, WritableStream::new(), context);
    controller::set_up(&stream, sink, strategy, |_, _| Ok(started), context)?;
    Ok(stream)
}

pub(in crate::builtin::streams) fn is_locked(stream: &Stream) -> bool {
    stream.borrow().data().writer.is_some()
}

/// `AcquireWritableStreamDefaultWriter`
pub(in crate::builtin::streams) fn acquire(
    stream: &Stream,
    context: &mut Context,
) -> JsResult<JsObject<Writer>> {
    let data = writer(stream, context)?;
    let writer = new_object(Class::WritableStreamDefaultWriter, data, context);
    lock(stream, &writer);
    Ok(writer)
}

/// What a new writer has; [`lock`] is to follow.
pub(super) fn writer(stream: &Stream, context: &mut Context) -> JsResult<Writer> {
    if is_locked(stream) {
        let message = "the WritableStream is locked: it has a writer already, or is piped to";
        return Err(invalid_state(message, context));
    }
    let reason = state::stored_error(stream);
    let backpressure = stream.borrow().data().backpressure && !state::is_closing(stream);
    let (ready, closed) = match state::state(stream) {
        State::Writable if backpressure => (Deferred::pending(context), Deferred::pending(context)),
        State::Writable => (Deferred::resolved(context), Deferred::pending(context)),
        State::Erroring => (Deferred::rejected(reason, context), Deferred::pending(context)),
        State::Closed => (Deferred::resolved(context), Deferred::resolved(context)),
        State::Errored => {
            (Deferred::rejected(reason.clone(), context), Deferred::rejected(reason, context))
        }
    };
    Ok(Writer { stream: Some(stream.clone()), closed, ready })
}

pub(super) fn lock(stream: &Stream, writer: &JsObject<Writer>) {
    stream.borrow_mut().data_mut().writer = Some(writer.clone());
}

/// `WritableStreamAbort`
pub(in crate::builtin::streams) fn abort(
    stream: &Stream,
    reason: &JsValue,
    context: &mut Context,
) -> JsPromise {
    let is_over = |stream: &Stream| matches!(state::state(stream), State::Closed | State::Errored);
    if is_over(stream) {
        return Deferred::resolved(context).promise();
    }
    let controller = stream.borrow().data().controller.clone();
    if let Some(controller) = controller {
        controller::signal_abort(&controller, reason, context);
    }
    // A listener of the signal may have done anything.
    if is_over(stream) {
        return Deferred::resolved(context).promise();
    }
    if let Some(pending) = &stream.borrow().data().pending_abort {
        return pending.done.promise();
    }
    let was_already_erroring = state::state(stream) == State::Erroring;
    let done = Deferred::pending(context);
    let promise = done.promise();
    let kept = if was_already_erroring { JsValue::undefined() } else { reason.clone() };
    let pending = PendingAbort { done, reason: kept, was_already_erroring };
    stream.borrow_mut().data_mut().pending_abort = Some(pending);
    if !was_already_erroring {
        state::start_erroring(stream, reason, context);
    }
    promise
}

/// `WritableStreamClose`
pub(in crate::builtin::streams) fn close(
    stream: &Stream,
    context: &mut Context,
) -> JsResult<JsPromise> {
    let what = match state::state(stream) {
        _ if state::is_closing(stream) => "is being closed already",
        State::Closed => "is closed",
        State::Errored => "has failed",
        State::Writable | State::Erroring => return Ok(close_open(stream, context)),
    };
    Err(invalid_state(format!("close: the WritableStream {what}"), context))
}

fn close_open(stream: &Stream, context: &mut Context) -> JsPromise {
    let done = Deferred::pending(context);
    let promise = done.promise();
    let (writer, controller) = {
        let mut stream = stream.borrow_mut();
        let stream = stream.data_mut();
        stream.close_request = Some(done);
        let waits = stream.backpressure && stream.state == State::Writable;
        (stream.writer.clone().filter(|_| waits), stream.controller.clone())
    };
    if let Some(writer) = writer {
        state::resolve_ready(&writer, context);
    }
    if let Some(controller) = controller {
        controller::close(&controller, context);
    }
    promise
}

/// `WritableStreamDefaultWriterCloseWithErrorPropagation`
pub(in crate::builtin::streams) fn close_for_pipe(
    stream: &Stream,
    context: &mut Context,
) -> JsResult<JsPromise> {
    match state::state(stream) {
        _ if state::is_closing(stream) => Ok(Deferred::resolved(context).promise()),
        State::Closed => Ok(Deferred::resolved(context).promise()),
        State::Errored => {
            let reason = state::stored_error(stream);
            Ok(Outcome::Rejected(reason).into_promise_of_nothing(context))
        }
        State::Writable | State::Erroring => Ok(close_open(stream, context)),
    }
}

/// `WritableStreamDefaultWriterWrite`: a promise that the chunk has been written.
pub(in crate::builtin::streams) fn write(
    writer: &JsObject<Writer>,
    chunk: JsValue,
    context: &mut Context,
) -> JsPromise {
    let held = || writer.borrow().data().stream.clone();
    let stream = held();
    let controller = stream.as_ref().and_then(|stream| stream.borrow().data().controller.clone());
    let (Some(stream), Some(controller)) = (stream, controller) else {
        return refused("the writer was released, and has no stream", context);
    };
    let size = controller::chunk_size(&controller, &chunk, context);
    // The strategy may have done anything.
    if !held().is_some_and(|now| JsObject::equals(&now, &stream)) {
        return refused("the writer was released, and has no stream", context);
    }
    match state::state(&stream) {
        State::Errored => {}
        _ if state::is_closing(&stream) => {
            return refused("the WritableStream is being closed", context);
        }
        State::Closed => return refused("the WritableStream is closed", context),
        State::Erroring => {}
        State::Writable => {
            let request = Deferred::pending(context);
            let promise = request.promise();
            stream.borrow_mut().data_mut().write_requests.push_back(request);
            controller::write(&controller, chunk, size, context);
            return promise;
        }
    }
    let reason = state::stored_error(&stream);
    Outcome::Rejected(reason).into_promise_of_nothing(context)
}

fn refused(why: &str, context: &mut Context) -> JsPromise {
    let error = invalid_state(format!("write: {why}"), context);
    let reason = reason_of(error, context);
    Outcome::Rejected(reason).into_promise_of_nothing(context)
}

/// `WritableStreamDefaultWriterGetDesiredSize`
pub(in crate::builtin::streams) fn desired_size(stream: &Stream) -> Option<f64> {
    let controller = stream.borrow().data().controller.clone();
    match state::state(stream) {
        State::Errored | State::Erroring => None,
        State::Closed => Some(0.0),
        State::Writable => controller.map(|controller| controller::desired_size(&controller)),
    }
}

/// `WritableStreamDefaultWriterRelease`
pub(in crate::builtin::streams) fn release(writer: &JsObject<Writer>, context: &mut Context) {
    let stream = writer.borrow_mut().data_mut().stream.take();
    let Some(stream) = stream else { return };
    let error = invalid_state("the writer was released", context);
    let reason = reason_of(error, context);
    state::reject_ready(writer, &reason, context);
    state::reject_closed(writer, &reason, context);
    stream.borrow_mut().data_mut().writer = None;
}
