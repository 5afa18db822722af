//! What can be done with a readable stream, whatever its controller: make one, lock it, read from it,
//! cancel it.
//!
//! Spec: <https://streams.spec.whatwg.org/#rs-abstract-ops>

use std::collections::VecDeque;

use boa_engine::object::builtins::JsPromise;
use boa_engine::{Context, JsError, JsObject, JsResult, JsValue};

use super::data::{
    ByobReader, Controller, DefaultReader, GenericReader, ReadIntoRequest, ReadRequest,
    ReadableStream, Reader, Source, State, Stream,
};
use super::{byte_controller, default_controller, state};
use crate::builtin::streams::buffers::View;
use crate::builtin::streams::promises::{Deferred, Outcome, reason_of};
use crate::builtin::streams::strategy::Strategy;
use crate::builtin::streams::this::{Class, new_object};
use crate::js::error::{invalid_state, type_error};

/// `CreateReadableStream`, with what its start algorithm has come to.
pub(in crate::builtin::streams) fn create(
    source: Source,
    strategy: Strategy,
    started: Outcome,
    context: &mut Context,
) -> JsResult<Stream> {
    let stream = new_object(Class::ReadableStream, ReadableStream::new(), context);
    default_controller::set_up(&stream, source, strategy, |_, _| Ok(started), context)?;
    Ok(stream)
}

/// `CreateReadableByteStream`: its high water mark is 0.
pub(in crate::builtin::streams) fn create_bytes(
    source: Source,
    context: &mut Context,
) -> JsResult<Stream> {
    let stream = new_object(Class::ReadableStream, ReadableStream::new(), context);
    let settings = byte_controller::Settings { source, high_water_mark: 0.0, auto_allocate: None };
    byte_controller::set_up(&stream, settings, |_, _| Ok(Outcome::DONE), context)?;
    Ok(stream)
}

/// `IsReadableStreamLocked`
pub(in crate::builtin::streams) fn is_locked(stream: &Stream) -> bool {
    stream.borrow().data().reader.is_some()
}

pub(in crate::builtin::streams) fn controller(stream: &Stream) -> Option<Controller> {
    stream.borrow().data().controller.clone()
}

fn check_unlocked(stream: &Stream, context: &mut Context) -> JsResult<()> {
    if is_locked(stream) {
        let message = "the ReadableStream is locked: it has a reader already, or is being piped";
        return Err(invalid_state(message, context));
    }
    Ok(())
}

/// `AcquireReadableStreamDefaultReader`
pub(in crate::builtin::streams) fn acquire(
    stream: &Stream,
    context: &mut Context,
) -> JsResult<JsObject<DefaultReader>> {
    let data = default_reader(stream, context)?;
    let reader = new_object(Class::ReadableStreamDefaultReader, data, context);
    lock(stream, Reader::Default(reader.clone()));
    Ok(reader)
}

/// `AcquireReadableStreamBYOBReader`
pub(in crate::builtin::streams) fn acquire_byob(
    stream: &Stream,
    context: &mut Context,
) -> JsResult<JsObject<ByobReader>> {
    let data = byob_reader(stream, context)?;
    let reader = new_object(Class::ReadableStreamBYOBReader, data, context);
    lock(stream, Reader::Byob(reader.clone()));
    Ok(reader)
}

/// What a new default reader has; [`lock`] is to follow.
pub(super) fn default_reader(stream: &Stream, context: &mut Context) -> JsResult<DefaultReader> {
    check_unlocked(stream, context)?;
    Ok(DefaultReader { generic: generic_reader(stream, context), requests: VecDeque::new() })
}

/// What a new BYOB reader has; [`lock`] is to follow.
pub(super) fn byob_reader(stream: &Stream, context: &mut Context) -> JsResult<ByobReader> {
    check_unlocked(stream, context)?;
    if !matches!(controller(stream), Some(Controller::Byte(_))) {
        let message = "a reader of mode 'byob' needs a stream of type 'bytes'";
        return Err(type_error(message));
    }
    Ok(ByobReader { generic: generic_reader(stream, context), requests: VecDeque::new() })
}

pub(super) fn lock(stream: &Stream, reader: Reader) {
    stream.borrow_mut().data_mut().reader = Some(reader);
}

/// `ReadableStreamReaderGenericInitialize`
fn generic_reader(stream: &Stream, context: &mut Context) -> GenericReader {
    let closed = match state::state(stream) {
        State::Readable => Deferred::pending(context),
        State::Closed => Deferred::resolved(context),
        State::Errored => {
            let reason = stream.borrow().data().stored_error.clone();
            Deferred::rejected(reason, context)
        }
    };
    GenericReader { stream: Some(stream.clone()), closed }
}

