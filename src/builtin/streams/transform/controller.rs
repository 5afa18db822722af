//! `TransformStreamDefaultController`, and what both sides of a transform stream do.
//!
//! Spec: <https://streams.spec.whatwg.org/#ts-abstract-ops>

use boa_engine::object::builtins::JsPromise;
use boa_engine::{Context, Finalize, JsArgs, JsError, JsObject, JsResult, JsValue, Trace};
use boa_gc::Gc;

use super::data::{Algorithms, Controller, Stream, TransformStream};
use crate::builtin::streams::promises::{Deferred, Outcome, reason_of};
use crate::builtin::streams::readable::data::{
    Controller as ReadableController, DefaultController, State as ReadableState, UnderlyingSource,
};
use crate::builtin::streams::readable::{default_controller, operations as reading};
use crate::builtin::streams::strategy::Strategy;
use crate::builtin::streams::this::{Class, illegal_constructor, new_object, this_as};
use crate::builtin::streams::writable::controller::error_if_needed;
use crate::builtin::streams::writable::data::{
    Controller as WritableController, State as WritableState, UnderlyingSink,
};
use crate::builtin::streams::writable::operations as writing;
use crate::js::error::invalid_state;
use crate::js::interface::Interface;

type This = JsObject<Controller>;

const NAME: &str = "TransformStreamDefaultController";

pub(in crate::builtin::streams) const CLASS: Interface = Interface {
    name: NAME,
    length: 0,
    constructor: |_, _, context| illegal_constructor(context),
    methods: &[
        ("enqueue", 0, |this, arguments, context| {
            let chunk = arguments.get_or_undefined(0).clone();
            enqueue(&this_as(this, NAME)?, chunk, context)?;
            Ok(JsValue::undefined())
        }),
        ("error", 0, |this, arguments, context| {
            let this: This = this_as(this, NAME)?;
            error(&stream_of(&this), arguments.get_or_undefined(0), context);
            Ok(JsValue::undefined())
        }),
        ("terminate", 0, |this, _, context| {
            terminate(&this_as(this, NAME)?, context);
            Ok(JsValue::undefined())
        }),
    ],
    statics: &[],
    accessors: &[(
        "desiredSize",
        |this, _, _| {
            let this: This = this_as(this, NAME)?;
            let readable = readable_controller(&stream_of(&this));
            let size = readable.and_then(|readable| default_controller::desired_size(&readable));
            Ok(size.map_or(JsValue::null(), JsValue::from))
        },
        None,
    )],
    constants: &[],
    shown: &[],
};

fn stream_of(this: &This) -> Stream {
    this.borrow().data().stream.clone()
}

fn readable_controller(stream: &Stream) -> Option<JsObject<DefaultController>> {
    let readable = stream.borrow().data().readable.clone()?;
    match reading::controller(&readable)? {
        ReadableController::Default(controller) => Some(controller),
        ReadableController::Byte(_) => None,
    }
}

fn writable_controller(stream: &Stream) -> Option<JsObject<WritableController>> {
    let writable = stream.borrow().data().writable.clone()?;
    let writable = writable.borrow();
    writable.data().controller.clone()
}

/// The error that the readable side has failed with.
fn readable_error(stream: &Stream) -> Option<JsValue> {
    let readable = stream.borrow().data().readable.clone()?;
    let readable = readable.borrow();
    let readable = readable.data();
    (readable.state == ReadableState::Errored).then(|| readable.stored_error.clone())
}

/// The error of the writable side in one of these states.
fn writable_error(stream: &Stream, state: WritableState) -> Option<JsValue> {
    let writable = stream.borrow().data().writable.clone()?;
    let writable = writable.borrow();
    let writable = writable.data();
    (writable.state == state).then(|| writable.stored_error.clone())
}

/// `InitializeTransformStream` and `SetUpTransformStreamDefaultController`. Both sides begin once
/// `started` is settled.
pub(in crate::builtin::streams) fn set_up(
    stream: &Stream,
    transformer: Algorithms,
    (writable, readable): (Strategy, Strategy),
    started: &Deferred,
    context: &mut Context,
) -> JsResult<This> {
    let controller =
        Controller { stream: stream.clone(), transformer: Some(transformer), finish: None };
    let this: This = new_object(Class::TransformStreamDefaultController, controller, context);
    let start = |context: &mut Context| Outcome::of(Ok(started.value()), context);
    let sink = Gc::new(Box::new(Side(stream.clone())) as Box<dyn UnderlyingSink>);
    let start_writable = start(context);
    let writable = writing::create(sink, writable, start_writable, context)?;
    let source = Gc::new(Box::new(Side(stream.clone())) as Box<dyn UnderlyingSource>);
    let start_readable = start(context);
    let readable = reading::create(source, readable, start_readable, context)?;
    {
        let mut stream = stream.borrow_mut();
        let stream = stream.data_mut();
        stream.writable = Some(writable);
        stream.readable = Some(readable);
        stream.controller = Some(this.clone());
    }
    set_backpressure(stream, true, context);
    Ok(this)
}

