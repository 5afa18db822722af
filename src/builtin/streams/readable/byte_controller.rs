//! The controller of byte streams.
//!
//! Spec: <https://streams.spec.whatwg.org/#rbs-controller-class>

use std::collections::VecDeque;

use boa_engine::{Context, JsArgs, JsError, JsObject, JsResult, JsValue};

use super::byte_queue::{
    clear, clear_pull_intos, fill, fill_all, first, invalidate_request, pop, push, push_clone,
    shift, take_over_first, total,
};
use super::data::{
    ByobRequest, ByteController, Chunk, Controller, PullInto, Pulling, ReadIntoRequest,
    ReadRequest, ReaderType, Source, State, Stream,
};
use super::state;
use crate::builtin::streams::buffers::{
    View, ViewKind, allocate, is_detached, length_of, transfer, view_of,
};
use crate::builtin::streams::promises::{Outcome, reason_of};
use crate::builtin::streams::this::{Class, illegal_constructor, new_object, this_as};
use crate::js::convert::new_array_buffer;
use crate::js::error::{invalid_state, type_error};
use crate::js::interface::Interface;

type This = JsObject<ByteController>;

const NAME: &str = "ReadableByteStreamController";

pub(in crate::builtin::streams) const CLASS: Interface = Interface {
    name: NAME,
    length: 0,
    constructor: |_, _, context| illegal_constructor(context),
    methods: &[
        ("close", 0, |this, _, context| {
            let this = receiver(this)?;
            check_open(&this, "close", context)?;
            close(&this, context)?;
            Ok(JsValue::undefined())
        }),
        ("enqueue", 1, |this, arguments, context| {
            let this = receiver(this)?;
            let view = view_of(arguments.get_or_undefined(0), "chunk", context)?;
            if view.length == 0 || length_of(&view.buffer) == 0 {
                return Err(type_error("enqueue: a chunk must have at least one byte"));
            }
            check_open(&this, "enqueue", context)?;
            enqueue(&this, &view, context)?;
            Ok(JsValue::undefined())
        }),
        ("error", 0, |this, arguments, context| {
            error(&receiver(this)?, arguments.get_or_undefined(0), context);
            Ok(JsValue::undefined())
        }),
    ],
    statics: &[],
    accessors: &[
        (
            "byobRequest",
            |this, _, context| {
                let request = byob_request(&receiver(this)?, context)?;
                Ok(request.map_or(JsValue::null(), |request| request.upcast().into()))
            },
            None,
        ),
        (
            "desiredSize",
            |this, _, _| Ok(desired_size(&receiver(this)?).map_or(JsValue::null(), JsValue::from)),
            None,
        ),
    ],
    constants: &[],
    shown: &[],
};

fn receiver(this: &JsValue) -> JsResult<This> {
    this_as(this, NAME)
}

fn stream_of(this: &This) -> Stream {
    this.borrow().data().stream.clone()
}

fn check_open(this: &This, method: &str, context: &mut Context) -> JsResult<()> {
    let what = match state::state(&stream_of(this)) {
        State::Errored => "has failed",
        State::Closed => "is closed",
        State::Readable if !this.borrow().data().close_requested => return Ok(()),
        State::Readable => "is being closed: bytes wait to be read, and there can be no more",
    };
    Err(invalid_state(format!("{method}: the stream {what}"), context))
}

/// What a byte stream is set up with.
pub(in crate::builtin::streams) struct Settings {
    pub(in crate::builtin::streams) source: Source,
    pub(in crate::builtin::streams) high_water_mark: f64,
    pub(in crate::builtin::streams) auto_allocate: Option<usize>,
}

/// Makes a controller and the stream's. `start` is what the start algorithm has come to, called with
/// the controller.
pub(in crate::builtin::streams) fn set_up(
    stream: &Stream,
    settings: Settings,
    start: impl FnOnce(&JsValue, &mut Context) -> JsResult<Outcome>,
    context: &mut Context,
) -> JsResult<This> {
    let controller = ByteController {
        stream: stream.clone(),
        queue: VecDeque::new(),
        queue_total: 0,
        started: false,
        close_requested: false,
        pulling: Pulling::No,
        high_water_mark: settings.high_water_mark,
        auto_allocate: settings.auto_allocate,
        byob_request: None,
        pull_intos: VecDeque::new(),
        source: Some(settings.source),
    };
    let this: This = new_object(Class::ReadableByteStreamController, controller, context);
    stream.borrow_mut().data_mut().controller = Some(Controller::Byte(this.clone()));
    let started = start(&this.clone().upcast().into(), context)?;
    started.then(
        &this,
        |this, _, context| {
            this.borrow_mut().data_mut().started = true;
            pull_if_needed(this, context);
        },
        |this, reason, context| error(this, &reason, context),
        context,
    );
    Ok(this)
}