/// `ReadableStreamDefaultReaderRead`
pub(in crate::builtin::streams) fn read(
    reader: &JsObject<DefaultReader>,
    request: Box<dyn ReadRequest>,
    context: &mut Context,
) {
    let stream = reader.borrow().data().generic.stream.clone();
    let Some(stream) = stream else { return };
    let (state, reason) = disturb(&stream);
    match state {
        State::Closed => request.close(context),
        State::Errored => request.error(reason, context),
        State::Readable => match controller(&stream) {
            Some(Controller::Default(controller)) => {
                default_controller::pull(&controller, request, context);
            }
            Some(Controller::Byte(controller)) => {
                byte_controller::pull(&controller, request, context);
            }
            None => {}
        },
    }
}

/// `ReadableStreamBYOBReaderRead`. `minimum` is in elements.
pub(in crate::builtin::streams) fn read_into(
    reader: &JsObject<ByobReader>,
    view: &View,
    minimum: usize,
    request: Box<dyn ReadIntoRequest>,
    context: &mut Context,
) {
    let stream = reader.borrow().data().generic.stream.clone();
    let Some(stream) = stream else { return };
    let (state, reason) = disturb(&stream);
    if state == State::Errored {
        return request.error(reason, context);
    }
    if let Some(Controller::Byte(controller)) = controller(&stream) {
        let minimum = minimum * view.kind.element();
        byte_controller::pull_into(&controller, view, minimum, request, context);
    }
}

fn disturb(stream: &Stream) -> (State, JsValue) {
    let mut stream = stream.borrow_mut();
    stream.data_mut().disturbed = true;
    (stream.data().state, stream.data().stored_error.clone())
}

/// `ReadableStreamCancel`
pub(in crate::builtin::streams) fn cancel(
    stream: &Stream,
    reason: JsValue,
    context: &mut Context,
) -> JsPromise {
    let (state, stored) = disturb(stream);
    match state {
        State::Closed => return Outcome::DONE.into_promise_of_nothing(context),
        State::Errored => return Outcome::Rejected(stored).into_promise_of_nothing(context),
        State::Readable => {}
    }
    state::close(stream, context);
    if let Some(reader) = state::byob_reader(stream) {
        let requests = std::mem::take(&mut reader.borrow_mut().data_mut().requests);
        for request in requests {
            request.close(JsValue::undefined(), context);
        }
    }
    let outcome = match controller(stream) {
        Some(Controller::Default(controller)) => {
            default_controller::cancel(&controller, reason, context)
        }
        Some(Controller::Byte(controller)) => byte_controller::cancel(&controller, reason, context),
        None => Outcome::DONE,
    };
    outcome.into_promise_of_nothing(context)
}

/// `ReadableStreamDefaultReaderRelease`
pub(in crate::builtin::streams) fn release(
    reader: &JsObject<DefaultReader>,
    context: &mut Context,
) {
    if !release_generic(&mut reader.borrow_mut().data_mut().generic) {
        return;
    }
    let closed = released_closed(&reader.borrow().data().generic.closed, context);
    reader.borrow_mut().data_mut().generic.closed = closed;
    let reason = released_error(context);
    state::error_requests(reader, &reason, context);
}

/// `ReadableStreamBYOBReaderRelease`
pub(in crate::builtin::streams) fn release_byob(
    reader: &JsObject<ByobReader>,
    context: &mut Context,
) {
    if !release_generic(&mut reader.borrow_mut().data_mut().generic) {
        return;
    }
    let closed = released_closed(&reader.borrow().data().generic.closed, context);
    reader.borrow_mut().data_mut().generic.closed = closed;
    let reason = released_error(context);
    state::error_into_requests(reader, &reason, context);
}

/// `ReadableStreamReaderGenericRelease`, but for its promise. False if it was released before.
fn release_generic(reader: &mut GenericReader) -> bool {
    let Some(stream) = reader.stream.take() else { return false };
    stream.borrow_mut().data_mut().reader = None;
    if let Some(Controller::Byte(controller)) = controller(&stream) {
        byte_controller::release(&controller);
    }
    true
}

fn released_closed(closed: &Deferred, context: &mut Context) -> Deferred {
    let reason = released_error(context);
    if !closed.is_pending() {
        return Deferred::rejected(reason, context);
    }
    let mut closed = closed.clone();
    closed.mark_handled(context);
    closed.reject(reason, context);
    closed
}

fn released_error(context: &mut Context) -> JsValue {
    let error: JsError = invalid_state("the reader was released", context);
    reason_of(error, context)
}
