//! What controllers do to their stream: close it, fail it, and hand chunks to those who wait.
//!
//! Spec: <https://streams.spec.whatwg.org/#rs-abstract-ops-used-by-controllers>

use boa_engine::{Context, JsValue};

use super::data::{
    ByobReader, Chunk, DefaultReader, ReadIntoRequest, ReadRequest, Reader, State, Stream,
};
use crate::builtin::streams::promises::Deferred;
use boa_engine::JsObject;

pub(super) fn state(stream: &Stream) -> State {
    stream.borrow().data().state
}

pub(super) fn reader(stream: &Stream) -> Option<Reader> {
    stream.borrow().data().reader.clone()
}

pub(super) fn default_reader(stream: &Stream) -> Option<JsObject<DefaultReader>> {
    match &stream.borrow().data().reader {
        Some(Reader::Default(reader)) => Some(reader.clone()),
        _ => None,
    }
}

pub(super) fn byob_reader(stream: &Stream) -> Option<JsObject<ByobReader>> {
    match &stream.borrow().data().reader {
        Some(Reader::Byob(reader)) => Some(reader.clone()),
        _ => None,
    }
}

/// `ReadableStreamClose`
pub(super) fn close(stream: &Stream, context: &mut Context) {
    stream.borrow_mut().data_mut().state = State::Closed;
    let over = stream.borrow_mut().data_mut().over.as_mut().map(Deferred::settling);
    if let Some(mut over) = over {
        over.resolve(JsValue::undefined(), context);
    }
    let (mut closed, requests) = match reader(stream) {
        None => return,
        Some(Reader::Byob(reader)) => {
            (reader.borrow_mut().data_mut().generic.closed.settling(), None)
        }
        Some(Reader::Default(reader)) => {
            let mut reader = reader.borrow_mut();
            let reader = reader.data_mut();
            (reader.generic.closed.settling(), Some(std::mem::take(&mut reader.requests)))
        }
    };
    closed.resolve(JsValue::undefined(), context);
    for request in requests.into_iter().flatten() {
        request.close(context);
    }
}

/// `ReadableStreamError`
pub(super) fn error(stream: &Stream, reason: &JsValue, context: &mut Context) {
    {
        let mut stream = stream.borrow_mut();
        stream.data_mut().state = State::Errored;
        stream.data_mut().stored_error = reason.clone();
    }
    let over = stream.borrow_mut().data_mut().over.as_mut().map(Deferred::settling);
    if let Some(mut over) = over {
        over.mark_handled(context);
        over.reject(reason.clone(), context);
    }
    let closed = match reader(stream) {
        None => return,
        Some(Reader::Default(reader)) => reader.borrow_mut().data_mut().generic.closed.settling(),
        Some(Reader::Byob(reader)) => reader.borrow_mut().data_mut().generic.closed.settling(),
    };
    let mut closed = closed;
    closed.mark_handled(context);
    closed.reject(reason.clone(), context);
    match reader(stream) {
        Some(Reader::Default(reader)) => error_requests(&reader, reason, context),
        Some(Reader::Byob(reader)) => error_into_requests(&reader, reason, context),
        None => {}
    }
}

/// `ReadableStreamDefaultReaderErrorReadRequests`
pub(super) fn error_requests(
    reader: &JsObject<DefaultReader>,
    reason: &JsValue,
    context: &mut Context,
) {
    let requests = std::mem::take(&mut reader.borrow_mut().data_mut().requests);
    for request in requests {
        request.error(reason.clone(), context);
    }
}

/// `ReadableStreamBYOBReaderErrorReadIntoRequests`
pub(super) fn error_into_requests(
    reader: &JsObject<ByobReader>,
    reason: &JsValue,
    context: &mut Context,
) {
    let requests = std::mem::take(&mut reader.borrow_mut().data_mut().requests);
    for request in requests {
        request.error(reason.clone(), context);
    }
}

/// `ReadableStreamAddReadRequest`
pub(super) fn add_request(stream: &Stream, request: Box<dyn ReadRequest>) {
    if let Some(reader) = default_reader(stream) {
        reader.borrow_mut().data_mut().requests.push_back(request);
    }
}

/// `ReadableStreamAddReadIntoRequest`
pub(super) fn add_into_request(stream: &Stream, request: Box<dyn ReadIntoRequest>) {
    if let Some(reader) = byob_reader(stream) {
        reader.borrow_mut().data_mut().requests.push_back(request);
    }
}

/// `ReadableStreamGetNumReadRequests`: 0 for a stream with no default reader.
pub(super) fn requests(stream: &Stream) -> usize {
    default_reader(stream).map_or(0, |reader| reader.borrow().data().requests.len())
}

/// `ReadableStreamGetNumReadIntoRequests`
pub(super) fn into_requests(stream: &Stream) -> usize {
    byob_reader(stream).map_or(0, |reader| reader.borrow().data().requests.len())
}

/// `ReadableStreamFulfillReadRequest` with a chunk. False if nobody waits.
pub(super) fn fulfill(stream: &Stream, chunk: Chunk, context: &mut Context) {
    let request = default_reader(stream)
        .and_then(|reader| reader.borrow_mut().data_mut().requests.pop_front());
    if let Some(request) = request {
        request.chunk(chunk, context);
    }
}

/// `ReadableStreamFulfillReadIntoRequest`
pub(super) fn fulfill_into(stream: &Stream, view: JsValue, done: bool, context: &mut Context) {
    let request =
        byob_reader(stream).and_then(|reader| reader.borrow_mut().data_mut().requests.pop_front());
    match request {
        Some(request) if done => request.close(view, context),
        Some(request) => request.chunk(view, context),
        None => {}
    }
}