/// `ReadableByteStreamControllerCallPullIfNeeded`
fn pull_if_needed(this: &This, context: &mut Context) {
    if !should_pull(this) {
        return;
    }
    let source = {
        let mut this = this.borrow_mut();
        let this = this.data_mut();
        if !this.pulling.begin() {
            return;
        }
        this.source.clone()
    };
    let Some(source) = source else { return };
    let pulled = source.pull(this.clone().upcast().into(), context);
    pulled.then(
        this,
        |this, _, context| {
            let again = this.borrow_mut().data_mut().pulling.end();
            if again {
                pull_if_needed(this, context);
            }
        },
        |this, reason, context| error(this, &reason, context),
        context,
    );
}

fn should_pull(this: &This) -> bool {
    let (started, stream) = {
        let this = this.borrow();
        (this.data().started, this.data().stream.clone())
    };
    started
        && is_open(this)
        && (state::requests(&stream) > 0
            || state::into_requests(&stream) > 0
            || desired_size(this).is_some_and(|size| size > 0.0))
}

fn is_open(this: &This) -> bool {
    let this = this.borrow();
    !this.data().close_requested && state::state(&this.data().stream) == State::Readable
}

fn clear_algorithms(this: &This) {
    this.borrow_mut().data_mut().source = None;
}

/// `ReadableByteStreamControllerGetDesiredSize`
#[expect(clippy::cast_precision_loss, reason = "memory is smaller than 2^53 bytes")]
pub(in crate::builtin::streams) fn desired_size(this: &This) -> Option<f64> {
    let this = this.borrow();
    let this = this.data();
    match state::state(&this.stream) {
        State::Errored => None,
        State::Closed => Some(0.0),
        State::Readable => Some(this.high_water_mark - this.queue_total as f64),
    }
}

/// `ReadableByteStreamControllerClose`
pub(in crate::builtin::streams) fn close(this: &This, context: &mut Context) -> JsResult<()> {
    if !is_open(this) {
        return Ok(());
    }
    if total(this) > 0 {
        this.borrow_mut().data_mut().close_requested = true;
        return Ok(());
    }
    if first(this).is_some_and(|first| first.filled % first.view.element() != 0) {
        let message = "the stream was closed within an element of a view that is being read into";
        let reason = reason_of(type_error(message), context);
        error(this, &reason, context);
        return Err(JsError::from_opaque(reason));
    }
    clear_algorithms(this);
    state::close(&stream_of(this), context);
    Ok(())
}

/// `ReadableByteStreamControllerEnqueue`
pub(in crate::builtin::streams) fn enqueue(
    this: &This,
    view: &View,
    context: &mut Context,
) -> JsResult<()> {
    if !is_open(this) {
        return Ok(());
    }
    let buffer = transfer(&view.buffer, context)?;
    enqueue_owned(this, buffer, view.offset, view.length, context)
}

/// The same with bytes that come from Rust.
pub(in crate::builtin::streams) fn enqueue_bytes(
    this: &This,
    bytes: Vec<u8>,
    context: &mut Context,
) -> JsResult<()> {
    if !is_open(this) {
        return Ok(());
    }
    let stream = stream_of(this);
    if total(this) == 0 && state::requests(&stream) > 0 && first(this).is_none() {
        state::fulfill(&stream, Chunk::Bytes(bytes), context);
        pull_if_needed(this, context);
        return Ok(());
    }
    let buffer = new_array_buffer(&bytes, context)?;
    enqueue_owned(this, buffer, 0, bytes.len(), context)
}

fn enqueue_owned(
    this: &This,
    buffer: JsObject,
    offset: usize,
    length: usize,
    context: &mut Context,
) -> JsResult<()> {
    let stream = stream_of(this);
    if let Some(into) = first(this) {
        if is_detached(&into.buffer) {
            return Err(type_error("enqueue: the buffer of byobRequest is detached"));
        }
        invalidate_request(this);
        take_over_first(this, context)?;
        if into.reader == ReaderType::None {
            enqueue_detached(this, context)?;
        }
    }
    if state::default_reader(&stream).is_some() {
        serve_requests(this, &stream, context);
        if state::requests(&stream) == 0 {
            push(this, buffer, offset, length);
        } else {
            // It waits with a buffer that was made for it.
            shift(this);
            let view = ViewKind::UINT8.view(&buffer, offset, length, context)?;
            state::fulfill(&stream, Chunk::Value(view.into()), context);
        }
    } else {
        push(this, buffer, offset, length);
        if state::byob_reader(&stream).is_some() {
            for into in fill_all(this) {
                commit(&stream, &into, context)?;
            }
        }
    }
    pull_if_needed(this, context);
    Ok(())
}