/// `TransformStreamSetBackpressure`
fn set_backpressure(stream: &Stream, backpressure: bool, context: &mut Context) {
    let next = Deferred::pending(context);
    let before = {
        let mut stream = stream.borrow_mut();
        stream.data_mut().backpressure = backpressure;
        stream.data_mut().backpressure_change.replace(next)
    };
    if let Some(mut before) = before {
        before.resolve(JsValue::undefined(), context);
    }
}

/// `TransformStreamError`
pub(in crate::builtin::streams) fn error(stream: &Stream, reason: &JsValue, context: &mut Context) {
    if let Some(readable) = readable_controller(stream) {
        default_controller::error(&readable, reason, context);
    }
    error_writable(stream, reason, context);
}

/// `TransformStreamErrorWritableAndUnblockWrite`
fn error_writable(stream: &Stream, reason: &JsValue, context: &mut Context) {
    take_transformer(stream);
    if let Some(writable) = writable_controller(stream) {
        error_if_needed(&writable, reason, context);
    }
    unblock_write(stream, context);
}

/// `TransformStreamUnblockWrite`
fn unblock_write(stream: &Stream, context: &mut Context) {
    if stream.borrow().data().backpressure {
        set_backpressure(stream, false, context);
    }
}

/// Clears the algorithms, and returns them.
fn take_transformer(stream: &Stream) -> Option<Algorithms> {
    let controller = stream.borrow().data().controller.clone()?;
    let mut controller = controller.borrow_mut();
    controller.data_mut().transformer.take()
}

/// `TransformStreamDefaultControllerEnqueue`
pub(in crate::builtin::streams) fn enqueue(
    this: &This,
    chunk: JsValue,
    context: &mut Context,
) -> JsResult<()> {
    let stream = stream_of(this);
    let readable = readable_controller(&stream);
    let Some(readable) = readable.filter(default_controller::can_close_or_enqueue) else {
        let message = "enqueue: the readable side is closed, has failed or was cancelled";
        return Err(invalid_state(message, context));
    };
    if let Err(thrown) = default_controller::enqueue(&readable, chunk, context) {
        let reason = reason_of(thrown, context);
        error_writable(&stream, &reason, context);
        return Err(JsError::from_opaque(readable_error(&stream).unwrap_or(reason)));
    }
    let backpressure = default_controller::has_backpressure(&readable);
    if backpressure && !stream.borrow().data().backpressure {
        set_backpressure(&stream, true, context);
    }
    Ok(())
}

/// What to wait for before more is enqueued, if the readable side has enough.
pub(in crate::builtin::streams) fn next_room(this: &This) -> Option<JsPromise> {
    let stream = stream_of(this);
    let stream = stream.borrow();
    let change = stream.data().backpressure_change.as_ref();
    change.filter(|_| stream.data().backpressure).map(Deferred::promise)
}

/// `TransformStreamDefaultControllerTerminate`
pub(in crate::builtin::streams) fn terminate(this: &This, context: &mut Context) {
    let stream = stream_of(this);
    if let Some(readable) = readable_controller(&stream) {
        default_controller::close(&readable, context);
    }
    let error = invalid_state("the TransformStream was terminated", context);
    let reason = reason_of(error, context);
    error_writable(&stream, &reason, context);
}

/// `TransformStreamDefaultControllerPerformTransform`
fn perform(stream: &Stream, chunk: JsValue, context: &mut Context) -> Outcome {
    let controller = stream.borrow().data().controller.clone();
    let Some(controller) = controller else { return Outcome::DONE };
    let transformer = controller.borrow().data().transformer.clone();
    let outcome = transformer.map_or(Outcome::DONE, |it| it.transform(chunk, &controller, context));
    if let Outcome::Fulfilled(_) = outcome {
        return outcome;
    }
    let done = Deferred::pending(context);
    let promise = done.promise();
    outcome.then(
        &(stream.clone(), done),
        |(_, done), _, context| done.clone().resolve(JsValue::undefined(), context),
        |(stream, done), reason, context| {
            error(stream, &reason, context);
            done.clone().reject(reason, context);
        },
        context,
    );
    Outcome::Promise(promise)
}

/// What the sides of the stream do for it.
#[derive(Trace, Finalize)]
struct Side(Stream);

impl UnderlyingSink for Side {
    /// `TransformStreamDefaultSinkWriteAlgorithm`
    fn write(&self, chunk: JsValue, _: JsValue, context: &mut Context) -> Outcome {
        let change = {
            let stream = self.0.borrow();
            let change = stream.data().backpressure_change.clone();
            change.filter(|_| stream.data().backpressure)
        };
        let Some(change) = change else { return perform(&self.0, chunk, context) };
        let done = Deferred::pending(context);
        let promise = done.promise();
        Outcome::Promise(change.promise()).then(
            &(self.0.clone(), (chunk, done)),
            |(stream, (chunk, done)), _, context| {
                let outcome = match writable_error(stream, WritableState::Erroring) {
                    Some(reason) => Outcome::Rejected(reason),
                    None => perform(stream, chunk.clone(), context),
                };
                settle_with(outcome, done, context);
            },
            |_, _, _| {},
            context,
        );
        Outcome::Promise(promise)
    }

