//! What happens to a writable stream as its writes are done or fail.
//!
//! Spec: <https://streams.spec.whatwg.org/#ws-abstract-ops-used-by-controllers>

use boa_engine::{Context, JsObject, JsValue};

use super::data::{PendingAbort, Sink, State, Stream, Writer};
use crate::builtin::streams::promises::{Deferred, Outcome};

pub(super) fn state(stream: &Stream) -> State {
    stream.borrow().data().state
}

pub(super) fn stored_error(stream: &Stream) -> JsValue {
    stream.borrow().data().stored_error.clone()
}

pub(super) fn writer(stream: &Stream) -> Option<JsObject<Writer>> {
    stream.borrow().data().writer.clone()
}

/// `WritableStreamCloseQueuedOrInFlight`
pub(in crate::builtin::streams) fn is_closing(stream: &Stream) -> bool {
    let stream = stream.borrow();
    stream.data().close_request.is_some() || stream.data().in_flight_close.is_some()
}

/// `WritableStreamHasOperationMarkedInFlight`
fn is_in_flight(stream: &Stream) -> bool {
    let stream = stream.borrow();
    stream.data().in_flight_write.is_some() || stream.data().in_flight_close.is_some()
}

fn resolve(deferred: Option<Deferred>, context: &mut Context) {
    if let Some(mut deferred) = deferred {
        deferred.resolve(JsValue::undefined(), context);
    }
}

fn reject(deferred: Option<Deferred>, reason: &JsValue, context: &mut Context) {
    if let Some(mut deferred) = deferred {
        deferred.reject(reason.clone(), context);
    }
}

/// `WritableStreamUpdateBackpressure`
pub(super) fn update_backpressure(stream: &Stream, backpressure: bool, context: &mut Context) {
    let before = std::mem::replace(&mut stream.borrow_mut().data_mut().backpressure, backpressure);
    let Some(writer) = writer(stream).filter(|_| before != backpressure) else { return };
    if backpressure {
        let ready = Deferred::pending(context);
        writer.borrow_mut().data_mut().ready = ready;
    } else {
        resolve_ready(&writer, context);
    }
}

pub(super) fn resolve_ready(writer: &JsObject<Writer>, context: &mut Context) {
    let ready = writer.borrow_mut().data_mut().ready.settling();
    resolve(Some(ready), context);
}

/// `WritableStreamDefaultWriterEnsureReadyPromiseRejected`
pub(super) fn reject_ready(writer: &JsObject<Writer>, reason: &JsValue, context: &mut Context) {
    let ready = writer.borrow_mut().data_mut().ready.settling();
    let ready = rejected(ready, reason, context);
    writer.borrow_mut().data_mut().ready = ready;
}

/// `WritableStreamDefaultWriterEnsureClosedPromiseRejected`
pub(super) fn reject_closed(writer: &JsObject<Writer>, reason: &JsValue, context: &mut Context) {
    let closed = writer.borrow_mut().data_mut().closed.settling();
    let closed = rejected(closed, reason, context);
    writer.borrow_mut().data_mut().closed = closed;
}

fn rejected(mut promise: Deferred, reason: &JsValue, context: &mut Context) -> Deferred {
    if !promise.is_pending() {
        return Deferred::rejected(reason.clone(), context);
    }
    promise.mark_handled(context);
    promise.reject(reason.clone(), context);
    promise
}

/// `WritableStreamStartErroring`
pub(super) fn start_erroring(stream: &Stream, reason: &JsValue, context: &mut Context) {
    let controller = {
        let mut stream = stream.borrow_mut();
        let stream = stream.data_mut();
        stream.state = State::Erroring;
        stream.stored_error = reason.clone();
        stream.controller.clone()
    };
    if let Some(writer) = writer(stream) {
        reject_ready(&writer, reason, context);
    }
    let started = controller.is_some_and(|controller| controller.borrow().data().started);
    if started && !is_in_flight(stream) {
        finish_erroring(stream, context);
    }
}

/// `WritableStreamDealWithRejection`
pub(super) fn deal_with_rejection(stream: &Stream, reason: &JsValue, context: &mut Context) {
    if state(stream) == State::Writable {
        start_erroring(stream, reason, context);
    } else {
        finish_erroring(stream, context);
    }
}