/// `ReadableByteStreamControllerEnqueueDetachedPullIntoToQueue`
fn enqueue_detached(this: &This, context: &mut Context) -> JsResult<()> {
    let Some(into) = first(this) else { return Ok(()) };
    if into.filled > 0 {
        clone_or_fail(this, &into.buffer, (into.offset, into.filled), context)?;
    }
    shift(this);
    Ok(())
}

fn clone_or_fail(
    this: &This,
    buffer: &JsObject,
    (offset, length): (usize, usize),
    context: &mut Context,
) -> JsResult<()> {
    push_clone(this, buffer, offset, length, context).map_err(|thrown| {
        let reason = reason_of(thrown, context);
        error(this, &reason, context);
        JsError::from_opaque(reason)
    })
}

/// `ReadableByteStreamControllerProcessReadRequestsUsingQueue`
fn serve_requests(this: &This, stream: &Stream, context: &mut Context) {
    while total(this) > 0 {
        let request = state::default_reader(stream)
            .and_then(|reader| reader.borrow_mut().data_mut().requests.pop_front());
        let Some(request) = request else { return };
        serve_from_queue(this, request, context);
    }
}

/// `ReadableByteStreamControllerFillReadRequestFromQueue`
fn serve_from_queue(this: &This, request: Box<dyn ReadRequest>, context: &mut Context) {
    let Some(entry) = pop(this) else { return };
    handle_drain(this, context);
    match ViewKind::UINT8.view(&entry.buffer, entry.offset, entry.length, context) {
        Ok(view) => request.chunk(Chunk::Value(view.into()), context),
        Err(thrown) => {
            let reason = reason_of(thrown, context);
            request.error(reason, context);
        }
    }
}

/// `ReadableByteStreamControllerHandleQueueDrain`
fn handle_drain(this: &This, context: &mut Context) {
    if total(this) == 0 && this.borrow().data().close_requested {
        clear_algorithms(this);
        state::close(&stream_of(this), context);
    } else {
        pull_if_needed(this, context);
    }
}

/// `ReadableByteStreamControllerCommitPullIntoDescriptor`
fn commit(stream: &Stream, into: &PullInto, context: &mut Context) -> JsResult<()> {
    let done = state::state(stream) == State::Closed;
    let view = filled_view(into, context)?;
    if into.reader == ReaderType::Default {
        state::fulfill(stream, Chunk::Value(view), context);
    } else {
        state::fulfill_into(stream, view, done, context);
    }
    Ok(())
}

/// `ReadableByteStreamControllerConvertPullIntoDescriptor`
fn filled_view(into: &PullInto, context: &mut Context) -> JsResult<JsValue> {
    let buffer = transfer(&into.buffer, context)?;
    into.view.view(&buffer, into.offset, into.filled, context).map(JsValue::from)
}

/// `ReadableByteStreamControllerError`
pub(in crate::builtin::streams) fn error(this: &This, reason: &JsValue, context: &mut Context) {
    let stream = stream_of(this);
    if state::state(&stream) != State::Readable {
        return;
    }
    clear_pull_intos(this);
    clear(this);
    clear_algorithms(this);
    state::error(&stream, reason, context);
}

/// `ReadableByteStreamControllerGetBYOBRequest`
pub(in crate::builtin::streams) fn byob_request(
    this: &This,
    context: &mut Context,
) -> JsResult<Option<JsObject<ByobRequest>>> {
    let known = this.borrow().data().byob_request.clone();
    let Some(into) = first(this).filter(|_| known.is_none()) else { return Ok(known) };
    let (offset, length) = (into.offset + into.filled, into.length - into.filled);
    let view = ViewKind::UINT8.view(&into.buffer, offset, length, context)?;
    let request = ByobRequest { controller: Some(this.clone()), view: Some(view) };
    let request = new_object(Class::ReadableStreamBYOBRequest, request, context);
    this.borrow_mut().data_mut().byob_request = Some(request.clone());
    Ok(Some(request))
}

/// `ReadableByteStreamControllerRespondInternal`: the first descriptor's buffer has so many bytes
/// more.
pub(in crate::builtin::streams) fn respond(
    this: &This,
    written: usize,
    context: &mut Context,
) -> JsResult<()> {
    invalidate_request(this);
    let stream = stream_of(this);
    if state::state(&stream) == State::Closed {
        respond_closed(this, &stream, context)?;
    } else {
        respond_readable(this, &stream, written, context)?;
    }
    pull_if_needed(this, context);
    Ok(())
}