    /// `TransformStreamDefaultSinkCloseAlgorithm`
    fn close(&self, context: &mut Context) -> Outcome {
        finish(&self.0, Ending::Close, context)
    }

    /// `TransformStreamDefaultSinkAbortAlgorithm`
    fn abort(&self, reason: JsValue, context: &mut Context) -> Outcome {
        finish(&self.0, Ending::Abort(reason), context)
    }
}

impl UnderlyingSource for Side {
    /// `TransformStreamDefaultSourcePullAlgorithm`
    fn pull(&self, _: JsValue, context: &mut Context) -> Outcome {
        set_backpressure(&self.0, false, context);
        let change = self.0.borrow().data().backpressure_change.clone();
        change.map_or(Outcome::DONE, |change| Outcome::Promise(change.promise()))
    }

    /// `TransformStreamDefaultSourceCancelAlgorithm`
    fn cancel(&self, reason: JsValue, context: &mut Context) -> Outcome {
        finish(&self.0, Ending::Cancel(reason), context)
    }
}

/// Settles a promise as an outcome is.
fn settle_with(outcome: Outcome, done: &Deferred, context: &mut Context) {
    match outcome {
        Outcome::Fulfilled(_) => done.clone().resolve(JsValue::undefined(), context),
        Outcome::Rejected(reason) => done.clone().reject(reason, context),
        Outcome::Promise(promise) => done.clone().resolve(promise.into(), context),
    }
}

/// How a transform stream ends.
#[derive(Clone, Trace, Finalize)]
enum Ending {
    /// The writable side was closed.
    Close,
    /// The writable side was aborted.
    Abort(JsValue),
    /// The readable side was cancelled.
    Cancel(JsValue),
}

/// Flushes or cancels, once, and then has the other side end.
fn finish(stream: &Stream, ending: Ending, context: &mut Context) -> Outcome {
    let controller = stream.borrow().data().controller.clone();
    let Some(controller) = controller else { return Outcome::DONE };
    if let Some(finish) = &controller.borrow().data().finish {
        return Outcome::Promise(finish.promise());
    }
    let done = Deferred::pending(context);
    let promise = done.promise();
    controller.borrow_mut().data_mut().finish = Some(done.clone());
    let transformer = controller.borrow().data().transformer.clone();
    let ended = match (&transformer, &ending) {
        (None, _) => Outcome::DONE,
        (Some(transformer), Ending::Close) => transformer.flush(&controller, context),
        (Some(transformer), Ending::Abort(reason) | Ending::Cancel(reason)) => {
            transformer.cancel(reason.clone(), context)
        }
    };
    take_transformer(stream);
    ended.then(
        &(stream.clone(), (ending, done)),
        |(stream, (ending, done)), _, context| match end_other_side(stream, ending, context) {
            Ok(()) => done.clone().resolve(JsValue::undefined(), context),
            Err(reason) => done.clone().reject(reason, context),
        },
        |(stream, (ending, done)), reason, context| {
            fail_other_side(stream, ending, &reason, context);
            done.clone().reject(reason, context);
        },
        context,
    );
    Outcome::Promise(promise)
}

/// Ends the side that nobody has ended, or returns what it has failed with.
fn end_other_side(stream: &Stream, ending: &Ending, context: &mut Context) -> Result<(), JsValue> {
    let failed = match ending {
        Ending::Close | Ending::Abort(_) => readable_error(stream),
        Ending::Cancel(_) => writable_error(stream, WritableState::Errored),
    };
    if let Some(reason) = failed {
        return Err(reason);
    }
    match ending {
        Ending::Close => {
            if let Some(readable) = readable_controller(stream) {
                default_controller::close(&readable, context);
            }
        }
        Ending::Abort(reason) | Ending::Cancel(reason) => {
            fail_other_side(stream, ending, reason, context);
        }
    }
    Ok(())
}

fn fail_other_side(stream: &Stream, ending: &Ending, reason: &JsValue, context: &mut Context) {
    if let Ending::Cancel(_) = ending {
        if let Some(writable) = writable_controller(stream) {
            error_if_needed(&writable, reason, context);
        }
        unblock_write(stream, context);
    } else if let Some(readable) = readable_controller(stream) {
        default_controller::error(&readable, reason, context);
    }
}

/// A transform stream of native algorithms, as codecs are.
pub(in crate::builtin::streams) fn create(
    transformer: Algorithms,
    context: &mut Context,
) -> JsResult<Stream> {
    let stream = new_object(Class::TransformStream, TransformStream::new(), context);
    let started = Deferred::resolved(context);
    let strategies = (Strategy::of(1.0), Strategy::of(0.0));
    set_up(&stream, transformer, strategies, &started, context)?;
    Ok(stream)
}
