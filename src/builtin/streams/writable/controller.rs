//! `WritableStreamDefaultController`: the queue of what is to be written.
//!
//! Spec: <https://streams.spec.whatwg.org/#ws-default-controller-class>

use boa_engine::{Context, JsArgs, JsObject, JsResult, JsValue};

use super::data::{Controller, Sink, State, Stream};
use super::state;
use crate::builtin::dom::abort;
use crate::builtin::streams::promises::{Outcome, reason_of};
use crate::builtin::streams::queue::Queue;
use crate::builtin::streams::strategy::{Strategy, size_of};
use crate::builtin::streams::this::{Class, illegal_constructor, new_object, this_as};
use crate::js::executor::report_uncaught;
use crate::js::interface::Interface;

type This = JsObject<Controller>;

const NAME: &str = "WritableStreamDefaultController";

pub(in crate::builtin::streams) const CLASS: Interface = Interface {
    name: NAME,
    length: 0,
    constructor: |_, _, context| illegal_constructor(context),
    methods: &[("error", 0, |this, arguments, context| {
        let this = this_as(this, NAME)?;
        error_if_needed(&this, arguments.get_or_undefined(0), context);
        Ok(JsValue::undefined())
    })],
    statics: &[],
    accessors: &[(
        "signal",
        |this, _, context| signal(&this_as(this, NAME)?, context).map(JsValue::from),
        None,
    )],
    constants: &[],
    shown: &[],
};

fn stream_of(this: &This) -> Stream {
    this.borrow().data().stream.clone()
}

/// The signal, which is made when it is first asked for.
fn signal(this: &This, context: &mut Context) -> JsResult<JsObject> {
    let (known, reason) = {
        let this = this.borrow();
        (this.data().signal.clone(), this.data().abort_reason.clone())
    };
    if let Some(known) = known {
        return Ok(known);
    }
    let signal = abort::new_signal(context)?;
    if let Some(reason) = reason {
        abort::abort(&signal, &reason, context)?;
    }
    this.borrow_mut().data_mut().signal = Some(signal.clone());
    Ok(signal)
}

/// Aborts the signal. It may run scripts.
pub(super) fn signal_abort(this: &This, reason: &JsValue, context: &mut Context) {
    let signal = {
        let mut this = this.borrow_mut();
        this.data_mut().abort_reason = Some(reason.clone());
        this.data().signal.clone()
    };
    if let Some(signal) = signal
        && let Err(error) = abort::abort(&signal, reason, context)
    {
        report_uncaught(error, context);
    }
}

/// Makes a controller and the stream's. `start` is what the start algorithm has come to, called with
/// the controller.
pub(in crate::builtin::streams) fn set_up(
    stream: &Stream,
    sink: Sink,
    strategy: Strategy,
    start: impl FnOnce(&JsValue, &mut Context) -> JsResult<Outcome>,
    context: &mut Context,
) -> JsResult<This> {
    let controller = Controller {
        stream: stream.clone(),
        queue: Queue::default(),
        close_queued: false,
        started: false,
        high_water_mark: strategy.high_water_mark,
        size: strategy.size,
        sink: Some(sink),
        signal: None,
        abort_reason: None,
    };
    let this: This = new_object(Class::WritableStreamDefaultController, controller, context);
    stream.borrow_mut().data_mut().controller = Some(this.clone());
    state::update_backpressure(stream, has_backpressure(&this), context);
    let started = start(&this.clone().upcast().into(), context)?;
    started.then(
        &this,
        |this, _, context| {
            this.borrow_mut().data_mut().started = true;
            advance(this, context);
        },
        |this, reason, context| {
            this.borrow_mut().data_mut().started = true;
            state::deal_with_rejection(&stream_of(this), &reason, context);
        },
        context,
    );
    Ok(this)
}

pub(in crate::builtin::streams) fn desired_size(this: &This) -> f64 {
    let this = this.borrow();
    this.data().high_water_mark - this.data().queue.total()
}

fn has_backpressure(this: &This) -> bool {
    desired_size(this) <= 0.0
}

fn clear_algorithms(this: &This) {
    let mut this = this.borrow_mut();
    this.data_mut().sink = None;
    this.data_mut().size = None;
}