/// `WritableStreamFinishErroring`
pub(super) fn finish_erroring(stream: &Stream, context: &mut Context) {
    let (controller, requests, reason, abort) = {
        let mut stream = stream.borrow_mut();
        let stream = stream.data_mut();
        stream.state = State::Errored;
        (
            stream.controller.clone(),
            std::mem::take(&mut stream.write_requests),
            stream.stored_error.clone(),
            stream.pending_abort.take(),
        )
    };
    let sink = controller.as_ref().and_then(|controller| {
        let mut controller = controller.borrow_mut();
        controller.data_mut().queue.clear();
        controller.data().sink.clone()
    });
    for request in requests {
        reject(Some(request), &reason, context);
    }
    let Some(abort) = abort else { return reject_close(stream, context) };
    if abort.was_already_erroring {
        reject(Some(abort.done.clone()), &reason, context);
        return reject_close(stream, context);
    }
    let aborted = abort_sink(sink, &abort, context);
    if let Some(controller) = controller {
        let mut controller = controller.borrow_mut();
        controller.data_mut().sink = None;
        controller.data_mut().size = None;
    }
    aborted.then(
        &(stream.clone(), abort.done.clone()),
        |(stream, done), _, context| {
            resolve(Some(done.clone()), context);
            reject_close(stream, context);
        },
        |(stream, done), reason, context| {
            reject(Some(done.clone()), &reason, context);
            reject_close(stream, context);
        },
        context,
    );
}

fn abort_sink(sink: Option<Sink>, abort: &PendingAbort, context: &mut Context) -> Outcome {
    sink.map_or(Outcome::DONE, |sink| sink.abort(abort.reason.clone(), context))
}

/// `WritableStreamRejectCloseAndClosedPromiseIfNeeded`
fn reject_close(stream: &Stream, context: &mut Context) {
    let (close_request, reason) = {
        let mut stream = stream.borrow_mut();
        (stream.data_mut().close_request.take(), stream.data().stored_error.clone())
    };
    reject(close_request, &reason, context);
    let over = stream.borrow_mut().data_mut().over.as_mut().map(Deferred::settling);
    if let Some(over) = &over {
        over.mark_handled(context);
    }
    reject(over, &reason, context);
    if let Some(writer) = writer(stream) {
        reject_closed(&writer, &reason, context);
    }
}

/// `WritableStreamFinishInFlightWrite`
pub(super) fn finish_write(stream: &Stream, context: &mut Context) {
    let write = stream.borrow_mut().data_mut().in_flight_write.take();
    resolve(write, context);
}

/// `WritableStreamFinishInFlightWriteWithError`
pub(super) fn fail_write(stream: &Stream, reason: &JsValue, context: &mut Context) {
    let write = stream.borrow_mut().data_mut().in_flight_write.take();
    reject(write, reason, context);
    deal_with_rejection(stream, reason, context);
}

/// `WritableStreamFinishInFlightClose`
pub(super) fn finish_close(stream: &Stream, context: &mut Context) {
    let (close, abort, writer) = {
        let mut stream = stream.borrow_mut();
        let stream = stream.data_mut();
        let mut abort = None;
        if stream.state == State::Erroring {
            stream.stored_error = JsValue::undefined();
            abort = stream.pending_abort.take().map(|abort| abort.done.clone());
        }
        stream.state = State::Closed;
        (stream.in_flight_close.take(), abort, stream.writer.clone())
    };
    resolve(close, context);
    resolve(abort, context);
    let over = stream.borrow_mut().data_mut().over.as_mut().map(Deferred::settling);
    resolve(over, context);
    if let Some(writer) = writer {
        let closed = writer.borrow_mut().data_mut().closed.settling();
        resolve(Some(closed), context);
    }
}

/// `WritableStreamFinishInFlightCloseWithError`
pub(super) fn fail_close(stream: &Stream, reason: &JsValue, context: &mut Context) {
    let (close, abort) = {
        let mut stream = stream.borrow_mut();
        let stream = stream.data_mut();
        (stream.in_flight_close.take(), stream.pending_abort.take())
    };
    reject(close, reason, context);
    reject(abort.map(|abort| abort.done.clone()), reason, context);
    deal_with_rejection(stream, reason, context);
}