fn respond_closed(this: &This, stream: &Stream, context: &mut Context) -> JsResult<()> {
    if first(this).is_some_and(|first| first.reader == ReaderType::None) {
        shift(this);
    }
    if state::byob_reader(stream).is_none() {
        return Ok(());
    }
    let waiting: Vec<PullInto> =
        (0..state::into_requests(stream)).map_while(|_| shift(this)).collect();
    waiting.iter().try_for_each(|into| commit(stream, into, context))
}

fn respond_readable(
    this: &This,
    stream: &Stream,
    written: usize,
    context: &mut Context,
) -> JsResult<()> {
    if let Some(first) = this.borrow_mut().data_mut().pull_intos.front_mut() {
        first.filled += written;
    }
    let Some(mut into) = first(this) else { return Ok(()) };
    if into.reader == ReaderType::None {
        enqueue_detached(this, context)?;
        return fill_all(this).iter().try_for_each(|into| commit(stream, into, context));
    }
    if into.filled < into.minimum {
        return Ok(());
    }
    shift(this);
    let rest = into.filled % into.view.element();
    if rest > 0 {
        let start = into.offset + into.filled - rest;
        clone_or_fail(this, &into.buffer, (start, rest), context)?;
    }
    into.filled -= rest;
    let others = fill_all(this);
    commit(stream, &into, context)?;
    others.iter().try_for_each(|into| commit(stream, into, context))
}

/// `[[CancelSteps]]`
pub(super) fn cancel(this: &This, reason: JsValue, context: &mut Context) -> Outcome {
    clear_pull_intos(this);
    clear(this);
    let source = this.borrow().data().source.clone();
    let outcome = source.map_or(Outcome::DONE, |source| source.cancel(reason, context));
    clear_algorithms(this);
    outcome
}

/// `[[PullSteps]]`
pub(super) fn pull(this: &This, request: Box<dyn ReadRequest>, context: &mut Context) {
    if total(this) > 0 {
        return serve_from_queue(this, request, context);
    }
    let auto_allocate = this.borrow().data().auto_allocate;
    if let Some(length) = auto_allocate {
        let buffer = match allocate(length, context) {
            Ok(buffer) => buffer,
            Err(thrown) => {
                let reason = reason_of(thrown, context);
                return request.error(reason, context);
            }
        };
        this.borrow_mut().data_mut().pull_intos.push_back(PullInto {
            buffer,
            buffer_length: length,
            offset: 0,
            length,
            filled: 0,
            minimum: 1,
            view: ViewKind::UINT8,
            reader: ReaderType::Default,
        });
    }
    state::add_request(&stream_of(this), request);
    pull_if_needed(this, context);
}

/// `ReadableByteStreamControllerPullInto`. `minimum` is in bytes.
pub(super) fn pull_into(
    this: &This,
    view: &View,
    minimum: usize,
    request: Box<dyn ReadIntoRequest>,
    context: &mut Context,
) {
    let stream = stream_of(this);
    let buffer_length = length_of(&view.buffer);
    let filled = transfer(&view.buffer, context).and_then(|buffer| {
        let mut into = PullInto {
            buffer,
            buffer_length,
            offset: view.offset,
            length: view.length,
            filled: 0,
            minimum,
            view: view.kind,
            reader: ReaderType::Byob,
        };
        if first(this).is_none() {
            if state::state(&stream) == State::Closed {
                let empty = view.kind.view(&into.buffer, into.offset, 0, context)?;
                return Ok(Ok((empty.into(), true)));
            }
            if total(this) > 0 {
                if fill(this, &mut into) {
                    let view = filled_view(&into, context)?;
                    handle_drain(this, context);
                    return Ok(Ok((view, false)));
                }
                if this.borrow().data().close_requested {
                    let message = "the stream has ended within an element of the view";
                    let reason = reason_of(type_error(message), context);
                    error(this, &reason, context);
                    return Err(JsError::from_opaque(reason));
                }
            }
        }
        this.borrow_mut().data_mut().pull_intos.push_back(into);
        Ok(Err(()))
    });
    match filled {
        Ok(Ok((view, true))) => request.close(view, context),
        Ok(Ok((view, false))) => request.chunk(view, context),
        Ok(Err(())) => {
            state::add_into_request(&stream, request);
            pull_if_needed(this, context);
        }
        Err(thrown) => {
            let reason = reason_of(thrown, context);
            request.error(reason, context);
        }
    }
}

/// `[[ReleaseSteps]]`
pub(super) fn release(this: &This) {
    let mut this = this.borrow_mut();
    let pull_intos = &mut this.data_mut().pull_intos;
    pull_intos.truncate(1);
    if let Some(first) = pull_intos.front_mut() {
        first.reader = ReaderType::None;
    }
}