/// `WritableStreamDefaultControllerErrorIfNeeded`
pub(in crate::builtin::streams) fn error_if_needed(
    this: &This,
    reason: &JsValue,
    context: &mut Context,
) {
    let stream = stream_of(this);
    if state::state(&stream) == State::Writable {
        clear_algorithms(this);
        state::start_erroring(&stream, reason, context);
    }
}

/// `WritableStreamDefaultControllerGetChunkSize`
pub(super) fn chunk_size(this: &This, chunk: &JsValue, context: &mut Context) -> f64 {
    let size = {
        let this = this.borrow();
        match this.data().sink {
            Some(_) => this.data().size.clone(),
            None => None,
        }
    };
    size_of(size.as_ref(), chunk, context).unwrap_or_else(|thrown| {
        let reason = reason_of(thrown, context);
        error_if_needed(this, &reason, context);
        1.0
    })
}

/// `WritableStreamDefaultControllerWrite`
pub(super) fn write(this: &This, chunk: JsValue, size: f64, context: &mut Context) {
    let pushed = this.borrow_mut().data_mut().queue.push(chunk, size);
    if let Err(thrown) = pushed {
        let reason = reason_of(thrown, context);
        return error_if_needed(this, &reason, context);
    }
    let stream = stream_of(this);
    if !state::is_closing(&stream) && state::state(&stream) == State::Writable {
        state::update_backpressure(&stream, has_backpressure(this), context);
    }
    advance(this, context);
}

/// `WritableStreamDefaultControllerClose`
pub(super) fn close(this: &This, context: &mut Context) {
    this.borrow_mut().data_mut().close_queued = true;
    advance(this, context);
}

/// `WritableStreamDefaultControllerAdvanceQueueIfNeeded`
fn advance(this: &This, context: &mut Context) {
    let (started, chunk, close_queued, stream) = {
        let this = this.borrow();
        let this = this.data();
        (this.started, this.queue.peek(), this.close_queued, this.stream.clone())
    };
    if !started || stream.borrow().data().in_flight_write.is_some() {
        return;
    }
    match state::state(&stream) {
        State::Erroring => state::finish_erroring(&stream, context),
        State::Writable => match chunk {
            Some(chunk) => process_write(this, &stream, chunk, context),
            None if close_queued => process_close(this, &stream, context),
            None => {}
        },
        State::Errored | State::Closed => {}
    }
}

/// `WritableStreamDefaultControllerProcessClose`
fn process_close(this: &This, stream: &Stream, context: &mut Context) {
    {
        let mut stream = stream.borrow_mut();
        let stream = stream.data_mut();
        stream.in_flight_close = stream.close_request.take();
    }
    let sink = {
        let mut this = this.borrow_mut();
        this.data_mut().close_queued = false;
        this.data().sink.clone()
    };
    let closed = sink.map_or(Outcome::DONE, |sink| sink.close(context));
    clear_algorithms(this);
    closed.then(
        stream,
        |stream, _, context| state::finish_close(stream, context),
        |stream, reason, context| state::fail_close(stream, &reason, context),
        context,
    );
}

/// `WritableStreamDefaultControllerProcessWrite`
fn process_write(this: &This, stream: &Stream, chunk: JsValue, context: &mut Context) {
    {
        let mut stream = stream.borrow_mut();
        let stream = stream.data_mut();
        stream.in_flight_write = stream.write_requests.pop_front();
    }
    let sink = this.borrow().data().sink.clone();
    let controller = this.clone().upcast().into();
    let written = sink.map_or(Outcome::DONE, |sink| sink.write(chunk, controller, context));
    written.then(
        this,
        |this, _, context| {
            let stream = stream_of(this);
            state::finish_write(&stream, context);
            drop(this.borrow_mut().data_mut().queue.pop());
            if !state::is_closing(&stream) && state::state(&stream) == State::Writable {
                state::update_backpressure(&stream, has_backpressure(this), context);
            }
            advance(this, context);
        },
        |this, reason, context| {
            let stream = stream_of(this);
            if state::state(&stream) == State::Writable {
                clear_algorithms(this);
            }
            state::fail_write(&stream, &reason, context);
        },
        context,
    );
}
